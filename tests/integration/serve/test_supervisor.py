"""Everything that must run comes back when it is killed, and leaves nothing behind when it is stopped."""

import concurrent.futures
import json
import os
import signal
import socket
import stat
import subprocess
import sys

import psycopg
import pytest

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.interfaces.serve.supervisor import Supervisor
from tests.conftest import FOLDER
from tests.integration.config.server_elsewhere import PASSWORD, free_port, server_elsewhere
from tests.running import SIGHTLINE, command, running_sightline, still_at_work, surroundings, wait_until


@pytest.fixture(scope="module")
def sightline(tmp_path_factory):
    with running_sightline(tmp_path_factory.mktemp("serve") / "data") as running:
        yield running


def ready(sightline):
    status, body = sightline.get("/readyz")
    return status == 200 and json.loads(body)["well"]


def test_it_says_where_it_is_and_is_ready(sightline):
    assert sightline.told == {"address": f"http://localhost:{sightline.port}", "log_ins": []}
    assert sightline.get("/healthz") == (200, b"ok\n")
    wait_until(lambda: ready(sightline))
    assert sightline.get("/nowhere")[0] == 404


def test_web_and_worker_are_connected_as_restricted_roles_only(sightline):
    wait_until(lambda: ready(sightline))
    with psycopg.connect(sightline.postgres.dsn("administrator")) as session:
        users = session.execute("select distinct usename from pg_stat_activity where datname = 'sightline'").fetchall()
    assert {name for (name,) in users} <= {"sightline_web", "sightline_worker", "sightline_administrator"}
    assert ("sightline_web",) in users
    assert ("sightline_worker",) in users


def test_no_process_carries_a_password_in_its_arguments_or_environment(sightline):
    kept = (sightline.data / "secrets").iterdir()
    secrets = [path.read_text() for path in kept if path.suffix in (".password", ".key")]
    assert len(secrets) >= 6
    for process in sightline.processes():
        carried = " ".join(process.cmdline()) + repr(process.environ())
        assert not any(secret in carried for secret in secrets)


def test_nothing_in_the_data_folder_is_open_to_others(sightline):
    assert stat.S_IMODE(sightline.data.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (sightline.data / "secrets").iterdir()} == {0o600}


@pytest.mark.parametrize("part", ["gunicorn", "jobs.worker", "bin/postgres"])
def test_what_is_killed_comes_back(sightline, part):
    wait_until(lambda: ready(sightline))
    killed = sightline.only(part)
    killed.kill()
    wait_until(lambda: [child for child in sightline.direct(part) if child.pid != killed.pid])
    wait_until(lambda: sightline.get("/healthz")[0] == 200)
    wait_until(lambda: ready(sightline), seconds=60)
    assert sightline.process.poll() is None


@pytest.mark.parametrize("which", [0, 1])
def test_of_the_workers_two_processes_none_goes_on_without_the_other(sightline, which):
    def two(leader):
        return sorted(leader.children(), key=lambda child: child.create_time())

    wait_until(lambda: len(two(sightline.only("jobs.worker"))) == 2)
    leader = sightline.only("jobs.worker")
    reading, rounds = two(leader)
    assert rounds.nice() > reading.nice(), "what agencies send goes first"
    (reading, rounds)[which].kill()
    wait_until(lambda: [new for new in sightline.direct("jobs.worker") if new.pid != leader.pid and len(two(new)) == 2])
    assert still_at_work([reading, rounds]) == []


def test_who_knocks_while_no_web_process_runs_waits_and_is_not_turned_away(sightline):
    wait_until(lambda: ready(sightline))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        os.killpg(sightline.only("gunicorn").pid, signal.SIGKILL)
        answers = list(pool.map(lambda _: sightline.get("/healthz")[0], range(4)))
    assert answers == [200] * 4


def test_pages_need_no_new_start_after_the_database_was_killed(sightline):
    wait_until(lambda: ready(sightline))
    sightline.only("bin/postgres").kill()
    wait_until(lambda: ready(sightline), seconds=60)


def test_a_second_one_on_the_same_folder_is_told_where_the_first_is(sightline):
    second = command(sightline.data, "serve", "--json")
    assert second.returncode == 1
    assert f"http://localhost:{sightline.port}" in json.loads(second.stdout)["refused"]
    assert "Traceback" not in second.stderr


