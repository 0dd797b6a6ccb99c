"""A record comes at 23:30: the night owns it, is told, told again otherwise, and 09:00 hands over the rest."""

from datetime import timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.duties.following import follow
from sightline.apps.duties.night import hand_over_duties, route_duties
from sightline.apps.duties.queries import deliveries_of
from sightline.apps.duties.sending import Outcome
from sightline.apps.responsibility.night import hand_over_events, route_events
from sightline.domain.vocabulary.moment import LONDON
from tests.integration.notices.conftest import london
from tests.stopping import Stopped

START = london("2026-05-20 23:30")
MORNING = london("2026-05-21 09:00")
POLICE = "Merseyside Police"
OWNERS = ("select c.desk, count(*) from duties_owedduty d join access_contact c on c.id = d.owner_id"
          " where d.state in ('open', 'late') and not d.watched and d.act_by < %s group by 1 order by 1")
TO_NIGHT = "select n.id, n.key from duties_notice n where n.key like 'night:%%' order by n.key"


def test_what_is_due_in_the_night_is_owned_by_the_night_and_what_can_wait_is_not(night):
    night.missing(START)
    before = night.ask(OWNERS, MORNING)
    assert before
    assert {desk for desk, _ in before} == {"safeguarding"}
    night.minute(START + timedelta(minutes=1))
    after = night.ask(OWNERS, MORNING)
    assert [desk for desk, _ in after] == ["out-of-hours"], "each duty due before nine"
    later = night.ask("select distinct c.desk from duties_owedduty d join access_contact c on c.id = d.owner_id"
                      " where d.act_by >= %s and d.state = 'open' and not d.watched", MORNING)
    assert [desk for (desk,) in later] in ([], ["safeguarding"])
    steps = night.ask("select what, words from duties_step where what = 'routed'")
    assert len(steps) == sum(count for _, count in after)
    assert steps[0][1] == ("Duty desk is closed; outside its hours the out-of-hours desk is on duty, until 21 May,"
                           " 09:00. On duty: Nia Night.")
    assert len([1 for _, key in night.ask(TO_NIGHT)]) == len(steps) + 1, "and one for the child's safety"


def test_the_safety_of_the_child_is_owned_by_the_night_and_each_change_is_written_down(night):
    night.missing(START)
    night.minute(START + timedelta(minutes=1))
    assert night.ask("select a.name, c.desk from responsibility_safetyevent e"
                     " join access_contact c on c.id = e.owner_contact_id"
                     " join access_agency a on a.id = e.owner_agency_id") == [(POLICE, "out-of-hours")]
    night.minute(MORNING)
    changes = night.ask("select c.desk, o.at from responsibility_ownerchange o"
                        " join access_contact c on c.id = o.contact_id order by o.id")
    assert changes == [("safeguarding", START), ("out-of-hours", START + timedelta(minutes=1)),
                       ("safeguarding", MORNING)]


def test_minute_by_minute_the_text_goes_when_the_email_is_not_opened_then_the_manager_then_the_director(night):
    night.missing(START)
    told = night.run(START, 150, outcome=lambda waiting: Outcome(taken=True, delivered=waiting.channel == "text"))
    assert ("23:30", "e-mail", "nia@a.example") in told
    assert ("00:00", "text", "07700 900123") in told
    ((notice, _),) = [row for row in night.ask(TO_NIGHT) if row[1].count(":") == 3]
    assert deliveries(night, notice) == [
        ("23:30", "e-mail", "sent", ""), ("00:00", "e-mail", "clock", "Not opened by 00:00: a text message is next."),
        ("00:00", "text", "delivered", ""),
        ("00:30", "text", "clock", "Not opened by 00:30: Mary Manager, Service manager, was told.")]
    passed = night.ask("select n.about, c.desk, n.made_at, n.sent_at from duties_notice n"
                       " join access_contact c on c.id = n.to_contact_id"
                       " where n.passed_from_id = %s order by n.made_at", notice)
    assert [(desk, f"{at.astimezone(LONDON):%H:%M}", sent is not None) for _, desk, at, sent in passed] == [
        ("manager", "00:30", True), ("director", "01:00", True)]
    assert passed[0][0] == ("A notice to Emergency duty team was not opened by 00:30. Open it now, or ring Nia Night"
                            " on 07700 900123.")
    nobody = night.ask("select d.words from duties_delivery d join duties_notice n on n.id = d.notice_id"
                       " where n.passed_from_id = %s and n.nobody_since is not null", notice)
    assert nobody[-1][0].startswith("Not opened by 01:30, and nobody else is left to tell: ring Dora Director")
    assert night.ask("select notices from sightline_unreached()")[0][0] > 0


def test_a_text_that_does_not_arrive_within_a_quarter_of_an_hour_moves_on(night):
    night.missing(START)
    night.run(START, 50)
    ((notice, _),) = [row for row in night.ask(TO_NIGHT) if row[1].count(":") == 3]
    assert deliveries(night, notice)[-1] == (
        "00:15", "text", "clock", "Not delivered by 00:15: Mary Manager, Service manager, was told.")


def deliveries(night, notice):
    with night.as_worker(), at_task("test"):
        return [(f"{at.astimezone(LONDON):%H:%M}", *rest) for at, *rest, _ in deliveries_of(notice)]


