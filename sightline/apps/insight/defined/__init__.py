"""The definitions of the measures as SQL: one view a measure and edition, of whose events a snapshot takes its cases.

Each view gives rows of `part, about, person_id, agency_id, began, done, counts, told_at` (see SnapshotCase). Of an
event that was told again the newest telling holds, and what was withdrawn is not among them. A definition that changes
gets a view of a new edition; the cases that were frozen by the old one stay.
"""

from collections.abc import Mapping

from sightline.apps.insight.defined import arrests, exclusions, handovers, offenders, releases, signs, slavery

DEFINED: Mapping[tuple[str, str], str] = (
    exclusions.DEFINED | arrests.DEFINED | releases.DEFINED | handovers.DEFINED | slavery.DEFINED | signs.DEFINED
    | offenders.DEFINED)
"""The select of each measure and edition."""

COLUMNS = ("part", "about", "person_id", "agency_id", "began", "done", "counts", "told_at")


def view_of(code: str, edition: str) -> str:
    """Name the view of a measure's edition."""
    return f"insight_{code.lower()}_{edition}"
