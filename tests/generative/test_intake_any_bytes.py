"""Whatever bytes come, a feed gives rows, faults or a refusal in words: never another error, never half a row."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import FileRefused, Sender
from sightline.domain.intake.timeline import read_timeline
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.offender import TellingKind

OWN = Path(__file__).parents[1] / "samples" / "own"
SAMPLES = sorted(Path(__file__).parents[1].joinpath("samples").rglob("*.*"))
SENDER = Sender("Knowsley", "council")
ON = date(2026, 6, 1)
NAMES = tuple(FEEDS)

LIBRARY_WORDS = (
    "pydantic",
    "Input should",
    "valid dictionary",
    "Traceback",
    "Error:",
    "ValueError",
    "None",
    "xs:",
    "facet",
)

ordinary = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# Postcodes, files to link and tables of lists are no feed; read as one they are a file of something else, as a mistake
# sends it.
FOLDERS = {"school_census": "school-census", "ssda903": "ssda903", "cin": "cin-census", "annex_a": "exclusions",
           "postcodes": "exclusions", "linkage": "exclusions", "extent": "exclusions"}


def feed_of(path):
    if path.parent.name in FOLDERS:
        return FOLDERS[path.parent.name]
    return next(name for name in sorted(NAMES, key=len, reverse=True) if path.name.startswith(name))


def check(name, content):
    """Sort the content; every row must be whole, every fault in plain words. Gives the rows, or None if refused."""
    try:
        rows = list(FEEDS[name].sort(io.BytesIO(content), SENDER, on=ON))
    except FileRefused as refused:
        assert refused.because.strip()
        assert not any(word in refused.because for word in LIBRARY_WORDS)
        return None
    for row in rows:
        turned_back = any(fault.turns_back for fault in row.faults)
        assert (row.identity is None) == turned_back
        if row.identity is None:
            assert not row.told
            assert not row.withdrawn
        assert row.number >= 1
        for fault in row.faults:
            assert fault.fault.endswith((".", "?")), fault
            assert len(fault.value) <= 80
            assert not any(word in fault.fault for word in LIBRARY_WORDS), fault
        for told in row.told:
            if name == "offenders":  # adults, kept apart: their tellings are no kinds of a child's entries
                assert told.kind in {*TellingKind}
                assert told.key
                continue
            facts = {fact.key: fact for fact in KINDS[told.kind].facts}
            assert set(told.facts) <= set(facts), told
            assert told.key
            for key, value in told.facts.items():
                values = value if isinstance(value, tuple) else (value,)
                assert not facts[key].allowed or set(values) <= set(facts[key].allowed), told
            if told.place is not None and name != "timeline":
                assert told.place.council is None
                assert told.place.lat is None
    return rows


@pytest.mark.parametrize("name", NAMES)
@ordinary
@given(content=st.binary(max_size=400))
def test_random_bytes_give_rows_faults_or_a_refusal(name, content):
    check(name, content)


@pytest.mark.parametrize("name", NAMES)
@ordinary
@given(content=st.text(max_size=300), encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32")))
def test_random_text_in_any_encoding_gives_rows_faults_or_a_refusal(name, content, encoding):
    check(name, content.encode(encoding, "replace"))


@pytest.mark.parametrize(
    "path", [p for p in SAMPLES if p.suffix in (".csv", ".xml", ".json", ".jsonl", ".xlsx")], ids=lambda p: p.name
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_sample_that_was_damaged_gives_rows_faults_or_a_refusal(path, data):
    content = bytearray(path.read_bytes()[:40_000])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
        if not content:
            content = bytearray(b" ")
    check(feed_of(path), bytes(content))


def cells():
    dates = st.sampled_from(
        (
            "14/03/2011",
            "2026-05-10",
            "2025-Jun-02 00:00:00",
            "31/02/2020",
            "2026-03-29T01:30:00",
            "10/05/2026 23:15",
            "2026-05-10T23:15:00+01:00",
            "2099-01-01",
            "0001-01-01",
            "1e9",
        )
    )
    numbers = st.sampled_from(
        (
            "A950000178301",
            "02/73319Z",
            "L36 9YZ",
            "SUSP",
            "M",
            "1",
            "yes",
            "10.0",
            "-3",
            "#N/A",
            "stop",
            "joined",
            "M1",
            "S",
            "P7:found-with:x",
            "phone:1",
            "X" * 600,
            "\ufffd",
            "=1+1",
            "@x",
        )
    )
    return st.one_of(st.just(""), dates, numbers, st.text(max_size=12))


def table_of(feed, data):
    table = data.draw(st.sampled_from(FEEDS[feed].tables))
    names = [column.name for column in table.columns]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in data.draw(st.lists(st.lists(cells(), min_size=len(names), max_size=len(names)), max_size=4)):
        writer.writerow(row)
    return out.getvalue()


@pytest.mark.parametrize("name", [n for n in NAMES if "csv" in FEEDS[n].formats])
@ordinary
@given(data=st.data())
def test_any_cells_under_the_right_headings_give_rows_or_faults(name, data):
    content = table_of(name, data)
    check(name, content.encode("utf-8", "replace"))


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), cells()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


def keys_of(name):
    found = {column.name for table in FEEDS[name].tables for column in table.columns}
    parts = {part for key in found for part in key.replace(",", " ").replace(".", " ").split()}
    return st.sampled_from(sorted(found | parts | {"Children", "kind", "purge", "start_date"}))


@pytest.mark.parametrize("name", [n for n in NAMES if {"json", "jsonl"} & set(FEEDS[n].formats)])
@ordinary
@given(data=st.data())
def test_any_object_gives_rows_or_faults(name, data):
    keys = keys_of(name)
    objects = st.dictionaries(
        keys,
        st.one_of(
            values,
            st.dictionaries(keys, values, max_size=4),
            st.lists(st.dictionaries(keys, values, max_size=4), max_size=2),
        ),
        max_size=10,
    )
    lines = data.draw(st.lists(objects, min_size=1, max_size=3))
    check(name, "\n".join(map(json.dumps, lines)).encode())
    check(name, json.dumps(lines).encode())


@ordinary
@given(
    kind=st.sampled_from(sorted(KINDS)), facts=st.dictionaries(st.text(max_size=6), values, max_size=2), data=st.data()
)
def test_any_entry_of_a_known_kind_is_read_or_faulted(kind, facts, data):
    known = KINDS[kind].facts
    for fact in known:
        facts[fact.key] = data.draw(values)
    line = {"id": "e1", "child": "c1", "kind": kind, "at": "2026-05-10", "by": "Knowsley", "facts": facts}
    rows = check("timeline", json.dumps(line).encode())
    timeline, faults = read_timeline(io.BytesIO(json.dumps(line).encode()))
    assert len(timeline) == len([row for row in rows or [] if row.identity])
    assert len(timeline) or faults


@pytest.mark.parametrize("path", sorted(OWN.iterdir()), ids=lambda p: p.name)
def test_sorting_is_the_same_every_time(path):
    first, second = (check(feed_of(path), path.read_bytes()) for _ in range(2))
    assert first == second
