"""Ask what a hypothesis about a place is, and why."""

from django import forms

from sightline.domain.places.judging import SAY_WORDS, Judged, may_say


class JudgeForm(forms.Form):
    """Ask for a judgement and its reason; `seen` and `grounds` number what stood on the page."""

    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    grounds = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    judged = forms.ChoiceField(label="What do you say of it?", widget=forms.RadioSelect,
                               error_messages={"required": "Choose what you say of it"})
    reason = forms.CharField(
        label="Why?", max_length=2000, widget=forms.Textarea,
        help_text="What you know of the school and the group, and whom you asked. Name no child as having led others.",
        error_messages={"required": "Say in a sentence why"})

    def __init__(self, data: object, *, stands: Judged, seen: int, grounds: int) -> None:
        super().__init__(data, initial={"seen": seen, "grounds": grounds})  # type: ignore[arg-type]
        choices = [(one.value, SAY_WORDS[one]) for one in may_say(stands)]
        self.fields["judged"].choices = choices  # type: ignore[attr-defined]
