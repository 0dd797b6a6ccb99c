"""An inspection that nobody ends closes by itself on its day, in the database: no page and no query opens a record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sightline.apps.insight.inspecting import InspectionRefused, end, grade, settle
from sightline.apps.insight.inspection_queries import cases_of, grades_of, inspection, log_of
from sightline.apps.people.queries import said_of
from sightline.apps.record.queries import told_of
from tests.integration.conftest import NOW
from tests.integration.inspecting.test_grading_cases import GOOD, WORSE


def readable(made) -> int:
    """Count the drawn children of whose record who acts now sees a word."""
    people = [one.person for one in cases_of(made)]
    seen = {person for person in people if said_of([person])}
    assert seen == {person for person in people if told_of(person, most=9)}
    return len(seen)


def test_the_day_before_it_is_open_and_on_its_day_it_has_closed(draw_cases, days_pass, acting):
    made = draw_cases(open_days=90)
    days_pass(89)
    with acting("Dawn"):
        assert (inspection(made).open, readable(made)) == (True, 4)
    days_pass(1)
    for name in ("Dawn", "Dora"):
        with acting(name):
            found = inspection(made)
            assert (found.open, found.ended_at, found.over_at) == (False, None, found.closes_at)
            assert readable(made) == 0
            assert len(cases_of(made)) == 4


def test_after_its_day_nothing_is_graded_settled_or_ended_and_what_was_found_stays(draw_cases, days_pass, acting):
    made = draw_cases()
    with acting("Dawn") as dawn:
        both = next(one for one in cases_of(made) if one.second)
        grade(acting=dawn, case=both, said=GOOD, at=NOW)
    with acting("Dora") as dora:
        grade(acting=dora, case=both, said=WORSE, at=NOW)
    days_pass(90)
    with acting("Dawn") as dawn:
        found, alone = inspection(made), next(one for one in cases_of(made) if not one.second)
        for attempt in (
            lambda: grade(acting=dawn, case=alone, said=GOOD, at=NOW),
            lambda: settle(acting=dawn, found=found, case=both.id, topic="investigation", given="good", reasons="x",
                           at=NOW),
            lambda: end(acting=dawn, inspection=made, at=NOW)):
            with pytest.raises(InspectionRefused, match="ended"):
                attempt()
        assert len(grades_of(both.id)) == len(log_of(made)) == 2 * len(GOOD)
        assert inspection(made).read == 1


@pytest.mark.parametrize("change", ["closes_at = closes_at + interval '1 day'", "closes_at = 'infinity'",
                                    "opened_at = now()"])
def test_nobody_moves_the_day(draw_cases, acting, change):
    draw_cases()
    for name in ("Dawn", "Dora"):
        with acting(name), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(f"update insight_inspection set {change}")


COPY = """
insert into insight_inspection (title, framework, topics, grades, snapshot_id, agency_id, strata, size, seed, frame,
  because, opened_by_id, opened_at, closes_at)
select title, framework, topics, grades, snapshot_id, agency_id, strata, size, seed, frame,
  because, opened_by_id, %s, %s
from insight_inspection
"""


@pytest.mark.parametrize(("opened", "closes"), [
    (0, 366), (0, 0), (0, -1), (-100, -10), (10, 370), (300, 600)], ids=str)
def test_the_database_takes_no_day_that_is_past_too_far_or_before_the_opening(draw_cases, acting, opened, closes):
    """Nor by dating the opening ahead, which the policy of the table refuses by its own clock."""
    draw_cases()
    now = datetime.now(UTC)
    with acting("Dawn"), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COPY, [now + timedelta(days=opened), now + timedelta(days=closes)])
    with acting("Dawn"), connection.cursor() as cursor:
        cursor.execute(COPY, [now, now + timedelta(days=365)])
        assert cursor.rowcount == 1
