"""Ask for the day of which it is shown what each agency knew."""

from django import forms

from sightline.interfaces.web.fields import DayField


class OnDayForm(forms.Form):
    """Ask for a day; without one nothing more is shown."""

    on = DayField(label="What each agency knew at the end of a day", help_text="For example, 17 5 2026")
