"""Two auditors grade blind, what they see differently is settled and logged, and what stands is weighed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sightline.apps.insight.inspecting import InspectionRefused, end, grade, settle
from sightline.apps.insight.inspection_queries import (
    case_at,
    cases_of,
    disagreements,
    grades_of,
    inspection,
    log_of,
    reads_of,
)
from sightline.domain.insight.inspecting import result
from tests.integration.conftest import NOW

TOPICS = ("leadership", "partnership-working", "initial-response", "risk-assessment", "investigation")
GOOD = dict.fromkeys(TOPICS, ("good", "It was done"))
WORSE = GOOD | {"investigation": ("inadequate", "Nobody asked who sent her")}


@pytest.fixture
def twice(draw_cases, acting):
    """Draw four cases, and give the inspection with the first that both read."""
    made = draw_cases()
    with acting("Dawn"):
        both, *_ = [one for one in cases_of(made) if one.second]
    return made, both


def test_neither_sees_what_the_other_says_until_both_have_graded_every_topic(twice, acting):
    made, both = twice
    with acting("Dawn") as dawn:
        assert grade(acting=dawn, case=both, said=GOOD, at=NOW) == len(TOPICS)
    with acting("Dora") as dora:
        assert (grades_of(both.id), log_of(made), reads_of(made)) == ([], [], {})
        assert case_at(made, both.place).graded == 0
        grade(acting=dora, case=both, said={"leadership": ("good", "Asked weekly")}, at=NOW)
        assert [one.auditor_name for one in grades_of(both.id)] == ["Dora"]
    with acting("Dawn"):
        assert {one.auditor_name for one in grades_of(both.id)} == {"Dawn"}
        assert disagreements(made) == []
    with acting("Dora") as dora:
        grade(acting=dora, case=both, said=WORSE, at=NOW)
    for name in ("Dawn", "Dora"):
        with acting(name):
            assert {one.auditor_name for one in grades_of(both.id)} == {"Dawn", "Dora"}
            assert [(one.topic, one.first, one.second) for one in disagreements(made)] == [
                ("investigation", "good", "inadequate")]
    for name in ("Della", "Carl", "Mary"):
        with acting(name):
            assert (grades_of(both.id), log_of(made), reads_of(made), disagreements(made)) == ([], [], {}, [])


def test_once_both_have_read_it_neither_can_move_towards_the_other(twice, acting):
    _, both = twice
    for name, said in (("Dawn", GOOD), ("Dora", WORSE)):
        with acting(name) as me:
            grade(acting=me, case=both, said=said, at=NOW)
    with acting("Dora") as dora, pytest.raises(InspectionRefused, match="not open to your grades"):
        grade(acting=dora, case=both, said=GOOD, at=NOW)


def test_a_changed_mind_is_a_newer_grade_and_the_older_stays(draw_cases, acting):
    made = draw_cases()
    with acting("Dawn") as dawn:
        alone = next(one for one in cases_of(made) if not one.second)
        grade(acting=dawn, case=alone, said=GOOD, at=NOW)
        assert grade(acting=dawn, case=alone, said=WORSE, at=NOW + timedelta(hours=1)) == 1
        assert [(one.grade, one.newest) for one in grades_of(alone.id) if one.topic == "investigation"] == [
            ("good", False), ("inadequate", True)]
        for statement in ("update insight_grade set grade = 'good'", "delete from insight_grade"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                    connection.cursor() as cursor:
                cursor.execute(statement)
    with acting("Dora"):
        assert len(grades_of(alone.id)) == len(TOPICS) + 1


@pytest.mark.parametrize("said", [
    {"leadership": ("superb", "x")}, {"leadership": ("", "x")}, {"the-weather": ("good", "x")}])
def test_a_grade_or_topic_that_the_framework_has_not_is_refused(twice, acting, said):
    with acting("Dawn") as dawn, pytest.raises(InspectionRefused):
        grade(acting=dawn, case=twice[1], said=said, at=NOW)


def test_who_does_not_read_a_case_cannot_grade_it(draw_cases, acting):
    made = draw_cases()
    with acting("Dora") as dora:
        alone = next(one for one in cases_of(made) if not one.second)
        with pytest.raises(InspectionRefused):
            grade(acting=dora, case=alone, said=GOOD, at=NOW)


def test_a_disagreement_is_settled_with_reasons_and_every_settling_stays_in_the_log(twice, acting):
    made, both = twice
    for name, said in (("Dawn", GOOD), ("Dora", WORSE)):
        with acting(name) as me:
            grade(acting=me, case=both, said=said, at=NOW)
    with acting("Dawn") as dawn:
        found = inspection(made)
        (read,) = reads_of(made)["investigation"]
        assert (read.differ, read.holds) == (True, None)
        for n, given in enumerate(("requires improvement", "inadequate"), 1):
            settle(acting=dawn, found=found, case=both.id, topic="investigation", given=given, reasons="Read it again",
                   at=NOW + timedelta(hours=n))
        (read,) = reads_of(made)["investigation"]
        assert read.holds == "inadequate"
        assert [(one.act, one.grade) for one in log_of(made) if one.act == "settled"] == [
            ("settled", "requires improvement"), ("settled", "inadequate")]
        with pytest.raises(InspectionRefused, match="do not differ"):
            settle(acting=dawn, found=found, case=both.id, topic="leadership", given="good", reasons="x", at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update insight_adjudication set grade = 'good'")
        end(acting=dawn, inspection=made, at=NOW)
    with acting("Dawn") as dawn:
        for act in (lambda: settle(acting=dawn, found=found, case=both.id, topic="investigation", given="good",
                                   reasons="x", at=NOW),
                    lambda: grade(acting=dawn, case=both, said=WORSE, at=NOW)):
            with pytest.raises(InspectionRefused):
                act()


def test_what_stands_is_weighed_by_the_children_of_each_stratum(draw_cases, acting):
    made = draw_cases()
    with acting("Dawn") as dawn:
        for case in cases_of(made):
            grade(acting=dawn, case=case, said=WORSE if case.place == 1 else GOOD, at=NOW)
    with acting("Dora") as dora:
        for case in cases_of(made):
            if case.second:
                grade(acting=dora, case=case, said=GOOD, at=NOW)
    with acting("Dawn"):
        found, reads = inspection(made), reads_of(made)
        whole = result(reads["leadership"], grades=found.grades, frame=found.frame)
        assert found.read == found.size == whole.standing
        assert whole.shares["good"].share == pytest.approx(1)
        assert whole.agreement.equal == 1
        hers = result(reads["investigation"], grades=found.grades, frame=found.frame)
        assert hers.standing + hers.unsettled == found.size
        assert sum(one.share for one in hers.shares.values()) == pytest.approx(1)


def test_a_framework_without_grades_takes_findings_in_words(draw_cases, acting):
    made = draw_cases(code="jtai-exploitation-2022")
    with acting("Dawn") as dawn:
        case = cases_of(made)[0]
        said = dict.fromkeys(inspection(made).topics, ("", "The school was not told"))
        assert grade(acting=dawn, case=case, said=said, at=NOW) == 3
        with pytest.raises(InspectionRefused):
            grade(acting=dawn, case=case, said={"front-door": ("good", "x")}, at=NOW)
