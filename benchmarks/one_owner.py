"""Measure for how long nobody owned a child's safety, while agencies hand thousands of children over and all crashes.

Children are reported missing in one force and found in another: each is an event that councils of several areas offer
to each other, accept, refuse, withdraw or leave until the offer expires, while newer words of where the child is come
in. Those who act are processes of their own, by the actions and under the roles of the pages and of the worker. All the
time one of them is killed (-9) and begun again, or a session of the database is ended under it. An observer asks
meanwhile, in one snapshot after the other, whether every open event has exactly one owner.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import psycopg

from benchmarks import officers
from benchmarks.installation import Row, measured_apart, new_installation, tell
from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres

QUICK, FULL = 400, 10_000
AGENCIES = ("Knowsley", "Liverpool", "Lancashire", "Blackpool", "Cumberland", "Merseyside Police",
            "Lancashire Constabulary", "Cumbria Constabulary")
HOMES, ELSEWHERE = ("L36 9YZ", "L13 5TF"), ("PR1 8BH", "CA1 1AA", "FY1 1AA")
HEADER = "record_ref,record_type,occurred_at,postcode,forename,surname,dob,sex,home_postcode\n"
ACTORS = 2
CHILDREN_A_FILE = 250
CRASH_EVERY_SECONDS = 0.5
KILLED, LIVES_SECONDS = 0.12, 20.0
"""The share of crashes that kill a process, and for how long at least each lives: it needs seconds to begin, under load
ten. The others end a session."""
MOST_SECONDS = 660
"""So long events are handed over at most; what was not offered by then is an event all the same."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(*, full: bool) -> list[Row]:
    """Open the events, let them be handed over among crashes, and count."""
    return measured_apart("benchmarks.one_owner", ("worker", "run", str(FULL if full else QUICK)))


def run(events: int) -> list[Row]:
    """Do it all in one installation, with Django ready and the database running."""
    with new_installation() as server:
        _open_events(events)
        from django.db import connection

        connection.close()
        observer = Observer(server.dsn("worker"))
        observer.start()
        crashes = _act_and_crash(server.dsn("administrator"), server.dsn("worker"), events)
        observer.stop.set()
        observer.join()
        _come_to_rest()
        connection.close()
        with psycopg.connect(server.dsn("worker")) as session:
            session.execute("select set_config('sightline.task', 'benchmark', false)")
            return _rows(session, observer, crashes)


def _surname(number: int) -> str:
    letters = ""
    for _ in range(5):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters.title()


def told(number: int, ref: str, what: str, when: datetime, postcode: str) -> str:
    """Give one row of a force's file about the child of that number."""
    given = ("Amara", "Jamie", "Chloe", "Tyler")[number % 4]
    born = datetime(2009, 1, 1, tzinfo=UTC) + timedelta(days=(number * 37) % 3000)
    return (f"{ref},{what},{when.isoformat()},{postcode},{given},{_surname(number * 7919)},{born.date()},"
            f"{'MF'[number % 2]},{HOMES[number % 2]}\n")


def _open_events(events: int) -> None:
    from sightline.apps.access.acting import at_task
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    ids = keep_partnership(agencies(), today=datetime.now(UTC))
    with at_task("benchmark"):
        for name in AGENCIES:
            officers.keep(email=name.replace(" ", "-").lower(), name=f"Officer of {name}", agency=ids[name],
                          role="duty-manager")
    _begin("sign in", "web", 0).wait()
    now = datetime.now(UTC)
    for first in range(0, events, CHILDREN_A_FILE):
        numbers = range(first, min(first + CHILDREN_A_FILE, events))
        send(ids["Merseyside Police"], "".join(
            told(n, f"M{n}", "missing-report", now - timedelta(hours=9), "") for n in numbers))
        send(ids["Lancashire Constabulary"], "".join(
            told(n, f"F{n}", "missing-found", now - timedelta(hours=4), ELSEWHERE[n % 3]) for n in numbers))


def send(agency: int, rows: str) -> None:
    """Send rows for a force, and read them and everybody whom they are about."""
    from sightline import flow
    from sightline.apps.access.acting import at_task

    with at_task("receive"):
        file = flow.receive(stream=BytesIO((HEADER + rows).encode()), feed="police-events", agency=agency, officer=None,
                            file_name="benchmark.csv", at=datetime.now(UTC))
    flow.work_through(file, at=lambda: datetime.now(UTC), progress=lambda done, of: None)
    flow.read_news(at=lambda: datetime.now(UTC))


