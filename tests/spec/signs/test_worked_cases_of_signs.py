"""Every rule does what its worked cases say, and has the cases that a rule must have."""

from dataclasses import replace
from pathlib import Path

import pytest

from sightline.domain.signs.cases import CHILD, Case, CaseUnreadable, broken, read_cases, read_places
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.vocabulary.timeline import Timeline

HERE = Path(__file__).parent
PLACES = read_places((HERE / "places.md").read_text(encoding="utf-8"))
CASES = {
    path.stem: read_cases(path.read_text(encoding="utf-8"), places=PLACES)
    for path in sorted(HERE.glob("*.md")) if path.stem != "places"
}
NEIGHBOURS = ("Bilal", "Chloe")
"""Who belongs to the child's circle, in the cases of signs that read it; whoever else is named is a wrong child."""
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


def test_a_wrong_child_case_would_come_out_otherwise_for_the_right_child():
    for code, cases in CASES.items():
        for case in (case for case in cases if case.title.startswith("Wrong child")):
            hers = Timeline.of(CHILD, [entry if entry.child in NEIGHBOURS else replace(entry, child=CHILD)
                                       for entry in case.timeline])
            assert broken(replace(case, timeline=hers), rule=BY_CODE[code], rules=RULES), case.title


def test_a_known_only_later_case_would_come_out_otherwise_had_it_been_known_at_once():
    for code, cases in CASES.items():
        for case in (case for case in cases if case.title.startswith("Known only later")):
            at_once = Timeline.of(CHILD, [replace(entry, recorded_at=None) for entry in case.timeline
                                          if entry.kind != "record.withdrawn"])
            assert broken(replace(case, timeline=at_once), rule=BY_CODE[code], rules=RULES), case.title


def test_a_case_that_expects_the_wrong_thing_is_found_out():
    for code, cases in CASES.items():
        for case in cases:
            wrong = replace(case, expectations=tuple(replace(e, because=("nobody",)) for e in case.expectations))
            assert len(broken(wrong, rule=BY_CODE[code], rules=RULES)) == len(case.expectations)


def table(*, header: str = "entry | what | when | facts", row: str = "a | police.arrest | 2026-05-01 | ") -> str:
    return f"| {header} |\n|---|---|---|---|\n| {row} |\n\n"


@pytest.mark.parametrize("text", [
    "At 2026-05-01: not shown.",
    table(),
    table() + "At 2026-05-01: perhaps.",
    table() + "At 2026-05-01: not shown; mood fine.",
    table() + "At the weekend: not shown.",
    table(header="entry | what | when | mood") + "At 2026-05-01: not shown.",
    table(row="a | police.arrest | 2026-05-01") + "At 2026-05-01: not shown.",
    table(row="a | police.tea | 2026-05-01 | ") + "At 2026-05-01: not shown.",
    table(row="a | police.arrest | soon | ") + "At 2026-05-01: not shown.",
    table(row="a | police.arrest | 2026-05-01 | hat=red") + "At 2026-05-01: not shown.",
    table(row="a | police.arrest | 2026-05-01 | suspect=perhaps") + "At 2026-05-01: not shown.",
    table(row="a | school.exclusion | 2026-05-01 | sessions=many") + "At 2026-05-01: not shown.",
])
def test_a_case_that_cannot_be_read_is_refused(text: str):
    read_cases("## Good\n" + table() + "At 2026-05-01: not shown.", places=PLACES)
    with pytest.raises(CaseUnreadable):
        read_cases("## Bad\n" + text, places=PLACES)
