"""A backup is whole or is none, and comes back row for row into a new folder, into its own, and on every version."""

import json
import shutil
import stat
from contextlib import contextmanager

import psycopg
import pytest

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.locks import locked_or_told
from sightline.config.postgres import EmbeddedPostgres
from sightline.config.server import server_of
from sightline.interfaces.serve.backup import sha256_of
from sightline.interfaces.serve.restore import BackupUnreadable, read_manifest
from tests.conftest import FOLDER
from tests.integration.config.server_elsewhere import installed_versions, server_elsewhere
from tests.running import command, running_sightline

VERSIONS = installed_versions(EmbeddedPostgres(FOLDER).binaries)

# As a migration of ours makes them: forced row-level security, append-only, a function that looks past the policy.
RECORDS = """
create table record (number bigint generated always as identity primary key, agency int, told text);
alter table record enable row level security;
alter table record force row level security;
create policy agency on record using (agency = (select nullif(current_setting('sightline.agency', true), '')::int));
grant select, insert on record to sightline_web;
create function record_append_only() returns trigger language plpgsql as $$
    begin raise exception 'append only'; end $$;
create trigger append_only before update or delete or truncate on record execute function record_append_only();
create function record_count() returns bigint language sql security definer
    set search_path = pg_catalog, public, pg_temp as 'select count(*) from record';
grant select on record to sightline_reader;
alter function record_count() owner to sightline_reader;
grant execute on function record_count() to sightline_web;
"""


def fill(dsn, rows):
    with psycopg.connect(dsn("owner")) as session:
        session.execute(RECORDS)
    with psycopg.connect(dsn("web")) as session:
        session.execute("set local sightline.agency = '1'")
        session.execute("insert into record (agency, told) select 1, n::text from generate_series(1, %s) n", [rows])


def counted(dsn):
    """Count as the web role does, in and out of its agency; proves roles, grants, policy and function together."""
    with psycopg.connect(dsn("web")) as session:
        without = session.execute("select count(*) from record").fetchone()[0]
        session.execute("set local sightline.agency = '1'")
        within = session.execute("select count(*) from record").fetchone()[0]
        return without, within, session.execute("select record_count()").fetchone()[0]


@contextmanager
def database_of(data):
    """Start the database of a data folder for a block, and nothing else."""
    server = EmbeddedPostgres(DataFolder(data))
    server.start()
    try:
        yield server.dsn
    finally:
        server.stop()


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory):
    """A Sightline with 1,000 records, and a backup that was made while it ran."""
    base = tmp_path_factory.mktemp("backup")
    with running_sightline(base / "data") as running:
        fill(running.postgres.dsn, 1000)
        done = command(base / "data", "backup", str(base / "copy"), "--json")
        assert done.returncode == 0, done.stderr
        assert running.stop() == 0
    return base, json.loads(done.stdout)


def with_key_of(base, data):
    (data / "secrets").mkdir(parents=True, mode=0o700)
    (data / "secrets" / "mfa.key").write_bytes((base / "data" / "secrets" / "mfa.key").read_bytes())
    return data


def test_it_is_made_while_people_work_for_the_present_user_alone_and_counts_every_table(backed_up):
    base, told = backed_up
    assert told["tables"]["record"] == 1000
    assert told["rows"] == sum(told["tables"].values())
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (base / "copy").iterdir()}
    assert files == {"sightline.dump": 0o600, "manifest.json": 0o600}
    assert stat.S_IMODE((base / "copy").stat().st_mode) == 0o700


def test_it_holds_no_key_and_no_password(backed_up):
    base, _ = backed_up
    copies = b"".join(path.read_bytes() for path in (base / "copy").iterdir())
    for path in (base / "data" / "secrets").iterdir():
        if path.suffix in (".key", ".password"):
            assert path.read_bytes().strip() not in copies


