"""Tables for the page that explains the demonstration: rates with their rows, what is assumed, what came out."""

from collections import defaultdict
from collections.abc import Iterable

from sightline.demonstration.answers import DONE
from sightline.demonstration.manifest import Manifest
from sightline.demonstration.measured import measure
from sightline.demonstration.mistakes import HABITS, Habits
from sightline.demonstration.pathways import ASSUMED, ASSUMED_BY_PATHWAY, SHARES, WEIGHTS
from sightline.demonstration.places import AREAS_OF_COUNCIL
from sightline.demonstration.rates import Rate, rates
from sightline.reference.geography import authorities, forces


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write a Markdown table."""
    listed = list(heads)
    lines = [listed, ["---"] * len(listed), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def council_rates() -> str:
    """Write the rates that each council has of its own; an asterisk marks a figure that stands for a suppressed one."""
    codes = list(AREAS_OF_COUNCIL)
    found: dict[str, dict[str, Rate]] = defaultdict(dict)
    for (name, code), one in rates().items():
        if code in AREAS_OF_COUNCIL:
            found[name][code] = one
    heads = ("rate", "unit", *(authorities()[code].name for code in codes), "official table", "row")
    return table(heads, ([name, _first(by).unit, *(_value(by[code]) for code in codes), f"`{_first(by).source}`",
                          _row_without_area(_first(by))] for name, by in found.items()))


def _first(by_code: dict[str, Rate]) -> Rate:
    return next(iter(by_code.values()))


def _value(one: Rate) -> str:
    own = authorities()[one.area_code].name in one.row.replace("St. ", "St ")
    return f"{one.value:g}{'' if own else '*'}"


def _row_without_area(one: Rate) -> str:
    return one.row.split(f", {authorities()[one.area_code].name}")[0]


def other_rates() -> str:
    """Write the rates of England and of police forces."""
    found = [one for one in rates().values() if one.area_code not in AREAS_OF_COUNCIL]
    return table(("rate", "area", "figure", "unit", "official table", "row"), (
        (one.rate, forces()[one.area_code].name if one.area_code in forces() else one.area_code, f"{one.value:g}",
         one.unit, f"`{one.source}`", one.row) for one in found))


def assumptions() -> str:
    """Write what no open table tells and was chosen by hand."""
    heads = ("assumed", "settled", "unsettled", "drawn in")
    rows: list[tuple[object, ...]] = [("share of children", *WEIGHTS)]
    rows += [(f"share of: {kind}", *shares) for kind, shares in SHARES.items()]
    rows += [(name, *values) for name, values in ASSUMED_BY_PATHWAY.items()]
    rows += [(name, value, "", "") for name, value in ASSUMED.items()]
    return table(heads, rows)


def done() -> str:
    """Write how often each duty is done and told."""
    return table(("duty", "done and told"), ((code, f"{100 * share:g} %") for code, share in DONE.items()))


def mistakes() -> str:
    """Write how often each kind of agency makes each mistake."""
    names = [name for name in Habits.__slots__ if name != "capitals"]
    return table(("mistake", *HABITS), (
        (name.replace("_", " "), *(f"{100 * getattr(habits, name):g} %" for habits in HABITS.values()))
        for name in names))


def results(manifest: Manifest) -> str:
    """Write each measure of one invented partnership beside what was published."""
    return table(("measure", "cases", "of", "invented", "published", "official measure"), (
        (one.measure.name, f"{one.cases:,}", f"{one.of:,}", f"{one.invented:.3g}", f"{one.published:.3g}",
         f"`{one.measure.source}`") for one in measure(manifest.counts)))
