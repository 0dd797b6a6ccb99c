"""Keep which agencies have a part in a child's life, as the timelines say now; earlier parts stay with their end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, AgencyFacts
from sightline.domain.access.involvement import SEES, InvolvedAs
from sightline.domain.people.involvement import Involved

PART_COLUMNS = (("person_id", "uuid"), ("agency_id", "int"), ("part", "text"), ("sees", "text"),
                ("since", "timestamptz"))

Part = tuple[UUID, int, str]


@dataclass(frozen=True, slots=True)
class Life:
    """Hold who told something of a child, with whom something was shared, who protects, and the parts of areas."""

    told_by: Iterable[int]
    shared_with: Iterable[int]
    protecting: Iterable[int]
    parts: Iterable[Involved]


def keep_parts(people: Mapping[UUID, Life], *, book: AgencyBook, at: datetime) -> None:
    """Begin and end parts so that they are what the timelines say.

    A council that told something is given the whole record where nobody else has it: somebody must see it.
    """
    wanted: set[Part] = set()
    for person, life in people.items():
        named = {(agency.id, part.part) for part in life.parts if (agency := _agency(part, book)) is not None}
        named |= {(agency, InvolvedAs.TOLD) for agency in life.told_by}
        named |= {(agency, InvolvedAs.SHARED) for agency in life.shared_with}
        if not any(SEES[part].value == "whole" for _, part in named):
            named |= {(a, InvolvedAs.HOME_COUNCIL) for a in life.told_by if book.by_id[a].kind == "council"}
        named |= {(agency, _protects(book.by_id[agency])) for agency in life.protecting}
        wanted |= {(person, agency, part.value) for agency, part in named}
    held = _held(list(people))
    gone, new = held - wanted, wanted - held
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(
                "update people_involvement i set until = %s"
                " from unnest(%s::uuid[], %s::int[], %s::text[]) as w(person, agency, part)"
                " where i.person_id = w.person and i.agency_id = w.agency and i.part = w.part and i.until is null",
                [at, [g[0] for g in gone], [g[1] for g in gone], [g[2] for g in gone]])
    insert("people_involvement", PART_COLUMNS,
           [(person, agency, part, SEES[InvolvedAs(part)].value, at) for person, agency, part in sorted(new, key=str)])


ANSWERS = tuple(part.value for part in (InvolvedAs.CARING_COUNCIL, InvolvedAs.PLAN_COUNCIL, InvolvedAs.HOME_COUNCIL))
"""Whose settings hold for a child: the council that cares, else the one with the plan, else that of the home."""


def answering(people: Iterable[UUID]) -> dict[UUID, int]:
    """Give for each person the one council that answers for the child now, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (person_id) person_id, agency_id from people_involvement"
            " where person_id = any(%s) and until is null and part = any(%s)"
            " order by person_id, array_position(%s, part::text), since, agency_id",
            [list(people), list(ANSWERS), list(ANSWERS)])
        return dict(cursor.fetchall())


def _protects(agency: AgencyFacts) -> InvolvedAs:
    return InvolvedAs.PROTECTS if agency.kind == "council" else InvolvedAs.PROTECTS_AS_FORCE


def _agency(part: Involved, book: AgencyBook) -> AgencyFacts | None:
    if part.part is InvolvedAs.HOME_FORCE:
        return book.force(part.area)
    agency = book.council(part.area) or book.named(part.area)
    return agency if agency is not None and agency.kind == "council" else None


def _held(people: list[UUID]) -> set[Part]:
    with connection.cursor() as cursor:
        cursor.execute("select person_id, agency_id, part from people_involvement"
                       " where person_id = any(%s) and until is null", [people])
        return {(row[0], row[1], row[2]) for row in cursor.fetchall()}
