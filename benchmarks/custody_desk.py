"""Measure the custody desk at 200 children in one force, a case beside it, and what a release costs a sergeant.

The children are in four buildings, each with eight duties and most with a release that is being planned; the county
around them is full. Twenty sergeants of the force look at the whole desk, at their own building and at cases, each
over a kept connection, with a pause for reading. Times are those of the officer's side over loopback; the server's own
stand beside them, as its log has them in whole milliseconds. Then one release is done in a real browser, from the desk
to "On the way", and its pages, clicks and keys are counted as they happen.
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
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.installation import Row, measured_apart, new_installation, tell
from benchmarks.officers import keep, signed_in
from benchmarks.release_in_browser import release_in_browser
from sightline.domain.vocabulary.moment import LONDON
from sightline.interfaces.serve.doors import close, open_doors

OFFICERS, CHILDREN, ALONE = 20, 200, 20
QUICK, FULL = (5_000, 15.0, 2.0), (100_000, 120.0, 2.0)
"""People in the database, seconds to measure, and seconds of reading between two pages (half to one and a half)."""
FORCE = "Cumbria Constabulary"
TIMES_OF_100 = {
    "the desk, every building": 25, "the desk, one building": 35, "a case": 25, "whether it has changed": 15}
PATHS = {"the desk, every building": "/custody/desk/?suite=", "the desk, one building": "/custody/desk/?suite=Kendal"}
LOGGED = re.compile(r"GET (\S+) 200 \S+ (\d+)$", re.MULTILINE)
CASE = re.compile(r'href="(/custody/[0-9a-f-]{36}/)\?do=')
ASK = re.compile(r'data-ask="([^"]+)"')
HEADINGS = ("custody_ref,force,custody_suite,suite_postcode,arrested_at,arrest_postcode,forename,surname,dob,sex,"
            "home_postcode,offence")

ARRESTS = """
insert into record_entry (identity_id, told_by_id, by, source_key, revision, digest, kind, at, starts, facts, people,
  things, recorded_at)
select i.id, %(force)s, %(name)s, 'arrest', 1, decode(md5(i.id::text), 'hex'), 'police.arrest', i.at, i.at,
  jsonb_build_object('offence', 'drugs-supply', 'custody_suite', i.suite), '[]', '[]', i.at
from (select id, now() - interval '1 minute' * (row_number() over (order by id) %% 600) as at,
    (array['Workington', 'Carlisle', 'Kendal', 'Barrow'])[1 + row_number() over (order by id) %% 4] as suite
  from people_identity where scheme = 'care' order by id limit %(children)s) i
"""
EVENTS = """
insert into responsibility_safetyevent (person_id, opened_by_id, opened_at, happening, ground_id, ground_at,
  owner_agency_id, owner_contact_id, owner_words, watched, owner_since, rule, authority, verified, because, tell)
select i.person_id, e.id, e.starts, 'CUSTODY', e.id, e.starts, %(force)s, c.id, %(name)s, false, e.starts, 'R5',
  'a law', true, 'because', '[]'
from record_entry e join people_identity i on i.id = e.identity_id
  join access_contact c on c.agency_id = %(force)s and c.desk = 'safeguarding'
where e.source_key = 'arrest'
"""
DUTIES = """
insert into duties_owedduty (person_id, code, edition, what, part, started_by_id, started_key, started_at, watched,
  owed_by_words, owed_by_id, owner_id, owed_to, due_at, due_is_day, local_target_at, target_is_day, act_by, danger,
  estimated, state, authority, verified, explanation, opened_at, steps_taken)
select e.person_id, k.code, '1', 'What is owed for the child, in a sentence as the rule book has them', 'police force',
  e.ground_id, e.ground_id::text, e.ground_at, false, %(name)s, %(force)s, c.id, 'the child', k.act_by, false, null,
  false, k.act_by, 3, false, case when k.act_by < now() then 'late' else 'open' end, 'invented for a benchmark', true,
  'Counted from the arrest', e.ground_at, 0
from responsibility_safetyevent e join access_contact c on c.agency_id = %(force)s and c.desk = 'safeguarding'
cross join lateral (select code, e.ground_at + interval '1 minute' * (30 + 90 * n) as act_by
  from unnest(array['D-ARR-1', 'D-ARR-2', 'D-ARR-3', 'D-ARR-4', 'D-ARR-4-SCREEN', 'D-ARR-5', 'D-ARR-6', 'D-CHG-1'])
    with ordinality as codes(code, n)) k
