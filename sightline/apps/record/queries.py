"""Ask for what was told of a child: as timelines for the rules, and as rows with their sources for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array
from sightline.apps.access.protection import MY_AGENCY
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import DETAIL_HELD
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

WITHDRAWN = "record.withdrawn"

# Ids and instants come as text: a timeline has thousands of them, and Python reads text at a third of the cost.
ENTRY = """coalesce(e.event_id, e.id)::text, e.kind, e.at::text, e.on_day, e.by, e.facts, e.until_at::text, e.until_day,
  e.postcode, e.council, e.force, e.lat, e.lon, e.people, e.things, e.grade, e.recorded_at::text"""

ENTRIES = f"""
select i.person_id::text, {ENTRY}, e.identity_id::text, e.source_key
from people_identity i join record_entry e on e.identity_id = i.id
where i.person_id = any(%s::uuid[]) and e.recorded_at <= coalesce(%s, 'infinity'::timestamptz)
order by i.person_id, e.identity_id, e.source_key, e.revision
"""  # nosec B608: constants only


# Of some kinds the detail is for who told it and for the police alone; jobs, which show nothing, read all.
DETAIL_HELD_BACK = f"""(e.kind = any(%s) and e.told_by_id <> {MY_AGENCY} and not exists (
  select 1 from access_agency a where a.id = {MY_AGENCY} and a.kind in ('police', 'transport-police')))"""  # nosec B608: constants only


@dataclass(frozen=True, slots=True)
class Told:
    """Hold an entry as people read it: what, who told it, when this system came to know, and what became of it.

    `detail_held` says that its detail is for the police alone, and was left out.
    """

    entry: Entry
    agency: int
    recorded_at: datetime
    submission: int | None
    row: int | None
    officer: str | None
    corrected: bool
    withdrawn: bool
    officer_id: UUID | None = None
    detail_held: bool = False


def timelines_of(people: Sequence[UUID], *, known_at: datetime | None = None) -> dict[UUID, Timeline]:
    """Read the timelines of persons as they hold, or as they were known at an instant, with their identities' entries.

    Of several tellings of one event the newest known holds; a withdrawn one is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [array(people), known_at])
        newest = {row[18:]: row for row in cursor.fetchall()}
    entries: dict[str, list[Entry]] = {str(person): [] for person in people}
    for row in newest.values():
        if row[2] != WITHDRAWN:
            entries[row[0]].append(_entry(row))
    return {person: Timeline.of(str(person), entries[str(person)]) for person in people}


def agencies_that_told(people: Sequence[UUID]) -> dict[UUID, set[int]]:
    """Give for each person the agencies that hold an identity of the child."""
    found: dict[UUID, set[int]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute("select distinct person_id, agency_id from people_identity where person_id = any(%s)",
                       [list(people)])
        for person, agency in cursor.fetchall():
            found[person].add(agency)
    return found


TOLD = f"""
select null, {ENTRY}, e.told_by_id, e.submission_id, e.row, o.name,
  e.revision < max(e.revision) over (partition by e.identity_id, e.source_key), e.officer_id,
  coalesce({DETAIL_HELD_BACK}, false)
from record_entry e left join access_officer o on o.id = e.officer_id
where e.identity_id = any(array(select sightline_identities_of(%s)))
  and e.recorded_at <= coalesce(%s, 'infinity'::timestamptz)
order by e.starts desc, e.recorded_at desc, e.id limit %s offset %s
"""  # nosec B608: constants only


def told_of(person: UUID, *, most: int, start: int = 0, known_at: datetime | None = None) -> list[Told]:
    """List what the viewer may see of what was told of a child, newest first, corrections and withdrawals included."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(DETAIL_HELD), person, known_at, most, start])
        rows = cursor.fetchall()
    gone = {row[1] for row in rows if row[2] == WITHDRAWN and not row[22]}
    return [Told(_open(_entry(row), held_back=row[24]), row[18], datetime.fromisoformat(row[17]), row[19], row[20],
                 row[21], bool(row[22]), row[1] in gone, row[23], row[24])
            for row in rows]


TELLINGS = f"""
select %s, {ENTRY} from record_entry e where e.identity_id = any(array(select sightline_identities_of(%s)))
order by e.recorded_at, e.revision, e.id
"""  # nosec B608: constants only


def tellings_of(person: UUID) -> list[Entry]:
    """List every telling of a child that the viewer may see, in the order in which they became known.

    Tellings of one event have one id; one of kind record.withdrawn takes its event away.
    """
    with connection.cursor() as cursor:
        cursor.execute(TELLINGS, [str(person), person])
        return [_entry(row) for row in cursor.fetchall()]


SHARES = """
select coalesce(e.event_id, e.id)::text, a.name, d.recorded_at
from record_entry e join record_share s on s.entry_id = e.id join access_agency a on a.id = s.agency_id
join record_entry d on d.id = s.decision_id
where e.identity_id = any(array(select sightline_identities_of(%s))) order by d.recorded_at
"""


def shares_of(person: UUID) -> list[tuple[str, str, datetime]]:
    """List which events of a child were shared with which agency, and when, as far as the viewer may see it."""
    with connection.cursor() as cursor:
        cursor.execute(SHARES, [person])
        return list(cursor.fetchall())


def entries_named(ids: Sequence[UUID]) -> dict[UUID, Entry]:
    """Give the newest telling of each of these events that the viewer may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select null, {ENTRY}, coalesce({DETAIL_HELD_BACK}, false) from record_entry e"  # nosec B608
            " where e.id = any(%s::uuid[]) or e.event_id = any(%s::uuid[]) order by e.revision",
            [list(DETAIL_HELD), array(ids), array(ids)])
        return {UUID(row[1]): _open(_entry(row), held_back=row[18]) for row in cursor.fetchall()}


