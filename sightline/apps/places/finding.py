"""Look at the schools of which something changed, and keep the hypotheses that follow; news goes up only as rows.

What is looked at is taken and written in one transaction: a worker that is killed has looked at nothing, and the next
one does. Each school is looked at by one worker at a time.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.places.models import FirstSign as FirstSignRow
from sightline.apps.places.models import Grounds, Hypothesis
from sightline.domain.places.against import speaks_against
from sightline.domain.places.firsts import FirstSign
from sightline.domain.places.groups import Group, Pupil, groups
from sightline.domain.places.judging import Judged
from sightline.domain.vocabulary.identifier import check
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.sign import Family
from sightline.reference.geography import authorities

LOOKED_BACK_DAYS = 365
"""An arrival of longer ago is history: nobody is asked about it (our own choice)."""
SCHOOL_LOCK = 7_206
ABOUT = "First signs of several pupils after an arrival at {school}. Look, and confirm or dismiss it."
AGAIN = "New facts about {school}, of which somebody has confirmed or dismissed a hypothesis. Look again."

TAKE = """
with asked as (select distinct school from (
  select school from places_stay where to_look order by id limit %s) as oldest),
taken as (select id from places_stay where to_look and school in (select school from asked) for update skip locked)
update places_stay s set to_look = false from taken where s.id = taken.id returning s.school
"""
FORGET = "delete from places_stay where school = any(%s) and until_on = from_on and not to_look"
ONE_LOOKS = """
select pg_advisory_xact_lock(%s, h) from (
  select distinct hashtext(school) as h from unnest(%s::text[]) as t(school) order by 1) as ordered
"""
# Only schools with a known arrival, and of their pupils only who arrived or showed a first sign.
PUPILS = """
select s.school, told.since, s.person_id, s.from_on, s.until_on, s.arrived, s.first_on, s.code, s.family, s.title,
  s.reason, s.known_at
from unnest(%(schools)s::text[]) as asked(school)
cross join lateral (select min(t.from_on) as since from places_stay t where t.school = asked.school) as told
join places_stay s on s.school = asked.school and (s.arrived or s.first_on is not null)
where exists (select 1 from places_stay a
  where a.school = asked.school and a.arrived and a.from_on >= %(since)s)
order by s.school, s.from_on, s.person_id
"""
HELD = """
select h.id, h.school, h.from_on, h.number, h.gone_at is not null, g.digest, coalesce(j.judged, 'open'),
  array(select f.person_id from places_firstsign f where f.grounds_id = g.id)
from places_hypothesis h join places_grounds g on g.hypothesis_id = h.id and g.number = h.number
left join lateral (select judged from places_judgement j where j.hypothesis_id = h.id
  order by j.number desc limit 1) j on true
where h.school = any(%s) and h.from_on >= %s
"""
COVERING = """
select s.code, c.id from access_agency s join access_cover v on v.covered_id = s.id
  join access_agency c on c.id = v.agency_id and c.kind = 'council'
where s.kind = 'school' and s.code = any(%s) order by c.id
"""
RESPONSIBLE = """
select i.agency_id from people_involvement i join access_agency a on a.id = i.agency_id and a.kind = 'council'
where i.person_id = any(%s::uuid[]) and i.until is null and i.sees = 'whole'
group by i.agency_id order by count(*) desc, i.agency_id
"""


@dataclass(frozen=True, slots=True)
class _School:
    """Hold what is known of one school: since when anything is, its pupils, and their first signs."""

    told_since: date
    pupils: list[Pupil]
    firsts: dict[str, FirstSign]


@dataclass(frozen=True, slots=True)
class _Held:
    """Hold a hypothesis as it is kept, with who is in its grounds."""

    id: UUID
    number: int
    gone: bool
    digest: bytes
    judged: Judged
    people: frozenset[str]


def take(*, most: int) -> list[str]:
    """Take schools of which something changed, the longest waiting first; gone only when the transaction is kept."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [most])
        return sorted({row[0] for row in cursor.fetchall()})


