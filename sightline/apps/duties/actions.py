"""Keep what is owed: start duties with their owner, notice and clock in one transaction, and follow how they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.desks import desk_of, playing_to
from sightline.apps.duties.models import OwedDuty
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.danger import danger_of
from sightline.domain.duties.escalation import escalation_plan
from sightline.domain.vocabulary.duty import Duty, DutyState
from sightline.domain.vocabulary.moment import Moment, first_instant, is_day, last_instant

BACKLOAD_DAYS = 90
"""A duty of an event that lay longer ago than this when we were told of it starts no clock: history is loaded to be
read, and thousands of clocks that ran out years ago would hide the one that runs out tonight (our own choice)."""

DUTY_COLUMNS = (
    ("person_id", "uuid"), ("code", "text"), ("edition", "text"), ("what", "text"), ("part", "text"),
    ("started_by_id", "uuid"), ("started_key", "text"), ("started_at", "timestamptz"), ("watched", "boolean"),
    ("owed_by_words", "text"), ("owed_by_id", "int"),
    ("owner_id", "bigint"), ("owed_to", "text"), ("owed_to_agency_id", "int"), ("due_at", "timestamptz"),
    ("due_is_day", "boolean"), ("local_target_at", "timestamptz"), ("target_is_day", "boolean"),
    ("act_by", "timestamptz"), ("danger", "smallint"), ("estimated", "boolean"), ("state", "text"),
    ("met_by_id", "uuid"), ("met_at", "timestamptz"), ("authority", "text"), ("verified", "boolean"),
    ("explanation", "text"), ("opened_at", "timestamptz"), ("steps_taken", "int"), ("next_step_at", "timestamptz"),
)
STEP_COLUMNS = (("duty_id", "uuid"), ("at", "timestamptz"), ("what", "text"), ("contact_id", "bigint"),
                ("officer_id", "uuid"), ("words", "text"))
NOTICE_COLUMNS = (
    ("key", "text"), ("person_id", "uuid"), ("duty_id", "uuid"), ("from_agency_id", "int"), ("to_agency_id", "int"),
    ("to_contact_id", "bigint"), ("about", "text"), ("made_at", "timestamptz"), ("tries", "int"),
    ("next_try_at", "timestamptz"),
)
CHANGED_COLUMNS = (
    ("id", "uuid"), ("person_id", "uuid"), ("state", "text"), ("met_by_id", "uuid"), ("met_at", "timestamptz"),
    ("explanation", "text"), ("due_at", "timestamptz"), ("due_is_day", "boolean"), ("local_target_at", "timestamptz"),
    ("target_is_day", "boolean"), ("act_by", "timestamptz"), ("danger", "smallint"), ("estimated", "boolean"),
    ("edition", "text"),
    ("next_step_at", "timestamptz"),
)


@dataclass(frozen=True, slots=True)
class _Held:
    id: UUID
    person: UUID
    state: str
    met_by: UUID | None
    due_at: datetime | None
    local_target_at: datetime | None
    edition: str
    danger: int
    steps_taken: int
    next_step_at: datetime | None


def keep(
    owed: Mapping[UUID, Iterable[Duty]], *, book: AgencyBook, told: Mapping[UUID, Iterable[int]], at: datetime
) -> None:
    """Start duties that are new, change those that stand otherwise now, and end those that have lost their ground.

    `told` gives the agencies that told something of each person. A new duty is written with its owner, its first step
    and, while it is open or late, the notice to its owner, in the caller's transaction. Who only watches over a duty is
    told when its time runs out.
    """
    wanted = {(duty.code, duty.started_by): (person, duty) for person, duties in owed.items() for duty in duties}
    held = _held(list(owed), [key for _, key in wanted])
    new = [(person, duty) for name, (person, duty) in wanted.items() if name not in held and _starts(duty, at)]
    changed = [(held[name], person, duty) for name, (person, duty) in wanted.items() if name in held]
    _start(new, book=book, told=told, at=at)
    _change(changed, at=at)
    lost = [h for name, h in held.items() if name not in wanted and h.person in owed]
    _end([h for h in lost if h.state != OwedDuty.ENDED], at=at)


def _starts(duty: Duty, at: datetime) -> bool:
    """Tell whether a clock starts: not for what had run out long before anybody told us."""
    act_by = duty.due_at or duty.local_target_at
    ran_out = act_by is not None and (at - last_instant(act_by)).days > BACKLOAD_DAYS
    return not ran_out and (act_by is not None or (at - first_instant(duty.started_at)).days <= BACKLOAD_DAYS)


def _held(people: list[UUID], keys: list[str]) -> dict[tuple[str, str], _Held]:
    """Give what is kept for these persons, and what is kept under these starts for whichever person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select code, started_key, id, person_id, state, met_by_id, due_at, local_target_at, edition, danger,"
            " steps_taken, next_step_at from duties_owedduty where person_id = any(%s) or started_key = any(%s)",
            [people, keys])
        return {(row[0], row[1]): _Held(*row[2:]) for row in cursor.fetchall()}


