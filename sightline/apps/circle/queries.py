"""Ask for one child's circle, as far as the viewer may see each child in it, in one statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.circle.keeping import mentions_of
from sightline.domain.circle.circle import Circle, circle_of
from sightline.domain.circle.hubs import Hub, HubKind
from sightline.domain.circle.judging import Judged
from sightline.domain.circle.touching import Touch

ME = "me"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """Hold what was said of the child's own link to a hub last: by whom, why; `number` counts what was ever said."""

    touch: UUID
    told_as: str
    judged: Judged
    number: int
    reason: str | None
    officer: str | None
    agency: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CircleFacts:
    """Hold a child's circle as the viewer may see it.

    The child is called "me" in it, and another child by its id where the viewer has a part in that child's life, else
    by a number that says nothing but that two are the same. `open_to` names those whose own record of the hub the
    viewer sees. `links` says by hub what was said of the child's own links.
    """

    circle: Circle
    links: Mapping[Hub, LinkFacts]
    open_to: frozenset[str]

    def person(self, child: str) -> UUID | None:
        """Give the id of a child in it whom the viewer may know, or None."""
        return None if child.startswith("hidden-") else UUID(child)


@dataclass(frozen=True, slots=True)
class SaidOfLink:
    """Hold what somebody said of a link."""

    judged: Judged
    reason: str
    officer: str
    agency: str
    at: datetime


SEES = "select seen.whole as sees_the_whole_circle from (select sightline_sees_circle(%s) as whole) as seen"
TOUCHED = "select t.person_id, t.kind, t.key from circle_touch as t where t.id = %s"
JUDGEMENTS = """
select j.judged, j.reason, o.name, a.name, j.at
from circle_touch t join circle_judgement j on j.person_id = t.person_id and j.kind = t.kind and j.key = t.key
  join access_officer o on o.id = j.officer_id join access_agency a on a.id = j.agency_id
where t.id = %s order by j.number desc
"""
CIRCLE = """
select kind, key, who, mine, whole, told_as, mentions, exploited_on, judged, touch, number, reason, officer, agency, at,
  named
from sightline_circle_of(%s, %s)
"""


def sees_circle(person: UUID) -> bool:
    """Tell whether the viewer is social care of who is responsible for the child."""
    with connection.cursor() as cursor:
        cursor.execute(SEES, [person])
        return bool(cursor.fetchone()[0])


def circle_seen(person: UUID, *, on: date) -> CircleFacts | None:
    """Give a child's circle on a day, or None where the viewer may see none of it; empty where nothing is named."""
    if not sees_circle(person):
        return None
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, [person, on])
        rows = cursor.fetchall()
    touches = [_touch(row) for row in rows]
    return CircleFacts(
        circle=circle_of(
            ME, touches, on=on, known_as={_hub(row): row[15] for row in rows if row[15]},
            judged={(_who(row), _hub(row)): Judged(row[8]) for row in rows}),
        links={_hub(row): LinkFacts(row[9], row[5], Judged(row[8]), row[10], *row[11:15]) for row in rows if row[3]},
        open_to=frozenset(_who(row) for row in rows if row[4] and not row[3]))


def link_seen(touch: UUID, *, on: date) -> tuple[UUID, Hub, CircleFacts] | None:
    """Give the child and the hub of one link, with the circle that it is in, or None where it is not to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [touch])
        row = cursor.fetchone()
    if row is None:
        return None
    facts = circle_seen(row[0], on=on)
    hub = Hub(HubKind(row[1]), row[2])
    return (row[0], hub, facts) if facts is not None and hub in facts.links else None


def judgements_of_link(touch: UUID) -> list[SaidOfLink]:
    """List what was said of a link, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(JUDGEMENTS, [touch])
        return [SaidOfLink(Judged(row[0]), *row[1:]) for row in cursor.fetchall()]


def _hub(row: tuple[Any, ...]) -> Hub:
    return Hub(HubKind(row[0]), row[1])


def _who(row: tuple[Any, ...]) -> str:
    return ME if row[3] else str(row[2])


def _touch(row: tuple[Any, ...]) -> Touch:
    told = json.loads(row[6]) if isinstance(row[6], str) else row[6]
    return Touch(_who(row), _hub(row), row[5] or "", mentions_of(told), row[7])
