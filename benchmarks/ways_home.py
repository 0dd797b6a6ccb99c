"""Bring home the children whom benchmarks.arrests had arrested, badly, and count what the gate and the watch did of it.

Sergeants leave things out, plan trains alone, try to release all the same, and die at random statements; adults set
out, are late, arrive, or are never heard of again. The watch looks each minute as another process and role, and half
of its rounds die as well. The hours are given, not waited for. What is counted at the end is asked of the rows
themselves, by other words than those by which the gate and the watch decide.
"""

import heapq
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import IO, Any
from uuid import UUID

import psycopg

from benchmarks import officers
from benchmarks.installation import Row

HOURS_OF_STARTS, HOURS = 8, 20
LEFT_OUT, ALONE, TRIES_AGAIN, OVERRIDDEN = 0.15, 0.15, 0.8, 0.5
DYING, WATCH_DYING = 0.1, 0.5
ON_TIME, LATE, DELAYED = 0.6, 0.15, 0.1
AFTER_THE_GATE = 4
"""One child in so many is tried to be released by a plain statement to the database, past every page."""
ROLES = ("custody-sergeant", "duty-manager")
ACTS = ("assess", "name", "accept", "legs", "tell home")
PAST = "update custody_release set state = 'released', released_at = %s, mode = 'escorted' where event_id = %s"
CASES = """
select e.id, a.name from responsibility_safetyevent e join access_agency a on a.id = e.owner_agency_id
where e.happening = 'CUSTODY' and e.closed_at is null order by e.ground_at, e.id
"""
COUNTED = """
with silent as (select r.*, r.expected_at + interval '1 hour' as silent_from from custody_release r
  where r.state in ('released', 'arrived') and r.expected_at is not null
    and coalesce(r.arrived_at, 'infinity') > r.expected_at + interval '1 hour')
select
  (select count(*) from custody_release where state in ('released', 'arrived')),
  (select count(*) from custody_release where state in ('released', 'arrived') and not (
    receiver_name ~ '[[:alpha:]]' and accepted_at is not null and accepted_at <= released_at)),
  (select count(*) from record_entry e where e.kind = 'police.release'
    and not exists (select 1 from custody_release r where r.release_entry_id = e.id and r.accepted_at is not null)),
  (select count(*) from custody_release r where r.mode = 'public-transport-alone' and r.state <> 'planned'
    and r.override_by_id is null),
  (select count(*) from custody_release where mode = 'public-transport-alone' and state <> 'planned'),
  (select count(*) from silent), (select count(*) from silent where alarmed_at is null and arrived_at is null),
  (select count(*) from silent s where not exists (select 1 from custody_missingdraft d where d.release_id = s.id)
    and not (alarmed_at is null and arrived_at is not null)),
  (select count(*) from silent s where not exists (select 1 from duties_notice n
    where n.key like 'release:' || s.event_id || ':' || s.id || ':overdue:%%')
    and not (alarmed_at is null and arrived_at is not null)),
  (select max(extract(epoch from alarmed_at - silent_from)) / 60 from silent),
  (select count(*) from silent where alarmed_at is null and arrived_at is not null),
  (select max(extract(epoch from arrived_at - silent_from)) / 60 from silent where alarmed_at is null),
  (select count(*) from custody_release r where r.alarmed_at is not null
    and not exists (select 1 from silent s where s.id = r.id))
"""


class Desk:
    """Give the work at which each of a force's people is; a piece of work ends after its hours, and another begins."""

    LASTS = timedelta(hours=6)

    def __init__(self, force: str) -> None:
        from sightline.apps.access.models import Membership

        members = Membership.objects.filter(officer__email__endswith=officers.ENDING, agency__name=force)
        self.members = {member.role: (member.officer_id, member.pk) for member in members}
        self.begun: dict[str, tuple[UUID, datetime]] = {}

    def work(self, role: str, *, at: datetime) -> tuple[UUID, UUID]:
        """Give the officer of a role with the piece of work; the caller has no transaction open."""
        from django.db import connection, transaction

        from sightline.apps.access.actions import start_work

        officer, member = self.members[role]
        work, since = self.begun.get(role, (None, None))
        if work is None or since is None or at - since > self.LASTS:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select set_config('sightline.officer', %s, true)", [str(officer)])
                work = start_work(officer=officer, membership=member, purpose="custody", because="a night", at=at)
            self.begun[role] = (work, at)
        return officer, work


