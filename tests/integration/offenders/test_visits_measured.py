"""K20: of the visits that came due, those made by the day that was set; put off before its day, and not after it."""

from datetime import date, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.insight.freezing import digest_of, freeze
from sightline.domain.vocabulary.offender import TellingKind
from tests.integration.conftest import NOW
from tests.integration.offenders.conftest import REGISTERED

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
}


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES)
def test_visits_count_as_the_cases_say(told, expected, tell, as_worker):
    tell(REGISTERED, *told)
    with as_worker(), at_task("measure"), connection.cursor() as cursor:
        snapshot = freeze(start=NOW - timedelta(days=365), until=NOW, officer=None, at=NOW)
        cursor.execute("select count(*), count(*) filter (where counts), count(person_id) from insight_snapshotcase"
                       " where snapshot_id = %s and measure = 'K20'", [snapshot])
        assert cursor.fetchone() == (*expected, 0)
        cursor.execute("select n, hits from insight_figure where snapshot_id = %s and measure = 'K20'"
                       " and agency_id is null and grouped_by = ''", [snapshot])
        assert cursor.fetchall() == ([expected] if expected[0] else [])
        cursor.execute("select digest from insight_snapshot where id = %s", [snapshot])
        assert cursor.fetchone()[0] == digest_of(snapshot)
