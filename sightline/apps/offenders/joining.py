"""Keep who is near whom: found from the child's side and from the offender's, by keys that the database intersects.

Both sides keep what can lie near the other, so that either is compared without reading the other's record. A join that
comes is told once, to social care and to the agency that manages; one that goes is kept with the day on which it went.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import TypeAdapter

from sightline.apps.access.bulk import array, insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.people.queries import Said, said_of
from sightline.apps.record.actions import note_news
from sightline.domain.circle.touching import UNDER_ORDER
from sightline.domain.offenders.addresses import door_of, door_written, keys_of
from sightline.domain.offenders.joins import (
    WAY_WORDS,
    Adult,
    Child,
    Home,
    Join,
    Met,
    Named,
    NearAdult,
    Way,
    current_homes,
    joins,
    keys_of_child,
)
from sightline.domain.offenders.visiting import News, NewsOf
from sightline.domain.signs.known import Known
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.timeline import Timeline

ADULT, CHILD = TypeAdapter(Adult), TypeAdapter(Child)
MET_KINDS = ("police.stop", "police.arrest", "police.intelligence", "rail.contact", "missing.found")
NOT_MET = ("child.home", UNDER_ORDER)
MOST_NEAR = 200
DESK = "offenders"
TO_COUNCIL = ("An adult whom {agency} manages {way}. The child's page says who it is and whom to ring. Nobody else has "
              "been told: a school sees nothing of it.")
TO_MANAGER = ("A child is near an offender whom you manage. The offender's page says how it is known and which council "
              "to ring; {council} has been told.")

SIDES = "select person_id, child::text from offenders_childside where person_id = any(%s::uuid[])"
RENEW_SIDE = "on conflict (person_id) do update set child = excluded.child, keys = excluded.keys"
# Functions of the database, for a reason: an index on arrays is not used where row-level security filters first.
NEAR_CHILDREN = "select * from sightline_offenders_by_keys(%s::uuid[], %s)"
NEAR_OFFENDERS = "select * from sightline_children_by_keys(%s::uuid[], %s)"
HELD = """
select offender_id, person_id, way, telling_id, entry, since, how, check_first, gone_at is null
from offenders_join where {side} = any(%s::uuid[])
"""
JOIN_COLUMNS = (
    ("offender_id", "uuid"), ("person_id", "uuid"), ("way", "text"), ("telling_id", "uuid"), ("entry", "text"),
    ("since", "date"), ("how", "text"), ("check_first", "text"), ("found_at", "timestamptz"))
RENEW = ("on conflict (offender_id, person_id, way, telling_id, entry) do update set since = excluded.since,"
         " how = excluded.how, check_first = excluded.check_first,"
         " found_at = case when offenders_join.gone_at is null then offenders_join.found_at else excluded.found_at end,"
         " gone_at = null returning offender_id, person_id, way, telling_id, entry, id")
END = """
update offenders_join j set gone_at = %s
from unnest(%s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[]) as g(offender, person, way, telling, entry)
where j.offender_id = g.offender and j.person_id = g.person and j.way = g.way and j.telling_id = g.telling
  and j.entry = g.entry
"""
NEAR_NOW = """
select j.person_id, j.way, j.entry, j.since, o.under from offenders_join j join offenders_offender o
  on o.id = j.offender_id
where j.person_id = any(%s::uuid[]) and j.gone_at is null order by j.since, j.id
"""
COUNCILS = """
select i.person_id, a.id, a.name from people_involvement i join access_agency a on a.id = i.agency_id
where a.kind = 'council' and i.person_id = any(%s::uuid[]) and i.until is null and i.sees = 'whole'
order by i.person_id, i.since, a.id
"""
MANAGING = """
select o.id, a.id, a.name from offenders_offender o join access_agency a on a.id = o.agency_id
where o.id = any(%s::uuid[])
"""

Place = tuple[UUID, UUID, str, UUID, str]


@dataclass(frozen=True, slots=True)
class _Pair:
    offender: UUID
    person: UUID
    found: tuple[Join, ...]


def side_of(known: Known, said: Iterable[Said]) -> Child:
    """Give what of a child's record can lie near an offender's, as it is known."""
    homes = [(entry.id, entry.by, entry.on, door_of(
                 _text(entry.facts.get("address")), entry.place.postcode if entry.place else None,
                 _text(entry.facts.get("uprn")))) for entry in known.kind("child.home")]
    names = {(one.given or "", one.family or "", one.born_on): str(one.identity) for one in said if one.born_on}
    met = [Met(entry.id, entry.place.postcode.replace(" ", ""), entry.on)
           for entry in known.kinds(*MET_KINDS) if entry.place is not None and entry.place.postcode]
    found = [Home(entry.id, door_written(thing.id, entry.place.postcode if entry.place else None), entry.on)
             for entry in known.entries if entry.kind not in NOT_MET for thing in entry.things
             if thing.kind == "address"]
    return Child(current_homes(homes, on=day_of(known.at)),
                 tuple(Named(told, *name) for name, told in sorted(names.items(), key=lambda one: one[1])), tuple(met),
                 tuple(one for one in found if keys_of(one.door)))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def keep_children(
    timelines: Mapping[UUID, Timeline], *, book: AgencyBook, at: datetime
) -> dict[UUID, tuple[NearAdult, ...]]:
    """Keep what of these children can lie near an offender, and who is near; give who is near each of them now."""
    said = said_of(list(timelines))
    sides = {person: side_of(Known.of(timeline, at=at.astimezone(UTC)), said.get(person, ()))
             for person, timeline in timelines.items()}
    with connection.cursor() as cursor:
        cursor.execute(SIDES, [array(sides)])
        held = {row[0]: CHILD.validate_json(row[1]) for row in cursor.fetchall()}
    changed = [(person, child) for person, child in sides.items() if held.get(person, Child()) != child]
    insert("offenders_childside", (("person_id", "uuid"), ("child", "jsonb"), ("keys", "text[]")),
           [(person, CHILD.dump_python(child, mode="json"), list(keys_of_child(child))) for person, child in changed],
           ending=RENEW_SIDE)
    near = _pairs(NEAR_CHILDREN, sides, on=day_of(at))
    changed_near = _keep(near, side="person_id", of=sides, book=book, at=at)
    if changed_near:
        with connection.cursor() as cursor:  # a child who is near brings visits back
            cursor.execute(READ_AGAIN, [array({offender for offender, _ in changed_near})])
    return near_now(list(sides))


def keep_offenders_joins(offenders: Collection[UUID], *, book: AgencyBook, at: datetime) -> None:
    """Keep who is near these offenders, whose own side is kept; children of whom that changes are read again."""
    changed = _keep(_pairs(NEAR_OFFENDERS, offenders, on=day_of(at)), side="offender_id", of=offenders, book=book,
                    at=at)
    note_news(sorted({person for _, person in changed}), at=at)


READ_AGAIN = "update offenders_offender set to_read = true where id = any(%s::uuid[])"
FOUND_NEAR = "select offender_id, found_at, way from offenders_join where offender_id = any(%s::uuid[])"


def found_near(offenders: Collection[UUID]) -> dict[UUID, list[News]]:
    """Give when each of these offenders was found near a child: it brings visits back."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND_NEAR, [array(offenders)])
        rows = cursor.fetchall()
    found: dict[UUID, list[News]] = {}
    for offender, at, way in rows:
        found.setdefault(offender, []).append(News(NewsOf.CHILD, day_of(at), WAY_WORDS[Way(way)]))
    return found


