"""What is owed follows what was told: corrected, taken back, told again, met and late; it never loses its owner."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.duties.escalation import take_steps
from sightline.apps.duties.queries import duties_of, notices_about, steps_of
from sightline.apps.duties.work import NotYours, give_to, take_on
from sightline.apps.record.queries import told_of
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.moment import last_instant
from sightline.interfaces.web.child.acts import record
from tests.integration.conftest import NOW

HEAD = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,reason1,reference,cancelled\n"
ROW = "3404001,Brook High School,A950000178301,Amara,Okafor,03/04/2011,F,L36 9YZ,PERM,{on},{reason},X1,{cancelled}\n"
SCREEN = "D-EX-4"


@pytest.fixture
def tell(send, amara):
    """Tell of Amara's exclusion again, otherwise than before."""

    def telling(*, days_ago=2, reason="DB", cancelled="", at=NOW):
        on = (NOW - timedelta(days=days_ago)).strftime("%d/%m/%Y")
        return send("exclusions", "Brook High School",
                    HEAD + ROW.format(on=on, reason=reason, cancelled=cancelled), at=at)

    return telling


@pytest.fixture
def screen(amara, acting):
    """Give the duty to screen Amara as it stands now, or None where nobody owes it any longer."""

    def asked():
        with acting("Beth"):
            found = [d for d in duties_of(amara, most=50) if d.code == SCREEN]
            assert len(found) <= 1
            return found[0] if found else None

    return asked


def limit(duty):
    return last_instant(duty.local_target_at)


def steps(acting, duty):
    with acting("Beth"):
        return [step.what for step in steps_of(duty.id)]


def notices_of(amara, acting, duty):
    with acting("Beth"):
        return [n for n in notices_about(amara, most=100) if n.duty == duty.id]


def read_again(as_worker, amara, at):
    with as_worker(), at_task("look again"):
        flow.read([amara], book=agency_book(), at=at)


def step(as_worker, at):
    with as_worker(), at_task("steps"):
        return take_steps(book=agency_book(), at=at, most=100)


