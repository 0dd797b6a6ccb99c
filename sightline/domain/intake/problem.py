"""What is wrong in one column of a row, before the row's number and the sender's own value are put to it."""

from dataclasses import dataclass

LONGEST_SHOWN = 80
"""So many characters of a value are repeated to its sender."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong in one column of a row; `turns_back` is False for a note on a row that is kept."""

    column: str
    fault: str
    turns_back: bool = True
