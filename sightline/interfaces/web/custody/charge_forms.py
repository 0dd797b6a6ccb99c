"""Ask what the charging gate needs to know; each form is one act."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from sightline.domain.custody.charging import DEFENCE_WORDS, OUTCOME_WORDS, Referral, Said
from sightline.domain.custody.tools import ANSWER_WORDS, ASKED, RESTRAINTS, Answer
from sightline.interfaces.web.custody.forms import ActForm, InstantField, ReasonForm

SAID = [(Said.YES.value, "Yes"), (Said.NO.value, "No"), (Said.UNKNOWN.value, "Not known")]
REFERRALS = [(one.value, one.value.capitalize()) for one in Referral]
DEFENCES = [(one.value, words) for one, words in DEFENCE_WORDS.items()]
OUTCOMES = [(one.value, words) for one, words in OUTCOME_WORDS.items()]
ANSWERS = [(one.value, words) for one, words in ANSWER_WORDS.items()]
KINDS = [("", "Choose"), *((one, one.replace("-", " ").capitalize()) for one in (
    "drugs-supply", "drugs-possession", "weapon", "violence", "theft", "robbery", "criminal-damage", "public-order",
    "sexual", "other"))]


def _why(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea, help_text=hint, required=required,
                           error_messages={"required": "Say why"})


class OffenceForm(ActForm):
    """Ask what the child would be charged with."""

    name = "offence"
    part = "charging"
    offence = forms.CharField(label="What would the charge be?", max_length=300,
                              help_text="In words, with the Act and section",
                              error_messages={"required": "Say what the child would be charged with"})
    kind = forms.ChoiceField(label="Which kind of offence is it?", choices=KINDS,
                             error_messages={"required": "Choose the kind of offence"})


class LawForm(ActForm):
    """Ask what section 45 asks."""

    name = "law"
    part = "charging"
    direct = forms.ChoiceField(
        label="Was the act a direct consequence of the child being, or having been, exploited?", choices=SAID,
        widget=forms.RadioSelect, error_messages={"required": "Choose an answer: not known is one"})
    direct_why = _why("Why do you say so?", "A child need not have been forced.")
    reasonable = forms.ChoiceField(
        label="Would a reasonable person of the same age and sex, with any disability the child has, do the same?",
        choices=SAID, widget=forms.RadioSelect, error_messages={"required": "Choose an answer: not known is one"})
    reasonable_why = _why("Why do you say so?", "In the same situation as the child")
    schedule_4 = forms.ChoiceField(
        label="Does the offence stand in Schedule 4, so that the defence is shut out?", choices=SAID,
        widget=forms.RadioSelect, error_messages={"required": "Choose an answer: not known is one"})
    schedule_4_how = forms.CharField(label="How did you check it?", max_length=1000,
                                     error_messages={"required": "Say how you checked Schedule 4"})


class ReferralForm(ActForm):
    """Ask how the National Referral Mechanism stands."""

    name = "referral"
    part = "charging"
    referral = forms.ChoiceField(label="How does it stand?", choices=REFERRALS, widget=forms.RadioSelect,
                                 error_messages={"required": "Choose how it stands"})
    why = _why("Who says so? If there is no referral: why not?", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask why there is no referral."""
        told = dict(super().clean() or {})
        if told.get("referral") == Referral.NONE.value and not told.get("why"):
            self.add_error("why", "Say why the child is not referred")
        return told


