"""Work on records together, and where one of them fails, by halves: one that cannot be read holds up no other."""

import logging
import traceback
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

_log = logging.getLogger(__name__)


def each(ids: Sequence[UUID], work: Callable[[Sequence[UUID]], None]) -> list[UUID]:
    """Do the work on all of these records that can bear it, inside the caller's transaction, and give the others.

    The log names the record and the line of the code and nothing else: words of the error may name a child. Where the
    database is gone or busy, which is about no record, the error is raised as it came.
    """
    try:
        with transaction.atomic():
            work(ids)
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:
        if len(ids) == 1:
            place = traceback.extract_tb(error.__traceback__)[-1]
            # No traceback: it shows what was told.
            _log.error("%s cannot be read: %s in %s, line %s.",
                       ids[0], type(error).__name__, place.name, place.lineno)
            return list(ids)
    else:
        return []
    half = len(ids) // 2
    return [*each(ids[:half], work), *each(ids[half:], work)]