def _start(
    new: list[tuple[UUID, Duty]], *, book: AgencyBook, told: Mapping[UUID, Iterable[int]], at: datetime
) -> None:
    rows = [_row(person, duty, book=book, told=told[person], at=at) for person, duty in new]
    made = insert("duties_owedduty", DUTY_COLUMNS, rows,
                  ending="on conflict (code, started_key) do nothing"
                         " returning id, person_id, code, started_key, owed_by_id, owner_id, what, state, watched")
    insert("duties_step", STEP_COLUMNS, [(m[0], at, "started", m[5], None, "") for m in made])
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"{m[2]}:{m[3]}:started", m[1], m[0], None, m[4], m[5], m[6], at, 0, at)
        for m in made if m[7] in (DutyState.OPEN.value, DutyState.LATE.value) and not m[8]
    ], ending="on conflict (key) do nothing")


def _row(person: UUID, duty: Duty, *, book: AgencyBook, told: Iterable[int], at: datetime) -> tuple[Any, ...]:
    desk, owed_to = desk_of(duty, told=told, book=book), playing_to(duty, book)
    return (
        person, duty.code, duty.edition, duty.what, duty.part.value, _uuid(duty.started_by), duty.started_by,
        first_instant(duty.started_at), desk.watches,
        duty.owed_by[:200] if desk.watches else desk.agency.name, desk.agency.id, desk.contact.id, duty.owed_to[:200],
        owed_to.id if owed_to else None, *_limits(duty), danger_of(duty.code).value, duty.estimated,
        duty.state.value, _uuid(duty.met_by), _met_at(duty), duty.authority, duty.verified, duty.explanation, at, 0,
        _next_step(duty, steps_taken=0))


def _limits(duty: Duty) -> tuple[datetime | None, bool, datetime | None, bool, datetime | None]:
    """Give the legal limit and the local target, each with whether it is a day, and the instant by which to act."""
    due, due_is_day = _limit(duty.due_at)
    target, target_is_day = _limit(duty.local_target_at)
    return due, due_is_day, target, target_is_day, due or target


def _limit(moment: Moment | None) -> tuple[datetime | None, bool]:
    return (None, False) if moment is None else (last_instant(moment), is_day(moment))


def _met_at(duty: Duty) -> datetime | None:
    if duty.state is not DutyState.MET or duty.met_at is None:
        return None
    return first_instant(duty.met_at)


def _next_step(duty: Duty, *, steps_taken: int) -> datetime | None:
    """Give when the next person is told that time runs out."""
    if duty.state not in (DutyState.OPEN, DutyState.LATE):
        return None
    rules = rules_of(duty.code)
    plan = escalation_plan(rules[-1], duty) if rules else ()
    return plan[steps_taken].at if steps_taken < len(plan) else None


def _change(changed: list[tuple[_Held, UUID, Duty]], *, at: datetime) -> None:
    """Write how duties stand now, where that is otherwise than kept."""
    rows, steps = [], []
    for held, person, duty in changed:
        due, due_is_day, target, target_is_day, act_by = _limits(duty)
        state, met_by = duty.state.value, _uuid(duty.met_by)
        danger = danger_of(duty.code).value
        now = (person, state, met_by, due, target, duty.edition, danger)
        if now == (held.person, held.state, held.met_by, held.due_at, held.local_target_at, held.edition, held.danger):
            continue
        rows.append((held.id, person, state, met_by, _met_at(duty), duty.explanation, due, due_is_day, target,
                     target_is_day, act_by, danger, duty.estimated, duty.edition,
                     _next_step(duty, steps_taken=held.steps_taken)))
        if state != held.state:
            steps.append((held.id, at, state, None, None, ""))
    if rows:
        with connection.cursor() as cursor:
            assigned = ", ".join(f"{name} = told.{name}" for name, _ in CHANGED_COLUMNS[1:])
            cursor.execute(
                f"update duties_owedduty d set {assigned} from {told_rows(CHANGED_COLUMNS)} where d.id = told.id",  # nosec B608
                [document(CHANGED_COLUMNS, rows)])
    insert("duties_step", STEP_COLUMNS, steps)


def _end(lost: list[_Held], *, at: datetime) -> None:
    """End duties whose ground is gone: what started them was withdrawn, corrected, or belongs to another child."""
    if lost:
        OwedDuty.objects.filter(pk__in=[h.id for h in lost]).update(
            state=OwedDuty.ENDED, met_by=None, met_at=None, next_step_at=None)
        insert("duties_step", STEP_COLUMNS, [(h.id, at, OwedDuty.ENDED, None, None, "") for h in lost])


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
