"""Ask what was shared of a child and what was not, what waits for an answer, and how much of it there is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.disclosure.models import Question, Receipt
from sightline.domain.disclosure.weighing import Outcome, ToldOf, Why


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Hold what a named officer of a recipient said."""

    what: str
    officer: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Hold one agency that was told, or was not, and what it said to it."""

    id: int
    agency_id: int
    agency: str
    function: str
    receipts: Mapping[str, ReceiptFacts]

    @property
    def received(self) -> ReceiptFacts | None:
        """Give by whom it was received."""
        return self.receipts.get(Receipt.RECEIVED)

    @property
    def removed(self) -> ReceiptFacts | None:
        """Give who said that the copies are removed."""
        return self.receipts.get(Receipt.REMOVED)


@dataclass(frozen=True, slots=True)
class WeighedFacts:
    """Hold what was weighed, for who holds it."""

    facilitates: bool
    facilitates_because: str
    harms: bool
    harms_because: str
    told: ToldOf | None
    told_because: str
    checked_on: date | None
    leak_harms: str


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Hold one thing that was shared or held back: an entry by its id, or words."""

    entry: UUID | None
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class DisclosureFacts:
    """Hold one decision to share or not, as far as the viewer may see it: who was told sees nothing of the weighing."""

    id: UUID
    person: UUID
    holder_id: int
    holder: str
    officer: str
    decided_at: datetime
    outcome: Outcome
    purpose: str
    gateway: str
    until: datetime | None
    words: str
    about: str
    request: UUID | None
    replaces: UUID | None
    ended_at: datetime | None
    ended_why: Why | None
    ended_words: str
    weighed: WeighedFacts | None
    recipients: tuple[RecipientFacts, ...]
    items: tuple[ItemFacts, ...]

    @property
    def shares(self) -> bool:
        """Tell whether something was shared."""
        return self.outcome is not Outcome.REFUSE


READ = """
select d.id, d.person_id, d.holder_id, a.name, o.name, d.decided_at, d.outcome, d.purpose, d.gateway, d.until, d.words,
  d.about, d.request_id, d.replaces_id, x.at, x.why, coalesce(x.words, ''),
  to_jsonb(w),
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'agency_id', r.agency_id, 'agency', g.name,
      'function', r.function, 'receipts', (
        select coalesce(jsonb_agg(jsonb_build_object('what', c.what, 'officer', u.name, 'at', c.at, 'words', c.words)),
          '[]') from disclosure_receipt c join access_officer u on u.id = c.officer_id where c.recipient_id = r.id))
      order by g.name), '[]')
    from disclosure_recipient r join access_agency g on g.id = r.agency_id where r.disclosure_id = d.id),
  (select coalesce(jsonb_agg(jsonb_build_object('entry', i.entry_id, 'sign', i.sign, 'words', i.words) order by i.id),
      '[]') from disclosure_item i where i.disclosure_id = d.id)
from disclosure_disclosure d join access_agency a on a.id = d.holder_id join access_officer o on o.id = d.officer_id
left join disclosure_ending x on x.disclosure_id = d.id left join disclosure_weighing w on w.disclosure_id = d.id
"""


def disclosures_of(person: UUID, *, most: int) -> list[DisclosureFacts]:
    """List what was shared of a child and what was not, newest first, as far as the viewer may see it."""
    return _read("where d.person_id = %s order by d.decided_at desc, d.id limit %s", [person, most])


def disclosure(disclosure_id: UUID) -> DisclosureFacts | None:
    """Give one disclosure, or None where it is not to be seen."""
    return next(iter(_read("where d.id = %s", [disclosure_id])), None)


def _read(which: str, values: Sequence[UUID | int]) -> list[DisclosureFacts]:
    with connection.cursor() as cursor:
        cursor.execute(READ + which, values)
        return [_facts(row) for row in cursor.fetchall()]


def _facts(row: Sequence[Any]) -> DisclosureFacts:
    plain = row[:-3]
    weighed, recipients, items = (json.loads(one or "null") for one in row[-3:])
    id_, person, holder_id, holder, officer, decided_at, outcome, *others = plain
    purpose, gateway, until, words, about, request, replaces, ended_at, ended_why, ended_words = others
    return DisclosureFacts(
        id_, person, holder_id, holder, officer, decided_at, Outcome(outcome), purpose, gateway, until, words, about,
        request, replaces, ended_at, Why(ended_why) if ended_why else None, ended_words,
        _weighed(weighed), tuple(_recipient(one) for one in recipients),
        tuple(ItemFacts(UUID(i["entry"]) if i["entry"] else None, i["sign"], i["words"]) for i in items))


def _weighed(told: dict[str, Any] | None) -> WeighedFacts | None:
    if told is None:
        return None
    return WeighedFacts(
        told["facilitates"], told["facilitates_because"], told["harms"], told["harms_because"],
        ToldOf(told["told"]) if told["told"] else None, told["told_because"],
        date.fromisoformat(told["checked_on"]) if told["checked_on"] else None, told["leak_harms"])


