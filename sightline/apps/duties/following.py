"""Follow each notice until somebody has it: a clock that passes takes the next channel, then the next person.

Whoever is told next is the desk on duty, the manager, the director, each once for the same matter. What is urgent is
passed on by itself. What can wait is passed on in one notice a desk and day, which leads to who leaves things unread:
a manager who is told of each would read none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook, ContactFacts, name_of
from sightline.apps.access.rota import Rota, rota_at
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.duties.models import Notice
from sightline.apps.duties.sending import DELIVERY_COLUMNS, INBOX, OFFICERS_WAYS, ways_to
from sightline.domain.duties.hours import from_rows
from sightline.domain.duties.nations import Nation, UnknownNation, read_nation
from sightline.domain.duties.reaching import Reached, Standing, Urgency, Waiting, urgency_of, waiting_for, way_after
from sightline.domain.duties.rota import DIRECTOR, MANAGER
from sightline.domain.vocabulary.moment import LONDON

PASSED_COLUMNS = (*NOTICE_COLUMNS, ("passed_from_id", "uuid"))
LOOKED_COLUMNS = (
    ("id", "uuid"), ("urgency", "text"), ("channel", "text"), ("channel_since", "timestamptz"),
    ("channel_failed", "boolean"), ("tries", "int"), ("next_try_at", "timestamptz"), ("next_look_at", "timestamptz"),
    ("nobody_since", "timestamptz"))
CLOCK = "clock"
WAY_WORDS = {"e-mail": "an e-mail", "notify-email": "an e-mail", "text": "a text message", "webhook": "a webhook"}
NOT_OPENED = "A notice to {desk} was not {state} by {by}. Open it now, or ring {name} on {phone}."
LIE_UNOPENED = "Notices to {desk} lie unopened since {since}. See who leaves things unread."

# Somebody put a name to the duty after the notice was written, or the duty is not owed any more.
ACTED = """
update duties_notice n set acted_at = %(at)s from duties_owedduty d
where d.id = n.duty_id and n.acted_at is null and n.duty_id is not null
  and (d.acknowledged_at >= n.made_at or d.state not in ('open', 'late'))
"""
# What fell to the night has a notice of its own there, and another in the morning: the closed desk's waits for nobody,
# nor does the night's once the night is over.
DUE = """
with due as (
  select n.id from duties_notice n where n.id = any(array(
      (select id from duties_notice where urgency = '' order by made_at limit %(most)s) union all
      (select id from duties_notice where next_look_at <= %(at)s order by next_look_at limit %(most)s)))
    and (n.urgency = '' or n.next_look_at <= %(at)s)
  limit %(most)s for update of n skip locked),
about as (
  select n.*, case when split_part(n.key, ':', 2) ~ '^[0-9a-f-]{36}$' then split_part(n.key, ':', 2)::uuid end as event
  from due join duties_notice n on n.id = due.id)
select n.id, d.act_by, r.acknowledged_at is not null or r.acted_at is not null
  or exists (select 1 from duties_routing g where g.duty_id = n.duty_id and g.routed_at >= n.made_at
    and (g.day_contact_id = n.to_contact_id
      or (g.night_contact_id = n.to_contact_id and g.handed_over_at is not null)))
  or exists (select 1 from duties_routing g where g.event = n.event and g.routed_at >= n.made_at
    and (g.day_contact_id = n.to_contact_id
      or (g.night_contact_id = n.to_contact_id and g.handed_over_at is not null)))
from about n left join duties_owedduty d on d.id = n.duty_id
  left join duties_notice r on r.id = n.passed_from_id
