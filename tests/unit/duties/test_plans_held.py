"""Who holds a child's protection plan, told in a few entries: nothing passes by silence, and nothing by half."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from sightline.domain.duties.plans import plans_told
from sightline.domain.people.involvement import involved
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

BEGINS = datetime(2026, 3, 2, 10, tzinfo=LONDON)
KNOWSLEY, LIVERPOOL, SEFTON = "Knowsley", "Liverpool", "Sefton"


def told(day, kind, by, until=None, place=None, **facts):
    at = BEGINS + timedelta(days=day)
    return Entry(f"{day}-{kind}-{by}", "c", kind, at, by, facts, place=place,
                 until=None if until is None else BEGINS + timedelta(days=until))


def plan(day, by=KNOWSLEY, until=None):
    return told(day, "care.plan", by, until, type="Child Protection")


def asked(day, by=KNOWSLEY, to=LIVERPOOL):
    return told(day, "notice.sent", by, duty="D-CP-2", to=to)


def received(day, by=LIVERPOOL):
    return told(day, "notice.acknowledged", by, duty="D-CP-2", to=by)


def conference(day, by=LIVERPOOL, transfer="accepted"):
    return told(day, "care.conference", by, transfer=transfer)


def held(*entries):
    return [one.council for one in plans_told(Timeline.of("c", entries)).held]


HOME = told(0, "child.home", KNOWSLEY, place=Place(council=KNOWSLEY, force="Merseyside"))
PASSED = (plan(1), asked(10), received(11), conference(20))


@pytest.mark.parametrize(("entries", "holders"), [
    ((plan(1),), [KNOWSLEY]),
    ((plan(1), plan(200)), [KNOWSLEY]),
    ((plan(1, until=30), told(31, "notice.sent", KNOWSLEY, duty="D-EX-1")), []),
    ((plan(1), told(5, "care.closed", KNOWSLEY)), []),
    ((plan(1), told(5, "care.closed", LIVERPOOL)), [KNOWSLEY]),
    (PASSED, [LIVERPOOL]),
    ((*PASSED, told(25, "care.closed", KNOWSLEY)), [LIVERPOOL]),
    ((*PASSED[:3], conference(20, transfer="not-accepted")), [KNOWSLEY]),
    ((*PASSED[:3], told(20, "care.conference", LIVERPOOL)), [KNOWSLEY]),
    ((plan(1), asked(10), conference(20)), [KNOWSLEY]),
    ((plan(1), asked(10), received(21), conference(20)), [KNOWSLEY]),
    ((*PASSED[:3], conference(20, by=SEFTON)), [KNOWSLEY]),
    ((*PASSED[:3], plan(20, by=LIVERPOOL)), [KNOWSLEY, LIVERPOOL]),
    ((plan(1), plan(2, by=SEFTON), asked(10), received(11), conference(20)), [SEFTON, LIVERPOOL]),
    ((plan(1), plan(2, by=SEFTON), received(11), conference(20)), [KNOWSLEY, SEFTON, LIVERPOOL]),
    ((received(11), conference(20)), [LIVERPOOL]),
    ((told(1, "care.plan", KNOWSLEY, type="child in need"),), []),
])
def test_a_plan_is_held_by_whom_the_entries_say(entries, holders):
    assert held(*entries) == holders


def test_the_order_in_which_it_became_known_changes_nothing():
    assert {tuple(held(*order)) for order in permutations(PASSED)} == {(LIVERPOOL,)}


def test_the_home_council_moves_with_the_plan_until_a_later_address_is_told():
    parts = {(one.part.value, one.area) for one in involved(Timeline.of("c", (HOME, *PASSED)))}
    assert parts == {
        ("council where the child lives", LIVERPOOL), ("council that holds the protection plan", LIVERPOOL),
        ("police force where the child lives", "Merseyside")}
    later = told(40, "child.home", KNOWSLEY, place=Place(council=SEFTON, force="Merseyside"))
    parts = {(one.part.value, one.area) for one in involved(Timeline.of("c", (HOME, *PASSED, later)))}
    assert ("council where the child lives", SEFTON) in parts


def test_until_the_conference_both_councils_see_what_they_must():
    moved = told(5, "child.home", LIVERPOOL, place=Place(council=LIVERPOOL, force="Merseyside"))
    parts = {(one.part.value, one.area) for one in involved(Timeline.of("c", (HOME, plan(1), moved, *PASSED[1:3])))}
    assert {("council where the child lives", LIVERPOOL), ("council that holds the protection plan", KNOWSLEY)} <= parts
