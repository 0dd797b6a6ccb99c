"""The tables of insight: what is frozen to be measured, inspections that draw cases from it, estimates."""

from sightline.apps.insight.models.extents import Extent, ExtentRequest
from sightline.apps.insight.models.inspections import Adjudication, CaseHandedOn, DrawnCase, Grade, Inspection
from sightline.apps.insight.models.snapshots import Figure, Snapshot, SnapshotCase, SnapshotChild

__all__ = [
    "Adjudication", "CaseHandedOn", "DrawnCase", "Extent", "ExtentRequest", "Figure", "Grade", "Inspection", "Snapshot",
    "SnapshotCase", "SnapshotChild",
]