def test_it_comes_back_into_a_new_folder_row_for_row_and_lets_go_of_records_only_when_told(backed_up, tmp_path):
    base, told = backed_up
    data = with_key_of(base, tmp_path / "data")
    done = command(data, "restore", str(base / "copy"), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tables"] == told["tables"]
    with database_of(data) as dsn:
        assert counted(dsn) == (0, 1000, 1000)
        with psycopg.connect(dsn("owner")) as session, pytest.raises(psycopg.Error, match="append only"):
            session.execute("truncate record")
    refused = command(data, "restore", str(base / "copy"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    replaced = command(data, "restore", str(base / "copy"), "--replace")
    assert replaced.returncode == 0, replaced.stderr


def test_without_the_key_of_the_second_factors_it_says_where_to_put_it(backed_up, tmp_path):
    base, _ = backed_up
    refused = command(tmp_path / "data", "restore", str(base / "copy"), "--json")
    assert refused.returncode == 1
    assert "secrets/mfa.key" in json.loads(refused.stdout)["refused"]
    assert command(tmp_path / "data", "restore", str(base / "copy"), "--key-lost").returncode == 0


def test_it_refuses_while_sightline_runs(backed_up):
    base, _ = backed_up
    with locked_or_told(base / "data" / "serve.lock", "http://localhost:8000"):
        refused = command(base / "data", "restore", str(base / "copy"), "--replace")
    assert refused.returncode == 1
    assert "Stop it first" in refused.stderr


def test_a_folder_that_holds_anything_takes_no_backup(backed_up):
    base, _ = backed_up
    refused = command(base / "data", "backup", str(base / "copy"))
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr


@pytest.mark.parametrize("harm", ["changed", "cut", "no manifest", "noise", "later", "of a wrong kind"])
def test_a_backup_that_is_not_whole_is_refused_in_words(backed_up, tmp_path, harm):
    base, _ = backed_up
    dump, manifest = (base / "copy" / "sightline.dump").read_bytes(), (base / "copy" / "manifest.json").read_bytes()
    told, middle = json.loads(manifest), len(dump) // 2
    assert read_manifest(base / "copy").rows == told["rows"]
    if harm == "changed":
        dump = dump[:middle] + bytes([dump[middle] ^ 1]) + dump[middle + 1 :]
    elif harm == "cut":
        dump = dump[:middle]
    elif harm == "noise":
        manifest = b"\xff\x00[{" * 100
    elif harm == "later":
        manifest = json.dumps(told | {"sightline": "99.0.0"}).encode()
    elif harm == "of a wrong kind":
        manifest = json.dumps(told | {"rows": 7}).encode()
    (tmp_path / "sightline.dump").write_bytes(dump)
    if harm != "no manifest":
        (tmp_path / "manifest.json").write_bytes(manifest)
    with pytest.raises(BackupUnreadable):
        read_manifest(tmp_path)


def test_a_refused_restore_changes_nothing(backed_up, tmp_path):
    base, _ = backed_up
    (tmp_path / "sightline.dump").write_bytes(b"PGDMP")
    refused = command(base / "data", "restore", str(tmp_path), "--replace", "--json")
    assert refused.returncode == 1
    assert "no whole backup" in json.loads(refused.stdout)["refused"]
    with database_of(base / "data") as dsn:
        assert counted(dsn) == (0, 1000, 1000)


def test_a_copy_that_breaks_off_while_it_is_brought_in_changes_nothing_and_leaves_nothing(backed_up, tmp_path):
    base, _ = backed_up
    whole = (base / "copy" / "sightline.dump").read_bytes()
    # Cut, with a manifest that fits the cut: what only PostgreSQL itself can notice.
    (tmp_path / "sightline.dump").write_bytes(whole[: len(whole) * 2 // 3])
    told = json.loads((base / "copy" / "manifest.json").read_bytes())
    told["sha256"] = sha256_of(tmp_path / "sightline.dump")
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    refused = command(base / "data", "restore", str(tmp_path), "--replace", "--json")
    assert refused.returncode == 1
    assert "could not be brought in" in json.loads(refused.stdout)["refused"]
    with database_of(base / "data") as dsn:
        assert counted(dsn) == (0, 1000, 1000)
        with psycopg.connect(dsn("administrator", "postgres")) as session:
            there = {name for (name,) in session.execute("select datname from pg_database")}
    assert there == {"postgres", "template0", "template1", "sightline"}


def test_a_row_too_few_is_noticed_before_anything_is_replaced(backed_up, tmp_path):
    base, _ = backed_up
    shutil.copy(base / "copy" / "sightline.dump", tmp_path)
    told = json.loads((base / "copy" / "manifest.json").read_bytes())
    told["rows"]["record"] += 1
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    refused = command(base / "data", "restore", str(tmp_path), "--replace", "--json")
    assert "Not every row came back: record differ" in json.loads(refused.stdout)["refused"]
    with database_of(base / "data") as dsn:
        assert counted(dsn) == (0, 1000, 1000)


def test_where_nothing_was_ever_started_there_is_nothing_to_back_up(tmp_path):
    refused = command(tmp_path / "data", "backup", str(tmp_path / "copy"))
    assert refused.returncode == 1
    assert "There is no Sightline" in refused.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("version", VERSIONS)
def test_it_works_on_a_server_outside(tmp_path, version):
    with server_elsewhere(VERSIONS[version]) as address:
        more = {"DATABASE_URL": f"{address}/records"}
        assert command(tmp_path / "data", "migrate", **more).returncode == 0
        dsn = server_of(read_environment({**more, "SIGHTLINE_DATA": str(tmp_path / "data")})).dsn
        fill(dsn, 10)
        done = command(tmp_path / "data", "backup", str(tmp_path / "copy"), **more)
        assert done.returncode == 0, done.stderr
        done = command(tmp_path / "data", "restore", str(tmp_path / "copy"), "--replace", **more)
        assert done.returncode == 0, done.stderr
        assert counted(dsn) == (0, 10, 10)
