"""Measure how long it takes from a record's arrival until the notice that it causes can be read by its reader.

Five agencies send files of ten rows, one a second each: fifty records a second, uploaded by the page, read by the
worker of `sightline serve` as it runs. A record arrives when its sender begins to upload. Five officers ask every 20 ms
which notices their agency has, in sessions of the pages' role under its policies; a notice is there when its reader
first gets it. Senders, readers, server, worker and database share one machine.
"""

import http.client
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from typing import NamedTuple
from uuid import UUID

import psycopg

from benchmarks import officers
from benchmarks.installation import Row, measured_apart, new_installation, tell
from benchmarks.post_office import post_office
from sightline.interfaces.serve.doors import close, open_doors

QUICK, FULL = (5_000, 30), (100_000, 180)
"""People in the database before, and seconds of sending."""
ROWS_A_FILE = 10
LOOK_EVERY_SECONDS = 0.02
JUST_MADE_SECONDS, LOOKS_UNTIL_ALL = 3, 50
"""Every look asks for what was made just now; one in so many for all that may still come: looking is work, too."""
WAIT_FOR_LAST_SECONDS = 60
SENDERS = {"Merseyside Police": "missing", "Lancashire Constabulary": "missing", "Knowsley": "excluded",
           "Liverpool": "excluded", "Lancashire": "excluded"}
HOMES = {"Merseyside Police": "L36 9YZ", "Lancashire Constabulary": "PR1 8BH", "Knowsley": "L36 9YZ",
         "Liverpool": "L13 5TF", "Lancashire": "PR1 8BH"}
KNOWN_AGAIN = 0.5
"""The share of rows that tell of a child of whom the same sender told before."""
GIVEN = ("Amara", "Jamie", "Chloe", "Tyler", "Aisha", "Oliver", "Niamh", "Kacper", "Grace", "Leo", "Zara", "Idris")
SYLLABLES = ("ka", "lo", "mi", "ren", "dal", "tor", "wes", "bri", "han", "sor", "ed", "fin", "gra", "ul", "vex", "yan")
TOKEN = "benchmark" + "0" * 23


@dataclass(slots=True)
class Sender:
    """Hold who sends, the files that were sent with their instants, and answers that were not expected."""

    name: str
    session: str
    sent: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    children: list[tuple[str, str, date, str]] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Hold who reads, and when each notice was first seen."""

    officer: UUID
    work: UUID
    agency: int
    seen: dict[str, float] = field(default_factory=dict)


def measure(*, full: bool) -> list[Row]:
    """Fill a database, serve it, and let five agencies send."""
    people, seconds = FULL if full else QUICK
    return measured_apart("benchmarks.notice_latency", ("worker", "fill", str(people)), ("web", "work", str(seconds)))


def fill(people: int) -> list[Row]:
    """Keep the demonstration's agencies, officers who send and read, and people around them."""
    from benchmarks.county import fill as fill_county
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        from django.db import connection

        from sightline.apps.access.acting import at_task

        ids = keep_partnership(agencies(), today=datetime.now(UTC))
        with at_task("benchmark"):
            for name, what in SENDERS.items():
                word = _word(name)
                role = "duty-manager" if what == "missing" else "education-lead"
                officers.keep(email=f"send-{word}", name=f"Sender of {name}", agency=ids[name], role=role)
                officers.keep(email=f"read-{word}", name=f"Reader of {name}", agency=ids[name], role="duty-manager")
        connection.close()
        if people:
            fill_county(server, people=people)
    return [("people in the database before", people, "")]


class Served(NamedTuple):
    """Hold the number of the process that serves, and its port."""

    pid: int
    port: int


