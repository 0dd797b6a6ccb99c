"""What a decision of the victim screen lacks, as the table says."""

from pathlib import Path

import pytest

from sightline.domain.custody.screen import CONDITIONS, Outcome, Screen, refusals

LINES = [[part.strip() for part in line.split("|")]
         for line in Path(__file__).with_name("screen.txt").read_text("utf-8").splitlines()[2:] if "|" in line]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_decision_lacks_what_the_table_says(line):
    _, outcome, reasons, talk, why, shown, answered, expected = line
    screen = Screen(Outcome(outcome), reasons, talk != "none", talk == "alone", why, frozenset(shown.split()),
                    frozenset(answered.split()))
    assert [one.code for one in refusals(screen)] == ([] if expected == "none" else [expected])


def test_each_condition_is_tried():
    assert {line[-1] for line in LINES} - {"none"} == {one.code for one in CONDITIONS}