"""


@dataclass(frozen=True, slots=True)
class _Written:
    """Collect the rows that following writes."""

    notices: list[tuple[Any, ...]]
    deliveries: list[tuple[Any, ...]]


def note_acted(*, at: datetime) -> int:
    """Note which notices were acted on (their duty was taken on, done or is owed no more), and give how many."""
    with connection.cursor() as cursor:
        cursor.execute(ACTED, {"at": at})
        return int(cursor.rowcount)


def follow(*, book: AgencyBook, at: datetime, most: int, served: Collection[str] = frozenset()) -> int:
    """Look at the notices of which a clock has passed, and tell the next; give how many. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"at": at, "most": most})
        due = {row[0]: (row[1], bool(row[2])) for row in cursor.fetchall()}
    rows = list(Notice.objects.filter(pk__in=due))
    follower = _Follower(book, rota_at(at, book=book), served, at)
    for notice in rows:
        act_by, settled = due[notice.pk]
        follower.look(notice, act_by=act_by, settled=settled)
    _write(rows)
    insert("duties_delivery", DELIVERY_COLUMNS, follower.written.deliveries)
    insert("duties_notice", PASSED_COLUMNS, follower.written.notices, ending="on conflict (key) do nothing")
    return len(rows)


def _write(rows: Sequence[Notice]) -> None:
    """Write what looking changed, in one statement."""
    assigned = ", ".join(f"{name} = told.{name}" for name, _ in LOOKED_COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"update duties_notice n set {assigned} from {told_rows(LOOKED_COLUMNS)} where n.id = told.id",  # nosec B608
            [document(LOOKED_COLUMNS, [
                (n.pk, n.urgency, n.channel, n.channel_since, n.channel_failed, n.tries, n.next_try_at, n.next_look_at,
                 n.nobody_since) for n in rows])])


def waits_of(notice_id: UUID) -> Waiting | None:
    """Give which state a notice waits for and by when, or None where it waits for none or is not to be seen."""
    notice = Notice.objects.select_related("to_contact", "to_agency").filter(pk=notice_id).first()
    if notice is None or not notice.urgency or notice.next_look_at is None:
        return None
    standing = _standing(notice, ways=(notice.channel or INBOX,), settled=False)
    try:
        nation = read_nation(notice.to_agency.nation)
    except UnknownNation:
        nation = Nation.ENGLAND
    return waiting_for(standing, spans=from_rows(notice.to_contact.hours), nation=nation)


