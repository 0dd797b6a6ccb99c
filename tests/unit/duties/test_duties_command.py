"""`sightline duties` prints what is owed, turns bad lines back in words, and never shows a traceback."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.interfaces.cli.main import main

HOME = {"id": "e1", "child": "c1", "kind": "child.home", "at": "2020-01-01", "by": "Knowsley",
        "place": {"council": "Knowsley", "force": "Merseyside"}}
EXCLUDED = {"id": "e2", "child": "c1", "kind": "school.exclusion", "at": "2026-05-18", "by": "Knowsley Academy",
            "facts": {"category": "PERM", "reasons": ["DB"], "school": "Knowsley Academy"}}
FOUND = {"id": "e3", "child": "c1", "kind": "missing.found", "at": "2026-05-20T22:10:00+00:00",
         "by": "Merseyside Police", "place": {"postcode": "L36 9YZ", "lat": 53.4, "lon": -2.8},
         "people": [{"id": "a9", "role": "found-with", "age": 34}], "things": [{"kind": "phone", "id": "p1"}],
         "recorded_at": "2026-05-20T23:00:00+00:00"}
INTERVIEWED = {"id": "e4", "child": "c1", "kind": "missing.return-interview", "at": "2026-05-22T10:00:00+01:00",
               "by": "Knowsley", "facts": {"offered": True, "held": True}}


def written(path, *lines):
    file = path / "timeline.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return str(file)


def run(*words):
    return CliRunner().invoke(main, ["duties", *words])


def test_duties_are_answered_as_one_json_document(tmp_path):
    file = written(tmp_path, HOME, EXCLUDED, FOUND, INTERVIEWED, "")
    result = run(file, "--at", "2026-05-22T12:00:00+01:00", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["child"], told["refused"], told["faults"]) == (0, "c1", [], [])
    duties = {duty["code"]: duty for duty in told["duties"]}
    assert set(duties) == {"D-EX-1", "D-EX-2", "D-EX-4", "D-EX-6", "D-EX-8", "D-MIS-4", "D-MIS-5", "D-MIS-6"}
    interview = duties["D-MIS-5"]
    assert (interview["state"], interview["met_by"], interview["owed_by"]) == ("met", "e4", "Knowsley")
    assert (interview["due_at"], interview["local_target_at"]) == ("2026-05-23T23:10:00+01:00", None)
    screen = duties["D-EX-4"]
    assert (screen["state"], screen["due_at"], screen["local_target_at"]) == ("late", None, "2026-05-20")
    assert (screen["started_by"], screen["verified"], screen["edition"]) == ("e2", False, "2026.1")


def test_a_day_for_at_means_its_end_and_what_is_due_that_day_is_not_late(tmp_path):
    file = written(tmp_path, EXCLUDED)
    told = json.loads(run(file, "--at", "2026-05-20", "--json").stdout)
    assert {duty["state"] for duty in told["duties"] if duty["code"] == "D-EX-4"} == {"open"}


def test_what_was_recorded_later_was_not_owed_yet(tmp_path):
    file = written(tmp_path, FOUND)
    assert json.loads(run(file, "--at", "2026-05-20T22:30:00+00:00", "--json").stdout)["duties"] == []


def test_in_words_the_late_come_first_and_say_who_owes_what(tmp_path):
    result = run(written(tmp_path, HOME, EXCLUDED), "--at", "2026-05-19T12:00:00+01:00")
    assert result.exit_code == 0
    assert result.stdout.startswith("LATE    D-EX-1  due by 19 May 2026, 04:00\n")
    assert "Knowsley owes the child: Screen the exclusion" in result.stdout
    assert "Not verified." in result.stdout


def test_without_an_instant_it_asks_for_now(tmp_path):
    told = json.loads(run(written(tmp_path, HOME), "--json").stdout)
    assert told["duties"] == []
    assert run(written(tmp_path, HOME)).stdout == "Nothing is owed by these entries.\n"


@pytest.mark.parametrize(("line", "column"), [
    ("{", ""), ("[]", ""), ("7", ""), ("[" * 100_000, ""), ('{"id": "\\u0000"}', ""),
    ({**EXCLUDED, "kind": "school.holiday"}, "kind"), ({**EXCLUDED, "kind": 7}, "kind"), ({**EXCLUDED, "id": ""}, "id"),
    ({**EXCLUDED, "at": "2026-05-18T10:00:00"}, "at"), ({**EXCLUDED, "until": ""}, "until"),
    ({**EXCLUDED, "recorded_at": "2026-05-18"}, "recorded_at"), ({**EXCLUDED, "recorded_at": 7}, "recorded_at"),
    ({**EXCLUDED, "facts": []}, "facts"), ({**EXCLUDED, "facts": {"sessions": "ten"}}, "facts.sessions"),
    ({**EXCLUDED, "facts": {"reasons": {"DB": True}}}, "facts.reasons"),
    ({**EXCLUDED, "place": "Knowsley"}, "place"), ({**EXCLUDED, "place": {"council": 7}}, "place.council"),
    ({**EXCLUDED, "place": {"lat": "north"}}, "place.lat"),
    ({**EXCLUDED, "people": {}}, "people"), ({**EXCLUDED, "people": [{}]}, "people"),
    ({**EXCLUDED, "things": [7]}, "things"),
], ids=lambda told: str(told)[:150])
def test_a_bad_line_is_turned_back_in_words_and_hides_no_good_one(tmp_path, line, column):
    result = run(written(tmp_path, HOME, line, FOUND), "--at", "2026-05-22", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(2, column)]
    assert told["faults"][0]["fault"]
    assert {duty["code"] for duty in told["duties"]} == {"D-MIS-4", "D-MIS-5"}


@pytest.mark.parametrize(("line", "column"), [
    ({**EXCLUDED, "facts": {"shoe": 7}}, "facts.shoe"), ({**EXCLUDED, "place": {"town": "x"}}, "place.town"),
    ({**EXCLUDED, "facts": {"category": "PERM", "reasons": "DB"}}, "facts.reasons"), ({**HOME, "by": "Other"}, "id"),
], ids=lambda told: str(told)[:150])
def test_a_strange_line_is_read_and_what_is_strange_is_noted(tmp_path, line, column):
    result = run(written(tmp_path, HOME, line, FOUND), "--at", "2026-05-22", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["faults"]) == (0, [])
    assert [(note["row"], note["column"]) for note in told["notes"]] == [(2, column)]
    assert f"Line 2 ({column}): {told['notes'][0]['note']}" in run(
        written(tmp_path, HOME, line, FOUND), "--at", "2026-05-22").stderr


@pytest.mark.parametrize("content", [b"\x00", b"", b"\xff\xfe\x00\x01", b"not json\n"])
def test_a_file_of_which_nothing_can_be_read_owes_no_answer(tmp_path, content):
    file = tmp_path / "timeline.jsonl"
    file.write_bytes(content)
    result = run(str(file), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["child"], told["duties"]) == (1, None, [])
    assert (told["faults"][0]["row"], told["faults"][0]["column"]) == (0, "file")
    assert told["faults"][0]["fault"] in run(str(file)).stderr
    assert run(str(file)).stdout == ""


def test_a_line_of_endless_length_ends_the_reading(tmp_path):
    result = run(written(tmp_path, HOME, " " * 1_000_001, FOUND), "--at", "2026-05-22", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert "longer than" in told["faults"][0]["fault"]


def test_a_date_that_cannot_be_counted_is_refused_beside_the_others(tmp_path):
    found = {**FOUND, "at": "2031-05-20T10:00:00Z", "recorded_at": None}
    file = written(tmp_path, {**EXCLUDED, "at": "2031-05-19"}, found)
    result = run(file, "--at", "2031-05-21", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {refused["code"] for refused in told["refused"]} == {"D-EX-4", "D-EX-6", "D-EX-8"}
    assert "D-MIS-5" in {duty["code"] for duty in told["duties"]}
    assert "D-EX-6, started by e2: No date can be given" in run(file, "--at", "2031-05-21").stderr


@pytest.mark.parametrize("words", [
    ["no-such-file"], ["/"], [], ["{file}", "--at", "soon"], ["{file}", "--at", "9999-12-31"],
    ["{file}", "--nation", "france"], ["{file}", "--calendar", "no-such-file"],
])
def test_wrong_usage_is_said_in_words_with_status_two(tmp_path, words):
    result = run(*(word.format(file=written(tmp_path, HOME)) for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_two_children_in_one_file_are_wrong_usage(tmp_path):
    result = run(written(tmp_path, HOME, {**FOUND, "child": "c2"}))
    assert result.exit_code == 2
    assert "more than one child" in result.stderr


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5)
KEYS = [*EXCLUDED, "place", "people", "things", "until", "recorded_at", "grade"]
LINES = st.dictionaries(st.sampled_from(KEYS), JSON_VALUES)


@settings(deadline=None)
@given(lines=st.lists(st.binary(max_size=60) | st.builds(lambda told: json.dumps({**EXCLUDED, **told}).encode(), LINES),
                      max_size=4))
def test_any_bytes_are_read_or_turned_back(tmp_path_factory, lines):
    file = tmp_path_factory.mktemp("timeline") / "t.jsonl"
    file.write_bytes(b"\n".join(lines))
    result = run(str(file), "--at", "2026-06-01", "--json")
    assert result.exit_code in {0, 1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)
