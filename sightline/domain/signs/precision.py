"""How often a sign was right, measured from the reasons with which people closed it: for the rule, never for a child.

Right is what was confirmed, among what was confirmed, had another explanation, was of the wrong person or rested on
wrong data. What was closed as out of date says nothing of that and stands apart. The interval is Wilson's (score
interval, Wilson 1927): it holds for few cases and for shares near nought, where the usual one does not.
"""

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

FLOOR = 0.2
"""A sign that is right less often than this is said to be below its floor. Our own default: published models were
withdrawn as unfit at 0.1, and a sign must do better than what was withdrawn."""
LEAST = 30
"""Of so many closed signs at least anything is said of a floor. Our own default."""
SHOWN_FROM = 10
"""A share is shown from so many on: of fewer it says nothing, and could tell of a child. Our own default."""
Z = 1.959964
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold how signs of one rule were closed: in an area, or, where `area` is None, everywhere here."""

    code: str
    area: str | None
    confirmed: int
    other: int
    wrong_person: int
    wrong_data: int
    stale: int
    at: datetime

    @property
    def n(self) -> int:
        """Give how many say whether the sign was right."""
        return self.confirmed + self.other + self.wrong_person + self.wrong_data

    @property
    def share(self) -> float | None:
        """Give the part that was confirmed, or None where fewer than ten say anything."""
        return self.confirmed / self.n if self.n >= SHOWN_FROM else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give the 95 % interval of the share, or None where there is no share."""
        return wilson(self.confirmed, self.n) if self.n >= SHOWN_FROM else None

    @property
    def below_floor(self) -> bool:
        """Tell whether the sign is below its floor for certain: enough were closed, and the whole interval is below."""
        interval = self.interval
        return self.n >= LEAST and interval is not None and interval[1] < FLOOR


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval of `hits` among `n`; raises ValueError where there are none, or more hits than n."""
    if not 0 <= hits <= n or n == 0:
        raise ValueError("an interval needs at least one case, and no more hits than cases")
    share, z2 = hits / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < n else 1.0
