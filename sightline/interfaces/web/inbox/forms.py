"""Ask to whom a duty is given."""

from collections.abc import Sequence

from django import forms

from sightline.apps.access.queries import ContactFacts


class GiveForm(forms.Form):
    """Ask for the contact who takes a duty over, and why."""

    contact = forms.TypedChoiceField(label="Give it to", coerce=int, error_messages={
        "required": "Choose who takes it over"})
    words = forms.CharField(label="Why", max_length=500, error_messages={"required": "Say in a few words why"})

    def __init__(self, *args: object, contacts: Sequence[ContactFacts]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["contact"].choices = [(c.id, f"{c.name}, {c.job}") for c in contacts]  # type: ignore[attr-defined]
