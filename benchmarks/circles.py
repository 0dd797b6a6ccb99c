"""Measure how long a child's circle takes in a county with hubs: for the page, for the worker, and for a changed hub.

One in five children is met with a phone of their own group of six, one in ten with a person of twelve; every tenth is
in a block of flats with all the others of it, and every twentieth has rung one number: those hubs link nobody, however
many touch them. That is more than any county holds, so that the reading is measured where there is much to read.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import quantiles
from uuid import UUID

from benchmarks.installation import Row, measured_apart, new_installation, tell

QUICK, FULL = 20_000, 100_000
TIMES = 200
BATCH = 200
PEOPLE = "insert into people_person (id, made_at) select gen_random_uuid(), now() from generate_series(1, %s)"
PARTS = """
insert into people_involvement (person_id, agency_id, part, sees, since)
select p.id, a.id, 'council where the child lives', 'whole', now()
from (select id, row_number() over (order by id) as n from people_person) p
join (select id, row_number() over (order by id) - 1 as n, count(*) over () as councils from access_agency
  where kind = 'council') a on a.n = p.n % a.councils
"""
TOUCHES = """
insert into circle_touch (id, person_id, kind, key, told_as, mentions, last_on, expires_on, judged, exploited_on)
select gen_random_uuid(), p.id, h.kind, h.key, h.key,
  jsonb_build_array(jsonb_build_object('entry', gen_random_uuid(), 'on', current_date - p.n %% 60, 'what',
    'police.stop', 'by', 'Merseyside Police', 'role', '', 'age', null, 'grade', 'B2', 'until', null)),
  current_date - p.n %% 60, current_date - p.n %% 60 + 180, 'hypothesis',
  case when p.n %% 3 = 0 then current_date - 90 end
from (select id, (row_number() over (order by id))::int as n from people_person) p
cross join lateral (values
  (p.n %% 5 = 0, 'phone', '07700' || lpad((p.n / 30)::text, 6, '0')),
  (p.n %% 10 = 3, 'person', '1|p' || p.n / 120),
  (p.n %% 10 in (0, 1), 'address', '1towerblock'),
  (p.n %% 20 = 0, 'phone', '07700999999')) as h(has, kind, key)
where h.has
"""
SOME = ("select t.person_id from circle_touch t join people_involvement i on i.person_id = t.person_id"
        " and i.sees = 'whole' and i.agency_id = %s where t.kind = 'phone' group by t.person_id order by t.person_id"
        " limit %s")


def measure(*, full: bool) -> list[Row]:
    """Fill a database, and read circles as the worker and as a social worker."""
    return measured_apart("benchmarks.circles", ("worker", "circles", str(FULL if full else QUICK)))


def circles(people: int) -> list[Row]:
    """Fill, then measure circles for pages, circles of a batch for the worker, and one child whose phone changes."""
    import psycopg

    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        keep_partnership(agencies(), today=datetime.now(UTC))
        connection.close()
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("set session_replication_role = replica")
            session.execute(PEOPLE, [people])
            session.execute(PARTS)
            session.execute(TOUCHES, {})
            session.execute("vacuum analyze")
            whole = session.execute("select agency_id from people_involvement where sees = 'whole' group by 1"
                                    " order by count(*) desc limit 1").fetchone()
            touches = session.execute("select count(*) from circle_touch").fetchone()
            assert whole is not None
            assert touches is not None
            some = [row[0] for row in session.execute(SOME, [whole[0], TIMES])]
            officer, work = _social_worker(whole[0])
            page = [_page(session, officer, work, person) for person in some]
        batch = [_seconds(partial(_worker, some[:BATCH])) for _ in range(10)]
        one = [_seconds(partial(_worker, [person])) for person in some]
        changed = [_seconds(partial(_change, person)) for person in some[:100]]
        connection.close()
        return [("people", people, ""), ("touches", touches[0], ""), ("circles read", len(some), ""),
                *_both("one circle, for the page", page), *_both("one circle, for the worker", one),
                *_both(f"circles of {BATCH} children, for the worker", batch),
                *_both("one child's phone changes, neighbours told", changed)]


def _both(what: str, seconds: list[float]) -> list[Row]:
    cut = quantiles(seconds, n=100)
    return [(f"{what}, p50", cut[49] * 1000, "ms"), (f"{what}, p95", cut[94] * 1000, "ms")]


def _page(session: object, officer: UUID, work: UUID, person: UUID) -> float:
    """Ask for a circle as the page does: in the pages' role, within a social worker's piece of work."""
    ask = session.execute  # type: ignore[attr-defined]
    ask("begin")
    ask("set local role sightline_web")
    ask("select * from sightline_begin_work(%s, %s, now())", [officer, work])
    begun = time.perf_counter()
    found = ask("select * from sightline_circle_of(%s, current_date)", [person]).fetchall()
    took = time.perf_counter() - begun
    ask("rollback")
    assert found
    return took


def _social_worker(council: int) -> tuple[UUID, UUID]:
    """Keep a social worker of a council, and give the officer with a piece of work that has begun."""
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.actions import keep_officer, start_work
    from sightline.apps.access.queries import memberships_of

    now = datetime.now(UTC)
    with at_task("benchmark"):
        officer = keep_officer(email="circle@benchmark.example", name="Officer", password=None, agency=council,
                               role="social-worker", on=now.date())
        (member,) = memberships_of(officer, on=now.date())
        return officer, start_work(officer=officer, membership=member.id, purpose="protect", because="", at=now)


def _worker(people: list[UUID]) -> None:
    from sightline.apps.access.acting import at_task
    from sightline.apps.circle.keeping import circles_of

    with at_task("benchmark"):
        circles_of(people, at=datetime.now(UTC))


def _change(person: UUID) -> None:
    """Let a child's record name one phone less, so that who shares it is told."""
    from sightline.apps.access.acting import at_task
    from sightline.apps.circle.keeping import keep

    with at_task("benchmark"):
        keep({person: ()}, at=datetime.now(UTC))


def _seconds(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


if __name__ == "__main__":
    tell(circles(int(sys.argv[2])))
