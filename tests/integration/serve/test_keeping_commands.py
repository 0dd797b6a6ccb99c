"""`sightline agency` and `sightline user` on a running Sightline: what is kept, and what is refused in words."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.running import command, running_sightline

PASSWORD = "green-kettle-sings-9"
HALTON = ("agency", "add", "Halton", "--kind", "council", "--area", "E06000006", "--contact", "Duty team")

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run commands on one Sightline that serves, with Halton and its desks kept; gives status and document."""
    data = tmp_path_factory.mktemp("keeping") / "data"

    def running_command(*words: str) -> tuple[int, dict[str, Any]]:
        done = command(data, *words, "--json")
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout)

    with running_sightline(data) as running:
        assert running_command(*HALTON, "--desk", "director", "Ade Nwosu", "", "ade@halton.example")[0] == 0
        yield running_command
        assert running.stop() == 0


def test_an_area_is_kept_by_the_name_in_which_addresses_lie(run):
    kept = run("agency", "list")[1]["agencies"]
    assert ("Halton", "council", "Halton") in {(one["name"], one["kind"], one["area"]) for one in kept}


@pytest.mark.parametrize(("words", "refused"), [
    (("agency", "add", "N", "--kind", "council", "--area", "Narnia", "--contact", "X"), "No council"),
    (("agency", "add", "N", "--kind", "council", "--contact", "X"), "No council"),
    (("agency", "add", "N", "--kind", "police", "--area", "Narnia", "--contact", "X"), "No police force"),
    (("agency", "add", "N", "--kind", "council", "--area", "Halton", "--contact", "X"), "this area already"),
    (("agency", "add", "N", "--kind", "school", "--contact", "X", "--covers", "Haltn"), "no agency is called 'Haltn'"),
    (("user", "add", "a@b.example", "--name", "A", "--agency", "Haltn", "--role", "social-worker",
      "--password", PASSWORD), "No agency is called 'Haltn'"),
    (("user", "add", "a@b.example", "--name", "A", "--agency", "Halton", "--role", "social-worker",
      "--password", "short"), "at least 12"),
    (("user", "add", "a@b.example", "--name", "A", "--agency", "Halton", "--role", "inspector",
      "--password", PASSWORD), "does not belong"),
    (("user", "add", "a@b.example", "--name", "A", "--agency", "Halton", "--role", "social-worker", "--desk", "manager",
      "--password", PASSWORD), "no such desk"),
    (("user", "end", "nobody@b.example"), "no officer with this e-mail"),
    (("user", "reset", "nobody@b.example"), "no officer with this e-mail"),
])
def test_what_cannot_be_kept_is_refused_in_words(run, words, refused):
    status, document = run(*words)
    assert status == 1
    assert refused in document["refused"]


def test_an_officer_comes_loses_the_telephone_and_leaves(run):
    added = run("user", "add", "ade@halton.example", "--name", "Ade Nwosu", "--agency", "Halton", "--role",
                "duty-manager", "--desk", "director", "--password", PASSWORD)
    assert added[0] == 0
    assert run("user", "reset", "ade@halton.example") == (0, {"reset": "ade@halton.example", "removed": 0})
    assert run("user", "end", "ade@halton.example") == (
        0, {"ended": "ade@halton.example", "desks": ["director of Halton"]})
    assert run("user", "end", "ade@halton.example")[0] == 1


def test_hours_a_rota_and_channels_are_kept_and_who_is_on_duty_is_told(run):
    assert run("desk", "hours", "Halton", "safeguarding", "--open", "mon-fri 09:00-17:00") == (
        0, {"hours": ["Monday to Friday 09:00 to 17:00"]})
    assert run("desk", "turn", "Halton", "director", "Nia Night", "--from", "2026-05-20T17:00:00+01:00", "--until",
               "2026-05-21T09:00:00+01:00", "--phone", "07700 900123")[0] == 0
    night = run("desk", "show", "Halton", "--at", "2026-05-20T23:30:00+01:00")[1]
    assert (night["on_duty"]["desk"], night["on_duty"]["name"]) == ("director", "Nia Night")
    day = run("desk", "show", "Halton", "--at", "2026-05-20T12:00:00+01:00")[1]
    assert day["on_duty"]["name"] == "Duty team"
    status, kept = run("desk", "reach", "Halton", "safeguarding", "--by", "webhook", "--by", "e-mail",
                       "--webhook", "http://127.0.0.1:9/hook")
    assert (status, kept["channels"], len(kept["secret"])) == (0, ["webhook", "e-mail"], 64)
    again = run("desk", "reach", "Halton", "safeguarding", "--by", "webhook", "--webhook", "http://127.0.0.1:9/hook")
    assert again[1]["secret"] != kept["secret"], "another secret each time"
    assert run("desk", "hours", "Halton", "safeguarding", "--always") == (0, {"hours": ["Always"]})


@pytest.mark.parametrize(("words", "refused"), [
    (("desk", "hours", "Halton", "safeguarding", "--open", "nine to five"), "Write hours as"),
    (("desk", "hours", "Halton", "safeguarding"), "Give --open"),
    (("desk", "hours", "Halton", "manager", "--always"), "no such desk"),
    (("desk", "hours", "Haltn", "manager", "--always"), "No agency is called"),
    (("desk", "show", "Halton", "--at", "tonight"), "Write an instant"),
    (("desk", "turn", "Halton", "director", "Nia", "--from", "2026-05-20T17:00:00+01:00", "--until",
      "2026-05-20T17:00:00+01:00"), "ends after it begins"),
    (("desk", "reach", "Halton", "director", "--webhook", "https://10.0.0.1/"), "private network"),
])
def test_what_cannot_be_kept_of_a_desk_is_refused_in_words(run, words, refused):
    status, document = run(*words)
    assert status == 1
    assert refused in document["refused"]
