"""What the worker does with disclosures: warn of the end, end them in time, follow the child, tell of corrections."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.record.actions import note_news
from sightline.domain.disclosure.weighing import WARNED_BEFORE

WARNING = "What {holder} shared with you ends in {days} days. Ask for it anew if you still need it."
ENDED = "What {holder} shared with you has ended. Remove your copies, and say that you have."
CORRECTED = "What {holder} shared with you was corrected by who told it. See what holds now."

TO_WARN = """
select d.id, d.person_id, d.holder_id, r.agency_id, d.until from disclosure_disclosure d
join disclosure_recipient r on r.disclosure_id = d.id
where d.until > %s and d.until <= %s and d.decided_at <= d.until - make_interval(days => %s)
  and not exists (select 1 from disclosure_ending x where x.disclosure_id = d.id)
  and not exists (select 1 from duties_notice n where n.key = 'disclosure:' || d.id || ':ends:' || r.agency_id)
order by d.until, r.id limit %s
"""


def warn_of_ends(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell recipients whose time ends within a fortnight, each once, and give how many were told. May be repeated.

    What was shared for less than a fortnight has no warning: its end was told when it was shared.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_WARN, [at, at + WARNED_BEFORE, WARNED_BEFORE.days, most])
        rows = cursor.fetchall()
    _tell([(id_, "ends", person, holder, agency,
            WARNING.format(holder=book.by_id[holder].name, days=max((until - at).days, 1)))
           for id_, person, holder, agency, until in rows], book=book, at=at)
    return len(rows)


TO_END = """
select d.id from disclosure_disclosure d
where d.until <= %s and not exists (select 1 from disclosure_ending x where x.disclosure_id = d.id)
order by d.until limit %s for no key update of d skip locked
"""
GONE = """
with gone as (
  insert into disclosure_ending (disclosure_id, at, why, words)
    select d.id, d.until, 'expired', '' from disclosure_disclosure d where d.id = any(%s::uuid[])
  on conflict (disclosure_id) do nothing returning disclosure_id)
select d.id, d.person_id, d.holder_id, r.agency_id from gone
join disclosure_disclosure d on d.id = gone.disclosure_id join disclosure_recipient r on r.disclosure_id = d.id
"""


def end_in_time(*, book: AgencyBook, at: datetime, most: int) -> int:
    """End the disclosures whose time has run out, tell the recipients, and give how many ended. May be repeated.

    The recipients' sight ended at that instant already, by the database's own clock.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_END, [at, most])
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(GONE, [array(ids)])
        rows = cursor.fetchall()
    _tell([(id_, "ended", person, holder, agency, ENDED.format(holder=book.by_id[holder].name))
           for id_, person, holder, agency in rows], book=book, at=at)
    note_news({person for _, person, _, _ in rows}, at=at)
    return len(ids)


REHUNG = """
update disclosure_disclosure d set person_id = i.person_id from people_identity i
where i.id = d.identity_id and d.person_id <> i.person_id
  and (i.person_id = any(%s::uuid[]) or d.person_id = any(%s::uuid[]))
"""
FOLLOWED = """
update disclosure_request t set person_id = p.merged_into_id from people_person p
where p.id = t.person_id and p.merged_into_id = any(%s::uuid[])
"""
CORRECTIONS = """
select d.id, d.person_id, d.holder_id, s.agency_id, newer.id from disclosure_disclosure d
join record_share s on s.decision_id = d.decision_id and s.until > %s
join record_entry told on told.id = s.entry_id
join lateral (select e.id from record_entry e
  where e.event_id = coalesce(told.event_id, told.id) and e.revision > told.revision order by e.revision desc limit 1
) as newer on true
where d.person_id = any(%s::uuid[]) and not exists (select 1 from record_shareend x where x.share_id = s.id)
"""


def keep(people: Sequence[UUID], *, book: AgencyBook, at: datetime) -> None:
    """Hang disclosures on the person whose they are by now, and tell recipients of corrections. May be repeated.

    The caller opens the transaction in which these persons are read.
    """
    ids = array(people)
    with connection.cursor() as cursor:
        cursor.execute(REHUNG, [ids, ids])
        cursor.execute(FOLLOWED, [ids])
        cursor.execute(CORRECTIONS, [at, ids])
        rows = cursor.fetchall()
    _tell([(id_, f"corrected-{newer}", person, holder, agency, CORRECTED.format(holder=book.by_id[holder].name))
           for id_, person, holder, agency, newer in rows], book=book, at=at)


def _tell(
    told: Sequence[tuple[UUID, str, UUID, int, int, str]], *, book: AgencyBook, at: datetime
) -> None:
    notices = []
    for disclosure, what, person, holder, agency, words in told:
        desk = book.desk(agency, "safeguarding")
        if desk is not None:
            notices.append((f"disclosure:{disclosure}:{what}:{agency}", person, None, holder, agency, desk.id, words,
                            at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, notices, ending="on conflict (key) do nothing")
