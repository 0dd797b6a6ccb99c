"""An inspection of cases: into which strata children fall, who reads which case, and what the grades say of all."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sightline.domain.insight.agreement import Agreement, agreement
from sightline.domain.insight.sampling import FEWEST, Drawn, Graded, Weighted, weighted

MOST_DRAWN = 200
"""An inspection opens the records of so many children at the most (our own choice): it reads a sample, not an area."""
LONGEST_OPEN_DAYS = 365
USUALLY_OPEN_DAYS = 90
"""For so many days the drawn records are open at the most, and unless another number is asked for (our own choice)."""
LONGEST_REASON = 1000
OTHERS = "others"
"""The stratum into which the smallest ones are joined."""
LEAST_READ_TWICE = 10
"""From fewer cases no interval of kappa is given: the asymptotic one can be empty then (our own choice)."""


class Strata(StrEnum):
    """Say by what the cases of an inspection are parted before some are drawn from each part."""

    AGENCY = "agency"
    MEASURE = "measure"

    @property
    def words(self) -> str:
        """Give it in words."""
        return {"agency": "The agency that answers", "measure": "The measure that counted the child"}[self.value]


class Reading(StrEnum):
    """Name the two readings of a drawn case; of most cases there is only the first."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Read:
    """Hold what was said of one topic of one case: by the first auditor, by a second, and by who settled it."""

    stratum: str
    first: str
    second: str | None = None
    settled: str | None = None

    @property
    def differ(self) -> bool:
        """Tell whether two read it and gave different grades."""
        return self.second is not None and self.first != self.second

    @property
    def holds(self) -> str | None:
        """Give the grade that stands; None while two differ and nobody has settled it."""
        return self.settled if self.differ else self.first


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what the cases that were read say of a topic: the share of each grade, and how far auditors agree.

    `shares` is by grade, None where no case has a grade that stands yet; `unsettled` cases are left out of it.
    """

    shares: Mapping[str, Weighted | None]
    standing: int
    unsettled: int
    agreement: Agreement | None


def parted(stands_in: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Put each case into one stratum: of those in which it stands into the one with the fewest cases, then by name.

    So strata do not overlap, and what is rare is not emptied by what is common.
    """
    sizes = Counter(stratum for strata in stands_in.values() for stratum in set(strata))
    found: dict[str, list[str]] = {}
    for case, strata in stands_in.items():
        if strata:
            found.setdefault(min(strata, key=lambda stratum: (sizes[stratum], stratum)), []).append(case)
    return found


def joined(strata: Mapping[str, Sequence[str]], *, size: int) -> dict[str, list[str]]:
    """Join the smallest strata into one, where there are more than `size` cases allow at two of each.

    What is joined is one stratum in the estimate as well, so that no share is biased by it.
    """
    most = max(1, size // FEWEST)
    if len(strata) <= most:
        return {name: list(cases) for name, cases in strata.items()}
    kept = sorted(strata, key=lambda name: (-len(strata[name]), name))[:most - 1]
    rest = [case for name, cases in strata.items() if name not in kept for case in cases]
    return {name: list(strata[name]) for name in kept} | {OTHERS: rest}


def readers(drawn: Sequence[Drawn], *, first: Sequence[str], second: str) -> list[tuple[str, str | None]]:
    """Say who reads each drawn case, in their order: the first auditors in turn, and the second what is read twice.

    Raises ValueError where somebody would read a case twice.
    """
    if not first or second in first:
        raise ValueError("The second auditor cannot be one of the first: choose somebody else.")
    return [(first[i % len(first)], second if one.twice else None) for i, one in enumerate(drawn)]


def result(reads: Sequence[Read], *, grades: Sequence[str], frame: Mapping[str, int]) -> Result:
    """Weigh what was said of one topic by how many children each stratum has in the snapshot."""
    standing = [one for one in reads if one.holds is not None]
    shares = {}
    for grade in grades:
        by_stratum = [Graded(sum(one.holds == grade for one in of_it), len(of_it), of) for stratum, of in frame.items()
                      if (of_it := [one for one in standing if one.stratum == stratum])]
        shares[grade] = weighted(by_stratum)
    pairs = [(one.first, one.second) for one in reads if one.second is not None]
    told = agreement(pairs) if grades else None
    if told is not None and told.n < LEAST_READ_TWICE:
        told = replace(told, low=None, high=None)
    return Result(shares, len(standing), len(reads) - len(standing), told)
