"""Measure the queue at 100,000 open duties: each of its lists, first page and last, with 20 officers at once.

One council owes 20,000 of them, with its officers' own lists, late ones, ones put off, notices nobody opened, children
to protect and doubts; the rest is spread over the other councils. All 20 officers work for that council. Times are
those of the officer's side, over loopback; the clients run on the same machine as the server and the database.
"""

import http.client
import json
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
from statistics import quantiles
from typing import Any
from uuid import UUID

import psutil

from benchmarks.installation import Row, measured_apart, new_installation, tell
from sightline.interfaces.serve.doors import close, open_doors

OFFICERS = 20
QUICK, FULL = (4_000, 10_000, 20.0, 0.5), (40_000, 100_000, 180.0, 1.0)
"""People, open duties in all (a fifth of them one council's), seconds to measure, seconds of reading between pages."""
ALONE = 20
LISTS = {
    "everybody's": "/inbox/", "everybody's, last page": "/inbox/?last=1", "mine": "/inbox/?whose=mine",
    "mine, last page": "/inbox/?whose=mine&last=1", "a desk": "/inbox/?whose=safeguarding",
    "a desk, last page": "/inbox/?whose=safeguarding&last=1", "a small desk": "/inbox/?whose=education",
    "what others owe": "/inbox/?whose=watched", "late": "/inbox/?state=late",
    "late, mine": "/inbox/?state=late&whose=mine",
    "late, last page": "/inbox/?state=late&last=1", "put off": "/inbox/?state=put-off",
    "notices": "/inbox/?kind=notices", "children to protect": "/inbox/?kind=children", "doubts": "/inbox/?kind=doubts",
    "duties alone": "/inbox/?kind=duties",
}
NEXT = re.compile(r'href="([^"]+)">Next page<')
ASK = re.compile(r'data-ask="([^"]+)"')

DUTIES = """
insert into duties_owedduty (person_id, code, edition, what, part, started_by_id, started_key, started_at, watched,
  owed_by_words, owed_by_id, owner_id, officer_id, acknowledged_at, owed_to, due_at, due_is_day, target_is_day, act_by,
  danger, estimated, state, authority, verified, explanation, opened_at, steps_taken, put_off_until)
select i.person_id, k.code, '1', 'What is owed for the child, in a sentence as the rule book has them', 'home council',
  null, i.id::text || '/' || n, now() - interval '3 days', n %% 17 = 0, a.name, a.id, c.id, o.officer,
  case when o.officer is not null then now() end, 'the child', k.act_by, false, false, k.act_by, k.danger, false,
  case when k.act_by < now() then 'late' else 'open' end, 'invented for a benchmark', true,
  'Counted from the exclusion', now() - interval '3 days', 0,
  case when k.danger = 9 and abs(hashtext(n || i.id::text)) %% 20 = 0 and k.act_by > now() + interval '2 hours'
    then now() + interval '1 hour' end
from (select *, row_number() over (partition by agency_id order by id) as place from people_identity
  where scheme = 'care') i
cross join (select count(*) filter (where agency_id = %(council)s) as large,
  count(*) filter (where agency_id <> %(council)s) as small from people_identity where scheme = 'care') t
cross join lateral generate_series(1, floor(abs(hashtext(i.person_id::text)) %% 1000 / 1000.0 + case
  when i.agency_id = %(council)s then %(large)s / t.large::numeric else %(small)s / t.small::numeric end)::int) n
cross join lateral (select
  (array['D-EX-4', 'D-EX-6', 'D-MIS-5', 'D-PP-2', 'D-REF-1', 'D-LOOK-1', 'D-ARR-4'])[1 + (i.place + n) %% 7] as code,
  (array[9, 9, 9, 1, 9, 5, 3])[1 + (i.place + n) %% 7] as danger,
  now() + interval '1 minute' * (abs(hashtext(i.id::text || n)) %% 100000 - 6000) as act_by) k
join access_agency a on a.id = i.agency_id
join access_contact c on c.agency_id = a.id and c.desk = case when n %% 20 = 3 then 'education' else 'safeguarding' end
cross join lateral (select case when (i.place + n) %% 3 = 0 and a.id = %(council)s then
  (%(officers)s::uuid[])[1 + (i.place * 7 + n) %% %(count)s] end as officer) o
"""
EVENTS = """
insert into responsibility_safetyevent (person_id, opened_by_id, opened_at, happening, ground_id, ground_at,
  owner_agency_id, owner_contact_id, owner_words, watched, owner_since, rule, authority, verified, because, tell)
select distinct on (i.person_id) i.person_id, e.id, e.at, (array['MISSING', 'FOUND', 'CUSTODY'])[1 + n %% 3], e.id,
  e.at, a.id, c.id, a.name, false, now() - interval '1 hour' * n, 'R1', 'a law', true, 'because', '[]'
from (select *, row_number() over (order by id) as n from people_identity where scheme = 'care'
  and agency_id = %(council)s limit 60) i
join record_entry e on e.identity_id = i.id and e.source_key = 'made/1'
join access_agency a on a.id = i.agency_id join access_contact c on c.agency_id = a.id and c.desk = 'safeguarding'
"""
NOTICES = """
insert into duties_notice (key, person_id, to_agency_id, to_contact_id, about, made_at, tries)
select 'told:' || i.id, i.person_id, a.id, c.id, 'Something was decided that you should know',
  now() - interval '1 minute' * (abs(hashtext(i.id::text)) %% 20000), 1
from people_identity i join access_agency a on a.id = i.agency_id
join access_contact c on c.agency_id = a.id and c.desk = 'safeguarding'
where i.scheme = 'care' and abs(hashtext(i.person_id::text)) %% 5 = 1
"""
ARMS = {
    "a page of everybody's": "d.owed_by_id = {council} and not d.watched",
    "a page of a desk": "d.owner_id = (select id from access_contact where agency_id = {council}"
                        " and desk = 'safeguarding') and not d.watched",
}


