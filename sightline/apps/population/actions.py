"""Begin runs over everybody, take their partitions, and keep how each went."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from sightline.apps.population.comparing import Compared
from sightline.apps.population.models import Book, Partition, Run, Tally
from sightline.domain.signs.comparing import Change, Counts
from sightline.domain.signs.population import partitions_for
from sightline.domain.signs.rule import Rule

KEPT_FOR = timedelta(days=90)
NIGHT, NEW_EDITION, ASKED = "every night", "a new edition of the rule book", "somebody asked"


@dataclass(frozen=True, slots=True)
class Taken:
    """Hold a partition that this transaction holds, with what its run is for."""

    id: int
    number: int
    of: int
    book_since: datetime | None
    change: Change | None
    keeps: bool


def digest_of(rules: Sequence[Rule]) -> str:
    """Name a rule book by the editions of its rules."""
    return blake2b(" ".join(sorted(rule.edition_name for rule in rules)).encode(), digest_size=16).hexdigest()


def note_book(rules: Sequence[Rule], *, at: datetime) -> bool:
    """Keep from when this rule book is in force, and tell whether it follows on another."""
    digest, first = digest_of(rules), not Book.objects.exists()
    editions = sorted(rule.edition_name for rule in rules)
    _, new = Book.objects.get_or_create(
        digest=digest, defaults={"editions": editions, "first_at": None if first else at})
    return new and not first


def ask(
    *, because: str, at: datetime, change: Change | None = None, agency: int | None = None, officer: UUID | None = None,
) -> int:
    """Ask for a run over everybody and give its number; with a change, for a preview of that."""
    run = Run.objects.create(
        kind="check" if change is None else "preview", because=because, change=change and change.document(),
        agency_id=agency, officer_id=officer, asked_at=at)
    return run.pk


def begin(run: int, *, rules: Sequence[Rule], at: datetime) -> None:
    """Divide everybody into partitions, once, under the rule book of now; forget runs that are long done."""
    note_book(rules, at=at)
    Run.objects.filter(done_at__lt=at - KEPT_FOR).delete()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_person")
        number = partitions_for(cursor.fetchone()[0])
    if Run.objects.filter(pk=run, partitions=None).update(partitions=number, began_at=at, book=digest_of(rules)):
        Partition.objects.bulk_create(Partition(run_id=run, number=one) for one in range(number))


TAKE = """
select p.id, r.partitions, b.first_at, r.change::text, r.kind
from population_partition p join population_run r on r.id = p.run_id
left join population_book b on b.digest = r.book
where p.run_id = %s and p.number = %s and p.done_at is null for update of p skip locked
"""


def take(run: int, number: int) -> Taken | None:
    """Take a partition for the rest of the transaction; None where it is done, or another works on it."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [run, number])
        row = cursor.fetchone()
    if row is None:
        return None
    change = Change.read(json.loads(row[3]) if row[3] else None)
    return Taken(row[0], number, row[1], row[2], change, row[4] == "check")


DONE = """
update population_partition set children = %s, entries = %s, waiting = %s, by_rules = %s, differed = %s, unread = %s,
  done_at = %s, seconds = extract(epoch from clock_timestamp() - now()) where id = %s
"""


def finish_partition(
    taken: Taken, compared: Compared, *, by_rules: int, differed: int, unread: int, counts: Counts, at: datetime
) -> None:
    """Keep how a partition went, as the last statement of the transaction that read it."""
    Tally.objects.bulk_create(
        Tally(partition_id=taken.id, code=code, council=council, gained=one.gained or 0, lost=one.lost or 0)
        for (code, council), one in sorted(counts.items()))
    with connection.cursor() as cursor:
        cursor.execute(DONE, [compared.children, compared.entries, compared.waiting, by_rules, differed, unread, at,
                              taken.id])


def finish(run: int, *, at: datetime) -> bool:
    """Say that a run is done, if every partition is; tells whether it is."""
    left = Count("shares", filter=Q(shares__done_at=None))
    whole = Run.objects.exclude(partitions=None).annotate(left=left).filter(pk=run, left=0).exists()
    return whole and bool(Run.objects.filter(pk=run).update(done_at=at))

