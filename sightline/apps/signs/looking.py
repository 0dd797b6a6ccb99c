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


LOOK = """
insert into signs_lastlook as l (officer_id, person_id, seen_at) values (%s, %s, %s)
on conflict (officer_id, person_id) do update set
  before_at = case when l.seen_at < %s then l.seen_at else l.before_at end,
  seen_at = greatest(l.seen_at, excluded.seen_at)
returning before_at
"""
SINCE = """
select null, null, null, (select count(*) from people_identity i join record_entry e on e.identity_id = i.id
  where i.person_id = %(person)s and e.recorded_at > %(since)s)
union all
select f.code, f.title, case when f.gone_at > %(since)s then 'gone' when c.at > %(since)s then 'closed'
  when f.found_at > %(since)s then 'new' when f.grown_at > %(since)s then 'grown' else 'kept' end, 0
from signs_found f
left join lateral (select max(c.at) as at from signs_closing c where c.sign_id = f.id) c on true
left join lateral (select max(k.at) as at from signs_keeping k where k.sign_id = f.id) k on true
where f.person_id = %(person)s
  and greatest(f.gone_at, c.at, k.at, f.grown_at, f.found_at) > %(since)s
"""
NEWS = """
select l.person_id, l.seen_at,
  (select count(*) from people_identity i join record_entry e on e.identity_id = i.id
    where i.person_id = l.person_id and e.recorded_at > l.seen_at),
  (select count(*) from signs_found f where f.person_id = l.person_id and f.gone_at is null
    and greatest(f.found_at, f.grown_at) > l.seen_at)
from signs_lastlook l where l.officer_id = %s and l.person_id = any(%s)
"""


def look(*, officer: UUID, person: UUID, at: datetime) -> Since:
    """Note that an officer looks at a child whom the officer may see, and give what came since the visit before."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [officer, person, at, at - ONE_VISIT])
        before_at = cursor.fetchone()[0]
        if before_at is None:
            return Since(None, 0, ())
        cursor.execute(SINCE, {"person": person, "since": before_at})
        (entries, *signs) = cursor.fetchall()
    return Since(before_at, entries[3], tuple(SignNews(*row[:3]) for row in signs))


def news_since(people: Sequence[UUID], *, officer: UUID) -> dict[UUID, NewsOfChild]:
    """Give how much came of each child since the officer last looked; a child never looked at is left out."""
    with connection.cursor() as cursor:
        cursor.execute(NEWS, [officer, list(people)])
        return {row[0]: NewsOfChild(*row[1:]) for row in cursor.fetchall() if row[2] or row[3]}
