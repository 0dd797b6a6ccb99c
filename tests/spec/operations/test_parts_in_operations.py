"""Which part a child has in an operation, and what counts as done for the child since, as the table says."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.domain.operations.counted import MEASURES, Counts, Total, differ
from sightline.domain.operations.parts import WAYS, parts_told
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

LINES = [line.split("|") for line in Path(__file__).with_name("parts.txt").read_text("utf-8").splitlines()[2:] if line]


def timeline(text: str) -> Timeline:
    entries = []
    for number, one in enumerate(text.split(";")):
        day, hour, kind, *facts = shlex.split(one)
        entries.append(Entry(id=f"e{number}", child="c", kind=kind, by="Merseyside Police",
                             at=datetime(2026, 5, int(day), int(hour), tzinfo=UTC),
                             facts=dict(fact.split("=", 1) for fact in facts)))
    return Timeline.of("c", entries)


def said(instant: datetime | None) -> str:
    return "-" if instant is None else f"{instant:%dT%H}"


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_a_part_in_an_operation_is_read_as_the_table_says(line):
    _, told, expected = (one.strip() for one in line)
    found = [" ".join((one.reference, "yes" if one.arrested else "no", said(one.screened_at), said(one.referred_at),
                       one.way or "-", "yes" if one.by_hand else "no")) for one in parts_told(timeline(told))]
    assert found == ([] if expected == "nothing" else [expected])


def test_two_reports_differ_only_where_they_count_the_same_of_the_whole():
    told = [Total("A", Counts.ARRESTS, None, 56), Total("B", Counts.ARRESTS, None, 46),
            Total("A", Counts.WARRANTS, None, 11), Total("B", Counts.WARRANTS, None, 11),
            Total("A", Counts.CHILDREN, "Merseyside Police", 3), Total("B", Counts.CHILDREN, None, 2)]
    assert differ(told) == (Counts.ARRESTS,)
    assert differ(told[1:]) == ()


def test_each_measure_and_each_way_has_its_words():
    assert all(one.words and one.counts and one.kept_as for one in MEASURES)
    assert all(one.words and one.counts_when for one in WAYS)
