"""Ask whether two records are one child."""

from django import forms

ANSWERS = [("same", "The same child"), ("not-same", "Not the same child"), ("cannot-tell", "I cannot tell")]


class AnswerForm(forms.Form):
    """Ask for an answer and its reason."""

    seen = forms.ChoiceField(choices=[("open", ""), *ANSWERS], widget=forms.HiddenInput)
    answer = forms.ChoiceField(label="Are these one child?", choices=ANSWERS, widget=forms.RadioSelect,
                               error_messages={"required": "Choose an answer"})
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             help_text="It is kept, and binds later matching.",
                             error_messages={"required": "Say in a sentence why"})
