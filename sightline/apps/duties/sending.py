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


def claim(*, at: datetime, most: int) -> list[Waiting]:
    """Claim notices to send and write down the tries; others that claim at the same time get others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update duties_notice n set tries = n.tries + 1,"
            " next_try_at = %s + (%s::interval[])[least(n.tries + 1, %s)]"
            " from access_contact c where c.id = n.to_contact_id and n.id in ("
            "  select id from duties_notice where next_try_at <= %s order by next_try_at limit %s"
            "  for update skip locked)"
            " returning n.id, c.email", [at, list(BACKOFF), len(BACKOFF), at, most])
        claimed = cursor.fetchall()
    by_email: dict[str, list[UUID]] = {}
    for id_, email in sorted(claimed, key=str):
        by_email.setdefault(email, []).append(id_)
    insert("duties_delivery", DELIVERY_COLUMNS,
           [(id_, "e-mail" if email else "inbox", at, "trying", "") for id_, email in claimed])
    return [Waiting(email, tuple(ids)) for email, ids in by_email.items()]


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
