"""Keep what a reading found: new signs, changed reasons, signs no longer shown; and how people closed them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document, insert, told
from sightline.apps.signs.models import Found
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.domain.vocabulary.moment import write_moment
from sightline.domain.vocabulary.sign import Reading, Sign

FOUND_COLUMNS = (
    ("person_id", "uuid"), ("code", "text"), ("family", "text"), ("critical", "boolean"), ("title", "text"),
    ("because", "uuid[]"), ("reasons", "text[]"), ("first_at", "text"), ("last_at", "text"),
    ("edition", "text"), ("source", "text"), ("verified", "boolean"), ("found_at", "timestamptz"),
    ("changed_at", "timestamptz"),
)
READING_COLUMNS = (
    ("person_id", "uuid"), ("attention", "text"), ("because", "text"), ("families", "int"), ("read_at", "timestamptz"),
    ("look_again_at", "timestamptz"),
)
RENEW = ("on conflict (person_id) do update set attention = excluded.attention, because = excluded.because,"
         " families = excluded.families, read_at = excluded.read_at, look_again_at = excluded.look_again_at")

Held = dict[tuple[UUID, str], tuple[UUID, list[str], str, str]]


class ReasonNeeded(ValueError):
    """Write in a sentence why you close this sign. Your reason is kept, and it teaches us how good the sign is."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class SignNotShown(LookupError):
    """This sign is no longer shown, or it is not yours to close. Open the child's page again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def keep(readings: Mapping[UUID, tuple[Reading, datetime | None]], *, at: datetime) -> None:
    """Keep what was read of each person, and from when it must be read again; only changes are written."""
    held = _held(list(readings))
    shown = {(person, sign.code): sign for person, (reading, _) in readings.items() for sign in reading.signs}
    new = [_row(place[0], sign, at) for place, sign in shown.items() if place not in held]
    changed = [(held[place][0], sign) for place, sign in shown.items()
               if place in held and held[place][1:] != (list(sign.because), write_moment(sign.last_at), sign.edition)]
    gone = [id_ for place, (id_, *_) in held.items() if place not in shown]
    insert("signs_found", FOUND_COLUMNS, new)
    _renew(changed, at)
    if gone:
        Found.objects.filter(pk__in=gone).update(gone_at=at)
    insert("signs_personreading", READING_COLUMNS, [
        (person, r.attention.value, r.because, r.families, r.at, again) for person, (r, again) in readings.items()
    ], ending=RENEW)


def close(*, sign: UUID, outcome: str, reason: str, officer: UUID, at: datetime) -> UUID:
    """Close a sign with a reason and give the person; the same entries do not raise it again, new ones do.

    Raises ReasonNeeded, SignNotShown.
    """
    if not reason.strip():
        raise ReasonNeeded
    found = Found.objects.filter(pk=sign, gone_at=None).first()
    if found is None or outcome not in dict(OUTCOMES):
        raise SignNotShown
    insert("signs_closing", (("sign_id", "uuid"), ("because", "uuid[]"), ("outcome", "text"), ("reason", "text"),
                             ("officer_id", "uuid"), ("at", "timestamptz")),
           [(sign, found.because, outcome, reason.strip(), officer, at)])
    return found.person_id


def _held(people: list[UUID]) -> Held:
    with connection.cursor() as cursor:
        cursor.execute("select person_id, code, id, because, last_at, edition from signs_found"
                       " where person_id = any(%s) and gone_at is null", [people])
        return {(r[0], r[1]): (r[2], [str(id_) for id_ in r[3]], r[4], r[5]) for r in cursor.fetchall()}


def _row(person: UUID, sign: Sign, at: datetime) -> tuple[Any, ...]:
    return (person, sign.code, sign.family.value, sign.critical, sign.title, sign.because, sign.reasons,
            write_moment(sign.first_at), write_moment(sign.last_at), sign.edition, sign.source, sign.verified, at, at)


RENEWED = (("id", "uuid"), ("because", "uuid[]"), ("reasons", "text[]"), ("first_at", "text"),
           ("last_at", "text"), ("edition", "text"), ("title", "text"), ("critical", "boolean"))


def _renew(changed: list[tuple[UUID, Sign]], at: datetime) -> None:
    if not changed:
        return
    rows = [(id_, s.because, s.reasons, write_moment(s.first_at), write_moment(s.last_at), s.edition,
             s.title, s.critical) for id_, s in changed]
    with connection.cursor() as cursor:
        cursor.execute(
            "update signs_found f set because = told.because, reasons = told.reasons,"
            " first_at = told.first_at, last_at = told.last_at, edition = told.edition, title = told.title,"
            f" critical = told.critical, changed_at = %s from {told(RENEWED)} where f.id = told.id",  # nosec B608
            [at, document(RENEWED, rows)])
