"""A drawn case goes on to another inspector of the inspectorate, with a reason; the second reading stays blind."""

import pytest
from django.db import DatabaseError, connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.insight.inspecting import InspectionRefused, end, grade, hand_on
from sightline.apps.insight.inspection_queries import (
    case_at,
    cases_of,
    disagreements,
    ever_read,
    grades_of,
    inspection,
    log_of,
    reads_of,
)
from sightline.domain.insight.inspecting import Reading
from tests.integration.conftest import NOW
from tests.integration.inspecting.conftest import keep_inspector
from tests.integration.inspecting.test_grading_cases import GOOD, TOPICS, WORSE

PART = {"leadership": ("inadequate", "Dawn's first look")}


@pytest.fixture
def made(draw_cases):
    return draw_cases()


@pytest.fixture
def both(made, acting):
    """Give the first case that Dawn reads and Dora reads again."""
    with acting("Dawn"):
        return next(one for one in cases_of(made) if one.second)


@pytest.fixture
def hand(acting, partnership):
    """Let somebody hand a reading of a case on to another."""

    def handing(case, to: str, *, by: str = "Dawn", reading: Reading = Reading.FIRST, because: str = "is away"):
        with acting(by) as me:
            hand_on(acting=me, case=case, reading=reading, to=partnership.officers[to], because=because, at=NOW)

    return handing


def test_who_takes_it_on_begins_anew_and_nobody_sees_what_another_says_before_all_have_graded(
    made, both, hand, acting, partnership
):
    with acting("Dawn") as dawn:
        grade(acting=dawn, case=both, said=PART, at=NOW)
    with acting("Dora") as dora:
        grade(acting=dora, case=both, said=WORSE, at=NOW)
    hand(both, "Dina", by="Dora")
    with acting("Dawn") as dawn:
        assert {one.auditor_name for one in grades_of(both.id)} == {"Dawn"}
        with pytest.raises(InspectionRefused):
            grade(acting=dawn, case=both, said=GOOD, at=NOW)
    with acting("Dina") as dina:
        now = case_at(made, both.place)
        assert (now.first_name, now.second_name, now.graded, now.whole) == ("Dina", "Dora", 0, False)
        assert (grades_of(both.id), reads_of(made), disagreements(made)) == ([], {}, [])
        grade(acting=dina, case=now, said={"leadership": ("good", "Asked weekly")}, at=NOW)
        assert {one.auditor_name for one in grades_of(both.id)} == {"Dina"}
    with acting("Dora"):
        assert {one.auditor_name for one in grades_of(both.id)} == {"Dora"}
    with acting("Dina") as dina:
        grade(acting=dina, case=case_at(made, both.place), said=GOOD, at=NOW)
    for name in ("Dawn", "Dora", "Dina"):
        with acting(name):
            assert {one.auditor_name for one in grades_of(both.id)} == {"Dawn", "Dora", "Dina"}
            assert [(one.first_name, one.second_name, one.topic) for one in disagreements(made)] == [
                ("Dina", "Dora", "investigation")], "what Dawn said counts for nothing"
            assert [(one.first, one.second) for one in reads_of(made)["leadership"]] == [("good", "good")]
            assert inspection(made).read == 1


def test_the_second_reading_goes_on_as_well_and_the_log_says_from_whom_to_whom_and_why(made, both, hand, acting):
    hand(both, "Dina", by="Dawn", reading=Reading.SECOND, because="is away until May")
    with acting("Dawn") as dawn:
        assert case_at(made, both.place).second_name == "Dina"
        grade(acting=dawn, case=both, said=GOOD, at=NOW)
        (line,) = [one for one in log_of(made) if one.act == "second reading handed on"]
        assert (line.place, line.officer, line.reasons) == (both.place, "Dawn", "Dora to Dina: is away until May")
    with acting("Dora") as dora:
        assert {one.act for one in log_of(made)} == {"second reading handed on"}, "grades of others are not in it yet"
        with pytest.raises(InspectionRefused):
            grade(acting=dora, case=both, said=GOOD, at=NOW)
    with acting("Dina") as dina:
        assert grades_of(both.id) == []
        grade(acting=dina, case=case_at(made, both.place), said=WORSE, at=NOW)
        acts = [one.act for one in log_of(made)]
        assert (acts.count("first grade"), acts.count("second grade")) == (len(TOPICS), len(TOPICS))


def test_nobody_is_handed_what_they_have_read(made, both, hand, acting, partnership):
    for to in ("Dawn", "Dora"):
        with pytest.raises(InspectionRefused):
            hand(both, to)
    hand(both, "Dina")
    with acting("Dawn"):
        now = case_at(made, both.place)
        assert ever_read(both.id) == {partnership.officers[name] for name in ("Dawn", "Dora", "Dina")}
    for to, reading in (("Dawn", Reading.FIRST), ("Dawn", Reading.SECOND), ("Dina", Reading.SECOND),
                        ("Dora", Reading.FIRST)):
        with pytest.raises(InspectionRefused):
            hand(now, to, by="Dora", reading=reading)


