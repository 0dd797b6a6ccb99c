"""Special educational needs of invented pupils: none, support, or a plan, and of which type.

Drawn by the child alone, not from the partnership's own chance: so whoever adds a fact here changes no other life.
"""

from random import Random

from sightline.demonstration.chance import Weighted
from sightline.demonstration.families import Child
from sightline.demonstration.happened import SpecialNeed
from sightline.demonstration.pathways import ASSUMED, shared

NONE, SUPPORT, PLAN = "N", "K", "E"
TYPES = {
    SUPPORT: Weighted.of({"SLCN": 26, "SEMH": 22, "MLD": 15, "SPLD": 15, "ASD": 9, "OTH": 5, "NSA": 4, "PD": 2, "HI": 1,
                          "VI": 1}),
    PLAN: Weighted.of({"ASD": 34, "SLCN": 21, "SEMH": 15, "SLD": 9, "MLD": 8, "PD": 3, "SPLD": 3, "PMLD": 3, "OTH": 2,
                       "HI": 1, "VI": 1}),
}
"""Types of need with weights: assumed, no open table here has them."""
TWO_TYPES_SHARE = 0.25


def special_need(child: Child) -> SpecialNeed:
    """Give what the child's school provides."""
    rng = Random(f"special educational need of {child.id}, born {child.born_on}")  # nosec B311: no secret
    provision = _provision(child, rng)
    if provision == NONE:
        return SpecialNeed(NONE)
    drawn = [TYPES[provision].draw(rng) for _ in range(2 if rng.random() < TWO_TYPES_SHARE else 1)]
    return SpecialNeed(provision, tuple(dict.fromkeys(drawn)))


def _provision(child: Child, rng: Random) -> str:
    plan = shared(ASSUMED["share of pupils with an education, health and care plan"],
                  "education, health and care plan")[child.pathway]
    support = shared(ASSUMED["share of pupils with support for special educational needs"],
                     "support for special educational needs")[child.pathway]
    drawn = rng.random()
    return PLAN if drawn < plan else SUPPORT if drawn < plan + support else NONE
