"""How often our own links are wrong, as far as people's answers tell (K24): missed links and false ones, with limits.

Three kinds of records are known: joined by a comparison, put to a person, and compared and left apart. Of the second,
people's answers tell how often two records are of one child, by how much they weigh. What still waits for an answer and
is the same child is a link that is missed today. Of the first, those count as looked at that somebody was asked about
again, or parted; these were chosen because they looked weak, so the share of wrong ones among them is above that among
all. The limits say so: the lower one takes all others to be right, the upper one all to be as bad.

Records that are less alike than those of which a person is asked are in no sample. What is missed among them is not
known, and the missed share is a least one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.domain.signs.precision import SHOWN_FROM, wilson

FEWEST_ANSWERS = 30
"""Of fewer answers no rate is told: of 30 that all say the same, one in nine may still be otherwise. Our own choice."""
HIGHEST = 0.3
"""With more than so many missed or false, lists say nothing of each other."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Hold how many doubts between two children's records, of about one weight, stand how."""

    same: int
    not_same: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold what is known of links: doubts by their band of weight, links that stand, and how those looked at were.

    `made` are links by a comparison, `looked_at` those of them of which a person said whether they are right, and
    `wrong` of these the wrong ones. `by_people` are links that a person made.
    """

    bands: Mapping[str, Answers]
    made: int
    by_people: int
    looked_at: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Hold a share with the limits between which it lies."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold both rates, or why they are not known: `short_of` says how many answers are wanting, in words."""

    missed: Rate | None
    false: Rate | None
    short_of: tuple[str, ...]

    @property
    def corners(self) -> Sequence[tuple[float, float]]:
        """Give pairs of missed and false shares that lie furthest apart in what they do to an estimate."""
        if self.missed is None or self.false is None:
            return ()
        return ((self.missed.low, self.false.high), (self.missed.high, self.false.low))


def measured(judged: Judged) -> Measured:
    """Tell how often links are missed and false, or how many answers are wanting."""
    short = []
    answered = sum(one.same + one.not_same for one in judged.bands.values())
    if answered < FEWEST_ANSWERS:
        short.append(f"{FEWEST_ANSWERS - answered} more answers to doubts whether two records are of one child")
    if judged.looked_at < FEWEST_ANSWERS:
        short.append(f"{FEWEST_ANSWERS - judged.looked_at} more answers whether records that were joined belong "
                     "together")
    if short:
        return Measured(None, None, tuple(short))
    false, missed = _false(judged), _missed(judged)
    if max(false.high, missed.high) > HIGHEST:
        return Measured(None, None, ("answers to the doubts that wait: more than three links in ten may be wrong",))
    return Measured(missed, false, ())


def _false(judged: Judged) -> Rate:
    """Give the share of false links: as many as were found, as many as among those looked at, or a few more still."""
    _, high = wilson(judged.wrong, judged.looked_at)
    made = max(judged.made, judged.looked_at)
    return Rate(judged.wrong / judged.looked_at, judged.wrong / made, high)


def _missed(judged: Judged) -> Rate:
    """Give the share of true links that wait for an answer, among these and those that stand."""
    standing = max(judged.made - judged.wrong, 0) + judged.by_people
    same, not_same = (sum(getattr(one, name) for one in judged.bands.values()) for name in ("same", "not_same"))
    waiting = [0.0, 0.0, 0.0]
    for one in judged.bands.values():
        # A band with few answers says little by itself: all bands together speak for it.
        hits, n = (one.same, one.same + one.not_same)
        if n < SHOWN_FROM:
            hits, n = same, same + not_same
        for place, share in enumerate((hits / n, *wilson(hits, n))):
            waiting[place] += share * one.waiting
    middle, low, high = (one / (one + standing) if one + standing else 0.0 for one in waiting)
    return Rate(middle, low, high)
