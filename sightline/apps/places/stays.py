"""Keep where each child was a pupil, as a reading says; what changes for a school waits until somebody looks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.apps.access.queries import AgencyBook
from sightline.domain.places.stays import Stay

COLUMNS = (
    ("person_id", "uuid"), ("school", "text"), ("from_on", "date"), ("until_on", "date"), ("arrived", "boolean"),
    ("first_on", "date"), ("code", "text"), ("family", "text"), ("title", "text"), ("reason", "text"),
    ("known_at", "timestamptz"), ("to_look", "boolean"))
NAMES = [name for name, _ in COLUMNS]
TOLD = NAMES[3:-1]
ARRIVED, FIRST_ON = TOLD.index("arrived"), TOLD.index("first_on")
RENEW = ("on conflict (person_id, school, from_on) do update set "  # nosec B608: constants only
         + ", ".join(f"{name} = excluded.{name}" for name in TOLD)
         + ", to_look = places_stay.to_look or excluded.to_look")
LONGEST_SCHOOL = 200

Place = tuple[UUID, str, Any]


def named_in(book: AgencyBook) -> Callable[[str], str]:
    """Give how a school is called here, whether it was told by its name or by its number."""

    def named(told: str) -> str:
        agency = book.named(told.strip())
        return (told.strip() if agency is None else agency.code or agency.name)[:LONGEST_SCHOOL]

    return named


def keep(stays: Mapping[UUID, Sequence[Stay]]) -> None:
    """Keep the stays of these persons; only changes are written, and of them only what matters asks for a look.

    A child without a first sign and without an arrival changes nothing for a school. May be repeated.
    """
    held = _held(list(stays))
    wanted = {(person, stay.school, stay.from_on): _told(stay) for person, ones in stays.items() for stay in ones}
    rows = [(*place, *told, _matters(told) or (place in held and _matters(held[place][0])))
            for place, told in wanted.items() if place not in held or held[place][0] != told]
    lost = [(place, told, waits) for place, (told, waits) in held.items() if place not in wanted]
    rows += [(*place, place[2], False, None, "", "", "", "", None, True) for place, told, _ in lost if _matters(told)]
    insert("places_stay", COLUMNS, rows, ending=RENEW)
    _remove([place for place, told, waits in lost if not waits and not _matters(told)])


def _told(stay: Stay) -> tuple[Any, ...]:
    first = stay.first
    if first is None:
        return (stay.until_on, stay.arrived, None, "", "", "", "", None)
    return (stay.until_on, stay.arrived, first.on, first.code, first.family.value, first.title, first.reason,
            first.known_at)


def _matters(told: tuple[Any, ...]) -> bool:
    return bool(told[ARRIVED]) or told[FIRST_ON] is not None


def _held(people: Sequence[UUID]) -> dict[Place, tuple[tuple[Any, ...], bool]]:
    """Give what is kept of these persons, and whether it waits for a look."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(NAMES)} from places_stay where person_id = any(%s::uuid[])",  # nosec B608
                       [array(people)])
        return {(row[0], row[1], row[2]): (row[3:-1], row[-1]) for row in cursor.fetchall()}


def _remove(places: Sequence[Place]) -> None:
    if places:
        with connection.cursor() as cursor:
            cursor.execute("delete from places_stay s using unnest(%s::uuid[], %s::text[], %s::date[])"
                           " as w(person, school, day)"
                           " where s.person_id = w.person and s.school = w.school and s.from_on = w.day",
                           [[p for p, _, _ in places], [s for _, s, _ in places], [d for _, _, d in places]])
