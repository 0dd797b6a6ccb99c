"""The models that the range is averaged over: lists that depend in pairs, and children who are seen unequally.

Three pictures explain more children on several lists than chance would put there. Two agencies may pass children to
each other: a term for a pair of lists. Or some children are seen a little more than others, by all: a term in the
number of lists on which a child stands. Or a few children are seen very much more than all others: two kinds of
children. Records can hardly tell which holds, and the number of children whom nobody knows differs much between them;
that is the doubt that a range must show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb, log

import numpy as np

from sightline.domain.insight.columns import Columns, Truths, appearances, columns_of
from sightline.domain.insight.tables import Numbers

# Beyond this many lists, all sets of pairs are too many; the better ones are searched for.
ALL_PAIRS_UNTIL = 5
# A shape stands beside at most so many pairs; with many lists beside one only.
PAIRS_BESIDE_SHAPE = 2
TWO_PAIRS_UNTIL = 6

# How likely each picture is beforehand. Chosen by coverage (docs/explanation/estimating-extent.md): with next to no
# shapes limits miss when visibility varies, without two kinds they miss when a few children are seen much more than
# others, and with more of these they are too wide to be of use.
SHARE_OF_PAIRS, SHARE_OF_SHAPES, SHARE_OF_KINDS = 0.33, 0.66, 0.01

# Standard deviations beforehand. Of a pair: the logarithm of how many times the odds of one list are raised by the
# other; referrals that raise them fourfold lie at about one of these. Of a shape: the variance of children's log-odds
# of being listed, which is the coefficient of the normal shape; the others are set to bend as much at k = 2.
WIDTH_OF_PAIRS, WIDTH_OF_SHAPES = 1.5, 1.0
BENDING = np.array([1.0, 2.0, 1.0, np.log(5.5**2 / (4.5 * 6.5))])

SHAPES = ("lower bound", "Poisson", "Darroch", "gamma")
KINDS = "two kinds"
# The children seen more are so large a share of those on no list, and their log-odds of any list are so much higher:
# from 1 in 50 to 1 in 5, and from 3 to 20 times the odds.
SHARES_OF_VISIBLE = (0.02, 0.05, 0.1, 0.2)
MORE_VISIBLE = (1.0, 1.5, 2.0, 2.5, 3.0)


@dataclass(frozen=True)
class Family:
    """Hold the columns of all models: lists, pairs of lists, and then one column for each shape."""

    lists: int

    @cached_property
    def columns(self) -> Columns:
        """Give the columns."""
        return columns_of(self.lists, order=2, further=shapes(self.lists))

    @cached_property
    def pairs(self) -> tuple[int, ...]:
        """Give the places of the pairs' columns."""
        return self.columns.optional[:-len(SHAPES)]

    @cached_property
    def shape_places(self) -> tuple[int, ...]:
        """Give the places of the shapes' columns."""
        return self.columns.optional[-len(SHAPES):]

    def with_shapes(self) -> Truths:
        """List the models of one shape beside few pairs."""
        most = PAIRS_BESIDE_SHAPE if self.lists <= TWO_PAIRS_UNTIL else 1
        return np.array([self.columns.with_terms((*some, shape))
                         for shape in self.shape_places for some in _sets(self.pairs, most)])

    def with_pairs(self) -> Truths:
        """List the models of all sets of pairs; for more than five lists only that of none."""
        most = len(self.pairs) if self.lists <= ALL_PAIRS_UNTIL else 0
        return np.array([self.columns.with_terms(some) for some in _sets(self.pairs, most)])

    @cached_property
    def widths(self) -> Numbers:
        """Give the standard deviation of each column's prior; infinite for the intercept and the lists themselves."""
        found = np.full(len(self.columns.terms), np.inf)
        found[list(self.pairs)] = WIDTH_OF_PAIRS
        found[list(self.shape_places)] = WIDTH_OF_SHAPES / BENDING
        return found

    @cached_property
    def kinds(self) -> Numbers:
        """Give what each combination of two kinds adds to the logarithm of what is expected: one row each.

        Among children on no list, a share w is of the kind that is seen more, by d on the log-odds of every list. Then
        the expected numbers are those of independent lists times 1 - w + w exp(d k) for a child on k lists.
        """
        k = appearances(self.lists)
        return np.array([np.log1p(share * np.expm1(more * k)) for share in SHARES_OF_VISIBLE for more in MORE_VISIBLE])

    def log_prior_of_kinds(self) -> Numbers:
        """Give the logarithm of how likely each combination of two kinds is beforehand: all alike."""
        return np.full(len(self.kinds), log(SHARE_OF_KINDS) - log(len(self.kinds)))

    def log_prior(self, models: Truths) -> Numbers:
        """Give the logarithm of how likely each model of pairs and shapes is beforehand.

        Within both pictures each number of pairs is as likely as any other, and each set of so many pairs as any
        other of so many. (Were each set alike, models of many pairs would be taken for near certain, because there
        are so many of them.) Shapes are alike.
        """
        many = len(self.pairs)
        pairs = models[:, self.pairs].sum(axis=1)
        shaped = models[:, self.shape_places].any(axis=1)
        beside = min(many, PAIRS_BESIDE_SHAPE if self.lists <= TWO_PAIRS_UNTIL else 1)
        alone = log(SHARE_OF_PAIRS) - log(many + 1)
        within = log(SHARE_OF_SHAPES) - log(len(SHAPES)) - log(beside + 1)
        ways = np.log([comb(many, size) for size in range(many + 1)])
        return np.asarray(np.where(shaped, within, alone) - ways[pairs])


def shapes(lists: int) -> Numbers:
    """Give four columns in the number k of lists of a child, all of them without a say on a child on no list.

    Each comes of a way in which visibility may vary among children (Rivest and Baillargeon 2007): max(k - 2, 0) takes
    as little of it as the records allow; 2 ** k - 1 (Poisson), k ** 2 / 2 (normal; Darroch) and a gamma one, of which
    each supposes more children hidden than that before.
    """
    k = appearances(lists)
    return np.column_stack([np.maximum(k - 2, 0), 2**k - 1, k**2 / 2, np.log(3.5) - np.log(3.5 + k)])


def _sets(places: Sequence[int], most: int) -> Iterator[tuple[int, ...]]:
    for size in range(min(most, len(places)) + 1):
        yield from combinations(places, size)
