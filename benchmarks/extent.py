"""Measure estimates of extent: how often a range of 95 % holds the truth, and how long it takes.

Populations are invented with a known number of children, in ways that break what methods assume: lists that depend,
children who are seen unequally, links that are missed. The scenes and the coverage asked of us are those of the
project's notes on extent; five lists hold 15, 12, 8, 5 and 5 % of all children. Beside each coverage stands the number
of populations: its standard error is at most half of one over that number's root.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray

from sightline.domain.insight.averaging import average
from sightline.domain.insight.bootstrap import limits
from sightline.domain.insight.columns import columns_of
from sightline.domain.insight.diagnosing import Averaging
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.families import Family
from sightline.domain.insight.linkage_error import LinkageError, correct, transfer
from sightline.domain.insight.refusing import FEWEST_SHARED
from sightline.domain.insight.stepwise import choose
from sightline.domain.insight.tables import Table, among, lists_of, without_empty
from sightline.interfaces.cli.lists_file import read_lists

LISTED = np.array([0.15, 0.12, 0.08, 0.05, 0.05])
BRITISH = Path(__file__).parents[1] / "tests/samples/extent/UKdat_5.csv"
SEED = 2026
QUICK, FULL = 60, 300
# A prototype came out at the border on populations like the British: a standard error of 0.7 points settles it.
QUICK_BRITISH, FULL_BRITISH = 120, 1000
REPLICATES = 10_000

Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Scene:
    """Hold a way in which children come onto lists: the chance of each history, none included, and how many there are.

    `asked` is the coverage that is asked of a range of 95 %. `missed` is the share of links that are missed after.
    """

    chances: Chances
    children: int
    asked: float
    missed: float = 0.0
    corrected: bool = False


def _independent(listed: Chances) -> Chances:
    on = lists_of(np.arange(32), 5)
    return np.asarray(np.prod(np.where(on, listed, 1 - listed), axis=1))


def _dependent(*pairs: tuple[int, int, float], alone: Chances | None = None) -> Chances:
    """Multiply the odds of being on both lists of each pair; `alone` is what holds without."""
    on = lists_of(np.arange(32), 5)
    raised = np.prod([odds ** (on[:, one] * on[:, other]) for one, other, odds in pairs], axis=0)
    chances = (_independent(LISTED) if alone is None else alone) * raised
    return np.asarray(chances / chances.sum())


def _varying(sd: float, *, held: bool = False) -> Chances:
    """Spread children's log-odds of every list normally; with `held`, so that lists stay as large as they are."""
    points, weights = np.polynomial.hermite_e.hermegauss(41)
    weights = weights / weights.sum()
    odds = np.log(LISTED / (1 - LISTED))
    if held:
        odds = np.array([_solved(lambda at, share=share: weights @ _logistic(at + sd * points) - share)
                         for share in LISTED])
    return np.asarray(sum(weight * _independent(_logistic(odds + sd * point))
                          for point, weight in zip(points, weights, strict=True)))


def _logistic(at: Chances) -> Chances:
    return np.asarray(1 / (1 + np.exp(-at)))


def _solved(rest: Callable[[float], float]) -> float:
    """Find where what rises passes nought."""
    low, high = -15.0, 5.0
    for _ in range(60):
        half = (low + high) / 2
        low, high = (half, high) if rest(half) < 0 else (low, half)
    return low


def _two_kinds(share: float, times: float, *, others: float = 1.0) -> Chances:
    """Let a share of children be so many times as likely on each list, and the others `others` times."""
    return share * _independent(np.minimum(times * LISTED, 0.95)) + (1 - share) * _independent(others * LISTED)


def _times_gamma() -> Chances:
    """Let each child be on every list with chances multiplied by a number of its own: gamma, shape 2 and mean 1."""
    points, weights = np.polynomial.laguerre.laggauss(30)
    return np.asarray(sum(point * weight * _independent(np.minimum(LISTED * point / 2, 0.95))
                          for point, weight in zip(points, weights, strict=True)))