@dataclass(slots=True)
class Officer:
    """Hold one signed-in officer with the times of what was opened."""

    session: str
    manages: bool
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def measure(*, full: bool) -> list[Row]:
    """Fill a database, serve it, and let the officers look at their lists."""
    people, duties, seconds, pause = FULL if full else QUICK
    return measured_apart("benchmarks.queue", ("worker", "fill", str(people), str(duties)),
                          ("web", "work", str(seconds), str(pause)))


def fill(people: int, duties: int) -> list[Row]:
    """Keep the demonstration's agencies, and fill the database with what waits for them."""
    import psycopg

    from benchmarks.county import fill as fill_county
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        from sightline.apps.access.acting import at_task
        from sightline.apps.access.actions import keep_officer

        ids = keep_partnership(agencies(), today=datetime.now(UTC))
        council = next(ids[agency.name] for agency in agencies() if agency.kind.value == "council")
        with at_task("benchmark"):
            officers = [keep_officer(
                email=f"officer{number}@benchmark.example", name=f"Officer {number}", password=None, agency=council,
                role="duty-manager" if number % 4 == 0 else "social-worker", on=datetime.now(UTC).date())
                for number in range(OFFICERS)]
        connection.close()
        fill_county(server, people=people)
        told = {"council": council, "large": duties // 5, "small": duties - duties // 5, "officers": officers,
                "count": len(officers)}
        with psycopg.connect(server.dsn("administrator")) as session:
            session.execute("set session_replication_role = replica")
            session.execute("delete from duties_notice")
            session.execute("delete from duties_step")
            session.execute("delete from duties_owedduty")
            for statement in (DUTIES, EVENTS, NOTICES):
                session.execute(statement, told)
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("vacuum analyze")
            return [(what, _count(session, where, told), "") for what, where in (
                ("open duties", "duties_owedduty where state in ('open', 'late')"),
                ("open duties of the council", "duties_owedduty where owed_by_id = %(council)s"),
                ("late duties of the council", "duties_owedduty where owed_by_id = %(council)s and state = 'late'"),
                ("duties of the council put off",
                 "duties_owedduty where owed_by_id = %(council)s and put_off_until is not null"),
                ("notices of the council that nobody opened",
                 "duties_notice where to_agency_id = %(council)s and opened_at is null"),
                ("doubts that wait, all councils", "people_doubt where answer = 'open'"))]


def _count(session: Any, where: str, told: dict[str, object]) -> float:
    return float(session.execute(f"select count(*) from {where}", told).fetchone()[0])  # nosec B608: constants above


