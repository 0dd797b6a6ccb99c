"""The parts of the supervisor, each for itself: doors, kept processes, leftovers, logs, log-ins."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from sightline.interfaces.serve import leftovers, log_files
from sightline.interfaces.serve.demonstration import LogIn, demonstration_log_ins
from sightline.interfaces.serve.doors import PortNotFree, close, open_doors
from sightline.interfaces.serve.process import KeptProcess
from sightline.interfaces.serve.stopping import StopAsked, Stopping
from tests.running import wait_until

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
# A leader that has a child, as gunicorn has its workers; both ignore a polite request.
STUBBORN = [
    sys.executable,
    "-c",
    ("import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); print(1, flush=True); "
    "time.sleep(60)"),
]


def kept(tmp_path, command, **variables):
    return KeptProcess("sleeper", command, variables={**os.environ, **variables}, log=tmp_path / "sleeper.log")


def members(group):
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def test_a_port_in_use_is_refused_with_the_next_one_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(PortNotFree, match=f"PORT={port + 1}"):
            open_doors("127.0.0.1", port)


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.1"])
def test_an_address_that_this_machine_does_not_have_is_refused_in_words(host):
    with pytest.raises(PortNotFree, match="Set HOST to localhost"):
        open_doors(host, 0)


def test_doors_are_reserved_but_do_not_open_before_someone_listens():
    doors = open_doors("127.0.0.1", 0)
    with socket.socket() as visitor, pytest.raises(ConnectionRefusedError):
        visitor.connect(doors[0].getsockname())
    close(doors)


def test_who_dies_again_and_again_comes_back_later_each_time(tmp_path):
    process = kept(tmp_path, [sys.executable, "-c", "raise SystemExit(3)"])
    pauses = []
    for _ in range(8):
        process.start()
        code = None
        while code is None:
            code = process.died()
        pauses.append(process.pause_seconds)
        assert code == 3
    assert pauses == [0, 1, 2, 4, 8, 16, 30, 30]
    assert not process.due
    assert process.died() is None


def test_a_stop_waits_for_the_grace_and_then_takes_the_whole_group(tmp_path):
    process = kept(tmp_path, STUBBORN)
    process.start()
    wait_until(lambda: (tmp_path / "sleeper.log").read_text().count("1") == 2)
    group = process.pid
    assert len(members(group)) == 2
    began = time.monotonic()
    process.stop(grace_seconds=0.3, hurry=lambda: False)
    assert 0.3 <= time.monotonic() - began < 5
    wait_until(lambda: members(group) == [])


def test_a_second_ctrl_c_does_not_wait(tmp_path):
    process = kept(tmp_path, STUBBORN)
    process.start()
    wait_until(lambda: (tmp_path / "sleeper.log").read_text().count("1") == 2)
    began = time.monotonic()
    process.stop(grace_seconds=60, hurry=lambda: True)
    assert time.monotonic() - began < 5


def test_a_child_of_a_dead_leader_may_finish_and_ends_with_the_stop_at_the_latest(tmp_path):
    process = kept(tmp_path, STUBBORN)
    process.start()
    wait_until(lambda: (tmp_path / "sleeper.log").read_text().count("1") == 2)
    group = process.pid
    os.kill(group, signal.SIGKILL)
    wait_until(lambda: process.died() is not None)
    assert len(members(group)) == 1
    process.stop(grace_seconds=0, hurry=lambda: False)
    wait_until(lambda: members(group) == [])


def left_running(tmp_path, data):
    """Start a group that nobody watches, as after a supervisor was killed where children outlive their parents."""
    return subprocess.Popen(
        SLEEPS, env={**os.environ, "SIGHTLINE_DATA": str(data)}, start_new_session=True, cwd=tmp_path
    )


def test_what_an_earlier_start_left_is_ended(tmp_path):
    with left_running(tmp_path, tmp_path / "data") as process:
        record = tmp_path / "serve.json"
        record.write_text(json.dumps({str(process.pid): psutil.Process(process.pid).create_time()}))
        assert leftovers.clear(record, data=tmp_path / "data") == 1
        assert not psutil.pid_exists(process.pid)
        assert not record.exists()


@pytest.mark.parametrize("difference", ["born at another time", "of another folder"])
def test_an_id_that_belongs_to_somebody_else_by_now_is_left_alone(tmp_path, difference):
    with left_running(tmp_path, tmp_path / "data") as process:
        record = tmp_path / "serve.json"
        born = psutil.Process(process.pid).create_time() - (3600 if difference == "born at another time" else 0)
        record.write_text(json.dumps({str(process.pid): born}))
        data = tmp_path / ("other" if difference == "of another folder" else "data")
        assert leftovers.clear(record, data=data) == 0
        assert process.poll() is None
        process.kill()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '{"1": []}', "null"])
def test_a_record_that_cannot_be_read_is_no_reason_not_to_start(tmp_path, content):
    record = tmp_path / "serve.json"
    record.write_text(content)
    assert leftovers.clear(record, data=tmp_path) == 0
    assert not record.exists()


def test_what_is_recorded_is_found_again(tmp_path):
    process = kept(tmp_path, SLEEPS, SIGHTLINE_DATA=str(tmp_path))
    process.start()
    leftovers.record(tmp_path / "serve.json", [process])
    assert json.loads((tmp_path / "serve.json").read_text()) == {str(process.pid): process.born_at}
    assert leftovers.clear(tmp_path / "serve.json", data=tmp_path) == 1


def test_a_full_log_is_set_aside_and_the_oldest_goes(tmp_path):
    log = tmp_path / "web.log"
    with log.open("a") as writer:
        for turn in range(6):
            writer.write(f"turn {turn}\n")
            writer.flush()
            assert log_files.turn_over(tmp_path, full_bytes=5) == [log]
        writer.write("last\n")
    assert log.read_text() == "last\n"
    assert [(tmp_path / f"web.log.{number}").read_text() for number in range(1, 5)] == [
        "turn 5\n", "turn 4\n", "turn 3\n", "turn 2\n"
    ]
    assert len(list(tmp_path.iterdir())) == 5


def test_a_log_that_is_not_full_is_left(tmp_path):
    (tmp_path / "web.log").write_text("short\n")
    assert log_files.turn_over(tmp_path, full_bytes=100) == []


def test_log_ins_are_read_from_the_data_folder(tmp_path):
    path = tmp_path / "demonstration.json"
    assert demonstration_log_ins(path) == []
    beth = {"who": "Beth, social worker in Knowsley", "email": "beth@example.org", "password": "x"}
    path.write_text(json.dumps({"log_ins": [beth]}))
    assert demonstration_log_ins(path) == [LogIn(**beth)]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"log_ins": [{"who": "x"}]}', b"\xff\xfe"])
def test_log_ins_that_cannot_be_read_are_told(tmp_path, content):
    path = tmp_path / "demonstration.json"
    path.write_bytes(content)
    (told,) = demonstration_log_ins(path)
    assert "cannot be read" in told.who


def test_a_stop_interrupts_long_work_and_is_remembered():
    with Stopping() as stopping:
        with pytest.raises(StopAsked), stopping.interrupting():
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(30)
        assert stopping.asked_within(30)
        assert not stopping.hurry()
        with pytest.raises(StopAsked), stopping.interrupting():
            raise AssertionError("nothing new is begun after a stop was asked for")
        os.kill(os.getpid(), signal.SIGINT)
        assert stopping.hurry()


def test_a_stop_between_two_looks_wakes_the_supervisor():
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # these tests may have been started with nohup themselves
    try:
        with Stopping() as stopping:
            assert not stopping.asked_within(0.01)
            os.kill(os.getpid(), signal.SIGHUP)
            began = time.monotonic()
            assert stopping.asked_within(30)
            assert time.monotonic() - began < 5
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_closed_terminal_is_no_stop_for_who_was_started_with_nohup():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stopping() as stopping:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stopping.asked_within(0.05)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_signals_are_given_back_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with Stopping():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
