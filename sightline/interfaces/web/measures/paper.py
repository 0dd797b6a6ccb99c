"""Put the figures of a snapshot on paper: with their definitions, and the id by which they can be had again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import sightline
from sightline.apps.access.acting import Acting
from sightline.apps.insight.queries import FigureFacts, SnapshotFacts
from sightline.domain.insight.measures import measures
from sightline.interfaces.printed.measures import about, definition, rows
from sightline.interfaces.web.lookback.sheet import Sheets
from sightline.interfaces.web.moments import moment_in_words

COLUMNS = ("Of whom", "Events", "Not told", "Share, 95 % interval", "Half within", "Nine in ten within", "Not done yet")
WORDS = ("Among", "What counts", "Clock", "Standard", "What it does not see")


def paper(found: SnapshotFacts, figures: Sequence[FigureFacts], *, outside: bool, by: Acting, at: datetime) -> bytes:
    """Write the figures as PDF."""
    sheets = Sheets(
        title="Measures", head="Measures of how agencies protect children."
        + ("" if outside else " For the partnership: small numbers are in it."),
        foot=f"Snapshot {found.id}. Sightline {sightline.__version__}. Exported by {by.officer_name}, "
             f"{by.agency_name}."[:160], made_at=at)
    sheets.heading("Measures")
    exported = (f"Exported {moment_in_words(at)} by {by.officer_name}, {by.agency_name}. "
                f"Sightline {sightline.__version__}.")
    for words in (*about(found, outside=outside), exported):
        sheets.paragraph(words)
    told = rows(figures, editions=found.editions, outside=outside)
    for code, theirs in groupby(told, key=lambda row: row[0]):
        measure = measures()[code]
        sheets.heading(f"{code} {measure.title}", level=2)
        _, _, _, *said = definition(measure)
        for word, words in zip(WORDS, said, strict=True):
            if words:
                sheets.paragraph(f"{word}: {words}", bullet=True)
        sheets.rows(COLUMNS, [(", ".join(words for words in row[3:6] if words), *row[6:12]) for row in theirs])
    return bytes(sheets.output())
