"""The command `sightline signs` answers in words and in JSON, and says in plain words what it could not read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.interfaces.cli.main import main

HOME = {"id": "h", "child": "c1", "kind": "child.home", "at": "2010-01-01", "by": "Knowsley",
        "place": {"council": "Knowsley", "force": "Merseyside", "lat": 53.41, "lon": -2.84}}
MISSING = {"id": "e7", "child": "c1", "kind": "missing.reported", "at": "2019-11-04T22:10:00+00:00",
           "by": "Merseyside Police", "facts": {}}
ARREST = {"id": "a1", "child": "c1", "kind": "police.arrest", "at": "2019-11-05T12:10:00+00:00",
          "by": "Lancashire Police", "facts": {"offence": "theft"}, "place": {"force": "Lancashire", "postcode": None},
          "people": [{"id": "a9", "role": "co-arrested", "age": 34}], "things": [{"kind": "phone", "id": "p1"}],
          "grade": None, "recorded_at": "2019-11-05T13:00:00+00:00"}


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    return tmp_path / "timeline.jsonl"


def write(path: Path, *lines: object) -> str:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["signs", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_answer_has_the_agreed_shape(timeline: Path):
    result = run(write(timeline, HOME, MISSING, ARREST), "--at", "2019-11-05T12:30:00+00:00", "--json")
    late = run(str(timeline), "--at", "2019-11-05T13:00:00+00:00", "--json")
    document = json.loads(late.stdout)
    assert (result.exit_code, json.loads(result.stdout)["attention"]) == (0, "worker")
    assert (document["child"], document["attention"], document["families"]) == ("c1", "now", 1)
    c02 = next(sign for sign in document["signs"] if sign["code"] == "C02")
    assert c02 == {
        "code": "C02", "family": "movement", "critical": True,
        "title": "Reported missing, then met in another police force area",
        "because": ["e7", "a1"],
        "reasons": ["Reported missing on 4 November 2019 at 22:10",
                    "Arrested in another police force area, Lancashire, on 5 November 2019 at 12:10"],
        "first_at": "2019-11-05T12:10:00+00:00", "last_at": "2019-11-05T12:10:00+00:00", "edition": "C02/1",
        "source": "Tees children exploitation tool; Both sides of the coin, HMICFRS 2020", "verified": False,
    }
    assert document["look_again_at"] == "2019-11-05T13:10:00+00:00"


def test_a_day_means_the_end_of_that_day(timeline: Path):
    document = json.loads(run(write(timeline, HOME, MISSING, ARREST), "--at", "2019-11-05", "--json").stdout)
    assert {sign["code"] for sign in document["signs"]} == {"C02", "C03", "X01", "F01"}


def test_words_name_the_sign_its_reasons_and_its_source(timeline: Path):
    result = run(write(timeline, HOME, MISSING, ARREST), "--at", "2019-11-05")
    assert result.exit_code == 0
    assert "Attention: a person must look now." in result.stdout
    assert "C02 Reported missing, then met in another police force area (critical, movement" in result.stdout
    assert "  Reported missing on 4 November 2019 at 22:10 [e7]" in result.stdout
    assert "Edition C02/1." in result.stdout


def test_without_an_instant_it_reads_as_of_now_and_says_so(timeline: Path):
    result = run(write(timeline, MISSING))
    assert result.exit_code == 0
    assert "No sign is shown. That is no proof of safety" in result.stdout
    assert "--at reads an earlier instant" in result.stdout


BAD_LINES = [
    "{", "[1]", json.dumps(MISSING | {"id": ""}), json.dumps(MISSING | {"kind": "police.tea"}),
    json.dumps(MISSING | {"at": "2019-11-04T22:10:00"}), json.dumps(MISSING | {"recorded_at": "2019-11-04"}),
    json.dumps(MISSING | {"facts": []}), json.dumps(MISSING | {"place": {"lat": "north"}}),
    json.dumps(MISSING | {"place": {"lat": 91}}), json.dumps(MISSING | {"people": ["a"]}),
    json.dumps(MISSING | {"people": [{"id": "a", "age": 1.5}]}), json.dumps(MISSING | {"child": ""}),
]


@pytest.mark.parametrize("bad", BAD_LINES)
def test_a_line_that_cannot_be_read_is_told_and_stops_no_other(timeline: Path, bad: str):
    result = run(write(timeline, MISSING, "", bad), "--at", "2019-11-05", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {fault["row"] for fault in document["faults"]} == {3}
    assert all(fault["fault"] for fault in document["faults"])
    assert {sign["code"] for sign in document["signs"]} == {"C03", "X01"}
    assert "Line 3" in run(str(timeline), "--at", "2019-11-05").stderr


@pytest.mark.parametrize(("strange", "column"), [
    ({"shoe": 1}, "shoe"), ({"facts": {"shoe": 1}}, "facts.shoe"), ({"place": {"town": "x"}}, "place.town"),
    ({"people": [{"id": "a", "shoe": 1}]}, "people.shoe"), ({"child": "c1", "id": 7}, "id")])
def test_what_is_strange_is_noted_and_the_line_read_all_the_same(timeline: Path, strange: dict, column: str):
    result = run(write(timeline, MISSING, ARREST | strange), "--at", "2019-11-05", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["faults"]) == (0, [])
    assert [(note["row"], note["column"]) for note in document["notes"]] == [(2, column)]
    assert f"Line 2 ({column})" in run(str(timeline), "--at", "2019-11-05").stderr


@pytest.mark.parametrize("hostile", ["[" * 100_000, '"' + "x" * 1_000_001 + '"', '{"id": "\\ud800"}', "\x00"])
def test_a_hostile_line_is_turned_back_or_the_file_is_refused(timeline: Path, hostile: str):
    result = run(write(timeline, MISSING, hostile), "--at", "2019-11-05", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document.get("refused") or document["faults"]


def test_a_file_without_one_entry_is_refused_in_words(timeline: Path):
    timeline.write_bytes(b"\xff\xfe\x00\x01\n\x89PNG\n")
    document = json.loads(run(str(timeline), "--json").stdout)
    assert document["child"] is None
    assert document["refused"] in run(str(timeline)).stderr
    assert run(str(timeline)).stdout == ""
    assert run(str(timeline)).exit_code == 1


def test_a_file_with_two_children_is_wrong_usage(timeline: Path):
    result = run(write(timeline, MISSING, ARREST | {"child": "c2"}), "--json")
    assert result.exit_code == 2
    assert "more than one child" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [
    [], ["no-such-file"], ["{file}", "--at", "yesterday"], ["{file}", "--at", "2019-11"], ["{file}", "--loud"]])
def test_wrong_usage_is_told_in_words(timeline: Path, arguments: list[str]):
    file = write(timeline, MISSING)
    result = run(*(argument.replace("{file}", file) for argument in arguments))
    assert result.exit_code == 2
    assert "Error:" in result.stderr


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.dictionaries(
    st.sampled_from(list(ARREST)), st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.floats()).map(
        lambda odd: json.dumps(ARREST | odd).encode()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_give_an_answer_and_never_a_traceback(tmp_path: Path, content: bytes):
    file = tmp_path / "any.jsonl"
    file.write_bytes(content)
    for form in (["--json"], []):
        result = run(str(file), "--at", "2026-05-01", *form)
        assert result.exit_code in {0, 1}
        if form:
            json.loads(result.stdout)
        else:
            assert result.output


def test_the_command_starts_without_django():
    code = ("import sys; from sightline.interfaces.cli.main import main; main.get_command(None, 'signs'); "
            "print(sorted(m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg', 'pydantic', 'lxml'}))")
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_preview_of_no_sign_or_of_no_days_is_wrong_usage_and_needs_no_database():
    for wrong, words in ((("--without", "C99"), "C99"), (("--shown-days", "C99=5"), "no sign called 'C99'"),
                         (("--shown-days", "C05=many"), "Write a number of days"), (("--shown-days", "C05"), "C05=90"),
                         (("more",), "unexpected extra argument")):
        result = run("preview", *wrong)
        assert result.exit_code == 2
        assert words in result.stderr


def test_a_file_may_be_called_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "preview", MISSING)
    assert json.loads(run("./preview", "--json").stdout)["child"] == "c1"
    assert "preview" in run("--help").stdout
