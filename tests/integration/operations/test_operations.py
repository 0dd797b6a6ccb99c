"""Who sees which numbers and which children of an operation, who may enter what, and what a page shows of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.operations.actions import By, OperationRefused, add_force, enter, join, part, tell_total
from sightline.apps.operations.queries import (
    children_of,
    joinable,
    operation,
    operation_counts,
    operations,
    totals_of,
)
from sightline.apps.record.queries import told_of
from sightline.domain.operations.counted import Counts
from sightline.flow import read_news
from tests.integration.conftest import NOW
from tests.integration.operations.conftest import ON

MOST_QUERIES = 10
DAY = {"since": NOW - timedelta(days=2), "until": NOW, "most": 50}


def counts(doors):
    return {one.agency: (one.arrested, one.screened, one.referred, one.safeguarded, one.met)
            for one in operation_counts(doors)}


def test_a_force_that_takes_part_has_the_numbers_of_all_and_the_children_of_its_own(arrested, doors, acting):
    every = {"Lancashire Constabulary": (1, 0, 0, 0, 0), "Merseyside Police": (5, 0, 1, 0, 0),
             "Railway Police": (0, 0, 0, 0, 1), None: (6, 0, 1, 0, 1)}
    for name, own in (("Pat", 5), ("Sam", 1), ("Sue", 1)):
        with acting(name) as me:
            assert counts(doors) == every
            seen = children_of("DOORS", most=50)
            assert (len(seen), {one.agency_id for one in seen}) == (own, {me.agency})


def test_an_inspector_has_no_number_from_one_to_four_and_no_total_that_gives_one_away(arrested, doors, acting):
    with acting("Dawn"):
        assert counts(doors) == {
            "Lancashire Constabulary": (None, 0, 0, 0, 0), "Merseyside Police": (5, 0, None, 0, 0),
            "Railway Police": (0, 0, 0, 0, None), None: (None, 0, None, 0, None)}
        assert children_of("DOORS", most=50) == []
        assert [one.number for one in totals_of(doors)] == [46, 56]


def test_a_council_sees_the_operation_by_its_child_and_no_numbers(arrested, doors, amara, acting):
    with acting("Beth"):
        assert operation(doors) is not None
        assert counts(doors) == {}
        assert amara in [one.person for one in children_of("DOORS", most=50)]


def test_a_force_whose_record_names_the_operation_sees_it_and_its_child_but_no_numbers(arrested, doors, acting):
    with acting("Tess"):
        assert [one.id for one in operations(most=9)] == [doors]
        assert [one.way for one in children_of("DOORS", most=50)] == ["protected"]
        assert counts(doors) == {}


def test_carl_lee_and_who_is_at_no_work_see_nothing(arrested, doors, acting, as_web):
    for name in ("Carl", "Lee"):
        with acting(name):
            assert (operations(most=9), operation(doors), totals_of(doors)) == ([], None, [])
            assert (children_of("DOORS", most=50), counts(doors)) == ([], {})
    with as_web():
        assert (operations(most=9), counts(doors)) == ([], {})


def test_both_totals_stand_and_a_correction_says_what_was_told_before(doors, acting):
    with acting("Sam") as sam:
        tell_total(by=By(sam.agency, sam.officer), operation=doors, source="the evening news", told_on=ON,
                   counts=Counts.ARRESTS, number=48, agency=None, at=NOW + timedelta(hours=1))
        told = [(one.source, one.number, one.before) for one in totals_of(doors)]
    assert told == [("the evening news", 48, 46), ("The morning paper", 56, None)]


def test_only_police_enter_an_operation_only_its_leader_adds_forces_and_no_outsider_a_total(doors, force, acting):
    railway = force.agencies["Railway Police"]
    with acting("Mary") as mary, pytest.raises(OperationRefused, match="Only a police force"):
        enter(by=By(mary.agency, mary.officer), reference="x", name="x", on_day=ON, warrants=None, at=NOW)
    with acting("Sam") as sam, pytest.raises(OperationRefused, match="leads the operation"):
        add_force(by=By(sam.agency, sam.officer), operation=doors, agency=railway, warrants=1, at=NOW)
    with acting("Tess") as tess, pytest.raises(OperationRefused, match="take part"):
        tell_total(by=By(tess.agency, tess.officer), operation=doors, source="x", told_on=ON, counts=Counts.ARRESTS,
                   number=1, agency=None, at=NOW)
    with acting("Sam") as sam, pytest.raises(OperationRefused, match="entered already"):
        enter(by=By(sam.agency, sam.officer), reference=" Doors ", name="x", on_day=ON, warrants=None, at=NOW)


def test_a_child_joined_by_hand_is_an_entry_of_the_record_and_can_be_taken_back(
    arrested, force, acting, as_worker, amara
):
    with acting("Sue") as sue:
        made = enter(by=By(sue.agency, sue.officer), reference="other", name="Other", on_day=ON, warrants=1, at=NOW)
        found = operation(made)
        (arrest,) = joinable(sue.agency, "OTHER", **DAY)
        join(acting=sue, operation=found, found=arrest, at=NOW)
        assert "police.operation" in [told.entry.kind for told in told_of(amara, most=50)]
    with as_worker():
        read_news(at=lambda: NOW)
    with acting("Sue") as sue:
        (child,) = children_of("OTHER", most=9)
        assert (child.person, child.arrested, child.by_hand) == (amara, True, True)
        assert joinable(sue.agency, "OTHER", **DAY) == []
        part(acting=sue, operation=found, person=amara, entry=child.entry, reason="another door", at=NOW)
    with as_worker():
        read_news(at=lambda: NOW)
    with acting("Sue"):
        assert children_of("OTHER", most=9) == []


def test_the_pages_show_both_totals_the_numbers_and_the_child_in_few_queries(arrested, doors, browse):
    with browse("Pat") as client:
        assert b"Eleven doors" in client.get("/operations/").content
        with CaptureQueriesContext(connection) as queries:
            text = client.get(f"/operations/{doors}/").content.decode()
        asked = [q["sql"] for q in queries if q["sql"].lower().startswith(("select", "insert", "update", "with"))]
        assert len(asked) <= MOST_QUERIES, asked
        for words in ("Sources tell different numbers of arrests", "The morning paper", "56", "46", "Zola"):
            assert words in text, words
        assert "Amara" not in text
        again = client.post(f"/operations/{doors}/totals/", {"source": "x"})
        assert (again.status_code, b"Enter the number" in again.content) == (422, True)
        refused = client.post(f"/operations/{doors}/forces/", {"agency": "999", "warrants": "1"})
        assert refused.status_code == 422
    with browse("Dawn") as client:
        text = client.get(f"/operations/{doors}/").content.decode()
        assert "Fewer than 5" in text
        assert "Not shown" in text
        assert "Zola" not in text
