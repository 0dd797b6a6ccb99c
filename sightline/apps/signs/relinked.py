"""Tell everybody who acted on a wrong link that it was parted, and ask a second officer where one is needed.

Whoever opened a duty or a notice, protected the child, shared something or closed a sign while two children stood as
one may have acted on the wrong child. Each of their agencies is told once, at its desk, and each officer by name. The
notices hold no detail of either child.
"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.people.splitting import Split, parting_of
from sightline.domain.access.roles import ROLES
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.saying import say

TO_OFFICER = (*NOTICE_COLUMNS, ("to_officer_id", "uuid"))
PARTED = ("Records of two children stood as one here from {since} to {until}, and were parted. Meanwhile {did}. Check "
          "whether that was meant for this child, and tell whom you told.")
SECOND = ("{who} says that two records which stand as one are not the same child. Somebody works on the child, so "
          "another officer must confirm it: see Doubts.")
ACTED = """
with acted as (
  select d.owed_by_id as agency, d.officer_id as officer, 'duties were owed' as did
    from duties_owedduty d where d.person_id = %(child)s and d.opened_at between %(since)s and %(until)s
  union all
  select n.to_agency_id, n.opened_by_id, 'notices were opened'
    from duties_notice n where n.person_id = %(child)s and n.opened_at between %(since)s and %(until)s
  union all
  select c.agency_id, null, 'a child was protected'
    from responsibility_safetyevent e join responsibility_ownerchange c on c.event_id = e.id
    where e.person_id = %(child)s and c.at between %(since)s and %(until)s
  union all
  select t.to_agency_id, t.answered_by_id, 'a handover was answered'
    from responsibility_transfer t where t.person_id = %(child)s and t.answered_at between %(since)s and %(until)s
  union all
  select t.from_agency_id, t.offered_by_id, 'a handover was offered'
    from responsibility_transfer t where t.person_id = %(child)s and t.offered_at between %(since)s and %(until)s
  union all
  select d.holder_id, d.officer_id, 'something was shared, or was not'
    from disclosure_disclosure d where d.person_id = %(child)s and d.decided_at between %(since)s and %(until)s
  union all
  select r.agency_id, null, 'something was shared with you'
    from disclosure_disclosure d join disclosure_recipient r on r.disclosure_id = d.id
    where d.person_id = %(child)s and d.outcome <> 'refuse' and d.decided_at between %(since)s and %(until)s
  union all
  select c.agency_id, c.officer_id, 'a sign was closed'
    from signs_found f join signs_closing c on c.sign_id = f.id
    where f.person_id = %(child)s and c.at between %(since)s and %(until)s
  union all
  select e.told_by_id, e.officer_id, 'something was recorded'
    from people_identity i join record_entry e on e.identity_id = i.id
    where i.person_id in (%(child)s, %(parted)s) and e.officer_id is not null
      and e.recorded_at between %(since)s and %(until)s)
select a.agency, case when m.officer_id is null then null else a.officer end, a.did from acted a
left join lateral (select m.officer_id from access_membership m where m.officer_id = a.officer
  and m.agency_id = a.agency and m.from_on <= %(until)s::date and (m.until_on is null or m.until_on >= %(until)s::date)
  limit 1) m on true
where a.agency is not null group by 1, 2, 3 order by 1, 2 nulls first, 3
"""
SEE_THE_WHOLE = """
select distinct v.agency_id from people_involvement v join access_agency a on a.id = v.agency_id
where v.person_id = %s and v.until is null and v.sees = 'whole' and a.kind = any(%s)
"""
SETTLING = sorted({kind.value for role in ROLES.values() if Verb.SETTLE_DOUBT in role.may for kind in role.works_in})


def tell(split: Split, *, book: AgencyBook, at: datetime) -> int:
    """Tell agencies and officers who acted while the two stood as one; give how many notices that made.

    In the caller's transaction, in which the split was carried out. May be repeated.
    """
    with connection.cursor() as cursor:
        cursor.execute(ACTED, {"child": split.kept, "parted": split.parted, "since": split.joined_at, "until": at})
        rows = cursor.fetchall()
    whole: dict[tuple[int, UUID | None], list[str]] = defaultdict(list)
    for agency, officer, did in rows:
        for receiver in {None, officer}:
            if did not in whole[agency, receiver]:
                whole[agency, receiver].append(did)
    notices = []
    for (agency, officer), did in whole.items():
        desk = book.desk(agency)
        if desk is not None:
            about = PARTED.format(since=say(split.joined_at), until=say(at), did=_listed(did))
            notices.append((f"parted:{split.doubt}:{at.isoformat()}:{officer or agency}"[:120], split.kept, None, None,
                            agency, desk.id, about[:300], at, 0, at, officer))
    return len(insert("duties_notice", TO_OFFICER, notices, ending="on conflict (key) do nothing returning id"))


def ask_for_second(doubt: UUID, *, book: AgencyBook, at: datetime) -> None:
    """Tell the agencies that see the whole record that a parting waits for another officer, once."""
    waiting = parting_of(doubt)
    if waiting is None or waiting.answer:
        return
    with connection.cursor() as cursor:
        cursor.execute("select p.person_id from people_parting p where p.id = %s", [waiting.id])
        (person,) = cursor.fetchone()
        cursor.execute(SEE_THE_WHOLE, [person, SETTLING])
        agencies = [row[0] for row in cursor.fetchall()]
    desks = [desk for desk in (book.desk(agency) for agency in agencies) if desk is not None]
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"second:{waiting.id}:{desk.agency_id}", person, None, None, desk.agency_id, desk.id,
         SECOND.format(who=waiting.asked_by)[:300], at, 0, at) for desk in desks],
        ending="on conflict (key) do nothing")


def _listed(did: list[str]) -> str:
    """Say a few things in one sentence."""
    shown = did[:4] + (["other things were done"] if len(did) > 4 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