def test_opened_and_acknowledged_in_time_nobody_else_is_disturbed(night):
    night.missing(START)
    night.run(START, 10)
    night.ask("update duties_notice set opened_at = %s, acknowledged_at = %s where key like 'night:%%'",
              START + timedelta(minutes=10), START + timedelta(minutes=12))
    night.ask("update duties_owedduty set officer_id = (select id from access_officer where name = 'Pat'),"
              " acknowledged_at = %s where state in ('open', 'late')", START + timedelta(minutes=12))
    night.run(START + timedelta(minutes=15), 300)
    passed = "select count(*) from duties_notice p join duties_notice n on n.id = p.passed_from_id where n.key like %s"
    assert night.ask(passed, "night:%") == [(0,)]
    assert night.ask("select count(*) from duties_delivery d join duties_notice n on n.id = d.notice_id"
                     " where d.outcome = 'clock' and n.key like 'night:%%'") == [(0,)]
    assert night.ask("select count(*) from duties_notice where duty_id is not null and key like 'night:%%'"
                     " and acted_at is null") == [(0,)]


def test_at_nine_the_day_desk_owns_what_the_night_did_not_finish_and_one_notice_lists_it(night):
    night.missing(START)
    night.minute(START)
    ((done,),) = night.ask("select d.id from duties_routing r join duties_owedduty d on d.id = r.duty_id"
                           " order by d.code limit 1")
    night.ask("update duties_owedduty set state = 'met', met_at = %s where id = %s", START, done)
    night.minute(MORNING - timedelta(minutes=1))
    assert night.ask("select count(*) from duties_routing where handed_over_at is not null") == [(0,)]
    night.minute(MORNING)
    assert night.ask("select count(*) from duties_routing where handed_over_at is null") == [(0,)], "none crosses nine"
    assert {desk for desk, _ in night.ask(OWNERS, MORNING)} <= {"safeguarding"}
    mornings = night.ask("select n.id, n.person_id, n.about, c.desk, a.name from duties_notice n"
                         " join access_contact c on c.id = n.to_contact_id"
                         " join access_agency a on a.id = n.to_agency_id"
                         " where n.key like 'morning:%%'")
    assert {(person, desk) for _, person, _, desk, _ in mornings} == {(None, "safeguarding")}
    listed = night.ask("select count(*) from duties_routing where moved and morning_id = any(%s)",
                       [row[0] for row in mornings])
    assert listed == night.ask("select count(*) from duties_routing where duty_id is distinct from %s", done)
    assert night.ask("select count(*) from duties_owedduty d where d.id = %s and exists (select 1 from duties_step s"
                     " where s.duty_id = d.id and s.what = 'handed over')", done) == [(0,)]
    assert night.ask("select count(*) from duties_step where what = 'handed over'")[0][0] == listed[0][0] - 1
    rows = night.ask("select count(*) from duties_notice")
    night.minute(MORNING)
    night.minute(MORNING + timedelta(minutes=1))
    assert night.ask("select count(*) from duties_step where what = 'routed'") == night.ask(
        "select count(*) from duties_routing where duty_id is not null"), "not routed again in the morning"
    assert night.ask("select count(*) from duties_notice where key like 'morning:%%'")[0][0] == len(mornings)
    assert rows[0][0] > 0


def test_a_friday_night_is_handed_over_on_the_tuesday_after_the_bank_holiday(night):
    friday = london("2026-05-22 23:30")
    night.missing(friday)
    night.minute(friday)
    assert {at for (at,) in night.ask("select hand_over_at from duties_routing")} == {london("2026-05-26 09:00")}


def test_in_office_hours_nothing_is_routed(night):
    noon = london("2026-05-20 12:00")
    night.missing(noon)
    night.minute(noon)
    assert night.ask("select count(*) from duties_routing") == [(0,)]


def test_a_newer_word_in_the_night_comes_to_the_night_again(night):
    night.missing(START)
    night.minute(START)
    later = START + timedelta(hours=2)
    night.missing(later, reference="m2")
    night.minute(later + timedelta(minutes=1))
    assert night.ask("select c.desk from responsibility_safetyevent e join access_contact c"
                     " on c.id = e.owner_contact_id where e.closed_at is null") == [("out-of-hours",)]
    night.minute(MORNING)
    assert night.ask("select c.desk from responsibility_safetyevent e join access_contact c"
                     " on c.id = e.owner_contact_id where e.closed_at is null") == [("safeguarding",)]


def test_once_the_night_is_over_nobody_is_disturbed_for_what_the_night_did_not_open(night):
    late = MORNING - timedelta(minutes=10)
    night.missing(late)
    night.run(late, 120)
    passed = "select count(*) from duties_notice p join duties_notice n on n.id = p.passed_from_id where n.key like %s"
    assert night.ask(passed, "night:%") == [(0,)]
    assert night.ask(passed, "morning:%")[0][0] > 0, "what the morning does not open goes on"


@pytest.mark.parametrize("steps", [route_duties, hand_over_duties, route_events, hand_over_events, follow])
def test_a_job_that_is_killed_before_its_end_leaves_nothing_and_is_done_again(night, steps):
    night.missing(START)
    at = START
    if steps in (hand_over_duties, hand_over_events, follow):
        night.minute(START)
        at = MORNING if steps is not follow else START + timedelta(minutes=31)

    def rows():
        return night.ask("select (select count(*) from duties_routing where handed_over_at is null),"
                         " (select count(*) from duties_step), (select count(*) from duties_notice)")

    def killed():
        with night.as_worker(), at_task("steps"):
            assert steps(book=agency_book(), at=at, most=500)
            raise Stopped

    before = rows()
    with pytest.raises(Stopped):
        killed()
    assert rows() == before
    night.minute(at)
    after = rows()
    night.minute(at)
    assert rows() == after != before
