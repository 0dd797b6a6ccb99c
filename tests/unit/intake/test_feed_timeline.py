"""A timeline is read line by line, each entry checked against the vocabulary of kinds."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from sorting import KNOWSLEY, faults_of, only, sort

from sightline.domain.intake.row import FileRefused
from sightline.domain.intake.timeline import read_timeline
from sightline.domain.vocabulary.entry import Companion, Thing

LINE = {
    "id": "e1",
    "child": "c1",
    "kind": "missing.reported",
    "at": "2019-11-04T22:10:00+00:00",
    "by": "Merseyside Police",
}


def lines(*changes):
    return "\n".join(json.dumps(LINE | change) for change in changes).encode()


def read(*changes):
    return read_timeline(io.BytesIO(lines(*changes)))


def test_entries_come_in_order_with_the_ids_of_the_file():
    timeline, faults = read({}, {"id": "e0", "at": "2019-11-04", "kind": "school.left", "facts": {"reason": "moved"}})
    assert faults == []
    assert (timeline.child, [entry.id for entry in timeline]) == ("c1", ["e0", "e1"])
    assert timeline.entries[0].at == date(2019, 11, 4)
    assert timeline.entries[1].at == datetime(2019, 11, 4, 22, 10, tzinfo=UTC)


def test_everything_an_entry_can_hold_is_read():
    timeline, faults = read({
        "kind": "missing.found", "until": "2019-11-05", "grade": "B2A", "recorded_at": "2019-11-06T09:00:00Z",
        "place": {"postcode": "l369yz", "council": "Knowsley", "force": "Merseyside Police", "lat": 53.4, "lon": -2.8},
        "people": [{"id": "P7", "role": "found-with", "age": 34}], "things": [{"kind": "phone", "id": "07700900123"}],
    })  # fmt: skip
    entry = timeline.entries[0]
    assert faults == []
    assert (entry.place.postcode, entry.place.council, entry.place.lat) == ("L36 9YZ", "Knowsley", 53.4)
    assert (entry.people, entry.things) == ((Companion("P7", "found-with", 34),), (Thing("phone", "07700900123"),))
    assert (entry.until, entry.grade) == (date(2019, 11, 5), "B2A")
    assert entry.recorded_at == datetime(2019, 11, 6, 9, tzinfo=UTC)


def test_place_and_people_are_also_found_among_the_facts_of_a_return():
    facts = {"place": {"postcode": "PR1 8BH"}, "people": [{"id": "P7"}], "reason": "police"}
    timeline, faults = read({"kind": "missing.found", "facts": facts})
    assert faults == []
    assert timeline.entries[0].place.postcode == "PR1 8BH"
    assert timeline.entries[0].facts == {"reason": "police"}


@pytest.mark.parametrize(
    ("kind", "told", "read_as"),
    [
        ("school.exclusion", {"category": "susp", "reasons": ["OW"], "sessions": 6},
         {"category": "SUSP", "reasons": ("OW",), "sessions": 6}),
        ("police.stop", {"suspect": True, "property": ["cash", "Phone"]}, {"suspect": True, "property":
         ("cash", "phone")}),
        ("police.stop", {"suspect": False, "offence": None}, {"suspect": False}),
        ("school.attendance", {"possible": 10.0, "attended": 7.5}, {"possible": 10, "attended": 7.5}),
    ],
)  # fmt: skip
def test_facts_are_read_as_their_types(kind, told, read_as):
    timeline, faults = read({"kind": kind, "facts": told})
    assert faults == []
    assert timeline.entries[0].facts == read_as


@pytest.mark.parametrize(
    ("kind", "told", "read_as", "words"),
    [
        ("school.exclusion", {"reasons": "OW"}, {"reasons": ("OW",)}, "a list of one"),
        ("school.exclusion", {"reasons": [7]}, {"reasons": ("7",)}, "read as text"),
        ("school.exclusion", {"school": 3404001}, {"school": "3404001"}, "read as text"),
        ("school.exclusion", {"sessions": "6"}, {"sessions": 6}, "read as a number"),
        ("police.stop", {"suspect": "yes"}, {"suspect": True}, "yes or no"),
        ("police.stop", {"suspect": 0}, {"suspect": False}, "yes or no"),
    ],
)
def test_a_fact_written_as_another_type_is_read_and_noted(kind, told, read_as, words):
    timeline, faults = read({"kind": kind, "facts": told})
    assert timeline.entries[0].facts == read_as
    (key,) = told
    assert [(fault.column, words in fault.fault, fault.turns_back) for fault in faults] == [
        (f"facts.{key}", True, False)
    ]


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"kind": "police.sighting"}, "kind", "not known"),
        ({"at": "2019-11-04T22:10:00"}, "at", "instant with its offset"),
        ({"at": 5}, "at", "instant with its offset"),
        ({"at": ""}, "at", "is missing"),
        ({"id": None}, "id", "is missing"),
        ({"until": "2019-11-03"}, "until", "lies before at"),
        ({"recorded_at": "2019-11-05"}, "recorded_at", "instant with its offset"),
        ({"facts": ["x"]}, "facts", "are an object"),
        ({"facts": []}, "facts", "are an object"),
        ({"facts": ""}, "facts", "are an object"),
        ({"facts": False}, "facts", "are an object"),
        ({"kind": "police.stop", "facts": {"suspect": [True]}}, "facts.suspect", "true or false"),
        ({"kind": "police.stop", "facts": {"suspect": 10**30}}, "facts.suspect", "true or false"),
        ({"kind": "school.left", "facts": {"reason": True}}, "facts.reason", "Write text"),
        ({"kind": "school.left", "facts": {"reason": ["moved"]}}, "facts.reason", "Write text"),
        ({"id": 10**19}, "id", "at most 500 characters"),
        ({"place": {"council": 7}}, "place.council", "at most 500 characters"),
        ({"place": {"force": ["x"]}}, "place.force", "at most 500 characters"),
        ({"people": [{"id": "x", "role": 7}]}, "people.role", "at most 500 characters"),
        ({"things": [{"id": "x"}]}, "things", "each with kind and id"),
        ({"kind": "police.arrest", "facts": {"offence": "mischief"}}, "facts.offence", "Write one of: drugs-supply"),
        ({"kind": "police.arrest", "facts": {"property": [1, {"x": 1}]}}, "facts.property", "Write one of: cash"),
        ({"kind": "school.attendance", "facts": {"possible": -1}}, "facts.possible", "not less than 0"),
        ({"kind": "police.stop", "facts": {"suspect": "perhaps"}}, "facts.suspect", "yes or no"),
        ({"place": "L36"}, "place", "is an object"),
        ({"place": {"lat": 100}}, "place.lat", "from -90 to 90"),
        ({"place": {"lon": "x"}}, "place.lon", "from -180 to 180"),
        ({"people": [{"role": "x"}]}, "people", "each with id"),
        ({"people": [{"id": "x", "age": 1.5}]}, "people.age", "whole years"),
        ({"things": {}}, "things", "list of objects"),
        ({"by": ["x"]}, "by", "at most 500 characters"),
        ({"identity": 1}, "identity", "is an object"),
        ({"identity": {"born_on": "soon"}}, "identity.born_on", "no day that exists"),
        ({"identity": {"carers": [{}]}}, "identity.carers", "at most 500 characters"),
        ({"identity": {"phones": ["07700 900461"] * 11}}, "identity.phones", "at most 10 texts"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_and_the_entry_left_out(change, column, words):
    timeline, faults = read(change, {"id": "good"})
    assert [entry.id for entry in timeline] == ["good"]
    assert [(fault.row, fault.column, words in fault.fault) for fault in faults if fault.turns_back] == [
        (1, column, True)
    ]


def test_all_that_is_wrong_with_an_entry_is_said_at_once():
    _, faults = read({"kind": "x", "at": "y", "place": 1})
    assert [fault.column for fault in faults] == ["kind", "at", "place"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"colour": "red"}, "colour"),
        ({"facts": {"shoe": 1}}, "facts.shoe"),
        ({"place": {"postcode": "nope"}}, "place.postcode"),
        ({"place": {"postcode": "L36 9YZ", "town": "Huyton"}}, "place.town"),
        ({"people": [{"id": "x", "shoe": 1}]}, "people.shoe"),
        ({"things": [{"kind": "phone", "id": "x", "shoe": 1}]}, "things.shoe"),
        ({"child": 7}, "child"),
        ({"grade": 2}, "grade"),
        ({"kind": "missing.found", "place": {"postcode": "L36 9YZ"}, "facts": {"place": {"postcode": "L36 9YZ"}}},
         "facts.place"),
        ({"identity": {"sex": "perhaps"}}, "identity.sex"),
        ({"identity": {"nhs": 9434765919}}, "identity.nhs"),
        ({"identity": {"shoe": 1}}, "identity.shoe"),
        ({"identity": {"upn": "A1"}}, "identity.upn"),
    ],
)
def test_what_is_strange_is_noted_and_the_entry_kept(change, column):
    timeline, faults = read(change)
    assert len(timeline) == 1
    assert [(fault.column, fault.turns_back) for fault in faults] == [(column, False)]


def test_another_child_in_the_file_is_told_to_the_caller():
    timeline, faults = read({}, {"id": "e2", "child": "c2"}, {"id": "e3"})
    assert [entry.id for entry in timeline] == ["e1", "e3"]
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(2, "child", "c2")]


def test_an_id_that_comes_twice_with_other_content_is_told_and_the_later_line_counts():
    timeline, faults = read({}, {"grade": "high"})
    assert [entry.grade for entry in timeline] == ["high"]
    assert [(f.row, f.column, "other content" in f.fault, f.turns_back) for f in faults] == [(2, "id", True, False)]


def test_a_line_that_comes_twice_counts_once_and_is_told():
    timeline, faults = read({}, {})
    assert len(timeline) == 1
    assert [(f.row, f.column, "the same content" in f.fault, f.turns_back) for f in faults] == [(2, "id", True, False)]


def test_of_very_many_strange_keys_the_first_are_named_and_the_others_counted():
    timeline, faults = read({f"key {n}": n for n in range(1_000)})
    assert len(timeline) == 1
    assert (len(faults), faults[-1].fault) == (21, "980 more keys were not read.")


@pytest.mark.parametrize("content", [b"", b"id,child\n", b"\n\n\n", "Zoë".encode("cp1252"), b"<x/>"])
def test_what_is_no_timeline_is_refused_in_words(content):
    with pytest.raises(FileRefused):
        read_timeline(io.BytesIO(content))


def test_the_feed_takes_many_children_with_who_they_are():
    told = {"given": "Amara", "family": "Okafor", "born_on": "2011-03-14", "sex": "female", "upn": "H243278544154",
            "postcode": "L36 9YZ", "school": 3404001, "carers": ["Ngozi Okafor"], "phones": "07700 900461"}  # fmt: skip
    rows = sort("timeline", lines({"identity": told}, {"child": "c2", "by": KNOWSLEY.name}))
    identity = rows[0].identity
    assert (identity.scheme, identity.key, identity.given, identity.sex) == ("timeline", "c1", "Amara", "F")
    assert (identity.born_on, identity.identifiers) == (date(2011, 3, 14), {"upn": "H243278544154"})
    assert (identity.school, identity.carers, identity.phones) == ("3404001", ("Ngozi Okafor",), ("07700 900461",))
    assert [(row.identity.key, row.told[0].key, row.told[0].by) for row in rows] == [
        ("c1", "e1", "Merseyside Police"),
        ("c2", "e1", None),
    ]


def test_a_birth_on_the_timeline_is_also_who_the_child_is():
    row = only(sort("timeline", lines({"kind": "child.born", "at": "2011-03-14"})))
    assert row.identity.born_on == date(2011, 3, 14)


def test_an_import_turns_back_what_lies_in_the_future_and_births_after_the_event():
    rows = sort("timeline", lines({"at": "2027-01-01"}, {"identity": {"born_on": "2020-01-01"}}))
    assert [name for name, _ in faults_of(rows, turns_back=True)] == ["at", "identity.born_on"]
