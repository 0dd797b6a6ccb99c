"""Ask which children an agency protects now, and what is offered to it and asked of it, as they stand in the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.disclosure.waiting import WAITING as REQUESTS
from sightline.apps.disclosure.waiting import QueuedRequest
from sightline.apps.duties.queue import Line, Whose
from sightline.apps.people.waiting import WAITING as DOUBTS_WAITING
from sightline.apps.people.waiting import QueuedDoubt, told_to_function
from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import Position
from sightline.domain.responsibility.dangers import DANGER_OF
from sightline.domain.responsibility.opening import Happening


@dataclass(frozen=True, slots=True)
class QueuedEvent:
    """Hold a safety event that an agency owns, in its place in the order, by since when it does."""

    position: Position
    id: UUID
    person: UUID
    happening: Happening
    contact: str
    since: datetime
    watched: str | None


@dataclass(frozen=True, slots=True)
class QueuedOffer:
    """Hold an offer to hand a child over to the agency that nobody has answered, by when it must be answered."""

    position: Position
    id: UUID
    person: UUID
    happening: Happening
    contact: str
    from_agency: str
    answer_by: datetime


CLASSES = " ".join(f"when '{happening.name}' then {danger.value}" for happening, danger in DANGER_OF.items())
WAITING = f"""
select * from (
  select 'event' as what, e.id, e.person_id, e.happening, case e.happening {CLASSES} end as danger,
    e.owner_since as stands_at, c.id as contact_id, c.desk, c.name, case when e.watched then e.owner_words end as words
  from responsibility_safetyevent e join access_contact c on c.id = e.owner_contact_id
  where e.owner_agency_id = %s and e.closed_at is null
  union all
  select 'offer', t.id, t.person_id, e.happening, case e.happening {CLASSES} end, t.answer_by,
    c.id, c.desk, c.name, a.name
  from responsibility_transfer t join responsibility_safetyevent e on e.id = t.event_id
    join access_contact c on c.id = t.to_contact_id join access_agency a on a.id = t.from_agency_id
  where t.to_agency_id = %s and t.state = 'offered'
  union all {REQUESTS}
  union all {DOUBTS_WAITING}) w
where what = any(%s) and {{whose}} and {{behind}}
order by danger {{way}}, stands_at {{way}}, id {{way}} limit %s
"""  # nosec B608: constants only


CHILDREN, REQUESTED, DOUBTS = ("event", "offer"), ("request",), ("doubt",)


def waiting_in_line(
    line: Line, *, most: int, after: Position | None = None, backwards: bool = False,
    kinds: Sequence[str] = CHILDREN,
) -> list[QueuedEvent | QueuedOffer | QueuedRequest | QueuedDoubt]:
    """List what the line protects, is offered, is asked to share and doubts, behind a place in the order or before it.

    `backwards` gives the last first. An agency protects few children at one time, and few requests lie unanswered: all
    of them are looked at. Doubts belong to no desk: only the line of a whole agency has them.
    """
    whose, told = _whose(line)
    places = [] if after is None else [after.danger.value, after.at, after.id]
    behind = f"(danger, stands_at, id) {'<' if backwards else '>'} (%s, %s, %s::uuid)" if places else "true"
    doubts = told_to_function(most=most, after=after, backwards=backwards)
    with connection.cursor() as cursor:
        cursor.execute(WAITING.format(whose=whose, behind=behind, way="desc" if backwards else "asc"),
                       [*[line.agency] * 3, *doubts, list(kinds), *told, *places, most])
        return [_read(row) for row in cursor.fetchall()]


def _whose(line: Line) -> tuple[str, list[Any]]:
    if line.whose is Whose.MINE:
        return "contact_id = any(%s)", [[desk for hand in line.hands for desk in hand.desks]]
    return ("desk = %s", [line.desk]) if line.whose is Whose.DESK else ("true", [])


def _read(row: tuple[Any, ...]) -> QueuedEvent | QueuedOffer | QueuedRequest | QueuedDoubt:
    what, id_, person, happening, danger, at, _, _, contact, words = row
    position = Position(Danger(danger), at, str(id_))
    if what == "doubt":
        return QueuedDoubt(position, id_)
    if what == "request":
        return QueuedRequest(position, id_, person, words, contact, at)
    if what == "event":
        return QueuedEvent(position, id_, person, Happening[happening], contact, at, words)
    return QueuedOffer(position, id_, person, Happening[happening], contact, words, at)
