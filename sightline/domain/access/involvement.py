"""The parts that agencies play in a child's life, and how much of the record each part lets them see.

A part is held by an agency, never by an officer: it opens the record to those officers of the agency whose role has
the sight for it. The whole record is for the council that is responsible; others see what they told, what was shared
with them by a decision, and what they owe or are owed. Our own design choice, after sections 0.5 and 5.3 of the rules:
an automatic feed of every excluded child to the police is what must not be built.
"""

from enum import StrEnum

from sightline.domain.access.roles import Sight


class InvolvedAs(StrEnum):
    """Name the part of an agency in a child's life."""

    TOLD = "told us about the child"
    HOME_COUNCIL = "council where the child lives"
    CARING_COUNCIL = "council that looks after the child"
    PLAN_COUNCIL = "council that holds the protection plan"
    HOST_COUNCIL = "council where the child is placed"
    FOUND_COUNCIL = "council where the child was found or arrested"
    HOME_FORCE = "police force where the child lives"
    OWES = "owes a duty for the child"
    PROTECTS = "council that protects the child now"
    PROTECTS_AS_FORCE = "force or service that protects the child now"
    SHARED = "was told something of the child by a decision"


SEES: dict[InvolvedAs, Sight] = {
    InvolvedAs.TOLD: Sight.OWN,
    InvolvedAs.HOME_COUNCIL: Sight.WHOLE,
    InvolvedAs.CARING_COUNCIL: Sight.WHOLE,
    InvolvedAs.PLAN_COUNCIL: Sight.WHOLE,
    InvolvedAs.HOST_COUNCIL: Sight.OWN,
    InvolvedAs.FOUND_COUNCIL: Sight.OWN,
    InvolvedAs.HOME_FORCE: Sight.OWN,
    InvolvedAs.OWES: Sight.OWN,
    InvolvedAs.PROTECTS: Sight.WHOLE,
    InvolvedAs.PROTECTS_AS_FORCE: Sight.OWN,
    InvolvedAs.SHARED: Sight.OWN,
}
