"""Ask how an inspection draws its cases, what an auditor says of a case, and which grade stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.apps.insight.inspecting import MOST_SEED
from sightline.apps.insight.inspection_queries import CaseFacts
from sightline.apps.insight.queries import SnapshotFacts
from sightline.domain.insight.frameworks import Topic, frameworks
from sightline.domain.insight.inspecting import (
    LONGEST_OPEN_DAYS,
    LONGEST_REASON,
    MOST_DRAWN,
    USUALLY_OPEN_DAYS,
    Reading,
    Strata,
)
from sightline.domain.insight.sampling import FEWEST
from sightline.interfaces.web.moments import counted, moment_in_words

NO_NAMES = "Write no child’s name. It stands in the log that can be exported."
STRATA_HINTS = {
    Strata.AGENCY.value: "Some cases of each agency that answers for what was measured",
    Strata.MEASURE.value: "Some cases of each measure, so that rare events are read too"}


def _reason(label: str, required: str, help_text: str = NO_NAMES) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_REASON, help_text=help_text, widget=forms.Textarea,
                           error_messages={"required": required})


class OpenForm(forms.Form):
    """Ask for a new inspection: under which framework, of which snapshot, how its cases are drawn, and who reads."""

    title = forms.CharField(label="Name of the inspection", max_length=200,
                            error_messages={"required": "Enter a name"})
    framework = forms.ChoiceField(label="Under which framework?", error_messages={"required": "Choose a framework"})
    snapshot = forms.ChoiceField(
        label="From which snapshot are cases drawn?", help_text="What was measured, as it stood when it was frozen",
        error_messages={"required": "Choose a snapshot"})
    strata = forms.ChoiceField(
        label="By what are the cases parted before they are drawn?", widget=forms.RadioSelect,
        help_text=f"At least {FEWEST} of each part are read. The smallest parts are joined where there are too many.",
        choices=[(one.value, one.words) for one in Strata],
        error_messages={"required": "Choose by what the cases are parted"})
    size = forms.IntegerField(
        label="How many cases?", min_value=1, max_value=MOST_DRAWN, help_text=f"{MOST_DRAWN} at the most. Each opens a "
        "child’s whole record to you until the inspection ends.", error_messages={
            "required": "Enter how many cases", "max_value": f"Enter {MOST_DRAWN} or fewer",
            "min_value": "Enter a number above nought", "invalid": "Enter a whole number"})
    seed = forms.IntegerField(
        label="Seed", min_value=0, max_value=MOST_SEED, help_text="A number chosen by chance. It is kept: with the same"
        " snapshot and seed anybody draws the same cases.", error_messages={"required": "Enter a seed",
                                                                           "invalid": "Enter a whole number"})
    first = forms.MultipleChoiceField(
        label="Who reads the cases?", widget=forms.CheckboxSelectMultiple,
        help_text="They are shared out in turn.", error_messages={"required": "Choose who reads the cases"})
    second = forms.ChoiceField(
        label="Who reads a fifth of them again?", help_text="Somebody who does not see what the first one says",
        error_messages={"required": "Choose who reads a fifth again"})
    open_days = forms.IntegerField(
        label="For how many days are the records open?", min_value=1, max_value=LONGEST_OPEN_DAYS,
        initial=USUALLY_OPEN_DAYS, help_text="After that they close by themselves, and nothing more can be graded. End "
        "the inspection as soon as you are done.", error_messages={
            "required": "Enter for how many days", "invalid": "Enter a whole number",
            "max_value": f"Enter {LONGEST_OPEN_DAYS} or fewer", "min_value": "Enter a number above nought"})
    because = _reason("Why is this inspection held?", "Say why it is held", "It is kept with the inspection.")

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, snapshots: Iterable[SnapshotFacts],
        inspectors: Sequence[tuple[UUID, str]], seed: int,
    ) -> None:
        super().__init__(posted, auto_id="open-%s", initial={"seed": seed})
        people = [(str(id_), name) for id_, name in inspectors]
        for name, choices in (
            ("framework", [(one.code, one.title) for one in frameworks()]),
            ("snapshot", [(str(one.id), snapshot_words(one)) for one in snapshots]), ("second", people)):
            self.fields[name].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        self.fields["first"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a second reader who is one of the first."""
        if self.cleaned_data.get("second") in self.cleaned_data.get("first", ()):
            self.add_error("second", "Choose somebody who is not one of the first")


