"""Seal the audit in batches, and find out whether a row was changed, removed, reordered or cut off.

A row says which transaction wrote it (`xid`), so that there is a line below which no row can still appear. The sealer
hashes the rows below that line, in order, and chains each batch to the one before. The newest link is written outside
the database (an anchor), so that cutting off the end shows too. What the last seconds wrote is not yet sealed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

FIRST_LINK = bytes(32)
ROWS_A_FETCH = 10_000

LINES = ("select sightline_audit_line(a) from access_auditentry a"
         " where a.era = %s and a.xid >= %s::text::xid8 and a.xid < %s::text::xid8 order by a.xid, a.id")


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
    faults: tuple[str, ...]


def seal() -> Seal | None:
    """Seal what can be sealed and give the seal, or None where nothing new is below the line. One sealer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(7202)")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("select max(era) from access_auditentry")
        era = cursor.fetchone()[0]
        if era is None:
            return None
        last = _last(cursor)
        start = last.below_xid if last and last.era == era else 0
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text")
        below = int(cursor.fetchone()[0])
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


def verify(anchors: Iterable[tuple[int, str]]) -> Verdict:
    """Check every seal against its rows and the chain, and the anchors (seal id, chain in hexadecimal) against seals.

    The hashes are made here from the rows as they are read, not by the database.
    """
    faults: list[str] = []
    chain, total, count, newest = FIRST_LINK, 0, 0, ""
    below: dict[int, int] = {}
    links: dict[int, str] = {}
    with connection.cursor() as cursor:
        seals = _seals(cursor)
        for one in seals:
            root, entries = _root(_lines(cursor, one.era, one.from_xid, one.below_xid))
            faults += _faults_of(one, root, entries, expected_start=below.get(one.era, 0))
            chain = link(chain, one.root)
            if chain != one.chain:
                faults.append(f"Seal {one.id} does not follow from the seal before it.")
                chain = one.chain
            total, count, newest = total + entries, count + 1, one.chain.hex()
            below[one.era], links[one.id] = one.below_xid, newest
        cursor.execute("select era, xid::text from access_auditentry")
        unsealed = sum(int(xid) >= below.get(era, 0) for era, xid in cursor.fetchall())
    for seal_id, anchored in anchors:
        if links.get(seal_id) != anchored:
            faults.append(f"Seal {seal_id} was anchored outside the database and is gone or different now.")
    return Verdict(total, count, unsealed, newest, tuple(faults))


def _faults_of(one: Seal, root: bytes, entries: int, *, expected_start: int) -> list[str]:
    faults = []
    if one.from_xid != expected_start:
        faults.append(f"Between seal {one.id} and the one before it a batch is missing.")
    if entries != one.entries:
        faults.append(f"Seal {one.id} was made over {one.entries} rows; now there are {entries}.")
    elif root != one.root:
        faults.append(f"A row under seal {one.id} was changed, or the rows were reordered.")
    return faults


def anchor(sealed: Seal, *, file: Path, at: datetime) -> None:
    """Write the newest link outside the database, at the end of a file that is only added to."""
    line = json.dumps({"at": at.isoformat(), "seal": sealed.id, "chain": sealed.chain.hex(), "entries": sealed.entries})
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")


def anchored(file: Path) -> Iterator[tuple[int, str]]:
    """Read the anchors: seal id and chain in hexadecimal; a line that was cut off by a crash is passed over."""
    if file.exists():
        for line in file.read_text("utf-8").splitlines():
            try:
                told = json.loads(line)
                yield int(told["seal"]), str(told["chain"])
            except (ValueError, KeyError, TypeError):
                continue


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
