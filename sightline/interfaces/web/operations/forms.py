"""Ask what is entered of an operation: the operation, a force, a number that a source told, a child."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.domain.operations.counted import Counts
from sightline.domain.operations.parts import LONGEST, reference_of
from sightline.interfaces.web.fields import DayField

MOST = 10_000
WHOLE = "whole"


class OperationForm(forms.Form):
    """Ask for a new operation, that the own force leads."""

    reference = forms.CharField(
        label="Reference", max_length=LONGEST,
        help_text="As it stands in the custody records of every force, so that arrests are found by it",
        error_messages={"required": "Enter the reference of the operation"})
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter a name"})
    on_day = DayField(label="Which day was it?")
    warrants = forms.IntegerField(label="How many warrants had your force?", min_value=0, max_value=MOST,
                                  required=False, help_text="Leave it empty where you do not know")

    def clean_reference(self) -> str:
        """Write the reference in capitals."""
        return reference_of(self.cleaned_data["reference"])


class ForceForm(forms.Form):
    """Ask which force takes part, and with how many warrants."""

    agency = forms.TypedChoiceField(label="Which force?", coerce=int, error_messages={"required": "Choose a force"})
    warrants = forms.IntegerField(label="How many warrants had it?", min_value=0, max_value=MOST, required=False,
                                  help_text="Leave it empty where you do not know")

    def __init__(self, posted: Mapping[str, Any] | None = None, *, forces: Sequence[tuple[int, str]]) -> None:
        super().__init__(posted, auto_id="force-%s")
        self.fields["agency"].choices = [("", "Choose"), *forces]  # type: ignore[attr-defined]


class TotalForm(forms.Form):
    """Ask for one number as its source told it."""

    source = forms.CharField(label="Who told it?", max_length=200,
                             help_text="The newspaper, broadcaster, force or person, and where it stands",
                             error_messages={"required": "Enter who told it"})
    told_on = DayField(label="On which day was it told?")
    counts = forms.ChoiceField(label="What does it count?", choices=[("", "Choose")] + [
        (one.value, one.value.capitalize()) for one in Counts], error_messages={"required": "Choose what it counts"})
    agency = forms.ChoiceField(label="Of the whole operation, or of one force?")
    number = forms.IntegerField(label="How many?", min_value=0, max_value=MOST,
                                help_text="As it was told. Correct nothing, and add nothing up.",
                                error_messages={"required": "Enter the number"})

    def __init__(self, posted: Mapping[str, Any] | None = None, *, forces: Sequence[tuple[int, str]]) -> None:
        super().__init__(posted, auto_id="total-%s")
        self.fields["agency"].choices = [(WHOLE, "The whole operation"), *forces]  # type: ignore[attr-defined]

    def clean_agency(self) -> int | None:
        """Give the force, or None for the whole operation."""
        told = self.cleaned_data["agency"]
        return None if told == WHOLE else int(told)


class JoinForm(forms.Form):
    """Ask which of the own force's records was part of the operation."""

    entry = forms.ChoiceField(label="Which of your records was part of it?", widget=forms.RadioSelect,
                              error_messages={"required": "Choose a record"})

    def __init__(self, posted: Mapping[str, Any] | None = None, *, choices: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(posted, auto_id="join-%s")
        self.fields["entry"].choices = [(str(id_), words) for id_, words in choices]  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """Ask why a record was no part of the operation."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why was it no part of the operation?", max_length=300,
                             error_messages={"required": "Say why it was no part of the operation"})

    def __init__(self, posted: Mapping[str, Any] | None = None, *, entry: UUID | None = None) -> None:
        super().__init__(posted, initial={"entry": entry}, auto_id=f"part-{entry}-%s")
