"""Which person a record belongs to: joined, new, or new with a doubt for a human.

Whole persons are judged and not pairs: one record of a person that cannot be of this child is enough for a human to be
asked. The thresholds are measured (decision 31).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.vetoes import Veto, shared_numbers, vetoes
from sightline.domain.linkage.weighing import Part, Weighed, weigh, weigh_from

JOIN = 10.0
"""Bits from which a record joins a person by itself: odds of a thousand to one."""
KEEP = 4.0
"""Bits under which a joining is questioned. Between the two nothing moves, so that a record does not come and go."""
REVIEW = 0.0
"""Bits from which a human is asked: as likely as not."""
REVIEW_OTHER_NAME = 3.0
"""Bits from which a human is asked although the first names differ: a child with a new name, or a twin."""
CONTRADICTIONS = frozenset(Veto) - {Veto.NO_FIRST_NAME, Veto.NEITHER_EXACT, Veto.LITTLE_TOLD, Veto.NO_BIRTHDAY}
"""What of one record keeps another from its person: what contradicts, not what was left out or misspelt."""
MOST_ASKED = 5
"""So many persons at most are asked about for one record: more stand for a value that many share."""
MOST_BITS = 100.0
"""No pair ever weighs so much: a threshold from here on would never be reached."""


class ThresholdsRefused(ValueError):
    """Thresholds must be bits under 100 such that join is above keep, keep not under ask, and ask not under 0."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold from how many bits a record joins, under how many a joining is questioned, from how many a human is asked.

    Raises ThresholdsRefused unless join > keep >= ask >= 0.
    """

    join: float = JOIN
    keep: float = KEEP
    ask: float = REVIEW

    def __post_init__(self) -> None:
        """Refuse an order in which a record would come and go, or be asked about after it joined."""
        if not MOST_BITS > self.join > self.keep >= self.ask >= 0:
            raise ThresholdsRefused

    @property
    def ask_other_name(self) -> float:
        """Give the bits from which a human is asked although the first names differ."""
        return self.ask + REVIEW_OTHER_NAME - REVIEW


AS_MEASURED = Thresholds()
"""The thresholds of decision 31."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a record that may be of the same child. `person` is its person's id, `age` orders persons, oldest first.

    `same_list` says that the same agency's system holds it under another key.
    """

    identity: str
    person: str
    age: int
    described: Described
    same_list: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Name a record that a human must compare, with the reasons, the bits and their parts."""

    identity: str
    because: tuple[str, ...]
    bits: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold the person to join, or None for a new one, with reasons; and what a human must be asked."""

    person: str | None
    because: tuple[str, ...]
    doubts: tuple[Asked, ...]
    bits: float | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a candidate, what it weighs, and what keeps it from being joined by weight."""

    candidate: Candidate
    weighed: Weighed
    vetoes: tuple[Veto, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """Give the reasons in words."""
        return (*self.weighed.compared.words(), *(f"a person must look: {veto.value}" for veto in self.vetoes))

    def joins(self, thresholds: Thresholds) -> bool:
        """Tell whether this pair alone would be joined by weight."""
        return self.weighed.bits >= thresholds.join and not self.vetoes

    def asks(self, thresholds: Thresholds) -> bool:
        """Tell whether a human is asked: by the bits, or because both tell one number."""
        if shared_numbers(self.weighed.compared):
            return True
        named_otherwise = {Veto.TWINS, Veto.OTHER_FIRST_NAME} & set(self.vetoes)
        return self.weighed.bits >= (thresholds.ask_other_name if named_otherwise else thresholds.ask)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Hold one person: the pair that speaks most, and the contradiction of another record, if one stands."""

    best: Pair
    against: Pair | None

    def joins(self, thresholds: Thresholds) -> bool:
        return self.best.joins(thresholds) and self.against is None

    @property
    def because(self) -> tuple[str, ...]:
        if self.against is None or self.best.vetoes:
            return self.best.because
        return (*self.best.because, *(f"another record of this person: {veto.value}"
                                      for veto in self.against.vetoes if veto in CONTRADICTIONS))


def decide(
    model: Model, one: Described, candidates: Sequence[Candidate], *, kept_apart: frozenset[str] = frozenset(),
    thresholds: Thresholds = AS_MEASURED,
) -> Choice:
    """Choose a person for a record.

    `candidates` holds every record of every person that may be the child; `kept_apart` the records of which a human
    said that they are not of this child: their persons are never joined. Of several persons that fit, the one for whom
    most speaks is joined, the older of equals, and a human is asked about the others.
    """
    ordered = sorted(candidates, key=lambda c: (c.age, c.person, c.identity))
    persons = [judged for _, group in groupby(ordered, key=lambda c: c.person)
               if (judged := _judge(model, one, list(group), kept_apart, thresholds)) is not None]
    fits = [judged for judged in persons if judged.joins(thresholds)]
    chosen = max(fits, key=lambda judged: judged.best.weighed.bits, default=None)
    asked = sorted((judged for judged in persons if judged is not chosen and judged.best.asks(thresholds)),
                   key=lambda judged: -judged.best.weighed.bits)[:MOST_ASKED]
    doubts = tuple(Asked(j.best.candidate.identity, j.because, j.best.weighed.bits, j.best.weighed.parts)
                   for j in asked)
    if chosen is not None:
        return Choice(chosen.best.candidate.person, chosen.because, doubts, chosen.best.weighed.bits,
                      chosen.best.weighed.parts)
    return Choice(None, ("nobody known fits",) if not asked else ("a human must compare first",), doubts)


def _judge(
    model: Model, one: Described, person: Sequence[Candidate], kept_apart: frozenset[str], thresholds: Thresholds
) -> _Judged | None:
    """Judge one person by all its records: one contradiction is enough for a human to be asked.

    Gives None for a person who is kept apart, and for one about whom nobody would be asked, let alone joined.
    """
    if any(c.identity in kept_apart for c in person):
        return None
    weighed = [_weighed_if_asked(model, one, c.described, thresholds) for c in person]
    if not any(weighed):
        return None
    listed_twice = any(c.same_list for c in person)
    pairs = [_pair(one, c, known or weigh(model, one, c.described), two_of_one_list=listed_twice)
             for c, known in zip(person, weighed, strict=True)]
    best = max(pairs, key=lambda pair: (not pair.vetoes, pair.weighed.bits))
    if best.weighed.bits < thresholds.join:
        best = max(pairs, key=lambda pair: (pair.asks(thresholds), pair.weighed.bits))
    return _Judged(best, next((pair for pair in pairs if CONTRADICTIONS & set(pair.vetoes)), None))


def _weighed_if_asked(model: Model, one: Described, other: Described, thresholds: Thresholds) -> Weighed | None:
    """Weigh a pair about which a human might be asked, or give None: a pair that is not asked about joins nobody."""
    if any(values & other.identifiers.get(kind, frozenset()) for kind, values in one.identifiers.items()):
        return weigh(model, one, other)
    found = weigh_from(model, one, other, thresholds.ask)
    return found if found is not None and found.bits >= thresholds.ask else None


def _pair(one: Described, candidate: Candidate, weighed: Weighed, *, two_of_one_list: bool) -> Pair:
    """Check one pair that was weighed."""
    return Pair(candidate, weighed,
                vetoes(one, candidate.described, weighed.compared, two_of_one_list=two_of_one_list))


def holds_together(
    model: Model, one: Described, other: Described, *, thresholds: Thresholds = AS_MEASURED
) -> tuple[bool, Weighed]:
    """Tell whether two records of one person would still be kept together, with what they weigh now."""
    weighed = weigh(model, one, other)
    against = vetoes(one, other, weighed.compared, two_of_one_list=False)
    return weighed.bits >= thresholds.keep and not {Veto.TWINS, Veto.TWO_NUMBERS} & set(against), weighed
