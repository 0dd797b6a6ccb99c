"""Append what agencies tell of offenders. Nothing told is changed: a correction is the next telling of the same key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import array, insert
from sightline.apps.offenders.models import Offender
from sightline.domain.intake.row import SortedRow
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.offender import TellingKind

NOT_NAMED = "Name not told"
COLUMNS = (
    ("offender_id", "uuid"), ("kind", "text"), ("source_key", "text"), ("revision", "int"), ("event_id", "uuid"),
    ("on_day", "date"), ("until_day", "date"), ("facts", "jsonb"), ("gone", "boolean"), ("told_by_id", "int"),
    ("officer_id", "uuid"), ("submission_id", "bigint"), ("row", "int"), ("recorded_at", "timestamptz"))
NAMES = [name for name, _ in COLUMNS]
REVISION, EVENT = NAMES.index("revision"), NAMES.index("event_id")
# The newest telling of each key, and its first: rows are locked by their offender, so none comes between.
HELD = """
select distinct on (t.offender_id, t.source_key) t.offender_id, t.source_key, t.revision,
  coalesce(t.event_id, t.id), t.kind, t.on_day, t.until_day, t.facts::text, t.gone, t.submission_id
from offenders_telling t where t.offender_id = any(%s::uuid[]) order by t.offender_id, t.source_key, t.revision desc
"""
LOCK = "select id from offenders_offender where id = any(%s::uuid[]) order by id for update"
TO_READ = "update offenders_offender set to_read = true where id = any(%s::uuid[])"


class OffenderRefused(ValueError):
    """What was asked of an offender's record cannot be done; the message says what to do instead, in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold one thing to tell: row `number` of a file tells it; `gone` takes back what the key and its parts told."""

    number: int
    offender: UUID
    kind: TellingKind
    on: date
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Say who tells: an agency, by an officer or by a file."""

    agency: int
    officer: UUID | None = None
    submission: int | None = None


def keep_offenders(names: Mapping[str, str], *, agency: int, at: datetime) -> dict[str, UUID]:
    """Make those of these offenders, by reference with a name or "", whom the agency does not hold; give all ids."""
    insert("offenders_offender", (("agency_id", "int"), ("reference", "text"), ("name", "text"),
                                  ("also_known_as", "text[]"), ("category", "text"), ("level", "text"),
                                  ("risk", "text"), ("reactive", "boolean"), ("under", "text[]"), ("adult", "jsonb"),
                                  ("keys", "text[]"), ("to_read", "boolean"), ("made_at", "timestamptz")),
           [(agency, reference, name or NOT_NAMED, [], "", "", "", False, [], {}, [], True, at)
            for reference, name in sorted(names.items())],
           ending="on conflict (agency_id, reference) do nothing")
    held = Offender.objects.filter(agency_id=agency, reference__in=list(names)).values_list("reference", "id")
    return dict(held)


def append(wanted: Sequence[Wanted], *, told: Told, at: datetime) -> frozenset[int]:
    """Append what is new and give the numbers of the rows that told it; each offender is read again after.

    What is told again changes nothing; with other facts it corrects. Of a file that is begun again, what the file has
    told counts as new again.
    """
    offenders = sorted({one.offender for one in wanted})
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [array(offenders)])
        cursor.execute(HELD, [array(offenders)])
        held: dict[tuple[UUID, str], _Held] = {
            (row[0], row[1]): _Held(row[2], row[3], _state(row[4:9]), row[9]) for row in cursor.fetchall()}
    new: set[int] = set()
    rows: list[tuple[Any, ...]] = []
    for one in wanted:
        for key in _keys(one, held):
            place, state = (one.offender, key), _wanted_state(one)
            before = held.get(place)
            if before is not None and before.state == state:
                if told.submission is not None and before.submission == told.submission:
                    new.add(one.number)
                continue
            revision = 1 if before is None else before.revision + 1
            rows.append((one.offender, one.kind.value, key, revision, before.event if before else None, one.on,
                         one.until, dict(one.facts), one.gone, told.agency, told.officer, told.submission, one.number,
                         at))
            held[place] = _Held(revision, before.event if before else None, state, told.submission)
            new.add(one.number)
    _insert(rows)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(TO_READ, [array({row[0] for row in rows})])
    return frozenset(new)


def tell(
    *, acting: Acting, offender: UUID, kind: TellingKind, on: date, facts: Mapping[str, Any], until: date | None,
    at: datetime, key: str = "", gone: bool = False
) -> None:
    """Tell one thing of an offender by hand, as an officer of the agency that leads.

    With the key of something told before it corrects that, or takes it back where it is `gone`. Raises
    OffenderRefused.
    """
    key = key or f"{kind}/{acting.officer}/{at.isoformat()}"
    try:
        with transaction.atomic():
            append([Wanted(0, offender, kind, on, key, facts, until, gone)],
                   told=Told(acting.agency, officer=acting.officer), at=at)
    except ProgrammingError:
        raise OffenderRefused("Only the managers of the agency that leads record something of an offender.") from None


def register(
    *, acting: Acting, reference: str, name: str, on: date, facts: Mapping[str, Any], at: datetime
) -> UUID:
    """Put somebody on the register of the own agency; gives the id. Raises OffenderRefused."""
    held = Offender.objects.filter(agency_id=acting.agency, reference=reference).exists()
    if held:
        raise OffenderRefused("Somebody with this reference is on the register already.")
    try:
        with transaction.atomic():
            made = keep_offenders({reference: name}, agency=acting.agency, at=at)[reference]
            append([Wanted(0, made, TellingKind.REGISTER, on, str(TellingKind.REGISTER), {"name": name, **facts})],
                   told=Told(acting.agency, officer=acting.officer), at=at)
    except ProgrammingError:
        raise OffenderRefused("Only offender managers and their supervisors put somebody on the register.") from None
    return made


@dataclass(frozen=True, slots=True)
class _Held:
    revision: int
    event: UUID | None
    state: tuple[Any, ...]
    submission: int | None


def _keys(one: Wanted, held: Mapping[tuple[UUID, str], _Held]) -> Iterable[str]:
    """Give the keys that a telling is about: its own, and where it takes back, all that is held under it."""
    if not one.gone:
        return [one.key]
    return [key for offender, key in held
            if offender == one.offender and (key == one.key or key.startswith(f"{one.key}/"))]


def _insert(rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert first tellings, then those that correct them, which name the first."""
    made = {(row[0], row[1]): row[2] for row in insert(
        "offenders_telling", COLUMNS, [row for row in rows if row[REVISION] == 1],
        ending="returning offender_id, source_key, id")}
    insert("offenders_telling", COLUMNS, [
        row if row[EVENT] else (*row[:EVENT], made[row[0], row[2]], *row[EVENT + 1:])
        for row in rows if row[REVISION] > 1])


def _state(row: tuple[Any, ...]) -> tuple[Any, ...]:
    kind, on, until, facts, gone = row
    return ("gone",) if gone else (kind, on, until, json.loads(facts))


def _wanted_state(one: Wanted) -> tuple[Any, ...]:
    written = json.loads(json.dumps(one.facts, default=str))
    return ("gone",) if one.gone else (one.kind.value, one.on, one.until, written)


def keep_rows(rows: Iterable[SortedRow], *, told: Told, at: datetime) -> frozenset[int]:
    """Keep what the rows of a file tell of offenders, and give the numbers of those that told something new."""
    kept = [(row, row.identity) for row in rows if row.identity is not None]
    ids = keep_offenders({identity.key: identity.family or "" for _, identity in kept}, agency=told.agency, at=at)
    wanted = []
    for row, identity in kept:
        offender = ids[identity.key]
        wanted += [Wanted(row.number, offender, TellingKind.REGISTER, day_of(at), gone.key, gone=True)
                   for gone in row.withdrawn]
        wanted += [Wanted(row.number, offender, TellingKind(one.kind), day_of(one.at), one.key, one.facts,
                          None if one.until is None else day_of(one.until)) for one in row.told]
    return append(wanted, told=told, at=at)
