"""Vulnerabilities are shown with their entries, are no signs, and change nothing that a rule says."""

import ast
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from hypothesis import given, settings

from sightline.domain.signs.reading import read
from sightline.domain.signs.vulnerabilities import TOLD_BY, vulnerabilities
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline
from sightline.reference.codes import cin_codes
from tests.generative.lives import any_lives, instants, numbers
from tests.house.source import modules

FACTORS = ["1A", "2A", "3A", "3B", "4A", "5A", "6A", "7A", "9A", "13A", "16A", "19C"]


def told(id_: str, kind: str, on: date, **facts: object) -> Entry:
    return Entry(id_, "Amara", kind, on, "somebody", facts)


def test_each_names_the_entries_that_tell_it_the_newest_first():
    entries = [told("x1", "school.exclusion", date(2025, 3, 1)), told("x2", "school.exclusion", date(2026, 3, 1)),
               told("a1", "care.assessment", date(2026, 1, 1), factors=["3B", "5A"]),
               told("p1", "care.plan", date(2024, 1, 1), type="Child protection"),
               told("p2", "care.plan", date(2024, 1, 1), type="Child in need"),
               told("l1", "care.looked-after", date(2024, 2, 1)), told("n1", "notice.sent", date(2026, 1, 1))]
    assert {v.words: [e.id for e in v.entries] for v in vulnerabilities(entries)} == {
        "A child protection plan, now or earlier": ["p1"], "Looked after by a council, now or earlier": ["l1"],
        "Domestic abuse at home": ["a1"], "Excluded or suspended from school": ["x2", "x1"],
        "Learning disability, by an assessment": ["a1"]}
    assert vulnerabilities([]) == []


def test_each_can_be_told_and_the_codes_are_those_of_the_census():
    every = [told(f"f{code}", "care.assessment", date(2026, 1, 1), factors=[code]) for code in FACTORS]
    kinds = ("care.looked-after", "police.arrest", "school.exclusion")
    every += [told(kind, kind, date(2026, 1, 1)) for kind in kinds]
    every.append(told("plan", "care.plan", date(2026, 1, 1), type="child protection"))
    every.append(told("need", "school.need", date(2026, 1, 1), provision="support"))
    assert {v.words for v in vulnerabilities(every)} == set(TOLD_BY)
    assert set(FACTORS) <= set(cin_codes("assessmentfactors"))


@settings(max_examples=60, deadline=None)
@given(any_lives, instants, numbers)
def test_they_change_no_sign_and_no_attention(life: Timeline, at: datetime, number: int):
    """Other factors, a council that looks after the child, a plan: every rule says what it said before.

    The plan is from long before, because to plan for a child is also an answer to what was referred just then.
    """
    random = Random(number)
    more = [told("v1", "care.looked-after", date(2024, 10, 1)),
            told("v2", "care.plan", date(2010, 1, 1), type="child protection")]
    other = [replace(entry, facts={**entry.facts, "factors": random.sample(FACTORS, 4)})
             if entry.kind == "care.assessment" else entry for entry in life]
    vulnerable = Timeline.of(life.child, [*other, *(replace(one, child=life.child) for one in more)])
    before, after = read(life, at=at), read(vulnerable, at=at)
    assert (after.signs, after.attention, after.families) == (before.signs, before.attention, before.families)


def test_no_rule_can_read_them():
    readers = {one.name for one in modules("sightline") if "signs.vulnerabilities" in ast.unparse(one.tree)}
    assert readers == {"sightline.interfaces.web.child.pages", "sightline.interfaces.web.child.showing"}


def test_without_a_sign_a_vulnerable_child_asks_for_no_look():
    life = Timeline.of("Amara", [told("v1", "care.looked-after", date(2024, 10, 1)),
                                 told("v3", "care.assessment", date(2026, 4, 1), factors=FACTORS)])
    assert vulnerabilities(life)
    assert read(life, at=datetime(2026, 5, 1, tzinfo=UTC)).signs == ()
