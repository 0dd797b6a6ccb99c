"""Send what the outbox holds: claim, write down the try, send, write down the outcome. No personal data leaves.

A message says only that something waits and where. One try sends one message to one address over one channel, however
many notices wait for it. Killed between sending and writing down, the next try sends the message again under the same
name (Message-ID, reference of GOV.UK Notify, id of a webhook), and the inbox still shows each notice once.

A notice about a child never overtakes an earlier one about the same child to the same contact over the same channel:
while the earlier one waits for another try, the later one waits behind it. Notices are claimed by one sender at a
time, or two senders could pass each other between their looks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, ContactFacts, agency_book
from sightline.apps.access.rota import OnDutyNow, Rota, rota_at
from sightline.apps.duties.models import Delivery, Notice
from sightline.domain.duties.reaching import ways_of

BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long to wait after each failed try; after the last it goes on every four hours, and the check says so."""
TRIES_A_CHANNEL = 3
"""After so many failed tries (six minutes) the next channel is taken, where the contact has one (our own choice)."""
DELIVERY_COLUMNS = (("notice_id", "uuid"), ("channel", "text"), ("at", "timestamptz"), ("outcome", "text"),
                    ("words", "text"), ("to_name", "text"))
INBOX = "inbox"
OFFICERS_WAYS = ("e-mail",)
"""By what an officer who has no desk is told: the address with which the officer signs in."""
ASK_FOR = timedelta(days=4)
"""GOV.UK Notify tries for three days to deliver; asked for no longer than this."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold the notices that wait for one address; `address` is empty where the inbox is the only way.

    `again` says that this message may have left before, when its sender was killed or did not hear the answer.
    """

    channel: str
    address: str
    contact: ContactFacts
    notices: tuple[UUID, ...]
    again: bool

    @property
    def message_id(self) -> str:
        """Name the message by its first notice, so that a message sent twice is one for the reader's program."""
        return f"{self.notices[0]}.{len(self.notices)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say how a try ended: taken by the next on the way, there for certain, or failed, perhaps for good.

    `remote` is the id by which a service can be asked how a message goes on.
    """

    taken: bool
    delivered: bool = False
    for_good: bool = False
    words: str = ""
    remote: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Say how many notices failed and wait for another try, why the last did, and since when one is due unsent."""

    failing: int
    because: str
    due_since: datetime | None


# Another notice goes before this one: earlier, about the same child, to the same contact by the same channel, and not
# to be claimed together with it. Asked of one notice after the other, by the index of its child: as `not exists` the
# planner compares all notices with all, where it does not know yet how many there are.
FREE = """(select q.id from duties_notice q
  where q.to_contact_id = n.to_contact_id and q.channel = n.channel and q.person_id = n.person_id
    and q.to_officer_id is not distinct from n.to_officer_id
    and q.next_try_at is not null and (q.made_at, q.id) < (n.made_at, n.id)
    and not (q.next_try_at <= %(at)s and q.tries = n.tries and (n.tries = 0 or q.next_try_at = n.next_try_at))
  limit 1) is null"""
FIRST = f"""
select n.to_contact_id, n.channel, n.tries, n.next_try_at, n.to_officer_id from duties_notice n
where n.next_try_at <= %(at)s and {FREE} order by n.next_try_at, n.id limit 1
"""  # nosec B608: constants only
CLAIM = f"""
with due as (
  select n.id from duties_notice n
  where n.next_try_at <= %(at)s and n.channel = %(channel)s and n.to_contact_id = any(%(contacts)s)
    and n.to_officer_id is not distinct from %(officer)s
    and n.tries = %(tries)s and (n.tries = 0 or n.next_try_at = %(tried)s) and {FREE}
  order by n.made_at, n.id limit %(most)s for update of n)
update duties_notice n set tries = n.tries + 1,
  next_try_at = %(at)s + (%(backoff)s::interval[])[least(n.tries + 1, %(last)s)]
from due where n.id = due.id returning n.id
"""  # nosec B608: constants only


def due(*, at: datetime) -> bool:
    """Tell whether any notice waits to be claimed."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"at": at})
        return cursor.fetchone() is not None


def claim(*, at: datetime, most: int, served: Collection[str] = frozenset()) -> Waiting | None:
    """Claim the notices to send to one address next and write down the try; None where nothing is due.

    `served` names the channels that are set up besides e-mail. Only one address's are claimed, so that they are sent
    long before they are due again. What is tried again together was claimed together before: the message stays the
    same.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('duties.sending'))")
        cursor.execute(
            "select distinct to_contact_id from duties_notice where next_try_at <= %s and channel = ''", [at])
        unplaced = [row[0] for row in cursor.fetchall()]
        book = agency_book()
        rota = rota_at(at, book=book)
        _place(unplaced, book=book, rota=rota, served=served)
        cursor.execute(FIRST, {"at": at})
        first = cursor.fetchone()
        if first is None:
            return None
        contact, channel, tries, tried, officer = first
        told = _contact(book, contact)
        sits = rota.at_desk(told) if officer is None else rota.of_officer(told, officer)
        address = _address(sits, channel)
        same = [c.id for c in book.contacts() if c.id == contact or (
            channel != "webhook" and officer is None and _address(rota.at_desk(c), channel) == address)]
        cursor.execute(CLAIM, {
            "at": at, "most": most, "channel": channel, "contacts": same, "officer": officer,
            "tries": tries, "tried": tried, "backoff": list(BACKOFF), "last": len(BACKOFF)})
        notices = sorted((row[0] for row in cursor.fetchall()), key=str)
    insert("duties_delivery", DELIVERY_COLUMNS, [(id_, channel, at, "trying", "", sits.name) for id_ in notices])
    return Waiting(channel, address, told, tuple(notices), again=tries > 0)