class Observer(threading.Thread):
    """Ask in one snapshot after the other whether every open event has exactly one owner, until told to stop."""

    ASKED = """
select count(*), count(*) - count(distinct e.person_id), count(*) filter (where c.id is null),
  count(*) filter (where l.agency_id is distinct from e.owner_agency_id)
from responsibility_safetyevent e
  left join access_contact c on c.id = e.owner_contact_id and c.agency_id = e.owner_agency_id
  left join lateral (select agency_id from responsibility_ownerchange o where o.event_id = e.id
    order by o.id desc limit 1) l on true
where e.closed_at is null
"""

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self.dsn, self.stop, self.looks, self.seen, self.wrong = dsn, threading.Event(), 0, 0, 0

    def run(self) -> None:
        """Look until told to stop; a session that is ended under it is opened again."""
        while not self.stop.is_set():
            with suppress(psycopg.OperationalError), psycopg.connect(self.dsn, autocommit=True) as session:
                session.execute("select set_config('sightline.task', 'benchmark', false)")
                while not self.stop.wait(0.25):
                    found = session.execute(self.ASKED).fetchone()
                    assert found is not None
                    self.looks, self.seen = self.looks + 1, self.seen + found[0]
                    self.wrong += sum(found[1:])


# --- those who act -------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Desk:
    """Hold an agency's officer with the piece of work, and its safeguarding contact."""

    officer: UUID
    work: UUID
    contact: int


def act(seed: int) -> None:
    """Offer, accept, refuse and withdraw until no event is left that nobody offered; killed and begun again often."""
    import django

    django.setup()
    from django.db import DatabaseError, InterfaceError, connection

    rng, dsn = random.Random(seed), _server().dsn("worker")
    while True:
        try:
            with psycopg.connect(dsn, autocommit=True) as looking:
                looking.execute("select set_config('sightline.task', 'benchmark', false)")
                desks = {row[0]: Desk(*row[1:]) for row in looking.execute(DESKS)}
                while events := [row[0] for row in looking.execute(NOT_OFFERED_YET)]:
                    rng.shuffle(events)
                    for event in events[:30]:
                        _hand_over(event, looking, desks, rng)
                return
        except (DatabaseError, InterfaceError, psycopg.Error):
            connection.close()


DESKS = """
select m.agency_id, w.officer_id, w.id, c.id from access_pieceofwork w
  join access_membership m on m.id = w.membership_id
  join access_contact c on c.agency_id = m.agency_id and c.desk = 'safeguarding'
"""
NOT_OFFERED_YET = """
select e.id from responsibility_safetyevent e where closed_at is null
  and not exists (select 1 from responsibility_transfer t where t.event_id = e.id) limit 60
"""


def _server() -> EmbeddedPostgres:
    return EmbeddedPostgres(DataFolder(read_environment().data))


def _hand_over(event: UUID, looking: psycopg.Connection, desks: dict[int, Desk], rng: random.Random) -> None:
    """Offer an event and do what comes next, a few times, each as an officer of the side whose turn it is."""
    from sightline.apps.responsibility.transfers import TransferRefused

    for _ in range(rng.choice((1, 1, 2, 3))):
        owner = looking.execute(OWNER, [event]).fetchall()[0][0]
        if owner not in desks:
            return
        receiver = rng.choice([agency for agency in desks if agency != owner])
        with suppress(TransferRefused):
            _offer_and_answer(event, desks[owner], desks[receiver], rng)


def _offer_and_answer(event: UUID, owner: Desk, receiver: Desk, rng: random.Random) -> None:
    from sightline.apps.responsibility.transfers import Refusal, accept, offer, refuse, withdraw

    now, stands = datetime.now(UTC), timedelta(seconds=rng.choice((0.3, 3600)))
    made = _as(owner, lambda acting: offer(acting=acting, event=event, to_contact=receiver.contact,
                                           words="Please take over.", answer_by=now + stands, at=now))
    match rng.choice(("accept", "accept", "refuse", "withdraw", "leave")):
        case "accept":
            _as(receiver, lambda _: accept(transfer=made, at=datetime.now(UTC)))
        case "refuse":
            refusal = Refusal("No bed tonight", "Lancashire", "R1")
            _as(receiver, lambda _: refuse(transfer=made, refusal=refusal, at=datetime.now(UTC)))
        case "withdraw":
            _as(owner, lambda _: withdraw(transfer=made, at=datetime.now(UTC)))


OWNER = "select owner_agency_id from responsibility_safetyevent where id = %s"


def _as(desk: Desk, what: Callable[[Any], Any]) -> Any:
    """Act as the officer of a desk, in one transaction as a page does."""
    from django.db import transaction

    from sightline.apps.access.acting import begin_work

    with transaction.atomic():
        acting = begin_work(desk.officer, desk.work, at=datetime.now(UTC))
        assert acting is not None
        return what(acting)


