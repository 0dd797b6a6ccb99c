"""Put an operation into the words, rows and bars that its page shows."""

from collections.abc import Iterable, Sequence
from typing import Any

from sightline.apps.operations.queries import ForceCount, OperationFacts, TotalFacts
from sightline.domain.operations.counted import FEWEST_SHOWN, MEASURES, Counts, Total, differ
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.moments import counted

FEWER = f"Fewer than {FEWEST_SHOWN}"
KEPT_BACK = "Not shown"
WHOLE = "Whole operation"
COUNT_COLUMNS = ("Force", "Warrants", *(one.words for one in MEASURES))


def differences(totals: Iterable[TotalFacts]) -> list[tuple[str, str]]:
    """Say where sources tell different numbers of the whole operation: what, and each source with its number."""
    totals = list(totals)
    found = differ([Total(one.source, one.counts, one.agency, one.number) for one in totals])
    return [(what.value, ", ".join(f"{one.source}: {one.number}" for one in totals
                                   if one.counts is what and one.agency is None)) for what in found]


def arrest_bars(totals: Sequence[TotalFacts]) -> tuple[Bar, ...]:
    """Draw the arrests by force, for each force what each source told of it."""
    told = [one for one in totals if one.counts is Counts.ARRESTS]
    return bar_chart([Figure(f"{one.agency or WHOLE}, {one.source}", one.number, counted(one.number, "arrest"))
                      for one in sorted(told, key=lambda one: (one.agency is None, one.agency or "", one.source))])


def total_rows(totals: Sequence[TotalFacts]) -> list[tuple[Any, ...]]:
    """Give a row for each source and thing counted: the number told, what was told by force, the day, who entered it.

    Where the forces of a source do not add up to its own total, the row says so; nothing is mended.
    """
    rows: list[tuple[Any, ...]] = []
    for source, what in dict.fromkeys((one.source, one.counts) for one in totals):
        own = [one for one in totals if (one.source, one.counts) == (source, what)]
        whole = next((one for one in own if one.agency is None), None)
        parts = [one for one in own if one.agency is not None]
        by_force = ", ".join(f"{one.agency} {one.number}{_corrected(one)}" for one in parts) or "Not told"
        added = sum(one.number for one in parts)
        if parts and whole is not None and added != whole.number:
            by_force += f". These add up to {added}"
        newest = max(own, key=lambda one: one.entered_at)
        rows.append((source, what.value.capitalize(),
                     "Not told" if whole is None else f"{whole.number}{_corrected(whole)}", by_force, newest.told_on,
                     ", ".join(filter(None, (newest.entered_by, newest.entered_for)))))
    return rows


def _corrected(one: TotalFacts) -> str:
    return "" if one.before is None else f" (it had told {one.before})"


def count_rows(counts: Sequence[ForceCount], found: OperationFacts) -> list[tuple[Any, ...]]:
    """Give a row for each force, the whole last; a number too small for the viewer says so."""
    warrants = {one.agency: one.warrants for one in found.forces}
    known = [number for number in warrants.values() if number is not None]
    told = sum(known) if len(known) == len(warrants) else None
    return [(one.agency or WHOLE, _warrants(told if one.agency is None else warrants.get(one.agency)),
             *(_number(getattr(one, measure.code), whole=one.agency is None) for measure in MEASURES))
            for one in counts]


def _warrants(number: int | None) -> int | str:
    return "Not told" if number is None else number


def _number(number: int | None, *, whole: bool) -> int | str:
    if number is not None:
        return number
    return KEPT_BACK if whole else FEWER
