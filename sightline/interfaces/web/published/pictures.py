"""What is drawn of the published figures: each picture with the table that it stands beside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sightline.domain.figures.recording import rate
from sightline.interfaces.web.chart import Figure
from sightline.interfaces.web.published.lines import Lines, Series, lines
from sightline.interfaces.web.published.tables import FACTOR_WORDS, KINDS, SHARES, Table
from sightline.reference.figures.decisions import decisions
from sightline.reference.figures.exclusions import YearOfExclusions, exclusions_of
from sightline.reference.figures.factors import Factor, factors_of, years
from sightline.reference.figures.placements import YearOfPlacements, placements_of
from sightline.reference.figures.published import ENGLAND
from sightline.reference.figures.referrals import quarters, referred


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold one drawing, its title with its unit, and its table."""

    title: str
    drawing: Lines
    table: Table


def factor_pictures(council: str | None, held: Mapping[str, Table]) -> list[Picture]:
    """Draw each factor by year, of the council and of England."""
    return [Picture(f"{FACTOR_WORDS[factor]}: episodes for each 10,000 children", _factor(council, factor),
                    held[factor.value.replace("_", "-")]) for factor in Factor]


def referral_pictures(held: Mapping[str, Table]) -> list[Picture]:
    """Draw the children referred by quarter and kind of first responder, and the decisions on children by year."""
    by_kind = [Series(words, tuple(
        _figure(_short(quarter), referred(kind, quarter=quarter)) for quarter in quarters()))
        for kind, words in KINDS.items()]
    ways = (("Reasonable grounds: yes", "reasonable_positive"), ("Reasonable grounds: no", "reasonable_negative"),
            ("Conclusive grounds: yes", "conclusive_positive"), ("Conclusive grounds: no", "conclusive_negative"))
    by_way = [Series(words, tuple(_figure(str(one.year), getattr(one, way)) for one in decisions()))
              for words, way in ways]
    return [Picture("Children referred, by quarter and kind of first responder", lines(by_kind), held["referrals"]),
            Picture("Decisions on children, by year", lines(by_way), held["decisions"])]


def placement_pictures(council: str | None, held: Mapping[str, Table]) -> list[Picture]:
    """Draw the parts of new placements outside the council's area, and of those far outside."""
    return [Picture(held[slug].caption, _shares(council, share), held[slug]) for slug, (_, share) in SHARES.items()]


def exclusion_pictures(council: str | None, held: Mapping[str, Table]) -> list[Picture]:
    """Draw suspensions for drugs and alcohol by school year, of the council, or of England."""
    own = exclusions_of(council) if council else ()
    shown: tuple[YearOfExclusions, ...] = own or exclusions_of(ENGLAND)
    series = Series(shown[-1].council, tuple(_figure(one.year, one.suspended.value) for one in shown))
    return [Picture(f"Suspensions for drugs and alcohol in {shown[-1].council}", lines([series]),
                    held["exclusions"])]


def _factor(council: str | None, factor: Factor) -> Lines:
    series = []
    for code in (council, ENGLAND):
        if code:
            found = {one.year: rate(one, factor) for one in factors_of(code)}
            series.append(Series(factors_of(code)[-1].council, tuple(
                _figure(str(year), found.get(year)) for year in years())))
    return lines(series)


def _shares(council: str | None, share: Callable[[YearOfPlacements], float | None]) -> Lines:
    series = []
    for code in (council, ENGLAND):
        if code:
            found = {one.year: share(one) for one in placements_of(code)}
            name = factors_of(code)[-1].council
            series.append(Series(name, tuple(_figure(str(one.year), _percent(found.get(one.year)))
                                             for one in placements_of(ENGLAND))))
    return lines(series)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _figure(label: str, value: float | None) -> Figure:
    return Figure(label, value, "")


def _short(quarter: str) -> str:
    """Write a quarter for an axis: "2023 Q4" as "Q4 2023"."""
    year, part = quarter.split()
    return f"{part} {year}"
