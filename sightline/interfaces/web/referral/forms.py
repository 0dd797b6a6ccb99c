"""Ask what an officer adds to a referral, and what is known of the adult behind the child."""

from collections.abc import Mapping
from typing import Any

from django import forms

OUTCOMES = (
    ("the adult is named", "Who the adult is"),
    ("something is known of the adult", "Something, but not who it is"),
    ("nothing is known of the adult yet", "Nothing yet"),
)
"""What an enquiry has found: each is a decision about D-CCE-2, with who leads the enquiry."""


class OnePageForm(forms.Form):
    """Keep apart the ids of forms that stand on one page."""

    name = ""

    def __init__(self, posted: Mapping[str, Any] | None = None) -> None:
        super().__init__(posted, auto_id=f"{self.name}-%s")


class AddForm(OnePageForm):
    """Ask for words to add."""

    name = "add"
    words = forms.CharField(
        label="What do you add?", max_length=4000, widget=forms.Textarea,
        help_text="What the child said, in the child’s words; injuries, mood, debts, threats, who waits outside. It is"
                  " kept with your name, and cannot be taken back.",
        error_messages={"required": "Say what you add"})


class AdultForm(OnePageForm):
    """Ask what is known of the adult, who says so, and who leads."""

    name = "adult"
    known = forms.ChoiceField(label="What is known of the adult behind the child?", choices=OUTCOMES,
                              widget=forms.RadioSelect, error_messages={"required": "Choose what is known"})
    words = forms.CharField(
        label="What is known?", max_length=2000, required=False, widget=forms.Textarea,
        help_text="Name or nickname, what the adult had the child do, where they met, who else is sent.")
    phone = forms.CharField(label="Phone, as told", max_length=100, required=False)
    vehicle = forms.CharField(label="Vehicle, as told", max_length=100, required=False)
    address = forms.CharField(label="Address, as told", max_length=200, required=False)
    source = forms.CharField(label="Who or what says so?", max_length=300, required=False,
                             help_text="The child, a phone that was seized, a witness")
    lead = forms.CharField(label="Who leads the enquiry?", max_length=200, help_text="Name and collar number",
                           error_messages={"required": "Enter who leads the enquiry"})

    def clean(self) -> dict[str, object]:
        """Ask for words and their source where something is known."""
        told = dict(super().clean() or {})
        if told.get("known") and told["known"] != OUTCOMES[-1][0]:
            for name, words in (("words", "Say what is known"), ("source", "Say who or what says so")):
                if not told.get(name):
                    self.add_error(name, words)
        return told

    def in_words(self) -> str:
        """Give what was told as one text, a line each."""
        told = self.cleaned_data
        lines = ((None, "words"), ("Phone", "phone"), ("Vehicle", "vehicle"), ("Address", "address"),
                 ("Source", "source"), ("Led by", "lead"))
        return "\n".join(f"{label}: {told[name]}" if label else str(told[name]) for label, name in lines if told[name])
