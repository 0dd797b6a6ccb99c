"""Estimate how many children are exploited whom no agency knows: a range, what it rests on, or why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sightline.domain.insight.averaging import Averaged, NoModelHolds
from sightline.domain.insight.diagnosing import Averaging, Diagnosis, diagnose
from sightline.domain.insight.linkage_error import LinkageError, correct, corrected_by
from sightline.domain.insight.methods import METHODS, Asked, MethodAnswer, refused
from sightline.domain.insight.refusing import Circumstances, Refused, why_no_range, why_nothing
from sightline.domain.insight.tables import Table
from sightline.domain.insight.wording import warnings_of

OURS = "averaging"
# With more lists each replicate costs more.
REPLICATES = {3: 2000, 4: 2000, 5: 2000, 6: 1000}
REPLICATES_OF_MORE = 200
SEED = 20240416


@dataclass(frozen=True)
class Extent:
    """Hold an estimate of extent: never one number, and never without what it rests on.

    `range` holds whole children, corrected for links where the linkage was measured; `uncorrected` is the range
    without. `cut` says that the upper end was cut at the population. Without a range, `refused` says why.
    """

    table: Table
    estimates: tuple[MethodAnswer, ...]
    corrected: tuple[MethodAnswer, ...]
    range: tuple[int, int] | None
    uncorrected: tuple[int, int] | None
    cut: bool
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]
    diagnosis: Diagnosis
    replicates: int
    seed: int
    linkage: LinkageError | None = None
    linkage_limits: Sequence[LinkageError] = ()
    notes: tuple[str, ...] = field(default=())


def estimate_extent(
    table: Table, *, circumstances: Circumstances | None = None, replicates: int | None = None, seed: int = SEED,
    order: int = 2, thorough: bool = False, told: Callable[[int, int], None] = lambda done, all_of_it: None,
) -> Extent:
    """Estimate the number of children from a table by every method, and give the range of our own.

    `replicates` of the bootstrap (a number that answers in seconds where not given), drawn with `seed`; models by BIC
    hold terms of up to `order` lists; `thorough` takes minutes for what else is left out. `told` is called with steps
    done and all of them.
    """
    known = circumstances or Circumstances()
    many = replicates or REPLICATES.get(len(table.lists), REPLICATES_OF_MORE)
    averaging, steps = Averaging(), _Steps(told, 2 + (len(METHODS) + 1) * (1 if known.linkage is None else 2))
    nothing = why_nothing(table, averaging.of(len(table.lists))[1])
    raw, average = _answers(table, Asked(many, seed, order, thorough), nothing, averaging, steps)
    fixed: tuple[MethodAnswer, ...] = ()
    headline = average
    if known.linkage is not None and nothing is None:
        again = Asked(many, seed, order, thorough, corrected_by(len(table.lists), known.linkage))
        right = correct(table, known.linkage)
        fixed, headline = _answers(table, again, why_nothing(right, averaging.of(len(right.lists))[1]), averaging,
                                   steps, fitted=right)
        headline = _widened(table, headline, known.linkage_limits, averaging)
    reasons = ([nothing] if nothing else []) + why_no_range(table, known) + _no_model(nothing, headline)
    reasons += _more_than_population(headline, known)
    ends, cut = _ends(headline, known) if not reasons else (None, False)
    uncorrected = _ends(average, known)[0] if fixed and not reasons else None
    diagnosis = diagnose(table, average, averaging=averaging)
    steps.done()
    return Extent(table, raw, fixed, ends, uncorrected, cut, tuple(reasons),
                  warnings_of(table, circumstances=known, ends=ends, cut=cut, reasons=reasons, average=headline),
                  diagnosis, many, seed, known.linkage, tuple(known.linkage_limits), table.notes)


class _Steps:
    def __init__(self, told: Callable[[int, int], None], steps: int) -> None:
        self._told, self._steps, self._at = told, steps, 0

    def done(self) -> None:
        self._at += 1
        self._told(min(self._at, self._steps), self._steps)


def _answers(
    table: Table, asked: Asked, nothing: Refused | None, averaging: Averaging, steps: _Steps, *,
    fitted: Table | None = None,
) -> tuple[tuple[MethodAnswer, ...], Averaged | None]:
    """Give every method's answer, ours last, and our average, if there is one."""
    if nothing is not None:
        return tuple(refused(name, nothing.why) for name in (*METHODS, OURS)), None
    found = []
    for method in METHODS.values():
        found.append(method(table, asked))
        steps.done()
    try:
        average = averaging.average(table if fitted is None else fitted)
    except NoModelHolds:
        return (*found, refused(OURS, "None of the models has one finite answer.")), None
    steps.done()
    says = ((f"Average over {average.tried - average.failed:,} models of pairs of lists and of unequal visibility; "
            f"{average.shaped:.0%} of the weight is on unequal visibility."),)
    return (*found, MethodAnswer(OURS, average.median, average.lower, average.upper, says=says)), average


def _widened(
    table: Table, headline: Averaged | None, limits: Sequence[LinkageError], averaging: Averaging
) -> Averaged | None:
    """Widen the range to hold the ranges under each limit of the links' error; None where one has no finite answer."""
    for error in limits:
        right = correct(table, error)
        if headline is None or why_nothing(right, averaging.of(len(right.lists))[1]) is not None:
            return None
        try:
            found = averaging.average(right)
        except NoModelHolds:
            return None
        headline = replace(headline, lower=min(headline.lower, found.lower), upper=max(headline.upper, found.upper))
    return headline


def _ends(average: Averaged | None, known: Circumstances) -> tuple[tuple[int, int] | None, bool]:
    """Give the ends of the range in whole children, and whether the upper was cut at the population."""
    if average is None:
        return None, False
    lower, upper = int(np.floor(average.lower)), int(np.ceil(average.upper))
    cut = known.population is not None and upper > known.population
    return (lower, known.population if cut and known.population is not None else upper), cut


def _no_model(nothing: Refused | None, headline: Averaged | None) -> list[Refused]:
    if nothing is not None or headline is not None:
        return []
    return [Refused("no-finite-answer", "None of the models that are averaged over has a finite answer for these "
                    "lists.")]


def _more_than_population(headline: Averaged | None, known: Circumstances) -> list[Refused]:
    if headline is None or known.population is None or headline.lower <= known.population:
        return []
    return [Refused("more-than-live-there", f"Even the lower end is above the {known.population:,} children who live "
                    "in the area: the lists hold children of elsewhere, or what hides children differs too much.")]
