"""Ask what is handed over beside a child's safety, to whom, and why."""

from collections.abc import Mapping, Sequence

from django import forms

from sightline.apps.access.queries import ContactFacts
from sightline.domain.responsibility.sections import KIND_WORDS, Function, HandoverKind, function_of, may_be_handed


class HandOverForm(forms.Form):
    """Ask for the kind, the receiver and the words; only kinds that the giver's agency hands over are offered."""

    kind = forms.TypedChoiceField(label="What do you hand over?", coerce=HandoverKind, widget=forms.RadioSelect,
                                  error_messages={"required": "Choose what you hand over"})
    contact = forms.TypedChoiceField(label="To whom?", coerce=int, error_messages={
        "required": "Choose to whom", "invalid_choice": "Choose to whom"})
    words = forms.CharField(
        label="Why, and what do you ask of them?", max_length=2000, widget=forms.Textarea,
        help_text="They read this before they receive it, so name nobody here.",
        error_messages={"required": "Say why, and what you ask of them"})

    def __init__(
        self, posted: object = None, *, kinds: Sequence[HandoverKind], contacts: Sequence[ContactFacts], ours: str,
        agency_kinds: Mapping[int, str], kind: str = "", contact: int | None = None,
    ) -> None:
        super().__init__(posted, auto_id="hand-%s",  # type: ignore[arg-type]
                         initial={"kind": kind or (kinds[0] if len(kinds) == 1 else ""), "contact": contact or ""})
        self.contacts, self.ours, self.agency_kinds = {c.id: c for c in contacts}, ours, agency_kinds
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, KIND_WORDS[kind].capitalize()) for kind in kinds]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((c.id, f"{c.agency}: {c.name}, {c.job}") for c in contacts)]

    def desk(self) -> ContactFacts:
        """Give the desk that was chosen."""
        return self.contacts[self.cleaned_data["contact"]]

    def function(self) -> Function:
        """Give what the receiver is there for."""
        function = function_of(self.agency_kinds[self.desk().agency_id])
        assert function is not None  # nosec B101: only desks that take something are offered
        return function

    def fits(self) -> bool:
        """Tell whether this agency hands this kind to that one; where not, say so in the form."""
        kind, receiver = self.cleaned_data["kind"], self.agency_kinds[self.desk().agency_id]
        fits = may_be_handed(kind, giver=self.ours, receiver=receiver)
        if not fits:
            self.add_error("contact", f"Your agency cannot hand {KIND_WORDS[kind]} to this one. Choose another")
        return fits
