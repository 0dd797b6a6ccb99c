"""Tables of lists: how many children stand on exactly which of the agencies' lists, checked before anyone counts on it.

A history says on which lists a child stands: bit 1 for the first list, bit 2 for the second, and so on, so that
history 5 of three lists is "on the first and the third". History 0, the children on no list, is what is not known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Histories = NDArray[np.int64]

MOST_LISTS = 10
MOST_CHILDREN = 100_000_000


class TableRefused(Exception):
    """These are not lists of children that can be counted; the message says what to put right."""


@dataclass(frozen=True)
class Table:
    """Hold how many children have each history.

    `counts` has 2 ** lists - 1 numbers: place p is history p + 1. Whole numbers, except where the table was corrected
    for links that were missed. `notes` say in words what was done to what was given.
    """

    lists: tuple[str, ...]
    counts: Numbers
    notes: tuple[str, ...] = ()

    @cached_property
    def histories(self) -> Histories:
        """Number the histories as `counts` orders them: 1, 2, 3 and so on."""
        return np.arange(1, 2 ** len(self.lists))

    @cached_property
    def observed(self) -> float:
        """Count the children on at least one list."""
        return float(self.counts.sum())

    @cached_property
    def appearances(self) -> Histories:
        """Count the lists of each history."""
        return np.asarray(lists_of(self.histories, len(self.lists)).sum(axis=1))

    @cached_property
    def shared(self) -> float:
        """Count the children on two lists or more: all that an estimate of extent rests on."""
        return float(self.counts[self.appearances >= 2].sum())

    @cached_property
    def overlaps(self) -> Numbers:
        """Count the children on each two lists together, whatever else they are on; on the diagonal each list's own."""
        on = lists_of(self.histories, len(self.lists)).astype(float)
        return np.asarray(on.T @ (on * self.counts[:, None]))

    @cached_property
    def sizes(self) -> Numbers:
        """Count the children on each list."""
        return np.asarray(np.diag(self.overlaps))


def lists_of(histories: Histories, lists: int) -> Histories:
    """Say for each history (row) and each list (column) whether the child stands on it: 1 or 0."""
    return np.asarray(histories[:, None] >> np.arange(lists)[None, :]) & 1


def table_of(lists: Sequence[str], rows: Iterable[Sequence[int]], counts: Iterable[float]) -> Table:
    """Make a table from rows of 0 and 1, one column a list, and the count of children that each row stands for.

    Rows of one history are added up. Raises TableRefused for names that are missing or twice there, for anything but 0
    and 1, and for counts that are negative or not whole.
    """
    _require_lists(lists)
    added, notes, rows_of, nowhere = np.zeros(2 ** len(lists)), [], dict[int, int](), 0.0
    for number, (row, count) in enumerate(zip(rows, counts, strict=True), start=1):
        history = _history(row, len(lists), number)
        _require_count(count, number)
        added[history] += count
        rows_of[history] = rows_of.get(history, 0) + (count > 0)
        nowhere += count if history == 0 else 0
    if any(times > 1 and history for history, times in rows_of.items()):
        notes.append("Some rows stood for the same lists; their counts were added up.")
    if nowhere:
        notes.append("A row with no list in it was left out: children on no list are what is being estimated.")
    _require_children(added[1:])
    return without_empty(Table(tuple(lists), added[1:], tuple(notes)))


def without_empty(table: Table) -> Table:
    """Leave out lists with nobody on them, and say so: they tell nothing of the others."""
    empty = [place for place, size in enumerate(table.sizes) if size == 0]
    if not empty:
        return table
    kept = [place for place in range(len(table.lists)) if place not in empty]
    names = ", ".join(table.lists[place] for place in empty)
    note = f"Nobody is on {names}: left out." if len(empty) == 1 else f"Nobody is on the lists {names}: left out."
    return Table(tuple(table.lists[place] for place in kept), folded(table, kept).counts, (*table.notes, note))


def folded(table: Table, kept: Sequence[int]) -> Table:
    """Give the table of some of its lists alone: children on none of them fall out of it."""
    on = lists_of(table.histories, len(table.lists))[:, list(kept)]
    history = on @ (1 << np.arange(len(kept)))
    counts = np.bincount(history, weights=table.counts, minlength=2 ** len(kept))[1:].astype(float)
    return Table(tuple(table.lists[place] for place in kept), counts)


def among(table: Table, list_at: int) -> tuple[Table, float]:
    """Give the other lists' table of only the children on one list, and how many these are: a known truth."""
    others = [place for place in range(len(table.lists)) if place != list_at]
    member = lists_of(table.histories, len(table.lists))[:, list_at] == 1
    inside = Table(table.lists, np.where(member, table.counts, 0.0))
    return folded(inside, others), float(inside.observed)


def _require_lists(lists: Sequence[str]) -> None:
    if len(lists) < 2:
        raise TableRefused("Give a column for each list: at least three lists that share children are needed.")
    if len(lists) > MOST_LISTS:
        raise TableRefused(f"{len(lists)} lists are more than can be weighed against each other; at most {MOST_LISTS} "
                           "can. Join lists of agencies that pass children on to each other, and try again.")
    if twice := sorted({name for name in lists if list(lists).count(name) > 1}):
        raise TableRefused(f"Two columns are named {twice[0]!r}. Give every list a name of its own.")
    if any(not name.strip() for name in lists):
        raise TableRefused("A column has no name. Name each column after its list.")


def _history(row: Sequence[int], lists: int, number: int) -> int:
    if len(row) != lists:
        raise TableRefused(f"Row {number} has {len(row)} values for {lists} lists.")
    if any(value not in (0, 1) for value in row):
        raise TableRefused(f"Row {number} holds something other than 0 and 1 in a list's column. "
                           "Write 1 where the child is on the list, else 0; name the column of counts `count`.")
    return sum(int(value) << place for place, value in enumerate(row))


def _require_count(count: float, number: int) -> None:
    if not np.isfinite(count) or count < 0 or count != int(count):
        raise TableRefused(f"The count of row {number} is {count:g}. Children are counted in whole numbers from 0 up.")


def _require_children(counts: Numbers) -> None:
    total = counts.sum()
    if total == 0:
        raise TableRefused("No child is on any of the lists.")
    if total > MOST_CHILDREN:
        raise TableRefused(f"{total:,.0f} children are more than live anywhere; the counts cannot be right.")
