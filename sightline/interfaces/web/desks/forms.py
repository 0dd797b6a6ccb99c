"""Ask for the hours of a desk, and for a turn of its rota."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from sightline.domain.duties.hours import HOW, read_spans
from sightline.domain.duties.rota import HoursRefused, Span, Turn
from sightline.interfaces.web.moment_field import MomentField

SOMEBODY_ELSE = ""


class HoursForm(forms.Form):
    """Ask for hours in words, one line for each kind of day."""

    hours = forms.CharField(
        label="Open", required=False, max_length=1000, widget=forms.Textarea,
        help_text="One line each, such as mon-fri 09:00-17:00, sat 10:00-14:00 or bank holidays 10:00-12:00. Empty"
                  " means always.")

    def clean_hours(self) -> tuple[Span, ...]:
        """Read the lines."""
        try:
            return read_spans(self.cleaned_data["hours"].splitlines())
        except HoursRefused as refused:
            raise forms.ValidationError(str(refused) if str(refused) else HOW) from None


class TurnForm(forms.Form):
    """Ask who sits at a desk, from when until when."""

    officer = forms.ChoiceField(label="Who", required=False, help_text="An officer of your agency, or somebody else")
    name = forms.CharField(label="Name, where it is somebody else", required=False, max_length=200)
    phone = forms.CharField(label="Telephone", required=False, max_length=40,
                            help_text="Text messages go to it, where they are set up")
    from_at = MomentField(label="From", help_text="For example, 27 3 2026 at 17:00")
    until_at = MomentField(label="Until", help_text="For example, 28 3 2026 at 09:00")

    def __init__(self, *args: object, officers: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.names = {str(id_): name for id_, name in officers}
        self.fields["officer"].choices = [  # type: ignore[attr-defined]
            (SOMEBODY_ELSE, "Somebody else"), *self.names.items()]

    def turn(self) -> Turn | None:
        """Give the turn, or None with the fault added where it is none."""
        told = self.cleaned_data
        name = self.names.get(told["officer"]) or told["name"].strip()
        if not name:
            self.add_error("name", "Choose an officer, or enter a name")
        for part in ("from_at", "until_at"):
            if not hasattr(told[part], "hour"):
                self.add_error(part, "Enter the time of day as well, such as 17:00")
        if not self.errors and told["until_at"] <= told["from_at"]:
            self.add_error("until_at", "A turn ends after it begins")
        if self.errors:
            return None
        return Turn(told["from_at"], told["until_at"], name, told["phone"].strip(), "", told["officer"])
