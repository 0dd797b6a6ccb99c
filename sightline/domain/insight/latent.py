"""Estimate with latent classes: a cross-check under which some kinds of children are seen more than others.

Children are of up to ten kinds; within a kind, lists are independent (Manrique-Vallier 2016). How many kinds there are
is left to a stick-breaking prior. Many chains are drawn side by side (Gibbs); where they do not agree with each other,
the answer is not one, and that is said. Sparse tables often end so.
"""

from dataclasses import dataclass

import numpy as np

from sightline.domain.insight.tables import Numbers, Table, lists_of

KINDS = 10
CHAINS = 24
ROUNDS = 1000
WARMING_UP = 400
# Prior of the stick-breaking concentration: gamma with this shape and rate.
SHAPE = RATE = 0.25
# Above this ratio of spreads between and within chains, they did not find the same answer.
AGREED = 1.1


@dataclass(frozen=True)
class Classes:
    """Hold median and 95 % limits of the number of children, and how far the chains disagree (1: not at all)."""

    median: float
    lower: float
    upper: float
    disagreement: float
    chains: int
    rounds: int

    @property
    def settled(self) -> bool:
        """Say whether the chains found one answer."""
        return self.disagreement <= AGREED


def estimate(
    table: Table, *, seed: int, kinds: int = KINDS, chains: int = CHAINS, rounds: int = ROUNDS,
    warming_up: int = WARMING_UP,
) -> Classes:
    """Draw the number of children under latent classes, with the prior 1/N; the first rounds of each are left out."""
    chance = np.random.default_rng(seed)
    seen = np.flatnonzero(table.counts > 0)
    on = lists_of(table.histories[seen], len(table.lists)).astype(float)
    counts = np.rint(table.counts[seen]).astype(np.int64)
    shares = np.broadcast_to(0.1 ** np.arange(kinds) * 0.9 + 1e-12, (chains, kinds))
    # Chains start far apart, so that their agreement means something: at two to twenty times the known children.
    started = np.exp(chance.uniform(np.log(2), np.log(20), size=chains)) * table.observed
    jitter = chance.uniform(0.5, 1.5, size=(chains, kinds, len(table.lists)))
    visible = np.clip(table.sizes / started[:, None, None] * jitter, 1e-4, 0.9)
    concentration = np.full(chains, 0.1)
    unseen = np.empty((rounds, chains))
    for turn in range(rounds):
        known = _drawn_kinds(chance, shares, visible, on, counts)
        hidden = _drawn_hidden(chance, shares, visible, int(counts.sum()))
        unseen[turn] = hidden.sum(axis=1)
        of_kind = known.sum(axis=1) + hidden
        listed = np.einsum("chk,hl->ckl", known.astype(float), on)
        visible = chance.beta(1 + listed, 1 + of_kind[:, :, None] - listed)
        shares, last = _drawn_shares(chance, of_kind, concentration)
        concentration = chance.gamma(SHAPE + kinds - 1, 1 / (RATE - last))
    drawn = table.observed + unseen[warming_up:]
    lower, median, upper = np.quantile(drawn, (0.025, 0.5, 0.975))
    return Classes(float(median), float(lower), float(upper), _disagreement(np.log(drawn)), chains, rounds)


def _drawn_kinds(
    chance: np.random.Generator, shares: Numbers, visible: Numbers, on: Numbers, counts: np.ndarray
) -> np.ndarray:
    """Draw how many of the children of each history are of each kind: chains x histories x kinds."""
    logs = np.log(visible) @ on.T + np.log1p(-visible) @ (1 - on).T + np.log(shares)[:, :, None]
    likely = np.exp(logs - logs.max(axis=1, keepdims=True)).transpose(0, 2, 1)
    likely /= likely.sum(axis=2, keepdims=True)
    return chance.multinomial(np.broadcast_to(counts, likely.shape[:2]), likely)


def _drawn_hidden(chance: np.random.Generator, shares: Numbers, visible: Numbers, known: int) -> np.ndarray:
    """Draw how many children on no list there are of each kind: chains x kinds."""
    parts = shares * np.prod(1 - visible, axis=2)
    nowhere = np.clip(parts.sum(axis=1), 1e-12, 1 - 1e-9)
    many = chance.negative_binomial(known, 1 - nowhere)
    likely = parts / parts.sum(axis=1, keepdims=True)
    return chance.multinomial(many, likely)


def _drawn_shares(
    chance: np.random.Generator, of_kind: np.ndarray, concentration: Numbers
) -> tuple[Numbers, Numbers]:
    """Draw the kinds' shares by breaking a stick; beside them the logarithm of what the last kind is left."""
    after = of_kind.sum(axis=1, keepdims=True) - np.cumsum(of_kind, axis=1)
    broken = chance.beta(1.0 + of_kind[:, :-1], concentration[:, None] + after[:, :-1])
    broken = np.clip(broken, 1e-12, 1 - 1e-12)
    left = np.cumsum(np.log1p(-broken), axis=1)
    logs = np.hstack([np.log(broken), np.zeros((len(broken), 1))])
    logs[:, 1:] += left
    shares = np.exp(np.maximum(logs, -600.0))
    return shares / shares.sum(axis=1, keepdims=True), left[:, -1]


def _disagreement(drawn: Numbers) -> float:
    """Give the ratio of spreads between and within halves of chains (Gelman and Rubin, split)."""
    half = len(drawn) // 2
    parts = np.hstack([drawn[:half], drawn[half:2 * half]])
    within = parts.var(axis=0, ddof=1).mean()
    between = parts.mean(axis=0).var(ddof=1)
    return float(np.sqrt((half - 1) / half + between / within)) if within > 0 else 1.0
