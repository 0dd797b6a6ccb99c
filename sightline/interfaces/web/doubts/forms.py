"""Ask whether two records are one child, and ask a second officer to confirm that they are not."""

from django import forms

ANSWERS = [("same", "The same child"), ("not-same", "Not the same child"), ("cannot-tell", "I cannot tell")]
SECOND_ANSWERS = [("not-same", "I confirm it: they are not the same child"),
                  ("same", "I do not: they are the same child"), ("cannot-tell", "I cannot tell")]


class AnswerForm(forms.Form):
    """Ask for an answer and its reason."""

    seen = forms.ChoiceField(choices=[("open", ""), *ANSWERS], widget=forms.HiddenInput)
    answer = forms.ChoiceField(label="Are these one child?", choices=ANSWERS, widget=forms.RadioSelect,
                               error_messages={"required": "Choose an answer"})
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             help_text="It is kept, and binds later matching.",
                             error_messages={"required": "Say in a sentence why"})


class SecondForm(forms.Form):
    """Ask the second officer for an answer and its reason."""

    second = forms.CharField(widget=forms.HiddenInput, initial="yes")
    answer = forms.ChoiceField(label="Do you confirm that they are not one child?", choices=SECOND_ANSWERS,
                               widget=forms.RadioSelect, error_messages={"required": "Choose an answer"})
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             help_text="It is kept beside the first answer.",
                             error_messages={"required": "Say in a sentence why"})
