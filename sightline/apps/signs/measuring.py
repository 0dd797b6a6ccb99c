"""Measure how often each sign was right, and switch one off, or on again, for the own area, with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import Acting
from sightline.apps.people.parts import ANSWERS
from sightline.domain.access.roles import require_may
from sightline.domain.access.verbs import Verb
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.kept import may_be_switched_off
from sightline.domain.signs.precision import Measured

OFF_AT_MOST = timedelta(days=181)
"""A switch ends by itself with the 180th day at the latest, as flags do. Our own choice."""

# A sign counts once, by what was said of it last.
MEASURE = """
with said as (
  select distinct on (c.sign_id) f.code, c.agency_id as area_id, c.outcome
  from signs_closing c join signs_found f on f.id = c.sign_id order by c.sign_id, c.at desc, c.id desc),
measured as (
  select code, area_id, grouping(area_id) = 1 as everywhere,
    count(*) filter (where outcome = 'confirmed') as confirmed,
    count(*) filter (where outcome = 'other-explanation') as other,
    count(*) filter (where outcome = 'wrong-person') as wrong_person,
    count(*) filter (where outcome = 'wrong-data') as wrong_data,
    count(*) filter (where outcome = 'stale') as stale
  from said group by grouping sets ((code), (code, area_id)))
insert into signs_measurement (code, area_id, confirmed, other, wrong_person, wrong_data, stale, at)
select code, area_id, confirmed, other, wrong_person, wrong_data, stale, %s from measured
where everywhere or area_id is not null
on conflict (code, area_id) do update set confirmed = excluded.confirmed, other = excluded.other,
  wrong_person = excluded.wrong_person, wrong_data = excluded.wrong_data, stale = excluded.stale, at = excluded.at
"""
MEASURED = """
select m.code, a.name, m.confirmed, m.other, m.wrong_person, m.wrong_data, m.stale, m.at, m.area_id
from signs_measurement m left join access_agency a on a.id = m.area_id
where (%(all)s or m.code = any(%(codes)s)) and (%(everywhere)s or m.area_id is null or m.area_id = %(area)s)
order by m.code, a.name nulls first
"""
SWITCHES = """
select s.code, a.name, s.area_id, s.number, s.off, s.until, s.reason, o.name, s.at,
  s.number = max(s.number) over (partition by s.area_id, s.code) and s.off and s.until > %(at)s
from signs_switch s join access_agency a on a.id = s.area_id join access_officer o on o.id = s.officer_id
where (%(all)s or s.area_id = %(area)s) order by s.at desc, s.number desc limit %(most)s
"""


class SwitchRefused(ValueError):
    """Say why a sign cannot be switched; the message says what to do next."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NotBelowItsFloor(SwitchRefused):
    """Only a sign that was wrong far too often can be switched off: close it on children with what you found."""


class NeverSwitchedOff(SwitchRefused):
    """This sign is never switched off: it is critical, or tells what an agency has not done."""


class SwitchNeedsReason(SwitchRefused):
    """Say in a sentence why, and until when, at the most 180 days from now. The inspectorate reads it."""


class AlreadySwitched(SwitchRefused):
    """Somebody has switched this sign meanwhile, or your role does not let you. Open the page again."""


@dataclass(frozen=True, slots=True)
class SwitchFacts:
    """Hold one switch of a sign in an area; `holds` says whether the sign is off by it now."""

    code: str
    area: str
    area_id: int
    number: int
    off: bool
    until: datetime | None
    reason: str
    officer: str
    at: datetime
    holds: bool


def measure(*, at: datetime) -> None:
    """Count anew how the signs of each rule were closed, everywhere and by area; the caller opens the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(MEASURE, [at])


def measured(
    *, area: int | None = None, codes: Sequence[str] | None = None, everywhere: bool = False
) -> list[Measured]:
    """Give the measurements of rules: over all areas, and of the one area, or of every one."""
    asked: Mapping[str, Any] = {"area": area, "codes": list(codes or ()), "all": codes is None,
                                "everywhere": everywhere}
    with connection.cursor() as cursor:
        cursor.execute(MEASURED, asked)
        return [Measured(*row[:8]) for row in cursor.fetchall()]


def switches(*, area: int | None, at: datetime, most: int) -> list[SwitchFacts]:
    """List the switches of an area, or, without one, of all, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(SWITCHES, {"area": area, "all": area is None, "at": at, "most": most})
        return [SwitchFacts(*row) for row in cursor.fetchall()]


def shown_in(*, area: int, code: str) -> list[UUID]:
    """List the children on whom a sign is shown and for whom a council answers: a switch asks for them to be read."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct f.person_id from signs_found f join people_involvement i"
                       " on i.person_id = f.person_id and i.agency_id = %s and i.until is null and i.part = any(%s)"
                       " where f.code = %s and f.gone_at is null", [area, list(ANSWERS), code])
        return [row[0] for row in cursor.fetchall()]


def switch_off(*, acting: Acting, code: str, until: datetime, reason: str, passed: int, at: datetime) -> None:
    """Switch a sign that is below its floor off for the own area; `passed` is the number of the switch last seen.

    It is still found and kept, and asks nobody. Raises RoleNotAllowed, SwitchRefused.
    """
    require_may(acting.role, Verb.SWITCH_SIGN)
    if code not in BY_CODE or not may_be_switched_off(BY_CODE[code]):
        raise NeverSwitchedOff
    if not any(one.below_floor for one in measured(area=acting.agency, codes=[code])):
        raise NotBelowItsFloor
    if not reason.strip() or not at < until <= at + OFF_AT_MOST:
        raise SwitchNeedsReason
    _switch(code, passed, until=until, reason=reason, at=at)


def switch_on(*, acting: Acting, code: str, reason: str, passed: int, at: datetime) -> None:
    """Switch a sign on again before its time; raises RoleNotAllowed, SwitchRefused."""
    require_may(acting.role, Verb.SWITCH_SIGN)
    if not reason.strip():
        raise SwitchNeedsReason
    _switch(code, passed, until=None, reason=reason, at=at)


def _switch(code: str, passed: int, *, until: datetime | None, reason: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select sightline_switch_sign(%s, %s, %s, %s, %s, %s)",
                       [code, passed, until is not None, until, reason.strip(), at])
        if not cursor.fetchone()[0]:
            raise AlreadySwitched
