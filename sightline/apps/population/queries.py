"""Ask for runs over everybody: what is left to do, how each went, and what a change would do."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from sightline.apps.population.models import Partition, Run, Tally
from sightline.domain.signs.comparing import Change, Counted, Counts


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Hold one run with what its partitions tell so far."""

    id: int
    kind: str
    because: str
    change: Change | None
    asked_at: datetime
    book: str
    began_at: datetime | None
    done_at: datetime | None
    partitions: int | None
    done: int
    children: int
    entries: int
    waiting: int
    by_rules: int
    differed: int
    unread: int

    @property
    def seconds(self) -> float | None:
        """Give how long it took, once it is done."""
        return (self.done_at - self.began_at).total_seconds() if self.done_at and self.began_at else None


RUNS = """
select r.id, r.kind, r.because, r.change::text, r.asked_at, r.book, r.began_at, r.done_at, r.partitions,
  count(p.done_at), coalesce(sum(p.children), 0), coalesce(sum(p.entries), 0), coalesce(sum(p.waiting), 0),
  coalesce(sum(p.by_rules), 0), coalesce(sum(p.differed), 0), coalesce(sum(p.unread), 0)
from population_run r left join population_partition p on p.run_id = r.id
where %s::bigint is null or r.id = %s group by r.id order by r.id desc limit %s
"""


def runs(*, most: int) -> list[RunFacts]:
    """List the newest runs."""
    return _runs(None, most)


def run_of(run: int) -> RunFacts | None:
    """Give one run, or None."""
    return next(iter(_runs(run, 1)), None)


def to_go_on_with() -> list[int]:
    """List the runs that are not done, the oldest first."""
    return list(Run.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))


def left_of(run: int) -> list[int]:
    """List the numbers of a run's partitions that are not done."""
    return list(Partition.objects.filter(run_id=run, done_at=None).order_by("number").values_list("number", flat=True))


def counts_of(run: int) -> Counts:
    """Give how many children gain and lose each sign, by council; nothing to who may not see how the record is kept."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_population_counts(%s)", [run])
        return {(code, council): Counted(gained, lost) for code, council, gained, lost in cursor.fetchall()}


def tallied(run: int) -> Counts:
    """Give the same to the worker, as whom commands ask."""
    rows = Tally.objects.filter(partition__run=run).values_list("code", "council").annotate(Sum("gained"), Sum("lost"))
    return {(code, council): Counted(gained, lost) for code, council, gained, lost in rows.order_by("code", "council")}


def _runs(run: int | None, most: int) -> list[RunFacts]:
    with connection.cursor() as cursor:
        cursor.execute(RUNS, [run, run, most])
        return [_facts(row) for row in cursor.fetchall()]


def _facts(row: tuple[Any, ...]) -> RunFacts:
    id_, kind, because, change, *more = row
    return RunFacts(id_, kind, because, Change.read(json.loads(change) if change else None), *more)
