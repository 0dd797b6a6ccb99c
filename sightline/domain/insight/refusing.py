"""Say when lists of children cannot carry an estimate, and why: an honest refusal is an answer.

There are two degrees. Without three usable lists, or where even lists that do not depend on each other have no finite
answer, nothing at all is computed. In the other cases methods have answers, but a range for the area would claim more
than the lists know: the published methods' figures stand, and no range is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sightline.domain.insight.existence import Existence
from sightline.domain.insight.linkage_error import LinkageError
from sightline.domain.insight.loglinear import fit
from sightline.domain.insight.tables import Table

FEWEST_LISTS = 3
# Under so many children on two lists or more, the upper end runs off: our own choice, after measurements on tables of
# 40 to 170 known children.
FEWEST_SHARED = 30


@dataclass(frozen=True, slots=True)
class Refused:
    """Hold why no estimate or no range is given: a short code, and words that say what would help."""

    code: str
    why: str


@dataclass(frozen=True)
class Circumstances:
    """Hold what a table cannot say of itself.

    `periods` names for each list the period and area that it covers, where told. `linked` says that records were
    joined by likeness, so that links may be missed; `linkage` is the measured error of that, where it was measured, and
    `linkage_limits` are errors between which it lies: the range then holds the ranges under each of them.
    `population` is how many children there are in the area at all. `definition` says who counts as exploited and may
    stand on the lists.
    """

    periods: Mapping[str, str] = field(default_factory=dict)
    linked: bool = False
    linkage: LinkageError | None = None
    linkage_limits: Sequence[LinkageError] = ()
    population: int | None = None
    definition: str | None = None


def why_nothing(table: Table, existence: Existence) -> Refused | None:
    """Say why nothing can be estimated from the table, or None if something can."""
    return too_few_lists(table) or no_finite_answer(table, existence)


def why_no_range(table: Table, circumstances: Circumstances) -> list[Refused]:
    """List why no range may be given from the table, though methods have answers."""
    reasons = (too_few_shared(table), nested(table), different_periods(circumstances),
               linkage_unmeasured(circumstances), more_than_live_there(table, circumstances))
    return [reason for reason in reasons if reason is not None]


def usable(table: Table) -> list[str]:
    """Name the lists that share at least one child with another list."""
    shared = table.overlaps - np.diag(table.sizes)
    return [name for name, most in zip(table.lists, shared.max(axis=1), strict=True) if most > 0]


def too_few_lists(table: Table) -> Refused | None:
    """Refuse fewer than three lists that share children with another."""
    names = usable(table)
    if len(names) >= FEWEST_LISTS:
        return None
    found = "no list shares a child with another" if not names else f"only {' and '.join(names)} share children"
    return Refused("too-few-lists", f"At least {FEWEST_LISTS} lists that share children with each other are needed, "
                   f"and {found}. Nothing can be said of the children whom nobody knows.")


def no_finite_answer(table: Table, existence: Existence) -> Refused | None:
    """Refuse a table under which even lists that do not depend on each other leave the number without bound."""
    columns = existence.columns
    plain = fit(table.counts[None], columns=columns, used=columns.always[None])
    if existence.admitted(table.counts[None], plain)[0]:
        return None
    return Refused("no-finite-answer", "The lists overlap too little for any finite number: as it stands, the children "
                   "whom nobody knows could be endlessly many. More children on two lists are needed.")


def too_few_shared(table: Table) -> Refused | None:
    """Refuse a range from fewer than 30 children on two lists or more."""
    if table.shared >= FEWEST_SHARED:
        return None
    return Refused("too-few-shared", f"Only {table.shared:,.0f} children are on two lists or more; at least "
                   f"{FEWEST_SHARED} are needed for a range. Widen the area or the period.")


def nested(table: Table) -> Refused | None:
    """Refuse a range where every child of one list is on another: one was filled from the other."""
    for one, name in enumerate(table.lists):
        for other, around in enumerate(table.lists):
            if one != other and table.sizes[one] > 0 and table.overlaps[one, other] == table.sizes[one]:
                return Refused("nested-lists", f"Every child on {name} is on {around} too, as if {name} were filled "
                               f"from it. Such a list tells nothing by itself: join the two into one list.")
    return None


def different_periods(circumstances: Circumstances) -> Refused | None:
    """Refuse a range from lists of different periods or areas."""
    told = sorted(set(circumstances.periods.values()))
    if len(told) <= 1:
        return None
    return Refused("different-periods", f"The lists do not cover the same ({' / '.join(told)}). Children who could "
                   "only be on one of them look as if they were hidden. Cut all lists to one period and area.")


def linkage_unmeasured(circumstances: Circumstances) -> Refused | None:
    """Refuse a range from lists linked by likeness whose missed links nobody counted."""
    if not circumstances.linked or circumstances.linkage is not None:
        return None
    return Refused("linkage-unmeasured", "Nobody has measured how many links between the records were missed, and one "
                   "in ten missed raises the answer by an eighth. Judge a sample of pairs first.")


def more_than_live_there(table: Table, circumstances: Circumstances) -> Refused | None:
    """Refuse a range where more children are known than are said to live in the area."""
    if circumstances.population is None or table.observed <= circumstances.population:
        return None
    return Refused("more-than-live-there", f"{table.observed:,.0f} children are on the lists and only "
                   f"{circumstances.population:,} are said to live in the area. One of the two is wrong.")
