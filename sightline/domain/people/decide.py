"""Which person an identity belongs to: joined, new, or new with a doubt for a human."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sightline.domain.people.compare import Comparison, Described, Verdict, compare
from sightline.domain.people.names import Likeness, first_names


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold an identity that may be the same child. `person` is its person's id, `age` orders persons, oldest first.

    `same_list` says that the same agency's system holds it under another key.
    """

    identity: str
    person: str
    age: int
    described: Described
    same_list: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Name an identity that a human must compare, with the reasons."""

    identity: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold the person to join, or None for a new one, with reasons; and what a human must be asked."""

    person: str | None
    because: tuple[str, ...]
    doubts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    person: str
    age: int
    verdict: Verdict
    identity: str
    because: tuple[str, ...]


def decide(one: Described, candidates: Sequence[Candidate], *, kept_apart: frozenset[str] = frozenset()) -> Choice:
    """Choose a person for an identity.

    `candidates` holds every identity of every person that may be the child; `kept_apart` the identities of which a
    human said that they are not this child: their persons are never joined. Of several persons that fit, the oldest is
    joined and a human is asked about the others.
    """
    ordered = sorted(candidates, key=lambda c: (c.age, c.person, c.identity))
    weighed = [w for _, group in groupby(ordered, key=lambda c: c.person)
               if (w := _weigh(one, list(group), kept_apart)) is not None]
    same = [w for w in weighed if w.verdict is Verdict.SAME]
    asked = [w for w in weighed if w.verdict is Verdict.DOUBT] + same[1:]
    doubts = tuple(Asked(w.identity, w.because) for w in asked)
    if same:
        return Choice(same[0].person, same[0].because, doubts)
    return Choice(None, ("nobody known fits",) if not asked else ("a human must compare first",), doubts)


def _weigh(one: Described, person: Sequence[Candidate], kept_apart: frozenset[str]) -> _Weighed | None:
    """Weigh one person by all its identities: one contradiction is enough for a human to be asked."""
    if any(c.identity in kept_apart for c in person):
        return None
    listed_twice = any(c.same_list for c in person)
    compared = [(c, compare(one, c.described, two_of_one_list=listed_twice)) for c in person]
    best = _first(compared, Verdict.SAME) or _first(compared, Verdict.DOUBT)
    if best is None:
        return None
    candidate, comparison = best
    against = [c for c, other in compared if _contradicts(one, c.described, other)]
    if comparison.verdict is Verdict.SAME and against:
        because = (*comparison.because, "but another record of this person has another first name")
        return _Weighed(candidate.person, candidate.age, Verdict.DOUBT, candidate.identity, because)
    return _Weighed(candidate.person, candidate.age, comparison.verdict, candidate.identity, comparison.because)


def _first(
    compared: Iterable[tuple[Candidate, Comparison]], verdict: Verdict
) -> tuple[Candidate, Comparison] | None:
    return next((pair for pair in compared if pair[1].verdict is verdict), None)


def _contradicts(one: Described, other: Described, comparison: Comparison) -> bool:
    return comparison.verdict is Verdict.DIFFERENT and first_names(one.given, other.given) is Likeness.DIFFERENT
