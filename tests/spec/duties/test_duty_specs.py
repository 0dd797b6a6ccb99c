"""Every case of every duty's spec: what must be owed, by whom, until when, and in which state."""

from datetime import date
from pathlib import Path

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.owed import owed
from sightline.domain.duties.standing import met_late
from sightline.interfaces.printed.duty_spec import SpecUnreadable, read_specs

SPECS = read_specs(Path(__file__).parent)
CASES = [(spec.code, case) for spec in SPECS for case in spec.cases]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}: {case.title}" for code, case in CASES])
def test_the_duty_stands_as_its_spec_says(code, case):
    duties = owed(case.timeline, at=case.at, nation=case.nation, calendars=Calendars(), reading=case.reading)
    of_code = [duty for duty in duties if duty.code == code]
    expected = [wanted for wanted in case.expected if wanted["state"] != "none"]
    assert case.expected, "a case without an expectation tests nothing"
    assert [said(duty, wanted) for duty, wanted in zip(of_code, expected, strict=True)] == expected


def said(duty, wanted):
    return {key: words(duty, key) for key in wanted}


def words(duty, key):
    if key == "late":
        return "yes" if met_late(duty) else "no"
    value = getattr(duty, {"due": "due_at", "target": "local_target_at"}.get(key, key))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def test_every_duty_that_can_start_has_a_spec_of_at_least_four_cases():
    cases = {spec.code: len(spec.cases) for spec in SPECS}
    assert set(cases) == {rule.code for rule in RULES if rule.starts}
    assert {code: number for code, number in cases.items() if number < 4} == {}


def test_every_spec_says_when_the_duty_starts_is_met_late_and_does_not_start():
    states = {spec.code: {wanted["state"] for case in spec.cases for wanted in case.expected} for spec in SPECS}
    lacking = {code: seen for code, seen in states.items()
               if not ({"open", "none", "met"} <= seen and {"late", "missed"} & seen)}
    assert lacking == {}


def test_a_spec_that_cannot_be_read_names_its_line(tmp_path):
    (tmp_path / "D-X-1.txt").write_text("case one\n  e1 2026-05-18 no.such.kind\n", encoding="utf-8")
    with pytest.raises(SpecUnreadable, match=r"D-X-1\.txt, line 2"):
        read_specs(tmp_path)
