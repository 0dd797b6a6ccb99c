"""What people do with duties and notices: take one on, acknowledge, give it to somebody, open a notice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import colleagues, contacts, name_of
from sightline.apps.duties.actions import NOTICE_COLUMNS, STEP_COLUMNS
from sightline.apps.duties.models import Notice, OwedDuty
from sightline.apps.duties.queries import OPEN_STATES
from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import latest_return
from sightline.domain.duties.saying import say
from sightline.domain.vocabulary.moment import day_of


class NotYours(LookupError):
    """This is no longer there, or not yours to act on. Open your inbox again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NobodyThere(LookupError):
    """This agency has no safeguarding desk here. Ring it, and ask its keeper of officers to name one."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class TakenMeanwhile(RuntimeError):
    """Somebody else has taken this on or was given it since you looked. See who it is before you take it over."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class CannotBePutOff(RuntimeError):
    """This cannot be put off so far: it must be back an hour before its limit, and some duties never go."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class TakeItOnFirst(RuntimeError):
    """Only whoever has taken a duty on, or a manager, puts it off. Take it on first."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Say who is to see to a duty: a desk of the agency, or one of its officers by name."""

    contact: int | None = None
    officer: UUID | None = None


def take_on(*, duty: UUID, officer: UUID, seen: UUID | None = None, at: datetime) -> None:
    """Take a duty on: the officer's name stands beside its owner, and everybody sees that somebody works on it.

    `seen` is who had taken it on when the officer looked: of two who take it on at once, the second is told. Taking on
    what one has taken on already changes nothing. Raises NotYours, TakenMeanwhile.
    """
    open_now = OwedDuty.objects.filter(pk=duty, state__in=OPEN_STATES)
    free = Q(officer_id=seen) | Q(officer_id=officer, acknowledged_at=None)
    changed = open_now.filter(free).exclude(officer_id=officer, acknowledged_at__isnull=False).update(
        officer_id=officer, acknowledged_at=at)
    if not changed:
        _refuse(open_now.values_list("officer_id").first(), officer)
        return
    _note(duty, at=at, what="taken on", officer=officer)


def _refuse(held: tuple[UUID | None] | None, officer: UUID) -> None:
    """Say why a duty could not be taken on; nothing where it is the officer's own already."""
    if held is None:
        raise NotYours
    if held[0] != officer:
        raise TakenMeanwhile


def give_to(*, duty: UUID, contact: int, officer: UUID, words: str, at: datetime) -> None:
    """Give one duty to another contact of the agency that owes it; it is never without an owner.

    Raises NotYours.
    """
    agency = OwedDuty.objects.filter(pk=duty).values_list("owed_by_id", flat=True).first()
    if agency is None or not give(
            [duty], to=Receiver(contact=contact), agency=agency, officer=officer, words=words, at=at):
        raise NotYours


def give(
    duties: Iterable[UUID], *, to: Receiver, agency: int, officer: UUID, words: str, at: datetime
) -> list[UUID]:
    """Give duties of the agency to one of its desks or officers, and give those that were given.

    What has been met or ended meanwhile is left out, and so is what the agency does not owe. A duty stays on its desk
    when an officer is to see to it; who it was given to has not taken it on yet, and is told in one notice, however
    many they are. Raises NotYours where the receiver is not of the agency.
    """
    if not _of_the_agency(to, agency, at=at):
        raise NotYours
    rows = OwedDuty.objects.filter(pk__in=list(duties), owed_by_id=agency, state__in=OPEN_STATES)
    # In one order, so that two who give overlapping heaps wait for one another and never for ever.
    found = {pk: (person, what) for pk, person, what in rows.select_for_update(no_key=True).order_by("pk").values_list(
        "pk", "person_id", "what")}
    given = list(found)
    changes: dict[str, Any] = {"officer_id": to.officer, "acknowledged_at": None}
    if to.contact is not None:
        changes["owner_id"] = to.contact
    OwedDuty.objects.filter(pk__in=given).update(**changes)
    receiver = "" if to.officer is None else f"{name_of(to.officer)}: "
    insert("duties_step", STEP_COLUMNS, [
        (duty, at, "given to", to.contact, officer, f"{receiver}{words}") for duty in given])
    if given and to.officer != officer:
        _tell_receiver(found, to=to, agency=agency, officer=officer, at=at)
    return given


