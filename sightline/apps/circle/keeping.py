"""Keep what each child's record names, as a reading says; who shares a hub with a child that changed is read again.

All of it is set-based, for a batch of children at once. A hub that more children touch than it may link asks nobody to
be read again: it links nobody.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.apps.record.actions import note_news
from sightline.domain.circle.circle import NO_CIRCLE, Circle, circle_of
from sightline.domain.circle.hubs import MOST_HUBS, REACH, Hub, HubKind
from sightline.domain.circle.judging import Judged
from sightline.domain.circle.touching import Mention, Touch
from sightline.domain.vocabulary.moment import day_of

COLUMNS = (
    ("person_id", "uuid"), ("kind", "text"), ("key", "text"), ("told_as", "text"), ("mentions", "json"),
    ("last_on", "date"), ("expires_on", "date"), ("judged", "text"))
RENEW = ("on conflict (person_id, kind, key) do update set told_as = excluded.told_as, mentions = excluded.mentions,"
         " last_on = excluded.last_on, expires_on = excluded.expires_on, judged = excluded.judged")
LONGEST = 300

# What was said of a link last, by whoever the child was before two records were found to be one.
SAID = """
select distinct on (t.person, j.kind, j.key) t.person, j.kind, j.key, j.judged
from unnest(%s::uuid[]) as t(person) join people_person p on p.id = t.person or p.merged_into_id = t.person
  join circle_judgement j on j.person_id = p.id
order by t.person, j.kind, j.key, j.at desc, j.number desc
"""
HELD = ("select person_id, kind, key, told_as, mentions, judged from circle_touch where person_id = any(%s::uuid[])")
# Who else touches these hubs, where they are few enough to be linked.
NEAR = """
with hub as (select * from unnest(%s::text[], %s::text[], %s::int[]) as h(kind, key, most)),
near as (
  select h.kind, h.key, h.most, o.person_id from hub h cross join lateral (
    select t.person_id from circle_touch t
    where t.kind = h.kind and t.key = h.key and not t.person_id = any(%s::uuid[]) limit h.most + 1) o)
select distinct person_id from near n
where (select count(*) from near m where m.kind = n.kind and m.key = n.key) <= n.most
"""
EXPLOITED = """
with told as (select * from unnest(%s::uuid[], %s::date[]) as t(person, day))
update circle_touch c set exploited_on = told.day from told
where c.person_id = told.person and c.exploited_on is distinct from told.day
returning c.person_id, c.kind, c.key
"""
MINE = """
select person_id, kind, key, told_as, mentions, exploited_on, judged from (
  select t.*, row_number() over (partition by person_id order by last_on desc, kind, key) as place
  from circle_touch t where person_id = any(%s::uuid[])) as t where place <= %s
"""
AT_HUBS = """
select o.person_id, h.kind, h.key, o.told_as, o.mentions, o.exploited_on, o.judged
from unnest(%s::text[], %s::text[], %s::int[]) as h(kind, key, most) cross join lateral (
  select t.* from circle_touch t where t.kind = h.kind and t.key = h.key and t.expires_on > %s limit h.most + 1) o
