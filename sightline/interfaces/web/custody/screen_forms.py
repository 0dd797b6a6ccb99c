"""Ask what a child in custody was asked and said, and how the victim screen is decided; nothing of a charge."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from sightline.domain.custody.screen import OUTCOME_WORDS, QUESTIONS, Heard, Outcome
from sightline.interfaces.web.custody.forms import ActForm, InstantField

HEARD = [("", "Not asked"), (Heard.YES.value, "Yes"), (Heard.NO.value, "No"), (Heard.SILENT.value, "No answer")]
OUTCOMES = [(outcome.value, words) for outcome, words in OUTCOME_WORDS.items()]
ALONE = [("yes", "Yes, with nobody but me and the appropriate adult"), ("no", "No")]


class TalkForm(ActForm):
    """Ask how the talk with the child was; each question may stay empty, the child's own words may not."""

    name = "talk"
    part = "screen"
    alone = forms.ChoiceField(label="Did you see the child alone?", choices=ALONE, widget=forms.RadioSelect,
                              error_messages={"required": "Say whether you saw the child alone"})
    why_not_alone = forms.CharField(label="If not: who was there, and why?", max_length=1000, required=False)
    adult = forms.CharField(label="Appropriate adult who was there", max_length=200, required=False,
                            help_text="Name, and what they are to the child. Empty means that nobody was there.")
    words = forms.CharField(
        label="What did the child say? In the child’s own words", max_length=8000, widget=forms.Textarea,
        help_text="As it was said, slang and all. Where the child said nothing, write that.",
        error_messages={"required": "Write what the child said, or that the child said nothing"})
    mood = forms.CharField(label="How did the child seem?", max_length=2000, widget=forms.Textarea,
                           help_text="Frightened, angry, flat, tired, under the influence, hungry",
                           error_messages={"required": "Say how the child seemed"})
    injuries = forms.CharField(label="Injuries, old and new", max_length=2000, widget=forms.Textarea,
                               help_text="Where there are none, write none seen",
                               error_messages={"required": "Say what injuries you saw, or that you saw none"})
    at = InstantField(label="When did you speak with the child?", help_text="")

    def __init__(self, posted: Mapping[str, Any] | None = None, *, now: datetime, filled: object = None) -> None:
        super().__init__(posted, now=now, filled=filled)
        for one in QUESTIONS:
            self.fields[f"heard-{one.code}"] = forms.ChoiceField(
                label=one.words, choices=HEARD, required=False)
            self.fields[f"words-{one.code}"] = forms.CharField(
                label="In the child’s words" if one.of_child else "What you saw", max_length=1000, required=False)

    @property
    def asked(self) -> list[tuple[Any, Any, bool]]:
        """Give the fields of each question, with whether the child is asked it."""
        return [(self[f"heard-{one.code}"], self[f"words-{one.code}"], one.of_child) for one in QUESTIONS]

    def clean(self) -> dict[str, Any]:
        """Ask why where the child was not seen alone; words without a choice count as no clear answer."""
        told = dict(super().clean() or {})
        if told.get("alone") == "no" and not told.get("why_not_alone"):
            self.add_error("why_not_alone", "Say who was there, and why you could not see the child alone")
        return told

    def answers(self) -> dict[str, tuple[Heard, str]]:
        """Give what was heard to each question that was asked."""
        told = self.cleaned_data
        return {one.code: (Heard(told[f"heard-{one.code}"] or Heard.SILENT.value), told[f"words-{one.code}"])
                for one in QUESTIONS if told[f"heard-{one.code}"] or told[f"words-{one.code}"]}


class DecideForm(ActForm):
    """Ask how the screen ends and why, with an answer to each sign that is shown."""

    name = "decide"
    part = "screen"
    outcome = forms.ChoiceField(label="What follows?", choices=OUTCOMES, widget=forms.RadioSelect,
                                error_messages={"required": "Choose what follows"})
    reasons = forms.CharField(label="Why?", max_length=4000, widget=forms.Textarea,
                              help_text="It becomes an entry of the record. Do not copy what the child said in "
                                        "confidence: say what it means.",
                              error_messages={"required": "Say why"})
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, now: datetime, filled: object = None,
        signs: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(posted, now=now, filled=filled)
        self.codes = [code for code, _ in signs]
        for code, title in signs:
            self.fields[f"sign-{code}"] = forms.CharField(
                label=title, max_length=1000, required=False,
                help_text="Why does it not speak for exploitation?")

    @property
    def on_signs(self) -> list[Any]:
        """Give the field of each sign."""
        return [self[f"sign-{code}"] for code in self.codes]

    def chosen(self) -> Outcome:
        """Give the outcome."""
        return Outcome(self.cleaned_data["outcome"])

    def answers(self) -> dict[str, str]:
        """Give what was said to each sign."""
        return {code: self.cleaned_data[f"sign-{code}"] for code in self.codes if self.cleaned_data[f"sign-{code}"]}
