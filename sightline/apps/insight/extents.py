"""Ask for an estimate of extent and read what was computed. Computing itself stands apart: pages never load it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from sightline.apps.insight.models import Extent, ExtentRequest

WAITED_FOR = timedelta(hours=1)
"""A request that is not answered by then was lost: somebody may ask again."""
MOST_LISTED = 12
LOCK = "select pg_advisory_xact_lock(hashtext('insight.extent'))"


class ExtentAskedAlready(Exception):
    """An estimate is being computed. Wait until it is there, then ask again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class ExtentFacts:
    """Hold one estimate as it was computed (see the model); `histories` by number."""

    id: UUID
    from_at: datetime
    until_at: datetime
    made_at: datetime
    definition: str
    definition_words: str
    lists: Sequence[str]
    histories: Mapping[int, int]
    left_out: Mapping[str, int]
    covered: Mapping[str, Mapping[str, Any]]
    links: Mapping[str, Any]
    population: int | None
    seed: int
    replicates: int
    answer: Mapping[str, Any]

    @property
    def known(self) -> int:
        """Count the children on any list."""
        return sum(self.histories.values())

    @property
    def range(self) -> tuple[int, int] | None:
        """Give the range, or None where none is given."""
        found = self.answer.get("range")
        return None if found is None else (found[0], found[1])


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a request that waits for its answer; `lost` says that it waited too long."""

    id: UUID
    from_at: datetime
    until_at: datetime
    asked_at: datetime
    lost: bool


@transaction.atomic
def ask(*, start: datetime, until: datetime, officer: UUID, at: datetime) -> UUID:
    """Ask for an estimate of a period and give the request's id. Raises ExtentAskedAlready: one at a time."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    waiting = asked(at=at)
    if waiting is not None and not waiting.lost:
        raise ExtentAskedAlready
    made = ExtentRequest.objects.create(from_at=start, until_at=until, asked_at=at, officer_id=officer)
    made.refresh_from_db(fields=["id"])
    return made.pk


def asked(*, at: datetime) -> Asked | None:
    """Give the newest request if it was not answered yet."""
    row = ExtentRequest.objects.select_related("extent").order_by("-asked_at").first()
    if row is None or hasattr(row, "extent"):
        return None
    return Asked(row.pk, row.from_at, row.until_at, row.asked_at, row.asked_at + WAITED_FOR < at)


def request_of(request: UUID) -> Asked | None:
    """Give one request that was not answered yet."""
    row = ExtentRequest.objects.filter(pk=request, extent=None).first()
    return None if row is None else Asked(row.pk, row.from_at, row.until_at, row.asked_at, False)


def extents() -> list[ExtentFacts]:
    """List the newest estimates, the newest first."""
    return [_facts(row) for row in Extent.objects.order_by("-made_at")[:MOST_LISTED]]


def extent_of(id_: UUID) -> ExtentFacts | None:
    """Give one estimate, or None."""
    row = Extent.objects.filter(pk=id_).first()
    return None if row is None else _facts(row)


def keep(facts: ExtentFacts, *, request: UUID | None) -> None:
    """Keep an estimate for ever."""
    Extent.objects.create(
        id=facts.id, request_id=request, from_at=facts.from_at, until_at=facts.until_at, made_at=facts.made_at,
        definition=facts.definition, definition_words=facts.definition_words, lists=list(facts.lists),
        histories={str(history): number for history, number in facts.histories.items()}, left_out=dict(facts.left_out),
        covered=dict(facts.covered), links=dict(facts.links), population=facts.population, seed=facts.seed,
        replicates=facts.replicates, answer=dict(facts.answer))


def _facts(row: Extent) -> ExtentFacts:
    return ExtentFacts(
        row.pk, row.from_at, row.until_at, row.made_at, row.definition, row.definition_words, row.lists,
        {int(history): number for history, number in row.histories.items()}, row.left_out, row.covered, row.links,
        row.population, row.seed, row.replicates, row.answer)
