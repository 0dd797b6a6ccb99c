"""`sightline responsibility` answers four questions, names one owner, and refuses in words."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.interfaces.cli.main import main

FOUND = {"found_in": "Lancashire", "home_in": "Liverpool", "looked_after_by": None, "placed_in": None,
         "status": [], "concern": "significant-harm", "on_railway": False, "nation_found": "england",
         "at": "2026-05-10T23:15:00+01:00"}


def run(path, content, *words):
    file = path / "facts.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return CliRunner().invoke(main, ["responsibility", str(file), *words])


def test_the_answer_is_one_json_document(tmp_path):
    result = run(tmp_path, FOUND, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "owner_now": "Lancashire", "owner_kind": "council", "through": "emergency duty team", "enquires": "Lancashire",
        "accommodates": "Lancashire", "long_term": "Liverpool", "rule": "R1", "also": [],
        "authority": ["Children Act 1989 s.47(1)"], "verified": True, "tell": ["Liverpool"],
        "because": ["Found in Lancashire, home in Liverpool: Lancashire has the duty at once, Liverpool has it too."],
    }


def test_in_words_the_owner_stands_first(tmp_path):
    result = run(tmp_path, {**FOUND, "custody_force": "Lancashire", "status": ["arrested"]})
    assert result.stdout.startswith("Protects now:       Lancashire Constabulary, through its duty officer\n")
    assert "(not verified)" in result.stdout


def test_with_no_place_at_all_it_says_what_is_needed(tmp_path):
    result = run(tmp_path, {"status": ["arrested"]}, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["owner_now"]) == (1, None)
    assert "found_in or found_at" in told["refused"]
    in_words = run(tmp_path, {})
    assert (in_words.exit_code, in_words.stdout) == (1, "")
    assert "Give at least one of" in in_words.stderr


@pytest.mark.parametrize(("facts", "words"), [
    ({**FOUND, "found_in": None, "found_at": "ZZ9 9ZZ"}, "found_at: "),
    ({**FOUND, "found_in": None, "found_at": {"lat": 0.0, "lon": -30.0}}, "No postcode of Great Britain lies"),
    ({**FOUND, "found_in": "Cumbria"}, "found_in: "),
    ({**FOUND, "found_in": 7}, "found_in must be a name"),
    ({**FOUND, "found_in": " "}, "found_in must be a name"),
    ({**FOUND, "status": "arrested"}, ""),
    ({**FOUND, "status": ["asleep"]}, "status must be a list of any of"),
    ({**FOUND, "status": [7]}, "status must be a list of any of"),
    ({**FOUND, "concern": 7}, "concern must be text"),
    ({**FOUND, "on_railway": "no"}, "on_railway must be true or false"),
    ({**FOUND, "nation_found": "france"}, "nation_found: The nation must be one of"),
    ({**FOUND, "at": "2026-05-10"}, "at must be an instant"),
    ({**FOUND, "foundin": "Lancashire"}, "Not known: foundin"),
    ([], "must be one JSON object"),
])
def test_facts_that_cannot_be_read_are_refused_in_words(tmp_path, facts, words):
    result = run(tmp_path, facts, "--json")
    if not words:
        assert result.exit_code == 0
        return
    assert result.exit_code == 1
    assert words in json.loads(result.stdout)["refused"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 50_000, b" " * 100_001])
def test_a_file_that_is_no_json_is_wrong_usage(tmp_path, content):
    result = run(tmp_path, content)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    result = CliRunner().invoke(main, ["responsibility", str(tmp_path / "none.json")])
    assert result.exit_code == 2


@settings(deadline=None)
@given(content=st.binary())
def test_any_bytes_are_answered_or_refused(tmp_path_factory, content):
    result = run(tmp_path_factory.mktemp("facts"), content)
    assert result.exit_code in {0, 1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("found_at", ["PR1 2HE", {"lat": 53.759, "lon": -2.699}, [53.759, -2.699], "53.759, -2.699"])
def test_a_postcode_or_a_point_tells_the_council_where_the_child_was_found(tmp_path, found_at):
    result = run(tmp_path, {**FOUND, "found_in": None, "found_at": found_at}, "--json")
    assert result.exit_code == 0
    assert "Lancashire" in json.loads(result.stdout)["owner_now"]


@pytest.mark.parametrize(("at", "found", "owner"), [
    ("2020-01-10T12:00:00+00:00", {"found_in": "Cumbria"}, "Cumbria"),
    ("2020-01-10T12:00:00+00:00", {"found_at": "CA1 1AA"}, "Cumbria"),
    ("2023-04-01T12:00:00+01:00", {"found_at": "CA1 1AA"}, "Cumberland"),
])
def test_a_question_of_then_is_answered_with_the_councils_of_then(tmp_path, at, found, owner):
    result = run(tmp_path, {"home_in": "Liverpool", "at": at, **found}, "--json")
    told = json.loads(result.stdout)
    assert (told["owner_now"], told["long_term"]) == (owner, "Liverpool")


def test_without_a_day_a_divided_council_is_asked_about(tmp_path):
    told = json.loads(run(tmp_path, {"found_in": "Cumbria", "home_in": "Liverpool"}, "--json").stdout)
    assert "Cumberland; Westmorland and Furness" in told["refused"]
