"""Whatever is told of an offender, the clocks keep their promises, and agree with a slow count of single days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.offenders.absence import absences
from sightline.domain.offenders.changing import changes_on
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Notice, Spell
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.requirement import State
from sightline.domain.offenders.rule import Away, Matter
from sightline.domain.offenders.rules import ADVANCE, FIRST, HOME, NOTIFICATION, QUALIFYING_DAYS, WEEK, YEAR
from sightline.domain.offenders.staying import reached
from tests.generative.offender_lives import DAYS, EVENTS, LIVES, NOTICES, STAYS, some

DONE = (State.MET, State.MET_LATE)
NUMBERS = {rule.code: rule.clock.number for rule in NOTIFICATION}


def by_key(found):
    return {(one.code, one.began_on, one.about): one for one in found.requirements}


@given(LIVES, DAYS)
def test_any_facts_give_clocks_or_are_refused_in_words(facts, on):
    found = clocks(facts, on=on)
    for one in found.requirements:
        assert one.because.endswith(".")
        assert one.met_on is None or one.met_on <= on
        if one.last_day is not None and not one.rule.days_ahead:
            assert one.last_day >= one.began_on
        if one.state is State.RUNNING:
            assert (one.days, one.last_day >= on) == ((one.last_day - on).days, True)
        if one.state is State.MISSED:
            assert one.last_day < on
            assert one.days == (one.last_day - on).days < 0
        if one.state is State.STOPPED:
            assert one.last_day is None
            assert one.waits is not None
    assert all(refused.because.endswith(".") for refused in found.refused)
    assert len(by_key(found)) == len(found.requirements)


@given(LIVES, DAYS, st.randoms())
def test_the_order_of_facts_and_their_repetition_change_nothing(facts, on, chance):
    other = []
    for told in facts[:5]:
        again = [*told, *told[:2]]
        chance.shuffle(again)
        other.append(tuple(again))
    assert clocks(Facts(*other, facts.nation), on=on) == clocks(facts, on=on)


@given(LIVES, DAYS, st.integers(1, 400))
def test_what_was_met_stays_met_and_what_was_missed_never_runs_again_when_time_passes(facts, on, days):
    # Spells that lie ahead, wholly or with their end, are taken out: being away moves a last day when it comes.
    away = tuple(spell for spell in facts.away
                 if spell.from_on <= on and (spell.until_on is None or spell.until_on <= on))
    facts = facts._replace(away=away, notices=tuple(one for one in facts.notices if one.on <= on),
                           events=tuple(one for one in facts.events if one.on <= on))
    before, after = by_key(clocks(facts, on=on)), by_key(clocks(facts, on=on + timedelta(days=days)))
    for key, one in before.items():
        assert key in after
        assert after[key].last_day == one.last_day
        if one.state in (*DONE, State.MISSED):
            assert (after[key].state, after[key].met_on) == (one.state, one.met_on)


@given(LIVES, some(EVENTS), some(NOTICES), some(STAYS), DAYS)
def test_nothing_told_later_makes_the_last_day_of_the_same_requirement_later_except_being_away(
        facts, events, notices, stays, on):
    events = tuple(event for event in events if event.matter is not Matter.RELEASE)
    more = facts._replace(events=facts.events + events, notices=facts.notices + notices, stays=facts.stays + stays)
    before, after = by_key(clocks(facts, on=on)), by_key(clocks(more, on=on))
    for key in before.keys() & after.keys():
        assert after[key].last_day == before[key].last_day
        if before[key].state is State.MET:
            assert after[key].state is State.MET


@given(LIVES, DAYS)
def test_days_away_that_are_not_counted_agree_with_a_count_of_single_days(facts, on):
    away = absences(facts.away, [e for e in facts.events if e.matter is Matter.RELEASE], on=on, refused=[])

    def gone(day):
        return any(run.from_on <= day and (run.until_on is None or day < run.until_on) for run in away.gone)

    for one in clocks(facts, on=on).requirements:
        if one.rule.away is not Away.NOT_COUNTED:
            continue
        day, left = one.began_on, NUMBERS[one.code]
        for _ in range(3000):
            left -= not gone(day)
            if left == 0:
                break
            day += timedelta(days=1)
        assert one.last_day == (day if left == 0 else None)


@given(LIVES, DAYS)
def test_a_year_or_week_ends_while_away_only_if_nobody_knows_the_return(facts, on):
    away = absences(facts.away, [e for e in facts.events if e.matter is Matter.RELEASE], on=on, refused=[])
    for one in clocks(facts, on=on).requirements:
        if one.rule in (YEAR, WEEK) and one.last_day is not None:
            assert not any(run.from_on <= one.last_day and (run.until_on is None or one.last_day < run.until_on)
                           for run in away.gone)


@given(some(STAYS), DAYS)
def test_the_total_of_stays_agrees_with_a_count_of_every_day(stays, on):
    expected = set()
    for address in {stay.address for stay in stays}:
        days = sorted({stay.from_on + timedelta(days=number) for stay in stays if stay.address == address
                       for number in range(((stay.until_on or on + timedelta(days=1)) - stay.from_on).days)
                       if stay.from_on + timedelta(days=number) <= on})
        for day in days:
            leap_day = (day.month, day.day) == (2, 29)
            year_before = date(day.year - 1, day.month, 28 if leap_day else day.day)
            if len([one for one in days if year_before < one <= day]) >= QUALIFYING_DAYS:
                expected.add((address, day))
                break
    assert {(one.address, one.on) for one in reached(stays, on=on, refused=[])} == expected


@given(LIVES, DAYS)
def test_nothing_stands_otherwise_before_the_day_that_is_said(facts, on):
    found = clocks(facts, on=on)
    changes = changes_on(facts, found, on=on)

    def standing(one):
        return [(one.code, one.began_on, one.about, one.last_day, one.met_on, one.state, one.because)
                for one in one.requirements], one.refused

    last = min(changes, on + timedelta(days=40)) if changes else on + timedelta(days=40)
    for number in range(1, (last - on).days):
        assert standing(clocks(facts, on=on + timedelta(days=number))) == standing(found)


@given(DAYS, st.integers(0, 5), st.integers(0, 5))
def test_an_advance_notice_holds_from_two_days_early_to_the_end_of_the_third_day(expected, early, late):
    told = Notice(Matter.HOME, expected - timedelta(days=20), "A", expected)
    for moved in (expected - timedelta(days=early), expected + timedelta(days=late)):
        found = clocks(Facts((Event(Matter.HOME, moved, "A"),), (told,)), on=expected + timedelta(days=60))
        states = {one.rule: one.state for one in found.requirements}
        holds = -2 <= (moved - expected).days <= 2
        assert states[HOME] is (State.MET if holds else State.MISSED)
        assert (ADVANCE in states) == ((moved - expected).days > 2)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_what_begins_in_custody_has_its_last_day_three_days_from_the_release(began, before, after):
    spell = Spell(AwayKind.CUSTODY, began - timedelta(days=before), began + timedelta(days=after + 1))
    found = clocks(Facts((Event(Matter.FIRST, began),), away=(spell,)), on=began + timedelta(days=100))
    assert {one.rule: one.last_day for one in found.requirements}[FIRST] == spell.until_on + timedelta(days=2)
