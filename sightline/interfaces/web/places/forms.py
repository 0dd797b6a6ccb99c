"""Ask what a hypothesis about a place is, and why."""

from collections.abc import Mapping
from typing import Self

from django import forms

from sightline.apps.places.queries import HypothesisFacts
from sightline.domain.places.judging import SAY_WORDS, may_say


class JudgeForm(forms.Form):
    """Ask for a judgement and its reason; `seen` and `grounds` number what stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    grounds = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    judged = forms.ChoiceField(label="What do you say of it?", widget=forms.RadioSelect,
                               error_messages={"required": "Choose what you say of it"})
    reason = forms.CharField(
        label="Why?", max_length=2000, widget=forms.Textarea,
        help_text="What you know of the school and the group, and whom you asked. Name no child as having led others.",
        error_messages={"required": "Say in a sentence why"})

    def __init__(self, told: Mapping[str, str] | None, *, found: HypothesisFacts) -> None:
        """Ask of a hypothesis as it stands now."""
        self.stands = (str(found.judgements), str(found.number))
        super().__init__(told, initial={"seen": self.stands[0], "grounds": self.stands[1]})
        choices = [(one.value, SAY_WORDS[one]) for one in may_say(found.judged)]
        self.fields["judged"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def anew(cls, told: Mapping[str, str], *, found: HypothesisFacts, because: str) -> Self:
        """Ask again of what changed meanwhile, and say so; the reason that was written stays."""
        form = cls({"reason": told.get("reason", ""), "seen": str(found.judgements), "grounds": str(found.number)},
                   found=found)
        form.add_error(None, because)
        return form

    def is_of_another_time(self) -> bool:
        """Tell whether what was sent is about another state than the one now."""
        return (self.data.get("seen", ""), self.data.get("grounds", "")) != self.stands
