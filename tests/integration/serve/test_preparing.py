"""What this very program has brought up to date is left alone; anything else is done again."""

import psycopg
import pytest

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.server import server_of
from sightline.interfaces.serve.preparing import NotBroughtUpToDate, bring_up_to_date


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    environment = read_environment({"SIGHTLINE_DATA": str(tmp_path_factory.mktemp("preparing") / "data")})
    server = server_of(environment)
    server.start()
    try:
        bring_up_to_date(environment, server)
        yield environment, server
    finally:
        server.stop()


def take_a_grant_away(server):
    with psycopg.connect(server.dsn("owner")) as session:
        session.execute("revoke all on django_session from sightline_web")


def is_granted(server):
    with psycopg.connect(server.dsn("owner")) as session:
        return session.execute("select has_table_privilege('sightline_web', 'django_session', 'insert')").fetchone()[0]


def test_a_second_start_of_the_same_program_does_nothing(prepared):
    environment, server = prepared
    take_a_grant_away(server)
    bring_up_to_date(environment, server)
    assert not is_granted(server)
    bring_up_to_date(environment, server, always=True)
    assert is_granted(server)


@pytest.mark.parametrize("change", ["another program", "another database", "a database without a word", "a new folder"])
def test_what_another_program_or_database_left_is_brought_up_to_date(prepared, change):
    environment, server = prepared
    take_a_grant_away(server)
    mark = DataFolder(environment.data).path / "prepared-by"
    if change == "another program":
        mark.write_text("0" * 64)
    elif change == "a new folder":
        mark.unlink()
    else:
        word = "'brought up to date by Sightline 0'" if change == "another database" else "null"
        with psycopg.connect(server.dsn("owner")) as session:
            session.execute(f"comment on schema public is {word}")
    bring_up_to_date(environment, server)
    assert is_granted(server)


def test_what_went_wrong_is_in_the_log_and_not_on_the_terminal(prepared):
    environment, server = prepared
    with psycopg.connect(server.dsn("owner")) as session:
        session.execute("alter table django_migrations rename to hidden")
    try:
        with pytest.raises(NotBroughtUpToDate, match=r"owner\.log"):
            bring_up_to_date(environment, server, always=True)
    finally:
        with psycopg.connect(server.dsn("owner")) as session:
            session.execute("drop table if exists django_migrations")
            session.execute("alter table hidden rename to django_migrations")
    log = (environment.data / "logs" / "owner.log").read_text()
    assert "not brought up to date" in log
    assert "DuplicateTable" in log
    assert "already exists" not in log
