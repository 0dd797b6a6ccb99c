"""Figures of a measure's cases: for all, for each agency, and for groups of children (K26)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

from sightline.domain.insight.figures import Event, Share, Times, funnel, share, times
from sightline.domain.insight.measures import Measure, MeasureKind
from sightline.domain.intake.lexicons.ethnicity import ETHNICITY, NOT_STATED

Key = TypeVar("Key")
COMPARED = tuple(f"K{number}" for number in range(1, 18))
"""The measures that K26 compares between groups of children."""
FEWEST_COMPARED = 10
"""A group of fewer events is not shown: chance alone would make it look different. Our own choice."""
NOT_TOLD = "not told"
SEXES = {"F": "girls", "M": "boys"}
SPECIAL_NEEDS = {
    "none": "no special educational needs", "support": "special educational needs: support",
    "plan": "special educational needs: education, health and care plan"}


@dataclass(frozen=True, slots=True)
class Child:
    """Hold what children are grouped by, as agencies told it; empty where nobody did.

    `special_need` is what a school provides for it: none, support or plan.
    """

    sex: str
    ethnicity: str
    looked_after: bool
    special_need: str


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one case of a snapshot with the agency that answers for it, and when it became known."""

    agency: int | None
    event: Event
    told_at: datetime | None
    child: Child


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold the figure of one agency or group: `agency` None and no group for all.

    `share` belongs to shares, `times` to times and to shares of which it is told when what counts ended.
    """

    agency: int | None
    grouped_by: str
    group: str
    n: int
    untold: int
    share: Share | None
    times: Times | None
    known_after: timedelta | None
    newest_at: datetime | None
    by_chance: tuple[tuple[float, float], ...] | None = None
    """Between which shares an agency lies by chance (figures.funnel); None where nothing is compared."""


def counted(measure: Measure, cases: Sequence[Case], *, until: datetime) -> Iterator[Counted]:
    """Give the figures of one part of a measure, as known at `until`: all, each agency, each group that is compared."""
    whole = _figure(measure, cases, until=until)
    yield whole
    for agency, theirs in sorted(_by(cases, lambda case: case.agency).items(), key=lambda one: one[0] or 0):
        if agency is not None:
            yield _compared(_figure(measure, theirs, until=until, agency=agency), whole)
    if measure.code in COMPARED:
        for grouped_by, group_of in GROUPS.items():
            for group, theirs in sorted(_by(cases, group_of).items()):
                if len(theirs) >= FEWEST_COMPARED:
                    named = f"{grouped_by} {NOT_TOLD}" if group == NOT_TOLD else group
                    yield _figure(measure, theirs, until=until, grouped_by=grouped_by, group=named)


def ethnic_group(told: str) -> str:
    """Give the group of an ethnicity as it was told: the five of the census, or that nobody told it."""
    found = ETHNICITY.read(told) if told else None
    return NOT_TOLD if found is None or found.canonical == NOT_STATED else found.canonical.partition(") ")[2]


GROUPS: Mapping[str, Callable[[Case], str]] = {
    "sex": lambda case: SEXES.get(case.child.sex, NOT_TOLD),
    "ethnicity": lambda case: ethnic_group(case.child.ethnicity),
    "looked after": lambda case: "looked after" if case.child.looked_after else "not looked after",
    "special educational needs": lambda case: SPECIAL_NEEDS.get(case.child.special_need, NOT_TOLD),
}
"""By what K26 compares, and the group of a case."""


def _figure(
    measure: Measure, cases: Sequence[Case], *, until: datetime, agency: int | None = None, grouped_by: str = "",
    group: str = ""
) -> Counted:
    events = [case.event for case in cases]
    told = [event for event in events if event.counts is not None]
    known = [max((case.told_at - case.event.began).total_seconds(), 0.0) for case in cases if case.told_at is not None]
    newest = max((case.told_at for case in cases if case.told_at is not None), default=None)
    shared = share(events) if measure.kind is MeasureKind.SHARE else None
    timed = None
    if measure.kind is MeasureKind.TIME:
        timed = times(told, until=until, standard=measure.standard)
    elif any(event.done for event in events):
        timed = times([event for event in told if event.counts], until=until)
    return Counted(agency, grouped_by, group, len(told), len(events) - len(told), shared, timed,
                   timedelta(seconds=median(known)) if known else None, newest)


def _compared(one: Counted, whole: Counted) -> Counted:
    """Set the limits of chance beside an agency's share, or its share done in time."""
    theirs, all_ = one.share or (one.times and one.times.within), whole.share or (whole.times and whole.times.within)
    if not theirs or not all_ or not theirs.n or all_.share is None:
        return one
    return replace(one, by_chance=funnel(all_.share, theirs.n))


def _by(cases: Iterable[Case], key: Callable[[Case], Key]) -> Mapping[Key, list[Case]]:
    found: dict[Key, list[Case]] = defaultdict(list)
    for case in cases:
        found[key(case)].append(case)
    return found
