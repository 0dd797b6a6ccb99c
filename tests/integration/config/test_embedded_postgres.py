"""The embedded PostgreSQL starts once, loses nothing that it acknowledged, and lets nobody in without a password."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time

import psutil
import psycopg
import pytest

from sightline.config.cluster import ClusterNotMade
from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres, PostgresDidNotStart
from sightline.config.secrets import ADMINISTRATOR
from sightline.config.sockets import UnsafeSocketFolder, make_socket_folder, socket_folder


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


@pytest.fixture
def server(folder):
    server = EmbeddedPostgres(folder, durable=False)
    yield server
    server.stop()


def administrator(server):
    return psycopg.connect(server.dsn("administrator", "postgres"), autocommit=True)


def in_a_process(folder, code, **more):
    """Start a Python of our own that has `server` for the folder; its standard output is read by the test."""
    start = f"""
        import sys, time, psycopg
        from pathlib import Path
        from sightline.config.folders import DataFolder
        from sightline.config.postgres import EmbeddedPostgres
        server = EmbeddedPostgres(DataFolder(Path({str(folder.path)!r})))
    """
    program = textwrap.dedent(start) + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more
    )


def wait_until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_it_starts_once_is_found_again_and_keeps_what_it_was_told(folder, server):
    assert server.start() == "started"
    assert EmbeddedPostgres(folder).start() == "already"
    with administrator(server) as session:
        session.execute("create table kept as select 42 as answer")
    server.stop()
    assert not server.answers()
    assert server.start() == "started"
    with administrator(server) as session:
        assert session.execute("select answer from kept").fetchone() == (42,)


def test_who_only_found_it_running_does_not_stop_it(folder, server):
    server.start()
    second = EmbeddedPostgres(folder)
    second.start()
    second.stop()
    assert server.answers()


def test_of_four_racing_starters_one_starts_and_three_find_it_running(folder):
    racers = [in_a_process(folder, "print(server.start(), flush=True); sys.stdin.read()") for _ in range(4)]
    assert sorted(racer.stdout.readline().strip() for racer in racers) == ["already", "already", "already", "started"]
    assert EmbeddedPostgres(folder).answers()
    for racer in racers:
        racer.communicate()
    wait_until(lambda: not EmbeddedPostgres(folder).answers())


def test_killed_again_and_again_during_commits_it_loses_no_acknowledged_row(folder):
    durable = EmbeddedPostgres(folder)
    durable.start()
    with administrator(durable) as session:
        session.execute("create table written (number bigint primary key)")
    acknowledged = set()
    for turn in range(3):
        writer = in_a_process(folder, f"""
            with psycopg.connect(server.dsn("administrator", "postgres"), autocommit=True) as session:
                for number in range({turn} * 1_000_000, {turn + 1} * 1_000_000):
                    session.execute("insert into written values (%s)", [number])
                    print(number, flush=True)
        """, stderr=subprocess.DEVNULL)
        told = [writer.stdout.readline() for _ in range(40)]
        group = psutil.Process(durable.pid)
        for process in [group, *group.children(recursive=True)]:
            process.kill()
        told += writer.communicate()[0].splitlines()
        acknowledged |= {int(line) for line in told if line.strip()}
        wait_until(durable.died)
        assert durable.start() == "started"
    with administrator(durable) as session:
        there = {number for (number,) in session.execute("select number from written")}
    durable.stop()
    assert len(acknowledged) >= 120
    assert acknowledged <= there


def test_nobody_gets_in_without_a_password_and_nothing_listens_on_the_network(server):
    server.start()
    place = " ".join(f"{name}={value}" for name, value in server.whereabouts("postgres").items())
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"{place} user=sightline_administrator")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"{place} user=sightline_administrator password=guessed")
    assert [c for c in psutil.Process(server.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN] == []


def test_its_folders_are_closed_and_as_root_another_user_runs_it(folder, server):
    server.start()
    for path in (folder.postgres, folder.postgres / "cluster", socket_folder(folder.postgres)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    uid = psutil.Process(server.pid).uids().effective
    assert (uid == os.geteuid()) != (os.geteuid() == 0)
    assert (folder.postgres / "cluster").stat().st_uid == uid


def test_it_ends_when_the_process_that_started_it_is_killed(folder):
    starter = in_a_process(folder, "print(server.start(), server.pid, flush=True); sys.stdin.read()")
    word, pid = starter.stdout.readline().split()
    assert word == "started"
    starter.kill()
    starter.communicate()
    wait_until(lambda: not psutil.pid_exists(int(pid)))


def test_it_waits_for_a_server_that_is_still_going_down(folder):
    starter = in_a_process(folder, "print(server.start(), flush=True); sys.stdin.read()")
    starter.stdout.readline()
    starter.kill()
    starter.communicate()
    after = EmbeddedPostgres(folder)
    assert after.start() == "started"
    after.stop()


def test_a_leftover_number_that_is_somebody_else_by_now_does_not_keep_it_from_starting(folder, server):
    server.start()
    os.kill(server.pid, signal.SIGKILL)
    wait_until(server.died)
    leftover = folder.postgres / "cluster" / "postmaster.pid"
    lines = leftover.read_text().splitlines()
    # As after a restart of a container: the number belongs to a process of the same user that is no PostgreSQL.
    with subprocess.Popen(["sleep", "60"], user=leftover.stat().st_uid) as somebody:
        leftover.write_text("\n".join([str(somebody.pid), *lines[1:]]) + "\n")
        assert not server.answers()
        assert server.start() == "started"
        assert somebody.poll() is None
        somebody.kill()


def test_its_log_repeats_neither_statements_nor_values(folder, server):
    server.start()
    with administrator(server) as session:
        session.execute("create table child (name text unique)")
        session.execute("insert into child values ('Amara Okafor')")
        for wrong in ("insert into child values ('Amara Okafor')", "select 'Amara Okafor'::int", "select 'Amara"):
            with pytest.raises(psycopg.Error):
                session.execute(wrong)
    with administrator(server) as session, pytest.raises(psycopg.OperationalError):
        session.execute("select pg_terminate_backend(pg_backend_pid()), 'Amara Okafor'")
    log = (folder.logs / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert "Amara" not in log


def test_a_lost_password_is_told_in_words(folder, server):
    server.start()
    (folder.secrets / f"{ADMINISTRATOR}").write_text("another")
    with pytest.raises(PostgresDidNotStart, match="does not know the password"):
        EmbeddedPostgres(folder).start()


def test_a_cluster_of_another_version_is_refused_in_words(folder, server):
    server.start()
    server.stop()
    (folder.postgres / "cluster" / "PG_VERSION").write_text("16\n")
    with pytest.raises(ClusterNotMade, match="made by PostgreSQL 16"):
        server.start()


def test_a_start_that_was_killed_half_way_leaves_nothing_that_looks_ready(folder, server):
    folder.make().postgres.mkdir()
    draft = folder.postgres / "cluster.draft"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    assert server.start() == "started"
    assert not draft.exists()


def test_what_does_not_start_says_its_last_words(folder, server):
    server.start()
    server.stop()
    (folder.postgres / "cluster" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresDidNotStart, match="no_such_setting"):
        server.start()


@pytest.mark.parametrize("name", ["d" * 90, "one, two"])
def test_a_path_that_is_too_long_or_has_a_comma_moves_the_socket_to_a_folder_that_is_ours_alone(tmp_path, name):
    folder = DataFolder(tmp_path / name / "data")
    server = EmbeddedPostgres(folder, durable=False)
    place = socket_folder(folder.postgres)
    assert place != folder.postgres / "run"
    try:
        assert server.start() == "started"
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    finally:
        server.stop()
    assert not place.exists()


def test_spaces_quotes_and_letters_of_other_scripts_in_the_path_do_no_harm(tmp_path):
    server = EmbeddedPostgres(DataFolder(tmp_path / "o' \"ł %s\\"), durable=False)
    try:
        assert server.start() == "started"
        assert server.answers()
    finally:
        server.stop()


def test_a_socket_folder_that_somebody_else_prepared_is_refused(tmp_path):
    open_to_all = tmp_path / "run"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    with pytest.raises(UnsafeSocketFolder):
        make_socket_folder(open_to_all, uid=os.geteuid())
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(UnsafeSocketFolder):
        make_socket_folder(link, uid=os.geteuid())