def _tell_receiver(
    given: Mapping[UUID, tuple[UUID, str]], *, to: Receiver, agency: int, officer: UUID, at: datetime
) -> None:
    """Write the one notice to whom duties were given; of several it names no child."""
    desks = contacts(agency)
    desk = to.contact or next((c.id for c in desks if c.desk == "safeguarding"), desks[0].id)
    one = next(iter(given)) if len(given) == 1 else None
    person, what = given[one] if one else (None, f"{len(given)} duties. See your list, and take them on.")
    insert("duties_notice", (*NOTICE_COLUMNS, ("to_officer_id", "uuid")), [
        (f"given:{to.officer or desk}:{officer}:{at.isoformat()}", person, one, agency, agency, desk,
         f"{name_of(officer)} gave you: {what}"[:300], at, 0, at, to.officer)], ending="on conflict (key) do nothing")


def _of_the_agency(to: Receiver, agency: int, *, at: datetime) -> bool:
    if to.officer is not None:
        return to.officer in {one.id for one in colleagues(agency, on=day_of(at))}
    return to.contact in {contact.id for contact in contacts(agency)}


def put_off(
    *, duty: UUID, until: datetime, officer: UUID, for_all: bool, words: str, at: datetime
) -> None:
    """Let a duty leave the list until an instant, for a reason that stays beside it; its clock goes on.

    Only who has taken it on puts it off, or who may `for_all`: a manager. Raises NotYours, TakeItOnFirst,
    CannotBePutOff; the database itself refuses what lies beyond an hour before the limit.
    """
    row = OwedDuty.objects.select_for_update(no_key=True).filter(pk=duty, state__in=OPEN_STATES).first()
    if row is None:
        raise NotYours
    if row.officer_id != officer and not for_all:
        raise TakeItOnFirst
    latest = latest_return(row.act_by, Danger(row.danger))
    if latest is None or not at < until <= latest:
        raise CannotBePutOff
    OwedDuty.objects.filter(pk=duty).update(put_off_until=until)
    insert("duties_step", STEP_COLUMNS, [
        (duty, at, "put off", None, officer, f"Until {say(until)}: {words}")])


def bring_back(*, duty: UUID, officer: UUID, at: datetime) -> None:
    """Let a duty that was put off stand in the list again at once; anybody who may act on it may.

    Raises NotYours.
    """
    if not OwedDuty.objects.filter(pk=duty, put_off_until__gt=at).update(put_off_until=None):
        raise NotYours
    _note(duty, at=at, what="brought back", officer=officer)


def open_notice(*, notice: UUID, officer: UUID, at: datetime) -> None:
    """Note who of the receiving agency first opened a notice, and when."""
    Notice.objects.filter(pk=notice, opened_at=None).update(opened_at=at, opened_by_id=officer)


def acknowledge_notice(*, notice: UUID, officer: UUID, at: datetime) -> None:
    """Note who acknowledged a notice, and when; a second time changes nothing.

    Raises NotYours.
    """
    if not Notice.objects.filter(pk=notice).exists():
        raise NotYours
    Notice.objects.filter(pk=notice, acknowledged_at=None).update(acknowledged_at=at, acknowledged_by_id=officer)


def deliver_to(*, agency: int, at: datetime) -> None:
    """Note that an agency's notices stood in its inbox when somebody looked at it."""
    Notice.objects.filter(to_agency_id=agency, delivered_at=None).update(delivered_at=at)


def tell(
    *, person: UUID, to_agency: int, about: str, key: str, from_agency: int, at: datetime
) -> None:
    """Write a notice to an agency's safeguarding desk: it stands in the inbox at once, and an e-mail says that it does.

    `key` makes it one of its kind: told twice, it is one notice. Raises NobodyThere where the agency has no desk.
    """
    desk = next((c for c in contacts(to_agency) if c.desk == "safeguarding"), None)
    if desk is None:
        raise NobodyThere
    insert("duties_notice", NOTICE_COLUMNS, [
        (key, person, None, from_agency, to_agency, desk.id, about, at, 0, at)], ending="on conflict (key) do nothing")


def _note(duty: UUID, *, at: datetime, what: str, officer: UUID) -> None:
    insert("duties_step", STEP_COLUMNS, [(duty, at, what, None, officer, "")])
