"""A duty that runs out of time is told to its owner half-way, to a manager at the limit, to the director after it."""

from datetime import UTC, date, datetime, timedelta

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.escalation import escalation_plan, escalations
from sightline.domain.duties.owed import owed
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

AT = datetime(2026, 5, 18, 12, tzinfo=UTC)


def duty(code, *entries, at=AT):
    timeline = Timeline.of("amara", entries)
    duties = owed(timeline, at=at, nation="england", calendars=Calendars())
    return next(one for one in duties if one.code == code)


ARREST = Entry("a1", "amara", "police.arrest", AT, "Merseyside Police")
FOUND = Entry("f1", "amara", "missing.found", AT, "Merseyside Police")


def steps(code, one, at):
    return [(step.percent, step.to) for step in escalations(rules_of(code)[-1], one, at)]


def test_nobody_is_told_before_half_of_the_time_is_gone():
    assert steps("D-MIS-5", duty("D-MIS-5", FOUND), AT + timedelta(hours=35, minutes=59)) == []


def test_the_owner_is_reminded_half_way():
    assert steps("D-MIS-5", duty("D-MIS-5", FOUND), AT + timedelta(hours=36)) == [(50, "owner")]


def test_a_named_manager_is_told_at_the_limit_and_the_director_half_as_long_after():
    late = duty("D-MIS-5", FOUND, at=AT + timedelta(hours=72))
    assert steps("D-MIS-5", late, AT + timedelta(hours=72)) == [(50, "owner"), (100, "named manager")]
    assert steps("D-MIS-5", late, AT + timedelta(hours=108))[-1] == (150, "director")


def test_a_local_target_escalates_like_a_limit():
    assert steps("D-ARR-4", duty("D-ARR-4", ARREST), AT + timedelta(minutes=60))[-1] == (100, "named manager")


def test_what_is_met_escalates_no_further():
    interview = Entry("i1", "amara", "missing.return-interview", AT + timedelta(hours=80), "Knowsley", {"held": True})
    met = duty("D-MIS-5", FOUND, interview, at=AT + timedelta(hours=90))
    assert escalation_plan(rules_of("D-MIS-5")[-1], met) == ()


def test_what_has_no_date_yet_cannot_escalate():
    assert escalation_plan(rules_of("D-ARR-4-SCREEN")[-1], duty("D-ARR-4-SCREEN", ARREST)) == ()


def test_a_limit_that_is_a_day_is_reached_at_its_end():
    excluded = Entry("e1", "amara", "school.exclusion", date(2026, 5, 18), "Knowsley Academy", {"category": "PERM"})
    plan = escalation_plan(rules_of("D-EX-4")[-1], duty("D-EX-4", excluded))
    assert [step.at.isoformat() for step in plan] == [
        "2026-05-19T12:00:00+01:00", "2026-05-21T00:00:00+01:00", "2026-05-22T12:00:00+01:00"]
