"""Whatever is told, of whatever kind: a row that is not in force, or not there and then, starts nothing.

Every row is tried as it stands, and with every kind of entry as what would start it, whatever its claim says.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES, rules_of
from sightline.domain.duties.claims.acts import always
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.owed import owed_and_refused
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Attention, Family, Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.duty_lives import LAST, LIVES

AFTER = LAST + timedelta(days=12)
BEFORE_ALL, AFTER_ALL = date(2025, 9, 1), date(2026, 9, 1)
COMING = tuple(rule for rule in RULES if not rule.commenced)
WAITING = tuple(rule for rule in RULES if rule.commenced and rule.waits_for is not None)


def one_of_each_kind():
    """Tell something of every kind, a day apart, away from home; some of it said to come."""
    begin = datetime(2026, 1, 5, 9, tzinfo=UTC)
    facts = {"authority": "Wandsworth", "type": "K2", "category": "PERM", "decision": "strategy discussion",
             "possible": 20, "unauthorised": 20, "held": True, "receiver_is": "council", "duty": "D-OOC-2"}
    return Timeline.of("amara", (
        Entry(f"e{number}", "amara", kind, begin + timedelta(days=number), "Knowsley",
              {fact.key: facts[fact.key] for fact in KINDS[kind].facts if fact.key in facts},
              until=begin + timedelta(days=number, hours=2), place=Place(council="Blackpool", force="Lancashire"))
        for number, kind in enumerate(sorted(KINDS))))


def signs_of(life):
    """Give a reading in which every entry made a critical sign."""
    signs = tuple(Sign("C02", Family.MOVEMENT, True, "C02", (entry.id,), (), entry.at, entry.at, "1", "", False)
                  for entry in life if entry.known_from <= AFTER and first_instant(entry.at) <= AFTER)
    return Reading("amara", AFTER, signs, Attention.NOW, "", 1, None)


def started(life, rules, nation=Nation.ENGLAND):
    reading = signs_of(life)
    answer = owed_and_refused(
        life, at=AFTER, nation=nation, calendars=Calendars(), reading=reading if reading.signs else None, rules=rules)
    return {(duty.code, duty.started_by) for duty in answer.duties} | {
        (refused.code, refused.started_by) for refused in answer.refused}


def by_anything(rule, **changed):
    """Let every kind of entry start the row."""
    return replace(rule, started_by=tuple(KINDS), when=always, counting=None, with_signs=False, **changed)


def test_the_lives_that_are_tried_would_start_every_row_that_may_start():
    told = one_of_each_kind()
    for rule in RULES:
        if Nation.ENGLAND in rule.nations and rule.holds_on(date(2026, 2, 1)):
            assert started(told, (by_anything(rule, commenced=True, waits_for=None),)), rule.code


@pytest.mark.parametrize("rule", COMING + WAITING, ids=lambda rule: rule.code)
def test_a_row_that_has_not_commenced_or_waits_starts_by_no_kind_of_entry(rule):
    told = one_of_each_kind()
    for nation in Nation:
        assert started(told, (rule,), nation) == set()
        assert started(told, (by_anything(rule),), nation) == set()


@given(life=LIVES, nation=st.sampled_from(Nation))
def test_no_row_starts_that_has_not_commenced_whatever_its_kind_and_claim(life, nation):
    assert started(life, tuple(replace(rule, commenced=False) for rule in RULES), nation) == set()
    assert started(life, tuple(by_anything(rule, commenced=False) for rule in RULES), nation) == set()


@given(life=LIVES, nation=st.sampled_from(Nation))
def test_no_row_starts_in_a_nation_where_it_is_no_law(life, nation):
    assert {code for code, _ in started(life, RULES, nation)} <= {
        rule.code for rule in RULES if nation in rule.nations}
    elsewhere = tuple(by_anything(rule, nations=rule.nations - {nation}, commenced=True) for rule in RULES)
    assert started(life, elsewhere, nation) == set()


@given(life=LIVES)
def test_no_row_starts_by_what_was_before_or_after_its_time(life):
    over = tuple(by_anything(rule, valid_from=date(2000, 1, 1), valid_to=BEFORE_ALL) for rule in RULES)
    to_come = tuple(by_anything(rule, valid_from=AFTER_ALL, valid_to=None) for rule in RULES)
    assert started(life, over) == set()
    assert started(life, to_come) == set()


@given(life=LIVES, nation=st.sampled_from(Nation))
def test_what_is_owed_rests_on_a_row_in_force_there_and_then(life, nation):
    """Ask with the signs that the life really shows."""
    reading = read(life, at=AFTER)
    answer = owed_and_refused(life, at=AFTER, nation=nation, calendars=Calendars(), reading=reading)
    days = {entry.id: entry.on for entry in life}
    for duty in answer.duties:
        rows = rules_of(duty.code)
        assert [row for row in rows if row.starts and nation in row.nations and (
            row.holds_on(days[duty.started_by]) or row.holds_on(day_of(duty.started_at)))], duty.code
