"""Ask which signs are shown on a child, why, and how soon somebody must look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.signs.models import Closing, Found, PersonReading
from sightline.domain.vocabulary.moment import Moment, read_moment


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Hold how a sign was closed."""

    words: str
    reason: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignFacts:
    """Hold one sign as people read it; `closed` is set where a person closed it and nothing new came since."""

    id: UUID
    person: UUID
    code: str
    family: str
    critical: bool
    title: str
    because: tuple[str, ...]
    reasons: tuple[str, ...]
    first_at: Moment
    last_at: Moment
    edition: str
    source: str
    verified: bool
    found_at: datetime
    changed_at: datetime
    closed: ClosingFacts | None


@dataclass(frozen=True, slots=True)
class AttentionFacts:
    """Hold how soon somebody must look at a child, and since when that is known."""

    attention: str
    because: str
    families: int
    read_at: datetime


def signs_of(person: UUID) -> list[SignFacts]:
    """List the signs shown on a child: critical first, then the newest evidence; the closed ones last."""
    found = list(Found.objects.filter(person_id=person, gone_at=None))
    closings = {c.sign_id: c for c in Closing.objects.select_related("officer").filter(
        sign_id__in=[f.pk for f in found]).order_by("at")}
    facts = [_facts(f, closings.get(f.pk)) for f in found]
    return sorted(facts, key=lambda s: (s.closed is not None, not s.critical, s.code))


def sign(sign_id: UUID) -> SignFacts | None:
    """Give one sign, or None where it is not to be seen."""
    found = Found.objects.filter(pk=sign_id).first()
    if found is None:
        return None
    return _facts(found, Closing.objects.select_related("officer").filter(sign_id=sign_id).order_by("at").last())


def attention_of(person: UUID) -> AttentionFacts | None:
    """Give how soon somebody must look at a child, or None where it was never read or is not to be seen."""
    reading = PersonReading.objects.filter(pk=person).first()
    return AttentionFacts(reading.attention, reading.because, reading.families, reading.read_at) if reading else None


def closed_signs(people: Sequence[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    """Give for each person the entries on which each sign was closed: they do not raise it again."""
    closed: dict[UUID, dict[str, frozenset[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select f.person_id, f.code, c.because from signs_closing c"
                       " join signs_found f on f.id = c.sign_id where f.person_id = any(%s)", [list(people)])
        for person, code, because in cursor.fetchall():
            codes = closed.setdefault(person, {})
            codes[code] = codes.get(code, frozenset()) | {str(id_) for id_ in because}
    return closed


def to_look_again(*, at: datetime, most: int) -> list[UUID]:
    """List persons whose signs may show something else by now, the longest overdue first."""
    rows = PersonReading.objects.filter(look_again_at__lte=at).order_by("look_again_at").values_list("pk", flat=True)
    return list(rows[:most])


def _facts(found: Found, closing: Closing | None) -> SignFacts:
    still = closing is not None and set(found.because) <= set(closing.because)
    return SignFacts(
        id=found.pk, person=found.person_id, code=found.code, family=found.family, critical=found.critical,
        title=found.title, because=tuple(str(id_) for id_ in found.because), reasons=tuple(found.reasons),
        first_at=read_moment(found.first_at), last_at=read_moment(found.last_at), edition=found.edition,
        source=found.source, verified=found.verified, found_at=found.found_at, changed_at=found.changed_at,
        closed=ClosingFacts(closing.get_outcome_display(), closing.reason, closing.officer.name, closing.at)
        if closing is not None and still else None)
