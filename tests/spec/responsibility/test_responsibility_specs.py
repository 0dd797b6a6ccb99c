"""Every case of every rule of responsibility, R1 to R21: exactly one owner, and who is responsible for the rest."""

from dataclasses import asdict
from pathlib import Path

import pytest
from gazetteer import GAZETTEER

from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import read_facts
from sightline.domain.responsibility.rules import NOTES, RULES
from sightline.interfaces.printed.responsibility_spec import read_rule_specs, said

SPECS = read_rule_specs(Path(__file__).parent)
CASES = [(spec.code, case) for spec in SPECS for case in spec.cases]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}: {case.title}" for code, case in CASES])
def test_the_answer_is_as_the_spec_says(code, case):
    given = asdict(answer(read_facts(case.facts, GAZETTEER)))
    assert case.expected, "a case without an expectation tests nothing"
    assert said(given, case.expected) == case.expected


def test_every_rule_from_1_to_21_has_a_spec_of_at_least_four_cases():
    codes = [f"R{number}" for number in range(1, 22)]
    assert [spec.code for spec in SPECS] == codes
    assert {rule.code for rule in RULES} | {note.code for note in NOTES} == set(codes)
    assert [spec.code for spec in SPECS if len(spec.cases) < 4] == []


def test_every_source_that_a_rule_cites_is_listed():
    assert {key for rule in RULES for key in rule.sources} <= set(SOURCES)


def test_every_rule_that_names_an_owner_is_reached_by_its_own_spec():
    reached = {answer(read_facts(case.facts, GAZETTEER)).rule for _, case in CASES}
    assert {rule.code for rule in RULES} == reached
