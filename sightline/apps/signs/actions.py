"""Keep what a reading found: new signs, changed reasons, signs no longer shown; how people closed and kept them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import document, insert, told
from sightline.apps.signs.models import Found, PersonReading
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.domain.signs.kept import KEPT
from sightline.domain.vocabulary.moment import write_moment
from sightline.domain.vocabulary.sign import Reading, Sign

FOUND_COLUMNS = (
    ("person_id", "uuid"), ("code", "text"), ("family", "text"), ("critical", "boolean"), ("title", "text"),
    ("because", "uuid[]"), ("reasons", "text[]"), ("first_at", "text"), ("last_at", "text"),
    ("edition", "text"), ("source", "text"), ("verified", "boolean"), ("found_at", "timestamptz"),
    ("changed_at", "timestamptz"), ("shown_until", "timestamptz"), ("against", "uuid[]"), ("against_words", "text[]"),
)
READING_COLUMNS = (
    ("person_id", "uuid"), ("attention", "text"), ("because", "text"), ("families", "int"), ("read_at", "timestamptz"),
    ("look_again_at", "timestamptz"),
)
RENEW = ("on conflict (person_id) do update set attention = excluded.attention, because = excluded.because,"
         " families = excluded.families, read_at = excluded.read_at, look_again_at = excluded.look_again_at")

Held = dict[tuple[UUID, str], tuple[UUID, list[str], str, list[str], datetime | None, list[str], str]]


class ReasonNeeded(ValueError):
    """Write in a sentence why. Your reason is kept, and it teaches us how good the sign is."""

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
               if place in held and held[place][1:] != _says(sign)]
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


def keep_for_longer(*, sign: UUID, reason: str, acting: Acting, at: datetime) -> UUID:
    """Keep a sign for another 180 days after somebody reviewed it, and give the person.

    Raises ReasonNeeded, SignNotShown.
    """
    if not reason.strip():
        raise ReasonNeeded
    found = Found.objects.filter(pk=sign, gone_at=None).first()
    if found is None:
        raise SignNotShown
    insert("signs_keeping", (("sign_id", "uuid"), ("because", "uuid[]"), ("reason", "text"), ("officer_id", "uuid"),
                             ("agency_id", "int"), ("at", "timestamptz"), ("until", "timestamptz")),
           [(sign, found.because, reason.strip(), acting.officer, acting.agency, at, at + KEPT)])
    return found.person_id


def _held(people: list[UUID]) -> Held:
    with connection.cursor() as cursor:
        cursor.execute("select person_id, code, id, because, last_at, reasons, shown_until, against_words, edition"
                       " from signs_found where person_id = any(%s) and gone_at is null", [people])
        return {(r[0], r[1]): (r[2], [str(id_) for id_ in r[3]], *r[4:]) for r in cursor.fetchall()}


def _says(sign: Sign) -> tuple[list[str], str, list[str], datetime | None, list[str], str]:
    return (list(sign.because), write_moment(sign.last_at), list(sign.reasons), sign.until, list(sign.against_words),
            sign.edition)


def _row(person: UUID, sign: Sign, at: datetime) -> tuple[Any, ...]:
    return (person, sign.code, sign.family.value, sign.critical, sign.title, sign.because, sign.reasons,
            write_moment(sign.first_at), write_moment(sign.last_at), sign.edition, sign.source, sign.verified, at, at,
            sign.until, [id_ for id_, _ in sign.against], sign.against_words)


RENEWED = (("id", "uuid"), ("because", "uuid[]"), ("reasons", "text[]"), ("first_at", "text"),
           ("last_at", "text"), ("edition", "text"), ("title", "text"), ("critical", "boolean"),
           ("shown_until", "timestamptz"), ("against", "uuid[]"), ("against_words", "text[]"))


def _renew(changed: list[tuple[UUID, Sign]], at: datetime) -> None:
    if not changed:
        return
    rows = [(id_, s.because, s.reasons, write_moment(s.first_at), write_moment(s.last_at), s.edition,
             s.title, s.critical, s.until, [id_ for id_, _ in s.against], s.against_words) for id_, s in changed]
    with connection.cursor() as cursor:
        cursor.execute(
            "update signs_found f set because = told.because, reasons = told.reasons,"
            " first_at = told.first_at, last_at = told.last_at, edition = told.edition, title = told.title,"
            " shown_until = told.shown_until, against = told.against, against_words = told.against_words,"
            " grown_at = case when told.because <@ f.because then f.grown_at else %s end,"
            f" critical = told.critical, changed_at = %s from {told(RENEWED)} where f.id = told.id",  # nosec B608
            [at, at, document(RENEWED, rows)])


def look_later(people: Iterable[UUID], *, until: datetime) -> None:
    """Have persons read again later who could not be read now."""
    PersonReading.objects.filter(pk__in=list(people)).update(look_again_at=until)
