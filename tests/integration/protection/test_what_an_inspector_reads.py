"""What an open inspection opens of a drawn child's record, what keeps rules of its own, and that its end closes all."""

from sightline.apps.access.acting import at_task, begin_work
from sightline.apps.insight.inspecting import end
from tests.integration.conftest import NOW
from tests.integration.protection.test_row_level_security import _readable, asked, protected, rows_of

WHOLE_RECORD = {"people_person", "people_identity", "people_description", "people_involvement", "record_entry",
                "record_share", "signs_found", "signs_personreading", "duties_owedduty", "duties_notice",
                "responsibility_safetyevent", "responsibility_transfer", "custody_release", "disclosure_disclosure"}
OF_ITS_OWN = {"custody_screentalk", "custody_savedform", "disclosure_question", "insight_snapshotcase",
              "insight_snapshotchild", "record_news", "access_absence", "intake_submission", "intake_rowfault"}
"""What others see by rules that an inspection does not touch: a child's own words, drafts, who asked, files, desks, and
in which figures the child stands."""
OF_NO_CHILD = {"insight_snapshot", "insight_figure", "insight_extent", "insight_extentrequest",
               "insight_inspection", "insight_drawncase", "insight_casehandedon", "insight_grade",
               "insight_adjudication", "operations_operation", "operations_force", "operations_total"}
"""What inspectors see without any draw: figures, their own inspections with ids and grades, totals of operations."""


def seen() -> set[str]:
    return {table for table in protected() if table != "access_pieceofwork" and _readable(table) and rows_of(table)}


def test_of_a_drawn_child_the_whole_record_is_read_but_not_what_has_rules_of_its_own(everything, acting, as_worker):
    with as_worker(), at_task("test"):
        assert all(rows_of(table) for table in WHOLE_RECORD | OF_ITS_OWN)
    with acting("Dawn"):
        found = seen()
        assert found >= WHOLE_RECORD
        assert found & OF_ITS_OWN == set()


def test_when_the_inspection_ends_no_table_shows_a_row_of_any_child(everything, acting):
    with acting("Dawn") as dawn:
        end(acting=dawn, inspection=everything.inspection, at=NOW)
        assert seen() <= OF_NO_CHILD
        assert asked("select sightline_sees_whole(%s), sightline_drawn(%s)", everything.amara, everything.amara) == [
            (False, False)]


def test_an_inspector_whose_role_has_ended_begins_no_work_and_reads_nothing(everything, partnership, as_web, as_worker):
    with as_worker(), at_task("test"):
        asked("update access_membership set until_on = %s where officer_id = %s returning id",
              NOW.date().replace(day=1), partnership.officers["Dawn"])
    dawn = partnership.work["Dawn"]
    with as_web():
        assert begin_work(dawn.officer, dawn.work, at=NOW) is None
        assert seen() == set()
