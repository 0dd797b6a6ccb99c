"""The roles are bound as they should be, and the tests can step into them."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from sightline.config.roles import ROLES
from tests.throwaway.models import Note


def test_no_role_is_a_superuser_and_only_two_look_past_row_level_security(postgres, migrated_template):
    with psycopg.connect(postgres.dsn("web", migrated_template)) as session:
        rows = session.execute(
            "select rolname, rolbypassrls from pg_roles where rolname like 'sightline%' and not rolsuper"
        ).fetchall()
    assert dict(rows) == {role.name: role.bypasses for role in ROLES}
    assert {name for name, bypasses in rows if bypasses} == {"sightline_reader", "sightline_backup"}


def test_the_web_role_sees_its_agency_and_no_other(db, as_web):
    with as_web({"sightline.agency": "1"}):
        Note.objects.create(agency=1, text="Amara came in late")
        assert Note.objects.count() == 1
    with as_web({"sightline.agency": "2"}):
        assert Note.objects.count() == 0


def test_with_no_agency_set_there_is_nothing_to_see(db, as_web):
    with as_web({"sightline.agency": "1"}):
        Note.objects.create(agency=1, text="Amara came in late")
    with as_web():
        assert Note.objects.count() == 0


def test_the_web_role_cannot_write_for_another_agency(db, as_web):
    with pytest.raises(DatabaseError, match="row-level security"), as_web({"sightline.agency": "2"}):
        Note.objects.create(agency=1, text="Carl was here")


def test_the_worker_cannot_write_where_no_migration_let_it(db, as_worker):
    with pytest.raises(DatabaseError, match="permission denied"), as_worker({"sightline.agency": "1"}):
        Note.objects.create(agency=1, text="x")


def test_a_function_of_the_reader_looks_past_row_level_security_for_those_who_may_call_it(db, as_web, as_worker):
    with as_web({"sightline.agency": "1"}):
        Note.objects.create(agency=1, text="Amara came in late")
    with as_web(), connection.cursor() as cursor:
        cursor.execute("select throwaway_count()")
        assert cursor.fetchone() == (1,)
    with pytest.raises(DatabaseError, match="permission denied"), as_worker(), connection.cursor() as cursor:
        cursor.execute("select throwaway_count()")


def test_row_level_security_binds_the_owner_too(db, as_web):
    with as_web({"sightline.agency": "1"}):
        Note.objects.create(agency=1, text="Amara came in late")
    assert Note.objects.count() == 0


def test_the_test_itself_steps_out_again(db, as_web):
    with as_web():
        pass
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("sightline_owner",)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next_though_the_table_refuses_to_be_emptied(transactional_db, turn):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local sightline.agency = '1'")
        assert Note.objects.count() == 0
        Note.objects.create(agency=1, text="committed")
    with pytest.raises(DatabaseError, match="only be appended"), connection.cursor() as cursor:
        cursor.execute("truncate throwaway_note")


def test_other_processes_see_what_was_committed_as_the_role_they_log_in_with(transactional_db, postgres):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local sightline.agency = '1'")
        Note.objects.create(agency=1, text="committed")
    with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
        assert session.execute("select current_user, count(*) from throwaway_note").fetchone() == ("sightline_web", 0)
        session.execute("set local sightline.agency = '1'")
        assert session.execute("select count(*) from throwaway_note").fetchone() == (1,)


@pytest.mark.parametrize(
    ("role", "setting", "value"),
    [
        ("web", "statement_timeout", "15s"),
        ("web", "lock_timeout", "5s"),
        ("web", "idle_in_transaction_session_timeout", "30s"),
        ("worker", "statement_timeout", "10min"),
        ("owner", "lock_timeout", "30s"),
        ("backup", "default_transaction_read_only", "on"),
        ("web", "log_min_error_statement", "panic"),
    ],
)
def test_every_role_has_its_limits_however_it_connects(postgres, migrated_template, role, setting, value):
    with psycopg.connect(postgres.dsn(role, migrated_template)) as session:
        assert session.execute("select current_setting(%s)", [setting]).fetchone() == (value,)


def test_the_backup_role_reads_everything_and_writes_nothing(transactional_db, postgres):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local sightline.agency = '1'")
        Note.objects.create(agency=1, text="committed")
    with psycopg.connect(postgres.dsn("backup", connection.settings_dict["NAME"])) as session:
        assert session.execute("select count(*) from throwaway_note").fetchone() == (1,)
        session.rollback()
        session.execute("set transaction read write")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("insert into throwaway_note (agency, text) values (1, 'x')")
