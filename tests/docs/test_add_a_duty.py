"""The how-to of adding a duty is followed to the letter: its row and its cases work, and nothing else was needed."""

import re
from datetime import UTC, datetime

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.escalation import escalation_plan
from sightline.domain.duties.owed import owed
from sightline.interfaces.printed.duties import print_catalogue
from sightline.interfaces.printed.duty_spec import read_specs
from tests.docs.test_page_words import PROJECT

PAGE = (PROJECT / "docs/how-to/add-a-duty.md").read_text(encoding="utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def catalogue():
    """Give the catalogue with the row of the page."""
    written = {}
    exec(compile(block("python"), "add-a-duty.md", "exec"), written)
    return (*RULES, *written["MADE_UP"])


@pytest.fixture
def specs(tmp_path):
    """Give the spec of the page, read as any other."""
    (tmp_path / "D-XMP-1.txt").write_text(block("text"), encoding="utf-8")
    return read_specs(tmp_path)


def test_every_case_of_the_page_stands_as_it_says(catalogue, specs):
    assert len(specs[0].cases) >= 4
    for case in specs[0].cases:
        found = [duty for duty in owed(case.timeline, at=case.at, nation=case.nation, calendars=Calendars(),
                                       rules=catalogue) if duty.code == "D-XMP-1"]
        expected = [wanted for wanted in case.expected if wanted["state"] != "none"]
        assert [duty.state.value for duty in found] == [wanted["state"] for wanted in expected], case.title
        for duty, wanted in zip(found, expected, strict=True):
            assert str(duty.local_target_at) == wanted.get("target", str(duty.local_target_at))
            assert duty.owed_by == wanted.get("owed_by", duty.owed_by)
            assert duty.met_by == wanted.get("met_by", duty.met_by)


def test_the_row_is_printed_and_escalates_without_a_further_word(catalogue, specs):
    printed = print_catalogue(catalogue, [*read_specs(PROJECT / "tests/spec/duties"), *specs])
    assert "## D-XMP-1 A charity's word is answered" in printed
    case = specs[0].cases[0]
    duty = next(duty for duty in owed(case.timeline, at=case.at, nation="england", calendars=Calendars(),
                                      rules=catalogue) if duty.code == "D-XMP-1")
    assert [step.to for step in escalation_plan(catalogue[-1], duty)] == ["owner", "named manager", "director"]


def test_without_the_row_nothing_of_it_is_owed(specs):
    case = specs[0].cases[0]
    assert "D-XMP-1" not in {duty.code for duty in owed(
        case.timeline, at=datetime(2026, 5, 19, tzinfo=UTC), nation="england", calendars=Calendars())}
