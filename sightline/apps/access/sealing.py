"""Seal the audit in batches, and find out whether a row was changed, removed, reordered or cut off.

A row says which transaction wrote it (`xid`), so that there is a line below which no row can still appear. The sealer
hashes the rows below that line, in order, and chains each batch to the one before. The newest link is written outside
the database (an anchor), so that cutting off the end shows too. What the last seconds wrote is not yet sealed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from sightline.apps.access.anchors import Anchors

FIRST_LINK = bytes(32)
ROWS_A_FETCH = 10_000

LINES = """
select json_build_array(era, xid::text, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), officer_id,
  agency_id, work_id, purpose, act, writes, refused, children, about)::text
from access_auditentry where era = %s and xid >= %s::text::xid8 and xid < %s::text::xid8 order by xid, id
"""
"""All that an entry says, as one line of text; no function of the database stands between the rows and their check."""

NEXT = """
select era, (select xid::text from access_auditentry b where b.era = a.era order by xid desc limit 1),
  exists (select 1 from access_auditentry c where c.era > a.era)
from access_auditentry a where (era, xid) >= (%s, %s::text::xid8) order by era, xid limit 1
"""
"""The era of the next row to seal, its last transaction, and whether a later era has begun."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Hold one seal: the batch is every row of the era with `from_xid` <= xid < `below_xid`."""

    id: int
    era: int
    from_xid: int
    below_xid: int
    entries: int
    root: bytes
    chain: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what verification found; `faults` is empty where everything is as it was sealed."""

    entries: int
    seals: int
    unsealed: int
    newest: str
    anchors: int
    faults: tuple[str, ...]


def seal() -> Seal | None:
    """Seal what can be sealed and give the seal, or None where nothing new is below the line. One sealer at a time.

    An era that has ended (the database was restored since) is sealed to its end, for nothing can appear there.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(7202)")
        if not cursor.fetchone()[0]:
            return None
        last = _last(cursor)
        cursor.execute(NEXT, [last.era, str(last.below_xid)] if last else [0, "0"])
        row = cursor.fetchone()
        if row is None:
            return None
        era, end, ended = row
        start = last.below_xid if last and last.era == era else 0
        below = int(end) + 1 if ended else _line_below_which_nothing_can_appear(cursor)
        root, entries = _root(_lines(cursor, era, start, below))
        if not entries:
            return None
        chain = link(last.chain if last else FIRST_LINK, root)
        cursor.execute(
            "insert into access_auditseal (era, from_xid, below_xid, entries, root, chain, sealed_at)"
            " values (%s, %s, %s, %s, %s, %s, now()) returning id", [era, start, below, entries, root, chain])
        return Seal(cursor.fetchone()[0], era, start, below, entries, root, chain)


def link(before: bytes, root: bytes) -> bytes:
    """Chain a batch to the one before."""
    return hashlib.sha256(before + root).digest()


def verify(anchors: Anchors) -> Verdict:
    """Check every seal against its rows and the chain, and what was anchored outside against the seals.

    The hashes are made here from the rows as they are read, not by the database. Read the anchors before calling: a
    seal that is made meanwhile must not look like one that is gone.
    """
    faults: list[str] = list(anchors.faults)
    chain, total, newest = FIRST_LINK, 0, (0, 0)
    below: dict[int, int] = {}
    links: dict[int, str] = {}
    with connection.cursor() as cursor:
        for one in _seals(cursor):
            root, entries = _root(_lines(cursor, one.era, one.from_xid, one.below_xid))
            faults += _faults_of(one, root, entries, expected_start=below.get(one.era, 0))
            if link(chain, one.root) != one.chain:
                faults.append(f"Seal {one.id} does not follow from the seal before it.")
            chain, total, newest = one.chain, total + entries, (one.era, one.below_xid)
            below[one.era], links[one.id] = one.below_xid, chain.hex()
        unsealed, strays = _outside(cursor, newest, sealed=total)
    if strays > 0:
        faults.append(f"Rows that stand before the newest seal and under none: {strays}. They were put in afterwards.")
    faults += _faults_of_anchors(anchors, links)
    return Verdict(total, len(links), unsealed, chain.hex() if links else "", len(anchors.standing), tuple(faults))


def _outside(cursor: CursorWrapper, newest: tuple[int, int], *, sealed: int) -> tuple[int, int]:
    """Count the rows that wait for the next seal, and those that no seal covers although a later one was made."""
    cursor.execute("select count(*) filter (where (era, xid) >= (%s, %s::text::xid8)), count(*) from access_auditentry",
                   [newest[0], str(newest[1])])
    unsealed, total = cursor.fetchone()
    return unsealed, total - unsealed - sealed


def _faults_of_anchors(anchors: Anchors, links: dict[int, str]) -> list[str]:
    faults = [f"Seal {seal_id} was anchored outside the database and is gone or different now."
              for seal_id, anchored in anchors.standing if links.get(seal_id) != anchored]
    if links and not anchors.standing:
        faults.append("No seal is anchored outside the database: the file of anchors is empty, gone, or another one."
                      " Without it a cut at the end cannot be found.")
    return faults


def _faults_of(one: Seal, root: bytes, entries: int, *, expected_start: int) -> list[str]:
    faults = []
    if one.from_xid != expected_start:
        faults.append(f"Between seal {one.id} and the one before it a batch is missing.")
    if entries != one.entries:
        faults.append(f"Seal {one.id} was made over {one.entries} rows; now there are {entries}.")
    elif root != one.root:
        faults.append(f"A row under seal {one.id} was changed, or the rows were reordered.")
    return faults


def _line_below_which_nothing_can_appear(cursor: CursorWrapper) -> int:
    cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text")
    return int(cursor.fetchone()[0])


def _last(cursor: CursorWrapper) -> Seal | None:
    seals = _seals(cursor, ending="order by id desc limit 1")
    return seals[0] if seals else None


def _seals(cursor: CursorWrapper, *, ending: str = "order by id") -> list[Seal]:
    cursor.execute(
        "select id, era, from_xid::text, below_xid::text, entries, root, chain from access_auditseal " + ending)  # nosec
    return [Seal(r[0], r[1], int(r[2]), int(r[3]), r[4], bytes(r[5]), bytes(r[6]))
            for r in cursor.fetchall()]


def _lines(cursor: CursorWrapper, era: int, start: int, below: int) -> Iterator[str]:
    cursor.execute(LINES, [era, str(start), str(below)])
    while rows := cursor.fetchmany(ROWS_A_FETCH):
        yield from (row[0] for row in rows)


def _root(lines: Iterable[str]) -> tuple[bytes, int]:
    """Hash the rows in order: each row's digest into one."""
    whole, count = hashlib.sha256(), 0
    for line in lines:
        whole.update(hashlib.sha256(line.encode()).digest())
        count += 1
    return whole.digest(), count


def newest_seal() -> Seal | None:
    """Give the newest seal, or None where nothing has been sealed yet."""
    with connection.cursor() as cursor:
        return _last(cursor)


def unsealed() -> tuple[datetime | None, datetime | None]:
    """Give when the newest seal was made, and since when the oldest row has waited for the next; None where none."""
    with connection.cursor() as cursor:
        cursor.execute("select sealed_at, waits_since from sightline_unsealed()")
        sealed_at, waits_since = cursor.fetchone()
    return sealed_at, waits_since