@dataclass(slots=True)
class Case:
    """Hold one child in custody: whose, what the sergeant still leaves out, and what this child meets."""

    event: UUID
    desk: Desk
    rng: random.Random
    left_out: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    alone: bool = False


class Died(Exception):
    """Somebody's process died at a statement."""


def keep_desks(forces: dict[str, int]) -> None:
    """Keep a sergeant and an inspector of each force; the caller opens the transaction."""
    for name, agency in forces.items():
        for role in ROLES:
            officers.keep(email=f"{role}.{agency}", name=f"{role} of {name}", agency=agency, role=role)


def run(dsn: str) -> list[Row]:
    """Let the hours pass over all who are held, and count."""
    counts: Counter[str] = Counter()
    with psycopg.connect(dsn) as session:
        session.execute("select set_config('sightline.task', 'benchmark', false)")
        cases = session.execute(CASES).fetchall()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.ways_home", "watch"], text=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, env=_as_worker()) as watch:
        _let_pass(cases, watch, counts)
        assert watch.stdin is not None
        watch.stdin.close()
    with psycopg.connect(dsn) as session:
        session.execute("select set_config('sightline.task', 'benchmark', false)")
        found = session.execute(COUNTED).fetchone()
    assert found is not None
    return _rows(len(cases), counts, found)


def watch(lines: IO[str]) -> None:
    """Raise at each instant that is told what is due; half of the rounds die, and the next minute comes."""
    import django

    django.setup()
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.queries import agency_book
    from sightline.apps.custody.alarms import raise_alarms, raise_departure_alarms

    rng = random.Random(11)  # nosec B311: invented people
    for line in lines:
        at, died = datetime.fromisoformat(line.strip()), 0
        for raising in (raise_departure_alarms, raise_alarms):
            dies_at = rng.randrange(1, 12) if rng.random() < WATCH_DYING else None
            try:
                with at_task("steps"), _dying(dies_at):
                    raising(book=agency_book(), at=at, most=50)
            except Died:
                died += 1
        print(died, flush=True)


def _let_pass(cases: list[tuple[Any, ...]], watch: "subprocess.Popen[str]", counts: Counter[str]) -> None:
    """Play every child's hours in the order in which things happen, a look of the watch between the minutes."""
    now = datetime.now(UTC) + timedelta(minutes=1)
    assert watch.stdin is not None
    assert watch.stdout is not None
    desks = {force: Desk(force) for force in {force for _, force in cases}}
    waiting: list[tuple[datetime, int, str, Case]] = []
    for number, (event, force) in enumerate(cases):
        rng = random.Random(number)  # nosec B311: invented people
        case = Case(event, desks[force], rng, {act for act in ACTS if rng.random() < LEFT_OUT},
                    alone=rng.random() < ALONE)
        waiting.append((now + timedelta(minutes=rng.uniform(0, 60 * HOURS_OF_STARTS)), number, "plan", case))
    heapq.heapify(waiting)
    after = len(cases)
    for minute in range(60 * HOURS):
        at = now + timedelta(minutes=minute)
        while waiting and waiting[0][0] <= at:
            when, _, what, case = heapq.heappop(waiting)
            for later, then in DOES[what](case, when, counts):
                after += 1
                heapq.heappush(waiting, (later, after, then, case))
        print(at.isoformat(), file=watch.stdin, flush=True)
        counts["rounds of the watch"] += 2
        counts["rounds that died"] += int(watch.stdout.readline())


def _as_worker() -> dict[str, str]:
    return os.environ | {"SIGHTLINE_ROLE": "worker"}


