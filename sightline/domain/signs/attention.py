"""How soon a person must look: the trigger logic of the rule book. It is no score and no order of children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sightline.domain.signs.counting import SLACK
from sightline.domain.signs.finding import Finding
from sightline.domain.signs.gaps import earliest, least_gap
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.wording import listed
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Attention, Family

TOGETHER_DAYS = 90
TOGETHER = timedelta(days=TOGETHER_DAYS)
FAMILIES_TOGETHER = 2
ORDER = (Attention.NOW, Attention.NEXT_WORKING_DAY, Attention.WORKER, Attention.NONE)


class Shown(NamedTuple):
    """Hold a finding that is shown, with its rule and the moment of its newest evidence."""

    rule: Rule
    finding: Finding
    newest: Moment


@dataclass(frozen=True, slots=True)
class Trigger:
    """Hold how soon a person must look, why in one sentence, and how many families show within 90 days."""

    attention: Attention
    because: str
    families: int


def trigger(shown: Sequence[Shown]) -> Trigger:
    """Decide from the findings that are shown.

    A critical sign: now. Signs of two or more families with evidence within 90 days of each other: the next working
    day. Otherwise what the signs ask for alone: the allocated worker, or, for a failure of agencies that leaves the
    child unseen or wronged and was not made good, the next working day. Failures never count as a family.
    """
    families = families_together(shown)
    critical = sorted({rule.spoken for rule, _, _ in shown if rule.critical})
    if critical:
        return Trigger(Attention.NOW, f"A person must look now: {listed(critical)}.", len(families))
    at_once = sorted({rule.spoken for rule, _, _ in shown if rule.alone is Attention.NOW})
    if at_once:
        return Trigger(Attention.NOW, f"A person must look now: {listed(at_once)}.", len(families))
    if len(families) >= FAMILIES_TOGETHER:
        names = listed([family.value for family in families])
        because = (f"A person must look by the next working day: within {TOGETHER_DAYS} days, signs in "
                   f"{len(families)} parts of the child's life ({names}).")
        return Trigger(Attention.NEXT_WORKING_DAY, because, len(families))
    alone = min((_alone(rule, finding) for rule, finding, _ in shown), key=ORDER.index, default=Attention.NONE)
    return Trigger(alone, _because(alone, shown), len(families))


def families_together(shown: Sequence[Shown]) -> list[Family]:
    """Give the largest set of families whose evidence lies within 90 days, in the order of the vocabulary."""
    told = {(rule.family, e.moment)
            for rule, finding, _ in shown if rule.family is not Family.SYSTEM for e in finding.evidence if e.own}
    every = {family for family, _ in told}
    best = every if len(every) < FAMILIES_TOGETHER else set[Family]()
    dated = sorted(((earliest(moment), moment, family) for family, moment in told), key=lambda told: told[0])
    for index in range(len(dated)):
        if len(best) == len(every):
            break
        best = max(best, _families_from(dated, index), key=len)
    return [family for family in Family if family in best]


def _families_from(dated: Sequence[tuple[datetime, Moment, Family]], index: int) -> set[Family]:
    """Give the families with evidence within 90 days from this piece of evidence on."""
    begins, first, _ = dated[index]
    together: set[Family] = set()
    while index < len(dated) and dated[index][0] - begins <= TOGETHER + SLACK:
        _, moment, family = dated[index]
        if least_gap(first, moment) <= TOGETHER:
            together.add(family)
        index += 1
    return together


def _alone(rule: Rule, finding: Finding) -> Attention:
    return Attention.WORKER if finding.answered else rule.alone


def _because(attention: Attention, shown: Sequence[Shown]) -> str:
    if attention is Attention.NONE:
        return "No sign is shown. That is no proof of safety: it covers only what agencies have told."
    titles = listed(sorted({r.spoken for r, f, _ in shown if _alone(r, f) is attention}))
    if attention is Attention.WORKER:
        return f"For the allocated worker: {titles}."
    return f"A person must look by the next working day, because of what agencies have not done: {titles}."
