"""A real PostgreSQL for the tests that ask for one: started once, migrated once, copied for each who writes into it.

Nothing here runs for tests that need no database. Use pytest-django's `db` (rolled back) or `transactional_db` (really
committed, other processes may look; the database is copied anew afterwards, so append-only tables may refuse to be
emptied). `as_web` and `as_worker` step into the roles that serve pages and jobs:

    def test_carl_sees_nothing(db, as_web):
        make_amaras_record()
        with as_web({"sightline.officer": str(carl.id)}):
            assert not timeline_of(amara)

A refusal of the database ends the step, so `pytest.raises` goes outside: `with pytest.raises(...), as_web():`.
"""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from sightline.config.folders import DataFolder
from sightline.config.grants import grant
from sightline.config.locks import locked
from sightline.config.postgres import EmbeddedPostgres
from sightline.config.preparation import prepare
from sightline.config.secrets import password_of, secret
from tests import canaries

FOLDER = DataFolder(Path(os.environ["SIGHTLINE_DATA"]))
TEMPLATE = "sightline_template"
Step = Callable[..., AbstractContextManager[None]]

_server = EmbeddedPostgres(FOLDER, durable=False)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that lives longest, when several run the tests."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        _server.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """Listen for canaries while tests run."""
    with canaries.watching():
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for what got out after the last test, when processes ended."""
    if noted := canaries.found():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("Canaries got out: " + "\n".join(noted))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, in the process that started it."""
    if os.environ.get("SIGHTLINE_TEST_FOLDER_MADE_BY") == str(os.getpid()):
        _server.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser's tests: they take the longest."""
    items.sort(key=lambda item: "functional" not in item.path.parts)


@pytest.fixture(scope="session")
def postgres() -> EmbeddedPostgres:
    """Give the running server of this run; its roles are there after `migrated_template`."""
    _server.start()
    return _server


@pytest.fixture(scope="session")
def migrated_template(postgres: EmbeddedPostgres, django_db_blocker: DjangoDbBlocker) -> str:
    """Give the name of a database with all migrations and no rows, to be copied; made by whoever comes first."""
    with locked(FOLDER.path / ".template.lock"):
        if not _database_exists(TEMPLATE):
            draft = f"{TEMPLATE}_draft"
            prepare(postgres, password=lambda role: secret(FOLDER.secrets, password_of(role)), database=draft)
            connection.settings_dict["NAME"] = draft
            with django_db_blocker.unblock():
                call_command("migrate", verbosity=0)
                call_command("createcachetable", verbosity=0)
                connection.close()
            grant(postgres.dsn("owner", draft))
            _administer("grant sightline_web, sightline_worker, sightline_reader to sightline_owner")
            _administer("alter database {} rename to {}", draft, TEMPLATE)
    return TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(migrated_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put a copy of the template in the place where pytest-django would migrate a database of its own."""
    name = f"sightline_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    connection.settings_dict["NAME"] = name
    _copy_template(name)

    def copy_anew(_case: TransactionTestCase) -> None:
        connection.close()
        _copy_template(name)

    # Django would empty every table, which tables that may only be appended to rightly refuse.
    kept, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, copy_anew
    yield
    TransactionTestCase._fixture_teardown = kept
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture
def as_web(db: None) -> Step:
    """Step into the role that serves pages, for a block of the test's transaction; settings may be given."""
    return lambda settings=None: _stepping_into("sightline_web", settings or {})


@pytest.fixture
def as_worker(db: None) -> Step:
    """Step into the role that runs jobs, for a block of the test's transaction; settings may be given."""
    return lambda settings=None: _stepping_into("sightline_worker", settings or {})


@contextmanager
def _stepping_into(role: str, settings: Mapping[str, str]) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("select set_config(%s, %s, true)", [name, value])
        cursor.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        yield
        cursor.execute("reset role")
        for name in settings:
            cursor.execute("select set_config(%s, '', true)", [name])


def _copy_template(name: str) -> None:
    _administer("drop database if exists {} with (force)", name)
    _administer("create database {} owner sightline_owner template {} strategy file_copy", name, TEMPLATE)


def _database_exists(name: str) -> bool:
    with psycopg.connect(_server.dsn("administrator", "postgres")) as session:
        return session.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _administer(statement: str, *names: str) -> None:
    with psycopg.connect(_server.dsn("administrator", "postgres"), autocommit=True) as session:
        session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