def agencies_shared_with(people: Sequence[UUID]) -> dict[UUID, set[int]]:
    """Give for each person the agencies with which an entry is shared now."""
    found: dict[UUID, set[int]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct i.person_id, s.agency_id from record_share s join record_entry e on e.id = s.entry_id"
            " join people_identity i on i.id = e.identity_id"
            " where i.person_id = any(%s) and s.until > now()"
            " and not exists (select 1 from record_shareend x where x.share_id = s.id)", [list(people)])
        for person, agency in cursor.fetchall():
            found[person].add(agency)
    return found


def has_news(person: UUID) -> bool:
    """Tell whether something was told of the child that has not been read for signs and duties yet."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from record_news where person_id = %s)", [person])
        return bool(cursor.fetchone()[0])


def with_news(people: Sequence[UUID]) -> set[UUID]:
    """Give those of the persons of whom something was told that has not been read yet."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct person_id from record_news where person_id = any(%s::uuid[])", [array(people)])
        return {row[0] for row in cursor.fetchall()}


def oldest_news() -> datetime | None:
    """Give when the oldest news came that nobody has read yet, for the check that everything runs."""
    with connection.cursor() as cursor:
        cursor.execute("select min(at) from record_news")
        found: datetime | None = cursor.fetchone()[0]
        return found


def _entry(row: tuple[Any, ...]) -> Entry:
    place = Place(row[9], row[10], row[11], row[12], row[13]) if any(row[9:14]) else None
    return Entry(
        id=row[1], child=str(row[0]), kind=row[2], at=_moment(row[3], row[4]), by=row[5], facts=_facts(row[6]),
        until=None if row[7] is None and row[8] is None else _moment(row[7], row[8]), place=place,
        people=() if row[14] == "[]" else tuple(Companion(**p) for p in json.loads(row[14])),
        things=() if row[15] == "[]" else tuple(Thing(**t) for t in json.loads(row[15])),
        grade=row[16], recorded_at=datetime.fromisoformat(row[17]))


def _open(entry: Entry, *, held_back: bool) -> Entry:
    """Give an entry without its detail where that is not for who looks: what, when and who told it stays."""
    return replace(entry, facts={}, place=None, people=(), things=(), grade=None) if held_back else entry


def _facts(text: str) -> dict[str, Any]:
    return {} if text == "{}" else dict(json.loads(text))


def _moment(instant: str | None, day: date | None) -> datetime | date:
    if instant is not None:
        return datetime.fromisoformat(instant)
    assert day is not None
    return day


def unread_since() -> datetime | None:
    """Give since when the oldest news waits to be read, or None where everything is read."""
    with connection.cursor() as cursor:
        cursor.execute("select sightline_unread_since()")
        since: datetime | None = cursor.fetchone()[0]
    return since