def near_now(people: Sequence[UUID]) -> dict[UUID, tuple[NearAdult, ...]]:
    """Give the offenders who are near each of these children now: what a sign may say of them, and nothing else."""
    found: dict[UUID, list[NearAdult]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEAR_NOW, [array(people)])
        for person, way, entry, since, under in cursor.fetchall():
            found.setdefault(person, []).append(NearAdult(frozenset(under), Way(way), entry, since))
    return {person: tuple(ones) for person, ones in found.items()}


def _pairs(statement: str, ids: Iterable[UUID], *, on: date) -> list[_Pair]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [array(ids), MOST_NEAR])
        rows = cursor.fetchall()
    return [_Pair(offender, person, joins(ADULT.validate_json(adult), CHILD.validate_json(child), on=on))
            for offender, adult, person, child in rows]


def _keep(
    pairs: Sequence[_Pair], *, side: str, of: Collection[UUID], book: AgencyBook, at: datetime
) -> set[tuple[UUID, UUID]]:
    """Keep the joins of one side as they are now; give the pairs of offender and child of whom something changed."""
    wanted = {(pair.offender, pair.person, join.way.value, UUID(join.telling), join.entry): join
              for pair in pairs for join in pair.found}
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(side=side), [array(of)])
        rows = cursor.fetchall()
    held: dict[Place, tuple[Any, ...]] = {tuple(row[:5]): row[5:8] for row in rows if row[8]}
    new = [(*place, join.since, join.how, join.check, at) for place, join in wanted.items()
           if held.get(place) != (join.since, join.how, join.check)]
    gone = [place for place in held if place not in wanted]
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(END, [at, *(list(column) for column in zip(*gone, strict=True))])
    kept = insert("offenders_join", JOIN_COLUMNS, new, ending=RENEW)
    _tell({row[5]: row[:3] for row in kept if tuple(row[:5]) not in held}, book=book, at=at)
    return {(row[0], row[1]) for row in new} | {(place[0], place[1]) for place in gone}


def _tell(new: Mapping[UUID, tuple[UUID, UUID, str]], *, book: AgencyBook, at: datetime) -> None:
    """Tell social care of who is responsible for the child, and the desk of who manages, once of each join."""
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute(MANAGING, [array({offender for offender, _, _ in new.values()})])
        managing = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(COUNCILS, [array({person for _, person, _ in new.values()})])
        councils: dict[UUID, list[tuple[int, str]]] = {}
        for person, agency, name in cursor.fetchall():
            councils.setdefault(person, []).append((agency, name))
    rows: list[tuple[Any, ...]] = []
    for join, (offender, person, way) in new.items():
        by, by_name = managing[offender]
        answering = councils.get(person, [])
        key = f"near:{join}:{at:%Y%m%d%H%M%S%f}"  # one that ended and came again is told again
        for council, _ in answering:
            desk = book.desk(council)
            if desk is not None:
                rows.append((f"{key}:{council}", person, None, by, desk.agency_id, desk.id,
                             TO_COUNCIL.format(agency=by_name, way=WAY_WORDS[Way(way)]), at, 0, at))
        desk = book.desk(by, DESK)
        if desk is not None:
            told = " and ".join(name for _, name in answering) or "no council is known, so nobody"
            rows.append((key, None, None, None, desk.agency_id, desk.id, TO_MANAGER.format(council=told), at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, rows, ending="on conflict (key) do nothing")
