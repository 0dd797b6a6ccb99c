"""Measure the pages as officers use them: many at once, on a large database, served as `sightline serve` serves them.

Twenty officers of councils are signed in. Each opens one page after the other over a kept connection, with a pause for
reading between them. Times are those of the officer's side, over loopback; the server's own stand beside them. The
clients run on the same machine as the server and the database.
"""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psutil

from benchmarks.installation import Row, measured_apart, new_installation, tell
from benchmarks.officers import keep, signed_in
from sightline.interfaces.serve.doors import close, open_doors

OFFICERS = 20
QUICK, FULL = (5_000, 20.0, 0.5), (100_000, 120.0, 1.0)
"""People in the database, seconds to measure, and seconds of reading between two pages (half to one and a half)."""
READS, WRITES = ("inbox", "child", "search"), ("take a duty on", "record a decision")
TIMES_OF_100 = {"inbox": 35, "child": 40, "search": 15, "take a duty on": 5, "record a decision": 5}
TOKEN = "benchmark" + "0" * 23
LOGGED = re.compile(r"(GET|POST) (\S+) (\d{3}) \S+ (\d+)$", re.MULTILINE)


@dataclass(slots=True)
class Officer:
    """Hold one signed-in officer with what there is to look at."""

    session: str
    children: list[str]
    searches: list[dict[str, str]]
    duties: list[str]
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def measure(*, full: bool) -> list[Row]:
    """Fill a database, serve it, and let the officers work."""
    people, seconds, pause = FULL if full else QUICK
    return measured_apart("benchmarks.pages", ("worker", "fill", str(people)),
                          ("web", "work", str(seconds), str(pause)))


def fill(people: int) -> list[Row]:
    """Keep the demonstration's agencies and fill the database around them."""
    from benchmarks.county import ENTRIES_A_CHILD
    from benchmarks.county import fill as fill_county
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        from sightline.apps.access.acting import at_task

        ids = keep_partnership(agencies(), today=datetime.now(UTC))
        councils = [ids[agency.name] for agency in agencies() if agency.kind.value == "council"]
        with at_task("benchmark"):
            for number in range(OFFICERS):
                keep(email=f"officer{number}", name=f"Officer {number}", agency=councils[number % len(councils)],
                     role="social-worker")
        connection.close()
        began = time.perf_counter()
        fill_county(server, people=people)
    return [("people", people, ""), ("entries", people * ENTRIES_A_CHILD, ""), ("officers at once", OFFICERS, ""),
            ("filling the tables, past intake and matching", time.perf_counter() - began, "s")]


