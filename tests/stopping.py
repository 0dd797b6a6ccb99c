"""Stop a piece of work between two statements, as a machine does that is switched off.

    with suppress(Stopped), transaction.atomic(), connection.execute_wrapper(stopped_after(3)):
        the_work()
"""

from collections.abc import Callable
from typing import Any


class Stopped(Exception):
    """The machine stopped."""


def stopped_after(statements: int) -> Callable[..., Any]:
    """Give an execute wrapper that lets so many statements through, and stops at the next."""
    seen = 0

    def count(execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        nonlocal seen
        seen += 1
        if seen > statements:
            raise Stopped
        return execute(sql, params, many, context)

    return count
