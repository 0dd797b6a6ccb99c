"""Ask what a link in a child's circle is, and why."""

from collections.abc import Mapping

from django import forms

from sightline.apps.circle.queries import LinkFacts
from sightline.domain.circle.judging import SAY_WORDS, may_say


class LinkForm(forms.Form):
    """Ask what somebody says of a link and why; `seen` numbers what stood on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    judged = forms.ChoiceField(label="What do you say of it?", widget=forms.RadioSelect,
                               error_messages={"required": "Choose what you say of it"})
    reason = forms.CharField(
        label="Why?", max_length=2000, widget=forms.Textarea,
        help_text="What you know of it, and from whom. Name no child as having led others.",
        error_messages={"required": "Say in a sentence why"})

    def __init__(self, told: Mapping[str, str] | None, *, said: LinkFacts) -> None:
        """Ask of a link as it stands now."""
        super().__init__(told, initial={"seen": said.number})
        choices = [(one.value, SAY_WORDS[one]) for one in may_say(said.judged)]
        self.fields["judged"].choices = choices  # type: ignore[attr-defined]
