"""A duty keeps its name and its limit; it goes only when its ground goes; signs must be of the same timeline."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.domain.duties.calendar_file import read_calendar
from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.clock import working
from sightline.domain.duties.looking import ReadingOfAnotherTimeline
from sightline.domain.duties.nations import Nation, UnknownNation
from sightline.domain.duties.owed import identity, owed
from sightline.domain.duties.standing import met_late
from sightline.domain.vocabulary.duty import DutyState
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.sign import Attention, Family, Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline

AT = datetime(2026, 5, 19, 12, tzinfo=UTC)
EXCLUDED = Entry("e1", "amara", "school.exclusion", date(2026, 5, 18), "Knowsley Academy",
                 {"category": "PERM", "school": "Knowsley Academy"})
DECIDED = Entry("d1", "amara", "decision.made", AT, "Knowsley", {"about": "e1", "outcome": "seen", "reasons": "talked"})


def asked(*entries, at=AT, nation="england", calendars=None, **more):
    duties = owed(Timeline.of("amara", entries), at=at, nation=nation, calendars=calendars or Calendars(), **more)
    return {identity(duty): duty for duty in duties}


def test_the_limit_stays_when_a_new_edition_gives_more_time():
    before = asked(EXCLUDED)
    longer = tuple(replace(rule, clock=working(10), edition="2027.1") if rule.code == "D-EX-4" else rule
                   for rule in RULES)
    kept = asked(EXCLUDED, rules=longer, frozen=before.values())["D-EX-4", "e1"]
    assert (kept.local_target_at, kept.edition) == (date(2026, 5, 20), "2026.1")
    assert kept.explanation.startswith("As counted under edition 2026.1: the end of 20 May 2026.")
    new = asked(EXCLUDED, rules=longer)["D-EX-4", "e1"]
    assert (new.local_target_at, new.edition) == (date(2026, 6, 2), "2027.1")


def test_an_estimated_limit_is_replaced_when_the_school_gives_its_calendar():
    estimated = asked(EXCLUDED)["D-EX-6", "e1"]
    text = "kind,name,first,last\nterm,summer,2026-04-13,2026-07-17\nclosure,training day,2026-05-20,2026-05-20\n"
    calendars = Calendars(schools={"Knowsley Academy": read_calendar(text, nation=Nation.ENGLAND)})
    known = asked(EXCLUDED, calendars=calendars, frozen=[estimated])["D-EX-6", "e1"]
    assert (estimated.due_at, estimated.estimated) == (date(2026, 6, 1), True)
    assert (known.due_at, known.estimated) == (date(2026, 5, 27), False)


def test_a_duty_without_a_date_gets_one_when_the_event_is_told():
    arrest = Entry("a1", "amara", "police.arrest", AT, "Merseyside Police")
    interview = Entry("i1", "amara", "police.interview", AT + timedelta(hours=9), "Merseyside Police")
    before = asked(arrest)
    after = asked(arrest, interview, at=AT + timedelta(hours=10), frozen=before.values())["D-ARR-4-SCREEN", "a1"]
    assert (after.local_target_at, after.state) == (interview.at, DutyState.MISSED)


def test_a_duty_whose_entry_is_withdrawn_is_no_longer_given():
    withdrawn = Entry("x1", "amara", "record.withdrawn", AT, "Knowsley Academy", {"withdraws": ["e1"]})
    assert asked(EXCLUDED, withdrawn) == {}


def test_met_late_is_met_and_says_so():
    late = replace(DECIDED, at=AT + timedelta(days=3))
    screen = asked(EXCLUDED, late, at=AT + timedelta(days=4))["D-EX-4", "e1"]
    assert (screen.state, screen.met_by, met_late(screen)) == (DutyState.MET, "d1", True)
    assert "Met late by d1" in screen.explanation
    assert not met_late(asked(EXCLUDED, DECIDED)["D-EX-4", "e1"])


def test_an_instant_that_comes_twice_when_clocks_go_back_is_compared_by_its_offset():
    arrest = Entry("a1", "amara", "police.arrest", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Merseyside Police")
    due = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    first_half_past_one = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON, fold=0)
    referral = asked(arrest, at=first_half_past_one)["D-ARR-4", "a1"]
    assert referral.local_target_at.astimezone(UTC) == due.astimezone(UTC)
    assert referral.state is DutyState.OPEN
    assert asked(arrest, at=due)["D-ARR-4", "a1"].state is DutyState.LATE


def test_the_nation_must_be_known():
    with pytest.raises(UnknownNation):
        asked(EXCLUDED, nation="atlantis")


def sign(*because):
    day = date(2026, 5, 18)
    return Sign("C05", Family.EDUCATION, True, "Excluded", because, (), day, day, "1", "", False)


@pytest.mark.parametrize(("child", "because"), [("amara", "e9"), ("carol", "e1")])
def test_signs_of_another_timeline_are_refused(child, because):
    reading = Reading(child, AT, (sign(because),), Attention.NOW, "", 1, None)
    with pytest.raises(ReadingOfAnotherTimeline, match="another timeline"):
        asked(EXCLUDED, reading=reading)


def test_a_look_is_named_by_the_evidence_that_asked_for_it():
    reading = Reading("amara", AT, (sign("e1"),), Attention.NOW, "", 1, None)
    look = asked(EXCLUDED, reading=reading)["D-LOOK-1", "e1"]
    assert look.state is DutyState.LATE
    assert "Asked for by C05." in look.explanation