def _plan(case: Case, at: datetime, counts: Counter[str]) -> list[tuple[datetime, str]]:
    """Do what is not left out, and try to release; who is refused mostly makes good what was left out."""
    for act in ACTS:
        if act not in case.left_out | case.done:
            _surely(case, at, act, counts)
            case.done.add(act)
    if case.rng.randrange(AFTER_THE_GATE) == 0:
        counts["statements past the pages"] += 1
        counts["of them refused"] += not _past_the_pages(case, at)
    counts["tries to release"] += 1
    released = _do(case, at, "release", counts)
    if released == "refused":
        counts["refused"] += 1
        if case.rng.random() > TRIES_AGAIN:
            return []
        if case.alone and not case.left_out:
            case.alone = False
            _surely(case, at, "override" if case.rng.random() < OVERRIDDEN else "escort", counts)
        case.left_out = set()
    if released != "done":
        return [(at + timedelta(minutes=10), "plan")]
    return _journey(case, at)


def _journey(case: Case, at: datetime) -> list[tuple[datetime, str]]:
    """Draw what becomes of the journey of two hours."""
    fate, due = case.rng.random(), at + timedelta(hours=2)
    coming = [(at + timedelta(minutes=20), "depart")] if case.rng.random() < 0.7 else []
    if case.rng.random() < DELAYED:
        coming.append((at + timedelta(minutes=60), "delay"))
    if fate < ON_TIME:
        coming.append((due + timedelta(minutes=case.rng.uniform(-20, 55)), "arrive"))
    elif fate < ON_TIME + LATE:
        coming.append((due + timedelta(minutes=case.rng.uniform(65, 300)), "arrive"))
    return coming


def _then(act: str) -> Callable[[Case, datetime, Counter[str]], list[tuple[datetime, str]]]:
    def doing(case: Case, at: datetime, counts: Counter[str]) -> list[tuple[datetime, str]]:
        done = _do(case, at, act, counts)
        return [(at + timedelta(minutes=1), act)] if done == "died" else []

    return doing


DOES = {"plan": _plan, "depart": _then("depart"), "delay": _then("delay"), "arrive": _then("arrive")}


def _surely(case: Case, at: datetime, act: str, counts: Counter[str]) -> None:
    while _do(case, at, act, counts) == "died":
        pass


def _do(case: Case, at: datetime, act: str, counts: Counter[str]) -> str:
    """Do one thing as who does it, in one transaction; says whether it was done, was refused, or died on the way."""
    from django.db import transaction

    from sightline.apps.access.acting import begin_work
    from sightline.apps.custody.planning import ReleaseRefused
    from sightline.apps.responsibility.queries import event

    dies_at = case.rng.randrange(1, 30) if case.rng.random() < DYING else None
    work = case.desk.work(ROLES[act == "override"], at=at)
    try:
        with transaction.atomic(), _dying(dies_at):
            me = begin_work(*work, at=at)
            found = event(case.event)
            assert me is not None
            assert found is not None
            _acts()[act](acting=me, event=found, at=at, **_told(act, case, at))
    except Died:
        counts["acts that died"] += 1
        return "died"
    except ReleaseRefused:
        return "refused"
    counts[act] += 1
    return "done"


def _acts() -> dict[str, Callable[..., None]]:
    from sightline.apps.custody import planning, travelling

    return {"assess": planning.assess, "name": planning.name_adult, "accept": planning.adult_accepted,
            "legs": planning.add_leg, "tell home": planning.home_told, "override": planning.override,
            "escort": _escort, "release": travelling.release, "depart": travelling.departed,
            "delay": travelling.delayed, "arrive": travelling.arrived}


