"""Ask which signs are shown on a child, why, and how soon somebody must look."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array
from sightline.apps.access.protection import MY_AGENCY
from sightline.apps.people.parts import ANSWERS
from sightline.apps.signs.models import Found, PersonReading
from sightline.apps.signs.outcomes import OUTCOMES, WRONG
from sightline.domain.signs.comparing import Shown
from sightline.domain.signs.precision import Measured
from sightline.domain.vocabulary.moment import Moment, read_moment


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Hold how a sign was closed."""

    words: str
    reason: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OffFacts:
    """Hold where and until when a sign is switched off, by whom and why."""

    area: str
    until: datetime
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
    shown_until: datetime | None = None
    against: tuple[tuple[str, str], ...] = ()
    kept: ClosingFacts | None = None
    measured: tuple[Measured, ...] = ()
    off: OffFacts | None = None


@dataclass(frozen=True, slots=True)
class AttentionFacts:
    """Hold how soon somebody must look at a child, and since when that is known."""

    attention: str
    because: str
    families: int
    read_at: datetime


READING = f"""
select r.attention, r.because, r.families, r.read_at, f.id, f.code, f.family, f.critical, f.title, f.because, f.reasons,
  f.first_at, f.last_at, f.edition, f.source, f.verified, f.found_at, f.changed_at,
  c.because, c.outcome, c.reason, o.name, c.at, f.shown_until, f.against, f.against_words, k.reason, p.name, k.at,
  (select json_agg(json_build_array(a.name, m.confirmed, m.other, m.wrong_person, m.wrong_data, m.stale, m.at)
      order by a.name nulls first)
    from signs_measurement m left join access_agency a on a.id = m.area_id
    where m.code = f.code and (m.area_id is null or m.area_id = {MY_AGENCY})),
  (select case when s.off then json_build_array(a.name, s.until, s.reason, w.name, s.at) end
    from signs_switch s join access_agency a on a.id = s.area_id join access_officer w on w.id = s.officer_id
    where s.code = f.code and s.area_id = (
      select i.agency_id from people_involvement i where i.person_id = r.person_id and i.until is null
        and i.part = any(%(answers)s) order by array_position(%(answers)s, i.part::text), i.since, i.agency_id limit 1)
    order by s.number desc limit 1)
from signs_personreading r
left join signs_found f on f.person_id = r.person_id and f.gone_at is null
left join lateral (select * from signs_closing c where c.sign_id = f.id order by c.at desc limit 1) c on true
left join access_officer o on o.id = c.officer_id
left join lateral (select * from signs_keeping k where k.sign_id = f.id order by k.at desc limit 1) k on true
left join access_officer p on p.id = k.officer_id
where r.person_id = %(person)s
"""  # nosec B608: constants only


def reading_of(person: UUID) -> tuple[AttentionFacts | None, list[SignFacts]]:
    """Give how soon somebody must look at a child, and the signs shown: critical first, the closed ones last.

    None where the child was never read or is not to be seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(READING, {"person": person, "answers": list(ANSWERS)})
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
    whole = len(row) > 19
    return SignFacts(
        id=row[0], person=person, code=row[1], family=row[2], critical=row[3], title=row[4],
        because=tuple(str(id_) for id_ in row[5]), reasons=tuple(row[6]), first_at=read_moment(row[7]),
        last_at=read_moment(row[8]), edition=row[9], source=row[10], verified=row[11], found_at=row[12],
        changed_at=row[13],
        closed=ClosingFacts(dict(OUTCOMES)[row[15]], row[16], row[17], row[18]) if closed else None,
        shown_until=row[19] if whole else None,
        against=tuple(zip(map(str, row[20]), row[21], strict=True)) if whole else (),
        kept=ClosingFacts("Kept", row[22], row[23], row[24]) if whole and row[24] else None,
        measured=tuple(_measured(row[1], told) for told in _read(row[25]) or ()) if whole else (),
        off=_off(_read(row[26])) if whole else None)


def _read(told: Any) -> Any:
    """Read JSON, which comes as text where no model reads it."""
    return json.loads(told) if isinstance(told, str) else told


def _measured(code: str, told: list[Any]) -> Measured:
    area, confirmed, other, person, data, stale, at = told
    return Measured(code, area, confirmed, other, person, data, stale, datetime.fromisoformat(at))


def _off(told: list[Any] | None) -> OffFacts | None:
    if told is None:
        return None
    area, until, reason, officer, at = told
    return OffFacts(area, datetime.fromisoformat(until), reason, officer, datetime.fromisoformat(at))
