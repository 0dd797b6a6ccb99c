"""Ask for the custody desk: every child whom a force holds, with what it owes next about each; in a few questions.

Each question is one for all children: with 200 in the building there are as many as with one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from string import capwords
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.custody.models import Leg, Release
from sightline.apps.custody.plans import plan_of
from sightline.domain.custody.plan import ReleasePlan

MOST = 400
"""So many children are looked for at the most: no force holds as many at one time."""

SHOWN = 3
OF_A_PLAN = (
    "planned_by_id", "assessed_in_person", "assessment", "receiver", "receiver_name", "relation", "at_least_18",
    "checked", "known_to_child", "accepted_at", "accepted_how", "collected", "out_of_area", "home_told", "home_told_at",
    "override_by_id", "override_reason")
OF_A_JOURNEY = ("id", "expected_at", "alarmed_at", "departed_at")


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
    """Hold how a release stands: its plan, and of who is on the way, expected when, with or without a word."""

    plan: ReleasePlan
    expected_at: datetime | None
    alarmed_at: datetime | None
    departed_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldChild:
    """Hold one child of the desk, not yet by name; `since` is the arrest, or the release of who is on the way.

    `owner` protects the child now: the force itself (`ours`), or a council that has accepted. `on_the_way` says that
    the child has left and nobody has said that the child arrived; `steps` counts what was done of the release.
    """

    event: UUID
    person: UUID
    since: datetime
    suite: str
    owner: str
    ours: bool
    offered_to: str | None
    answer_by: datetime | None
    release: UUID | None
    on_the_way: bool
    steps: int
    owed: OwedAbout


@dataclass(frozen=True, slots=True)
class Named:
    """Hold who a child is, as the force that holds the child is told; what nobody told is None."""

    name: str | None
    born_on: date | None


NOTHING_OWED = OwedAbout((), 0, 0)
OPEN = ("d.owed_by_id = %s and not d.watched and d.state in ('open', 'late') and d.person_id = any(%s::uuid[])"
        " and (d.put_off_until is null or d.put_off_until <= %s)")
OWED = f"""
select person_id::text, id, code, danger, act_by::text, due_at is not null, all_of, late_of from (
  select d.*, row_number() over (partition by d.person_id
      order by d.state <> 'late', d.danger, d.stands_at, d.id) as place,
    count(*) over (partition by d.person_id) as all_of,
    count(*) filter (where d.state = 'late' or d.act_by <= %s) over (partition by d.person_id) as late_of
  from duties_owedduty d where {OPEN}) o
where place <= {SHOWN} order by person_id, place
"""  # nosec B608: constants only


def children_held(agency: int, *, at: datetime) -> list[HeldChild]:
    """List every child whom the viewer's force holds or has on the way, the longest held first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_custody_held(%s)", [MOST])
        rows = cursor.fetchall()
    owed = _owed(agency, [row[1] for row in rows], at=at)
    return [HeldChild(*(*row, owed.get(row[1], NOTHING_OWED))) for row in rows]


def desk_mark(found: Iterable[HeldChild]) -> str:
    """Give a mark that is another one as soon as anything on the desk is: a child, a duty, a step of a release."""
    told = [(one.event, one.ours, one.offered_to, one.release, one.on_the_way, one.steps, one.owed.all,
             [duty.id for duty in one.owed.first]) for one in found]
    return sha256(repr(told).encode()).hexdigest()


def named(events: Iterable[UUID]) -> Mapping[UUID, Named]:
    """Say who the children of some events are, as far as the viewer's force holds them."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_custody_names(%s::uuid[])", [list(events)])
        return {event: Named(_spelt(name), born_on) for event, name, born_on in cursor.fetchall()}


def journeys(releases: Iterable[UUID]) -> Mapping[UUID, Journey]:
    """Give how some releases stand; rows without models, for there may be hundreds."""
    wanted = list(releases)
    legs: dict[UUID, list[Any]] = {}
    for leg in Leg.objects.filter(release_id__in=wanted, taken_out_at=None).order_by("departs_at", "pk").values_list(
            "release_id", "way", "escort", "origin", "destination", "departs_at", "arrives_at", named=True):
        legs.setdefault(leg.release_id, []).append(leg)
    rows: Iterable[Any] = Release.objects.filter(pk__in=wanted).values_list(*OF_A_PLAN, *OF_A_JOURNEY, named=True)
    return {row.id: Journey(plan_of(row, legs.get(row.id, ())), row.expected_at, row.alarmed_at, row.departed_at)
            for row in rows}


def _owed(agency: int, people: Sequence[UUID], *, at: datetime) -> Mapping[UUID, OwedAbout]:
    with connection.cursor() as cursor:
        cursor.execute(OWED, [at, agency, list(people), at])
        rows = cursor.fetchall()
    return {UUID(person): _owed_about(tuple(told)) for person, told in groupby(rows, key=itemgetter(0))}


def _owed_about(told: Sequence[Any]) -> OwedAbout:
    """Give what is owed about one child from the rows of the first few; instants come as text, which reads faster."""
    first = tuple(Owed(id_, code, danger, datetime.fromisoformat(act_by) if act_by else None, in_law)
                  for _, id_, code, danger, act_by, in_law, _, _ in told)
    return OwedAbout(first, *told[0][-2:])


def _spelt(name: str | None) -> str | None:
    """Write a name that was told in capitals only as names are."""
    return capwords(name) if name and name.isupper() else name
