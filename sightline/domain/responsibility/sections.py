"""Which sections of a handover pack each receiver needs: by what is handed over, and by the receiver's function.

A pack is minimal: what this function does not need for this handover is withheld, and the receiver sees that it was.
The table is our own choice, after rules.md section 5.2 (golden rules 5 and 6) and lessons.md R10.
"""

from collections.abc import Mapping
from enum import StrEnum

from sightline.domain.vocabulary.agency import AgencyKind


class HandoverKind(StrEnum):
    """Name what one agency hands to another."""

    SAFETY = "safety"
    PLAN = "protection-plan"
    ENQUIRY = "enquiry"
    SCHOOL_FILE = "school-file"
    PLACEMENT = "placement"


KIND_WORDS: Mapping[HandoverKind, str] = {
    HandoverKind.SAFETY: "a child's safety",
    HandoverKind.PLAN: "a child protection plan",
    HandoverKind.ENQUIRY: "a child who moves during a section 47 enquiry",
    HandoverKind.SCHOOL_FILE: "a school's safeguarding file",
    HandoverKind.PLACEMENT: "a placement out of area",
}


class Function(StrEnum):
    """Name what a receiver is there for, as far as packs differ by it."""

    COUNCIL = "council"
    POLICE = "police"
    HEALTH = "health"
    SCHOOL = "school"


FUNCTIONS: Mapping[AgencyKind, Function] = {
    AgencyKind.COUNCIL: Function.COUNCIL, AgencyKind.POLICE: Function.POLICE,
    AgencyKind.TRANSPORT_POLICE: Function.POLICE, AgencyKind.HEALTH: Function.HEALTH,
    AgencyKind.SCHOOL: Function.SCHOOL,
}


class Section(StrEnum):
    """Name a section of a pack, in the order in which it is read; the value is its title."""

    WHY = "Why now"
    IDENTITY = "Who the child is"
    WHERE = "Where the child is"
    SAID = "What the child said, and how the child is"
    NEEDS = "Health, injuries and other needs"
    SIGNS = "Warning signs, with their reasons"
    DUTIES = "What is owed now, and by when"
    TOLD = "Who has been told, and who has not"
    PEOPLE = "People around the child"
    CONTACTS = "Whom to ring"
    PLANS = "Plans and support"
    CARE = "Social care: referrals, assessments, decisions"
    PLACEMENTS = "Care and placements"
    MISSING = "Missing, and met on the way"
    SCHOOL = "School"
    POLICE = "Police"


EVERYTHING = frozenset(Section)
TONIGHT = frozenset({
    Section.WHY, Section.IDENTITY, Section.WHERE, Section.SAID, Section.NEEDS, Section.SIGNS, Section.DUTIES,
    Section.TOLD, Section.PEOPLE, Section.CONTACTS, Section.PLANS, Section.PLACEMENTS, Section.MISSING,
})

NEEDED: Mapping[tuple[HandoverKind, Function], frozenset[Section]] = {
    (HandoverKind.SAFETY, Function.COUNCIL): EVERYTHING,
    (HandoverKind.SAFETY, Function.POLICE): TONIGHT | {Section.POLICE},
    (HandoverKind.SAFETY, Function.HEALTH): TONIGHT - {Section.DUTIES, Section.SIGNS, Section.MISSING},
    (HandoverKind.PLAN, Function.COUNCIL): EVERYTHING - {Section.WHERE},
    (HandoverKind.ENQUIRY, Function.COUNCIL): EVERYTHING - {Section.WHERE},
    (HandoverKind.PLACEMENT, Function.COUNCIL): frozenset({
        Section.WHY, Section.IDENTITY, Section.NEEDS, Section.SIGNS, Section.DUTIES, Section.PEOPLE, Section.CONTACTS,
        Section.PLANS, Section.CARE, Section.PLACEMENTS, Section.MISSING, Section.SCHOOL}),
    (HandoverKind.SCHOOL_FILE, Function.SCHOOL): frozenset({
        Section.WHY, Section.IDENTITY, Section.NEEDS, Section.SIGNS, Section.PEOPLE, Section.CONTACTS, Section.PLANS,
        Section.MISSING, Section.SCHOOL}),
}
"""Kind of handover and function of the receiver -> sections; a pair that stands not here cannot be handed over."""