def work(seconds: float, pause: float) -> list[Row]:
    """Serve the pages and let every officer open them for so long."""
    doors = open_doors("127.0.0.1", 0)
    port = doors[0].getsockname()[1]
    close(doors)
    log = Path(os.environ["SIGHTLINE_DATA"]) / "logs" / "web.log"
    command = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()", "serve", "--json"]
    with subprocess.Popen(command, env=os.environ | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline(), "it did not start"
        try:
            officers = _signed_in()
            for officer in officers:
                _open(http.client.HTTPConnection("127.0.0.1", port), officer, "inbox", random.Random(1))
                officer.times.clear()
            before = log.stat().st_size
            threads = [threading.Thread(target=_use, args=(officer, port, number, seconds, pause))
                       for number, officer in enumerate(officers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            time.sleep(0.5)
            memory = sum(one.memory_full_info().pss for one in psutil.Process(server.pid).children(recursive=True))
            served = log.read_bytes()[before:].decode("utf-8", "replace")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    return _rows(officers, served, seconds=seconds, pause=pause, megabytes=memory / 1e6)


def _signed_in() -> list[Officer]:
    import django

    django.setup()
    from django.db import connection

    now = datetime.now(UTC)
    found = [Officer(session, *_to_look_at(officer, begun, now)) for officer, begun, session in signed_in()]
    connection.close()
    return found


def _to_look_at(officer: UUID, begun: UUID, now: datetime) -> tuple[list[str], list[dict[str, str]], list[str]]:
    """Give children, searches and duties of the officer's agency, as its officer may see them."""
    from django.db import connection, transaction

    from sightline.apps.access.acting import begin_work

    with transaction.atomic(), connection.cursor() as cursor:
        acting = begin_work(officer, begun, at=now)
        assert acting is not None
        cursor.execute("select person_id from people_involvement where agency_id = %s and part = %s limit 400",
                       [acting.agency, "council where the child lives"])
        children = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("select d.given, d.family, d.born_on from people_description d join people_identity i"
                       " on i.id = d.identity_id where i.person_id = any(%s::uuid[])", [children[:100]])
        searches = [{"given": given, "family": family, "born_on_day": born.day, "born_on_month": born.month,
                     "born_on_year": born.year} for given, family, born in cursor.fetchall()]
        cursor.execute("select id from duties_owedduty where owed_by_id = %s and state = 'open' limit 500",
                       [acting.agency])
        duties = [str(row[0]) for row in cursor.fetchall()]
    random.Random(str(officer)).shuffle(duties)
    return children, searches, duties


def _use(officer: Officer, port: int, number: int, seconds: float, pause: float) -> None:
    rng = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.perf_counter() + seconds
    time.sleep(rng.random() * pause)
    while time.perf_counter() < until:
        what = rng.choices(list(TIMES_OF_100), list(TIMES_OF_100.values()))[0]
        _open(line, officer, what, rng)
        time.sleep(pause * (0.5 + rng.random()))


def _open(line: http.client.HTTPConnection, officer: Officer, what: str, rng: random.Random) -> None:
    path, told = _request(officer, what, rng)
    headers = {"Cookie": f"sightline-session={officer.session}; sightline-csrf={TOKEN}", "Host": "localhost"}
    body = None
    if told is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(told | {"csrfmiddlewaretoken": TOKEN})
    began = time.perf_counter()
    line.request("POST" if body else "GET", path, body=body, headers=headers)
    answer = line.getresponse()
    answer.read()
    officer.times[what].append((time.perf_counter() - began) * 1000)
    if answer.status != (302 if what in WRITES else 200):
        officer.errors.append(f"{what}: {answer.status} {answer.getheader('Location', '')}")


def _request(officer: Officer, what: str, rng: random.Random) -> tuple[str, dict[str, Any] | None]:
    child = rng.choice(officer.children)
    match what:
        case "inbox":
            return f"/inbox/?page={rng.choice((1, 1, 1, 2, 3))}", None
        case "child":
            return f"/children/{child}/", None
        case "search":
            return "/find/", dict(rng.choice(officer.searches))
        case "take a duty on":
            return f"/duties/{rng.choice(officer.duties)}/take/", {}
        case _:
            return f"/children/{child}/decide/", {"outcome": "seen", "reasons": "Invented for a benchmark."}


def _rows(officers: list[Officer], served: str, *, seconds: float, pause: float, megabytes: float) -> list[Row]:
    server: dict[str, list[float]] = defaultdict(list)
    for method, path, _, milliseconds in LOGGED.findall(served):
        server[_what(method, path)].append(float(milliseconds))
    every = [time for officer in officers for times in officer.times.values() for time in times]
    errors = [error for officer in officers for error in officer.errors]
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} times {error}", flush=True)
    rows: list[Row] = [
        ("seconds of reading between two pages", pause, "s"), ("requests", len(every) / seconds, "/s"),
        ("answers other than expected", len(errors), ""), ("memory of web, worker and database", megabytes, "MB")]
    for what in TIMES_OF_100:
        times = [time for officer in officers for time in officer.times[what]]
        if len(times) > 1 and len(server[what]) > 1:
            cuts, own = quantiles(times, n=100), quantiles(server[what], n=100)
            rows += [(f"{what}: requests", len(times), ""), (f"{what}: p50", cuts[49], "ms"),
                     (f"{what}: p95", cuts[94], "ms"), (f"{what}: p99", cuts[98], "ms"),
                     (f"{what}: p50 of the server's own time", own[49], "ms"),
                     (f"{what}: p95 of the server's own time", own[94], "ms")]
    return rows


def _what(method: str, path: str) -> str:
    if method == "POST":
        return next(what for part, what in (("/take/", "take a duty on"), ("/decide/", "record a decision"),
                                            ("", "search")) if part in path)
    return "inbox" if path.startswith("/inbox") else "child"


def main() -> int:
    """Run one step in this process and tell its rows."""
    if sys.argv[1] == "fill":
        tell(fill(int(sys.argv[2])))
    else:
        tell(work(float(sys.argv[2]), float(sys.argv[3])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
