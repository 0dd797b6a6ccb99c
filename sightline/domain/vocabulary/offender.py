"""The words of the register of managed offenders: categories, levels, risk, orders, and what is told of each.

All of it is as people recorded it. Nothing here is computed, and nothing is a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sightline.domain.vocabulary.agency import AgencyKind

FEED = "offenders"
"""The name of the feed that tells of them: only who manages offenders sends it, and sees its files."""

CATEGORIES: Mapping[str, str] = {
    "1": "Category 1: under notification for a sexual offence",
    "2": "Category 2: violent or other sexual offence",
    "3": "Category 3: other dangerous, with a qualifying past",
    "4": "Category 4: terrorist offence or risk",
}
LEVELS: Mapping[str, str] = {
    "1": "Level 1: managed by one agency",
    "2": "Level 2: managed by several agencies at meetings",
    "3": "Level 3: managed with senior oversight",
}
RISKS: Mapping[str, str] = {"very-high": "Very high", "high": "High", "medium": "Medium", "low": "Low"}
"""From the highest, as the supervisor's page lists them."""

ORDERS: Mapping[str, str] = {
    "notification": "Notification requirements",
    "sexual-harm-prevention": "Sexual harm prevention order",
    "sexual-risk": "Sexual risk order",
    "licence": "Licence conditions",
    "domestic-abuse-protection": "Domestic abuse protection order or notice",
    "non-molestation": "Non-molestation order",
    "restraining": "Restraining order",
    "stalking-protection": "Stalking protection order",
    "criminal-behaviour": "Criminal behaviour order",
    "other": "Another order",
}
THERE: Mapping[str, str] = {
    "lives": "lives at", "stays": "stays at", "visits": "visits", "new-partner-in-the-home": "is a new partner at",
    "to-be-released-to": "is to be released to",
}
AWAY: Mapping[str, str] = {"custody": "in custody", "hospital": "in hospital", "abroad": "abroad"}
NOTIFIED: Mapping[str, str] = {
    "first": "First notification", "name": "Name", "home": "Home address", "release": "Release from custody",
    "stay": "Stay at another address", "child": "Household with a child", "travel": "Travel abroad",
    "bank": "Bank account or card", "identity": "Passport or identity document", "absence": "Absence from home",
    "year": "Yearly confirmation", "week": "Weekly confirmation, with no fixed abode",
    "not-happened": "What was announced did not happen",
}
"""What a person under notification tells the police; also what happens so that it must be told."""

MODES: Mapping[str, str] = {"active": "Active: visited", "reactive": "Reactive: no visits, looked at from afar"}
REVIEWS: Mapping[str, str] = {
    "risk": "Review of the risk (ARMS)", "plan": "Review of the plan", "environment": "Environmental risk assessment",
    "meeting": "Meeting of the agencies",
}
SEXUAL_ORDERS = frozenset({"notification", "sexual-harm-prevention", "sexual-risk"})
VIOLENCE_ORDERS = frozenset({"domestic-abuse-protection", "non-molestation", "restraining", "stalking-protection"})
MANAGED_BY = frozenset({AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE, AgencyKind.PROBATION})
"""The kinds of agency that lead the management of an offender."""


class TellingKind(StrEnum):
    """Name what an agency tells of an offender."""

    REGISTER = "register"
    ADDRESS = "address"
    HAPPENED = "happened"
    NOTIFIED = "notified"
    AWAY = "away"
    ORDER = "order"
    CHILD = "child-in-household"
    MET = "met"
    VISIT_DUE = "visit-due"
    VISIT = "visit"
    MANAGEMENT = "management"
    REVIEW = "review"
    RELEASE_DUE = "release-due"
    ADDRESS_CHECKED = "address-checked"
    SIGNIFICANT = "significant-change"


TELLING_WORDS: Mapping[TellingKind, str] = {
    TellingKind.REGISTER: "Put on the register, or the entry changed",
    TellingKind.ADDRESS: "Address told",
    TellingKind.HAPPENED: "Happened, and must be notified",
    TellingKind.NOTIFIED: "Notified to the police",
    TellingKind.AWAY: "Away: in custody, in hospital or abroad",
    TellingKind.ORDER: "Order or conditions",
    TellingKind.CHILD: "Child in a household of the offender",
    TellingKind.MET: "Met by an officer at a place",
    TellingKind.VISIT_DUE: "Next visit set by an officer",
    TellingKind.VISIT: "Visited",
    TellingKind.MANAGEMENT: "Way of management set",
    TellingKind.REVIEW: "Reviewed",
    TellingKind.RELEASE_DUE: "Release expected",
    TellingKind.ADDRESS_CHECKED: "Address checked for children before release",
    TellingKind.SIGNIFICANT: "Significant change told to the agencies",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """Hold one thing told of an offender: `on` the day of it, `until` the last day of a period or None while open.

    `key` names it in the teller's own system: told again with other facts it is corrected.
    """

    id: str
    kind: TellingKind
    on: date
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None


def latest(tellings: list[Telling], kind: TellingKind, *, on: date) -> Telling | None:
    """Give the latest telling of a kind that is not still to come, or None."""
    return max((one for one in tellings if one.kind is kind and one.on <= on), key=lambda t: (t.on, t.id), default=None)


def under_of(category: str, orders: frozenset[str]) -> frozenset[str]:
    """Say what a sign about an address calls it that this person is under; nothing for category 4 without an order."""
    found = {"mappa"} if category in ("2", "3") else set()
    if category == "1" or "notification" in orders:
        found.add("notification")
    if orders & {"sexual-harm-prevention", "sexual-risk"}:
        found.add("sexual-harm-order")
    if orders & VIOLENCE_ORDERS:
        found.add("violence-order")
    return frozenset(found)
