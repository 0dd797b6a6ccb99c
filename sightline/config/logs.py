"""What may be written into logs: ids, never what was recorded of a child.

Values hide in three places: the query string of an address, the message of an exception (PostgreSQL repeats the row
that it refused), and the body of a request, which nothing here writes at all.
"""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

_QUERY = re.compile(r"\?[^\s\"'<>]*")
_PROCESSES_WITH_FILE = ("web", "worker", "owner")


class WithoutValues(logging.Formatter):
    """Write time, level, logger and message without query strings, and exceptions as their places without words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Drop the query string of every address in the message."""
        record.message = _QUERY.sub("?...", record.message)
        return super().formatMessage(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Say which exceptions came from where, leaving out what they say; databases add their code and constraint."""
        return "\n".join(_places(ei[1])) if ei[1] is not None else ""


def logging_settings(process: str, folder: Path) -> dict[str, Any]:
    """Give Django's and gunicorn's settings of logging for a process: web, worker or another.

    Our own processes append everything from INFO on to a file of their name in `folder`; where there is no such folder,
    and for commands, warnings go to standard error.
    """
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "level": "WARNING"}
    if process in _PROCESSES_WITH_FILE and folder.is_dir():
        handler = {"class": "logging.FileHandler", "filename": str(folder / f"{process}.log"), "encoding": "utf-8"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"without_values": {"()": WithoutValues}},
        "handlers": {"only": handler | {"formatter": "without_values"}},
        "root": {"level": "INFO", "handlers": ["only"]},
        "loggers": {
            # Django and gunicorn bring handlers of their own, which know nothing of the rule above.
            "django": {"level": "INFO", "handlers": [], "propagate": True},
            # Each minute it would say that it looked for something to do.
            "procrastinate.periodic": {"level": "WARNING"},
            "procrastinate.blueprints": {"level": "WARNING"},
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": True},
        },
    }


def _places(error: BaseException) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = [f"  {f.filename}, line {f.lineno}, in {f.name}" for f in traceback.extract_tb(cause.__traceback__)]
        lines = [*frames, _named(cause), *(["-- from which came --", *lines] if lines else [])]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines


def _named(error: BaseException) -> str:
    diagnosis = getattr(error, "diag", None)
    told = [getattr(diagnosis, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([f"{type(error).__module__}.{type(error).__qualname__}", *filter(None, told)])
