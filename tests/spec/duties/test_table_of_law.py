"""The catalogue holds every row of the table of duties as it was read: who owes, by which clock, how sure we are."""

from pathlib import Path

import pytest

from sightline.domain.duties.catalogue import RULES, rules_of
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.duties.rule import Basis

TABLE = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in Path(__file__).with_name("table-of-law.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]

@pytest.mark.parametrize(("code", "who", "clock", "marks", "nations"), TABLE, ids=[row[0] for row in TABLE])
def test_the_row_is_held_as_it_was_read(code, who, clock, marks, nations):
    rows = rules_of(code)
    assert rows, "no such row"
    rule = rows[-1]
    assert rule.owed_by.value == who
    assert rule.clock.spec.partition("(")[0] == "PRE" if clock == "PRE" else rule.clock.spec == clock
    assert {nation.value for nation in rule.nations} >= set(nations.split())
    assert rule.sources
    assert set(rule.sources) <= set(SOURCES)
    assert rule.authority
    marked = set(marks.split())
    assert rule.commenced is ("C" not in marked)
    if rule.verified:
        assert "S" in marked
    if marked == {"S"} and rule.basis is not Basis.LOCAL:
        assert "MEMORY" not in rule.sources
    if marked == {"D"}:
        assert rule.basis is Basis.LOCAL


# One row of the table tells several clocks: the review, the next review, the limit, the extension.
PARTS_OF_A_ROW = {"D-ARR-5-NEXT", "D-ARR-5-LIMIT", "D-ARR-5-EXTENDED"}


def test_what_the_table_does_not_hold_says_that_it_is_ours_or_from_memory():
    read = {row[0] for row in TABLE} | PARTS_OF_A_ROW
    added = [rule for rule in RULES if rule.code not in read]
    assert {"D-LOOK-1", "D-EX-12", "D-ARR-4-SCREEN"} <= {rule.code for rule in added}
    assert [rule.code for rule in added if not {"OURS", "HM2", "MEMORY"} & set(rule.sources)] == []
    assert [rule.code for rule in added if rule.verified] == []
    assert {rule.code for rule in added if rule.basis is not Basis.LOCAL} == {
        "D-EDU-FILE", "D-CP-1-CORE", "D-CP-1-AGAIN", "D-LAC-1-AGAIN",
        "D-SCO-1", "D-SCO-2", "D-SCO-3", "D-SCO-4", "D-NIR-1", "D-NIR-2"}  # of which the table tells in a sentence


def test_every_row_starts_or_says_what_it_waits_for_or_that_its_law_is_to_come():
    silent = [rule.code for rule in RULES if not rule.starts and rule.commenced and not rule.waits_for]
    assert silent == []
