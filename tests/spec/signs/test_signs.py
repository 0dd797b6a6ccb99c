"""Every rule does what its worked cases say, and has the cases that a rule must have."""

from pathlib import Path

import pytest

from sightline.domain.signs.cases import Case, CaseUnreadable, broken, read_cases, read_places
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.rule import Rule

HERE = Path(__file__).parent
PLACES = read_places((HERE / "places.md").read_text(encoding="utf-8"))
CASES = {
    path.stem: read_cases(path.read_text(encoding="utf-8"), places=PLACES)
    for path in sorted(HERE.glob("*.md")) if path.stem != "places"
}
MUST_HAVE = ("Fires", "Just misses", "Wrong child", "Known only later")


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in CASES.items() for case in cases],
    ids=lambda value: value.title if isinstance(value, Case) else value)
def test_the_rule_does_what_the_case_says(code: str, case: Case):
    assert broken(case, rule=BY_CODE[code], rules=RULES) == []


def test_every_rule_has_its_cases_and_every_file_its_rule():
    assert set(CASES) == set(BY_CODE)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_has_at_least_a_case_of_each_kind(code: str):
    kinds = {case.title.partition(":")[0] for case in CASES[code]}
    assert kinds == set(MUST_HAVE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_case_that_expects_the_wrong_thing_is_found_out(rule: Rule):
    for case in CASES[rule.code]:
        for expected in case.expectations:
            other = case.text.replace(expected.text, f"At {expected.text[3:].partition(': ')[0]}: shown because nobody.")
            changed = read_cases(f"## {case.title}\n{other}", places=PLACES)[0]
            assert broken(changed, rule=rule, rules=RULES)


@pytest.mark.parametrize("text", [
    "## No table\nAt 2026-05-01: not shown.",
    "## No expectation\n| entry | what | when |\n|---|---|---|\n| a | police.arrest | 2026-05-01 |",
    "## No such kind\n| entry | what | when |\n|---|---|---|\n| a | police.tea | 2026-05-01 |\n\nAt 2026-05-01: not shown.",
    "## No such column\n| entry | mood |\n|---|---|\n| a | fine |\n\nAt 2026-05-01: not shown.",
    "## Too few cells\n| entry | what | when |\n|---|---|---|\n| a | police.arrest |\n\nAt 2026-05-01: not shown.",
    "## No day\n| entry | what | when |\n|---|---|---|\n| a | police.arrest | soon |\n\nAt 2026-05-01: not shown.",
    "## No fact\n| entry | what | when | facts |\n|---|---|---|---|\n| a | police.arrest | 2026-05-01 | hat=red |\n\n"
    "At 2026-05-01: not shown.",
    "## No sense\n| entry | what | when |\n|---|---|---|\n| a | police.arrest | 2026-05-01 |\n\nAt 2026-05-01: perhaps.",
])
def test_a_case_that_cannot_be_read_is_refused_in_words(text: str):
    with pytest.raises(CaseUnreadable):
        read_cases(text, places=PLACES)
