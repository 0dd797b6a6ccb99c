"""The first sign that a child ever showed, as far as the rules look back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from sightline.domain.places.counted import is_counted
from sightline.domain.signs.attention import Shown
from sightline.domain.signs.reading import NOTHING_CLOSED, reasons_of
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.sign import Family

POLICE_HOLD = "The police hold the detail: ask them."
HEALTH_HOLDS = "Health holds the detail: contact the named doctor."


@dataclass(frozen=True, slots=True)
class FirstSign:
    """Hold a child's first sign: the day, what it is with its reason in words, and since when we know."""

    on: date
    code: str
    family: Family
    title: str
    reason: str
    known_at: datetime


def first_sign(held: Sequence[Shown], *, wrong: Mapping[str, Set[str]] = NOTHING_CLOSED) -> FirstSign | None:
    """Give the first of the findings that ever held, or None.

    `wrong` names by code the entries on which a person closed a sign as of the wrong person or of wrong data: what
    rests on them alone does not count.
    """
    counting = [one for one in held if is_counted(one.rule) and not _is_wrong(one, wrong)]
    if not counting:
        return None
    one = min(counting, key=lambda one: (day_of(one.finding.at), one.rule.code))
    return FirstSign(
        on=day_of(one.finding.at), code=one.rule.code, family=one.rule.family, title=one.rule.title,
        reason=_reason(one),
        known_at=max(evidence.entry.known_from for evidence in one.finding.evidence))


def _reason(one: Shown) -> str:
    if one.rule.police_detail or one.rule.health_detail:
        return POLICE_HOLD if one.rule.police_detail else HEALTH_HOLDS
    return "; ".join(reasons_of([one.finding]).values())


def _is_wrong(one: Shown, wrong: Mapping[str, Set[str]]) -> bool:
    return {evidence.entry.id for evidence in one.finding.evidence} <= wrong.get(one.rule.code, set())
