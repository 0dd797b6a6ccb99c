"""A restore brings the audit back so that it can still be verified, in another server and in its own."""

import json
import subprocess
import sys

import psycopg
import pytest

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from tests.running import command, surroundings

SEAL = ("import django; django.setup()\n"
        "from sightline.interfaces.jobs.keeping import seal_audit\n"
        "seal_audit(timestamp=0)")
ADD = ("insert into access_auditentry (purpose, act, writes, refused, children, about)"
       " values ('', 'test', false, false, '{}', '{}')")
# Numbers of transactions that another server reaches much later.
SPEND = "do $$ begin for n in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$"


def keep(server, *, rows):
    with psycopg.connect(server.dsn("worker"), autocommit=True) as session:
        session.execute("select set_config('sightline.task', 'test', false)")
        for _ in range(rows):
            session.execute(ADD)


def seal(data):
    surrounded = surroundings(data, SIGHTLINE_ROLE="worker", DJANGO_SETTINGS_MODULE="sightline.config.settings")
    subprocess.run([sys.executable, "-c", SEAL], env=surrounded, check=True, timeout=60)


def verified(data):
    done = command(data, "audit", "verify", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode == 0) == told["intact"]
    return told


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory):
    """A Sightline of which two rows are sealed and one waits; gives its folder, its server and its backup."""
    base = tmp_path_factory.mktemp("restored")
    data, copy = base / "data", base / "copy"
    assert command(data, "migrate").returncode == 0
    server = EmbeddedPostgres(DataFolder(data))
    server.start()
    try:
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute(SPEND)
        keep(server, rows=2)
        seal(data)
        keep(server, rows=1)
        assert command(data, "backup", str(copy)).returncode == 0
        yield data, server, copy
    finally:
        server.stop()


def test_in_another_server_the_old_rows_stay_sealed_and_new_ones_are_sealed_after_them(backed_up, tmp_path):
    data, _, copy = backed_up
    other = tmp_path / "other"
    (other / "secrets").mkdir(parents=True, mode=0o700)
    (other / "secrets" / "mfa.key").write_bytes((data / "secrets" / "mfa.key").read_bytes())
    done = command(other, "restore", str(copy))
    assert done.returncode == 0, done.stderr
    server = EmbeddedPostgres(DataFolder(other))
    server.start()
    try:
        told = verified(other)
        assert (told["intact"], told["entries"], told["unsealed"]) == (True, 2, 1), told
        keep(server, rows=4)
        seal(other)
        seal(other)
        told = verified(other)
        assert (told["intact"], told["entries"], told["unsealed"], told["seals"]) == (True, 7, 0, 3), told
    finally:
        server.stop()


def test_in_its_own_it_says_what_the_restore_let_go_of_and_finds_nothing_wrong(backed_up):
    data, server, copy = backed_up
    keep(server, rows=2)
    seal(data)
    assert verified(data)["entries"] == 5
    done = command(data, "restore", str(copy), "--replace")
    assert done.returncode == 0, done.stderr
    told = verified(data)
    assert (told["intact"], told["entries"], told["unsealed"]) == (True, 2, 1), told
    assert "Seals 2 to 2 were made after it" in told["restored"][0]
    keep(server, rows=1)
    seal(data)
    seal(data)
    told = verified(data)
    assert (told["intact"], told["entries"], told["unsealed"]) == (True, 4, 0), told
