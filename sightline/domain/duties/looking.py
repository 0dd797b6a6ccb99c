"""Which looks the warning signs ask for.

A look is asked for by the first evidence since the last look: further evidence before the look does not move its
clock, and evidence after it asks for a new one. Critical evidence asks for a look now; evidence once two families
show, or a failure of ours shows, asks for a look by the next working day. A decision about any sign that shows, about
an entry that is evidence, or about a look itself is a look.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.domain.duties.answering import Started
from sightline.domain.duties.catalogue.looking import LOOK_NEXT_WORKING_DAY, LOOK_NOW
from sightline.domain.duties.life import Life
from sightline.domain.duties.rule import Counting, DutyRule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, day_of, first_instant
from sightline.domain.vocabulary.sign import Attention, Family, Reading, Sign

# Two families count together when their evidence lies within this time. Source: rules of attention, our own.
FAMILIES_WITHIN_DAYS = 90


class ReadingOfAnotherTimeline(ValueError):
    """The signs were read from another timeline: read them from the one whose duties are asked for."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one entry that makes signs, with the moment from which they could be seen by it."""

    entry: Entry
    seen_from: Moment
    sign: Sign

    @property
    def seen(self) -> datetime:
        """Give the instant from which it could be seen."""
        return first_instant(self.seen_from)


def looks_started(life: Life, reading: Reading, rules: tuple[DutyRule, ...]) -> Iterator[Started]:
    """Give the looks that a reading asks for.

    Raises ReadingOfAnotherTimeline.
    """
    if reading.attention not in (Attention.NOW, Attention.NEXT_WORKING_DAY):
        return
    evidence = sorted(_evidence(life, reading), key=_order)
    about = _what_looks_are_about(evidence)
    looks = sorted(act.ends for act in life.of("decision.made") if _is_look(act, about))
    risen = _risen(evidence)
    for stretch in _stretches(evidence, looks):
        now = next((one for one in stretch if one.sign.critical), None)
        later = next((one for one in stretch if one in risen and (now is None or one.seen < now.seen)), None)
        for code, first in ((LOOK_NOW, now), (LOOK_NEXT_WORKING_DAY, later)):
            if first is not None:
                day = day_of(first.seen_from)
                yield from (_started(rule, first, stretch, about) for rule in rules
                            if rule.code == code and rule.holds_in(life.where.nation) and rule.holds_on(day))


def _evidence(life: Life, reading: Reading) -> Iterator[Evidence]:
    for sign in reading.signs:
        for entry_id in sign.because:
            entry = life.told.get(entry_id)
            if entry is None or reading.child != life.happened.child:
                raise ReadingOfAnotherTimeline
            known = entry.at if entry.recorded_at is None or entry.recorded_at < entry.starts else entry.recorded_at
            yield Evidence(entry, max(known, sign.first_at, key=first_instant), sign)


def _order(evidence: Evidence) -> tuple[datetime, float, str]:
    """Order by when it could be seen; of several that were seen at once, the latest entry completed the pattern."""
    return evidence.seen, -evidence.entry.starts.timestamp(), evidence.entry.id


def _what_looks_are_about(evidence: Iterable[Evidence]) -> frozenset[str]:
    named = {name for one in evidence for name in (one.sign.code, one.entry.id)}
    return frozenset(named | {LOOK_NOW, LOOK_NEXT_WORKING_DAY})


def _is_look(act: Entry, about: frozenset[str]) -> bool:
    told = str(act.facts.get("about") or "").strip()
    return told in about or told.partition(":")[0] in (LOOK_NOW, LOOK_NEXT_WORKING_DAY)


def _risen(evidence: list[Evidence]) -> list[Evidence]:
    """Give the evidence from when two families show within 90 days of each other, or a failure of ours shows."""
    for number, one in enumerate(evidence):
        if one.sign.family is Family.SYSTEM or any(_together(one, other) for other in evidence[:number]):
            return evidence[number:]
    return []


def _together(one: Evidence, other: Evidence) -> bool:
    families = {one.sign.family, other.sign.family}
    near = abs(one.entry.starts - other.entry.starts) <= timedelta(days=FAMILIES_WITHIN_DAYS)
    return len(families) == 2 and Family.SYSTEM not in families and near


def _stretches(evidence: Iterable[Evidence], looks: list[datetime]) -> list[list[Evidence]]:
    """Group the evidence by the look that came after it."""
    groups: dict[int, list[Evidence]] = {}
    for one in evidence:
        groups.setdefault(bisect_left(looks, one.seen), []).append(one)
    return list(groups.values())


def _started(rule: DutyRule, first: Evidence, stretch: Iterable[Evidence], about: frozenset[str]) -> Started:
    codes = ", ".join(sorted({one.sign.code for one in stretch}))
    return Started(rule, first.entry, Counting(first.seen_from, note=f"Asked for by {codes}."), first.seen,
                   answered_about=about)
