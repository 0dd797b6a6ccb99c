"""Ask for a child, for a decision, and for a reason to close a sign."""

from typing import Any

from django import forms

from sightline.apps.signs.outcomes import OUTCOMES
from sightline.domain.vocabulary.identifier import check
from sightline.interfaces.web.fields import DayField
from sightline.interfaces.web.moment_field import MomentField


class FindForm(forms.Form):
    """Ask for an identifier, or for name and birthday: nobody can list children."""

    upn = forms.CharField(label="Unique pupil number (UPN)", required=False, max_length=20)
    nhs = forms.CharField(label="NHS number", required=False, max_length=20)
    pnc = forms.CharField(label="PNC number", required=False, max_length=20)
    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Surname", required=False, max_length=100)
    born_on = DayField(label="Date of birth", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a search that names nobody."""
        told: dict[str, Any] = super().clean() or {}
        named = told.get("given") and told.get("family") and told.get("born_on")
        if not named and not self.identifiers() and not self.errors:
            raise forms.ValidationError("Enter an identifier, or first name, surname and date of birth")
        return told

    def identifiers(self) -> dict[str, str]:
        """Give the identifiers that were entered."""
        return {kind: value for kind in ("upn", "nhs", "pnc") if (value := self.cleaned_data.get(kind))}

    def _checked(self, kind: str) -> str:
        value: str = self.cleaned_data[kind]
        if value and not (result := check(kind, value)).valid:
            raise forms.ValidationError(result.why)
        return value

    def clean_upn(self) -> str:
        """Say what is wrong with a UPN."""
        return self._checked("upn")

    def clean_nhs(self) -> str:
        """Say what is wrong with an NHS number."""
        return self._checked("nhs")

    def clean_pnc(self) -> str:
        """Say what is wrong with a PNC number."""
        return self._checked("pnc")


class CloseForm(forms.Form):
    """Ask why a sign is closed."""

    outcome = forms.ChoiceField(label="What did you find?", choices=OUTCOMES, widget=forms.RadioSelect,
                                error_messages={"required": "Choose what you found"})
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             help_text="Your reason is kept, and it teaches us how good the sign is.",
                             error_messages={"required": "Say in a sentence why"})


class KeepForm(forms.Form):
    """Ask why a sign is kept for longer."""

    reason = forms.CharField(label="Why does it still hold?", max_length=2000, widget=forms.Textarea,
                             help_text="What you looked at, and what you found. Whoever reviews it next reads it.",
                             error_messages={"required": "Say in a sentence why it still holds"})


class DecisionForm(forms.Form):
    """Ask for a decision about the child, or about one entry, and its reasons."""

    about = forms.ChoiceField(label="What is it about?", required=False)
    outcome = forms.CharField(label="What did you decide?", max_length=300,
                              error_messages={"required": "Enter what you decided"})
    reasons = forms.CharField(label="Why?", max_length=4000, widget=forms.Textarea,
                              error_messages={"required": "Say why"})

    def __init__(self, *args: object, about: list[tuple[str, str]], chosen: str = "") -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.initial = {"about": chosen}
        self.fields["about"].choices = [("", "The child as a whole"), *about]  # type: ignore[attr-defined]


class KnownForm(forms.Form):
    """Ask for the day, and the time if it matters, as known at which a record is shown."""

    known = MomentField(label="What was known on", help_text="Leave the time empty for the whole day.")
