"""What no weight overrides, row by row of tests/spec/linkage/vetoes.txt."""

import pytest
from tests.unit.linkage.described_as import described_as, lines

from sightline.domain.linkage.comparing import compare
from sightline.domain.linkage.vetoes import Veto, vetoes

ROWS = [tuple(part.strip() for part in line.split("|")) for line in lines("vetoes.txt")]


@pytest.mark.parametrize(("words", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_what_keeps_two_records_from_being_joined_by_weight(words, expected):
    one, other = described_as("", upn="A1", nhs="1"), described_as(words)
    found = vetoes(one, other, compare(one, other), two_of_one_list=words.endswith("list"))
    assert [veto.name for veto in found] == ([] if expected == "-" else expected.split())


def test_every_veto_stands_in_the_table():
    assert {name for _, names in ROWS for name in names.split()} - {"-"} == set(Veto.__members__)
