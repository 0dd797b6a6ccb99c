"""Ask what is handed over beside a child's safety, to whom, and why."""

from collections.abc import Sequence

from django import forms

from sightline.apps.access.queries import ContactFacts
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind


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
        self, posted: object = None, *, kinds: Sequence[HandoverKind], contacts: Sequence[ContactFacts]
    ) -> None:
        super().__init__(posted, auto_id="hand-%s")  # type: ignore[arg-type]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, KIND_WORDS[kind].capitalize()) for kind in kinds]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((c.id, f"{c.agency}: {c.name}, {c.job}") for c in contacts)]
