"""Let a notice that waits for somebody who is away reach whoever covers, from the minute the absence begins."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.absences import Begun, begun
from sightline.apps.access.queries import AgencyBook
from sightline.apps.access.rota import Rota, rota_at
from sightline.apps.duties.sending import ways_to

PERSONAL = frozenset({"e-mail", "text", "notify-email"})
"""A webhook calls a system, whoever sits at the desk: it is not called again because somebody is away."""

# What nobody has opened and what was sent to the absent one, or failed; what is still to be sent goes to who covers
# anyhow. The clocks of the channel begin anew.
SEND_AGAIN = """
with again as (
  update duties_notice n set channel = w.way, channel_since = %(at)s, channel_failed = false, tries = 0,
    next_try_at = %(at)s, next_look_at = case when n.next_look_at is null then null else %(at)s end
  from unnest(%(contacts)s::bigint[], %(officers)s::uuid[], %(ways)s::text[], %(words)s::text[])
    as w(contact, officer, way, words)
  where n.to_agency_id = %(agency)s and n.opened_at is null and n.acknowledged_at is null and n.acted_at is null
    and n.to_contact_id = coalesce(w.contact, n.to_contact_id) and n.to_officer_id is not distinct from w.officer
    and (n.next_try_at is null or n.tries > 0)
  returning n.id, n.channel, w.words)
insert into duties_delivery (notice_id, channel, at, outcome, words, to_name, remote)
select id, channel, %(at)s, 'covered', words, '', '' from again
"""


def tell_covers(
    *, book: AgencyBook, at: datetime, most: int, served: Collection[str] = frozenset()
) -> int:
    """Send what waits for officers who are away since now to whoever covers, each once; give how many absences.

    The absence is marked in the same transaction, so that a worker that is killed has told nobody, and the next does.
    """
    absences, number = begun(at=at, most=most)
    rota = rota_at(at, book=book) if absences else None
    for one in absences:
        assert rota is not None
        _tell(one, rota=rota, served=served)
    return number


def _tell(absence: Begun, *, rota: Rota, served: Collection[str]) -> None:
    rows: list[tuple[int | None, UUID | None, str, str]] = []
    for desk in rota.desks_of(absence.agency, absence.through):
        sits = rota.at_desk(desk)
        way = next((way for way in ways_to(desk, rota=rota, served=served) if way in PERSONAL), None)
        if way is not None and sits.officer not in absence.through:
            rows.append((desk.id, None, way, _words(absence, sits.name)))
    for officer in absence.through:
        cover = rota.seeing_to(absence.agency, officer)
        if cover is not None and cover.email:
            rows.append((None, officer, "e-mail", _words(absence, cover.name)))
    with connection.cursor() as cursor:
        cursor.execute(SEND_AGAIN, {
            "agency": absence.agency, "at": rota.at, "contacts": [row[0] for row in rows],
            "officers": [row[1] for row in rows], "ways": [row[2] for row in rows], "words": [row[3] for row in rows]})


def _words(absence: Begun, name: str) -> str:
    return f"{absence.name} is away: it goes to {name}."[:300]
