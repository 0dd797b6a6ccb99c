"""The published methods, each with its limits, beside which our own average stands: never one of them alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sightline.domain.insight.all_models import MOST_MODELS, TooManyModels, best_total, hierarchical, rank
from sightline.domain.insight.bootstrap import Limits, limits
from sightline.domain.insight.columns import Columns, Truths, columns_of, named
from sightline.domain.insight.decomposable import MOST_LISTS as MOST_LISTS_OF_GRAPHS
from sightline.domain.insight.decomposable import average as average_graphs
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.latent import estimate as estimate_classes
from sightline.domain.insight.loglinear import Fits
from sightline.domain.insight.profile import profile_limits
from sightline.domain.insight.stepwise import choose
from sightline.domain.insight.tables import Numbers, Table

# The bootstrap of the choice among all models repeats it among so many of the best.
BEST_MODELS = 20
MODELS_BY_DEFAULT = 8_000


@dataclass(frozen=True)
class MethodAnswer:
    """Hold what one method says: its number, its limits (None where it has none), or why it says nothing.

    `says` tells in words how it came to it; `conditional` are the limits as if the chosen model were known to hold;
    `noise` is how far the limits move from one run to another.
    """

    method: str
    estimate: float | None
    lower: float | None
    upper: float | None
    refused: str | None = None
    says: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    conditional: tuple[float, float] | None = None
    replicates: int | None = None
    noise: tuple[float | None, float | None] | None = None


@dataclass(frozen=True)
class Asked:
    """Hold how methods are to be run: replicates of the bootstrap, its seed, and terms of up to how many lists.

    `prepare` turns drawn tables (rows) into those to be fitted: the correction of links, or nothing.
    """

    replicates: int
    seed: int
    order: int = 2
    thorough: bool = False
    prepare: Callable[[Numbers], Numbers] = lambda counts: counts


def refused(method: str, why: str) -> MethodAnswer:
    """Give the answer of a method that has none."""
    return MethodAnswer(method, None, None, None, refused=why)


def independence(table: Table, asked: Asked) -> MethodAnswer:
    """Estimate as if lists did not depend on each other and all children were alike: seldom so, and mostly too low."""
    columns = columns_of(len(table.lists), order=1)
    counts = asked.prepare(table.counts[None])
    estimate, lower, upper = profile_limits(counts, columns)
    says = ("As if no agency passed children to another and all children were seen alike.",)
    return MethodAnswer("independence", estimate, lower, upper, says=says)


def stepwise(table: Table, asked: Asked) -> MethodAnswer:
    """Estimate with pairs chosen one by one, with limits from a bootstrap that repeats the choice."""
    columns = columns_of(len(table.lists))
    existence = Existence(columns)
    chosen = choose(asked.prepare(table.counts[None]), existence=existence)
    estimate = float(chosen.total[0])

    def again(counts: Numbers) -> Numbers:
        return choose(asked.prepare(counts), existence=existence).total

    found = limits(table, again, estimate=estimate, replicates=asked.replicates, seed=asked.seed)
    return _bootstrapped("stepwise", estimate, found, table=table, columns=columns, model=chosen.terms[0],
                         fits=chosen.fits)


def all_models(table: Table, asked: Asked) -> MethodAnswer:
    """Estimate with the best of all hierarchical models by BIC, with limits that choose again among the best few."""
    columns = columns_of(len(table.lists), order=min(asked.order, len(table.lists) - 1))
    try:
        models = hierarchical(columns, most=MOST_MODELS if asked.thorough else MODELS_BY_DEFAULT)
    except TooManyModels:
        return refused("all-models", f"There are too many models of {len(table.lists)} lists to fit them all"
                       + ("." if asked.thorough else "; ask for --thorough with six lists."))
    existence = Existence(columns)
    prepared = Table(table.lists, asked.prepare(table.counts[None])[0])
    ranked = rank(prepared, existence=existence, models=models)
    if not len(ranked.total):
        return refused("all-models", "None of the models has one finite answer.")
    best, estimate = ranked.terms[:BEST_MODELS], float(ranked.total[0])

    def again(counts: Numbers) -> Numbers:
        return best_total(asked.prepare(counts), existence=existence, models=best)

    found = limits(table, again, estimate=estimate, replicates=asked.replicates, seed=asked.seed)
    answer = _bootstrapped("all-models", estimate, found, table=table, columns=columns, model=ranked.terms[0],
                           fits=ranked.fits.of(np.arange(1)))
    words = (f"Best by BIC of {len(ranked.total):,} models with one finite answer, of {ranked.tried:,} of up to "
             f"{columns.terms[-1].bit_count()} lists a term; limits from choosing again among the best {len(best)}.")
    return _saying(answer, words)


def decomposable(table: Table, asked: Asked) -> MethodAnswer:
    """Estimate by averaging over decomposable graphs; up to six lists."""
    method = "decomposable-graphs"
    if len(table.lists) > MOST_LISTS_OF_GRAPHS:
        return refused(method, f"There are too many graphs of more than {MOST_LISTS_OF_GRAPHS} lists.")
    found = average_graphs(Table(table.lists, asked.prepare(table.counts[None])[0]))
    says = ((f"Average over {found.graphs:,} graphs with {found.delta:g} prior children a history; "
            "the answer hangs on that number."),)
    return MethodAnswer(method, found.median, found.lower, found.upper, says=says)


def latent_classes(table: Table, asked: Asked) -> MethodAnswer:
    """Estimate with kinds of children who are seen unequally; drawn by chance, and said where it did not settle."""
    rounds = {"rounds": 8000, "warming_up": 3000} if asked.thorough else {}
    found = estimate_classes(Table(table.lists, asked.prepare(table.counts[None])[0]), seed=asked.seed, **rounds)
    says: tuple[str, ...] = (f"{found.chains} chains of {found.rounds:,} rounds, seed {asked.seed}.",)
    if not found.settled:
        says += ((f"The chains did not come to one answer (they disagree by {found.disagreement:.1f}, at most 1.1 is "
                 "well): a rough figure."),)
    return MethodAnswer("latent-classes", found.median, found.lower, found.upper, says=says)


METHODS: dict[str, Callable[[Table, Asked], MethodAnswer]] = {
    "independence": independence,
    "stepwise": stepwise,
    "all-models": all_models,
    "decomposable-graphs": decomposable,
    "latent-classes": latent_classes,
}


def _bootstrapped(
    method: str, estimate: float, found: Limits, *, table: Table, columns: Columns, model: Truths, fits: Fits
) -> MethodAnswer:
    unseen, factor = fits.unseen[0], float(np.exp(1.959964 * fits.spread[0]))
    known = estimate - unseen
    says = []
    if found.without:
        says.append(f"{found.without:,} of {found.replicates:,} drawn tables had no finite answer.")
    if found.upper is None:
        says.append("These records give no upper limit.")
    terms = tuple(named(columns.terms[place], table.lists) for place in columns.optional if model[place])
    return MethodAnswer(method, estimate, found.lower, found.upper, None, tuple(says), terms,
                        (float(known + unseen / factor), float(known + unseen * factor)), found.replicates, found.noise)


def _saying(answer: MethodAnswer, words: str) -> MethodAnswer:
    return replace(answer, says=(words, *answer.says))
