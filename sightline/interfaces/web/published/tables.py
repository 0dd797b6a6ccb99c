"""The tables of published figures: the same rows for the page and for the file that can be downloaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sightline.domain.figures.recording import rate, recorded
from sightline.domain.figures.spread import Band, bands
from sightline.reference.figures.decisions import decisions
from sightline.reference.figures.exclusions import exclusions_of
from sightline.reference.figures.factors import Factor, councils_in, factors_of, years
from sightline.reference.figures.placements import YearOfPlacements, placements_of
from sightline.reference.figures.publications import PUBLICATIONS, Publication
from sightline.reference.figures.published import ENGLAND, Published
from sightline.reference.figures.referrals import quarters, referred

FACTOR_WORDS: Mapping[Factor, str] = {
    Factor.CRIMINAL_EXPLOITATION: "Child criminal exploitation", Factor.GANGS: "Gangs",
    Factor.SEXUAL_EXPLOITATION: "Child sexual exploitation", Factor.MISSING: "Going missing"}
KINDS: Mapping[str, str] = {
    "Local Authority": "Councils", "Police": "Police", "Government agency": "Government agencies",
    "NGO and third sector": "Charities"}
"""Kinds of first responders in the order in which they are shown; a test holds that there are no others."""
QUARTERS: Mapping[str, str] = {
    "Q1": "January to March", "Q2": "April to June", "Q3": "July to September", "Q4": "October to December"}
SHARES: Mapping[str, tuple[str, Callable[[YearOfPlacements], float | None]]] = {
    "placed-outside": ("New placements outside the council’s area: in each 100", YearOfPlacements.share_outside),
    "placed-far": ("New placements outside the area and more than 20 miles from home: in each 100",
                   YearOfPlacements.share_far_outside)}
NOT_PUBLISHED = "Not published"
NO_RATE = "No rate"
NO_PART = "Not known"


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table: a slug for its address, caption, columns, rows of text and numbers, and its publication."""

    slug: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    publication: Publication

    @property
    def shown(self) -> list[tuple[str, ...]]:
        """Give the rows as they are read on a page."""
        return [tuple(in_words(value) for value in row) for row in self.rows]

    @property
    def numeric(self) -> tuple[int, ...]:
        """Give the numbers of the columns that hold figures."""
        return tuple(range(1, len(self.columns)))


def in_words(value: object) -> str:
    """Write a cell for a page: thousands apart, rates with one decimal, text as it is."""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def number(found: Published, publication: Publication) -> object:
    """Give a published number, or in words why there is none."""
    return publication.marks.get(found.mark, NOT_PUBLISHED) if found.value is None else found.value


def factors_table(council: str | None, factor: Factor) -> Table:
    """Give one factor by year: of a council with England beside it, or of England."""
    publication, whole = PUBLICATIONS["factors"], {one.year: one for one in factors_of(ENGLAND)}
    own = factors_of(council) if council else ()
    columns: list[str] = ["Year to 31 March"]
    rows: list[tuple[object, ...]] = []
    if own:
        columns += [f"{own[-1].council}: episodes", f"{own[-1].council}, for each 10,000"]
    columns += ["England: episodes", "England, for each 10,000"]
    asked = [year for year in years() if whole[year].of(factor).value is not None]
    for year in [one.year for one in own if one.year in asked] or asked:
        row: list[object] = [str(year)]
        for one in [found for found in (*own, whole[year]) if found.year == year]:
            found = rate(one, factor)
            row += [number(one.of(factor), publication), NO_RATE if found is None else round(found, 1)]
        rows.append(tuple(row))
    slug = factor.value.replace("_", "-")
    return Table(slug, f"{FACTOR_WORDS[factor]}, by year", tuple(columns), tuple(rows), publication)


def noughts_table() -> Table:
    """Give by year how many councils recorded no criminal exploitation, in the years in which it was asked."""
    counted = [recorded(councils_in(year), Factor.CRIMINAL_EXPLOITATION) for year in years()]
    rows = tuple((str(one.year), one.numbers, one.noughts, one.not_published) for one in counted if one.numbers)
    return Table("none-recorded", "Councils that recorded no child criminal exploitation, by year",
                 ("Year to 31 March", "Published a number", "Of which recorded none", "No number published"),
                 rows, PUBLICATIONS["factors"])