@contextmanager
def served() -> Iterator[Served]:
    """Run `sightline serve` for a block."""
    doors = open_doors("127.0.0.1", 0)
    port: int = doors[0].getsockname()[1]
    close(doors)
    command = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()", "serve", "--json"]
    with subprocess.Popen(command, env=os.environ | {"PORT": str(port)}, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline(), "it did not start"
        try:
            yield Served(server.pid, port)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def work(seconds: int) -> list[Row]:
    """Send and read for so long, wait for the last notices, and say how long each took."""
    with post_office() as office:
        os.environ["SIGHTLINE_SMTP_URL"] = office.url
        return _work(seconds)


def _work(seconds: int) -> list[Row]:
    from sightline.config.environment import read_environment
    from sightline.config.folders import DataFolder
    from sightline.config.postgres import EmbeddedPostgres

    with served() as server:
        senders, readers = _people()
        stop, database = threading.Event(), EmbeddedPostgres(DataFolder(read_environment().data))
        reading = [threading.Thread(target=_read, args=(reader, database.dsn("web"), stop)) for reader in readers]
        sending = [threading.Thread(target=_send, args=(sender, server.port, number, seconds))
                   for number, sender in enumerate(senders)]
        for thread in (*reading, *sending):
            thread.start()
        for thread in sending:
            thread.join()
        with psycopg.connect(database.dsn("worker")) as session:
            session.execute("select set_config('sightline.task', 'benchmark', false)")
            _wait_for_the_last(session)
            time.sleep(1)
            stop.set()
            for thread in reading:
                thread.join()
            return _rows(session, senders, readers, seconds=seconds)


def _people() -> tuple[list[Sender], list[Reader]]:
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select name, id from access_agency where name = any(%s)", [list(SENDERS)])
        ids = dict(cursor.fetchall())
    senders, readers = [], []
    for name in SENDERS:
        word = _word(name)
        (_, _, session), = officers.signed_in(starting=f"send-{word}@")
        senders.append(Sender(name, session))
        (officer, work, _), = officers.signed_in(starting=f"read-{word}@")
        readers.append(Reader(officer, work, ids[name]))
    connection.close()
    return senders, readers


def _word(name: str) -> str:
    return name.replace(" ", "-").lower()


def _send(sender: Sender, port: int, number: int, seconds: int) -> None:
    rng = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begins = time.perf_counter() + number / len(SENDERS)
    for tick in range(seconds):
        time.sleep(max(0.0, begins + tick - time.perf_counter()))
        name = f"{number}-{tick}.csv"
        body, kind = _form(name, _file(sender, rng, number, tick), SENDERS[sender.name])
        sender.sent[name] = time.perf_counter()
        line.request("POST", "/import/", body=body, headers={
            "Cookie": f"sightline-session={sender.session}; sightline-csrf={TOKEN}", "Host": "localhost",
            "Content-Type": kind})
        answer = line.getresponse()
        answer.read()
        if answer.status != 302:
            sender.errors.append(f"{sender.name}: {answer.status}")


def _form(name: str, content: str, what: str) -> tuple[bytes, str]:
    edge = "sightlinebenchmarkedge"
    feed = "police-events" if what == "missing" else "exclusions"
    parts = (("csrfmiddlewaretoken", "", TOKEN), ("feed", "", feed), ("file", f'; filename="{name}"', content))
    told = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{key}"{more}\r\n\r\n{value}\r\n'
                   for key, more, value in parts)
    return f"{told}--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def _file(sender: Sender, rng: random.Random, number: int, tick: int) -> str:
    missing = SENDERS[sender.name] == "missing"
    lines = ["record_ref,record_type,occurred_at,forename,surname,dob,sex,home_postcode,postcode" if missing else
             "laestab,school,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"]
    home = HOMES[sender.name]
    for row in range(ROWS_A_FILE):
        again = bool(sender.children) and rng.random() < KNOWN_AGAIN
        child = sender.children.pop(rng.randrange(len(sender.children))) if again else _child(rng)
        if not again:
            sender.children.append(child)
        ref, who = f"B{number}-{tick}-{row}", ",".join(str(word) for word in child)
        now = datetime.now(UTC)
        when = (now - timedelta(minutes=rng.randrange(1, 60))).isoformat()
        day = now.date() - timedelta(days=rng.randrange(3, 20))
        lines.append({
            (True, False): f"{ref},missing-report,{when},{who},{home},",
            (True, True): f"{ref},police-protection,{when},{who},{home},{home}",
            (False, False): f"3404421,Stockbridge High School,{who},{home},PERM,{now.date()},,BW,{ref}",
            (False, True): f"3404421,Stockbridge High School,{who},{home},SUSP,{day},4,OW,{ref}",
        }[missing, again])
    return "\n".join(lines) + "\n"