def tell_more(seed: int) -> None:
    """Tell newer words of where children are, and let offers expire, for ever; killed and begun again often."""
    import django

    django.setup()
    from django.db import DatabaseError, InterfaceError, connection

    rng = random.Random(seed)
    while True:
        try:
            with psycopg.connect(_server().dsn("worker"), autocommit=True) as looking:
                looking.execute("select set_config('sightline.task', 'benchmark', false)")
                force, children = looking.execute(MANY_CHILDREN).fetchall()[0]
                while True:
                    take_steps()
                    send(force, "".join(_newer(rng, children) for _ in range(5)))
                    time.sleep(0.2)
        except (DatabaseError, InterfaceError, psycopg.Error):
            connection.close()


MANY_CHILDREN = """
select (select id from access_agency where name = 'Lancashire Constabulary'),
  (select count(distinct person_id) from responsibility_safetyevent)
"""


def _newer(rng: random.Random, children: int) -> str:
    number, now = rng.randrange(children), datetime.now(UTC)
    ref = f"N{number}-{now.timestamp()}"
    what, postcode = rng.choice((("missing-found", ELSEWHERE[0]), ("missing-found", ELSEWHERE[1]),
                                 ("missing-found", HOMES[number % 2]), ("missing-report", "")))
    return told(number, ref, what, now, postcode)


def take_steps() -> int:
    """Let offers expire and carry disputes on until nothing is due, as the worker does each minute."""
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.queries import agency_book
    from sightline.apps.responsibility.transfers import escalate_disputes, expire_offers

    taken = 0
    for steps in (expire_offers, escalate_disputes):
        while True:
            with at_task("steps"):
                some = steps(book=agency_book(), at=datetime.now(UTC), most=100)
            taken += some
            if not some:
                break
    return taken


# --- crashes -------------------------------------------------------------------------------------------------------

def _act_and_crash(administrator: str, worker: str, events: int) -> Counter[str]:
    rng, crashes, until = random.Random(events), Counter[str](), time.perf_counter() + MOST_SECONDS
    running = {number: _actor(number, 0) for number in range(ACTORS + 1)}
    began = dict.fromkeys(running, time.perf_counter())
    with psycopg.connect(administrator, autocommit=True) as session:
        for round_ in range(1, 1_000_000):
            time.sleep(CRASH_EVERY_SECONDS * (0.5 + rng.random()))
            for number, process in list(running.items()):
                if process.poll() is not None and process.returncode == 0:
                    running.pop(number)
                elif process.poll() is not None:
                    raise RuntimeError(f"an actor ended with status {process.returncode}")
            if set(running) == {ACTORS} or time.perf_counter() > until:
                break
            old = [number for number in running if time.perf_counter() - began[number] > LIVES_SECONDS]
            if old and rng.random() < KILLED:
                number = rng.choice(old)
                began[number] = time.perf_counter()
                running[number].send_signal(signal.SIGKILL)
                running[number].wait()
                running[number] = _actor(number, round_)
                crashes["processes killed"] += 1
            else:
                ended = session.execute(END_ONE).fetchall()
                crashes["sessions ended"] += len(ended)
    for process in running.values():
        process.send_signal(signal.SIGKILL)
        process.wait()
    return crashes


END_ONE = """
select pg_terminate_backend(pid) from (select pid from pg_stat_activity
  where usename in ('sightline_web', 'sightline_worker') and pid <> pg_backend_pid()
  order by (state = 'active') desc, random() limit 1) one
"""


def _actor(number: int, round_: int) -> subprocess.Popen[bytes]:
    what, role = ("tell", "worker") if number == ACTORS else ("act", "web")
    return _begin(what, role, round_ * 10 + number)


def _begin(what: str, role: str, seed: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "benchmarks.one_owner", what, str(seed)],
                            env=os.environ | {"SIGHTLINE_ROLE": role})


def sign_in(_: int) -> None:
    """Let every officer of the benchmark begin a piece of work."""
    import django

    django.setup()
    officers.signed_in()


def _come_to_rest() -> None:
    """Do what the next minute's job does after a crash: read files and news that were left, let offers expire."""
    from sightline import flow
    from sightline.apps.access.acting import at_task
    from sightline.apps.intake.queries import unfinished

    with at_task("look again"):
        files = unfinished()
    for file in files:
        flow.work_through(file, at=lambda: datetime.now(UTC), progress=lambda done, of: None)
    flow.read_news(at=lambda: datetime.now(UTC))
    take_steps()


# --- what came of it -----------------------------------------------------------------------------------------------

