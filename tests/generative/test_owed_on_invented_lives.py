"""Whatever the life: duties are the same each time, end only by what was told, and are never due before they start."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.duties.calendar_file import read_calendar
from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.clock import hours
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.escalation import escalation_plan, escalations
from sightline.domain.duties.owed import identity, owed, owed_and_refused
from sightline.domain.vocabulary.duty import DutyState
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant, last_instant
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.duty_lives import INSTANTS, LAST, LIVES

AFTER = LAST + timedelta(days=12)
NATIONS = st.sampled_from(["england", "wales"])
USED = {kind for rule in RULES for kind in (*rule.started_by, *rule.met_by)} | {
    kind for rule in RULES for ending in rule.endings for kind in ending.by
} | {"record.withdrawn", "child.born", "child.home", "school.joined", "school.left", "school.attendance",
     "care.looked-after", "care.worker", "care.closed", "care.placement-ended"}


def asked(life, at=AFTER, nation="england", **more):
    return owed(life, at=at, nation=nation, calendars=Calendars(), **more)


@given(life=LIVES, at=INSTANTS, nation=NATIONS)
def test_no_valid_life_breaks_it_and_nothing_is_due_before_it_starts(life, at, nation):
    for duty in asked(life, at, nation):
        for due in (duty.due_at, duty.local_target_at):
            assert due is None or last_instant(due) >= first_instant(duty.started_at)
        assert (duty.state is DutyState.MET) <= (duty.met_by is not None)
        assert (duty.met_by is None) == (duty.met_at is None)
        assert duty.owed_by
        assert duty.owed_to


@given(life=LIVES)
def test_one_start_owes_one_duty_of_a_code_once(life):
    names = [identity(duty) for duty in asked(life)]
    assert len(names) == len(set(names))


@given(life=LIVES, random=st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(life, random):
    shuffled = list(life.entries)
    random.shuffle(shuffled)
    assert asked(Timeline.of("amara", shuffled)) == asked(life)


@given(life=LIVES)
def test_an_unrelated_entry_changes_nothing(life):
    related = Timeline.of("amara", (entry for entry in life if entry.kind in USED))
    assert asked(related) == asked(life)


@given(life=LIVES, days=st.integers(0, 400))
def test_what_has_ended_stays_ended_without_a_new_entry(life, days):
    before = {identity(duty): duty for duty in asked(life)}
    later = {identity(duty): duty for duty in asked(life, AFTER + timedelta(days=days))}
    assert set(before) == set(later)
    for name, duty in before.items():
        if duty.state in {DutyState.MET, DutyState.MISSED}:
            assert replace(later[name], look_again_at=None) == replace(duty, look_again_at=None)
        if duty.state is DutyState.LATE:
            assert later[name].state is DutyState.LATE


@given(life=LIVES)
def test_an_open_duty_says_when_to_look_again(life):
    told = [entry for entry in life if entry.ends <= LAST and (entry.until is None or entry.until <= AFTER)]
    quiet = Timeline.of("amara", (replace(entry, recorded_at=None) for entry in told))
    for duty in asked(quiet):
        if duty.state is DutyState.OPEN and duty.look_again_at is not None:
            then = {identity(other): other for other in asked(quiet, duty.look_again_at)}
            just_before = {identity(other): other
                           for other in asked(quiet, duty.look_again_at.astimezone(UTC) - timedelta(seconds=1))}
            assert then[identity(duty)].state in {DutyState.LATE, DutyState.MISSED}
            assert just_before[identity(duty)].state is DutyState.OPEN


@given(life=LIVES)
def test_a_new_edition_never_moves_a_limit_that_was_frozen(life):
    frozen = asked(life)
    faster = tuple(replace(rule, clock=hours(1), counting=None, edition="next") for rule in RULES)
    kept = {identity(duty): duty for duty in asked(life, rules=faster, frozen=frozen)}
    for duty in frozen:
        if duty.due_at is not None or duty.local_target_at is not None:
            now = kept[identity(duty)]
            limits = (duty.due_at, duty.local_target_at, duty.edition, duty.started_at)
            assert (now.due_at, now.local_target_at, now.edition, now.started_at) == limits


@given(life=LIVES)
def test_a_rule_that_has_not_commenced_starts_nothing(life):
    coming = tuple(replace(rule, commenced=False) for rule in RULES)
    assert asked(life, rules=coming) == ()


@given(life=LIVES, at=INSTANTS)
def test_escalation_only_grows_and_ends_when_the_duty_is_met(life, at):
    by_code = {rule.code: rule for rule in RULES}
    for duty in asked(life, at):
        plan = escalation_plan(by_code[duty.code], duty)
        due = escalations(by_code[duty.code], duty, at)
        assert due == plan[: len(due)]
        assert list(plan) == sorted(plan, key=lambda step: step.at)
        if duty.state is DutyState.MET:
            assert due == ()
        if duty.state is DutyState.LATE:
            assert [step.percent for step in due][:2] == [50, 100]


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers() | st.lists(st.none()))


@given(life=LIVES, junk=JUNK)
def test_facts_of_another_type_than_described_break_nothing(life, junk):
    told = (replace(entry, facts=dict.fromkeys(entry.facts, junk)) for entry in life)
    owed_and_refused(Timeline.of("amara", told), at=AFTER, nation="england", calendars=Calendars())


def exclusion(at):
    entry = Entry("e1", "amara", "school.exclusion", at, "Knowsley Academy", {"category": "PERM"})
    return Timeline.of("amara", [entry])


@given(years=st.integers(2029, 2100))
@settings(max_examples=10)
def test_a_missing_calendar_refuses_and_no_duty_is_lost_by_it(years):
    at = datetime(years, 5, 18, 9, tzinfo=UTC)
    with pytest.raises(CalendarEnds, match="No date can be given"):
        asked(exclusion(at), at)
    answer = owed_and_refused(exclusion(at), at=at, nation="england", calendars=Calendars())
    assert {refused.code for refused in answer.refused} == {"D-EX-4", "D-EX-6", "D-EX-8"}
    by_code = {duty.code: duty for duty in answer.duties}
    assert set(by_code) == {"D-EX-1", "D-EX-2", "D-EX-4", "D-EX-6", "D-EX-8"}
    for refused in answer.refused:
        duty = by_code[refused.code]
        assert (duty.state, duty.due_at, duty.local_target_at) == (DutyState.OPEN, None, at + timedelta(hours=24))
        assert "No date can be given" in duty.explanation
        assert "A person must say by when it is due" in duty.explanation


NO_TERMS = Calendars(usual=lambda nation: read_calendar(
    '{"name": "one term of long ago", "terms": [{"name": "autumn", "first": "2013-09-03", "last": "2013-12-20"}]}',
    nation=nation))


@given(life=LIVES, at=INSTANTS, nation=NATIONS)
def test_the_end_of_a_calendar_takes_no_duty_away(life, at, nation):
    known = owed_and_refused(life, at=at, nation=nation, calendars=Calendars())
    ended = owed_and_refused(life, at=at, nation=nation, calendars=NO_TERMS)
    assert {identity(duty) for duty in known.duties} <= {identity(duty) for duty in ended.duties}
    refused = {(one.code, one.started_by) for one in ended.refused}
    before = {identity(duty): duty for duty in known.duties}
    for duty in ended.duties:
        if identity(duty) not in refused:
            assert duty == before[identity(duty)]
        else:
            assert duty.due_at is None
            assert duty.state is not DutyState.MISSED
            assert "A person must say" in duty.explanation


@given(life=LIVES)
def test_a_limit_that_was_counted_stays_when_its_calendar_is_gone(life):
    frozen = asked(life)
    kept = {identity(duty): duty for duty in owed_and_refused(
        life, at=AFTER, nation="england", calendars=NO_TERMS, frozen=frozen).duties}
    for duty in frozen:
        if duty.due_at is not None and not duty.estimated:
            assert kept[identity(duty)].due_at == duty.due_at
