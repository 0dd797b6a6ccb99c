"""Three ways a childhood can go, and how the things that happen are shared among them.

Published rates are averages over all children. But what happens gathers on few: of children who were cautioned or
sentenced, 72 % had been suspended, against 14 % of all pupils (Department for Education and Ministry of Justice, linked
data, table EverSusExcl; 11 % against 1 % permanently excluded; 45 % against 11 % in need; 15 % against 2 % looked
after, table EverCINCLA). So each child of the demonstration is given one of three pathways, and each rate is shared
among them such that its average over all children stays the published one. The weights and shares are our own, set
by hand towards those tables. They exist in the generator only: Sightline itself knows no such thing of a child.
"""

from enum import IntEnum
from functools import cache


class Pathway(IntEnum):
    """Name the pathways: settled, unsettled, and drawn in by somebody who exploits children."""

    SETTLED = 0
    UNSETTLED = 1
    DRAWN_IN = 2


WEIGHTS = (0.84, 0.13, 0.03)
"""Share of children on each pathway."""

SHARES = {
    "permanent exclusion": (0.02, 0.33, 0.65),
    "suspension": (0.17, 0.60, 0.23),
    "referral": (0.40, 0.47, 0.13),
    "looked after": (0.20, 0.45, 0.35),
    "missing": (0.10, 0.40, 0.50),
    "offence": (0.15, 0.40, 0.45),
    "slavery": (0.0, 0.05, 0.95),
    "exploitation factor": (0.02, 0.18, 0.80),
    "support for special educational needs": (0.72, 0.22, 0.06),
    "education, health and care plan": (0.68, 0.24, 0.08),
}
"""Share of each kind of event that falls to each pathway."""


@cache
def shared(rate: float, kind: str) -> tuple[float, float, float]:
    """Share a rate among the pathways: its average over all children stays what it was."""
    one, two, three = (rate * share / weight for share, weight in zip(SHARES[kind], WEIGHTS, strict=True))
    return one, two, three


ASSUMED = {
    "arrests without further action for each caution or sentence": 2.0,
    "domestic abuse incidents for each assessment that found domestic abuse": 1.6,
    "share of arrests that somebody referred to social care": 0.5,
    "share of arrests of which the home council was told": 0.5,
    "share of arrests of drawn-in children in another town": 0.5,
    "share of times away of drawn-in children that end in another town": 0.45,
    "share of children released far from home who travel alone": 0.3,
    "share of return interviews held": 0.63,
    "share of pupils with support for special educational needs": 0.14,
    "share of pupils with an education, health and care plan": 0.05,
}
"""What no open table here tells, chosen by hand (return interviews: the mean of councils in 2023/24 within 72 hours, as
published by a charity; special educational needs: about what England publishes, from memory; a plan is shared among the
pathways so that 13 % of children drawn in have one, as of those cautioned or sentenced in the linked data)."""

ASSUMED_BY_PATHWAY = {
    "stops a year": (0.01, 0.2, 1.5),
    "rail contacts a year": (0.002, 0.02, 0.6),
    "injuries treated a year": (0.04, 0.08, 0.4),
    "appointments missed a year": (0.08, 0.4, 0.5),
    "contacts with a charity a year": (0.0, 0.15, 0.4),
    "police intelligence reports a year": (0.0, 0.01, 0.5),
    "missing episodes of a child who goes missing": (1.5, 2.5, 5.0),
}
"""The same, by pathway."""
