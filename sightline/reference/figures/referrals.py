"""Children referred to the National Referral Mechanism, by quarter, first responder and exploitation, in the UK.

The tables hold no mark of county lines.
"""

from dataclasses import dataclass
from functools import cache

from sightline.reference.figures.published import read_rows

CRIMINAL = "Criminal"


@dataclass(frozen=True, slots=True)
class Referred:
    """Hold how many children one first responder referred in a quarter ("2023 Q4") for a kind of exploitation.

    `exploitation` may name several kinds together; `kind` is that of the responder.
    """

    quarter: str
    kind: str
    responder: str
    exploitation: str
    children: int

    @property
    def criminal(self) -> bool:
        """Tell whether criminal exploitation was named, alone or with another."""
        return CRIMINAL in self.exploitation


@cache
def referrals() -> tuple[Referred, ...]:
    """Give all referrals of children, by quarter."""
    return tuple(
        Referred(quarter=row["quarter"], kind=row["kind"], responder=row["responder"],
                 exploitation=row["exploitation"], children=int(row["children"]))
        for row in read_rows("referrals"))


@cache
def referred(kind: str | None = None, *, quarter: str = "", criminal: bool = False) -> int:
    """Count children referred: by one kind of responder or all, in quarters that begin with `quarter` ("2023")."""
    return sum(one.children for one in referrals()
               if kind in (None, one.kind) and one.quarter.startswith(quarter) and (one.criminal or not criminal))


@cache
def quarters() -> tuple[str, ...]:
    """Give the quarters that are held, in their order."""
    return tuple(sorted({one.quarter for one in referrals()}))


@cache
def kinds() -> tuple[str, ...]:
    """Give the kinds of first responders, in the order of the alphabet."""
    return tuple(sorted({one.kind for one in referrals()}))
