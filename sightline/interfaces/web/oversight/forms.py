"""Ask what change of the rule book is to be tried before it holds."""

from django import forms

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.comparing import LONGEST_SHOWN_DAYS, Change

WITHOUT, DAYS = "without", "days"


class PreviewForm(forms.Form):
    """Ask for a sign, and whether it is to be taken out or shown for other days."""

    sign = forms.ChoiceField(
        label="Which sign?", choices=[("", "Choose a sign"), *((r.code, f"{r.code} {r.title}") for r in RULES)],
        error_messages={"required": "Choose a sign"})
    what = forms.ChoiceField(
        label="What is to change?", widget=forms.RadioSelect,
        choices=[(WITHOUT, "It is taken out of the rule book"),
                 (DAYS, "It is shown for other days after its last evidence")],
        error_messages={"required": "Choose what is to change"})
    days = forms.IntegerField(
        label="For how many days, where it is shown for other days", required=False, min_value=1,
        max_value=LONGEST_SHOWN_DAYS, error_messages={
            "invalid": "Write the days as a whole number", "min_value": "Write at least 1 day",
            "max_value": f"Write at most {LONGEST_SHOWN_DAYS} days"})

    def clean(self) -> None:
        """Ask for the days where they are to change."""
        if self.cleaned_data.get("what") == DAYS and not self.cleaned_data.get("days") and "days" not in self.errors:
            self.add_error("days", "Write for how many days it is to be shown")

    def change(self) -> Change:
        """Give the change that was asked for."""
        told = self.cleaned_data
        return (Change(without=frozenset({told["sign"]})) if told["what"] == WITHOUT
                else Change(shown_days={told["sign"]: told["days"]}))
