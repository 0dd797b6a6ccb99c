"""Estimate extent from our own lists: count in the database, estimate outside any transaction, keep the answer.

For the worker and for commands: what this loads is heavy, and no page imports it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.insight.extents import ExtentFacts, keep, request_of
from sightline.apps.insight.own_lists import OwnCounts, areas_of_councils, judged_links, own_counts
from sightline.domain.insight.estimating import SEED, Extent, estimate_extent
from sightline.domain.insight.linkage_error import LinkageError
from sightline.domain.insight.own_links import Measured, measured
from sightline.domain.insight.own_lists import DEFINITION, LATE_DAYS, CaseDefinition
from sightline.domain.insight.recording import as_record
from sightline.domain.insight.refusing import Circumstances
from sightline.domain.insight.tables import Table, TableRefused, lists_of, table_of
from sightline.reference.figures.factors import factors_of
from sightline.reference.geography.authorities import UnknownAuthority, authority

TASK = "estimate extent"
NO_LISTS = "no-lists"
ENOUGH_TOLD = 50
"""Of so many tellings in a year, that none falls into the first month is no chance."""
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OwnEstimate:
    """Hold what was kept, and the estimate itself; None where the lists could not be made."""

    facts: ExtentFacts
    estimate: Extent | None


def answer_request(request: UUID, *, at: Callable[[], datetime]) -> bool:
    """Estimate what a request asked for and keep it; False where it was answered already."""
    with at_task(TASK):
        asked = request_of(request)
    if asked is None:
        return False
    estimate_own(start=asked.from_at, until=asked.until_at, request=request, at=at)
    return True


def estimate_own(
    *, start: datetime, until: datetime, at: Callable[[], datetime], request: UUID | None = None,
    definition: CaseDefinition = DEFINITION, replicates: int | None = None, seed: int = SEED,
    told: Told = lambda done, of: None,
) -> OwnEstimate:
    """Estimate the extent of a period from our own lists, keep the answer or the refusal, and give it."""
    with at_task(TASK):
        counts, links, population = own_counts(definition, start=start, until=until), judged_links(), _population()
        with connection.cursor() as cursor:
            cursor.execute("select gen_random_uuid()")
            (id_,) = cursor.fetchone()
    rates = measured(links)
    known = Circumstances(
        periods=_periods(definition, counts, start), linked=True, linkage=_error(rates),
        linkage_limits=tuple(LinkageError(*one) for one in rates.corners), population=population,
        definition=definition.words)
    found: Extent | None = None
    try:
        found = estimate_extent(_table(definition, counts), circumstances=known, replicates=replicates, seed=seed,
                                told=told)
        answer, lists, many = as_record(found), found.table.lists, found.replicates
        histories = {int(history): int(number) for history, number in zip(
            found.table.histories, found.table.counts, strict=True) if number}
    except TableRefused as refusal:
        answer, lists, many, histories = _without(counts, str(refusal)), (), 0, {}
    facts = ExtentFacts(
        id=id_, from_at=start, until_at=until, made_at=at(), definition=definition.named,
        definition_words=definition.words, lists=lists, histories=histories, left_out=counts.left_out,
        covered={name: {"agencies": one.agencies, "told": one.told,
                        "first_at": None if one.first_at is None else one.first_at.isoformat()}
                 for name, one in counts.covered.items()},
        links={"judged": asdict(links), "measured": asdict(rates)}, population=population, seed=seed,
        replicates=many, answer=answer)
    with at_task(TASK):
        keep(facts, request=request)
    return OwnEstimate(facts, found)


def _table(definition: CaseDefinition, counts: OwnCounts) -> Table:
    names = [one.name for one in definition.lists]
    rows = sorted(counts.histories.items())
    marks = lists_of(np.array([history for history, _ in rows], dtype=np.int64), len(names))
    return table_of(names, [[int(one) for one in row] for row in marks], [float(number) for _, number in rows])


def _without(counts: OwnCounts, why: str) -> dict[str, object]:
    """Give the record of an estimate of which not even the lists could be made."""
    return {"observed": sum(counts.histories.values()), "lists": 0, "estimates": [], "range": None, "warnings": [],
            "refused": [{"code": NO_LISTS, "why": why}], "cut_at_population": False, "corrected": None,
            "diagnostics": None}


def _error(rates: Measured) -> LinkageError | None:
    if rates.missed is None or rates.false is None:
        return None
    return LinkageError(rates.missed.share, rates.false.share)


def _periods(definition: CaseDefinition, counts: OwnCounts, start: datetime) -> dict[str, str]:
    """Say for each list which part of the period it covers: lists of different ones are refused a range."""
    found = {}
    for one in definition.lists:
        covered = counts.covered.get(one.name)
        if covered is None or covered.first_at is None or covered.told < ENOUGH_TOLD:
            continue
        late = covered.first_at > start + timedelta(days=LATE_DAYS)
        found[one.name] = f"only from {covered.first_at:%B %Y} on" if late else "the whole period"
    return found


def _population() -> int | None:
    """Give how many children of any age live in the councils that take part; None where it is not published of one.

    The children of 10 to 17 are fewer; no upper end is cut too low by taking all.
    """
    numbers = []
    for area in areas_of_councils():
        try:
            years = factors_of(authority(area).code)
        except UnknownAuthority:
            return None
        numbers.append(years[-1].children.value if years else None)
    known = [int(number) for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