def look(schools: list[str], *, book: AgencyBook, at: datetime) -> None:
    """Look at schools, and keep the hypotheses that follow from what is known of their pupils. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_LOOKS, [SCHOOL_LOCK, schools])
        cursor.execute(FORGET, [schools])
    since = day_of(at) - timedelta(days=LOOKED_BACK_DAYS)
    told, held = _pupils(schools, since=since), _held(schools, since=since)
    for school in schools:
        known = told.get(school)
        found = [] if known is None else [one for one in groups(known.pupils) if one.from_on >= since]
        for group in found:
            assert known is not None
            _keep(school, group, known, held.get((school, group.from_on)), book=book, at=at)
        standing = {group.from_on for group in found}
        gone = [one.id for (of, day), one in held.items() if of == school and day not in standing and not one.gone]
        if gone:
            Hypothesis.objects.filter(pk__in=gone).update(gone_at=at)


def _keep(school: str, group: Group, known: _School, held: _Held | None, *, book: AgencyBook, at: datetime) -> None:
    """Begin a hypothesis, or add the grounds that it has now; nothing where nothing changed."""
    firsts = [known.firsts[person] for person in group.people]
    digest = _digest(group, firsts, known.told_since)
    if held is not None and not held.gone and held.digest == digest:
        return
    if held is None:
        agency = book.named(school)
        hypothesis = Hypothesis.objects.create(
            school=school, school_name=agency.name if agency else school, from_on=group.from_on, number=1, found_at=at,
            council_id=_council(school, group.people, book=book))
    else:
        hypothesis = Hypothesis.objects.get(pk=held.id)
        hypothesis.number, hypothesis.gone_at = held.number + 1, None
        hypothesis.save(update_fields=["number", "gone_at"])
    added = len(set(group.people) - (held.people if held else frozenset()))
    grounds = Grounds.objects.create(
        hypothesis=hypothesis, number=hypothesis.number, at=at, until_on=group.until_on, pupils=len(group.people),
        added=added, arrivals=group.arrivals, year_before=group.year_before, told_since=known.told_since,
        families=dict(Counter(first.family.value for first in firsts)), weeks=list(group.weeks), digest=digest,
        against=list(speaks_against(group, firsts, told_since=known.told_since)))
    FirstSignRow.objects.bulk_create([
        FirstSignRow(grounds=grounds, person_id=UUID(person), on=one.on, code=one.code, family=one.family.value,
                     title=one.title, reason=one.reason, known_at=one.known_at)
        for person, one in zip(group.people, firsts, strict=True)])
    if held is None or (added and held.judged is not Judged.OPEN):
        _tell(hypothesis, ABOUT if held is None else AGAIN, people=group.people, book=book, at=at)


def _tell(hypothesis: Hypothesis, about: str, *, people: Sequence[str], book: AgencyBook, at: datetime) -> None:
    """Tell the safeguarding desks of the councils concerned, by a notice that names no child."""
    councils = dict.fromkeys([hypothesis.council_id, *_responsible(people)])
    contacts = [contact for one in councils if one is not None and (contact := book.desk(one)) is not None]
    insert("duties_notice", NOTICE_COLUMNS, [(
        f"hypothesis:{hypothesis.pk}:{hypothesis.number}:{contact.agency_id}", None, None, None, contact.agency_id,
        contact.id, about.format(school=hypothesis.school_name), at, 0, at) for contact in contacts],
        ending="on conflict (key) do nothing")


def _responsible(people: Sequence[str]) -> list[int]:
    """List the councils that are responsible for pupils of a group, those of most pupils first."""
    with connection.cursor() as cursor:
        cursor.execute(RESPONSIBLE, [array(UUID(person) for person in people)])
        return [row[0] for row in cursor.fetchall()]


def _pupils(schools: Sequence[str], *, since: date) -> dict[str, _School]:
    with connection.cursor() as cursor:
        cursor.execute(PUPILS, {"schools": list(schools), "since": since})
        rows = cursor.fetchall()
    found: dict[str, _School] = {}
    for school, told_since, person, from_on, until_on, arrived, first_on, code, family, title, reason, known_at in rows:
        one = found.setdefault(school, _School(told_since, [], {}))
        one.pupils.append(Pupil(str(person), from_on, until_on, arrived, first_on))
        if first_on is not None:
            one.firsts[str(person)] = FirstSign(first_on, code, Family(family), title, reason, known_at)
    return found


def _held(schools: Sequence[str], *, since: date) -> Mapping[tuple[str, date], _Held]:
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(schools), since])
        return {(row[1], row[2]): _Held(row[0], row[3], row[4], bytes(row[5]), Judged(row[6]),
                                        frozenset(map(str, row[7]))) for row in cursor.fetchall()}


def _digest(group: Group, firsts: Iterable[FirstSign], told_since: date) -> bytes:
    """Give the digest of the grounds, by which those that did not change are known."""
    told = [str(group), [(str(one.on), one.code, one.reason) for one in firsts], str(told_since)]
    return blake2b(json.dumps(told).encode(), digest_size=16).digest()


def _council(school: str, people: Sequence[str], *, book: AgencyBook) -> int | None:
    """Give the council that answers for a school: as kept here, by the school's number, or of most of the pupils."""
    with connection.cursor() as cursor:
        cursor.execute(COVERING, [[school]])
        row = cursor.fetchone()
    if row is not None:
        return int(row[1])
    area = _area_of(school)
    council = book.council(area) if area else None
    return council.id if council is not None else next(iter(_responsible(people)), None)


def _area_of(school: str) -> str | None:
    """Give the council whose number a school's LAESTAB begins with, or None."""
    if not check("laestab", school).valid:
        return None
    return next((one.name for one in authorities().values() if one.dfe_code == school[:3]), None)
