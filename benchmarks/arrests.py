"""Count what becomes of 1,000 simulated arrests of children: how many are referred, and after how many minutes.

Through an invented night, forces tell arrests some minutes after they happened. Each minute the job looks, and many of
its rounds die at a random statement, as a worker that is killed does. The night's clock is given, not waited for. Then
the children are brought home, or not (benchmarks.ways_home).
"""

import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import psycopg

from benchmarks import ways_home
from benchmarks.installation import Row, measured_apart, new_installation, tell

QUICK, FULL = 300, 1_000
MINUTES = 600
A_FILE_EVERY_MINUTES = 10
DYING = 0.5
"""The share of rounds that die."""
TOLD_AFTER_MINUTES = 120
HEADER = ("custody_ref,custody_suite,suite_postcode,arrested_at,arrest_postcode,forename,surname,dob,sex,home_postcode,"
          "offence\n")
PLACES = {"Merseyside Police": ("Wirral", "CH41 5HA"), "Lancashire Constabulary": ("Preston", "PR1 2DP"),
          "Cumbria Constabulary": ("Barrow", "LA14 2LE")}
HOMES = ("L36 9YZ", "L13 5TF", "CH41 4JW", "PR1 8BH", "FY1 1AA")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNTED = """
select count(*), count(*) filter (where state = 'sent'), count(*) filter (where event_id is null),
  (select count(*) from record_entry where kind = 'care.referral'),
  (select count(*) from duties_notice where key like 'referral:%%:sent:%%'),
  (select count(*) from custody_referralto where agency_id is not null),
  (select count(*) from custody_referralto where agency_id is null),
  percentile_cont(array[0.5, 0.9, 1]) within group (order by extract(epoch from sent_at - arrested_at) / 60),
  percentile_cont(array[0.5, 0.9, 1]) within group (order by extract(epoch from sent_at - known_at) / 60)
from custody_referral
"""


class Died(Exception):
    """A round died at a statement."""


def measure(*, full: bool) -> list[Row]:
    """Let the night pass, and count."""
    return measured_apart("benchmarks.arrests", ("worker", "night", str(FULL if full else QUICK)), ("web", "home"))


def bring_home() -> list[Row]:
    """Let the hours after the night pass in the same installation."""
    with new_installation() as server:
        return ways_home.run(server.dsn("worker"))


def run(arrests: int) -> list[Row]:
    """Do it all in one installation, with Django ready and the database running."""
    with new_installation() as server:
        from sightline.apps.access.acting import at_task
        from sightline.demonstration.agencies import agencies
        from sightline.interfaces.serve.demonstrating import keep_partnership

        ids = keep_partnership(agencies(), today=datetime.now(UTC))
        with at_task("benchmark"):
            ways_home.keep_desks({force: ids[force] for force in PLACES})
        spent = _night(arrests, ids)
        with psycopg.connect(server.dsn("worker")) as session:
            session.execute("select set_config('sightline.task', 'benchmark', false)")
            found = session.execute(COUNTED).fetchone()
        assert found is not None
        return _rows(arrests, found, spent)


def _night(arrests: int, ids: dict[str, int]) -> dict[str, float]:
    """Tell the arrests as the night passes, and let the job look each minute; gives the seconds and the deaths."""
    rng = random.Random(7)  # nosec B311: invented people
    began = datetime.now(UTC) - timedelta(minutes=MINUTES + 2 * TOLD_AFTER_MINUTES)
    told = sorted((n * MINUTES / arrests + rng.uniform(1, TOLD_AFTER_MINUTES), n) for n in range(arrests))
    spent = {"reading": 0.0, "sending": 0.0, "rounds": 0.0, "died": 0.0}
    for minute in range(MINUTES + 2 * TOLD_AFTER_MINUTES):
        at = began + timedelta(minutes=minute)
        if minute % A_FILE_EVERY_MINUTES == 0:
            due = [n for when, n in told if minute - A_FILE_EVERY_MINUTES < when <= minute]
            for force in PLACES:
                rows = "".join(_told(n, force, began + timedelta(minutes=n * MINUTES / arrests))
                               for n in due if _force(n) == force)
                if rows:
                    _send(ids[force], rows, at=at)
            spent["reading"] += _timed(lambda at=at: _read(at))  # type: ignore[misc]
        spent["rounds"] += 1
        dies_at = rng.randrange(1, 40) if rng.random() < DYING else None
        spent["sending"] += _timed(lambda at=at, dies_at=dies_at: _round(at, dies_at, spent))  # type: ignore[misc]
    return spent


