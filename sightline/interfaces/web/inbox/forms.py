"""Ask to whom a duty is given, until when it is put off, and who covers while somebody is away."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms

from sightline.apps.access.queries import Colleague, ContactFacts
from sightline.apps.duties.work import Receiver
from sightline.domain.vocabulary.moment import LONDON, Moment, first_instant, last_instant
from sightline.interfaces.web.moment_field import MomentField
from sightline.interfaces.web.moments import moment_in_words

MORNING = time(9)


class GiveForm(forms.Form):
    """Ask which desk or which officer takes duties over, and why."""

    to = forms.ChoiceField(label="Give to", error_messages={
        "required": "Choose who takes it over", "invalid_choice": "Choose who takes it over"})
    words = forms.CharField(label="Why", max_length=500, error_messages={"required": "Say in a few words why"})

    def __init__(
        self, posted: object = None, *, contacts: Sequence[ContactFacts], colleagues: Sequence[Colleague]
    ) -> None:
        super().__init__(posted, auto_id="give-%s")  # type: ignore[arg-type]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((f"desk {c.id}", f"Desk: {c.name}, {c.job}") for c in contacts),
            *((f"officer {c.id}", f"Officer: {c.name}, {', '.join(c.roles)}") for c in colleagues)]

    def receiver(self) -> Receiver:
        """Give who was chosen."""
        kind, _, id_ = self.cleaned_data["to"].partition(" ")
        return Receiver(contact=int(id_)) if kind == "desk" else Receiver(officer=UUID(id_))


class PutOffForm(forms.Form):
    """Ask until when a duty leaves the list, out of the times that its limit allows, and why."""

    until = forms.TypedChoiceField(
        label="Until when?", coerce=datetime.fromisoformat, widget=forms.RadioSelect,
        help_text="The clock goes on. The duty comes back by itself, an hour before its limit at the latest.",
        error_messages={"required": "Choose until when", "invalid_choice": "Choose one of the times offered"})
    words = forms.CharField(label="Why can it wait?", max_length=500, help_text="Your managers read this.",
                            error_messages={"required": "Say why it can wait"})

    def __init__(self, posted: object = None, *, latest: datetime, at: datetime) -> None:
        super().__init__(posted, auto_id="put-off-%s")  # type: ignore[arg-type]
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            (when.isoformat(), words) for when, words in times_until(latest, at=at)]


def times_until(latest: datetime, *, at: datetime) -> list[tuple[datetime, str]]:
    """Give the times until which something can wait, each in words: two hours, the next mornings, as late as it can.

    To the whole minute, so that what was offered a moment ago is offered again when the form comes back.
    """
    today = at.astimezone(LONDON)
    tomorrow, monday = today.date() + timedelta(days=1), today.date() + timedelta(days=7 - today.weekday())
    offered = [(datetime.combine(tomorrow, MORNING, LONDON), "Tomorrow morning")]
    if monday != tomorrow:
        offered.append((datetime.combine(monday, MORNING, LONDON), "Monday morning"))
    later = [(when, f"{words}: {moment_in_words(when)}") for when, words in offered if at < when < latest]
    return [*later, (latest, f"As late as it can: {moment_in_words(latest)}")] if latest > at else []


class AwayForm(forms.Form):
    """Ask who will be away from when until when, and who sees to what is theirs meanwhile."""

    officer = forms.TypedChoiceField(label="Who will be away?", coerce=UUID, error_messages={
        "required": "Choose who will be away", "invalid_choice": "Choose who will be away"})
    from_at = MomentField(label="Away from", help_text="Without a time, from the beginning of the day")
    until_at = MomentField(label="Away until", help_text="Without a time, until the end of the day")
    covered_by = forms.TypedChoiceField(label="Who covers?", coerce=UUID, error_messages={
        "required": "Choose who covers", "invalid_choice": "Choose who covers"})

    def __init__(
        self, posted: object = None, *, colleagues: Sequence[Colleague], absent: Sequence[Colleague]
    ) -> None:
        super().__init__(posted, auto_id="away-%s")  # type: ignore[arg-type]
        for name, offered in (("officer", absent), ("covered_by", colleagues)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                *([("", "Choose")] if len(offered) > 1 else []),
                *((str(c.id), f"{c.name}, {', '.join(c.roles)}") for c in offered)]

    def instants(self) -> tuple[datetime, datetime]:
        """Give the time as instants."""
        begins: Moment = self.cleaned_data["from_at"]
        ends: Moment = self.cleaned_data["until_at"]
        return first_instant(begins), last_instant(ends)
