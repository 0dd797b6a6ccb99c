"""The tables of insight: what is frozen to be measured, and the inspections that draw cases from it."""

from sightline.apps.insight.models.inspections import Adjudication, DrawnCase, Grade, Inspection
from sightline.apps.insight.models.snapshots import Figure, Snapshot, SnapshotCase, SnapshotChild

__all__ = ["Adjudication", "DrawnCase", "Figure", "Grade", "Inspection", "Snapshot", "SnapshotCase", "SnapshotChild"]
