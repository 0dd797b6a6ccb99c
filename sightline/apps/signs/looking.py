"""Note that an officer looks at a child, and say what came since the visit before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

ONE_VISIT = timedelta(hours=1)
"""Looks that follow on each other within so long are one visit. Our own choice."""


@dataclass(frozen=True, slots=True)
class SignNews:
    """Hold what became of a sign since somebody last looked: "new", "grown", "gone", "closed" or "kept"."""

    code: str
    title: str
    became: str


@dataclass(frozen=True, slots=True)
class Since:
    """Hold what came since `before_at`, the visit before this one; None where this is the first."""

    before_at: datetime | None
    entries: int
    signs: tuple[SignNews, ...]


@dataclass(frozen=True, slots=True)
class NewsOfChild:
    """Hold how much came of a child since an officer last looked, for a list."""

    seen_at: datetime
    entries: int
    signs: int


# A home or birthday that a file tells again unchanged is no news.
NEW_ENTRIES = """(select count(*) from people_identity i join record_entry e on e.identity_id = i.id
  where i.person_id = {person} and e.recorded_at > {since} and not (e.kind in ('child.home', 'child.born') and exists (
    select 1 from people_identity j join record_entry b on b.identity_id = j.id
    where j.person_id = i.person_id and b.kind = e.kind and b.recorded_at < e.recorded_at
      and (b.postcode = e.postcode or (e.kind = 'child.born' and b.on_day = e.on_day)))))"""
LOOK = f"""
with look as (
  insert into signs_lastlook as l (officer_id, person_id, seen_at) values (%(officer)s, %(person)s, %(at)s)
  on conflict (officer_id, person_id) do update set
    before_at = case when l.seen_at < %(visit)s then l.seen_at else l.before_at end,
    seen_at = greatest(l.seen_at, excluded.seen_at)
  returning before_at)
select before_at, '', '', '', {NEW_ENTRIES.format(person="%(person)s", since="before_at")} from look
union all
select before_at, f.code, f.title, case when f.gone_at > before_at then 'gone' when c.at > before_at then 'closed'
  when f.found_at > before_at then 'new' when f.grown_at > before_at then 'grown' else 'kept' end, 0
from look cross join signs_found f
left join lateral (select max(c.at) as at from signs_closing c where c.sign_id = f.id) c on true
left join lateral (select max(k.at) as at from signs_keeping k where k.sign_id = f.id) k on true
where f.person_id = %(person)s
  and greatest(f.gone_at, c.at, k.at, f.grown_at, f.found_at) > before_at
order by 2
"""  # nosec B608: constants only
NEWS = f"""
select l.person_id, l.seen_at,
  {NEW_ENTRIES.format(person="l.person_id", since="l.seen_at")},
  (select count(*) from signs_found f where f.person_id = l.person_id and f.gone_at is null
    and greatest(f.found_at, f.grown_at) > l.seen_at)
from signs_lastlook l where l.officer_id = %s and l.person_id = any(%s)
"""  # nosec B608: constants only


def look(*, officer: UUID, person: UUID, at: datetime) -> Since:
    """Note that an officer looks at a child whom the officer may see, and give what came since the visit before."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"officer": officer, "person": person, "at": at, "visit": at - ONE_VISIT})
        (first, *signs) = cursor.fetchall()
    return Since(first[0], first[4], tuple(SignNews(*row[1:4]) for row in signs))


def news_since(people: Sequence[UUID], *, officer: UUID) -> dict[UUID, NewsOfChild]:
    """Give how much came of each child since the officer last looked; a child never looked at is left out."""
    with connection.cursor() as cursor:
        cursor.execute(NEWS, [officer, list(people)])
        return {row[0]: NewsOfChild(*row[1:]) for row in cursor.fetchall() if row[2] or row[3]}


def sent_by(agencies: Sequence[int]) -> dict[int, tuple[tuple[str, ...], datetime]]:
    """Give of each agency which feeds it sends, and when the last file came: of anybody, nothing of any child."""
    if not agencies:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_sent_by(%s)", [list(agencies)])
        return {row[0]: (tuple(row[1]), row[2]) for row in cursor.fetchall()}
