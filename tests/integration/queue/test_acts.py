"""Taking on, giving and putting off: what each does, what stands beside it, and what is refused."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError

from sightline.apps.access.absences import record_absence
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book, contacts
from sightline.apps.duties.escalation import take_steps
from sightline.apps.duties.migrations import __name__ as MIGRATIONS
from sightline.apps.duties.queries import duty, steps_of
from sightline.apps.duties.queue import Line, Whose, hands_of, notices_in_line
from sightline.apps.duties.sending import Outcome, claim, settle
from sightline.apps.duties.work import (
    CannotBePutOff,
    NotYours,
    Receiver,
    TakeItOnFirst,
    TakenMeanwhile,
    bring_back,
    give,
    put_off,
    take_on,
)
from sightline.domain.duties.danger import CLASSES, Danger, is_critical
from tests.integration.conftest import NOW

pytestmark = pytest.mark.usefixtures("cleared")
LATER = NOW + timedelta(hours=5)


def desk_of(agency, desk):
    return next(c.id for c in contacts(agency) if c.desk == desk)


def test_who_takes_on_what_somebody_took_meanwhile_is_told(owe, acting, team):
    one = owe()
    with acting("Beth") as beth:
        take_on(duty=one, officer=beth.officer, at=NOW)
        take_on(duty=one, officer=beth.officer, at=NOW)
        assert [step.what for step in steps_of(one)] == ["taken on"], "a second click changes nothing"
    with pytest.raises(TakenMeanwhile), acting("Tom") as tom:
        take_on(duty=one, officer=tom.officer, at=NOW)
    with acting("Tom") as tom:
        take_on(duty=one, officer=tom.officer, seen=team.officers["Beth"], at=NOW)
        assert duty(one).officer == tom.officer, "who sees whose it is may take it over"


def test_what_was_given_to_me_is_taken_on_with_one_click(owe, acting):
    one = owe(officer="Tom", taken=False)
    with acting("Tom") as tom:
        take_on(duty=one, officer=tom.officer, at=NOW)
        assert duty(one).acknowledged_at == NOW


def test_many_are_given_at_once_to_an_officer_or_to_a_desk_and_stay_owned(owe, acting, team):
    several = [owe() for _ in range(3)]
    done = owe(state="met")
    with acting("Mary") as mary:
        given = give([*several, done], to=Receiver(officer=team.officers["Tom"]), agency=mary.agency,
                     officer=mary.officer, words="Beth has too much", at=NOW)
        assert set(given) == set(several), "what has been met meanwhile is left out"
        for one in several:
            found = duty(one)
            assert (found.officer_name, found.acknowledged_at, found.owner) == ("Tom", None, "Duty desk")
            assert steps_of(one)[-1].words == "Tom: Beth has too much"
        give(several, to=Receiver(contact=desk_of(mary.agency, "manager")), agency=mary.agency, officer=mary.officer,
             words="mine now", at=NOW)
        assert {(duty(one).owner, duty(one).officer) for one in several} == {("Mary Manager", None)}


TOLD = ("select o.name, c.desk, n.about, n.person_id is null, n.duty_id from duties_notice n"
        " join access_contact c on c.id = n.to_contact_id left join access_officer o on o.id = n.to_officer_id"
        " where n.key like 'given:%%'")


def test_who_is_given_a_duty_is_told_which_and_by_whom(owe, acting, team, kept):
    one = owe()
    with acting("Mary") as mary:
        give([one], to=Receiver(officer=team.officers["Tom"]), agency=mary.agency, officer=mary.officer, words="x",
             at=NOW)
    assert kept(TOLD) == [("Tom", "safeguarding", "Mary gave you: What is owed", False, one)]


def test_fifty_duties_given_at_once_are_one_notice_that_names_no_child(owe, acting, team, kept):
    several = [owe() for _ in range(50)]
    with acting("Mary") as mary:
        give(several, to=Receiver(officer=team.officers["Tom"]), agency=mary.agency, officer=mary.officer, words="x",
             at=NOW)
    assert kept(TOLD) == [
        ("Tom", "safeguarding", "Mary gave you: 50 duties. See your list, and take them on.", True, None)]
    with acting("Tom") as tom:
        line = Line(tom.agency, NOW, Whose.MINE, hands=hands_of(tom.agency, officer=tom.officer, at=NOW))
        assert [one.to_contact for one in notices_in_line(line, most=9)] == ["Tom"]
    with acting("Beth") as beth:
        line = Line(beth.agency, NOW, Whose.MINE, hands=hands_of(beth.agency, officer=beth.officer, at=NOW))
        assert notices_in_line(line, most=9) == [], "it is to Tom, though it stands at the desk that is Beth's"


def test_who_gives_a_duty_to_themselves_is_not_told_and_a_desk_is(owe, acting, team, kept):
    one, other = owe(), owe()
    with acting("Mary") as mary:
        give([one], to=Receiver(officer=mary.officer), agency=mary.agency, officer=mary.officer, words="x", at=NOW)
        assert kept(TOLD) == []
        give([other], to=Receiver(contact=desk_of(mary.agency, "manager")), agency=mary.agency, officer=mary.officer,
             words="x", at=NOW)
    assert [row[:2] for row in kept(TOLD)] == [(None, "manager")]


def test_the_message_goes_to_the_officer_or_to_who_covers(owe, acting, team, as_worker):
    one, other = owe(), owe()
    to_tom = Receiver(officer=team.officers["Tom"])

    def addresses():
        with as_worker():
            found = []
            while True:
                with at_task("send"):
                    waiting = claim(at=LATER, most=9)
                    if waiting is None:
                        return found
                    found.append(waiting.address)
                    settle(waiting, Outcome(taken=True), at=NOW)

    addresses()
    with acting("Mary") as mary:
        give([one], to=to_tom, agency=mary.agency, officer=mary.officer, words="x", at=NOW)
    assert addresses() == ["tom@agency.example"]
    with acting("Mary") as mary:
        record_absence(agency=mary.agency, officer=team.officers["Tom"], covered_by=team.officers["Beth"],
                       from_at=NOW, until_at=LATER + timedelta(hours=1), by=mary.officer, at=NOW)
        give([other], to=to_tom, agency=mary.agency, officer=mary.officer, words="y",
             at=NOW + timedelta(minutes=1))
    assert addresses() == ["beth@agency.example"]


@pytest.mark.parametrize("to", ["Carl", "Pat", "Dawn"])
def test_nobody_outside_the_agency_is_given_a_duty(owe, acting, team, to):
    one = owe()
    with pytest.raises(NotYours), acting("Mary") as mary:
        give([one], to=Receiver(officer=team.officers[to]), agency=mary.agency, officer=mary.officer, words="x", at=NOW)
    with pytest.raises(NotYours), acting("Mary") as mary:
        essex = desk_of(team.agencies["Essex Council"], "safeguarding")
        give([one], to=Receiver(contact=essex), agency=mary.agency, officer=mary.officer, words="x", at=NOW)


def test_a_duty_is_put_off_for_a_reason_that_stays_beside_it(owe, acting, kept):
    one = owe(officer="Beth")
    with acting("Beth") as beth:
        put_off(duty=one, until=LATER, officer=beth.officer, for_all=False, words="The school is shut until three",
                at=NOW)
        found, step = duty(one), steps_of(one)[-1]
    assert found.put_off_until == LATER
    assert (step.what, step.who) == ("put off", "Beth")
    assert step.words == "Until 22 May 2026, 16:00: The school is shut until three"
    with acting("Mary"):
        assert steps_of(one)[-1] == step, "managers see the reason"
    with acting("Tom") as tom:
        bring_back(duty=one, officer=tom.officer, at=NOW)
        assert duty(one).put_off_until is None
    with pytest.raises(NotYours), acting("Tom") as tom:
        bring_back(duty=one, officer=tom.officer, at=NOW)


def test_only_who_has_taken_it_on_or_a_manager_puts_it_off(owe, acting):
    free, toms = owe(), owe(officer="Tom")
    for one in (free, toms):
        with pytest.raises(TakeItOnFirst), acting("Beth") as beth:
            put_off(duty=one, until=LATER, officer=beth.officer, for_all=False, words="x", at=NOW)
        with acting("Mary") as mary:
            put_off(duty=one, until=LATER, officer=mary.officer, for_all=True, words="x", at=NOW)


@pytest.mark.parametrize(("asked", "until"), [
    ({"hours": 24}, timedelta(hours=23, seconds=1)), ({"hours": 24}, timedelta(0)),
    ({"hours": 0.5}, timedelta(hours=1)),
    ({"hours": None}, timedelta(hours=1)), ({"hours": -3, "state": "late"}, timedelta(hours=1)),
    *(({"hours": 99, "danger": danger.value}, timedelta(hours=1)) for danger in Danger if is_critical(danger)),
])
def test_nothing_goes_beyond_an_hour_before_its_limit_and_nothing_critical_at_all(owe, acting, kept, asked, until):
    one = owe(officer="Beth", **asked)
    with pytest.raises(CannotBePutOff), acting("Beth") as beth:
        put_off(duty=one, until=NOW + until, officer=beth.officer, for_all=True, words="x", at=NOW)
    if until > timedelta(0):
        with pytest.raises(IntegrityError, match="put off beyond an hour before the limit"):
            kept("update duties_owedduty set put_off_until = %s where id = %s returning 1", NOW + until, one)


def test_an_hour_before_the_limit_is_the_latest_that_can_be_asked(owe, acting):
    one = owe(officer="Beth", hours=24)
    with acting("Beth") as beth:
        put_off(duty=one, until=NOW + timedelta(hours=23), officer=beth.officer, for_all=False, words="x", at=NOW)


@pytest.mark.parametrize("change", ["act_by = act_by - interval '2 hours'", "act_by = null", "danger = 1",
                                    "officer_id = null"])
def test_what_was_put_off_is_back_when_its_limit_its_class_or_its_officer_changes(owe, acting, kept, change):
    one = owe(officer="Beth")
    with acting("Beth") as beth:
        put_off(duty=one, until=LATER, officer=beth.officer, for_all=False, words="x", at=NOW)
    kept(f"update duties_owedduty set {change} where id = %s returning 1", one)
    assert kept("select put_off_until from duties_owedduty where id = %s", one) == [(None,)]


def test_the_clock_and_the_escalation_of_what_was_put_off_go_on(owe, acting, kept, as_worker):
    one = owe(officer="Beth", hours=24)
    kept("update duties_owedduty set next_step_at = %s, local_target_at = act_by where id = %s returning 1",
         NOW + timedelta(hours=11), one)
    with acting("Beth") as beth:
        put_off(duty=one, until=NOW + timedelta(hours=20), officer=beth.officer, for_all=False, words="x", at=NOW)
    with as_worker(), at_task("test"):
        assert take_steps(book=agency_book(), at=NOW + timedelta(hours=12), most=9) == 1
    assert kept("select count(*) from duties_notice where duty_id = %s", one) == [(1,)], "the owner was told half-way"


def test_the_database_holds_the_classes_that_the_domain_calls_critical():
    told = import_module(f"{MIGRATIONS}.0002_protection").CRITICAL
    assert set(told) == {one.danger.value for one in CLASSES if one.critical}
