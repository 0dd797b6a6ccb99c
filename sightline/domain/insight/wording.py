"""The words that go with a range: what it depends on, who is never counted, and in which direction it may be wrong."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.domain.insight.averaging import Averaged
    from sightline.domain.insight.refusing import Circumstances, Refused
    from sightline.domain.insight.tables import Table

# An upper end of more than so many times the lower one helps nobody to decide anything.
USEFUL_TIMES = 5.0
MOSTLY_ALONE = 0.9
NEVER_REACHED = "Children whom no agency could ever have noticed are not counted."
UNEQUAL = ("If some children are harder to notice than others, the true number is more likely above than below the "
           "middle of this range.")
LINKS = ("If records of the same child were missed when linking, the true number is more likely below the middle of "
         "this range; if records of different children were joined, above it.")
CASES = ("If the lists hold children who are not exploited, all figures are too high: 15 such records in a hundred "
         "raise them by two fifths.")
NO_DEFINITION = "Nobody stated who counts as an exploited child on these lists: write it down, and give it."
CUT = ("The upper end was cut at the {:,} children who live in the area: these records alone give no useful upper "
       "limit.")
NO_UPPER = ("There is no useful upper limit from these records: say only that there are at least about {:,}, or give "
            "the number of children in the area to cut it.")
NO_NARROWER = "The records alone cannot narrow this."
NOT_FOR_COMPARING = "Do not rank areas by such ranges: they differ in recording more than in children."


def warnings_of(
    table: "Table", *, circumstances: "Circumstances", ends: tuple[int, int] | None, cut: bool,
    reasons: "Sequence[Refused]", average: "Averaged | None",
) -> tuple[str, ...]:
    """List the honest words for an estimate: the range or its refusal, then the direction of each likely error."""
    found = list(table.notes)
    if ends is None:
        found += [f"No range is given. {reason.why}" for reason in reasons]
        if average is not None:
            found.append("The methods' figures below are for comparison with what others published. Do not use one of "
                         "them as the number of children.")
    else:
        found.append(f"Agencies here know of {table.observed:,.0f} children. Depending on what we assume about how "
                     f"agencies find children, between {ends[0]:,} and {ends[1]:,} children were exploited: for each "
                     f"known child {_for_each_known(table, ends[0])} to {_for_each_known(table, ends[1])} unknown. "
                     f"{NO_NARROWER}")
        found += _of_upper_end(ends, cut)
    found += _of_linkage(circumstances)
    alone = float(table.counts[table.appearances == 1].sum()) / max(table.observed, 1.0)
    if alone > MOSTLY_ALONE:
        found.append(f"{alone:.0%} of the known children are on one list only: all answers rest on the few others.")
    if average is not None:
        counted = circumstances.definition
        found += [NEVER_REACHED, UNEQUAL, NO_DEFINITION if counted is None else f"Who counts: {counted}", CASES,
                  NOT_FOR_COMPARING]
    return tuple(found)


def _for_each_known(table: "Table", children: int) -> str:
    return f"{max(children - table.observed, 0) / table.observed:.1f}"


def _of_upper_end(ends: tuple[int, int], cut: bool) -> list[str]:
    if cut:
        return [CUT.format(ends[1])]
    if ends[1] > USEFUL_TIMES * ends[0]:
        return [NO_UPPER.format(ends[0])]
    return []


def _of_linkage(circumstances: "Circumstances") -> list[str]:
    if circumstances.linkage is None:
        return [LINKS + " Nobody said how many links were missed: measure it, and give it."]
    error = circumstances.linkage
    return [(f"Corrected for {error.missed:.1%} of true links missed and {error.false:.1%} of made links false, as "
            f"measured. {_within(circumstances)}{LINKS}")]


def _within(circumstances: "Circumstances") -> str:
    limits = circumstances.linkage_limits
    if not limits:
        return ""
    missed, false = sorted(one.missed for one in limits), sorted(one.false for one in limits)
    return (f"The measurement leaves open {missed[0]:.1%} to {missed[-1]:.1%} missed and {false[0]:.1%} to "
            f"{false[-1]:.1%} false; the range holds all of that. ")
