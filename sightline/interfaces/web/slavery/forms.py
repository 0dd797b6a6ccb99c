"""Ask what only a person can answer: the fields of the Home Office's form, that it was submitted, and decisions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms

from sightline.domain.slavery.form import FIELDS, HINTS, TICKED, Asked, Shape
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.interfaces.web.moment_field import MomentField

NOT_YET = "This has not happened yet. Enter when it was"
GROUNDS = [("slavery.reasonable-grounds", "Reasonable grounds"), ("slavery.conclusive-grounds", "Conclusive grounds")]
DECIDED = [("positive", "Positive"), ("negative", "Negative")]


class AnswersForm(forms.Form):
    """Show fields of the form as they are answered."""

    def __init__(self, fields: Iterable[Asked], answers: Mapping[str, str], *, place: str) -> None:
        super().__init__(auto_id=f"{place}-%s")
        for asked in fields:
            self.fields[asked.name] = _field(asked)
            value = answers.get(asked.name, "")
            self.initial[asked.name] = value == TICKED if asked.shape is Shape.TICK else value


class SentForm(forms.Form):
    """Ask for the reference that the Home Office gave, and when the form was submitted."""

    reference = forms.CharField(
        label="Reference that the Home Office gave", max_length=100,
        error_messages={"required": "Enter the reference that the Home Office gave when you submitted the form"})
    at = MomentField(label="When did you submit it?", help_text="")

    def __init__(self, posted: Mapping[str, Any] | None = None, *, now: datetime) -> None:
        super().__init__(posted, initial={"at": now}, auto_id="sent-%s")
        self.now = now

    def clean_at(self) -> Moment:
        """Refuse what has not happened yet."""
        return _past(self.cleaned_data["at"], self.now)


class DecisionForm(forms.Form):
    """Ask which decision came, and which way."""

    grounds = forms.ChoiceField(label="Which decision came?", choices=GROUNDS, widget=forms.RadioSelect,
                                error_messages={"required": "Choose which decision came"})
    decision = forms.ChoiceField(label="What was decided?", choices=DECIDED, widget=forms.RadioSelect,
                                 error_messages={"required": "Choose what was decided"})
    reference = forms.CharField(label="Reference of the decision or the referral", max_length=100, required=False)
    at = MomentField(label="When was it decided?", help_text="Leave the time empty if you only know the day.")

    def __init__(self, posted: Mapping[str, Any] | None = None, *, now: datetime) -> None:
        super().__init__(posted, auto_id="decision-%s")
        self.now = now

    def clean_at(self) -> Moment:
        """Refuse what has not happened yet."""
        return _past(self.cleaned_data["at"], self.now)


def posted_answers(posted: Mapping[str, Any], asks: Iterable[str]) -> dict[str, str]:
    """Read the answers to the fields that a form asked for; a tick that was not sent is no tick."""
    found = {}
    for name in asks:
        if name in FIELDS:
            value = str(posted.get(name, "")).strip().replace("\r\n", "\n")
            found[name] = (TICKED if value else "") if FIELDS[name].shape is Shape.TICK else value
    return found


def _past(at: Moment, now: datetime) -> Moment:
    if first_instant(at) > now:
        raise forms.ValidationError(NOT_YET)
    return at


def _field(asked: Asked) -> forms.Field:
    told: dict[str, Any] = {"label": asked.label, "required": False, "help_text": HINTS.get(asked.name, "")}
    if asked.shape is Shape.TICK:
        return forms.BooleanField(**told)
    if asked.shape is Shape.CHOICE:
        return forms.ChoiceField(choices=asked.options, widget=forms.RadioSelect, **told)
    if asked.shape is Shape.WORDS:
        return forms.CharField(widget=forms.Textarea, **told)
    if asked.shape is Shape.DAY:
        told["help_text"] = "For example, 27/03/2011"
    return forms.CharField(**told)
