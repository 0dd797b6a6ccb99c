"""Read one share of everybody: compare with what is kept, and read again who differs."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.halves import each
from sightline.apps.access.queries import agency_book
from sightline.apps.people.queries import people_between
from sightline.apps.population import actions as population
from sightline.apps.population.comparing import Compared, Differs, compare
from sightline.apps.record import actions as record
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.comparing import Counts, add, codes_changed
from sightline.domain.signs.population import ids_of
from sightline.domain.signs.rule import Rule

PEOPLE_A_COMPARISON = 100

_log = logging.getLogger(__name__)


def read_share(run: int, number: int, *, at: Callable[[], datetime], rules: Sequence[Rule] = RULES) -> bool:
    """Work through one partition of a run over everybody, in one transaction; tells whether it was there to take.

    Of a check, who differs is read like anybody of whom there is news, so that what hangs on a sign follows it. Of a
    preview, nothing is kept but how many children would gain and lose a sign. A child on whose record the code fails
    is counted and named in the log by its number, and holds up no other.
    """
    with at_task("population"):
        share = population.take(run, number)
        if share is None:
            return False
        whole, counts, by_rules, differed, unread = Compared(), Counts(), 0, 0, 0
        tried = share.change.of(rules) if share.change else rules
        first, last = ids_of(number, share.of)
        people_here = people_between(UUID(int=first), UUID(int=last))
        for ids in (people_here[start:start + PEOPLE_A_COMPARISON]
                    for start in range(0, len(people_here), PEOPLE_A_COMPARISON)):
            read: list[Compared] = []
            unread += len(each(ids, partial(_compare, read, keeps=share.keeps, at=at, rules=tried)))
            for found in read:
                whole.add(found)
                for one in found.differing.values():
                    gained, lost = codes_changed(one.before, one.after)
                    add(counts, council=one.council, gained=gained, lost=lost)
                    explained = share.book_since and one.read_at and one.read_at < share.book_since
                    by_rules += bool(explained) and share.keeps
                    differed += not explained and share.keeps
        if differed:
            _log.error("Children of whom something else was kept than is read: %s, in share %s of run %s.", differed,
                       number, run)
        population.finish_partition(share, whole, by_rules=by_rules, differed=differed, unread=unread, counts=counts,
                                    at=at())
        return True


def _compare(
    read: list[Compared], ids: Sequence[UUID], *, keeps: bool, at: Callable[[], datetime], rules: Sequence[Rule]
) -> None:
    """Compare these persons with what is kept, read again who differs where that is kept, and add them to `read`."""
    found = compare(ids, at=at(), rules=rules)
    if keeps and found.differing:
        found.differing = _settled(list(found.differing), at=at(), rules=rules)
    read.append(found)


def _settled(ids: Sequence[UUID], *, at: datetime, rules: Sequence[Rule]) -> dict[UUID, Differs]:
    """Hold who seemed to differ, and give and read those who still do: somebody may have read them meanwhile."""
    record.hold(ids)
    differing = compare(ids, at=at, rules=rules).differing
    if differing:
        flow.read(list(differing), book=agency_book(), at=at, rules=rules)
    return differing
