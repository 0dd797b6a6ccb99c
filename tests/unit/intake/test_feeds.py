"""Every feed is documented by what reads it, and its own example file is clean."""

import io
import tracemalloc
from pathlib import Path

import pytest
from sorting import KNOWSLEY, LANCASHIRE, ON, sort
from workbooks import workbook

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import FileRefused
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.kinds import KINDS

OWN = Path(__file__).parents[2] / "samples" / "own"


def feed_of(path):
    return next(name for name in sorted(FEEDS, key=len, reverse=True) if path.name.startswith(name))


def test_the_feeds_are_those_that_were_promised():
    assert list(FEEDS) == [
        "exclusions", "attendance", "school-roll", "school-census", "ssda903", "cin-census", "social-care-api",
        "police-custody", "police-events", "offenders", "timeline",
    ]  # fmt: skip


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_a_feed_says_what_it_is_and_what_each_column_becomes(feed):
    assert feed.title
    assert feed.about.endswith(".")
    assert feed.source.endswith(".")
    assert set(feed.sent_by) <= set(AgencyKind)
    assert set(feed.formats) <= {"csv", "xlsx", "json", "jsonl", "xml"}
    for table in feed.tables:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert any(column.required for column in table.columns)
        for column in table.columns:
            assert column.means, column.name
            assert column.format, column.name
            assert column.becomes, column.name


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_kind_that_a_column_promises_exists(feed):
    words = {word.strip(".,;:") for table in feed.tables for column in table.columns for word in column.becomes.split()}
    dotted = {word for word in words if word.split(".")[0] in {name.split(".")[0] for name in KINDS} and "." in word}
    assert dotted <= set(KINDS)


@pytest.mark.parametrize("path", sorted(OWN.iterdir()), ids=lambda path: path.name)
def test_the_example_files_are_clean(path):
    name = feed_of(path)
    assert path.suffix.removeprefix(".") in FEEDS[name].formats
    rows = sort(name, path.read_bytes(), sender=LANCASHIRE if name.startswith("police") else KNOWSLEY)
    assert rows
    assert [row.faults for row in rows if row.faults] == []
    assert any(row.told or row.withdrawn for row in rows)


def test_every_feed_has_an_example_file():
    assert {feed_of(path) for path in OWN.iterdir()} == set(FEEDS)


@pytest.mark.parametrize("name", ["exclusions", "attendance", "school-roll"])
def test_the_school_feeds_read_the_same_rows_from_a_workbook(name):
    text = OWN.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    cells = [line.split(",") for line in text.splitlines()]
    assert sort(name, workbook(cells)) == sort(name, text)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03", b"%PDF-1.7 x", b"\xff\xfe\x00", b"PK\x03\x04rubbish"])
def test_rubbish_is_refused_by_every_feed(name, content):
    with pytest.raises(FileRefused):
        sort(name, content)


@pytest.mark.parametrize("path", sorted(OWN.iterdir()), ids=lambda path: path.name)
def test_a_file_above_the_limit_of_the_caller_is_refused_by_every_feed(path):
    with pytest.raises(FileRefused, match="most that is read"):
        sort(feed_of(path), path.read_bytes(), limit_bytes=50)


def test_a_file_of_another_kind_is_refused_with_what_it_looks_like():
    with pytest.raises(FileRefused, match="read from CSV or XLSX; this file looks like XML"):
        sort("exclusions", b"<Message/>")


def test_a_windows_file_is_read_and_the_first_row_says_so():
    text = OWN.joinpath("exclusions.csv").read_text(encoding="utf-8")
    rows = sort("exclusions", text.encode("cp1252"))
    assert rows[2].identity.given == "Zoë"
    assert [(fault.row, fault.turns_back) for row in rows for fault in row.faults] == [(1, False)]
    assert "Windows-1252" in rows[0].faults[0].fault


def test_a_formula_deep_in_a_file_refuses_it_though_rows_came_before():
    lines = OWN.joinpath("exclusions.csv").read_text(encoding="utf-8").splitlines()
    content = "\n".join([*lines, *lines[1:] * 50, lines[1].replace("Amara", "=cmd|' /C calc'!A0")])
    given = FEEDS["exclusions"].sort(io.BytesIO(content.encode()), KNOWSLEY, on=ON)
    assert next(given).identity
    with pytest.raises(FileRefused, match="Row 206, cell 4 holds a formula"):
        list(given)


def test_the_stream_is_left_open_for_whoever_opened_it():
    stream = io.BytesIO(OWN.joinpath("exclusions.csv").read_bytes())
    next(FEEDS["exclusions"].sort(stream, KNOWSLEY))
    list(FEEDS["exclusions"].sort(stream, KNOWSLEY))
    assert not stream.closed


def test_memory_stays_bounded_over_many_rows():
    heading, row = "laestab,upn,category,start_date,reference", "3404421,H243278544154,PERM,02/06/2025,EX-"
    stream = io.BytesIO("\n".join([heading, *(f"{row}{n}" for n in range(20_000))]).encode())
    tracemalloc.start()
    count = sum(1 for _ in FEEDS["exclusions"].sort(stream, KNOWSLEY, on=ON))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 5_000_000
