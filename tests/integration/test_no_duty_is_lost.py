"""Where no date can be counted a duty opens all the same: with its owner, its notice, and words that say so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.duties.escalation import take_steps
from tests.integration.conftest import EXCLUSION

PAST_THE_CALENDARS = datetime(2029, 5, 16, 9, tzinfo=UTC)


@pytest.fixture
def excluded_late(send, as_worker):
    """Exclude Amara when neither bank holidays nor school terms are known any more."""
    send("exclusions", "Brook High School", EXCLUSION.format(dob="03/04/2013", on="15/05/2029"), at=PAST_THE_CALENDARS)

    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return asking


def test_a_duty_without_a_calendar_opens_with_an_owner_and_a_notice(excluded_late):
    found = {row[0]: row[1:] for row in excluded_late(
        "select d.code, d.state, d.due_at, a.name, c.name <> '', d.explanation, count(n.id)"
        " from duties_owedduty d join access_agency a on a.id = d.owed_by_id join access_contact c on c.id = d.owner_id"
        " left join duties_notice n on n.duty_id = d.id group by d.id, a.name, c.name")}
    state, due, agency, named, words, notices = found["D-EX-4"]
    assert (state, due, agency, named, notices) == ("open", None, "Knowsley Council", True, 1)
    assert "the bank holidays of England are known from 1 January 2012 to 31 December 2028 only" in words
    assert "A person must say by when it is due" in words
    assert found["D-EX-6"][:2] == ("open", None)


def test_it_is_escalated_although_it_has_no_date(excluded_late, as_worker):
    with as_worker(), at_task("test"):
        take_steps(book=agency_book(), at=PAST_THE_CALENDARS + timedelta(days=3), most=100)
    told = excluded_late("select s.what from duties_step s join duties_owedduty d on d.id = s.duty_id"
                         " where d.code = 'D-EX-4' order by s.id")
    assert len(told) > 1, told
