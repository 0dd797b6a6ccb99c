"""Tell whether a cell is a formula: a program that a spreadsheet would run when somebody opens an export.

Invisible characters before the sign hide a formula from a simple look; attackers have used that. Signs of full width
count as the signs themselves.
"""

import re

from sightline.domain.intake.row import FileRefused

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_INVISIBLE = (
    r"\s\x00-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_ENOUGH = "=\uff1d\ufe66"
_NEED_MORE = r"+\-@\uff0b\uff0d\uff20\ufe62\ufe63\ufe6b\u2212"

_START = re.compile(rf"[{_INVISIBLE}]*([{_ENOUGH}{_NEED_MORE}])")
_CALL_OR_PIPE = re.compile(rf"[^\W\d_][\w.]{{0,64}}[{_INVISIBLE}]{{0,64}}[(\uff08]|[|\uff5c]")
_POSSIBLE = re.compile(rf"(?:^|[{_INVISIBLE},;|\"])[{_ENOUGH}{_NEED_MORE}]", re.MULTILINE)
"""A sign that stands first in a cell has before it a delimiter, a quote, something invisible, or nothing. This finds
more than formulas, but each character once: a pattern must not take the square of a line's length."""


class FormulaInCell(FileRefused):
    """A cell holds a formula, so the whole file is refused; send a file that holds values only."""

    def __init__(self, row: int, place: int) -> None:
        super().__init__(
            f"Row {row}, cell {place} holds a formula. Formulas are programs; send a file that holds values only."
        )


def may_hold_formula(line: str) -> bool:
    """Tell quickly whether any cell of a line of a table can be a formula."""
    return _POSSIBLE.search(line) is not None


def is_formula(cell: str) -> bool:
    """Tell whether a cell starts, after invisible characters, with = or with + - @ and then calls or pipes something.

    A telephone number such as +44 (0)20 is none: nothing is called.
    """
    start = _START.match(cell)
    if start is None:
        return False
    return start[1] in _ENOUGH or _CALL_OR_PIPE.search(cell, start.end()) is not None