LARGER = np.array([0.4, 0.3, 0.2, 0.1, 0.05])
SCENES = {
    "independent": Scene(_independent(LISTED), 2000, 0.93),
    "one dependent pair (odds 4)": Scene(_dependent((0, 1, 4)), 2000, 0.93),
    "three dependent pairs": Scene(_dependent((0, 1, 3), (2, 3, 3), (0, 4, 3)), 2000, 0.93),
    "visibility varies (sd 1)": Scene(_varying(1.0), 2000, 0.90),
    "visibility varies (sd 1), lists held": Scene(_varying(1.0, held=True), 2000, 0.90),
    "visibility varies (sd 0.5)": Scene(_varying(0.5), 2000, 0.90),
    "visibility varies (sd 0.5), lists held": Scene(_varying(0.5, held=True), 2000, 0.90),
    "15 % of children four times as visible": Scene(_two_kinds(0.15, 4.0, others=0.4 / 0.85), 2000, 0.75),
    "15 % four times as visible as others": Scene(_two_kinds(0.15, 4.0), 2000, 0.75),
    "independent, 300 children": Scene(_independent(LISTED), 300, 0.93),
    "odds 4 and 0.2, 300 children": Scene(_dependent((0, 1, 4), (2, 3, 0.2)), 300, 0.93),
    "10 % of links missed, corrected": Scene(_independent(LISTED), 2000, 0.90, 0.1, True),
    "10 % of links missed, not corrected": Scene(_independent(LISTED), 2000, 0.0, 0.1),
}
# Nobody looked at these while priors were chosen.
NOT_LOOKED_AT = {
    "each child's chances times a gamma number": Scene(_times_gamma(), 2000, 0.90),
    "the same, and one dependent pair": Scene(_dependent((0, 1, 3), alone=_times_gamma()), 2000, 0.90),
    "visibility varies (sd 1.5), lists held": Scene(_varying(1.5, held=True), 2000, 0.0),
    "larger lists, three dependent pairs": Scene(
        _dependent((0, 1, 3), (2, 3, 3), (0, 4, 3), alone=_independent(LARGER)), 1000, 0.93),
}


@cache
def british_scene() -> Scene:
    """Give a population like the British one: what the stepwise model of its lists of 2013 expects."""
    table, columns = read_lists(BRITISH), columns_of(5)
    chosen = choose(table.counts[None], existence=Existence(columns))
    expected = np.append(chosen.fits.unseen[0], chosen.fits.fitted[0])
    return Scene(np.asarray(expected / expected.sum()), round(float(expected.sum())), 0.85)


def drawn(scene: Scene, populations: int, chance: np.random.Generator) -> Iterator[Table]:
    """Draw so many populations and what lists show of each, links missed where the scene says so."""
    for _ in range(populations):
        counts = chance.multinomial(scene.children, scene.chances)[1:]
        if scene.missed:
            counts = _with_links_missed(counts, scene.missed, chance)
        table = Table(tuple("ABCDE"), counts.astype(float))
        yield correct(table, LinkageError(scene.missed, 0.0)) if scene.corrected else table


def _with_links_missed(counts: NDArray[np.int64], missed: float, chance: np.random.Generator) -> NDArray[np.int64]:
    """Let each record but one of a child fail to be joined, child by child."""
    shown = np.zeros_like(counts)
    for history, many in enumerate(counts, start=1):
        places = [place for place in range(5) if history >> place & 1]
        for _ in range(many):
            anchor = places[chance.integers(len(places))]
            apart = [place for place in places if place != anchor and chance.random() < missed]
            for place in apart:
                shown[(1 << place) - 1] += 1
            shown[history - sum(1 << place for place in apart) - 1] += 1
    return shown


@cache
def _family() -> tuple[Family, Existence]:
    family = Family(5)
    return family, Existence(family.columns)


def ends(table: Table) -> tuple[float, float, float]:
    """Give the lower end, middle and upper end of our range."""
    family, existence = _family()
    found = average(table, family=family, existence=existence)
    return found.lower, found.median, found.upper


def covered(table: Table, children: int) -> bool:
    """Say whether our range holds the true number."""
    lower, _, upper = ends(table)
    return lower <= children <= upper


def measure(*, full: bool) -> list[tuple[str, float, str]]:
    """Measure coverage, width and middle of the range in every scene, and the time of 10,000 drawn tables."""
    populations = FULL if full else QUICK
    rows: list[tuple[str, float, str]] = [("populations a scene", populations, "")]
    for name, scene in {**SCENES, **NOT_LOOKED_AT}.items():
        rows += _measured(name, scene, populations)
    british = FULL_BRITISH if full else QUICK_BRITISH
    rows += _measured(f"like the British lists of 2013, {british:,} populations", british_scene(), british)
    return [*rows, *_drawn_tables(), *_asymmetry(), *_small_tables(60 if full else 10)]


