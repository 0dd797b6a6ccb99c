"""Correct a table for links between records that were missed, and for links that were made in error.

A link that is missed shows one child as two, each on fewer lists, and so raises every estimate; a false link does the
reverse. The rates come from a clerical sample of the linking. The chance of a missed link moves children between
histories in a way that is known, so that the table is solved back to what full linking would have shown. A link is
taken to fail or not for each record by itself, whatever list it is on: a record whose link fails stands alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sightline.domain.insight.tables import Numbers, Table, TableRefused, lists_of

HIGHEST_RATE = 0.5


@dataclass(frozen=True)
class LinkageError:
    """Hold the share of true links that were missed, and the share of made links that join two children."""

    missed: float
    false: float

    def __post_init__(self) -> None:
        """Refuse rates under which nothing could be told: TableRefused."""
        for name, rate in (("missed", self.missed), ("false", self.false)):
            if not 0 <= rate < HIGHEST_RATE:
                raise TableRefused(f"The share of {name} links is {rate:g}. Give a share from 0 to below "
                                   f"{HIGHEST_RATE:g}, such as 0.02; with more, lists cannot be compared.")


def correct(table: Table, error: LinkageError) -> Table:
    """Give the table that linking without error would be expected to show; its counts are no whole numbers."""
    return Table(table.lists, corrected_by(len(table.lists), error)(table.counts[None])[0], table.notes)


def corrected_by(lists: int, error: LinkageError) -> Callable[[Numbers], Numbers]:
    """Give what corrects tables of so many lists, one row a table.

    First false links are undone, then missed ones made. Where so many children are taken from a history that fewer
    than none would be left, it is set to none.
    """
    back = np.linalg.solve(transfer(lists, error.missed), transfer(lists, error.false)).T

    def corrected(counts: Numbers) -> Numbers:
        solved = counts @ back
        # What is shared by nobody stays so: a sliver of a child made by the solving is no overlap.
        least = 1e-9 * np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
        return np.asarray(np.where(solved < least, 0.0, solved))

    return corrected


def transfer(lists: int, rate: float) -> Numbers:
    """Give the matrix from true histories (columns) to expected ones (rows) when links fail at this rate.

    Of a child on k lists one record, any of them, is its anchor; each of the others fails to join it with chance
    `rate` and then stands on its list alone. A child may so become several.
    """
    histories = np.arange(1, 2**lists)
    on = lists_of(histories, lists)
    many = on.sum(axis=1)
    matrix = np.zeros((len(histories), len(histories)))
    for column, history in enumerate(histories):
        k = int(many[column])
        for row in np.flatnonzero((histories & ~history) == 0):
            stay = int(many[row])
            # A part of the records stays together: the anchor is among them, and the other records fail.
            matrix[row, column] += stay / k * (1 - rate) ** (stay - 1) * rate ** (k - stay)
        for place in np.flatnonzero(on[column]):
            matrix[(1 << place) - 1, column] += (k - 1) / k * rate
    return matrix
