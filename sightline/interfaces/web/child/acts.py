"""Record on a page what was done or decided: the form follows from the kind of entry, which is like any other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms

from sightline.apps.access.acting import Acting
from sightline.apps.duties.queries import DutyFacts
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.kinds import KINDS, WORD, WORDS, YES_NO, Fact
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.moment_field import MomentField

BY_PAGE = (
    "decision.made", "notice.sent", "school.provision", "missing.return-interview", "care.referral", "care.decision",
    "care.strategy-discussion", "care.assessment", "care.enquiry", "care.core-group",
    "care.visit", "missing.found",
)
"""Kinds that people record on a page; others come from files only."""

ACT_WORDS = {
    "decision.made": "Record a decision", "notice.sent": "Record that it was told",
    "school.provision": "Record the education provided", "missing.return-interview": "Record the return interview",
    "care.referral": "Record the referral", "care.decision": "Record the decision on the referral",
    "care.strategy-discussion": "Record the strategy discussion", "care.assessment": "Record the assessment",
    "care.enquiry": "Record the section 47 enquiry", "care.core-group": "Record the core group",
    "care.visit": "Record the visit", "missing.found": "Record that the child was found",
}
FILLED_BY_US = {"decision.made": ("about",), "notice.sent": ("duty",)}
MUST_SAY = {"decision.made": ("outcome", "reasons"), "notice.sent": ("to",), "school.provision": ("setting",),
            "missing.return-interview": ("offered", "held"), "care.decision": ("decision",)}
LONG = ("reasons", "reason")


class ActForm(forms.Form):
    """Ask for the facts of one kind of entry, and when it was."""

    kind = forms.CharField(widget=forms.HiddenInput)
    at = MomentField(label="When was it?", help_text="Leave the time empty if you only know the day.")

    def __init__(self, kind: str, posted: Mapping[str, Any] | None, *, now: datetime) -> None:
        super().__init__(posted, initial={"kind": kind, "at": now}, auto_id=f"{kind.replace('.', '-')}-%s")
        self.act = kind
        self.now = now
        for fact in KINDS[kind].facts:
            if fact.key not in FILLED_BY_US.get(kind, ()):
                self.fields[fact.key] = _field(fact, required=fact.key in MUST_SAY.get(kind, ()))

    def clean_at(self) -> Moment:
        """Refuse what has not happened yet."""
        at: Moment = self.cleaned_data["at"]
        if first_instant(at) > self.now.replace(second=59, microsecond=0):
            raise forms.ValidationError("This has not happened yet. Enter when it was.")
        return at

    def told(self) -> Told:
        """Give what was told; a fact that was left empty is not told."""
        facts = {name: _fact(KINDS[self.act].facts, name, value) for name, value in self.cleaned_data.items()
                 if name not in ("kind", "at") and value not in ("", None, [])}
        return Told(kind=self.act, at=self.cleaned_data["at"], key=f"page/{uuid4()}", facts=facts)


def act_kinds(code: str) -> list[str]:
    """List the kinds of entry that meet a duty and that people record on a page."""
    met_by = dict.fromkeys(kind for rule in rules_of(code) for kind in rule.met_by)
    return [kind for kind in met_by if kind in BY_PAGE]


def act_form(kind: str, posted: Mapping[str, Any] | None, *, at: datetime) -> ActForm:
    """Make the form for a kind of entry."""
    return ActForm(kind, posted, now=at)


def record_act(acting: Acting, duty: DutyFacts, *, kind: str, told: Told, at: datetime) -> None:
    """Append the act for the duty, named so that it meets this duty and no other, and have it read."""
    name = f"{duty.code}:{duty.started_by}" if duty.started_by else duty.code
    filled = dict.fromkeys(FILLED_BY_US.get(kind, ()), name)
    record(acting, duty.person, replace(told, facts={**told.facts, **filled}), at=at)


def record(acting: Acting, person: UUID, told: Told, *, at: datetime) -> UUID:
    """Append something that an officer tells of a child, have it read, and give the entry's id."""
    identity = own_identity(person=person, agency=acting.agency, at=at)
    origin = Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer)
    appended = append([Telling(0, identity, told)], origin=origin, at=at)
    read_news.defer()
    return appended.begun[identity, told.key]


def _field(fact: Fact, *, required: bool) -> forms.Field:
    label = fact.means[:1].upper() + fact.means[1:]
    missing = {"required": f"Enter: {fact.means}"}
    if fact.type == YES_NO:
        return forms.ChoiceField(label=label, choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
                                 required=required, error_messages={"required": f"Choose: {fact.means}"})
    if fact.type == WORD and fact.allowed:
        return forms.ChoiceField(label=label, choices=[(word, word) for word in fact.allowed], required=required,
                                 widget=forms.RadioSelect, error_messages={"required": f"Choose: {fact.means}"})
    widget = forms.Textarea() if fact.key in LONG else forms.TextInput()
    return forms.CharField(label=label, max_length=2000, required=required, widget=widget, error_messages=missing)


def _fact(facts: tuple[Fact, ...], name: str, value: str) -> Any:
    kind = next(fact.type for fact in facts if fact.key == name)
    if kind == YES_NO:
        return value == "yes"
    return [word.strip() for word in value.split(",") if word.strip()] if kind == WORDS else value