where e.owner_agency_id = %(force)s
"""
RELEASES = """
insert into custody_release (event_id, person_id, agency_id, planned_by_id, planned_at, state, out_of_area,
  assessed_in_person, assessment, receiver, receiver_name, receiver_phone, relation, at_least_18, checked,
  known_to_child, collected, accepted_how, home_told, override_reason, arrived_said_by)
select e.id, e.person_id, %(force)s, (select id from access_officer where email like 'officer0@%%'), now(), 'planned',
  true, true, 'Calm, no injuries', 'parent-or-guardian', 'A mother', '0', 'mother', true, '', true, false, '', '', '',
  ''
from responsibility_safetyevent e where e.owner_agency_id = %(force)s and hashtext(e.id::text) %% 4 <> 0
"""
LEGS = """
insert into custody_leg (release_id, way, escort, origin, destination, departs_at, arrives_at)
select id, 'police vehicle', 'PC 1204 Holt', 'the suite', 'the home', now() + interval '1 hour' * n,
  now() + interval '1 hour' * n + interval '50 minutes'
from custody_release, generate_series(1, 2) n
"""

HELD = """
select count(*), (select count(*) from duties_owedduty d where d.owed_by_id = %(force)s)
from responsibility_safetyevent where owner_agency_id = %(force)s
"""


@dataclass(slots=True)
class Officer:
    """Hold one signed-in sergeant with the cases that there are and the times of what was opened."""

    session: str
    cases: list[str] = field(default_factory=list)
    ask: str = ""
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def measure(*, full: bool) -> list[Row]:
    """Fill a database, serve it, and let the sergeants work."""
    people, seconds, pause = FULL if full else QUICK
    return measured_apart("benchmarks.custody_desk", ("worker", "fill", str(people)),
                          ("web", "work", str(seconds), str(pause)))


def fill(people: int) -> list[Row]:
    """Keep the demonstration's agencies, fill the county, and arrest the children; one by a real custody record."""
    import psycopg

    from benchmarks.county import fill as fill_county
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        from sightline.apps.access.acting import at_task

        force = keep_partnership(agencies(), today=datetime.now(UTC))[FORCE]
        with at_task("benchmark"):
            for number in range(OFFICERS):
                keep(email=f"officer{number}", name=f"Sergeant {number}", agency=force, role="custody-sergeant")
        connection.close()
        fill_county(server, people=people)
        told: dict[str, Any] = {"force": force, "name": FORCE, "children": CHILDREN - 1}
        with psycopg.connect(server.dsn("administrator")) as session:
            session.execute("set session_replication_role = replica")
            for statement in (ARRESTS, EVENTS, DUTIES, RELEASES, LEGS):
                session.execute(statement, told)
        _arrest_for_the_browser(force)
        connection.close()
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("vacuum analyze")
            held = session.execute(HELD, told).fetchone()
    assert held is not None
    return [("people", people, ""), ("children whom the force holds", held[0], ""),
            ("open duties of the force about them", held[1], ""), ("sergeants at once", OFFICERS, "")]


def _arrest_for_the_browser(force: int) -> None:
    """Tell of one arrest as files do: this child is released in the browser."""
    from sightline import flow
    from sightline.apps.access.acting import at_task

    now = datetime.now(UTC)
    at = (now - timedelta(hours=4)).astimezone(LONDON).isoformat()
    row = f"B/1,Cumbria,Workington,CA14 3YD,{at},CA14 2ED,Marcus,Fairweather,01/05/2011,M,L4 2TU,drugs-supply"
    with at_task("receive"):
        id_ = flow.receive(stream=BytesIO(f"{HEADINGS}\n{row}\n".encode()), feed="police-custody", agency=force,
                           officer=None, file_name="custody.csv", at=now)
    flow.work_through(id_, at=lambda: now, progress=lambda done, rows: None)
    flow.read_news(at=lambda: now)