def _measured(name: str, scene: Scene, populations: int) -> list[tuple[str, float, str]]:
    chance = np.random.default_rng(SEED)
    tables = list(drawn(scene, populations, chance))
    found = np.array([ends(table) for table in tables])
    refused = float(np.mean([table.shared < FEWEST_SHARED for table in tables]))
    truth = scene.children
    inside = (found[:, 0] <= truth) & (truth <= found[:, 2])
    share = float(inside.mean())
    asked = f"asked {scene.asked:.0%}" if scene.asked else "for comparison"
    return [
        (f"{name}: covered", 100 * share, f"% ({asked}, ± {100 * np.sqrt(share * (1 - share) / populations):.1f})"),
        (f"{name}: lower end below the truth", 100 * float((found[:, 0] <= truth).mean()), "%"),
        (f"{name}: middle", 100 * float(np.median(found[:, 1]) / truth - 1), "% off the truth"),
        (f"{name}: refused, too few shared", 100 * refused, "% (the range is measured all the same)"),
        (f"{name}: width", float(np.median(found[:, 2] - found[:, 0]) / truth), "of the truth"),
    ]


def _drawn_tables() -> list[tuple[str, float, str]]:
    table, existence = read_lists(BRITISH), Existence(columns_of(5))
    before = process_time()
    estimate = float(choose(table.counts[None], existence=existence).total[0])
    found = limits(table, lambda counts: choose(counts, existence=existence).total, estimate=estimate,
                   replicates=REPLICATES, seed=SEED)
    took = process_time() - before
    lower, upper = (-1.0 if limit is None else limit for limit in (found.lower, found.upper))
    return [("10,000 drawn tables of five lists, choice repeated", took, "s of one core (asked 60)"),
            ("stepwise, lower limit of the British lists", lower, f"children (± {found.noise[0] or 0:.0f})"),
            ("stepwise, upper limit of the British lists", upper, f"children (± {found.noise[1] or 0:.0f})")]


def _asymmetry() -> list[tuple[str, float, str]]:
    """Say how far missed links would raise the answer, if nobody corrected for them."""
    true = replace(SCENES["independent"]).chances[1:] * 2000
    shown = Table(tuple("ABCDE"), transfer(5, 0.1) @ true)
    return [("middle, 10 % of links missed", 100 * (ends(shown)[1] / ends(Table(shown.lists, true))[1] - 1), "% more")]


def _small_tables(draws: int) -> list[tuple[str, float, str]]:
    """Say how far off the middle is when each published list is the truth, and when the models hold for such tables.

    The same sub-tables are drawn anew with lists that do not depend, of as many children and as large lists: what is
    off then is a property of small tables that happen to have an answer, and of no prior.
    """
    averaging, chance = Averaging(), np.random.default_rng(SEED)
    found, drawn_anew = [], []
    for name in ("UKdat_5", "Western", "NewOrl_5"):
        table = read_lists(BRITISH.with_name(f"{name}.csv"))
        for place, words in enumerate(table.lists):
            inside, truth = among(table, place)
            inside = without_empty(inside)
            told = averaging.tried(inside, name=words, truth=truth)
            if told.median is None:
                continue
            found.append(float(np.log(told.median / truth)))
            again = [averaging.tried(one, name=words, truth=truth) for one in _drawn_like(inside, truth, draws, chance)]
            logs = [float(np.log(one.median / truth)) for one in again if one.median is not None]
            drawn_anew.append(float(np.mean(logs)) if logs else 0.0)
    return [("each list as the truth: lists that allow it", len(found), ""),
            ("each list as the truth: mean logarithm of middle over truth", float(np.mean(found)), ""),
            ("the same sizes drawn anew, lists that do not depend", float(np.mean(drawn_anew)), "")]


def _drawn_like(table: Table, truth: float, draws: int, chance: np.random.Generator) -> Iterator[Table]:
    """Draw tables of as many children and as large lists, which do not depend; those with fewer than three left out."""
    for _ in range(draws):
        on = chance.random((round(truth), len(table.lists))) < table.sizes / truth
        histories = on @ (1 << np.arange(len(table.lists)))
        counts = np.bincount(histories, minlength=2 ** len(table.lists))[1:].astype(float)
        if counts.sum() and len((one := without_empty(Table(table.lists, counts))).lists) > 2:
            yield one
