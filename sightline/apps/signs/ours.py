"""Ask what waits in our own books for children: handovers, duties, notices, questions and doubts, as the rules see it.

Each query asks for many persons at once. What ended long ago is left out: it can show no sign any more.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array
from sightline.domain.responsibility.sections import HandoverKind
from sightline.domain.signs.known import MATTERS_DAYS
from sightline.domain.signs.ours import REFERRAL_DUTIES, Ours, Waiting, Waits

# A handover of a child's safety is about what opened its event; any other is about the newest entry of these kinds.
KINDS_OF: dict[str, tuple[str, ...]] = {
    HandoverKind.SAFETY: (),
    HandoverKind.PLAN: ("care.plan", "care.conference"),
    HandoverKind.ENQUIRY: ("care.enquiry", "care.strategy-discussion"),
    HandoverKind.SCHOOL_FILE: ("school.left", "school.joined"),
    HandoverKind.PLACEMENT: ("care.placement",),
}

# An offer that was refused or has expired still waits, until a later one of the same is accepted, or the event ends.
HANDOVERS = """
select t.person_id, t.offered_at, a.name, e.opened_by_id::text, t.answer_by, least(e.closed_at,
  case when t.state in ('accepted', 'withdrawn') then t.answered_at else (
    select min(l.answered_at) from responsibility_transfer l where l.person_id = t.person_id and l.kind = t.kind
      and l.event_id is not distinct from t.event_id and l.state = 'accepted' and l.answered_at > t.offered_at) end),
  t.kind
from responsibility_transfer t join access_agency a on a.id = t.to_agency_id
  left join responsibility_safetyevent e on e.id = t.event_id
where t.person_id = any(%(people)s::uuid[]) and t.offered_at > %(after)s
"""

DUTIES = """
select d.person_id, d.started_at, d.what, d.started_by_id::text, null, d.met_at, ''
from duties_owedduty d
where d.person_id = any(%(people)s::uuid[]) and d.started_by_id is not null
  and (d.state in ('open', 'late', 'missed') or (d.state = 'met' and d.met_at > %(after)s))
"""

# Whom everybody was told of and nobody opened; and what an agency only watches over, until somebody there takes it up.
UNHELD = """
select d.person_id, min(n.nobody_since), d.what, d.started_by_id::text, min(n.nobody_since),
  least(d.acknowledged_at, d.met_at, (select min(o.opened_at) from duties_notice o where o.duty_id = d.id)), ''
from duties_owedduty d join duties_notice n on n.duty_id = d.id and n.nobody_since is not null
where d.person_id = any(%(people)s::uuid[]) and d.started_by_id is not null and d.state <> 'ended'
  and n.nobody_since > %(after)s
group by d.id
union all
select d.person_id, d.opened_at, d.what, d.started_by_id::text, greatest(d.act_by, d.opened_at),
  least(d.acknowledged_at, d.met_at), ''
from duties_owedduty d
where d.person_id = any(%(people)s::uuid[]) and d.started_by_id is not null and d.watched and d.act_by is not null
  and d.state in ('open', 'late', 'missed') and d.opened_at > %(after)s
"""

REFERRALS = """
select d.person_id, min(n.made_at), a.name, d.started_by_id::text, null,
  least(min(n.opened_at), min(n.acted_at), d.acknowledged_at, d.met_at), ''
from duties_owedduty d join duties_notice n on n.duty_id = d.id join access_agency a on a.id = d.owed_by_id
where d.person_id = any(%(people)s::uuid[]) and d.code = any(%(referrals)s) and d.started_by_id is not null
  and d.state <> 'ended' and not d.watched and d.opened_at > %(after)s
group by d.id, a.name
"""

# A request is about a child, not an entry: its reason is the newest entry of the asked agency by then, else of any.
QUESTIONS = """
select q.person_id, q.asked_at, a.name, e.id, null, d.decided_at, ''
from disclosure_request q join access_agency a on a.id = q.asked_id
  left join disclosure_disclosure d on d.request_id = q.id
  cross join lateral (
    select coalesce(e.event_id, e.id)::text as id from people_identity i join record_entry e on e.identity_id = i.id
    where i.person_id = q.person_id and e.recorded_at <= q.asked_at
    order by e.told_by_id = q.asked_id desc, e.recorded_at desc, e.id limit 1) e
where q.person_id = any(%(people)s::uuid[]) and q.asked_at > %(after)s
"""

# A doubt is about two identities: on each side its reason is the first entry told under that side's own.
DOUBTS = """
select i.person_id, d.opened_at, a.name, e.id, null, d.answered_at, ''
from people_identity i join access_agency a on a.id = i.agency_id
  cross join lateral (
    select o.opened_at, o.answered_at from people_doubt o where o.one_id = i.id
    union all select o.opened_at, o.answered_at from people_doubt o where o.other_id = i.id) d
  cross join lateral (
    select coalesce(e.event_id, e.id)::text as id from record_entry e where e.identity_id = i.id
    order by e.recorded_at, e.revision, e.id limit 1) e
where i.person_id = any(%(people)s::uuid[]) and d.opened_at > %(after)s
"""

BOOKS = {Waits.HANDOVER: HANDOVERS, Waits.DUTY: DUTIES, Waits.UNHELD: UNHELD, Waits.REFERRAL: REFERRALS,
         Waits.QUESTION: QUESTIONS, Waits.DOUBT: DOUBTS}


def ours_of(people: Sequence[UUID], *, at: datetime) -> dict[UUID, Ours]:
    """Give what waits for each of these persons in our own books; nobody is named for whom nothing waits."""
    found: dict[UUID, list[Waiting]] = {}
    values: dict[str, Any] = {
        "people": array(people), "after": at - timedelta(days=MATTERS_DAYS), "referrals": list(REFERRAL_DUTIES)}
    with connection.cursor() as cursor:
        for what, query in BOOKS.items():
            cursor.execute(query, values)
            for person, waiting in _read(what, cursor.fetchall()):
                found.setdefault(person, []).append(waiting)
    return {person: Ours(tuple(sorted(told, key=lambda one: one.since))) for person, told in found.items()}


def _read(what: Waits, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[UUID, Waiting]]:
    for person, since, whom, about, due, ended, kind in rows:
        yield person, Waiting(what, since, whom, about=about or "", kinds=KINDS_OF.get(kind, ()), due_at=due,
                              ended_at=ended)