def test_a_corrected_exclusion_keeps_its_duty_its_officer_and_its_steps(amara, tell, screen, acting, partnership):
    before = screen()
    with acting("Beth"):
        take_on(duty=before.id, officer=partnership.officers["Beth"], at=NOW)
    assert tell(reason="WP", at=NOW + timedelta(minutes=5)).accepted == 1
    after = screen()
    assert (after.id, after.officer, after.owner) == (before.id, partnership.officers["Beth"], before.owner)
    assert {"started", "taken on"} <= set(steps(acting, after))
    with acting("Beth"):
        told = [t for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion"]
    assert [(t.entry.facts["reasons"], t.corrected) for t in sorted(told, key=lambda t: t.recorded_at)] == [
        (["DB"], True), (["WP"], False)]


def test_a_duty_ends_with_its_ground_and_is_back_when_it_is_told_again(amara, tell, screen, acting):
    before = screen()
    assert before.state == "open"
    told_once = len(notices_of(amara, acting, before))
    assert told_once == 1
    assert tell(cancelled="Y", at=NOW + timedelta(minutes=5)).accepted == 1
    assert screen() is None
    tell(at=NOW + timedelta(minutes=10))
    again = screen()
    assert (again.id, again.state, again.owner) == (before.id, "open", before.owner)
    assert again.local_target_at == before.local_target_at
    assert steps(acting, again).count("started") == 1
    assert {"ended", "open"} <= set(steps(acting, again))
    assert len(notices_of(amara, acting, again)) == told_once, "nobody is told a second time of the same"
    with acting("Beth"):
        kinds = [t.entry.kind for t in sorted(told_of(amara, most=10), key=lambda t: t.recorded_at)]
    assert kinds.count("school.exclusion") == 2
    assert kinds.count("record.withdrawn") == 1


def test_an_ended_duty_takes_no_steps_and_one_that_is_back_takes_them_again(amara, tell, screen, acting, as_worker):
    before = screen()
    tell(cancelled="Y", at=NOW + timedelta(minutes=5))
    step(as_worker, limit(before) + timedelta(days=30))
    assert not [what for what in steps(acting, before) if what.startswith("told")]
    tell(at=NOW + timedelta(minutes=10))
    step(as_worker, limit(before) + timedelta(minutes=1))
    assert [what for what in steps(acting, screen()) if what.startswith("told")]


def test_when_time_runs_out_the_owner_the_manager_and_the_director_are_told_once_each_and_in_time(
    amara, screen, acting, as_worker,
):
    duty = screen()
    whole = limit(duty) - duty.started_at
    told: dict[str, float] = {}
    for twentieth in range(1, 61):
        instant = duty.started_at + whole * twentieth / 20
        step(as_worker, instant)
        step(as_worker, instant)  # a job that runs twice tells once
        for what in steps(acting, duty):
            if what.startswith("told"):
                told.setdefault(what, twentieth / 20)
    assert told == {"told owner": 0.5, "told named manager": 1.0, "told director": 1.5}
    assert [what for what in steps(acting, duty) if what.startswith("told")] in (list(told), list(reversed(told)))
    assert {n.to_contact for n in notices_of(amara, acting, duty)} == {"Duty desk", "Mary Manager"}
    assert len(notices_of(amara, acting, duty)) == 1 + len(told)


def test_a_duty_is_late_after_its_limit_and_met_by_a_later_entry_and_then_takes_no_step(
    amara, screen, acting, as_worker, partnership,
):
    duty = screen()
    read_again(as_worker, amara, limit(duty) - timedelta(minutes=1))
    assert screen().state == "open"
    read_again(as_worker, amara, limit(duty) + timedelta(minutes=1))
    assert screen().state == "late"
    with acting("Beth") as work:
        facts = {"about": SCREEN, "outcome": "Told police safeguarding", "reasons": "second sign"}
        decided = Told(kind="decision.made", at=limit(duty) + timedelta(hours=1), key="d1", facts=facts)
        record(work, amara, decided, at=limit(duty) + timedelta(hours=1))
    read_again(as_worker, amara, limit(duty) + timedelta(hours=2))
    met = screen()
    assert (met.id, met.state, met.owner) == (duty.id, "met", duty.owner)
    assert met.met_at > limit(duty)
    taken = steps(acting, duty)
    step(as_worker, limit(duty) + timedelta(days=30))
    assert steps(acting, duty) == taken


@pytest.mark.parametrize("column", ["owner_id", "owed_by_id", "person_id"])
def test_no_duty_can_be_without_an_owner_whoever_writes_it(amara, screen, as_worker, column):
    with pytest.raises(IntegrityError), as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute(f"update duties_owedduty set {column} = null")
    with pytest.raises(IntegrityError), as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("delete from access_contact")
        cursor.execute("set constraints all immediate")
    assert screen().owner


def test_the_same_rule_on_the_same_entry_never_owes_twice(amara, screen, as_worker):
    with pytest.raises(IntegrityError), as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns"
            " where table_name = 'duties_owedduty' and is_generated = 'NEVER' and column_name <> 'id'")
        columns = cursor.fetchone()[0]
        cursor.execute(f"insert into duties_owedduty (id, {columns}) select gen_random_uuid(), {columns}"
                       " from duties_owedduty limit 1")


def test_given_on_a_duty_has_its_new_owner_alone_and_only_within_the_agency_that_owes_it(
    amara, screen, acting, partnership,
):
    from sightline.apps.access.queries import contacts

    duty = screen()
    manager = next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "manager")
    stranger = next(c for c in contacts(partnership.agencies["Essex Council"]))
    with acting("Beth"):
        with pytest.raises(NotYours):
            give_to(duty=duty.id, contact=stranger.id, officer=partnership.officers["Beth"], words="", at=NOW)
        give_to(duty=duty.id, contact=manager.id, officer=partnership.officers["Beth"], words="leave", at=NOW)
    given = screen()
    assert (given.owner, given.officer) == ("Mary Manager", None)


def test_the_owner_stays_through_every_reading(amara, screen, as_worker, acting, partnership):
    from sightline.apps.access.queries import contacts

    duty = screen()
    manager = next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "manager")
    with acting("Beth"):
        give_to(duty=duty.id, contact=manager.id, officer=partnership.officers["Beth"], words="leave", at=NOW)
    for hours in (1, 30, 300):
        read_again(as_worker, amara, NOW + timedelta(hours=hours))
        step(as_worker, NOW + timedelta(hours=hours))
    assert screen().owner == "Mary Manager"