def snapshot_words(one: SnapshotFacts) -> str:
    """Name a snapshot: its period, when it was frozen, and how much it holds."""
    return (f"{moment_in_words(one.from_at.date())} to {moment_in_words(one.until_at.date())}, frozen "
            f"{moment_in_words(one.made_at)}, {counted(one.cases, 'event')}")


class GradeForm(forms.Form):
    """Ask for a grade and the reasons by topic; where the framework has no grades, for the finding alone."""

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, topics: Sequence[Topic], grades: Sequence[str],
        kept: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__(posted, auto_id="case-%s")
        self.topics, self.grades = topics, grades
        for topic in topics:
            grade, reasons = kept.get(topic.code, ("", ""))
            if grades:
                self.fields[f"grade-{topic.code}"] = forms.ChoiceField(
                    label=topic.title, required=False, widget=forms.RadioSelect, initial=grade,
                    choices=[(one, one.capitalize()) for one in grades])
            self.fields[f"reasons-{topic.code}"] = forms.CharField(
                label=f"Reasons: {topic.title}" if grades else f"Finding: {topic.title}", required=False,
                max_length=LONGEST_REASON, widget=forms.Textarea, initial=reasons, help_text=NO_NAMES)

    def clean(self) -> None:
        """Ask for reasons with each grade and for a grade with reasons, and for one topic at least."""
        for topic in self.topics:
            grade, reasons = self._told(topic)
            if self.grades and reasons and not grade:
                self.add_error(f"grade-{topic.code}", f"Choose a grade: {topic.title}")
            if grade and not reasons:
                self.add_error(f"reasons-{topic.code}", f"Say why: {topic.title}")
        if not self.errors and not self.said():
            self.add_error(None, "Grade at least one topic")

    def said(self) -> dict[str, tuple[str, str]]:
        """Give the grade and the reasons of each topic of which something was said."""
        told = {topic.code: self._told(topic) for topic in self.topics}
        return {topic: (grade, reasons) for topic, (grade, reasons) in told.items() if reasons}

    def _told(self, topic: Topic) -> tuple[str, str]:
        return (self.cleaned_data.get(f"grade-{topic.code}", ""),
                self.cleaned_data.get(f"reasons-{topic.code}", ""))


class HandOnForm(forms.Form):
    """Ask which reading of a case is handed on, to whom, and why; `others` are those who could take it on."""

    reading = forms.ChoiceField(label="Whose reading?", widget=forms.RadioSelect,
                                error_messages={"required": "Choose whose reading is handed on"})
    to = forms.ChoiceField(label="Who takes it on?", error_messages={"required": "Choose who takes it on"})
    because = _reason("Why?", "Say why it is handed on", "Such as: is away until May. It stands in the log that can be "
                      "exported: write no child’s name, and nothing private of a colleague.")

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, case: CaseFacts, inspectors: Sequence[tuple[UUID, str]]
    ) -> None:
        super().__init__(posted, auto_id="hand-on-%s", initial={"reading": Reading.FIRST.value})
        self.others = [(str(id_), name) for id_, name in inspectors]
        readings = [(Reading.FIRST.value, f"{case.first_name}’s")]
        if case.second_name:
            readings.append((Reading.SECOND.value, f"{case.second_name}’s, who reads it again"))
        self.fields["reading"].choices = readings  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "Choose"), *self.others]  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Ask which grade stands, and why."""

    grade = forms.ChoiceField(label="Which grade stands?", widget=forms.RadioSelect,
                              error_messages={"required": "Choose which grade stands"})
    reasons = _reason("Why?", "Say why")

    def __init__(self, posted: Mapping[str, Any] | None = None, *, grades: Sequence[str]) -> None:
        super().__init__(posted, auto_id="settle-%s")
        self.fields["grade"].choices = [(one, one.capitalize()) for one in grades]  # type: ignore[attr-defined]
