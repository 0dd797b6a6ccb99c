"""A form with one field of every kind, for the look page."""

from django import forms

from sightline.interfaces.web.fields import DayField

OUTCOMES = (("tell", "Tell the police"), ("offer", "Offer support without telling"), ("wait", "Wait and look again"))


class Decision(forms.Form):
    """Ask for a decision as the pages will."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    reasons = forms.CharField(
        label="Why?",
        help_text="Your reasons are kept with the decision and can be read by inspectors.",
        max_length=1000,
        widget=forms.Textarea(attrs={"maxlength": "1000"}),
        error_messages={"required": "Enter your reasons"},
    )
    look_again_on = DayField(label="Day to look again", help_text="For example, 17 5 2026")
    team = forms.ChoiceField(
        label="Team", choices=(("adolescents", "Adolescents and exploitation"), ("mash", "Front door"))
    )
    tell = forms.MultipleChoiceField(
        label="Whom else to tell",
        choices=(("school", "The school"), ("health", "The school nurse"), ("home", "The children’s home")),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    phone = forms.CharField(label="Your telephone number", widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    evidence = forms.FileField(label="A file that supports it", required=False)
    read = forms.BooleanField(
        label="I have read the child’s timeline", error_messages={"required": "Read the timeline before you decide"}
    )
