"""One row that is too long to keep holds up no other row, and what just fits is kept and read."""

import json

from sightline.apps.people.models import Description, Identity
from sightline.apps.record.models import Entry
from sightline.domain.intake import lengths

REPORTED = {"kind": "missing.reported", "at": "2026-05-01T22:00:00+01:00", "by": "Merseyside Police"}


def lines(*changes: dict) -> str:
    return "".join(f"{json.dumps({'id': 'e1', 'child': f'c{n}', **REPORTED, **change})}\n"
                   for n, change in enumerate(changes))


def test_the_limits_are_those_of_the_columns():
    for model, field, most in (
            (Identity, "key", lengths.CHILD_KEY), (Description, "given", lengths.NAME),
            (Description, "family", lengths.NAME), (Description, "ethnicity", lengths.ETHNICITY),
            (Description, "address", lengths.ADDRESS), (Description, "postcode", lengths.POSTCODE),
            (Entry, "source_key", lengths.ENTRY_KEY), (Entry, "by", lengths.TELLER), (Entry, "grade", lengths.GRADE),
            (Entry, "council", lengths.AREA), (Entry, "force", lengths.AREA), (Entry, "postcode", lengths.POSTCODE)):
        assert model._meta.get_field(field).max_length == most, field
    assert Description._meta.get_field("also_known_as").base_field.max_length == lengths.OTHER_NAME


def test_one_row_that_is_too_long_holds_up_no_other(send, everything):
    named = {"given": "Amara", "family": "Okafor", "born_on": "2011-03-14"}
    facts = send("timeline", "Merseyside Police", lines(
        {"identity": named},
        {"identity": {"given": "A" * 101}}, {"identity": {"family": "x" * 500}}, {"child": "c" * 101},
        {"id": "e" * 201}, {"by": "x" * 201}, {"grade": "x" * 61}, {"place": {"council": "x" * 101}},
        {"things": [{"kind": "phone", "id": "7" * 201}]},
        {"identity": {**named, "given": "Bola", "postcode": "No fixed abode, with an aunt"}},
        {"id": "é" * 200, "child": "c" * 100, "by": "x" * 200, "grade": "x" * 60,
         "identity": {**named, "given": "é" * 100},
         "things": [{"kind": "phone", "id": "7" * 200}], "people": [{"id": "7" * 200, "role": "found-with"}],
         "place": {"council": "x" * 100, "force": "x" * 100}}))
    assert (facts.rows, facts.accepted, facts.turned_back) == (11, 3, 8)
    told = everything("select \"column\", turns_back from intake_rowfault")
    assert sorted(told) == sorted([*((what, True) for what in (
        "first name", "surname", "key of the child", "key of the entry", "agency that told it", "grade", "council",
        "thing")), ("identity.postcode", False)])
    assert everything("select count(*) from record_news") == [(0,)]
    ((owed,),) = everything("select count(distinct person_id) from duties_owedduty")
    assert owed == 3