def _place(contacts: Sequence[int], *, book: AgencyBook, rota: Rota, served: Collection[str]) -> None:
    """Put new notices on the first channel of their contact; one to an officer by name goes by e-mail."""
    if contacts:
        Notice.objects.filter(
            to_contact_id__in=contacts, to_officer__isnull=False, channel="", next_try_at__isnull=False).update(
            channel=OFFICERS_WAYS[0], channel_since=F("made_at"))
    for contact in contacts:
        told = _contact(book, contact)
        first = ways_to(told, rota=rota, served=served)[0]
        Notice.objects.filter(to_contact_id=contact, channel="", next_try_at__isnull=False).update(
            channel=first, channel_since=F("made_at"))


def _contact(book: AgencyBook, contact: int) -> ContactFacts:
    return next(c for c in book.contacts() if c.id == contact)


def ways_to(contact: ContactFacts, *, rota: Rota, served: Collection[str]) -> tuple[str, ...]:
    """Give the channels by which a contact is told, in order, as who sits there now can be reached."""
    sits = rota.at_desk(contact)
    return ways_of(contact.channels, email=bool(sits.email), phone=sits.mobile, webhook=bool(contact.webhook),
                   served=served)


def _address(sits: OnDutyNow, channel: str) -> str:
    """Give where a message goes: to who sits at the desk now; the inbox needs no address."""
    return {"e-mail": sits.email, "notify-email": sits.email, "text": sits.mobile,
            "webhook": sits.contact.webhook}.get(channel, "")


def settle(waiting: Waiting, outcome: Outcome, *, at: datetime) -> None:
    """Write down how a try ended: sent, or failed with the reason in words (and tried again later).

    After the last try of a channel, or where trying again is in vain, the next look takes the next channel.
    """
    tries = Delivery.objects.filter(notice_id__in=waiting.notices, outcome="trying")
    rows = Notice.objects.filter(pk__in=waiting.notices)
    if not outcome.taken:
        tries.update(outcome="failed", words=outcome.words[:300])
        given_up = rows if outcome.for_good else rows.filter(tries__gte=TRIES_A_CHANNEL)
        given_up.filter(channel_failed=False).update(channel_failed=True, next_look_at=at)
        return
    said = "delivered" if outcome.delivered else "accepted" if outcome.remote else "sent"
    tries.update(outcome=said, words=outcome.words[:300], remote=outcome.remote[:100])
    rows.filter(sent_at=None).update(sent_at=at)
    rows.update(next_try_at=None, channel_failed=False)
    if outcome.delivered:
        rows.filter(delivered_at=None).update(delivered_at=at)


def accepted(*, at: datetime, most: int) -> list[tuple[str, str]]:
    """List the messages that a service accepted and of which we do not know whether they arrived: channel and id."""
    rows = Delivery.objects.filter(outcome="accepted", at__gt=at - ASK_FOR).order_by("at")
    return list(dict.fromkeys(rows.values_list("channel", "remote")[:most]))


def arrived(*, remote: str, delivered: bool, words: str, at: datetime) -> None:
    """Write down what a service says of a message: it arrived, or it never will (the next channel is taken)."""
    rows = Delivery.objects.filter(remote=remote, outcome="accepted")
    notices = list(rows.values_list("notice_id", flat=True))
    rows.update(outcome="delivered" if delivered else "failed", words=words[:300])
    if delivered:
        Notice.objects.filter(pk__in=notices, delivered_at=None).update(delivered_at=at)
    else:
        Notice.objects.filter(pk__in=notices, opened_at=None).update(channel_failed=True, next_look_at=at)


def outbox() -> Outbox:
    """Give how the outbox does, for everybody: counts and instants only."""
    with connection.cursor() as cursor:
        cursor.execute("select failing, because, due_since from sightline_outbox()")
        failing, because, due_since = cursor.fetchone()
    return Outbox(failing, because or "", due_since)


def unreached() -> tuple[int, datetime | None]:
    """Give how many notices nobody opened although everybody was told, and since when, for everybody."""
    with connection.cursor() as cursor:
        cursor.execute("select notices, since from sightline_unreached()")
        notices, since = cursor.fetchone()
    return notices, since
