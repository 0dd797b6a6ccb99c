"""Measure how long it takes to find groups of first signs after an arrival: for one changed child, and for everybody.

The county's people are pupils of made-up schools, 1,000 of each. One in ten has shown a first sign in the last two
years, one in a hundred has joined with known signs in the last year. That is far more than any county has, so that the
finding is measured where it finds much.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import quantiles

from benchmarks.installation import Row, measured_apart, new_installation, tell

QUICK, FULL = 20_000, 100_000
PUPILS_A_SCHOOL = 1_000
TIMES = 50
BATCH = 200

STAYS = """
insert into places_stay (person_id, school, from_on, until_on, arrived, first_on, code, family, title, reason, known_at,
  to_look)
select p.id, '340' || 5000 + p.n / %(pupils)s, p.from_on, null, p.n %% 100 = 7,
  case when p.n %% 10 = 3 then greatest(p.from_on, current_date - p.h %% 730) end, 'C13', 'justice',
  'Found with a weapon', 'Stopped by police; told: a weapon', now(), false
from (select q.id, q.n, q.h, case when q.n %% 100 = 7 then current_date - q.h %% 360 else current_date - 800 end
    as from_on
  from (select id, (row_number() over (order by id))::int as n, abs(hashtext(id::text)) as h from people_person) q) p
"""


def measure(*, full: bool) -> list[Row]:
    """Fill a database, and look at schools as the worker."""
    return measured_apart("benchmarks.places", ("worker", "look", str(FULL if full else QUICK)))


def look(people: int) -> list[Row]:
    """Fill, then measure one changed child, a reading of people that changes nothing, and everybody at once."""
    import psycopg

    from benchmarks.county import fill
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        keep_partnership(agencies(), today=datetime.now(UTC))
        connection.close()
        fill(server, people=people)
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("set session_replication_role = replica")
            session.execute(STAYS, {"pupils": PUPILS_A_SCHOOL})
            session.execute("vacuum analyze")
            _ask(session)
            everybody = _seconds(_look_at_all)
            found = session.execute("select count(*), sum(number) from places_hypothesis").fetchone()
            assert found is not None
            _ask(session)
            again = _seconds(_look_at_all)
            one = [_seconds(_look_at_all) for _ in range(TIMES) if _one_child_changes(session)]
            kept = [_seconds(_keep_what_is_kept) for _ in range(10)]
        connection.close()
        return [("people", people, ""), ("schools", people // PUPILS_A_SCHOOL, ""),
                ("hypotheses found", found[0], ""), ("everybody changed, all found", everybody, "s"),
                ("everybody looked at again, nothing new", again, "s"),
                ("one child changed, p50", quantiles(one, n=100)[49] * 1000, "ms"),
                ("one child changed, p99", quantiles(one, n=100)[98] * 1000, "ms"),
                (f"stays of {BATCH} people compared, nothing new, p50", quantiles(kept, n=100)[49] * 1000, "ms")]


def _ask(session: object) -> None:
    """Let every school wait for a look, as after an import of all its pupils."""
    session.execute(  # type: ignore[attr-defined]
        "update places_stay set to_look = true where arrived or first_on is not null")


def _one_child_changes(session: object) -> bool:
    """Give one pupil another first day, by which the grounds of the school change."""
    session.execute(  # type: ignore[attr-defined]
        "update places_stay set first_on = first_on - 1, to_look = true where id = ("
        "select id from places_stay where first_on > from_on + 1 order by random() limit 1)")
    return True


def _look_at_all() -> None:
    from sightline import flow

    flow.ask_of_places(at=lambda: datetime.now(UTC))


def _keep_what_is_kept() -> None:
    """Compare what a reading of a batch of people says with what is kept, where nothing changed."""
    from django.db import connection

    from sightline.apps.access.acting import at_task
    from sightline.apps.places import stays
    from sightline.domain.places.firsts import FirstSign
    from sightline.domain.places.stays import Stay
    from sightline.domain.vocabulary.sign import Family

    with at_task("benchmark"), connection.cursor() as cursor:
        cursor.execute("select person_id, school, from_on, until_on, arrived, first_on, code, family, title, reason,"
                       " known_at from places_stay limit %s", [BATCH])
        stays.keep({row[0]: [Stay(*row[1:5], FirstSign(row[5], row[6], Family(row[7]), *row[8:]) if row[5] else None)]
                    for row in cursor.fetchall()})


def _seconds(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


if __name__ == "__main__":
    tell(look(int(sys.argv[2])))