def _told(act: str, case: Case, at: datetime) -> dict[str, object]:
    """Give what is told with an act."""
    from sightline.apps.custody.planning import ReceivingAdult
    from sightline.domain.custody.plan import By, Leg, Receiver

    earlier = at - timedelta(minutes=1)
    if act == "name":
        checked = Receiver.ADULT if case.event.int % 3 == 0 else Receiver.PARENT
        return {"adult": ReceivingAdult(
            name="Grace Orme", phone="01632 960777", receiver=checked, relation="mother", at_least_18=True,
            checked="Records: nothing held", known_to_child=True, collects=False)}
    if act == "legs":
        return {"leg": Leg(
            by=By.TRAIN if case.alone else By.POLICE, escort="" if case.alone else "PC 1204 Holt", start="the suite",
            end="the home", departs_at=at + timedelta(minutes=15), arrives_at=at + timedelta(hours=2))}
    return {
        "assess": {"words": "Calm, no injuries", "assessed_at": earlier},
        "accept": {"how": "by telephone", "accepted_at": earlier},
        "tell home": {"whom": "Moira Quinn, out-of-hours team", "told_at": earlier},
        "override": {"reason": "Nobody can travel with the child tonight", "decided_at": earlier},
        "escort": {},
        "release": {"place": None, "released_at": at},
        "depart": {"said_by": "PC 1204 Holt", "departed_at": earlier},
        "delay": {"said_by": "PC 1204 Holt", "expected_at": at + timedelta(hours=3), "reason": "The road"},
        "arrive": {"said_by": "Grace Orme", "how": "by telephone", "arrived_at": earlier},
    }[act]


def _escort(*, acting: Any, event: Any, at: datetime) -> None:
    """Let an officer drive the child in the place of the train."""
    from sightline.apps.custody import planning
    from sightline.apps.custody.models import Leg as Kept
    from sightline.domain.custody.plan import By, Leg

    for kept in Kept.objects.filter(release__event_id=event.id, taken_out_at=None).values_list("pk", flat=True):
        planning.take_out_leg(acting=acting, event=event, leg=kept, at=at)
    planning.add_leg(acting=acting, event=event, at=at, leg=Leg(
        by=By.POLICE, escort="PC 1204 Holt", start="the suite", end="the home", departs_at=at + timedelta(minutes=15),
        arrives_at=at + timedelta(hours=2)))


def _past_the_pages(case: Case, at: datetime) -> bool:
    """Try to release by a plain statement, as the sergeant's own session; tells whether it released a child."""
    from django.db import IntegrityError, connection, transaction

    from sightline.apps.access.acting import begin_work
    from sightline.domain.custody.gate import refusals

    work = case.desk.work(ROLES[0], at=at)
    with suppress(IntegrityError), transaction.atomic():
        begin_work(*work, at=at)
        if not refusals(_plan_now(case)):
            return False  # nothing is missing: this would be a release like any other
        with connection.cursor() as cursor:
            cursor.execute(PAST, [at, case.event])
            return cursor.rowcount > 0
    return False


def _plan_now(case: Case) -> Any:
    from sightline.apps.custody.models import Release
    from sightline.apps.custody.plans import legs_in_plan, plan_of

    found = Release.objects.get(event_id=case.event)
    return plan_of(found, legs_in_plan(found))


def _dying(dies_at: int | None) -> Any:
    """Count the statements of this connection, and die at the one given."""
    from django.db import connection

    statements = 0

    def counting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        if dies_at is not None and statements > dies_at:
            raise Died
        return execute(sql, params, many, context)

    return connection.execute_wrapper(counting)


def _rows(cases: int, counts: Counter[str], found: tuple[Any, ...]) -> list[Row]:
    asked = ("children released", "of them without an adult or agency who had accepted before",
             "entries of a release that went through no gate", "alone by public transport without an override",
             "alone by public transport, overridden", "journeys silent an hour after the planned arrival",
             "of them without an alarm", "of them without a drafted missing report", "of them without a notice",
             "longest wait of an alarm", "ended before a round that lived", "longest silence of those",
             "alarms about a child whose arrival was told too late")
    rows: list[Row] = [("children held at the end of the night", cases, "children")]
    rows += [(what, counts[what], "") for what in (
        "tries to release", "refused", "statements past the pages", "of them refused", "acts that died",
        "rounds of the watch", "rounds that died")]
    return rows + [(what, float(value or 0), "minutes" if what.startswith("longest ") else "")
                   for what, value in zip(asked, found, strict=True)]


if __name__ == "__main__":
    watch(sys.stdin)
