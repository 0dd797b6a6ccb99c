"""Ask which signs are shown on a child, why, and how soon somebody must look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array
from sightline.apps.signs.models import Found, PersonReading
from sightline.apps.signs.outcomes import OUTCOMES, WRONG
from sightline.domain.signs.comparing import Shown
from sightline.domain.signs.population import Life
from sightline.domain.vocabulary.moment import Moment, read_moment
from sightline.domain.vocabulary.timeline import Timeline


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Hold how a sign was closed."""

    words: str
    reason: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignFacts:
    """Hold one sign as people read it; `closed` is set where a person closed it and nothing new came since."""

    id: UUID
    person: UUID
    code: str
    family: str
    critical: bool
    title: str
    because: tuple[str, ...]
    reasons: tuple[str, ...]
    first_at: Moment
    last_at: Moment
    edition: str
    source: str
    verified: bool
    found_at: datetime
    changed_at: datetime
    closed: ClosingFacts | None


@dataclass(frozen=True, slots=True)
class AttentionFacts:
    """Hold how soon somebody must look at a child, and since when that is known."""

    attention: str
    because: str
    families: int
    read_at: datetime


READING = """
select r.attention, r.because, r.families, r.read_at, f.id, f.code, f.family, f.critical, f.title, f.because, f.reasons,
  f.first_at, f.last_at, f.edition, f.source, f.verified, f.found_at, f.changed_at,
  c.because, c.outcome, c.reason, o.name, c.at
from signs_personreading r
left join signs_found f on f.person_id = r.person_id and f.gone_at is null
left join lateral (select * from signs_closing c where c.sign_id = f.id order by c.at desc limit 1) c on true
left join access_officer o on o.id = c.officer_id
where r.person_id = %s
"""


def reading_of(person: UUID) -> tuple[AttentionFacts | None, list[SignFacts]]:
    """Give how soon somebody must look at a child, and the signs shown: critical first, the closed ones last.

    None where the child was never read or is not to be seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(READING, [person])
        rows = cursor.fetchall()
    if not rows:
        return None, []
    signs = [_sign(person, row[4:]) for row in rows if row[4] is not None]
    return AttentionFacts(*rows[0][:4]), sorted(signs, key=lambda s: (s.closed is not None, not s.critical, s.code))


def signs_of(person: UUID) -> list[SignFacts]:
    """List the signs shown on a child."""
    return reading_of(person)[1]


IN_SIGHT = """
select f.id, f.code, f.family, f.critical, f.title, f.because, f.reasons, f.first_at, f.last_at, f.edition, f.source,
  f.verified, f.found_at, f.changed_at, null
from sightline_signs_in_sight(%s) f order by f.critical desc, f.code
"""


def signs_in_sight(person: UUID) -> list[SignFacts]:
    """List the open signs for who sees the whole record, for others those that rest on entries they see alone."""
    with connection.cursor() as cursor:
        cursor.execute(IN_SIGHT, [person])
        return [_sign(person, row) for row in cursor.fetchall()]


def attention_of(person: UUID) -> AttentionFacts | None:
    """Give how soon somebody must look at a child, or None where it was never read or is not to be seen."""
    return reading_of(person)[0]


def sign(sign_id: UUID) -> SignFacts | None:
    """Give one sign that is shown, or None where it is not to be seen."""
    person = Found.objects.filter(pk=sign_id, gone_at=None).values_list("person_id", flat=True).first()
    return next((s for s in signs_of(person) if s.id == sign_id), None) if person else None


def closed_signs(people: Sequence[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    """Give for each person the entries on which each sign was closed: they do not raise it again."""
    return _closed_as(people, [outcome for outcome, _ in OUTCOMES])


def lives_of(timelines: Mapping[UUID, Timeline]) -> dict[UUID, Life]:
    """Give for each person all that a reading rests on; whoever reads from the database reads these."""
    closed = closed_signs(list(timelines))
    return {person: Life(timeline, closed.get(person, {})) for person, timeline in timelines.items()}


def wrong_signs(people: Sequence[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    """Give for each person the entries on which each sign was closed as of the wrong person or of wrong data."""
    return _closed_as(people, WRONG)


def _closed_as(people: Sequence[UUID], outcomes: Sequence[str]) -> dict[UUID, dict[str, frozenset[str]]]:
    closed: dict[UUID, dict[str, frozenset[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select f.person_id, f.code, c.because from signs_closing c"
                       " join signs_found f on f.id = c.sign_id where f.person_id = any(%s) and c.outcome = any(%s)",
                       [list(people), list(outcomes)])
        for person, code, because in cursor.fetchall():
            codes = closed.setdefault(person, {})
            codes[code] = codes.get(code, frozenset()) | {str(id_) for id_ in because}
    return closed


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold what is kept of a child's last reading, as it is compared with another."""

    shown: frozenset[Shown]
    attention: tuple[str, int]
    read_at: datetime
    look_again_at: datetime | None


KEPT = """
select r.person_id, r.attention, r.families, r.read_at, r.look_again_at, f.code, f.edition, f.because::text[], f.last_at
from signs_personreading r left join signs_found f on f.person_id = r.person_id and f.gone_at is null
where r.person_id = any(%s::uuid[])
"""


def kept_readings(people: Sequence[UUID]) -> dict[UUID, Kept]:
    """Give what is kept of each person's last reading; nothing of who was never read."""
    shown: dict[UUID, list[Shown]] = {}
    read: dict[UUID, tuple[Any, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [array(people)])
        for row in cursor.fetchall():
            read[row[0]] = row
            shown.setdefault(row[0], [])
            if row[5] is not None:
                shown[row[0]].append(Shown(row[5], row[6], tuple(row[7]), row[8]))
    return {person: Kept(frozenset(shown[person]), (row[1], row[2]), row[3], row[4]) for person, row in read.items()}


def to_look_again(*, at: datetime, most: int) -> list[UUID]:
    """List persons whose signs may show something else by now, the longest overdue first."""
    rows = PersonReading.objects.filter(look_again_at__lte=at).order_by("look_again_at").values_list("pk", flat=True)
    return list(rows[:most])


def _sign(person: UUID, row: tuple[Any, ...]) -> SignFacts:
    closed = row[14] is not None and set(row[5]) <= set(row[14])
    return SignFacts(
        id=row[0], person=person, code=row[1], family=row[2], critical=row[3], title=row[4],
        because=tuple(str(id_) for id_ in row[5]), reasons=tuple(row[6]), first_at=read_moment(row[7]),
        last_at=read_moment(row[8]), edition=row[9], source=row[10], verified=row[11], found_at=row[12],
        changed_at=row[13],
        closed=ClosingFacts(dict(OUTCOMES)[row[15]], row[16], row[17], row[18]) if closed else None)