def _force(number: int) -> str:
    return list(PLACES)[number % len(PLACES)]


def _told(number: int, force: str, arrested: datetime) -> str:
    """Give one row of a force's custody file about the child of that number."""
    suite, postcode = PLACES[force]
    given, home = ("Amara", "Jamie", "Chloe", "Tyler")[number % 4], HOMES[number % len(HOMES)]
    born = f"{2009 + number % 6}-0{1 + number % 9}-1{number % 9}"
    return (f"C{number},{suite},{postcode},{arrested.isoformat()},{postcode},{given},{_surname(number * 7919)},{born},"
            f"{'MF'[number % 2]},{home},drugs-supply\n")


def _send(agency: int, rows: str, *, at: datetime) -> None:
    """Send rows for a force, and keep them."""
    from sightline import flow
    from sightline.apps.access.acting import at_task

    with at_task("receive"):
        file = flow.receive(stream=BytesIO((HEADER + rows).encode()), feed="police-custody", agency=agency,
                            officer=None, file_name="benchmark.csv", at=at)
    facts = flow.work_through(file, at=lambda: at, progress=lambda done, of: None)
    assert facts.accepted == rows.count("\n"), facts


def _read(at: datetime) -> None:
    from sightline import flow

    flow.read_news(at=lambda: at)


def _round(at: datetime, dies_at: int | None, spent: dict[str, float]) -> None:
    """Let the job look once; where it dies, the whole round is lost."""
    from django.db import connection

    from sightline.apps.access.acting import at_task
    from sightline.apps.access.queries import agency_book
    from sightline.apps.custody.referred import send_due

    statements = 0

    def counting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        if dies_at is not None and statements > dies_at:
            spent["died"] += 1
            raise Died
        return execute(sql, params, many, context)

    with suppress(Died):
        while True:
            with at_task("referrals"), connection.execute_wrapper(counting):
                if not send_due(book=agency_book(), at=at, most=100):
                    return


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _surname(number: int) -> str:
    letters = ""
    for _ in range(5):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters.title()


def _rows(arrests: int, found: tuple[Any, ...], spent: dict[str, float]) -> list[Row]:
    drafted, sent, without_event, entries, notices, here, elsewhere, from_arrest, from_known = found
    return [
        ("arrests told", arrests, "arrests"), ("referrals drafted", drafted, "referrals"),
        ("referrals sent", sent, "referrals"), ("of them without a safety event", without_event, "referrals"),
        ("entries of a referral", entries, "entries"),
        ("councils that work here, addressed", here, "councils"), ("notices to them", notices, "notices"),
        ("councils that do not work here, addressed", elsewhere, "councils"),
        *((f"minutes from arrest, {name}", value, "minutes") for name, value in zip(
            ("median", "90 in 100", "longest"), from_arrest, strict=True)),
        *((f"minutes from known, {name}", value, "minutes") for name, value in zip(
            ("median", "90 in 100", "longest"), from_known, strict=True)),
        ("rounds of the job", spent["rounds"], "rounds"), ("of them died", spent["died"], "rounds"),
        ("reading, an arrest", 1000 * spent["reading"] / arrests, "ms"),
        ("a round of the job", 1000 * spent["sending"] / spent["rounds"], "ms"),
    ]


if __name__ == "__main__":
    tell(run(int(sys.argv[2])) if sys.argv[1] == "night" else bring_home())
