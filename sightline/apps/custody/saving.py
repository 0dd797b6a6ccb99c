"""Keep what an officer types into a form of a case until it is sent, give it back, and forget it in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import Acting
from sightline.apps.custody.models import SavedForm
from sightline.domain.custody.typed import KEPT_FOR

NOTHING = b""
SAVE = """
insert into custody_savedform (event_id, officer_id, agency_id, form, told, saved_at)
values (%s, %s, %s, %s, %s, %s)
on conflict (officer_id, agency_id, event_id, form) do update set told = excluded.told, saved_at = excluded.saved_at
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """Hold what was typed into one form, sealed by who saved it, and when."""

    told: bytes
    at: datetime


def save(*, acting: Acting, event: UUID, form: str, told: bytes, at: datetime) -> None:
    """Keep what is typed into a form of a case, sealed, instead of what was kept before."""
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [event, acting.officer, acting.agency, form, told, at])


def saved_of(*, acting: Acting, event: UUID, at: datetime) -> Mapping[str, Saved]:
    """Give by form what the officer has typed into the forms of a case and not sent."""
    rows = SavedForm.objects.filter(event_id=event, officer_id=acting.officer, agency_id=acting.agency,
                                    saved_at__gt=at - KEPT_FOR)
    found = {row.form: Saved(bytes(row.told), row.saved_at) for row in rows}
    return {form: one for form, one in found.items() if one.told != NOTHING}


def forget(*, acting: Acting, event: UUID, form: str) -> None:
    """Forget what was typed into a form: it was sent, or thrown away."""
    SavedForm.objects.filter(event_id=event, officer_id=acting.officer, agency_id=acting.agency,
                             form=form).exclude(told=NOTHING).update(told=NOTHING)


def forget_old(*, at: datetime) -> int:
    """Remove what is empty or has been kept for its time; gives how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("delete from custody_savedform where told = ''::bytea or saved_at <= %s", [at - KEPT_FOR])
        return int(cursor.rowcount)