def work(seconds: float, pause: float) -> list[Row]:
    """Serve the pages and let every officer look for so long."""
    doors = open_doors("127.0.0.1", 0)
    port = doors[0].getsockname()[1]
    close(doors)
    command = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()", "serve", "--json"]
    with subprocess.Popen(command, env=os.environ | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline(), "it did not start"
        try:
            rows = _costs()
            officers = _signed_in()
            for officer in officers:
                _open(http.client.HTTPConnection("127.0.0.1", port), officer, "everybody's", "/inbox/")
                officer.times.clear()
            rows += _alone(officers[0], port)
            spent = _spent(server.pid)
            threads = [threading.Thread(target=_use, args=(officer, port, number, seconds, pause))
                       for number, officer in enumerate(officers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = _spent(server.pid) - spent
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
    return rows + _rows(officers, seconds=seconds, pause=pause, spent=spent)


def _alone(officer: Officer, port: int) -> list[Row]:
    """Let one officer open every list by turns while nobody else does anything."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(ALONE):
        for what, path in LISTS.items():
            _open(line, officer, what, path)
    rows = [row for what in LISTS for row in _of(f"alone, {what}", officer.times[what])]
    officer.times.clear()
    return rows


def _spent(server: int) -> float:
    """Give the seconds of processor time that web, worker and database have used so far."""
    return sum(times.user + times.system for one in psutil.Process(server).children(recursive=True)
               for times in (one.cpu_times(),))


def _costs() -> list[Row]:
    """Ask the database, as the role of the pages, how long a page of a line takes, and without its policies."""
    import django

    django.setup()
    from django.db import connection, transaction

    rows: list[Row] = []
    officer, begun, council = _at_work()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from sightline_begin_work(%s, %s, %s)", [officer, begun, datetime.now(UTC)])
        for what, where in ARMS.items():
            cursor.execute("explain (analyze, format json) select d.id from duties_owedduty d where "  # nosec B608
                           + where.format(council=council) + " and d.state in ('open', 'late') and"
                           " (d.put_off_until is null or d.put_off_until <= now())"
                           " order by d.danger, d.stands_at, d.id limit 26")
            found = cursor.fetchone()[0]
            plan = (json.loads(found) if isinstance(found, str) else found)[0]
            rows.append((f"{what}, in the database, as the restricted role", plan["Execution Time"], "ms"))
    connection.close()
    return rows


def _at_work() -> tuple[UUID, UUID, int]:
    from django.db import connection, transaction

    from sightline.apps.access.actions import start_work
    from sightline.apps.access.models import Officer as Account
    from sightline.apps.access.queries import memberships_of

    now = datetime.now(UTC)
    account = Account.objects.filter(email__endswith="@benchmark.example").order_by("email")[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('sightline.officer', %s, true)", [str(account.pk)])
        member = memberships_of(account.pk, on=now.date())[0]
        begun = start_work(officer=account.pk, membership=member.id, purpose="protect", because="", at=now)
    return account.pk, begun, member.agency.id


def _signed_in() -> list[Officer]:
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection, transaction

    from sightline.apps.access.actions import start_work
    from sightline.apps.access.models import Officer as Account
    from sightline.apps.access.queries import memberships_of

    now = datetime.now(UTC)
    officers = []
    for account in Account.objects.filter(email__endswith="@benchmark.example").order_by("email"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.officer', %s, true)", [str(account.pk)])
            member = memberships_of(account.pk, on=now.date())[0]
            begun = start_work(officer=account.pk, membership=member.id, purpose="protect", because="", at=now)
        session = SessionStore()
        session.update({
            "_auth_user_id": str(account.pk), "_auth_user_hash": account.get_session_auth_hash(), "work": str(begun),
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
            "account_authentication_methods_user": str(account.pk), "account_authentication_methods": [
                {"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]})
        session.save()
        officers.append(Officer(str(session.session_key), member.role == "duty-manager"))
    connection.close()
    return officers


def _use(officer: Officer, port: int, number: int, seconds: float, pause: float) -> None:
    """Open one list after the other; now and then go three pages deep, and let the page ask whether anything is new."""
    rng = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.perf_counter() + seconds
    time.sleep(rng.random() * pause)
    while time.perf_counter() < until:
        what = rng.choice(list(LISTS))
        page = _open(line, officer, what, LISTS[what])
        time.sleep(pause * (0.5 + rng.random()))
        for words, pattern, shown in (("asking whether anything is new", ASK, 0.5), ("a page further on", NEXT, 0.3)):
            found = pattern.search(page)
            if found and rng.random() < shown:
                _open(line, officer, words, found[1].replace("&amp;", "&"))
                time.sleep(pause * (0.5 + rng.random()))
        if officer.manages and rng.random() < 0.1:
            _open(line, officer, "who has how much (managers)", "/inbox/workload/")


def _open(line: http.client.HTTPConnection, officer: Officer, what: str, path: str) -> str:
    began = time.perf_counter()
    line.request("GET", path, headers={"Cookie": f"sightline-session={officer.session}", "Host": "localhost"})
    answer = line.getresponse()
    page = answer.read().decode()
    officer.times[what].append((time.perf_counter() - began) * 1000)
    if answer.status != 200:
        officer.errors.append(f"{what}: {answer.status} {answer.getheader('Location', '')}")
    return page


def _rows(officers: list[Officer], *, seconds: float, pause: float, spent: float) -> list[Row]:
    errors = [error for officer in officers for error in officer.errors]
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} times {error}", flush=True)
    every = [time for officer in officers for times in officer.times.values() for time in times]
    rows: list[Row] = [
        ("officers at once", OFFICERS, ""), ("seconds of reading between two pages", pause, "s"),
        ("requests", len(every) / seconds, "/s"), ("answers other than expected", len(errors), ""),
        ("processor time of web, worker and database a request", spent * 1000 / len(every), "ms")]
    everything = [time for officer in officers for what, times in officer.times.items() for time in times
                  if what in LISTS or what == "a page further on"]
    rows += _of("all lists together", everything)
    for what in (*LISTS, "a page further on", "asking whether anything is new", "who has how much (managers)"):
        rows += _of(what, [time for officer in officers for time in officer.times[what]])
    return rows


def _of(what: str, times: list[float]) -> list[Row]:
    if len(times) < 2:
        return []
    cuts = quantiles(times, n=100)
    return [(f"{what}: requests", len(times), ""), (f"{what}: p50", cuts[49], "ms"), (f"{what}: p95", cuts[94], "ms")]


def main() -> int:
    """Run one step in this process and tell its rows."""
    if sys.argv[1] == "fill":
        tell(fill(int(sys.argv[2]), int(sys.argv[3])))
    else:
        tell(work(float(sys.argv[2]), float(sys.argv[3])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