def _recipient(told: dict[str, Any]) -> RecipientFacts:
    said = {r["what"]: ReceiptFacts(r["what"], r["officer"], datetime.fromisoformat(r["at"]), r["words"])
            for r in told["receipts"]}
    return RecipientFacts(told["id"], told["agency_id"], told["agency"], told["function"], said)


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Hold what an agency asks to be shared, of whom, why, and what came of it."""

    id: UUID
    person: UUID
    asked_by_id: int
    asked_by: str
    officer: str
    asked_id: int
    asked: str
    wanted: str
    purpose: str
    asked_at: datetime
    answered_by: UUID | None


def asked_for(request_id: UUID) -> RequestFacts | None:
    """Give one request, or None where it is not to be seen."""
    return next(iter(_requests("where q.id = %s", [request_id])), None)


def requests_of(person: UUID, *, most: int) -> list[RequestFacts]:
    """List what was asked to be shared of a child, newest first."""
    return _requests("where q.person_id = %s order by q.asked_at desc limit %s", [person, most])


def _requests(which: str, values: Sequence[UUID | int]) -> list[RequestFacts]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select q.id, q.person_id, q.asked_by_id, b.name, o.name, q.asked_id, a.name, q.wanted, q.purpose,"
            " q.asked_at, d.id from disclosure_request q join access_agency b on b.id = q.asked_by_id"
            " join access_agency a on a.id = q.asked_id join access_officer o on o.id = q.officer_id"
            f" left join disclosure_disclosure d on d.request_id = q.id {which}", values)  # nosec B608: constants only
        return [RequestFacts(*row) for row in cursor.fetchall()]


def is_shielded(person: UUID) -> bool:
    """Tell whether the child's whereabouts are confidential, as far as the viewer may see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from people_identity i where i.person_id = %s and ("
            "  select s.shielded from disclosure_shield s where s.identity_id = i.id order by s.id desc limit 1))",
            [person])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """Hold one stranger's question, as the desk that was told and the agency that asked see it."""

    id: UUID
    officer: str
    agency_id: int
    agency: str
    asked_at: datetime
    because: str
    ring_back: str
    here: str
    answer: str


def question(question_id: UUID) -> QuestionFacts | None:
    """Give one question, or None where it is not to be seen."""
    row = Question.objects.select_related("officer", "agency", "here").filter(pk=question_id).first()
    return _question(row) if row else None


def asked_after(question_id: UUID) -> list[UUID]:
    """List the children that a question may have meant, for the desk that was told; for who asked, none."""
    keys = [f"known:{question_id}:{n}" for n in range(1, 4)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.person_id from duties_notice n join disclosure_question q on q.id = %s"
            " where n.key = any(%s) and n.to_agency_id = q.told_agency_id"
            " and n.to_agency_id = nullif(current_setting('sightline.agency', true), '')::int order by n.key",
            [question_id, keys])
        return [row[0] for row in cursor.fetchall()]


def _question(row: Question) -> QuestionFacts:
    return QuestionFacts(row.pk, row.officer.name, row.agency_id, row.agency.name, row.asked_at, row.because,
                         row.ring_back, row.here.name, row.answer)


@dataclass(frozen=True, slots=True)
class Counted:
    """Count what an agency shared and refused, what nobody confirmed to have removed, and how long answers took."""

    shared: int
    refused: int
    open_now: int
    without_receipt: int
    expired_without_receipt: int
    requests: int
    unanswered: int
    median_minutes: float | None
    questions: int


COUNTED = """
with mine as (
  select d.id, d.outcome, d.until, d.decided_at, d.request_id, x.at as ended from disclosure_disclosure d
  left join disclosure_ending x on x.disclosure_id = d.id where d.holder_id = %(agency)s and d.decided_at >= %(since)s),
went as (
  select m.*, r.id as recipient from mine m join disclosure_recipient r on r.disclosure_id = m.id
  where m.outcome <> 'refuse'),
answers as (
  select q.id, extract(epoch from d.decided_at - q.asked_at) / 60 as minutes from disclosure_request q
  left join disclosure_disclosure d on d.request_id = q.id where q.asked_id = %(agency)s and q.asked_at >= %(since)s)
select
  (select count(*) from mine where outcome <> 'refuse'), (select count(*) from mine where outcome = 'refuse'),
  (select count(*) from mine where outcome <> 'refuse' and ended is null and until > %(at)s),
  (select count(*) from went w where not exists (
    select 1 from disclosure_receipt c where c.recipient_id = w.recipient and c.what = 'received')),
  (select count(*) from went w where coalesce(w.ended, w.until) <= %(at)s and not exists (
    select 1 from disclosure_receipt c where c.recipient_id = w.recipient and c.what = 'removed')),
  (select count(*) from answers), (select count(*) from answers where minutes is null),
  (select percentile_cont(0.5) within group (order by minutes) from answers where minutes is not null),
  (select count(*) from disclosure_question q where q.agency_id = %(agency)s and q.asked_at >= %(since)s)
"""


def counted(agency: int, *, since: datetime, at: datetime) -> Counted:
    """Count an agency's disclosures since an instant; who has sight of no child counts nothing here."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"agency": agency, "since": since, "at": at})
        return Counted(*cursor.fetchone())


def requests_waiting(agency: int, *, most: int) -> list[RequestFacts]:
    """List the requests to an agency that nobody has answered, the oldest first."""
    return _requests("where q.asked_id = %s and d.id is null order by q.asked_at limit %s", [agency, most])