class _Follower:
    """Look at notices one after the other; what is to be written is collected."""

    def __init__(self, book: AgencyBook, rota: Rota, served: Collection[str], at: datetime) -> None:
        self.book, self.rota, self.served, self.at = book, rota, served, at
        self.written = _Written([], [])
        self._contacts = {c.id: c for c in book.contacts()}

    def look(self, notice: Notice, *, act_by: datetime | None, settled: bool) -> None:
        """Set the next clock of a notice, or do what follows from the one that has passed."""
        if not notice.urgency:
            notice.urgency = urgency_of(notice.key.partition(":")[0], made_at=notice.made_at, act_by=act_by).value
        contact = self._contact(notice)
        ways = (OFFICERS_WAYS if notice.to_officer_id else
                ways_to(contact, rota=self.rota, served=self.served))
        standing = _standing(notice, ways=ways, settled=settled)
        waits = waiting_for(standing, spans=contact.hours, nation=self.rota.nation(contact.agency_id))
        if waits is None:
            notice.next_look_at = None
        elif notice.channel_failed and waits.state in (Reached.SENT, Reached.DELIVERED, Reached.OPENED):
            self._go_on(notice, ways, f"No message by {_way(notice.channel)} could be delivered")
        elif waits.by > self.at:
            notice.next_look_at = waits.by
        elif waits.state in (Reached.ACKNOWLEDGED, Reached.ACTED):
            self._pass_on(notice, waits.state, f"Not {waits.state} by {_time(waits.by)}")
        else:
            self._go_on(notice, ways, f"Not {waits.state} by {_time(waits.by)}")

    def _go_on(self, notice: Notice, ways: Sequence[str], because: str) -> None:
        """Take the next channel, or tell the next person where there is none."""
        after = way_after(ways, notice.channel)
        if after is None:
            self._pass_on(notice, Reached.OPENED, because)
            return
        self._say(notice, f"{because}: {_way(after)} is next.")
        notice.channel, notice.channel_since, notice.channel_failed = after, self.at, False
        notice.tries, notice.next_try_at, notice.next_look_at = 0, self.at, self.at + timedelta(minutes=1)

    def _pass_on(self, notice: Notice, state: Reached, because: str) -> None:
        """Tell the next person of the agency who has not been told of it yet; with nobody left, the check says so."""
        notice.next_look_at = None
        desk = self._contact(notice)
        told = self._told(notice)
        after = next((c for c in self._chain(desk.agency_id) if c.id not in told), None)
        if after is None:
            notice.nobody_since = notice.nobody_since or self.at
            self._say(notice, f"{because}, and nobody else is left to tell: ring {desk.name}, {desk.phone}."[:300])
            return
        self._say(notice, f"{because}: {after.name}, {after.job}, was told."[:300])
        officer = notice.to_officer_id
        sits = self.rota.at_desk(desk) if officer is None else self.rota.of_officer(desk, officer)
        told_first = desk.name if officer is None else name_of(officer)
        if notice.urgency == Urgency.NOW.value:
            about = NOT_OPENED.format(desk=told_first, state=state.value, by=_time(self.at), name=sits.name,
                                      phone=sits.phone or "the number of the desk")
            root = notice.passed_from_id or notice.pk
            self._tell(f"passed-on:{root}:{after.id}", after, about, of=notice, root=root)
        else:
            about = LIE_UNOPENED.format(desk=told_first, since=_day(notice.made_at))
            day = self.at.astimezone(LONDON).date()
            self._tell(f"unread:{officer or desk.id}:{day}", after, about, of=None, root=None)

    def _tell(self, key: str, to: ContactFacts, about: str, *, of: Notice | None, root: UUID | None) -> None:
        self.written.notices.append((
            key, of.person_id if of else None, of.duty_id if of else None, None, to.agency_id, to.id, about[:300],
            self.at, 0, self.at, root))

    def _say(self, notice: Notice, words: str) -> None:
        self.written.deliveries.append((notice.pk, notice.channel or INBOX, self.at, CLOCK, words, ""))

    def _chain(self, agency: int) -> list[ContactFacts]:
        """List whom to tell: who is on duty, the manager, the director, as far as the agency has them."""
        by_desk = {c.desk: c for c in self.book.contacts_of(agency)}
        named = [self.rota.on_duty(agency).contact, by_desk.get(MANAGER), by_desk.get(DIRECTOR)]
        return [contact for contact in named if contact is not None]

    def _told(self, notice: Notice) -> set[int]:
        """Give the contacts who have been told of a matter."""
        root = notice.passed_from_id or notice.pk
        told = set(Notice.objects.filter(passed_from_id=root).values_list("to_contact_id", flat=True))
        told |= set(Notice.objects.filter(pk=root, to_officer=None).values_list("to_contact_id", flat=True))
        return told | {row[5] for row in self.written.notices if row[10] == root}

    def _contact(self, notice: Notice) -> ContactFacts:
        return self._contacts[notice.to_contact_id]


def _standing(notice: Notice, *, ways: Sequence[str], settled: bool) -> Standing:
    """Give how far a notice has come; `settled` says that whoever was told first has it by now."""
    instants = {Reached.SENT: notice.sent_at, Reached.DELIVERED: notice.delivered_at, Reached.OPENED: notice.opened_at,
                Reached.ACKNOWLEDGED: notice.acknowledged_at, Reached.ACTED: notice.acted_at}
    reached = {state for state, instant in instants.items() if instant is not None}
    since = notice.channel_since or notice.made_at
    if since > notice.made_at and notice.next_try_at is not None:
        reached -= {Reached.SENT}  # by an earlier channel
    return Standing(Urgency(notice.urgency), notice.made_at, notice.channel or ways[0], since,
                    reached | ({Reached.ACTED} if settled else set()), asks=notice.duty_id is not None)


def _way(channel: str) -> str:
    return WAY_WORDS.get(channel, "the inbox")


def _time(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M}"


def _day(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B}, {local:%H:%M}"
