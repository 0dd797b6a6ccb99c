"""The steps of the custody path that entries tell, for each arrest of a child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sightline.domain.custody.path import PATH
from sightline.domain.duties.claims.custody import POLICE_SOURCE
from sightline.domain.duties.life import ADULT_AGE, birthday
from sightline.domain.duties.parts import is_police
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.domain.vocabulary.timeline import Timeline

ARREST, RELEASE, ARRIVAL, REFERRAL = "police.arrest", "police.release", "police.arrival", "care.referral"
COLLECTED = "collected"
NAMED_IN = {"police.detention": "step", "notice.sent": "duty", "decision.made": "about"}
"""The fact by which an entry of a kind that tells several steps says which one it tells."""
BY_KIND = {(step.told_by, step.about): step.code for step in PATH if step.told_by}


@dataclass(frozen=True, slots=True)
class StepTold:
    """Hold one step that an entry (`entry`, its id) tells, when it was, and when the arrest was that it belongs to."""

    arrested_at: datetime
    code: str
    entry: str
    at: datetime


def steps_told(timeline: Timeline) -> tuple[StepTold, ...]:
    """Give the steps that a timeline tells, in order; each belongs to the last arrest before it.

    An arrest of whom was known to be 18 begins no path.
    """
    born = timeline.born_on()
    of_age = None if born is None else birthday(day_of(born), ADULT_AGE)
    arrested_at: datetime | None = None
    found: list[StepTold] = []
    for entry in sorted(timeline, key=lambda one: (one.starts, one.kind != ARREST, one.id)):
        if entry.kind == ARREST:
            arrested_at = first_instant(entry.at) if of_age is None or entry.on < of_age else None
        if arrested_at is not None:
            found += [StepTold(arrested_at, code, entry.id, first_instant(entry.at)) for code in _codes(entry)]
    return tuple(found)


def _codes(entry: Entry) -> Iterator[str]:
    if entry.kind == ARRIVAL or (entry.kind == RELEASE and _collected(entry)):
        if entry.kind == RELEASE:
            yield "released"
        yield "arrived"
        return
    if entry.kind == REFERRAL and not (is_police(entry.by) or entry.facts.get("source") == POLICE_SOURCE):
        return
    named = str(entry.facts.get(NAMED_IN.get(entry.kind, "")) or "").partition(":")[0]
    code = BY_KIND.get((entry.kind, named if entry.kind in NAMED_IN else ""))
    if code is not None:
        yield code


def _collected(release: Entry) -> bool:
    return release.facts.get("mode") == COLLECTED and bool(release.facts.get("received_by"))