def work(seconds: float, pause: float) -> list[Row]:
    """Serve the pages, let every sergeant look for so long, and do one release in a browser."""
    doors = open_doors("127.0.0.1", 0)
    port = doors[0].getsockname()[1]
    close(doors)
    log = Path(os.environ["SIGHTLINE_DATA"]) / "logs" / "web.log"
    command = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()", "serve", "--json"]
    with subprocess.Popen(command, env=os.environ | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline(), "it did not start"
        try:
            officers = _signed_in(port)
            rows = _alone(officers[0], port)
            before = log.stat().st_size
            threads = [threading.Thread(target=_use, args=(officer, port, number, seconds, pause))
                       for number, officer in enumerate(officers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            load = os.getloadavg()[0]
            time.sleep(0.5)
            served = log.read_bytes()[before:].decode("utf-8", "replace")
            rows += _together(officers, served, seconds=seconds, pause=pause, load=load)
            rows += release_in_browser(officers[0].session, port)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    return rows


def _signed_in(port: int) -> list[Officer]:
    import django

    django.setup()
    from django.db import connection

    officers = [Officer(session) for _, _, session in signed_in()]
    connection.close()
    for officer in officers:
        page = _open(http.client.HTTPConnection("127.0.0.1", port), officer, "the desk, every building")
        officer.cases, ask = sorted(set(CASE.findall(page))), ASK.search(page)
        assert ask is not None
        officer.ask = ask[1]
        officer.times.clear()
    assert len(officers[0].cases) == CHILDREN, len(officers[0].cases)
    return officers


def _alone(officer: Officer, port: int) -> list[Row]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(ALONE):
        for what in TIMES_OF_100:
            _open(line, officer, what)
    rows = [row for what in TIMES_OF_100 for row in _of(f"alone, {what}", officer.times[what])]
    officer.times.clear()
    return rows


def _use(officer: Officer, port: int, number: int, seconds: float, pause: float) -> None:
    rng = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.perf_counter() + seconds
    time.sleep(rng.random() * pause)
    while time.perf_counter() < until:
        _open(line, officer, rng.choices(list(TIMES_OF_100), list(TIMES_OF_100.values()))[0], rng)
        time.sleep(pause * (0.5 + rng.random()))


def _open(line: http.client.HTTPConnection, officer: Officer, what: str, rng: random.Random | None = None) -> str:
    told = PATHS | {"whether it has changed": officer.ask}
    path = told.get(what) or (rng or random.Random(1)).choice(officer.cases)
    began = time.perf_counter()
    line.request("GET", path, headers={"Cookie": f"sightline-session={officer.session}", "Host": "localhost"})
    answer = line.getresponse()
    page = answer.read().decode()
    officer.times[what].append((time.perf_counter() - began) * 1000)
    if answer.status != 200:
        officer.errors.append(f"{what}: {answer.status} {answer.getheader('Location', '')}")
    return page


def _together(officers: list[Officer], served: str, *, seconds: float, pause: float, load: float) -> list[Row]:
    own: dict[str, list[float]] = defaultdict(list)
    for path, milliseconds in LOGGED.findall(served):
        own[_what(path)].append(float(milliseconds))
    every = [one for officer in officers for times in officer.times.values() for one in times]
    errors = Counter(error for officer in officers for error in officer.errors)
    for error, times in errors.items():
        print(f"  {times} times {error}", flush=True)
    rows: list[Row] = [
        ("seconds of reading between two pages", pause, "s"), ("requests", len(every) / seconds, "/s"),
        ("answers other than expected", errors.total(), ""), ("load of the machine at the end", load, "")]
    for what in TIMES_OF_100:
        rows += _of(what, [one for officer in officers for one in officer.times[what]])
    for what, times in own.items():
        rows += _of(f"{what}, the server's own time", times)
    return rows


def _what(path: str) -> str:
    if path.startswith("/custody/desk/new/"):
        return "whether it has changed"
    return "the desk" if path.startswith("/custody/desk/") else "a case"  # the log keeps no question behind the address


def _of(what: str, times: list[float]) -> list[Row]:
    if len(times) < 2:
        return []
    cuts = quantiles(times, n=100)
    return [(f"{what}: requests", len(times), ""), (f"{what}: p50", cuts[49], "ms"),
            (f"{what}: p95", cuts[94], "ms"), (f"{what}: p99", cuts[98], "ms")]


def main() -> int:
    """Run one step in this process and tell its rows."""
    if sys.argv[1] == "fill":
        tell(fill(int(sys.argv[2])))
    else:
        tell(work(float(sys.argv[2]), float(sys.argv[3])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
