"""Put what an inspection found on paper: how its cases were drawn, and what the grades say of all; no child is named.

What auditors wrote is not in it: that is their own words on a child, and stands in the log.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sightline
from sightline.apps.access.acting import Acting
from sightline.apps.insight.inspection_queries import CaseFacts, InspectionFacts
from sightline.domain.insight.frameworks import frameworks
from sightline.domain.insight.inspecting import Read, Result
from sightline.interfaces.web.inspections.showing import (
    agreement_words,
    frame_rows,
    framework_title,
    results,
    share_words,
    strata_words,
    topics_of,
)
from sightline.interfaces.web.lookback.sheet import Sheets
from sightline.interfaces.web.moments import counted, moment_in_words

HEAD = "Report of an inspection. Cases are called by their number: no child is named."
WEIGHED = ("Each share is of all children in the snapshot: a case weighs as many children as its part of the snapshot"
           " has for each case read. From few cases the interval is wide: grades of two areas with overlapping"
           " intervals are not shown to differ.")


def paper(
    found: InspectionFacts, cases: Sequence[CaseFacts], reads: Mapping[str, Sequence[Read]], *, by: Acting, at: datetime
) -> bytes:
    """Write the report of an inspection as PDF."""
    foot = (f"Inspection {found.id}. Sightline {sightline.__version__}. "
            f"Exported by {by.officer_name}, {by.agency_name}.")
    sheets = Sheets(title=f"Inspection: {found.title}", head=HEAD, foot=foot[:160], made_at=at)
    sheets.heading(found.title)
    for words in _about(found, by=by, at=at):
        sheets.paragraph(words)
    sheets.heading("Framework", level=2)
    for words in _framework(found):
        sheets.paragraph(words)
    _sample(sheets, found, cases)
    sheets.heading("What was found", level=2)
    rest = ""
    if found.read < found.size:
        rest = " The rest may change it." if found.open else " The rest was not read to the end."
    sheets.paragraph(f"From {found.read} of {counted(found.size, 'case')}: those that everybody has graded who reads "
                     f"them.{rest}")
    if found.grades:
        sheets.paragraph(WEIGHED)
        for topic, weighed in results(found, reads):
            _topic(sheets, topic.title, weighed)
    else:
        sheets.paragraph("This framework has no grades. The findings stand in words in the log.")
        sheets.rows(("Topic", "Cases with a finding"), [
            (topic.title, str(len(reads.get(topic.code, ())))) for topic in topics_of(found)])
    return bytes(sheets.output())


def _about(found: InspectionFacts, *, by: Acting, at: datetime) -> Iterable[str]:
    yield f"Why: {found.because}"
    yield f"Opened {moment_in_words(found.opened_at)} by {found.opened_by}, {by.agency_name}."
    if found.open:
        yield (f"It is open: what it found so far is not final. The records close {moment_in_words(found.closes_at)}, "
               "if nobody ends it before.")
    else:
        by_whom = f" by {found.ended_by}." if found.ended_by else ", by itself."
        yield f"Ended {moment_in_words(found.over_at)}{by_whom}"
    yield (f"Exported {moment_in_words(at)} by {by.officer_name}, {by.agency_name}. "
           f"Sightline {sightline.__version__}.")


def _framework(found: InspectionFacts) -> Iterable[str]:
    yield f"{framework_title(found.framework)} ({found.framework})."
    yield "Topics: " + ", ".join(topic.title for topic in topics_of(found)) + "."
    yield f"Grades: {', '.join(found.grades)}." if found.grades else "No grades: findings in words."
    for one in frameworks():
        if one.code == found.framework:
            yield f"Source: {one.source}. {one.note}".strip()


def _sample(sheets: Sheets, found: InspectionFacts, cases: Sequence[CaseFacts]) -> None:
    sheets.heading("How the cases were drawn", level=2)
    twice = sum(case.second is not None for case in cases)
    sheets.paragraph(f"Snapshot {found.snapshot}, frozen {moment_in_words(found.made_at)}, of events from "
                     f"{moment_in_words(found.from_at)} until {moment_in_words(found.until_at)}.")
    sheets.paragraph(f"{counted(found.size, 'case')} by chance, parted by: {found.strata.words.lower()}. Seed "
                     f"{found.seed}: with the same snapshot, parts, number and seed anybody draws the same cases.")
    sheets.paragraph(f"{twice} of them {'is' if twice == 1 else 'are'} read twice, by auditors who are blind to each "
                     "other.")
    sheets.rows(("Part", "Children in the snapshot", "Drawn"), [
        (part, f"{children:,}", str(drawn)) for part, children, drawn in frame_rows(found, cases, strata_words(found))])


def _topic(sheets: Sheets, title: str, weighed: Result) -> None:
    sheets.heading(title, level=3)
    sheets.rows(("Grade", "Share of all children, with 95% interval"), [
        (grade.capitalize(), share_words(share)) for grade, share in weighed.shares.items()])
    sheets.paragraph(f"{counted(weighed.standing, 'case')} with a grade that stands." + (
        f" {counted(weighed.unsettled, 'case')} left out, of which two auditors differ and nobody has settled it."
        if weighed.unsettled else ""))
    sheets.paragraph(agreement_words(weighed.agreement))