class EvidenceForm(ActForm):
    """Ask for one thing that speaks for or against coercion."""

    name = "evidence"
    part = "charging"
    speaks = forms.ChoiceField(label="What does it speak for?", widget=forms.RadioSelect, choices=[
        ("for", "For coercion or exploitation"), ("against", "Against it")],
        error_messages={"required": "Choose what it speaks for"})
    words = _why("What is it?", "Where you looked and found nothing, say where you looked.")
    entry = forms.ChoiceField(label="Does it stand in the record?", required=False)
    source = forms.CharField(label="If not: where is it from?", max_length=300, required=False,
                             help_text="Who said it, which exhibit, which officer. Not the confidential talk itself.")

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, now: datetime, filled: object = None,
        entries: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(posted, now=now, filled=filled)
        self.words_of = dict(entries)
        self.fields["entry"].choices = [("", "No, or not that I can see"), *entries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a source: an entry, or words."""
        told = dict(super().clean() or {})
        if not told.get("entry") and not told.get("source"):
            self.add_error("source", "Say where it is from, or choose an entry of the record")
        return told

    def comes_from(self) -> tuple[UUID | None, str]:
        """Give the entry it comes from, and the source in words."""
        entry, source = self.cleaned_data["entry"], self.cleaned_data["source"]
        return (UUID(entry), source or self.words_of[entry]) if entry else (None, source)


class ToolsForm(ActForm):
    """Ask what became of each tool against who exploits the child; some may be answered now and others later."""

    name = "tools"
    part = "charging"

    def __init__(self, posted: Mapping[str, Any] | None = None, *, now: datetime, filled: object = None) -> None:
        super().__init__(posted, now=now, filled=filled)
        for tool in ASKED:
            self.fields[f"answer-{tool.code}"] = forms.ChoiceField(
                label=tool.name, choices=ANSWERS, widget=forms.RadioSelect, required=False,
                help_text=f"{tool.target.value.capitalize()}. {tool.test}. Who: {tool.applies}.")
            self.fields[f"because-{tool.code}"] = forms.CharField(label="Because", max_length=1000, required=False)

    @property
    def asked(self) -> list[tuple[Any, Any]]:
        """Give the two fields of each tool."""
        return [(self[f"answer-{tool.code}"], self[f"because-{tool.code}"]) for tool in ASKED]

    def clean(self) -> dict[str, Any]:
        """Ask why for each answer, and for at least one answer."""
        told = dict(super().clean() or {})
        answered = [tool for tool in ASKED if told.get(f"answer-{tool.code}")]
        for tool in answered:
            if not told.get(f"because-{tool.code}"):
                self.add_error(f"because-{tool.code}", f"Say why: {tool.name}")
        if not answered:
            self.add_error(f"answer-{ASKED[0].code}", "Answer at least one tool")
        return told

    def answers(self) -> dict[str, tuple[Answer, str]]:
        """Give what was answered."""
        told = self.cleaned_data
        return {tool.code: (Answer(told[f"answer-{tool.code}"]), told[f"because-{tool.code}"]) for tool in ASKED
                if told.get(f"answer-{tool.code}")}


class ConcludeForm(ActForm):
    """Ask what follows for the defence."""

    name = "conclude"
    part = "charging"
    defence = forms.ChoiceField(label="What follows?", choices=DEFENCES, widget=forms.RadioSelect,
                                error_messages={"required": "Choose what follows"})
    why = _why("Why?")


class NoForm(ReasonForm):
    """Ask a supervisor why the defence does not apply."""

    name = "no"
    part = "charging"


class SameForm(ReasonForm):
    """Ask a supervisor why the officer of the victim screen decides here, too."""

    name = "same"
    part = "charging"


class DecideForm(ActForm):
    """Ask for the decision."""

    name = "decide"
    part = "charging"
    outcome = forms.ChoiceField(label="What do you decide?", choices=OUTCOMES, widget=forms.RadioSelect,
                                error_messages={"required": "Choose what you decide"})
    reasons = _why("Why?")


class ProsecutorForm(ActForm):
    """Ask what a named prosecutor decided."""

    name = "prosecutor"
    part = "charging"
    prosecutor = forms.CharField(label="Name of the prosecutor", max_length=200,
                                 error_messages={"required": "Enter the name of the prosecutor"})
    says = forms.ChoiceField(label="What did they decide?", widget=forms.RadioSelect,
                             choices=[("charge", "Charge"), ("no", "Do not charge")],
                             error_messages={"required": "Choose what they decided"})
    words = _why("In which words?")


class AgainForm(ReasonForm):
    """Ask why it must be looked at again."""

    name = "again"
    part = "charging"


class ChargeForm(ActForm):
    """Ask when the child was charged."""

    name = "charge"
    part = "charging"
    at = InstantField(label="When was the child charged?", help_text="")


class RestrainForm(ReasonForm):
    """Ask a supervisor which order on the child is asked for, and why."""

    name = "restrain"
    part = "charging"
    code = forms.ChoiceField(label="Which order?", choices=[(tool.code, tool.name) for tool in RESTRAINTS],
                             widget=forms.RadioSelect, error_messages={"required": "Choose the order"})
    field_order = ("code", "reason")
