"""Ask until when and why a sign is switched off, or why it is switched on again."""

from django import forms

from sightline.interfaces.web.fields import DayField

WHY = {"required": "Say in a sentence why"}


class OffForm(forms.Form):
    """Ask for the last day on which the sign is off, and for the reason; `passed` numbers the last switch seen."""

    passed = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    until = DayField(label="Until which day?", help_text="At the most 180 days from now. Then it asks again by itself.")
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea, error_messages=WHY,
                             help_text="What you found when you closed it. Name no child. The inspectorate reads it.")


class OnForm(forms.Form):
    """Ask why a sign is switched on again; `passed` numbers the last switch seen."""

    passed = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea, error_messages=WHY,
                             help_text="Name no child. The inspectorate reads it.")