"""

Place = tuple[UUID, str, str]


def keep(touched: Mapping[UUID, Sequence[Touch]], *, at: datetime) -> None:
    """Keep what the records of these children name; only changes are written, and their neighbours are read again."""
    ids = array(touched)
    with connection.cursor() as cursor:
        cursor.execute(HELD, [ids])
        held: dict[Place, tuple[Any, ...]] = {
            (row[0], row[1], row[2]): (row[3], _read(row[4]), row[5]) for row in cursor.fetchall()}
        if not held and not any(touched.values()):
            return
        cursor.execute(SAID, [ids])
        said = {(row[0], row[1], row[2]): row[3] for row in cursor.fetchall()}
    wanted = {(person, one.hub.kind.value, one.hub.key): one for person, told in touched.items() for one in told}
    changed = [(place, touch) for place, touch in wanted.items() if held.get(place) != _told(touch, said.get(place))]
    lost = [place for place in held if place not in wanted]
    insert("circle_touch", COLUMNS, [
        (*place, told_as, mentions, touch.last, touch.expires_on, judged)
        for place, touch in changed for told_as, mentions, judged in [_told(touch, said.get(place))]], ending=RENEW)
    _remove(lost)
    _read_again({(kind, key) for _, kind, key in [*lost, *(place for place, _ in changed)]}, but=touched, at=at)


def keep_exploited(days: Mapping[UUID, date | None], *, at: datetime) -> None:
    """Keep since when it is known of these children that they were exploited; their neighbours are read again."""
    if not days:
        return
    with connection.cursor() as cursor:
        cursor.execute(EXPLOITED, [array(days), list(days.values())])
        changed = cursor.fetchall()
    by_person: dict[UUID, set[tuple[str, str]]] = {}
    for person, kind, key in changed:
        by_person.setdefault(person, set()).add((kind, key))
    for person, hubs in by_person.items():
        _read_again(hubs, but=[person], at=at)


def circles_of(people: Sequence[UUID], *, at: datetime) -> dict[str, Circle]:
    """Give the circles of those of these children whose record names anything, each bounded, by two statements."""
    day = day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(MINE, [array(people), MOST_HUBS])
        mine = [_touch(row) for row in cursor.fetchall()]
        if not mine:
            return {}
        hubs = sorted({touch.hub for touch, _ in mine})
        cursor.execute(AT_HUBS, [*_arrays(hubs), day])
        near = [_touch(row) for row in cursor.fetchall()]
    at_hub: dict[Hub, dict[str, tuple[Touch, Judged]]] = {}
    for touch, judged in near:
        at_hub.setdefault(touch.hub, {})[touch.child] = (touch, judged)
    own: dict[str, list[tuple[Touch, Judged]]] = {}
    for touch, judged in mine:
        own.setdefault(touch.child, []).append((touch, judged))
    return {child: _circle(child, told, at_hub, day) for child, told in own.items()}


def circle_in(circles: Mapping[str, Circle], person: UUID) -> Circle:
    """Give the circle of a child among these, or the one in which nobody is."""
    return circles.get(str(person), NO_CIRCLE)


def _circle(
    child: str, own: Iterable[tuple[Touch, Judged]], at_hub: Mapping[Hub, Mapping[str, tuple[Touch, Judged]]], day: date
) -> Circle:
    near = {(touch.child, touch.hub): (touch, judged)
            for mine, _ in own for touch, judged in at_hub.get(mine.hub, {}).values()}
    near |= {(child, mine.hub): (mine, judged) for mine, judged in own}
    return circle_of(child, [touch for touch, _ in near.values()], on=day,
                     judged={place: judged for place, (_, judged) in near.items()})


def _read_again(hubs: Collection[tuple[str, str]], *, but: Iterable[UUID], at: datetime) -> None:
    """Note that who touches these hubs must be read again, where a hub links at all."""
    if not hubs:
        return
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [*_arrays(Hub(HubKind(kind), key) for kind, key in sorted(hubs)), array(but)])
        note_news([row[0] for row in cursor.fetchall()], at=at)


def _arrays(hubs: Iterable[Hub]) -> tuple[list[str], list[str], list[int]]:
    told = list(hubs)
    return [h.kind.value for h in told], [h.key for h in told], [REACH[h.kind].most for h in told]


def _told(touch: Touch, said: str | None) -> tuple[str, list[dict[str, Any]], str]:
    mentions = [{"entry": m.entry, "on": m.on.isoformat(), "what": m.what, "by": m.by, "role": m.role, "age": m.age,
                 "grade": m.grade, "until": m.until and m.until.isoformat()} for m in touch.mentions]
    return touch.told_as[:LONGEST], mentions, said or Judged.HYPOTHESIS.value


def _read(mentions: Any) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(mentions) if isinstance(mentions, str) else mentions
    return told


def mentions_of(told: Any) -> tuple[Mention, ...]:
    """Read mentions as they are kept."""
    return tuple(Mention(m["entry"], date.fromisoformat(m["on"]), m["what"], m["by"], m["role"], m["age"], m["grade"],
                         date.fromisoformat(m["until"]) if m["until"] else None) for m in _read(told))


def _touch(row: tuple[Any, ...]) -> tuple[Touch, Judged]:
    touch = Touch(str(row[0]), Hub(HubKind(row[1]), row[2]), row[3], mentions_of(row[4]), row[5])
    return touch, Judged(row[6])


def _remove(places: Sequence[Place]) -> None:
    if places:
        with connection.cursor() as cursor:
            cursor.execute("delete from circle_touch t using unnest(%s::uuid[], %s::text[], %s::text[])"
                           " as w(person, kind, key)"
                           " where t.person_id = w.person and t.kind = w.kind and t.key = w.key",
                           [array(p for p, _, _ in places), [k for _, k, _ in places], [k for _, _, k in places]])
