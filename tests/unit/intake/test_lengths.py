"""What is longer than is kept turns its row back in words; nothing that fits is touched."""

from dataclasses import replace

import pytest

from sightline.domain.intake.lengths import within_lengths
from sightline.domain.intake.row import Fault, SortedRow, Told, Withdrawn
from sightline.domain.vocabulary.entry import Companion, Thing
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import read_moment
from sightline.domain.vocabulary.place import Place

AT = read_moment("2026-05-10")


def row(identity: dict | None = None, **told: object) -> SortedRow:
    entry = Told(**({"kind": "missing.reported", "at": AT, "key": "e1"} | told))
    return SortedRow(7, Identity(**({"scheme": "timeline", "key": "c1"} | (identity or {}))), (entry,))


FITS = (
    ({"key": "k" * 100}, {}), ({"given": "é" * 100, "family": "x" * 100}, {}), ({"also_known_as": ("x" * 200,)}, {}),
    ({"ethnicity": "x" * 60, "address": "x" * 300, "postcode": "x" * 10}, {}), ({}, {"key": "k" * 200}),
    ({"school": "x" * 200, "carers": ("x" * 200,), "phones": ("7" * 200,)}, {}),
    ({}, {"by": "x" * 200, "grade": "x" * 60}), ({}, {"place": Place(council="x" * 100, force="x" * 100)}),
    ({}, {"things": (Thing("phone", "7" * 200),), "people": (Companion("7" * 200),)}),
)
TOO_LONG = (
    ({"key": "k" * 101}, {}, "key of the child", 100), ({"given": "é" * 101}, {}, "first name", 100),
    ({"family": "x" * 500}, {}, "surname", 100), ({"also_known_as": ("A", "x" * 201)}, {}, "other name", 200),
    ({"ethnicity": "x" * 61}, {}, "ethnicity", 60), ({"address": "x" * 301}, {}, "address", 300),
    ({"school": "x" * 201}, {}, "school", 200), ({"carers": ("A", "x" * 201)}, {}, "carer", 200),
    ({"phones": ("7" * 201,)}, {}, "telephone", 200),
    ({}, {"key": "k" * 201}, "key of the entry", 200), ({}, {"by": "x" * 201}, "agency that told it", 200),
    ({}, {"grade": "x" * 61}, "grade", 60), ({}, {"place": Place(council="x" * 101)}, "council", 100),
    ({}, {"place": Place(force="x" * 101)}, "police force", 100),
    ({}, {"things": (Thing("phone", "7" * 201),)}, "thing", 200),
    ({}, {"people": (Companion("a"), Companion("7" * 201))}, "person", 200),
)


@pytest.mark.parametrize(("identity", "told"), FITS)
def test_what_fits_stays_as_it_is(identity, told):
    assert within_lengths(row(identity, **told)) == row(identity, **told)


@pytest.mark.parametrize(("identity", "told", "what", "most"), TOO_LONG)
def test_what_is_too_long_turns_the_row_back(identity, told, what, most):
    turned_back = within_lengths(row(identity, **told))
    assert (turned_back.number, turned_back.identity, turned_back.told) == (7, None, ())
    (fault,) = turned_back.faults
    assert (fault.row, fault.column, fault.fault, fault.turns_back) == (
        7, what, f"This is longer than {most} characters.", True)
    assert 0 < len(fault.value) <= 80


def test_a_withdrawal_is_no_exception():
    withdrawn = SortedRow(2, Identity("s", "k"), withdrawn=(Withdrawn("x" * 201, "purged"),))
    assert within_lengths(withdrawn).identity is None


def test_words_in_place_of_a_postcode_are_left_out_and_said():
    kept = within_lengths(row({"given": "Amara", "postcode": "No fixed abode, with an aunt"}))
    assert (kept.identity.given, kept.identity.postcode, len(kept.told)) == ("Amara", None, 1)
    assert [(fault.column, fault.turns_back) for fault in kept.faults] == [("postcode", False)]
    noted = replace(kept, identity=replace(kept.identity, postcode="No fixed abode, with an aunt"))
    assert within_lengths(noted) == kept


def test_what_was_turned_back_before_stays_so():
    before = SortedRow(3, None, faults=(Fault(3, "dob", "x", "No day."),))
    assert within_lengths(before) is before