COUNTED = {
    "events": "select count(*) from responsibility_safetyevent",
    "changes of owner": "select count(*) from responsibility_ownerchange",
    "transfers offered": "select count(*) from responsibility_transfer",
    "transfers accepted": "select count(*) from responsibility_transfer where state = 'accepted'",
    "transfers refused": "select count(*) from responsibility_transfer where state = 'refused'",
    "transfers withdrawn": "select count(*) from responsibility_transfer where state = 'withdrawn'",
    "transfers expired": "select count(*) from responsibility_transfer where state = 'expired'",
}
MUST_BE_NONE = {
    "seconds without an owner, between the first owner and the end of the event": """
select coalesce(sum(greatest(0, extract(epoch from began - ended))), 0) from (
  select c.at as began, lag(c.ends) over (partition by c.event_id order by c.id) as ended from (
    select o.*, coalesce(n.at, greatest(o.at, e.closed_at), now()) as ends from responsibility_ownerchange o
      join responsibility_safetyevent e on e.id = o.event_id
      left join lateral (select at from responsibility_ownerchange n where n.event_id = o.event_id and n.id > o.id
        order by n.id limit 1) n on true) c) spans where ended is not null""",
    "events without any owner written down": """
select count(*) from responsibility_safetyevent e where not exists
  (select 1 from responsibility_ownerchange o where o.event_id = e.id)""",
    "changes of owner that are earlier than the one before": """
select count(*) from (select at - lag(at) over (partition by event_id order by id) as step
  from responsibility_ownerchange) o where step < interval '0'""",
    "events whose owner is not the last that was written down": """
select count(*) from responsibility_safetyevent e where owner_agency_id <> (select agency_id
  from responsibility_ownerchange o where o.event_id = e.id order by id desc limit 1)""",
    "accepted transfers that did not make the receiver the owner at that instant": """
select count(*) from responsibility_transfer t where state = 'accepted' and not exists (
  select 1 from responsibility_ownerchange o where o.transfer_id = t.id and o.agency_id = t.to_agency_id
    and o.at >= t.answered_at)""",
    "owners by a transfer that was not accepted, or twice by one": """
select count(*) from (select o.transfer_id from responsibility_ownerchange o
  join responsibility_transfer t on t.id = o.transfer_id group by 1, t.state
  having t.state <> 'accepted' or count(*) > 1) o""",
    "transfers accepted from who was not the owner": """
select count(*) from responsibility_transfer t where state = 'accepted' and t.from_agency_id <> (
  select b.agency_id from responsibility_ownerchange o join responsibility_ownerchange b
    on b.event_id = o.event_id and b.id < o.id where o.transfer_id = t.id order by b.id desc limit 1)""",
    "offers still open after their time": """
select count(*) from responsibility_transfer where state = 'offered' and answer_by < now() - interval '1 minute'""",
    "offers of which the receiver was not told": """
select count(*) from responsibility_transfer t where not exists (select 1 from duties_notice n
  where n.key = 'transfer:' || t.id || ':offered' and n.to_agency_id = t.to_agency_id)""",
    "answers of which the giver was not told": """
select count(*) from responsibility_transfer t where state in ('accepted', 'refused', 'expired') and not exists (
  select 1 from duties_notice n where n.key like 'transfer:' || t.id || ':%' and n.to_agency_id = t.from_agency_id)""",
    "offers that ended of which the receiver was not told": """
select count(*) from responsibility_transfer t where state in ('withdrawn', 'expired') and not exists (
  select 1 from duties_notice n where n.key like 'transfer:' || t.id || ':%' and n.to_agency_id = t.to_agency_id
    and n.key not like '%:offered')""",
    "owners by a rule who were not told": """
select count(*) from responsibility_ownerchange o where transfer_id is null and not exists (
  select 1 from duties_notice n where n.key like 'safety:' || o.event_id || ':%' and n.to_agency_id = o.agency_id)""",
    "owners whom newer ground relieved, who were not told": """
select count(*) from (select o.*, lag(agency_id) over (partition by event_id order by id) as before
  from responsibility_ownerchange o) o where transfer_id is null and before <> agency_id and not exists (
  select 1 from duties_notice n where n.key like 'relieved:' || o.event_id || ':%'
    and n.to_agency_id = o.before)""",
}


def _rows(session: psycopg.Connection, observer: Observer, crashes: Counter[str]) -> list[Row]:
    def asked(statement: str) -> float:
        return float(session.execute(statement.encode()).fetchall()[0][0])

    return [
        *((what, number, "") for what, number in sorted(crashes.items())),
        *((what, asked(statement), "") for what, statement in COUNTED.items()),
        ("looks of the observer", observer.looks, ""), ("open events that it saw", observer.seen, ""),
        ("open events that it saw with no owner, or two", observer.wrong, ""),
        *((what, asked(statement), "s" if "seconds" in what else "") for what, statement in MUST_BE_NONE.items()),
    ]


def main() -> int:
    """Run in this process, or act in it."""
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "run":
        tell(run(number))
    else:
        {"act": act, "tell": tell_more, "sign in": sign_in}[what](number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
