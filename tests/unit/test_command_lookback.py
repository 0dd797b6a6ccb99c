"""The command `sightline lookback` answers in words and in JSON, starts fast, and says plainly what it cannot read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sightline.interfaces.cli.main import main

LIFE = [
    {"id": "home", "child": "c1", "kind": "child.home", "at": "2020-01-01", "by": "Knowsley",
     "place": {"council": "Knowsley", "force": "Merseyside", "lat": 53.41, "lon": -2.84}},
    {"id": "m1", "child": "c1", "kind": "missing.reported", "at": "2026-05-01T22:10:00+01:00",
     "by": "Merseyside Police", "recorded_at": "2026-05-02T06:00:00+01:00"},
    {"id": "s1", "child": "c1", "kind": "police.stop", "at": "2026-05-02T14:00:00+01:00", "by": "Lancashire Police",
     "place": {"council": "Lancashire", "force": "Lancashire", "lat": 53.76, "lon": -2.7},
     "facts": {"property": ["cash"]}, "recorded_at": "2026-05-04T10:00:00+01:00"},
    {"id": "r1", "child": "c1", "kind": "care.referral", "at": "2026-05-20T16:00:00+01:00", "by": "Merseyside Police"},
]


@pytest.fixture
def timeline(tmp_path: Path) -> str:
    path = tmp_path / "timeline.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LIFE), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["lookback", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_answer_has_the_agreed_shape(timeline: str):
    result = run(timeline, "--at", "2026-06-01", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["child"], told["rules"]) == (0, "c1", "today")
    c02 = next(sign for sign in told["signs"] if sign["code"] == "C02")
    assert (c02["together_at"], c02["told_at"], c02["edition"]) == (
        "2026-05-02T14:00:00+01:00", "2026-05-04T10:00:00+01:00", "C02/1")
    assert set(c02["alone"].values()) == {None}
    day = next(day for day in told["days"] if day["on"] == "2026-05-04")
    assert [sign["code"] for sign in day["signs_first_visible"]] == ["C01", "C02", "F03"]
    assert day["told"] == ["s1"]
    assert told["first_recognition"] == {
        "entry": "r1", "at": "2026-05-20T16:00:00+01:00", "known_at": "2026-05-20T16:00:00+01:00",
        "by": "Merseyside Police", "what": "Referred to children's social care"}
    assert any("could have been seen by no agency alone (C02)" in sentence for sentence in told["says"])


def test_the_words_say_the_same(timeline: str):
    told = run(timeline, "--at", "2026-06-01").stdout
    assert "the first on 1 May 2026 at 22:10" in told
    assert "18 days after the first sign could have been seen" in told
    assert "sign first visible: C02" in told


def test_before_the_first_edition_the_rules_of_then_show_nothing(timeline: str):
    told = json.loads(run(timeline, "--at", "2026-06-01", "--rules", "then", "--json").stdout)
    assert (told["signs"], told["editions"]) == ([], [])
    assert any("no proof of safety" in sentence for sentence in told["says"])


@pytest.mark.parametrize(("arguments", "words"), [
    ([], "Give either a timeline file or --child"),
    (["/nowhere.jsonl"], "cannot be opened"),
    (["--child", "no-id"], "not a valid UUID"),
    (["--child", "018f0000-0000-7000-8000-000000000000"], "say who looks and why"),
    (["x.jsonl", "--rules", "tomorrow"], "'tomorrow' is not one of"),
    (["x.jsonl", "--at", "soon"], "neither an instant"),
    (["x.jsonl", "--nation", "france"], "nation"),
])
def test_wrong_use_is_told_in_words(arguments: list[str], words: str):
    result = CliRunner(env={"SIGHTLINE_AS": "", "SIGHTLINE_PURPOSE": ""}).invoke(main, ["lookback", *arguments])
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[]", b"{", b'{"id": "a"}', b"PK\x03\x04" * 9])
def test_bad_files_are_refused_in_words(tmp_path: Path, content: bytes):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    result = run(str(path), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["refused"] or told["faults"]
    assert told["days"] == []
    assert run(str(path)).exit_code == 1


def test_it_loads_no_django(timeline: str):
    program = ("import sys; from sightline.interfaces.cli.main import main;"
               f" main(['lookback', {timeline!r}, '--json'], standalone_mode=False)")
    check = f"try:\n    exec({program!r})\nfinally:\n    assert not {{'django', 'fpdf'}} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{check}"], capture_output=True, timeout=60, check=False)
    assert b"AssertionError" not in done.stderr, done.stderr
    assert done.stdout.startswith(b"{")
