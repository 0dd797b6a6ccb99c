"""The tables of measures: the same rows for the page, the file, the paper and the command."""

import csv
import io
from collections.abc import Iterable, Sequence

from sightline.apps.insight.queries import FigureFacts, SnapshotFacts
from sightline.domain.insight.figures import FEWEST_SHOWN
from sightline.domain.insight.measures import Measure, MeasureKind, measures
from sightline.domain.insight.told import KEPT_BACK, length, number, percent, rarely
from sightline.domain.vocabulary.moment import write_moment

ALL = "all agencies together"
COLUMNS = (
    "Measure", "Edition", "Title", "Part", "Who answers", "Group", "Events", "Not told", "Share, with 95 % interval",
    "Half are done within", "Nine in ten are done within", "Not done yet", "Not done after 30 days", "Known here after",
    "Newest known at")
OUTSIDE = ("Counts of 1 to 4 are told as that, and others rounded to five. A share is kept back where so few count,"
           " or so few do not.")


def rows(figures: Iterable[FigureFacts], *, editions: dict[str, str], outside: bool) -> list[tuple[str, ...]]:
    """Write figures as rows of words in the order of the measures."""
    known = measures()
    ordered = sorted(figures, key=lambda one: (list(known).index(one.measure), one.part))
    return [_row(one, known[one.measure], editions.get(one.measure, ""), outside=outside) for one in ordered]


def share_of(figure: FigureFacts, *, outside: bool = False) -> str:
    """Write the share of a figure: of what counts, or of what was done within the standard."""
    shared = figure.share or figure.within
    return "" if shared is None else percent(shared, outside=outside)


def as_csv(found: SnapshotFacts, figures: Sequence[FigureFacts], *, outside: bool) -> str:
    """Write the figures of a snapshot as CSV, with the definitions and the snapshot below them."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    out.writerows(rows(figures, editions=found.editions, outside=outside))
    out.writerow([])
    out.writerows([line] for line in about(found, outside=outside))
    out.writerow([])
    out.writerow(("Measure", "Edition", "Title", "Among", "Counts", "Clock", "Standard", "Limits"))
    out.writerows(definition(measures()[code]) for code in _told(figures))
    return text.getvalue()


def about(found: SnapshotFacts, *, outside: bool) -> list[str]:
    """Say what a snapshot is: its id, its period, when and of what it was made."""
    said = [f"Snapshot {found.id}", f"Events from {write_moment(found.from_at)} until {write_moment(found.until_at)}",
            f"Made at {write_moment(found.made_at)} of {found.cases:,} cases",
            f"Digest of the cases: {found.digest}"]
    return [*said, OUTSIDE] if outside else said


def definition(measure: Measure) -> tuple[str, ...]:
    """Write a definition as a row."""
    standard = "" if measure.standard is None else (
        f"{length(measure.standard)}. {measure.standard_source}" + ("" if measure.verified else " (not verified)"))
    return (measure.code, measure.edition, measure.title, measure.among, measure.counts, measure.clock, standard,
            measure.limits)


def _row(one: FigureFacts, measure: Measure, edition: str, *, outside: bool) -> tuple[str, ...]:
    few = outside and 0 < one.n < FEWEST_SHOWN
    timed = measure.kind is MeasureKind.TIME or one.waiting is not None
    times = (length(one.median), length(one.ninety), number(one.waiting or 0, outside=outside), rarely(one.never))
    return (measure.code, edition, measure.title, one.part, one.agency or ALL, one.group,
            number(one.n, outside=outside), number(one.untold, outside=outside), share_of(one, outside=outside),
            *(("", "", "", "") if not timed else (KEPT_BACK,) * 4 if few else times),
            "" if one.known_after is None else length(one.known_after),
            "" if one.newest_at is None or outside else write_moment(one.newest_at))


def _told(figures: Iterable[FigureFacts]) -> list[str]:
    told = {one.measure for one in figures}
    return [code for code in measures() if code in told]
