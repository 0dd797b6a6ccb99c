"""A server that DATABASE_URL names is prepared like our own, on every version that is installed here."""

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from sightline.config.databases import database
from sightline.config.environment import read_environment, variables_for_child
from sightline.config.folders import DataFolder
from sightline.config.outside import OutsideDoesNotAnswer
from sightline.config.postgres import EmbeddedPostgres
from sightline.config.preparation import DatabaseNotOurs, prepare
from sightline.config.roles import RolesNotPrepared
from sightline.config.secrets import password_of, secret
from sightline.config.server import server_of
from sightline.interfaces.serve.preparing import bring_up_to_date
from tests.conftest import FOLDER
from tests.integration.config.server_elsewhere import PASSWORD, installed_versions, server_elsewhere

VERSIONS = installed_versions(EmbeddedPostgres(FOLDER).binaries)


@pytest.fixture(scope="module", params=VERSIONS)
def elsewhere(request):
    with server_elsewhere(VERSIONS[request.param]) as address:
        yield address


@pytest.fixture
def data(tmp_path):
    return DataFolder(tmp_path / "data").make()


def environment_for(address, data):
    return read_environment({"DATABASE_URL": address, "SIGHTLINE_DATA": str(data.path)})


def passwords(data):
    return lambda role: secret(data.secrets, password_of(role))


def as_administrator(address, statement):
    with psycopg.connect(f"{address}/postgres", autocommit=True) as session:
        return session.execute(statement)


def test_it_is_prepared_migrated_and_served_by_a_restricted_role(elsewhere, data):
    environment = environment_for(f"{elsewhere}/records", data)
    server = server_of(environment)
    assert server.start() == "already"
    assert bring_up_to_date(environment, server) == []
    assert bring_up_to_date(environment, server) == []
    with psycopg.connect(server.dsn("web")) as session:
        assert session.info.dbname == "records"
        rights = session.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert rights.fetchone() == (False, False)
        assert session.execute("select count(*) from django_migrations").fetchone() > (40,)
        assert session.execute("show statement_timeout").fetchone() == ("15s",)
        assert session.execute("show log_min_error_statement").fetchone() == ("panic",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("create table mine (x int)")
    with psycopg.connect(server.dsn("worker")) as session:
        session.execute("insert into procrastinate_workers default values")


def test_our_processes_reach_it_without_knowing_its_administrator(elsewhere, data):
    environment = environment_for(f"{elsewhere}/records", data)
    bring_up_to_date(environment, server_of(environment))
    child = read_environment(variables_for_child(environment, "web", {}))
    entry = database(child, "web")
    assert (entry["USER"], entry["NAME"], entry["HOST"]) == ("sightline_web", "records", "127.0.0.1")
    assert PASSWORD not in repr(entry) + repr(child)
    assert server_of(child).answers()


def test_an_address_that_names_no_database_gets_one_called_sightline(elsewhere, data):
    for ending in ("", "/", "/postgres"):
        assert server_of(environment_for(elsewhere + ending, data)).database == "sightline"


def test_a_database_that_holds_other_tables_is_left_alone(elsewhere, data):
    as_administrator(elsewhere, "create database others")
    with psycopg.connect(f"{elsewhere}/others") as session:
        session.execute("create table invoices (number int)")
    server = server_of(environment_for(f"{elsewhere}/others", data))
    with pytest.raises(DatabaseNotOurs, match="other tables"):
        prepare(server, password=passwords(data))
    owner = as_administrator(elsewhere, "select pg_get_userbyid(datdba) from pg_database where datname = 'others'")
    assert owner.fetchone() == ("postgres",)


def test_a_database_in_another_encoding_is_refused(elsewhere, data):
    as_administrator(elsewhere, "create database latin encoding 'LATIN1' template template0")
    with pytest.raises(DatabaseNotOurs, match="LATIN1"):
        prepare(server_of(environment_for(f"{elsewhere}/latin", data)), password=passwords(data))


def test_an_administrator_without_the_rights_is_told_which_are_missing(elsewhere, data):
    as_administrator(elsewhere, "drop role if exists clerk")
    as_administrator(elsewhere, "create role clerk login password 'x'")
    poor = elsewhere.replace(elsewhere.split("//")[1].split("@")[0], "clerk:x")
    with pytest.raises(RolesNotPrepared, match="BYPASSRLS"):
        prepare(server_of(environment_for(f"{poor}/records", data)), password=passwords(data))


def test_from_version_16_on_no_superuser_is_needed(data):
    with server_elsewhere(VERSIONS["ours"]) as address:
        as_administrator(address, "create role helper login createrole createdb bypassrls password 'x'")
        helper = address.replace(address.split("//")[1].split("@")[0], "helper:x")
        environment = environment_for(f"{helper}/records", data)
        warnings = bring_up_to_date(environment, server_of(environment))
        assert len(warnings) == 1
        assert "may therefore repeat personal data" in warnings[0]
        assert server_of(environment).answers()


def test_a_wrong_password_is_told_in_words_and_not_repeated(elsewhere, data):
    wrong = elsewhere.replace(elsewhere.split("//")[1].split("@")[0], "postgres:guessed")
    with pytest.raises(OutsideDoesNotAnswer, match="does not let us in") as refusal:
        server_of(environment_for(wrong, data)).start()
    assert "guessed" not in str(refusal.value)


def test_a_server_that_is_not_there_is_told_in_words(data):
    with pytest.raises(OutsideDoesNotAnswer, match="Check its host, port"):
        server_of(environment_for("postgresql://a:b@127.0.0.1:1/x", data)).start()


def test_what_libpq_is_told_beside_the_place_reaches_django(data):
    address = "postgresql://a:b@db:5433/records?sslmode=verify-full&sslrootcert=/ca.pem"
    entry = database(environment_for(address, data), "web")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    assert entry["OPTIONS"]["sslrootcert"] == "/ca.pem"
    assert entry["PORT"] == "5433"
    assert conninfo_to_dict(server_of(environment_for(address, data)).dsn("administrator"))["user"] == "a"
