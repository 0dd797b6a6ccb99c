"""What the invented lives come to: the same rates as in the official tables, counted in what was invented.

Each measure gives the published rate beside it: the mean of the councils, weighted by the children who were invented
in each, so that the two can be compared whatever the number of children.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.demonstration.families import Child, age_on
from sightline.demonstration.happened import Life
from sightline.demonstration.places import AREAS_OF_COUNCIL
from sightline.demonstration.rates import rate
from sightline.demonstration.school_life import absence
from sightline.demonstration.school_year import FIRST_SECONDARY_YEAR, LAST_SECONDARY_YEAR, year_group

YEARS_AGO = (2, 1)
PER_10_000 = 10_000.0
PERSISTENT = 0.1


@dataclass(frozen=True, slots=True)
class Measure:
    """Define one measure: how often `event` was counted for each `of`, times `per`, and what should come out.

    `expected` is the key under which the published rates were summed, one for each `of`.
    """

    name: str
    event: str
    of: str
    per: float
    source: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold one measure with what was invented and what was published."""

    measure: Measure
    cases: int
    of: int
    invented: float
    published: float


MEASURES = (
    Measure("Permanent exclusions, secondary, per 100 pupils a year", "permanent exclusions, secondary",
            "pupil years, secondary", 100, "SecPermEx"),
    Measure("Permanent exclusions, primary, per 100 pupils a year", "permanent exclusions, primary",
            "pupil years, primary", 100, "PriPermEx"),
    Measure("Suspensions, secondary, per 100 pupils a year", "suspensions, secondary", "pupil years, secondary", 100,
            "SecFixedEx"),
    Measure("Secondary pupils suspended in a year, %", "suspended pupils, secondary", "pupil years, secondary", 100,
            "Sec_ Pup_FixedEx"),
    Measure("Suspensions, primary, per 100 pupils a year", "suspensions, primary", "pupil years, primary", 100,
            "PriFixedEx"),
    Measure("Sessions missed, secondary, %", "sessions missed, secondary", "sessions possible, secondary", 100,
            "SecTotAbs"),
    Measure("Persistent absentees, secondary, %", "persistent absentees, secondary", "pupils with registers, secondary",
            100, "SFSecPerAbNew"),
    Measure("Referrals per 10,000 children a year", "referrals", "child years", PER_10_000, "CPP_Total_Rateper10,000"),
    Measure("Section 47 enquiries per 10,000 children a year", "enquiries", "child years", PER_10_000, "Section_47"),
    Measure("Child protection plans per 10,000 children today", "plans today", "children", PER_10_000, "CPP_rate"),
    Measure("Looked after per 10,000 children today", "looked after today", "children", PER_10_000, "LAC"),
    Measure("Looked-after children missing in the last year, %", "looked after and missing", "looked after today", 100,
            "Children_missing"),
    Measure("Looked-after children with three placements in a year, %", "looked after, three placements",
            "looked after today", 100, "LACStable_2016on"),
    Measure("Cautioned or sentenced per 10,000 aged 10 to 17 a year", "dealt with", "years aged 10 to 17", PER_10_000,
            "YJS_Caution-Sentence10-17_YO"),
    Measure("Assessments that found criminal exploitation, %", "factor 24A", "assessments", 100,
            "Child_criminal_exploitation"),
    Measure("Assessments that found gangs, %", "factor 13A", "assessments", 100, "Gangs"),
    Measure("Assessments that found going missing, %", "factor 10A", "assessments", 100, "Going_missing"),
    Measure("Assessments that found domestic abuse of a parent, %", "factor 3B", "assessments", 100,
            "Domestic_Abuse_parent"),
)
"""The measures; `source` is the name of the measure or column in the official table (the rows are in rates.csv)."""

FACTORS = {
    "24A": "factor 24A child criminal exploitation", "13A": "factor 13A gangs", "10A": "factor 10A going missing",
    "3B": "factor 3B",
}


def count_life(child: Child, life: Life, counts: Counter[str], *, today: date) -> None:
    """Count one child's life into the counts, and the published rates beside it under "published ..."."""
    council = child.family.home_on(today).council
    counts["children"] += 1
    if child.twin_of:
        counts["twins"] += 1
    if council.code not in AREAS_OF_COUNCIL:
        return
    _count_school(child, life, counts, today)
    _count_care(child, life, counts, council.code, today)
    if age_on(child.born_on, today) >= 10:
        years = min(2.0, (today - child.born_on).days / 365.25 - 9.5)
        counts["years aged 10 to 17"] += round(1000 * years)
        _publish(counts, "dealt with", rate("cautioned or sentenced", council.code) / PER_10_000, years * 1000)
        counts["dealt with"] += 1000 * sum(one.outcome != "no-further-action" for one in life.arrests)
        counts["arrests"] += len(life.arrests)


