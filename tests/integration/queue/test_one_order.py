"""The one order as the database gives it: danger, then clock, a piece at a time, forwards and backwards."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection

from sightline.apps.access.queries import contacts
from sightline.apps.duties.queue import (
    MOST_COUNTED,
    Line,
    Which,
    Whose,
    count_told,
    counts_of,
    hands_of,
    line_of,
    notices_in_line,
)
from sightline.apps.duties.work import open_notice, tell
from sightline.apps.responsibility.transfers import offer
from sightline.apps.responsibility.waiting import QueuedEvent, QueuedOffer, waiting_in_line
from sightline.domain.duties.danger import Danger
from tests.integration.conftest import NOW

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture
def line(team):
    """Give the line of everybody at Knowsley, or another."""
    return lambda **asked: Line(team.agencies["Knowsley Council"], NOW, **asked)


def ids(found):
    return [one.position.id for one in found]


def test_what_is_critical_stands_first_however_late_the_rest_is(owe, acting, line):
    late = owe(hours=-900, state="late")
    soon, later = owe(code="D-MIS-1", danger=2, hours=3), owe(code="D-MIS-2", danger=2, hours=4)
    none, first = owe(hours=None), owe(code="D-PP-2", danger=1, hours=50)
    with acting("Beth"):
        assert ids(line_of(line(), most=9)) == [str(one) for one in (first, soon, later, late, none)]


def test_each_piece_goes_on_where_the_last_ended_and_back_again(owe, acting, line):
    for number in range(37):
        owe(danger=(2, 5, 9)[number % 3], hours=None if number % 7 == 0 else number % 5)
    with acting("Beth"):
        whole = line_of(line(), most=99)
        assert len(whole) == 37
        assert all(one.position < other.position for one, other in pairwise(whole))
        forwards, place = [], None
        while piece := line_of(line(), most=10, after=place):
            forwards += piece
            place = piece[-1].position
        assert ids(forwards) == ids(whole)
        backwards, place = [], None
        while piece := line_of(line(), most=10, after=place, backwards=True):
            backwards += piece
            place = piece[-1].position
        assert ids(backwards) == ids(whole)[::-1]


def test_mine_is_what_i_have_and_what_nobody_has_taken_from_my_desk(owe, acting, line, team):
    with_me, free = owe(officer="Beth"), owe()
    toms, managers = owe(officer="Tom"), owe(desk="manager")
    given = owe(officer="Tom", taken=False, desk="manager")
    with acting("Beth") as beth:
        hands = hands_of(beth.agency, officer=beth.officer, at=NOW)
        assert set(ids(line_of(line(whose=Whose.MINE, hands=hands), most=9))) == {str(with_me), str(free)}
        desk = ids(line_of(line(whose=Whose.DESK, desk="safeguarding"), most=9))
        assert set(desk) == {str(with_me), str(free), str(toms)}
    with acting("Tom") as tom:
        hands = hands_of(tom.agency, officer=tom.officer, at=NOW)
        assert set(ids(line_of(line(whose=Whose.MINE, hands=hands), most=9))) == {str(toms), str(given)}
        assert str(managers) not in ids(line_of(line(whose=Whose.MINE, hands=hands), most=9))


def test_only_what_is_late_and_only_what_was_put_off(owe, acting, line, kept):
    late, away = owe(hours=-1, state="late"), owe(hours=40)
    kept("update duties_owedduty set put_off_until = %s where id = %s returning 1", NOW + timedelta(hours=5), away)
    rest = owe(hours=2)
    with acting("Beth"):
        assert ids(line_of(line(), most=9)) == [str(late), str(rest)]
        assert ids(line_of(line(which=Which.LATE), most=9)) == [str(late)]
        assert ids(line_of(line(which=Which.PUT_OFF), most=9)) == [str(away)]
        after = Line(line().agency, NOW + timedelta(hours=5))
        assert ids(line_of(after, most=9)) == [str(late), str(rest), str(away)], "it is back by itself"


@pytest.fixture
def missing(amara, send):
    """Report Amara missing to the police."""
    told = {"id": "m1", "child": "p1", "kind": "missing.reported", "at": "2026-05-21T22:00:00+01:00",
            "by": "Merseyside Police", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",
                                                    "upn": "A950000178301"}}
    assert send("timeline", "Merseyside Police", json.dumps(told)).accepted == 1
    return amara


def test_a_child_to_protect_an_offer_and_a_notice_stand_beside_duties(acting, line, missing, team):
    with acting("Pat") as pat:
        mine = Line(pat.agency, NOW)
        (event,) = waiting_in_line(mine, most=9)
        assert isinstance(event, QueuedEvent)
        assert (event.position.danger, event.person) == (Danger.MISSING, missing)
        desk = next(c.id for c in contacts() if c.agency == "Knowsley Council" and c.desk == "safeguarding")
        offer(acting=pat, event=event.id, to_contact=desk, words="She is at the station.",
              answer_by=NOW + timedelta(hours=1), at=NOW)
        assert waiting_in_line(mine, most=9, after=event.position) == []
        assert waiting_in_line(mine, most=9, after=event.position, backwards=True) == []
    with acting("Beth") as beth:
        (offered,) = waiting_in_line(line(), most=9)
        assert isinstance(offered, QueuedOffer)
        assert (offered.position.at, offered.from_agency) == (NOW + timedelta(hours=1), "Merseyside Police")
        assert waiting_in_line(line(whose=Whose.DESK, desk="education"), most=9) == []
        hands = hands_of(beth.agency, officer=beth.officer, at=NOW)
        assert waiting_in_line(line(whose=Whose.MINE, hands=hands), most=9) == [offered], "the desk is Beth's"
        tell(person=missing, to_agency=team.agencies["Merseyside Police"], about="Look", key="k1",
             from_agency=beth.agency, at=NOW)
    with acting("Pat") as pat:
        mine = Line(pat.agency, NOW)
        found = {one.about: one for one in notices_in_line(mine, most=9)}
        assert found["Look"].position.at == NOW + timedelta(hours=4)
        last = max(found.values(), key=lambda one: one.position)
        assert notices_in_line(mine, most=9, after=last.position) == []
        assert len(notices_in_line(mine, most=9, after=last.position, backwards=True)) == len(found) - 1
        assert count_told(mine, since=NOW - timedelta(seconds=1), most=9) >= 1
        open_notice(notice=found["Look"].id, officer=pat.officer, at=NOW)
        assert "Look" not in {one.about for one in notices_in_line(mine, most=9)}


def test_counting_stops_at_a_thousand(owe, acting, line, kept):
    one = owe(hours=-1, state="late")
    kept("insert into duties_owedduty (person_id, code, edition, what, part, started_key, started_at, watched,"
         " owed_by_words, owed_by_id, owner_id, owed_to, act_by, due_is_day, target_is_day, danger, estimated, state,"
         " authority, verified, explanation, opened_at, steps_taken) select person_id, code, edition, what, part,"
         " 'more-' || n, started_at, watched, owed_by_words, owed_by_id, owner_id, owed_to, act_by, due_is_day,"
         " target_is_day, danger, estimated, 'open', authority, verified, explanation, opened_at, steps_taken"
         " from duties_owedduty, generate_series(1, 1010) n where id = %s returning 1", one)
    with acting("Beth"):
        counts = counts_of(line(), since=NOW - timedelta(days=1))
    assert (counts.total, counts.late) == (MOST_COUNTED, 1)


@pytest.fixture
def thousands(owe, kept):
    """Let Knowsley owe 5,000 more, some late, some for others."""
    def owing():
        one = owe()
        kept("insert into duties_owedduty (person_id, code, edition, what, part, started_key, started_at, watched,"
             " owed_by_words, owed_by_id, owner_id, owed_to, act_by, due_is_day, target_is_day, danger, estimated,"
             " state, authority, verified, explanation, opened_at, steps_taken) select person_id, code, edition, what,"
             " part, 'more-' || n, started_at, n %% 3 = 0, owed_by_words, owed_by_id, owner_id, owed_to,"
             " act_by + n * interval '1 second', due_is_day, target_is_day, danger, estimated,"
             " case when n %% 4 = 0 then 'late' else 'open' end, authority, verified, explanation, opened_at,"
             " steps_taken from duties_owedduty, generate_series(1, 5000) n where id = %s returning 1", one)

    return owing


@pytest.mark.parametrize(("asked", "index"), [
    ({}, "line_of_an_agency"), ({"which": Which.LATE}, "late_at_an_agency"),
    ({"whose": Whose.DESK, "desk": "safeguarding"}, "line_of_a_desk"),
    ({"whose": Whose.WATCHED}, "line_of_an_agency"),
])
def test_each_line_is_read_from_its_index_in_its_order(thousands, acting, line, asked, index):
    """The plan as the restricted role has it: the index stands in the order, so nothing is sorted but the page."""
    thousands()
    with connection.cursor() as cursor:
        cursor.execute("analyze duties_owedduty")
    with acting("Beth"):
        page = line_of(line(**asked), most=26)
        with connection.execute_wrapper(_explained(plans := [])):
            line_of(line(**asked), most=26, after=page[-1].position)
    (plan,) = plans
    assert index in plan, plan
    assert "Seq Scan on duties_owedduty" not in plan


def _explained(plans):
    """Ask how each statement would be run, before it is."""
    def wrapper(execute, sql, params, many, context):
        with context["connection"].cursor() as cursor:
            if not sql.startswith("explain"):
                cursor.execute(f"explain {sql}", params)
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    return wrapper