def test_only_inspectors_of_the_inspectorate_hand_on_and_take_on(made, both, hand, as_worker, partnership):
    for to in ("Della", "Beth", "Mary"):
        with pytest.raises(InspectionRefused):
            hand(both, to)
    for by in ("Della", "Carl", "Mary"):
        with pytest.raises(InspectionRefused):
            hand(both, "Dina", by=by)
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        keep_inspector(partnership, "Dot", "The Inspectorate")
        cursor.execute("update access_membership set until_on = from_on where officer_id = %s",
                       [partnership.officers["Dot"]])
    with pytest.raises(InspectionRefused):
        hand(both, "Dot")


def test_what_is_graded_whole_or_has_ended_is_not_handed_on(made, both, hand, acting):
    with acting("Dawn") as dawn:
        grade(acting=dawn, case=both, said=GOOD, at=NOW)
        alone = next(one for one in cases_of(made) if not one.second)
    with pytest.raises(InspectionRefused, match="graded every topic"):
        hand(both, "Dina", by="Dora")
    with pytest.raises(InspectionRefused, match="not read twice"):
        hand(alone, "Dina", reading=Reading.SECOND)
    with acting("Dawn") as dawn:
        end(acting=dawn, inspection=made, at=NOW)
    with pytest.raises(InspectionRefused, match="has ended"):
        hand(alone, "Dina")


def test_it_does_not_go_on_after_the_day_on_which_the_inspection_closes(both, hand, days_pass):
    days_pass(90)
    with pytest.raises(InspectionRefused, match="has ended"):
        hand(both, "Dina")


ROW = """insert into insight_casehandedon (drawn_id, reading, from_auditor_id, to_auditor_id, because, officer_id, at)
  values (%s, %s, %s, %s, %s, %s, now())"""


def test_the_database_refuses_what_the_page_would(made, both, acting, partnership):
    who = partnership.officers
    dawn, dora, dina = who["Dawn"], who["Dora"], who["Dina"]
    wrong = ((dora, dina, "x", dawn, "first"), (dawn, dina, "", dawn, "first"), (dawn, dina, "x", dora, "first"),
             (dawn, dina, "x", dawn, "x"))
    for before, after, because, officer, reading in wrong:
        with acting("Dawn"), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ROW, [both.id, reading, before, after, because, officer])
    with acting("Dawn"), connection.cursor() as cursor:
        cursor.execute(ROW, [both.id, "first", who["Dawn"], who["Dina"], "x", who["Dawn"]])
    for statement in ("update insight_casehandedon set because = 'y'", "delete from insight_casehandedon"):
        with acting("Dawn"), pytest.raises(DatabaseError, match="denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(statement)
    for name in ("Della", "Carl", "Mary", "Beth"):
        with acting(name), connection.cursor() as cursor:
            cursor.execute("select count(*) from insight_casehandedon")
            assert cursor.fetchone() == (0,), name


def test_the_page_offers_who_has_not_read_it_and_takes_the_reason(made, both, browse, everything, partnership):
    case = f"/oversight/inspections/{made}/cases/{both.place}/"
    with browse("Dora") as client:
        assert f'href="{case}hand-on/"' in client.get(f"{case}grades/").content.decode()
        text = client.get(f"{case}hand-on/").content.decode()
        assert f'value="{partnership.officers["Dina"]}"' in text
        for name in ("Dawn", "Dora", "Della"):
            assert f'value="{partnership.officers[name]}"' not in text, name
        said = {"reading": "first", "to": str(partnership.officers["Dina"]), "because": "is away"}
        for wrong in ({"because": ""}, {"to": str(partnership.officers["Dora"])}, {"reading": "third"}):
            assert client.post(f"{case}hand-on/", said | wrong).status_code == 422, wrong
        assert client.post(f"{case}hand-on/", said).status_code == 302
        assert "Read by Dina" in client.get(f"{case}grades/").content.decode()
        assert "There is nobody to hand it on to" in client.get(f"{case}hand-on/").content.decode()
        log = client.get(f"{case.partition('cases')[0]}results/log/").content.decode()
        assert "first reading handed on,Dora,,Dawn to Dina: is away" in log
    for name, status in (("Carl", 403), ("Mary", 403), ("Della", 404)):
        with browse(name) as client:
            assert client.get(f"{case}hand-on/").status_code == status
            assert client.post(f"{case}hand-on/", said).status_code == status
    kept = everything("select count(*) from access_auditentry where act = 'hand a drawn case on' and writes")
    assert kept == [(1,)]
