"""`sightline clock` answers in words or in JSON, refuses in words, and never shows a traceback."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.interfaces.cli.main import main

JSON_CALENDAR = {
    "name": "Knowsley Academy",
    "opens_at": "08:45",
    "terms": [{"name": "summer", "first": "2026-04-13", "last": "2026-07-17"}],
    "closures": [{"name": "half-term", "first": "2026-05-25", "last": "2026-05-29"},
                 {"name": "training day", "first": "2026-06-01", "last": "2026-06-01"}],
}
CSV_CALENDAR = """kind,name,first,last
term,summer,13/04/2026,17/07/2026
closure,half-term,2026-05-25,2026-05-29
closure,training day,01/06/2026,01/06/2026
"""


def run(*words):
    return CliRunner().invoke(main, ["clock", *words])


def answer(*words):
    result = run(*words, "--json")
    return result.exit_code, json.loads(result.stdout)


def test_a_limit_is_answered_as_one_json_document():
    code, told = answer("WD15", "--from", "2026-04-02", "--nation", "scotland")
    assert code == 0
    assert told == {
        "due_at": "2026-04-24", "legal": True, "local_target_at": None, "estimated": False,
        "explanation": "15 working days after 2 April 2026 in Scotland: the end of 24 April 2026.",
    }


def test_without_delay_has_no_lawful_number_and_says_that_the_target_is_ours():
    code, told = answer("ND", "--from", "2026-05-10T22:00:00+01:00", "--nation", "england")
    assert (code, told["due_at"], told["legal"]) == (0, None, False)
    assert told["local_target_at"] == "2026-05-11T02:00:00+01:00"
    assert "ours and not the law's" in told["explanation"]


def test_past_the_known_calendar_it_refuses_with_status_one():
    code, told = answer("WD5", "--from", "2028-12-28", "--nation", "england")
    assert (code, told["due_at"], told["refused"]) == (1, None, True)
    assert "31 December 2028" in told["explanation"]
    in_words = run("WD5", "--from", "2028-12-28")
    assert in_words.exit_code == 1
    assert in_words.stdout == ""
    assert "newer list of bank holidays" in in_words.stderr


@pytest.mark.parametrize(("name", "text"), [("terms.json", json.dumps(JSON_CALENDAR)), ("terms.csv", CSV_CALENDAR)])
def test_a_schools_own_calendar_is_not_estimated(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    code, told = answer("SD6", "--from", "2026-05-20", "--calendar", str(file))
    assert (code, told["due_at"], told["estimated"]) == (0, "2026-06-04", False)


def test_the_school_opens_when_its_calendar_says(tmp_path):
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(JSON_CALENDAR), encoding="utf-8")
    assert answer("PRE", "--from", "2026-05-23", "--calendar", str(file))[1]["due_at"] == "2026-06-02T08:45:00+01:00"


@pytest.mark.parametrize("words", [
    ["XX", "--from", "2026-05-20"],
    ["H24", "--from", "yesterday"],
    ["H24", "--from", "2026-05-20T10:00:00"],
    ["H24"],
    ["WD1", "--from", "2026-05-20", "--nation", "france"],
    ["SD1", "--from", "2026-05-20", "--calendar", "no-such-file"],
    ["SD1", "--from", "2026-05-20", "--calendar", "/"],
    ["SD1", "--from", "2026-05-20", "--calendar", "a\0b"],
])
def test_wrong_usage_is_said_in_words_with_status_two(words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


HEADER = "kind,name,first,last\n"
BAD_CALENDARS = {
    "empty": "",
    "broken JSON": "{",
    "terms that are no list": '{"terms": 7}',
    "no terms": '{"terms": []}',
    "numbers for days": '{"terms": [{"first": 1, "last": 2}]}',
    "deep JSON": '{"terms": ' + "[" * 100_000,
    "a key misspelt": '{"terms": [{"first": "2026-09-01", "last": "2026-12-18"}], "closure": []}',
    "no time of day": '{"opens_at": "dawn", "terms": [{"first": "2026-09-01", "last": "2026-12-18"}]}',
    "estimated in words": '{"estimated": "yes", "terms": [{"first": "2026-09-01", "last": "2026-12-18"}]}',
    "another kind": HEADER + "holiday,x,y,z\n",
    "last before first": HEADER + "term,autumn,2026-12-18,2026-09-01\n",
    "no such day": HEADER + "term,autumn,2026-09-31,2026-12-18\n",
    "other columns": "a,b\n1,2\n",
    "too large": "x" * 1_000_001,
    "two terms on one day": HEADER + "term,a,2026-01-05,2026-03-27\nterm,b,2026-03-27,2026-07-20\n",
    "a term forgotten": HEADER + "term,a,2025-09-01,2025-12-19\nterm,b,2026-04-13,2026-07-20\n",
    "no UTF-8": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("content", BAD_CALENDARS.values(), ids=BAD_CALENDARS)
def test_a_bad_calendar_file_is_refused_in_words(tmp_path, content):
    content = content if isinstance(content, bytes) else content.encode()
    file = tmp_path / "terms"
    file.write_bytes(content)
    result = run("SD1", "--from", "2026-05-20", "--calendar", str(file))
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_terms_past_the_known_bank_holidays_are_refused_with_status_one(tmp_path):
    file = tmp_path / "terms.csv"
    file.write_text("kind,name,first,last\nterm,far,2030-01-07,2030-03-29\n", encoding="utf-8")
    assert answer("SD1", "--from", "2030-02-01", "--calendar", str(file))[0] == 1


@settings(deadline=None)
@given(spec=st.text(), start=st.text(), nation=st.text())
def test_any_words_give_an_answer_or_a_refusal(spec, start, nation):
    result = run("--from", start, "--nation", nation, "--", spec)
    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit)


@settings(deadline=None)
@given(content=st.binary() | st.text().map(lambda text: text.encode("utf-8", "ignore")) | st.builds(
    lambda rows: b"kind,name,first,last\n" + b"\n".join(b",".join(row) for row in rows),
    st.lists(st.lists(st.sampled_from([b"term", b"closure", b"2026-01-05", b"2026-03-27", b"9999-12-31", b"", b'"']),
                      max_size=5), max_size=5)))
def test_any_bytes_are_a_calendar_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("calendar") / "terms"
    file.write_bytes(content)
    result = run("SD1", "--from", "2026-02-02", "--calendar", str(file))
    assert result.exit_code in {0, 1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)
