"""Amara's duties at Knowsley, as Beth, Mary and a third of the same council see to them."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import Acting, at_task
from sightline.apps.access.actions import keep_officer, start_work
from sightline.apps.access.models import Contact
from sightline.apps.access.queries import memberships_of
from tests.integration.conftest import NOW

DUTY = """
insert into duties_owedduty (person_id, code, edition, what, part, started_key, started_at, watched, owed_by_words,
  owed_by_id, owner_id, officer_id, acknowledged_at, owed_to, due_at, due_is_day, target_is_day, act_by, danger,
  estimated, state, authority, verified, explanation, opened_at, steps_taken)
values (%(person)s, %(code)s, '1', 'What is owed', 'home council', %(key)s, %(at)s, false, 'Knowsley Council',
  %(agency)s, (select id from access_contact where agency_id = %(agency)s and desk = %(desk)s), %(officer)s,
  case when %(taken)s then %(at)s::timestamptz end, 'the child', %(act_by)s, false, false, %(act_by)s, %(danger)s,
  false, %(state)s, 'a law', true, 'counted', %(at)s, 0) returning id
"""


@pytest.fixture
def team(partnership, as_worker):
    """Add Tom, a third officer of Knowsley, and give the safeguarding desk to Beth."""
    with as_worker(), at_task("test"):
        agency = partnership.agencies["Knowsley Council"]
        tom = keep_officer(email="tom@agency.example", name="Tom", password=None, agency=agency, role="social-worker",
                           on=date(2026, 1, 1))
        member = memberships_of(tom, on=NOW.date())[0]
        work = start_work(officer=tom, membership=member.id, purpose="assess", because="a test", at=NOW)
        partnership.officers["Tom"] = tom
        partnership.work["Tom"] = Acting(officer=tom, officer_name="Tom", agency=agency, agency_name="Knowsley Council",
                                         role_code="social-worker", work=work, purpose="assess")
        Contact.objects.filter(agency_id=agency, desk="safeguarding").update(officer=partnership.officers["Beth"])
    return partnership


@pytest.fixture
def owe(team, amara, as_worker) -> Callable[..., UUID]:
    """Write one duty of Amara's at Knowsley, in the shape in which the worker writes them; gives its id."""
    numbers = iter(range(1_000_000))

    def owing(*, code="D-EX-4", danger=9, hours: float | None = 24, state="open", officer=None, taken=True,
              desk="safeguarding") -> UUID:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(DUTY, {
                "person": amara, "code": code, "key": f"test-{next(numbers)}", "at": NOW - timedelta(hours=1),
                "agency": team.agencies["Knowsley Council"], "desk": desk, "danger": danger, "state": state,
                "officer": team.officers[officer] if officer else None, "taken": bool(officer) and taken,
                "act_by": None if hours is None else NOW + timedelta(hours=hours)})
            return cursor.fetchone()[0]

    return owing


@pytest.fixture
def cleared(amara, as_worker) -> None:
    """End what Amara's exclusion started, so that a test's own duties are all there are, and open her notices."""
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update duties_owedduty set state = 'ended', next_step_at = null")
        cursor.execute("update duties_notice set opened_at = %s", [NOW])


@pytest.fixture
def kept(as_worker):
    """Ask for what the database really holds, as the worker at a task."""

    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return asking
