"""A number that an area may set changes nothing as it stands, something when it is another, and is never absurd."""

from dataclasses import replace
from inspect import signature
from pathlib import Path

import pytest

from sightline.domain.signs.cases import broken, read_cases, read_places
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.local import assure, rules_of
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import Bounds, NotSettable, bounds_of
from sightline.domain.vocabulary.sign import Family

SIGNS = Path(__file__).parent.parent / "signs"
PLACES = (SIGNS / "places.md").read_text(encoding="utf-8")
SET = tuple(rule for rule in RULES if rule.numbers is not None)
NUMBERS = [(rule, one) for rule in SET for one in bounds_of(rule.numbers)]
NONE = frozenset({
    "C01", "C05", "C11", "C13", "C14", "C17", "C18", "C19", "C21", "C22", "C23", "C24", "C28", "X01", "X02", "X03",
    "X05", "X06", "X07", "X08", "X09", "H02", "H03", "H05", "H06", "O02", "O03", "O04"})
"""Signs that count nothing within a window, or by definitions alone. Whoever adds a sign decides of it here."""
SOONER_ONLY = frozenset({"C26", "O01"})
"""Signs that tell what agencies did not do."""


def named(value: object) -> str | None:
    return value.code if isinstance(value, Rule) else value.name if isinstance(value, Bounds) else None


def told(rule: Rule) -> str:
    return (SIGNS / f"{rule.code}.md").read_text(encoding="utf-8")


def changes(rule: Rule, name: str, value: int) -> bool:
    """Tell whether any worked case of the sign comes out otherwise where the number is another one."""
    changed = rule.with_numbers({name: value})
    rules = tuple(changed if one is rule else one for one in RULES)
    return any(broken(case, rule=changed, rules=rules) for case in read_cases(told(rule), places=read_places(PLACES)))


@pytest.mark.parametrize(("rule", "one"), NUMBERS, ids=named)
def test_a_number_changes_what_is_found_within_its_bounds_and_is_refused_beyond_them(rule: Rule, one: Bounds):
    assert not changes(rule, one.name, one.default)
    assert any(changes(rule, one.name, value) for value in {one.least, one.most} - {one.default})
    for value in (one.least - 1, one.most + 1, 0, -1, 10**9, True, str(one.default), float(one.default), None):
        with pytest.raises(NotSettable) as refused:
            rule.with_numbers({one.name: value})
        said = str(refused.value)
        assert said == f"“{one.name}” ({one.means}) must be a whole number from {one.least} to {one.most}: {one.why}"


@pytest.mark.parametrize("rule", SET, ids=named)
def test_a_local_reading_with_the_national_numbers_shows_what_the_national_sign_shows(rule: Rule):
    first = next(bounds_of(rule.numbers))
    text = (f"area = 'Knowsley'\nedition = '1'\nfrom = 2026-12-01\nbecause = 'x'\nplaces = '''{PLACES}'''\n"
            f"[[changed]]\nsign = '{rule.code}'\nnumbers = {{ {first.name} = {first.default} }}\nbecause = 'x'\n"
            f"cases = '''{told(rule)}'''\n")
    # Of H01, where one incident is a sign, and a few others the case that just misses shows something less.
    assert [fault for fault in assure(text) if not fault.endswith("it says that the sign is shown")] == []
    (local,) = rules_of(text)
    assert (local.critical, local.family, local.narrow) == (False, rule.family, False)


@pytest.mark.parametrize("rule", SET, ids=named)
def test_the_numbers_of_a_rule_are_those_with_which_it_finds(rule: Rule):
    assert signature(rule.find).parameters["numbers"].default is rule.numbers


def test_of_every_sign_it_is_decided_whether_an_area_may_set_a_number():
    assert {rule.code for rule in SET} | NONE == {rule.code for rule in RULES if not rule.code.startswith("F")}
    assert not {rule.code for rule in SET} & NONE
    assert {rule.code for rule in SET if rule.critical} == {"C02"}, "its own reading of it is never critical"


def test_what_agencies_did_not_do_is_seen_sooner_in_an_area_and_never_later():
    assert {rule.code for rule in SET if rule.family is Family.SYSTEM} <= SOONER_ONLY
    for rule in (rule for rule in SET if rule.code in SOONER_ONLY):
        for case in read_cases(told(rule), places=read_places(PLACES)):
            shown = replace(case, expectations=tuple(one for one in case.expectations if one.because))
            for one in bounds_of(rule.numbers):
                for value in (one.least, one.most):
                    changed = rule.with_numbers({one.name: value})
                    rules = tuple(changed if each is rule else each for each in RULES)
                    assert not [fault for fault in broken(shown, rule=changed, rules=rules) if "not shown" in fault]
