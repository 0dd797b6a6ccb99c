"""Names that may stand in records and on pages alone: searched for in whatever else the suite makes the product say.

Amara, her siblings in other tests' files, and their identifiers are canaries. A test fails if it made one of them
stand in a line of a log, an e-mail, an address, an error page, or the arguments of a job, in this process or in one
that it started. What a command answers on standard output, and pages that show a record, are meant to hold them.

How: a handler on the root logger, with the product's own formatter; Django's signal for each request that a test's
client makes, and the statuses of its answers; the mails that Django keeps in tests, and those that a real SMTP server
took; the queue's own methods for putting a job in; and, of processes, standard error, the files of their logs, and the
jobs in their database (see tests/running.py). What a browser asks for is looked at in tests/functional/watching.py.
"""

import csv
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import psycopg
import pytest
from django.core import mail
from django.core.signals import request_started
from django.test import Client
from procrastinate.manager import JobManager

from sightline.config.logs import WithoutValues

CHILDREN = ("Amara", "Okafer", "A950000178301", "H243278544154", "L36 9YZ", "L369YZ", "1L36")
ERRORS = frozenset({400, 403, 404, 405, 429, 500, 503})
"""Answers that show no record; 409 and 422 show the page again, with what was entered."""

_found: list[str] = []


def look(where: str, text: str, *, more: Iterable[str] = ()) -> None:
    """Note every canary in a text, saying where it stood; `more` are further canaries of this place."""
    low = text.lower()
    for name in (*CHILDREN, *more):
        place = low.find(name.lower())
        if place >= 0:
            _found.append(f"{where}: ...{text[max(0, place - 80):place + 60]!r}...")


def found() -> list[str]:
    """Give what was noted, and forget it."""
    noted = list(_found)
    _found.clear()
    return noted


@pytest.fixture(autouse=True)
def _no_canary_got_out() -> Iterator[None]:
    """Fail the test that made a canary stand where none may."""
    assert not (noted := found()), "Got out since the test before: " + "\n".join(noted)
    listen()
    yield
    for message in getattr(mail, "outbox", ()):
        look("an e-mail", message.message().as_string())
    assert not (noted := found()), "\n".join(noted)


@contextmanager
def watching() -> Iterator[None]:
    """Listen to everything that this process says, for a block."""
    kept = Client.request, JobManager.batch_defer_jobs, JobManager.batch_defer_jobs_async
    listen()
    request_started.connect(_address)
    Client.request = _answers(Client.request)  # type: ignore[method-assign]
    JobManager.batch_defer_jobs = _jobs(JobManager.batch_defer_jobs)  # type: ignore[method-assign]
    JobManager.batch_defer_jobs_async = _jobs(JobManager.batch_defer_jobs_async)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Client.request, JobManager.batch_defer_jobs, JobManager.batch_defer_jobs_async = kept  # type: ignore[method-assign]
        request_started.disconnect(_address)
        logging.getLogger().removeHandler(_listener())


def look_at_process(data: Path, said: str) -> None:
    """Look at what processes on a data folder wrote to standard error and into logs."""
    more = _children_of_the_demonstration(data)
    look("standard error", said, more=more)
    for log in sorted((data / "logs").glob("*.log*")):
        look(f"the log {log.name}", log.read_text("utf-8", errors="replace"), more=more)


def look_at_jobs(dsn: str) -> None:
    """Look at the arguments and locks of all jobs in a database."""
    with psycopg.connect(dsn, connect_timeout=10) as session:
        for task, arguments, lock, queueing in session.execute(
                "select task_name, args::text, lock, queueing_lock from procrastinate_jobs"):
            look(f"a job {task}", f"{arguments} {lock} {queueing}")


class _Listener(logging.Handler):
    """Look at each line as the product would write it."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.setFormatter(WithoutValues())

    def emit(self, record: logging.LogRecord) -> None:
        if record.name not in ("mail.log", "asyncio"):  # the test's own mail server tells its dialogue
            look(f"the log of {record.name}", self.format(record))


@cache
def _listener() -> _Listener:
    return _Listener(logging.INFO)


def listen() -> None:
    """Hear the logs; asked before each test, for a command that sets the logs up anew turns every listener away."""
    logging.getLogger().addHandler(_listener())


def _address(environ: dict[str, Any], **_: object) -> None:
    look("an address", unquote_plus(f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"))


def _answers(request: Callable[..., Any]) -> Callable[..., Any]:
    def requested(self: Client, **asked: Any) -> Any:
        answer = request(self, **asked)
        if answer.status_code in ERRORS and not answer.streaming:
            look(f"an error page {answer.status_code}", answer.content.decode("utf-8", "replace"))
        look("a redirection", unquote_plus(answer.headers.get("Location", "")))
        return answer

    return requested


def _jobs(defer: Callable[..., Any]) -> Callable[..., Any]:
    def deferred(self: JobManager, jobs: list[Any], *parts: Any, **named: Any) -> Any:
        for job in jobs:
            look(f"a job {job.task_name}", f"{job.task_kwargs} {job.lock} {job.queueing_lock}")
        return defer(self, jobs, *parts, **named)

    return deferred


def _children_of_the_demonstration(data: Path) -> set[str]:
    """Give the pupil numbers, and the names with surnames, that stand in the files of a demonstration."""
    names: set[str] = set()
    for path in (data / "demonstration-files").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                told = {re.sub(r"\W", "", str(key)).lower(): value for key, value in row.items() if value}
                names |= {told[key] for key in ("upn",) if key in told}
                if "forename" in told and "surname" in told:
                    names.add(f"{told['forename']} {told['surname']}")
    return names
