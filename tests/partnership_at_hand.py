"""A data folder with a database that runs and two agencies, for tests that run the real commands on it and kill them.

A trap stops a process at a chosen point: a trigger that waits for a lock which the test holds.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.demonstration.identifiers import upn
from tests import canaries
from tests.running import SIGHTLINE, command, surroundings, wait_until

SCHOOL, COUNCIL = "Brook High School", "Knowsley Council"
TRAP = """
create or replace function trap() returns trigger language plpgsql set lock_timeout = 0 as $$
begin perform pg_advisory_xact_lock(4242); return new; end $$
"""
BEGINNING = "sightline_beginning"
"""The database that holds the two agencies and nothing else."""
THE_DAY_BEFORE_YESTERDAY = (datetime.now(UTC) - timedelta(days=2)).strftime("%d/%m/%Y")
"""The commands read the clock, so what they are told must be new to them."""
HEAD = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"
JOBS = ("from sightline.interfaces.jobs.story import look_again\n"
        "from sightline.interfaces.jobs.worker import run_jobs\n"
        "look_again(timestamp=0); run_jobs(wait=False)")


class PartnershipAtHand:
    """Hold the data folder and its running database."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = EmbeddedPostgres(DataFolder(data))

    def ask(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database as somebody who sees everything."""
        with psycopg.connect(self.server.dsn("administrator"), autocommit=True) as session:
            cursor = session.execute(statement, list(values))
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Run a command with --json to its end; gives its exit status and its document."""
        return answer_of(command(self.data, *arguments, "--json"))

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command with --json and go on."""
        return subprocess.Popen([*SIGHTLINE, *arguments, "--json"], env=surroundings(self.data),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def start_code(self, code: str, **more: str) -> "subprocess.Popen[str]":
        """Start a program of the worker's and go on."""
        surrounded = surroundings(
            self.data, SIGHTLINE_ROLE="worker", DJANGO_SETTINGS_MODULE="sightline.config.settings", **more)
        return subprocess.Popen([sys.executable, "-c", f"import django; django.setup()\n{code}"], env=surrounded,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def work_jobs_off(self) -> None:
        """Look again as the scheduler would, and run what that put into the queue, in a process of its own."""
        process = self.start_code(JOBS)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert self.ask("select task_name from procrastinate_jobs where status not in ('succeeded', 'todo')") == []

    def file(self, name: str, rows: Iterable[str], head: str = HEAD) -> Path:
        """Write a file of rows under a heading."""
        path = self.data.parent / name
        path.write_text("\n".join([head, *rows]) + "\n")
        return path

    @contextmanager
    def trap(self, table: str, *, when: str, event: str = "before update") -> Iterator[None]:
        """Stop whoever writes such a row into the table, until the block ends or they are killed."""
        with psycopg.connect(self.server.dsn("administrator"), autocommit=True) as session:
            names = sql.Identifier(table), sql.SQL(when)  # type: ignore[arg-type]
            session.execute(TRAP)
            session.execute(sql.SQL("create trigger trap " + event + " on {} for each row when ({})"  # type: ignore
                                    " execute function trap()").format(*names))
            session.execute("select pg_advisory_lock(4242)")
            try:
                yield
            finally:
                session.execute("select pg_advisory_unlock(4242)")
                session.execute(sql.SQL("drop trigger trap on {}").format(names[0]))

    def trapped(self) -> int:
        """Count who stands in the trap."""
        return int(self.ask("select count(*) from pg_locks where locktype = 'advisory' and objid = 4242"
                            " and not granted")[0][0])


def answer_of(done: "subprocess.CompletedProcess[str]") -> tuple[int, dict[str, Any]]:
    """Give a command's exit status and its document, and see that it told no traceback."""
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def ended(process: "subprocess.Popen[str]") -> tuple[int, dict[str, Any]]:
    """Wait for a started command; gives its exit status and its document."""
    said, errors = process.communicate(timeout=120)
    return answer_of(subprocess.CompletedProcess([], process.returncode, said, errors))


def killed_in_trap(at_hand: PartnershipAtHand, process: "subprocess.Popen[str]") -> None:
    """Kill -9 a process that stands in the trap, and see that the database has let go of it."""
    wait_until(lambda: at_hand.trapped() == 1)
    process.kill()
    process.communicate()
    at_hand.ask("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 4242"
                " and not granted")
    wait_until(lambda: at_hand.trapped() == 0)


def exclusion(number: int) -> str:
    """Write a row: the exclusion of an invented child unlike all others."""
    given = "".join(chr(97 + number // 26**place % 26) for place in range(4)).title()
    family = "".join(chr(97 + (number * 7919 + 31) // 26**place % 26) for place in range(5)).title()
    born = f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/{2009 + number // 336 % 6}"
    return (f"3404001,Brook High School,{upn('340', number, 15)},{given},{family},{born},F,L36 9YZ,PERM,"
            f"{THE_DAY_BEFORE_YESTERDAY},,DB,X{number}")


@contextmanager
def partnership_at_hand(base: Path) -> Iterator[PartnershipAtHand]:
    """Make the folder, run its database for a block, and keep a school and its council, as `as_it_began` gives them."""
    data = base / "data"
    assert command(data, "migrate").returncode == 0
    at_hand = PartnershipAtHand(data)
    at_hand.server.start()
    try:
        for name, *more in ((COUNCIL, "--kind", "council", "--area", "Knowsley", "--email", "desk@knowsley.example"),
                            (SCHOOL, "--kind", "school", "--code", "3404001")):
            assert at_hand.run("agency", "add", name, "--contact", "Desk", *more)[0] == 0
        _administer(at_hand, "alter database {} rename to {}", at_hand.server.database, BEGINNING)
        yield at_hand
    finally:
        at_hand.server.stop()


@contextmanager
def as_it_began(at_hand: PartnershipAtHand) -> Iterator[PartnershipAtHand]:
    """Copy the database of the two agencies for a block; afterwards see that no canary got out, and drop the copy."""
    _administer(at_hand, "create database {} owner sightline_owner template {}", at_hand.server.database, BEGINNING)
    yield at_hand
    canaries.look_at_process(at_hand.data, "")
    canaries.look_at_jobs(at_hand.server.dsn("administrator"))
    _administer(at_hand, "drop database {} with (force)", at_hand.server.database)
    assert not (noted := canaries.found()), noted


def _administer(at_hand: PartnershipAtHand, statement: LiteralString, *names: str) -> None:
    with psycopg.connect(at_hand.server.dsn("administrator", "postgres"), autocommit=True) as session:
        session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
