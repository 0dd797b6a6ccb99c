"""Ask for the custody desk: every child whom a force holds, with what it owes next about each; in a few questions.

Each question is one for all children: with 200 in the building there are as many as with one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import capwords
from uuid import UUID

from django.db import connection

from sightline.apps.custody.models import Release
from sightline.apps.custody.plans import legs_in_plan, plan_of
from sightline.domain.custody.journey import ReleaseState
from sightline.domain.custody.plan import ReleasePlan

MOST = 400
"""So many children are looked for at the most: no force holds as many at one time."""

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """Hold one duty of the force about a child: `act_by` is its limit or target, None where it has none."""

    id: UUID
    code: str
    danger: int
    act_by: datetime | None
    in_law: bool


@dataclass(frozen=True, slots=True)
class OwedAbout:
    """Hold what a force owes about one child: the first few in the order of the queue, how many, how many late."""

    first: tuple[Owed, ...]
    all: int
    late: int


@dataclass(frozen=True, slots=True)
class Journey:
    """Hold how a release stands: planned, or on the way to whom, expected when, with or without a word."""

    state: ReleaseState
    plan: ReleasePlan
    expected_at: datetime | None
    alarmed_at: datetime | None
    departed_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldChild:
    """Hold one child of the desk; `since` is the arrest, or the release of who is on the way.

    `owner` protects the child now: the force itself (`ours`), or a council that has accepted.
    """

    event: UUID
    person: UUID
    since: datetime
    suite: str
    name: str | None
    born_on: date | None
    owner: str
    ours: bool
    offered_to: str | None
    answer_by: datetime | None
    journey: Journey | None
    owed: OwedAbout

    @property
    def on_the_way(self) -> bool:
        """Tell whether the child has left, and nobody has said that the child arrived."""
        return self.journey is not None and self.journey.state is ReleaseState.RELEASED


NOTHING_OWED = OwedAbout((), 0, 0)
OPEN = ("d.owed_by_id = %s and not d.watched and d.state in ('open', 'late') and d.person_id = any(%s::uuid[])"
        " and (d.put_off_until is null or d.put_off_until <= %s)")
IN_ORDER = "order by d.state <> 'late', d.danger, d.stands_at, d.id"
OWED = f"""
select d.person_id, (array_agg(d.id {IN_ORDER}))[1:{SHOWN}], (array_agg(d.code {IN_ORDER}))[1:{SHOWN}],
  (array_agg(d.danger {IN_ORDER}))[1:{SHOWN}], (array_agg(d.act_by {IN_ORDER}))[1:{SHOWN}],
  (array_agg(d.due_at is not null {IN_ORDER}))[1:{SHOWN}],
  count(*), count(*) filter (where d.state = 'late' or d.act_by <= %s)
from duties_owedduty d where {OPEN} group by d.person_id
"""  # nosec B608: constants only
CHANGED = f"""
with held as (select * from sightline_custody_desk(%s))
select md5(concat_ws('/',
  (select string_agg(concat_ws(':', h.event_id, h.ours, h.offered_to, h.release_id), ',' order by h.event_id)
    from held h),
  (select string_agg(concat_ws(':', r.id, r.state, r.alarmed_at, (select count(*) from custody_journeystep s
    where s.release_id = r.id)), ',' order by r.id) from custody_release r join held h on h.release_id = r.id),
  (select string_agg(concat_ws(':', d.id, d.state), ',' order by d.id) from duties_owedduty d where {OPEN.replace(
    "any(%s::uuid[])", "any(array(select h.person_id from held h))")})))
"""  # nosec B608: constants only


def children_held(agency: int, *, at: datetime) -> list[HeldChild]:
    """List every child whom the viewer's force holds or has on the way, the longest held first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_custody_desk(%s)", [MOST])
        rows = cursor.fetchall()
    owed = _owed(agency, [row[1] for row in rows], at=at)
    journeys = _journeys([row[10] for row in rows if row[10]])
    return [HeldChild(event, person, since, suite, _spelt(name), born_on, owner, ours, offered_to, answer_by,
                      journeys.get(release), owed.get(person, NOTHING_OWED))
            for event, person, since, suite, name, born_on, owner, ours, offered_to, answer_by, release in rows]


def desk_mark(agency: int, *, at: datetime) -> str:
    """Give a mark that is another one as soon as anything on the desk is: a child, a duty, a step of a journey."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [MOST, agency, at])
        return str(cursor.fetchone()[0])


def _owed(agency: int, people: Sequence[UUID], *, at: datetime) -> Mapping[UUID, OwedAbout]:
    with connection.cursor() as cursor:
        cursor.execute(OWED, [at, agency, list(people), at])
        return {person: OwedAbout(tuple(Owed(*one) for one in zip(*first, strict=True)), count, late)
                for person, *first, count, late in cursor.fetchall()}


def _journeys(releases: Iterable[UUID]) -> Mapping[UUID, Journey]:
    rows = Release.objects.filter(pk__in=list(releases)).prefetch_related("legs")
    return {row.pk: Journey(ReleaseState(row.state), plan_of(row, legs_in_plan(row)), row.expected_at,
                            row.alarmed_at, row.departed_at) for row in rows}


def _spelt(name: str | None) -> str | None:
    """Write a name that was told in capitals only as names are."""
    return capwords(name) if name and name.isupper() else name