IDENTIFIERS: Mapping[Function, frozenset[str]] = {
    Function.COUNCIL: frozenset({"nhs", "upn", "former-upn", "pnc", "cro"}),
    Function.POLICE: frozenset({"pnc", "cro"}),
    Function.HEALTH: frozenset({"nhs"}),
    Function.SCHOOL: frozenset({"upn", "former-upn"}),
}
"""Which numbers each function works with; the others are withheld."""

DUTY_OF: Mapping[HandoverKind, str] = {
    HandoverKind.PLAN: "D-CP-2", HandoverKind.ENQUIRY: "D-CP-3", HandoverKind.SCHOOL_FILE: "D-EDU-FILE",
    HandoverKind.PLACEMENT: "D-PLC-2",
}
"""The duty that a receipt meets; a child's safety has its own clock and no such duty."""

KIND_OF_DUTY: Mapping[str, HandoverKind] = {
    code: kind for kind, code in DUTY_OF.items() if kind is not HandoverKind.PLAN}
"""What its owner hands over to meet a duty; that of a plan is owed by the receiver, and met by a conference."""

GIVERS: Mapping[HandoverKind, frozenset[Function]] = {
    HandoverKind.SAFETY: frozenset({Function.COUNCIL, Function.POLICE, Function.HEALTH}),
    HandoverKind.PLAN: frozenset({Function.COUNCIL}), HandoverKind.ENQUIRY: frozenset({Function.COUNCIL}),
    HandoverKind.PLACEMENT: frozenset({Function.COUNCIL}), HandoverKind.SCHOOL_FILE: frozenset({Function.SCHOOL}),
}
"""Who may hand it over, besides having a part in the child's life."""


def function_of(kind: str) -> Function | None:
    """Give the function of a kind of agency, or None where nothing is handed over to it."""
    return FUNCTIONS.get(AgencyKind(kind))


def may_be_handed(kind: HandoverKind, *, giver: str, receiver: str) -> bool:
    """Tell whether agencies of these kinds hand this over to one another."""
    gives, takes = function_of(giver), function_of(receiver)
    return gives in GIVERS[kind] and takes is not None and (kind, takes) in NEEDED


SECTION_OF: Mapping[str, Section] = {
    "child.home": Section.WHERE, "care.worker": Section.PEOPLE, "care.plan": Section.PLANS,
    "care.conference": Section.PLANS, "care.looked-after": Section.PLACEMENTS, "care.placement": Section.PLACEMENTS,
    "care.placement-ended": Section.PLACEMENTS, "care": Section.CARE, "slavery": Section.CARE,
    "decision": Section.CARE, "school": Section.SCHOOL, "missing": Section.MISSING, "rail": Section.MISSING,
    "police": Section.POLICE, "health": Section.NEEDS, "school.need": Section.NEEDS, "charity": Section.PLANS,
    "offer": Section.PLANS, "notice": Section.TOLD, "observed": Section.CARE,
}
"""Where an entry stands: by its kind, else by its field of work; a birthday stands with the identity."""

ABOUT_CUSTODY = frozenset({"D-ARR-4-SCREEN", "D-CHG-1"})
"""Decisions about these stand with the police: who takes a child over needs to know how custody looked at the child."""


def section_of(kind: str, about: str = "") -> Section | None:
    """Give the section in which an entry of this kind stands, or None where it stands in none of its own.

    `about` is what a decision is about.
    """
    if kind == "decision.made" and about.partition(":")[0] in ABOUT_CUSTODY:
        return Section.POLICE
    return SECTION_OF.get(kind) or SECTION_OF.get(kind.partition(".")[0])