def _child(rng: random.Random) -> tuple[str, str, date, str]:
    return (rng.choice(GIVEN), "".join(rng.choices(SYLLABLES, k=4)).title(),
            date(2009, 1, 1) + timedelta(days=rng.randrange(3000)), rng.choice("MF"))


def _read(reader: Reader, dsn: str, stop: threading.Event) -> None:
    with psycopg.connect(dsn, autocommit=True) as session:
        began = datetime.now(UTC)
        for look in itertools.count():
            if stop.wait(LOOK_EVERY_SECONDS):
                return
            back = JUST_MADE_SECONDS if look % LOOKS_UNTIL_ALL else WAIT_FOR_LAST_SECONDS
            with session.transaction():
                session.execute("select * from sightline_begin_work(%s, %s, now())", [reader.officer, reader.work])
                rows = session.execute(
                    "select id::text from duties_notice where to_agency_id = %s and made_at > %s",
                    [reader.agency, max(began, datetime.now(UTC) - timedelta(seconds=back))]).fetchall()
            now = time.perf_counter()
            for (notice,) in rows:
                reader.seen.setdefault(notice, now)


def _wait_for_the_last(session: psycopg.Connection) -> None:
    until = time.perf_counter() + WAIT_FOR_LAST_SECONDS
    while time.perf_counter() < until:
        left = session.execute("select (select count(*) from intake_submission where done_at is null)"
                               " + (select count(*) from record_news)").fetchone()
        session.commit()
        session.execute("select set_config('sightline.task', 'benchmark', false)")
        if left == (0,):
            return
        time.sleep(0.2)


CAUSED = """
select n.id::text, s.file_name, e.row from duties_notice n
  left join duties_owedduty d on d.id = n.duty_id
  left join responsibility_safetyevent v on n.key like 'safety:' || v.id::text || ':%%'
  join record_entry e on e.id::text = coalesce(d.started_key, v.ground_id::text)
  join intake_submission s on s.id = e.submission_id
where n.to_agency_id = any(%s) and (n.key like '%%:started' or n.key like 'safety:%%')
"""


JOBS = """
select j.task_name, count(*), sum(extract(epoch from e.at - s.at)), max(extract(epoch from e.at - s.at)),
  percentile_cont(0.5) within group (order by extract(epoch from s.at - d.at))
from procrastinate_jobs j join procrastinate_events s on s.job_id = j.id and s.type = 'started'
  join procrastinate_events e on e.job_id = j.id and e.type = 'succeeded'
  join procrastinate_events d on d.job_id = j.id and d.type = 'deferred'
group by 1 order by 3 desc
"""


def _rows(session: psycopg.Connection, senders: list[Sender], readers: list[Reader], *, seconds: int) -> list[Row]:
    sent = {name: at for sender in senders for name, at in sender.sent.items()}
    seen = {notice: at for reader in readers for notice, at in reader.seen.items()}
    caused = session.execute(CAUSED, [[reader.agency for reader in readers]]).fetchall()
    times = sorted(seen[notice] - sent[file] for notice, file, _ in caused if notice in seen)
    told = {(file, row) for notice, file, row in caused if notice in seen}
    errors = [error for sender in senders for error in sender.errors]
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} times {error}", flush=True)
    cuts = quantiles(times, n=100)
    jobs = session.execute(JOBS).fetchall()
    return [
        ("records sent", len(sent) * ROWS_A_FILE, ""), ("records a second", len(sent) * ROWS_A_FILE / seconds, "/s"),
        ("uploads that were not taken", len(errors), ""),
        ("notices that their readers saw", len(times), ""),
        ("notices that their readers never saw", len(caused) - len(times), ""),
        ("records without a notice", len(sent) * ROWS_A_FILE - len(told), ""),
        ("from upload to notice: p50", cuts[49], "s"), ("from upload to notice: p95", cuts[94], "s"),
        ("from upload to notice: p99", cuts[98], "s"), ("from upload to notice: longest", times[-1], "s"),
        *((f"job {task}: {what}", float(value), unit) for task, number, all_, longest, waited in jobs
          for what, value, unit in (("times", number, ""), ("working", all_, "s"), ("longest", longest, "s"),
                                    ("p50 of waiting to begin", waited, "s"))),
    ]


def main() -> int:
    """Run one step in this process and tell its rows."""
    tell(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else work(int(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