def _publish(counts: Counter[str], event: str, expected: float, weight: float = 1) -> None:
    counts[f"published {event}"] += round(expected * weight * 1_000_000)


def _count_school(child: Child, life: Life, counts: Counter[str], today: date) -> None:
    for years_ago in YEARS_AGO:
        first = today - timedelta(days=365 * years_ago)
        last = first + timedelta(days=364)
        middle = first + timedelta(days=180)
        group = year_group(child.born_on, middle)
        code = child.family.home_on(middle).council.code
        if not 0 <= group <= LAST_SECONDARY_YEAR or code not in AREAS_OF_COUNCIL:
            continue
        phase = "secondary" if group >= FIRST_SECONDARY_YEAR else "primary"
        counts[f"pupil years, {phase}"] += 1
        found = [one for one in life.exclusions if first <= one.first <= last]
        for name, category in (("permanent exclusions", "PERM"), ("suspensions", "SUSP")):
            counts[f"{name}, {phase}"] += sum(one.category == category for one in found)
            _publish(counts, f"{name}, {phase}", rate(f"{name}, {phase}", code) / 100)
        if phase == "secondary":
            counts["suspended pupils, secondary"] += any(one.category == "SUSP" for one in found)
            _publish(counts, "suspended pupils, secondary", rate("suspended pupils, secondary", code) / 100)
    _count_registers(life, counts)


def _count_registers(life: Life, counts: Counter[str]) -> None:
    registers = [one for one in life.attendance if one.school.phase == "secondary"]
    if not registers:
        return
    possible = sum(one.possible for one in registers)
    missed = possible - sum(one.attended for one in registers)
    code = registers[-1].school.authority_code
    counts["sessions possible, secondary"] += possible
    counts["sessions missed, secondary"] += missed
    _publish(counts, "sessions missed, secondary", absence(code, "secondary"), possible)
    counts["pupils with registers, secondary"] += 1
    counts["persistent absentees, secondary"] += missed >= PERSISTENT * possible
    _publish(counts, "persistent absentees, secondary", rate("persistent absence, secondary", code) / 100)


def _count_care(child: Child, life: Life, counts: Counter[str], code: str, today: date) -> None:
    years = min(2.0, (today - child.born_on).days / 365)
    counts["child years"] += round(1000 * years)
    counts["referrals"] += 1000 * len(life.referrals)
    counts["enquiries"] += 1000 * sum(one.enquiry_on is not None for one in life.referrals)
    _publish(counts, "referrals", rate("referrals to social care", code) / PER_10_000, years * 1000)
    _publish(counts, "enquiries", rate("section 47 enquiries", code) / PER_10_000, years * 1000)
    counts["plans today"] += any(one.plan_on and not one.plan_ended_on for one in life.referrals)
    _publish(counts, "plans today", rate("child protection plans", code) / PER_10_000)
    _publish(counts, "looked after today", rate("looked after", code) / PER_10_000)
    if life.looked_after_on(today):
        counts["looked after today"] += 1
        year_ago = today - timedelta(days=365)
        counts["looked after and missing"] += any(
            one.looked_after and one.kind == "M" and one.since.date() >= year_ago for one in life.missing)
        _publish(counts, "looked after and missing", rate("looked-after children missing", code) / 100)
        recent = sum(one.until is None or one.until > year_ago for one in life.placements)
        counts["looked after, three placements"] += recent >= 3
        _publish(counts, "looked after, three placements", rate("three or more placements", code) / 100)
    for one in life.referrals:
        if one.assessed_to:
            counts["assessments"] += 1
            for factor, name in FACTORS.items():
                counts[f"factor {factor}"] += factor in one.factors
                _publish(counts, f"factor {factor}", rate(name, one.council_code) / 100)


def measure(counts: Mapping[str, int]) -> list[Measured]:
    """Give each measure as it was invented and as it was published, from the counts of a manifest."""
    found = []
    for one in MEASURES:
        of = counts.get(one.of, 0)
        if of:
            cases = counts.get(one.event, 0)
            published = counts.get(f"published {one.event}", 0) / 1_000_000
            scale = 1000 if one.of in {"child years", "years aged 10 to 17"} else 1
            found.append(Measured(one, cases // scale, of // scale, one.per * cases / of, one.per * published / of))
    return found
