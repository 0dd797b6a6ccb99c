"""A replay shows at every instant what a reading at that instant shows, and nothing that was told later."""

from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.living import nation_of
from sightline.domain.duties.owed import identity, owed_and_refused
from sightline.domain.lookback.history import History
from sightline.domain.lookback.looking_back import look_back
from sightline.domain.lookback.replaying import replay
from sightline.domain.signs.editions import TODAYS
from sightline.domain.signs.reading import read
from tests.generative.lives import CHILD, entry, instant, instants, invented, numbers

CALENDARS = Calendars()
KINDS = ("missing.reported", "missing.found", "school.exclusion", "police.arrest", "care.referral", "care.placement",
         "police.domestic-incident", "school.attendance", "record.withdrawn", "child.home", "child.born",
         "slavery.reasonable-grounds", "notice.sent", "decision.made")


def told_again(number: int, size: int) -> History:
    """Invent a life of which some events are told again otherwise, or withdrawn by who told them."""
    random = Random(number)
    life = list(invented(number, size, kinds=KINDS))
    for told in list(life):
        if random.random() < 0.2:
            later = max(told.known_from, instant(random))
            again = replace(entry(random, id_=told.id, kinds=KINDS), kind=told.kind, recorded_at=later)
            life.append(replace(again, kind="record.withdrawn", facts={}) if random.random() < 0.3 else again)
    return History.of(CHILD, life)


histories = st.builds(told_again, numbers, st.integers(0, 15))


@given(histories, instants, instants)
@settings(max_examples=15)
def test_a_replay_shows_at_an_instant_what_a_reading_at_it_shows(history: History, one: datetime, other: datetime):
    until, at = max(one, other), min(one, other)
    replayed = replay(history, until=until, editions=TODAYS, calendars=CALENDARS)
    timeline = history.known_at(at)
    reading = read(timeline, at=at)
    assert [shown.sign.code for shown in replayed.signs_at(at)] == sorted(sign.code for sign in reading.signs)
    owed = owed_and_refused(timeline, at=at, nation=nation_of(timeline), calendars=CALENDARS, reading=reading)
    standing = {identity(turned.duty): turned.duty.state for turned in replayed.duties_at(at)}
    assert standing == {identity(duty): duty.state for duty in owed.duties}


@given(histories, instants, instants)
@settings(max_examples=15)
def test_nothing_told_later_changes_what_could_be_seen_before(history: History, one: datetime, other: datetime):
    early, late = min(one, other), max(one, other)
    known = History.of(CHILD, [told for told in history.tellings if told.known_from <= early])
    then = replay(known, until=early, editions=TODAYS, calendars=CALENDARS)
    since = replay(history, until=late, editions=TODAYS, calendars=CALENDARS)
    begun = [(shown.sign, shown.seen_from) for shown in since.signs if shown.seen_from <= early]
    assert begun == [(shown.sign, shown.seen_from) for shown in then.signs]
    assert [turned for turned in since.turns if turned.at <= early] == list(then.turns)


@given(histories, instants)
@settings(max_examples=8)
def test_a_sign_rests_on_what_whoever_could_see_it_knew(history: History, until: datetime):
    back = look_back(history, until=until, calendars=CALENDARS)
    first = {told.id: told for told in reversed(history.tellings)}
    for shown in back.replayed.signs:
        assert all(first[id_].known_from <= shown.seen_from for id_ in shown.sign.because)
    for sight in back.sights:
        for knew in back.agencies:
            shown = sight.alone[knew.agency]
            if shown is not None:
                told = {entry.id: entry.known_from for entry in reversed(knew.history.tellings)}
                assert all(told[id_] <= shown.seen_from for id_ in shown.sign.because)


@given(histories, instants, instants)
@settings(max_examples=8)
def test_a_replay_that_begins_later_shows_the_same_from_then_on(history: History, one: datetime, other: datetime):
    since, until = min(one, other), max(one, other)
    whole = replay(history, until=until, editions=TODAYS, calendars=CALENDARS)
    later = replay(history, until=until, editions=TODAYS, calendars=CALENDARS, since=since)
    if history.arrivals and history.arrivals[0] <= since:
        assert [s.sign.code for s in later.signs_at(since)] == [s.sign.code for s in whole.signs_at(since)]
    after = [(s.sign.code, s.seen_from) for s in whole.signs if s.seen_from > since]
    assert [(s.sign.code, s.seen_from) for s in later.signs if s.seen_from > since] == after
    assert [s.sign.code for s in later.signs_at(until)] == [s.sign.code for s in whole.signs_at(until)]
