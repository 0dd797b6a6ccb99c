"""What the charging gate refuses, as the table says."""

from dataclasses import replace
from pathlib import Path

import pytest

from sightline.domain.custody.charging import Considered, Defence, Outcome, Referral, Said, refusals
from sightline.domain.custody.tools import ASKED

LINES = [[part.strip() for part in line.split("|")]
         for line in Path(__file__).with_name("charging.txt").read_text("utf-8").splitlines()[2:] if "|" in line]
WHOLE = Considered(
    outcome=Outcome.PROSECUTOR, decided_by="sam", offence="supply", screened_by="sue", direct=Said.YES,
    direct_why="a debt", reasonable=Said.YES, reasonable_why="threats", schedule_4=Said.NO, schedule_4_how="read it",
    referral=Referral.REFERRED, speaks_for=1, speaks_against=1, tools=frozenset(tool.code for tool in ASKED),
    defence=Defence.MAY_APPLY, defence_why="a debt")
ENUMS = {"outcome": Outcome, "direct": Said, "reasonable": Said, "schedule_4": Said, "referral": Referral,
         "defence": Defence}


def value(name: str, text: str) -> object:
    if name in ENUMS:
        return None if text == "none" else ENUMS[name](text.replace("-", " "))
    if name == "tools":
        return frozenset(tool.code for tool in ASKED[1:])
    return int(text) if name.startswith("speaks") else text


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_the_gate_refuses_what_the_table_says(line):
    _, changes, expected = line
    changed = {name: value(name, text) for name, _, text in (one.partition("=") for one in changes.split())}
    found = [one.code for one in refusals(replace(WHOLE, **changed))]
    assert found == ([] if expected == "none" else [expected])


def test_each_condition_is_tried():
    assert {line[2] for line in LINES} - {"none"} == {one.code for one in refusals(Considered(
        outcome=Outcome.CHARGE, decided_by="sam"))} | {"another", "supervised"}
