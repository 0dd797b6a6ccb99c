"""K20: of the visits that came due, those made by the day that was set; put off before its day, and not after it."""

from datetime import date, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.insight.freezing import digest_of, freeze
from sightline.domain.vocabulary.offender import TellingKind
from tests.integration.conftest import NOW
from tests.integration.offenders.conftest import REGISTERED, lives

DUE, VISIT = TellingKind.VISIT_DUE, TellingKind.VISIT


def planned(set_on, due_on):
    return (DUE, date(2026, *set_on), f"due/{set_on}", {"due_on": date(2026, *due_on).isoformat(), "reason": "x"})


def made(on, *, seen=True):
    return (VISIT, date(2026, *on), f"visit/{on}", {"seen": seen})


CASES = {
    "made in time": ([planned((3, 1), (3, 10)), made((3, 9))], (1, 1)),
    "made on its day": ([planned((3, 1), (3, 10)), made((3, 10))], (1, 1)),
    "made late": ([planned((3, 1), (3, 10)), made((3, 11))], (1, 0)),
    "nobody in": ([planned((3, 1), (3, 10)), made((3, 9), seen=False)], (1, 0)),
    "not made": ([planned((3, 1), (3, 10))], (1, 0)),
    "put off before its day": ([planned((3, 1), (3, 10)), planned((3, 8), (4, 10)), made((4, 9))], (1, 1)),
    "put off after its day": ([planned((3, 1), (3, 10)), planned((3, 12), (4, 10)), made((4, 9))], (2, 1)),
    "made, and the next set": ([planned((3, 1), (3, 10)), made((3, 9)), planned((3, 9), (4, 10))], (2, 1)),
    "still ahead": ([planned((5, 1), (9, 10))], (0, 0)),
    "due on the last day, which is not over": ([planned((5, 1), (5, 22))], (0, 0)),
    "due on the day before": ([planned((5, 1), (5, 21))], (1, 0)),
}


def counted_in(snapshot, part):
    with connection.cursor() as cursor:
        cursor.execute("select count(*), count(*) filter (where counts), count(person_id) from insight_snapshotcase"
                       " where snapshot_id = %s and measure = 'K20' and part = %s", [snapshot, part])
        cases, counts, people = cursor.fetchone()
        cursor.execute("select n, hits from insight_figure where snapshot_id = %s and measure = 'K20' and part = %s"
                       " and agency_id is null and grouped_by = ''", [snapshot, part])
        assert cursor.fetchall() == ([(cases, counts)] if cases else [])
    assert people == 0
    return cases, counts


def frozen():
    return freeze(start=NOW - timedelta(days=365), until=NOW, officer=None, at=NOW)


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES)
def test_visits_count_as_the_cases_say(told, expected, tell, as_worker):
    tell(REGISTERED, *told)
    with as_worker(), at_task("measure"), connection.cursor() as cursor:
        snapshot = frozen()
        assert counted_in(snapshot, "visits by the day") == expected
        cursor.execute("select digest from insight_snapshot where id = %s", [snapshot])
        assert cursor.fetchone()[0] == digest_of(snapshot)


def test_a_visit_may_be_late_by_a_week_or_a_month(tell, as_worker):
    tell(REGISTERED, planned((3, 1), (3, 10)), made((3, 17)), planned((3, 17), (4, 1)), made((4, 20)),
         planned((4, 20), (5, 10)))
    with as_worker(), at_task("measure"):
        snapshot = frozen()
        found = {part: counted_in(snapshot, part) for part in (
            "visits by the day", "visits within 7 days of it", "visits within 30 days of it")}
    assert list(found.values()) == [(3, 0), (3, 1), (2, 2)]


def test_a_release_that_is_still_to_come_is_no_case(tell, as_worker):
    tell(REGISTERED, (TellingKind.RELEASE_DUE, date(2026, 3, 1), "release/1", {"due_on": "2026-06-18"}))
    with as_worker(), at_task("measure"):
        assert counted_in(frozen(), "addresses checked before release") == (0, 0)


@pytest.mark.parametrize(("checked", "expected"), [(None, (1, 0)), ((5, 9), (1, 1)), ((5, 19), (1, 0))])
def test_an_address_is_checked_before_the_release_or_not(checked, expected, tell, as_worker):
    told = [(TellingKind.RELEASE_DUE, date(2026, 3, 1), "release/1", {"due_on": "2026-05-18"})]
    if checked:
        told.append((TellingKind.ADDRESS_CHECKED, date(2026, *checked), "check/1", {"outcome": "x"}))
    tell(REGISTERED, *told)
    with as_worker(), at_task("measure"):
        assert counted_in(frozen(), "addresses checked before release") == expected


@pytest.mark.parametrize(("address", "expected"), [("14 Mill Lane", (1, 1)), ("3 Other Road", (1, 0))])
def test_offenders_near_a_child_are_counted_among_all_who_are_managed(address, expected, tell, ellie, as_worker):
    ellie()
    tell(REGISTERED, lives(address))
    with as_worker(), at_task("measure"):
        assert counted_in(frozen(), "offenders with a child known near") == expected
