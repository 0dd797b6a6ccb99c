"""An inspection that drew Amara among others, handed on by Dina to Dawn, graded by her and by Dora, who differ."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sightline.apps.access.acting import at_task
from sightline.apps.insight.freezing import freeze
from sightline.apps.insight.inspecting import Draw, Readers, grade, hand_on, open_inspection, settle
from sightline.apps.insight.inspection_queries import cases_of, disagreements, inspection
from sightline.domain.insight.frameworks import framework
from sightline.domain.insight.inspecting import Reading, Strata
from tests.integration.conftest import NOW
from tests.integration.inspecting.conftest import FRAMEWORK, keep_inspector


@dataclass(frozen=True)
class Inspected:
    """Hold the ids of an inspection, its snapshot, and Amara's case with its number."""

    inspection: UUID
    snapshot: UUID
    case: UUID
    place: int


def inspect_all(amara: UUID, acting, as_worker, partnership) -> Inspected:
    """Draw every child who was measured, Amara among them, and grade all of them."""
    with as_worker(), at_task("test"):
        for name in ("Dora", "Dina"):
            keep_inspector(partnership, name, "The Inspectorate")
        snapshot = freeze(start=NOW - timedelta(days=365), until=NOW, officer=None, at=NOW)
    with acting("Dawn") as dawn:
        made = open_inspection(
            acting=dawn, title="All of it", framework=framework(FRAMEWORK), because="a test", open_days=90,
            at=datetime.now(UTC),
            drawing=Draw(snapshot, Strata.AGENCY, 100, 7),
            reading=Readers([partnership.officers["Dina"]], partnership.officers["Dora"]))
        for case in cases_of(made):
            hand_on(acting=dawn, case=case, reading=Reading.FIRST, to=dawn.officer, because="a test", at=NOW)
        cases, topics = cases_of(made), inspection(made).topics
        for case in cases:
            grade(acting=dawn, case=case, said=dict.fromkeys(topics, ("good", "Amara was asked")), at=NOW)
    with acting("Dora") as dora:
        for case in cases:
            if case.second:
                grade(acting=dora, case=case, said=dict.fromkeys(topics, ("inadequate", "x")), at=NOW)
        differ = disagreements(made)[0]
        settle(acting=dora, found=inspection(made), case=differ.case, topic=differ.topic, given="good", reasons="x",
               at=NOW)
    hers = next(case for case in cases if case.person == amara)
    return Inspected(made, snapshot, hers.id, hers.place)
