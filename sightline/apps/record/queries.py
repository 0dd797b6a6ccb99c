"""Ask for what was told of a child: as timelines for the rules, and as rows with their sources for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

WITHDRAWN = "record.withdrawn"

ENTRIES = """
select i.person_id, coalesce(e.event_id, e.id), e.kind, e.at, e.on_day, e.by, e.facts, e.until_at, e.until_day,
  e.postcode, e.council, e.force,
  e.lat, e.lon, e.people, e.things, e.grade, e.recorded_at, e.identity_id, e.source_key, e.revision
from people_identity i join record_entry e on e.identity_id = i.id
where i.person_id = any(%s) and e.recorded_at <= coalesce(%s, 'infinity'::timestamptz)
order by i.person_id, e.identity_id, e.source_key, e.revision
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold an entry as people read it: what, who told it, when this system came to know, and what became of it."""

    entry: Entry
    agency: int
    recorded_at: datetime
    submission: int | None
    row: int | None
    officer: str | None
    corrected: bool
    withdrawn: bool


def timelines_of(people: Sequence[UUID], *, known_at: datetime | None = None) -> dict[UUID, Timeline]:
    """Read the timelines of persons as they hold, or as they were known at an instant, with their identities' entries.

    Of several tellings of one event the newest known holds; a withdrawn one is left out.
    """
    newest: dict[tuple[UUID, str], tuple[Any, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [list(people), known_at])
        for row in cursor.fetchall():
            newest[(row[18], row[19])] = row
    entries: dict[UUID, list[Entry]] = {person: [] for person in people}
    for row in newest.values():
        if row[2] != WITHDRAWN:
            entries[row[0]].append(_entry(row))
    return {person: Timeline.of(str(person), own) for person, own in entries.items()}


def agencies_that_told(people: Sequence[UUID]) -> dict[UUID, set[int]]:
    """Give for each person the agencies that hold an identity of the child."""
    found: dict[UUID, set[int]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute("select distinct person_id, agency_id from people_identity where person_id = any(%s)",
                       [list(people)])
        for person, agency in cursor.fetchall():
            found[person].add(agency)
    return found


TOLD = """
select null, coalesce(e.event_id, e.id), e.kind, e.at, e.on_day, e.by, e.facts, e.until_at, e.until_day,
  e.postcode, e.council, e.force, e.lat, e.lon, e.people, e.things, e.grade, e.recorded_at, e.identity_id,
  e.source_key, e.revision, e.told_by_id, e.submission_id, e.row, o.name,
  e.revision < max(e.revision) over (partition by e.identity_id, e.source_key)
from record_entry e left join access_officer o on o.id = e.officer_id
where e.identity_id = any(array(select sightline_identities_of(%s)))
  and e.recorded_at <= coalesce(%s, 'infinity'::timestamptz)
order by e.starts desc, e.recorded_at desc, e.id limit %s offset %s
"""


def told_of(person: UUID, *, most: int, start: int = 0, known_at: datetime | None = None) -> list[Told]:
    """List what the viewer may see of what was told of a child, newest first, corrections and withdrawals included."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [person, known_at, most, start])
        rows = cursor.fetchall()
    gone = {row[1] for row in rows if row[2] == WITHDRAWN and not row[25]}
    return [Told(_entry(row), row[21], row[17], row[22], row[23], row[24], bool(row[25]), row[1] in gone)
            for row in rows]


def entries_named(ids: Sequence[UUID]) -> dict[UUID, Entry]:
    """Give the newest telling of each of these events that the viewer may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select null, coalesce(e.event_id, e.id), e.kind, e.at, e.on_day, e.by, e.facts, e.until_at,"
            " e.until_day, e.postcode, e.council, e.force, e.lat, e.lon, e.people, e.things, e.grade, e.recorded_at"
            " from record_entry e where e.id = any(%s) or e.event_id = any(%s)"
            " order by e.revision", [list(ids), list(ids)])
        return {row[1]: _entry(row) for row in cursor.fetchall()}


def agencies_shared_with(people: Sequence[UUID]) -> dict[UUID, set[int]]:
    """Give for each person the agencies with which an entry is shared now."""
    found: dict[UUID, set[int]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct i.person_id, s.agency_id from record_share s join record_entry e on e.id = s.entry_id"
            " join people_identity i on i.id = e.identity_id"
            " where i.person_id = any(%s) and (s.until is null or s.until > now())", [list(people)])
        for person, agency in cursor.fetchall():
            found[person].add(agency)
    return found


def has_news(person: UUID) -> bool:
    """Tell whether something was told of the child that has not been read for signs and duties yet."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from record_news where person_id = %s)", [person])
        return bool(cursor.fetchone()[0])


def oldest_news() -> datetime | None:
    """Give when the oldest news came that nobody has read yet, for the check that everything runs."""
    with connection.cursor() as cursor:
        cursor.execute("select min(at) from record_news")
        found: datetime | None = cursor.fetchone()[0]
        return found


def _entry(row: tuple[Any, ...]) -> Entry:
    place = Place(row[9], row[10], row[11], row[12], row[13]) if any(row[9:14]) else None
    return Entry(
        id=str(row[1]), child=str(row[0]), kind=row[2], at=_moment(row[3], row[4]), by=row[5], facts=_facts(row[6]),
        until=None if row[7] is None and row[8] is None else _moment(row[7], row[8]), place=place,
        people=() if row[14] == "[]" else tuple(Companion(**p) for p in json.loads(row[14])),
        things=() if row[15] == "[]" else tuple(Thing(**t) for t in json.loads(row[15])),
        grade=row[16], recorded_at=row[17])


def _facts(text: str) -> dict[str, Any]:
    return {} if text == "{}" else dict(json.loads(text))


def _moment(instant: datetime | None, day: date | None) -> datetime | date:
    moment = instant if instant is not None else day
    assert moment is not None
    return moment


def unread_since() -> datetime | None:
    """Give since when the oldest news waits to be read, or None where everything is read."""
    with connection.cursor() as cursor:
        cursor.execute("select sightline_unread_since()")
        since: datetime | None = cursor.fetchone()[0]
    return since
