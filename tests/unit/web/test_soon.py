"""Duties stand in groups by how soon they run out; the clock decides, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sightline.domain.vocabulary.duty import DutyState
from sightline.interfaces.web.look.examples import DUTIES
from sightline.interfaces.web.soon import due_soon, heading_of, when_due

AT = datetime(2026, 5, 14, 22, 40, tzinfo=UTC)  # 11:40pm in London
OPEN = replace(DUTIES[1], state=DutyState.OPEN, due_at=None, local_target_at=None)


@pytest.mark.parametrize(
    ("due_at", "words", "soon"),
    [
        (date(2026, 5, 14), "Due today", True),
        (datetime(2026, 5, 14, 22, 55, tzinfo=UTC), "Due today", True),
        (datetime(2026, 5, 14, 23, 5, tzinfo=UTC), "Due tomorrow", True),
        (date(2026, 5, 17), "Due in the next seven days", True),
        (date(2026, 5, 18), "Due in the next seven days", False),
        (date(2026, 5, 22), "Due later", False),
        (None, "As soon as possible: the law gives no number", True),
    ],
)
def test_an_open_duty_stands_under_how_soon_it_runs_out(due_at, words, soon):
    duty = replace(OPEN, due_at=due_at)
    assert when_due(duty, AT) == words
    assert due_soon(duty, AT) is soon


def test_without_a_limit_in_law_the_local_target_counts():
    assert when_due(replace(OPEN, local_target_at=date(2026, 5, 15)), AT) == "Due tomorrow"


def test_what_is_late_and_what_has_no_limit_say_so_whatever_the_days():
    assert heading_of(-3, late=True) == heading_of(None, late=True) == "Late"
    assert heading_of(None, late=False).startswith("As soon as possible")
