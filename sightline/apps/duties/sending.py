"""Send what the outbox holds: claim, write down the try, send, write down the outcome. No personal data leaves.

A message says only that something waits and where. One try sends one message a contact, however many notices wait for
it. Killed between sending and writing down, the next try sends the message again, with the same Message-ID, and the
inbox still shows each notice once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.duties.models import Delivery, Notice

BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long to wait after each failed try; after the last it goes on every four hours, and the check says so."""

DELIVERY_COLUMNS = (("notice_id", "uuid"), ("channel", "text"), ("at", "timestamptz"), ("outcome", "text"),
                    ("words", "text"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold the notices that wait for one contact; `email` is empty where the inbox is the only way."""

    email: str
    notices: tuple[UUID, ...]

    @property
    def message_id(self) -> str:
        """Name the message by its first notice, so that a message sent twice is one for the reader's program."""
        return f"{self.notices[0]}.{len(self.notices)}"


@dataclass(frozen=True, slots=True)
class Outbox:
    """Say how many notices failed and wait for another try, why the last did, and since when one is due unsent."""

    failing: int
    because: str
    due_since: datetime | None


CLAIM = """
with first as (
  select c.email, n.tries, n.next_try_at from duties_notice n join access_contact c on c.id = n.to_contact_id
  where n.next_try_at <= %(at)s order by n.next_try_at, n.id limit 1 for update of n skip locked),
due as (
  select n.id from first, duties_notice n join access_contact c on c.id = n.to_contact_id
  where n.next_try_at <= %(at)s and c.email = first.email and n.tries = first.tries
    and (n.tries = 0 or n.next_try_at = first.next_try_at)
  order by n.id limit %(most)s for update of n skip locked)
update duties_notice n set tries = n.tries + 1,
  next_try_at = %(at)s + (%(backoff)s::interval[])[least(n.tries + 1, %(last)s)]
from first where n.id in (select id from due) returning n.id, first.email
"""


def claim(*, at: datetime, most: int) -> Waiting | None:
    """Claim the notices to send to one contact next and write down the try; None where nothing is due.

    Who claims at the same time gets others. Only one contact's are claimed, so that they are sent long before they
    are due again. What is tried again together was claimed together before: the message stays the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"at": at, "most": most, "backoff": list(BACKOFF), "last": len(BACKOFF)})
        claimed = cursor.fetchall()
    if not claimed:
        return None
    email = claimed[0][1]
    notices = sorted((id_ for id_, _ in claimed), key=str)
    insert("duties_delivery", DELIVERY_COLUMNS,
           [(id_, "e-mail" if email else "inbox", at, "trying", "") for id_ in notices])
    return Waiting(email, tuple(notices))


def settle(notices: Sequence[UUID], *, at: datetime, failed_because: str | None) -> None:
    """Write down how a try ended: sent, or failed with the reason in words (and tried again later)."""
    tries = Delivery.objects.filter(notice_id__in=notices, outcome="trying")
    if failed_because is None:
        tries.update(outcome="sent")
        Notice.objects.filter(pk__in=notices, sent_at=None).update(sent_at=at)
        Notice.objects.filter(pk__in=notices).update(next_try_at=None)
    else:
        tries.update(outcome="failed", words=failed_because[:300])


def outbox() -> Outbox:
    """Give how the outbox does, for everybody: counts and instants only."""
    with connection.cursor() as cursor:
        cursor.execute("select failing, because, due_since from sightline_outbox()")
        failing, because, due_since = cursor.fetchone()
    return Outbox(failing, because or "", due_since)
