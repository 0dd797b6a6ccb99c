"""What people do with duties and notices: take one on, acknowledge, give it to somebody, open a notice."""

from datetime import datetime
from uuid import UUID

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import contacts
from sightline.apps.duties.actions import NOTICE_COLUMNS, STEP_COLUMNS
from sightline.apps.duties.models import Notice, OwedDuty


class NotYours(LookupError):
    """This is no longer there, or not yours to act on. Open your inbox again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NobodyThere(LookupError):
    """This agency has no safeguarding desk here. Ring it, and ask its keeper of officers to name one."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def take_on(*, duty: UUID, officer: UUID, at: datetime) -> None:
    """Take a duty on: the officer's name stands beside its owner, and everybody sees that somebody works on it.

    Raises NotYours.
    """
    rows = OwedDuty.objects.filter(pk=duty, state__in=("open", "late"))
    changed = rows.update(officer_id=officer, acknowledged_at=at)
    if not changed:
        raise NotYours
    _note(duty, at=at, what="taken on", officer=officer)


def give_to(*, duty: UUID, contact: int, officer: UUID, words: str, at: datetime) -> None:
    """Give a duty to another contact of the agency that owes it; it is never without an owner.

    Raises NotYours.
    """
    owed = OwedDuty.objects.filter(pk=duty, state__in=("open", "late")).first()
    if owed is None or contact not in {c.id for c in contacts(owed.owed_by_id)}:
        raise NotYours
    OwedDuty.objects.filter(pk=duty).update(owner_id=contact, officer=None, acknowledged_at=None)
    insert("duties_step", STEP_COLUMNS, [(duty, at, "given to", contact, officer, words)])


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