def spread_table() -> Table:
    """Give how many councils lie in which band of the last year; councils are neither ranked nor named."""
    year = years()[-1]
    found = [one for row in councils_in(year) if (one := rate(row, Factor.CRIMINAL_EXPLOITATION)) is not None]
    rows = tuple((_band(one), one.councils) for one in bands(found))
    return Table("councils", f"Councils by episodes with child criminal exploitation for each 10,000 children, {year}",
                 ("Episodes for each 10,000 children", "Councils"), rows, PUBLICATIONS["factors"])


def _band(one: Band) -> str:
    if one.high is None:
        return f"{one.low:g} or more"
    if one.high == 0:
        return "None recorded"
    return f"{one.low:g} to less than {one.high:g}" if one.low else f"More than none, less than {one.high:g}"


def referrals_table() -> Table:
    """Give the children referred by quarter and kind of first responder, and of how many criminal exploitation."""
    rows = tuple((_quarter(quarter), *(referred(kind, quarter=quarter) for kind in KINDS), referred(quarter=quarter),
                  referred(quarter=quarter, criminal=True)) for quarter in quarters())
    return Table("referrals", "Children referred, by quarter and kind of first responder", (
        "Quarter", *KINDS.values(), "All", "Of which with criminal exploitation"),
        rows, PUBLICATIONS["referrals"])


def decisions_table() -> Table:
    """Give the decisions on children by year."""
    rows = tuple((str(one.year), one.reasonable_positive, one.reasonable_negative, one.conclusive_positive,
                  one.conclusive_negative) for one in decisions())
    return Table("decisions", "Decisions on children, by year", (
        "Year", "Reasonable grounds: yes", "Reasonable grounds: no", "Conclusive grounds: yes",
        "Conclusive grounds: no"), rows, PUBLICATIONS["referrals"])


def placements_table(council: str | None) -> Table:
    """Give the new placements of a council, or of England, by year and distance from home."""
    publication = PUBLICATIONS["placements"]
    own = placements_of(council or ENGLAND)
    rows = tuple((str(one.year), *(number(found, publication) for found in (
        one.total, one.inside_near, one.inside_far, one.outside_near, one.outside_far, one.unknown))) for one in own)
    return Table("placements", f"New placements of looked-after children of {_name(council)}, by distance", (
        "Year to 31 March", "All", "In the area, up to 20 miles from home", "In the area, further",
        "Outside, up to 20 miles from home", "Outside, further", "Distance not known"), rows, publication)


def shares_table(council: str | None, slug: str) -> Table:
    """Give a part of the new placements in each 100 by year: of a council with England beside it, or of England."""
    caption, share = SHARES[slug]
    own = {one.year: share(one) for one in placements_of(council)} if council else None
    rows = tuple((str(whole.year), *(NO_PART if one is None else round(one * 100, 1) for one in (
        *((own.get(whole.year),) if own is not None else ()), share(whole)))) for whole in placements_of(ENGLAND))
    columns = ("Year to 31 March", *((_name(council),) if council else ()), "England")
    return Table(slug, caption, columns, rows, PUBLICATIONS["placements"])


def exclusions_table(council: str | None) -> Table:
    """Give exclusions and suspensions for drugs and alcohol of a council with England beside it, or of England."""
    publication = PUBLICATIONS["exclusions"]
    own = {one.year: one for one in exclusions_of(council)} if council else {}
    columns = ["School year"]
    if own:
        columns += [f"{_name(council)}: permanent", f"{_name(council)}: suspensions"]
    columns += ["England: permanent", "England: suspensions"]
    rows: list[tuple[object, ...]] = []
    for whole in exclusions_of(ENGLAND):
        beside = [own[whole.year]] if whole.year in own else []
        rows.append((whole.year, *(number(one, publication) for found in (*beside, whole)
                                   for one in (found.permanent, found.suspended))))
    caption = "Exclusions for drugs and alcohol, by school year"
    return Table("exclusions", caption, tuple(columns), tuple(rows), publication)


def tables(council: str | None) -> dict[str, Table]:
    """Give every table by its slug."""
    found = (*(factors_table(council, factor) for factor in Factor), noughts_table(), spread_table(),
             referrals_table(), decisions_table(), placements_table(council),
             *(shares_table(council, slug) for slug in SHARES), exclusions_table(council))
    return {one.slug: one for one in found}


def _quarter(quarter: str) -> str:
    """Write a quarter with its months: "2023 Q4" as "2023 Q4 (October to December)"."""
    return f"{quarter} ({QUARTERS[quarter[-2:]]})"


def _name(council: str | None) -> str:
    return factors_of(council)[-1].council if council else "England"
