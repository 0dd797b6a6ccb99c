"""Two people act on one duty at once, in sessions of their own: one is heard, the other told, and it stays owned."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from sightline.apps.access.absences import AbsenceRefused, end_absence, record_absence
from sightline.apps.access.acting import at_task
from sightline.apps.duties.queue import Line, Whose, hands_of, line_of
from sightline.apps.duties.work import (
    CannotBePutOff,
    NotYours,
    Receiver,
    TakeItOnFirst,
    TakenMeanwhile,
    give,
    put_off,
    take_on,
)
from tests.integration.conftest import NOW

pytestmark = pytest.mark.usefixtures("cleared")
LATER = NOW + timedelta(hours=5)
REFUSED = (NotYours, TakenMeanwhile, TakeItOnFirst, CannotBePutOff, AbsenceRefused)


@pytest.fixture
def at_once(transactional_db, acting, as_worker):
    """Let several act at the same instant, each in a transaction of their own; gives what each was answered."""

    def racing(*acts):
        start, answers = threading.Barrier(len(acts)), [None] * len(acts)

        def run(number, who, act):
            try:
                with as_worker() if who == "the worker" else acting(who) as me:
                    start.wait(timeout=20)
                    answers[number] = act(me) or "done"
            except REFUSED as refused:
                answers[number] = type(refused).__name__
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(number, *act)) for number, act in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert None not in answers, f"somebody never got an answer: {answers}"
        return answers

    return racing


def take(duty, seen=None):
    return lambda me: take_on(duty=duty, officer=me.officer, seen=seen, at=NOW)


def hand(duties, to):
    return lambda me: len(give(duties, to=to, agency=me.agency, officer=me.officer, words="x", at=NOW))


def off(duty):
    return lambda me: put_off(duty=duty, until=LATER, officer=me.officer, for_all=True, words="x", at=NOW)


def meet(duty):
    def act(_):
        with at_task("test"), connection.cursor() as cursor:
            cursor.execute("update duties_owedduty set state = 'met', next_step_at = null where id = %s", [duty])

    return act


@pytest.mark.parametrize("round_", range(3))
def test_of_two_who_take_one_on_at_once_one_has_it_and_the_other_is_told(at_once, owe, kept, team, round_):
    one = owe()
    assert sorted(at_once(("Beth", take(one)), ("Tom", take(one)))) == ["TakenMeanwhile", "done"]
    assert kept("select count(*) from duties_step where duty_id = %s and what = 'taken on'", one) == [(1,)]
    ((officer, owner),) = kept("select officer_id, owner_id from duties_owedduty where id = %s", one)
    assert officer in {team.officers["Beth"], team.officers["Tom"]}
    assert owner is not None


@pytest.mark.parametrize("round_", range(3))
def test_two_who_give_one_heap_in_any_order_both_end_and_the_last_stands(at_once, owe, kept, team, round_):
    heap = [owe() for _ in range(12)]
    tom, mary = Receiver(officer=team.officers["Tom"]), Receiver(officer=team.officers["Mary"])
    assert at_once(("Mary", hand(heap, tom)), ("Beth", hand(heap[::-1], mary))) == [12, 12]
    owners = kept("select distinct officer_id from duties_owedduty where id = any(%s)", heap)
    assert owners in ([(tom.officer,)], [(mary.officer,)]), "never half of it here and half of it there"


@pytest.mark.parametrize("round_", range(3))
def test_what_is_met_while_a_manager_gives_it_is_met_and_is_given_to_nobody_after_it(
        at_once, owe, kept, team, round_):
    one = owe()
    _, given = at_once(("the worker", meet(one)), ("Mary", hand([one], Receiver(officer=team.officers["Tom"]))))
    assert given in (1, "done")  # nought of them given is "done" without a number
    assert kept("select state from duties_owedduty where id = %s", one) == [("met",)]
    steps = kept("select count(*) from duties_step where duty_id = %s and what = 'given to'", one)
    assert steps == [(1 if given == 1 else 0,)]


@pytest.mark.parametrize("round_", range(3))
def test_one_takes_it_on_while_a_manager_puts_it_off(at_once, owe, kept, round_):
    one = owe(officer=None)
    answers = at_once(("Tom", take(one)), ("Mary", off(one)))
    assert answers == ["done", "done"]
    ((officer, until),) = kept("select officer_id, put_off_until from duties_owedduty where id = %s", one)
    assert officer is not None
    last = kept("select what from duties_step where duty_id = %s order by id desc limit 1", one)
    assert until in (None, LATER)
    assert last[0][0] in ("taken on", "put off")


def test_its_limit_moves_while_it_is_put_off_and_the_database_keeps_the_hour(at_once, owe, kept):
    one = owe(officer="Beth", hours=24)

    def nearer(_):
        with at_task("test"), connection.cursor() as cursor:
            cursor.execute("update duties_owedduty set act_by = %s where id = %s", [NOW + timedelta(hours=2), one])

    answers = at_once(("Beth", off(one)), ("the worker", nearer))
    assert answers[1] == "done"
    assert answers[0] in ("done", "CannotBePutOff")
    assert kept("select put_off_until from duties_owedduty where id = %s", one) == [(None,)]


def test_of_two_absences_recorded_at_once_for_one_officer_one_stands(at_once, kept, team):
    def record(covered_by):
        return lambda me: bool(record_absence(
            agency=me.agency, officer=team.officers["Beth"], covered_by=team.officers[covered_by], from_at=NOW,
            until_at=NOW + timedelta(days=1), by=me.officer, at=NOW))

    answers = at_once(("Mary", record("Tom")), ("Tom", record("Mary")))
    assert sorted(map(str, answers)) == ["AbsenceRefused", "True"]
    assert kept("select count(*) from access_absence") == [(1,)]


def test_cover_ends_while_who_covers_takes_one_on_and_nothing_is_left_with_nobody(
        at_once, owe, kept, team, acting):
    several = [owe(officer="Beth") for _ in range(3)]
    with acting("Mary") as mary:
        absence = record_absence(agency=mary.agency, officer=team.officers["Beth"], covered_by=team.officers["Tom"],
                                 from_at=NOW - timedelta(hours=1), until_at=NOW + timedelta(days=1), by=mary.officer,
                                 at=NOW)
    at_once(("Tom", take(several[0], seen=team.officers["Beth"])),
            ("Beth", lambda me: end_absence(absence=absence, agency=me.agency, officer=me.officer, at=NOW)))
    seen = {}
    for who in ("Tom", "Beth"):
        with acting(who) as me:
            line = Line(me.agency, NOW, Whose.MINE, hands=hands_of(me.agency, officer=me.officer, at=NOW))
            seen[who] = {one.duty.id for one in line_of(line, most=99)}
    assert seen["Tom"] == {several[0]}
    assert seen["Beth"] == set(several[1:])
    assert kept("select count(*) from duties_owedduty where owner_id is null") == [(0,)]