def test_a_port_in_use_is_told_before_anything_is_started(sightline, tmp_path):
    refused = command(tmp_path / "data", "serve", "--port", str(sightline.port))
    assert refused.returncode == 1
    assert f"Port {sightline.port} is in use" in refused.stderr
    assert not (tmp_path / "data" / "postgres").exists()


def test_check_says_that_all_is_well(sightline):
    wait_until(lambda: ready(sightline))
    done = command(sightline.data, "check", "--json")
    document = json.loads(done.stdout)
    assert document["well"], document
    assert done.returncode == 0
    assert {"database", "worker", "scheduler", "failed_jobs", "queue", "disk"} <= set(document["checks"])
    assert "The database answers" in command(sightline.data, "check").stdout


def test_the_logs_hold_paths_without_their_query(sightline):
    sightline.get("/children?name=Amara+Okafor")
    log = sightline.data / "logs" / "web.log"
    wait_until(lambda: "GET /children " in log.read_text())
    assert "Amara" not in "".join(path.read_text() for path in (sightline.data / "logs").glob("*.log"))


def test_a_stop_is_quiet_and_complete(tmp_path):
    data = tmp_path / "data"
    with running_sightline(data) as running:
        there = running.processes()
        assert running.stop(signal.SIGTERM) == 0
        assert still_at_work(there) == []
    assert "Traceback" not in (tmp_path / "data.said").read_text()
    assert (tmp_path / "data.said").read_text().endswith("Stopped.\n")


def test_killed_itself_it_leaves_nothing_and_starts_again_at_once(tmp_path):
    data = tmp_path / "data"
    with running_sightline(data) as running:
        with psycopg.connect(running.postgres.dsn("owner")) as session:
            session.execute("create table kept as select 1 as one")
        there = running.processes()
        assert len(there) >= 5
        running.stop(signal.SIGKILL)
        with running_sightline(data) as again:
            assert still_at_work(there) == []
            with psycopg.connect(again.postgres.dsn("owner")) as session:
                assert session.execute("select one from kept").fetchone() == (1,)
            assert again.stop(signal.SIGINT) == 0


def test_a_stop_during_the_start_is_obeyed(tmp_path):
    data = tmp_path / "data"
    process = subprocess.Popen(
        [*SIGHTLINE, "serve", "--port", str(free_port())],
        env=surroundings(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    with process:
        assert process.stderr.readline() == "Starting the database.\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert "Traceback" not in process.stderr.read()
    assert not EmbeddedPostgres(DataFolder(data)).answers()


def test_an_outside_server_is_served_and_left_running(tmp_path):
    with server_elsewhere(EmbeddedPostgres(FOLDER).binaries) as address:
        with running_sightline(tmp_path / "data", DATABASE_URL=f"{address}/records") as running:
            wait_until(lambda: ready(running))
            for process in running.processes():
                assert PASSWORD not in repr(process.environ())
            assert not (tmp_path / "data" / "postgres").exists()
            assert running.stop() == 0
        with psycopg.connect(f"{address}/records") as session:
            assert session.execute("select count(*) from django_migrations").fetchone() > (40,)


def test_all_addresses_of_localhost_are_listened_on(sightline):
    places = {entry[4] for entry in socket.getaddrinfo("localhost", sightline.port, type=socket.SOCK_STREAM)}
    reached = 0
    for place in places:
        with socket.socket(socket.AF_INET6 if ":" in place[0] else socket.AF_INET, socket.SOCK_STREAM) as door:
            door.settimeout(5)
            reached += door.connect_ex(place) == 0
    assert reached >= 1


def test_the_supervisor_itself_imports_no_django():
    code = f"import sys, {Supervisor.__module__}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_database_that_cannot_come_back_is_told_and_tried_again_while_the_rest_goes_on(tmp_path):
    data = tmp_path / "data"
    with running_sightline(data) as running:
        version = data / "postgres" / "cluster" / "PG_VERSION"
        whole = version.read_text()
        version.write_text("16\n")
        running.only("bin/postgres").kill()
        said = data / "logs" / "serve.log"
        wait_until(lambda: "made by PostgreSQL 16" in said.read_text())
        assert running.get("/healthz") == (200, b"ok\n")
        version.write_text(whole)
        wait_until(lambda: ready(running), seconds=60)
        assert said.read_text().count("made by PostgreSQL 16") <= 3
        assert running.stop() == 0
