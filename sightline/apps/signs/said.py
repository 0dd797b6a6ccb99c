"""Ask what people said of signs, for a reading: which are kept for longer, and which an area has switched off."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.domain.signs.kept import Kept, Said

KEPT = """
select f.person_id, f.code, k.because, k.at, k.until from signs_keeping k join signs_found f on f.id = k.sign_id
where f.person_id = any(%s) and k.until > %s
"""
OFF = """
select s.area_id, s.code, s.until from (
  select distinct on (area_id, code) * from signs_switch where area_id = any(%s) order by area_id, code, number desc) s
where s.off and s.until > %s
"""


def said_of(people: Sequence[UUID], *, answering: Mapping[UUID, int], at: datetime) -> dict[UUID, Said]:
    """Give for each person what a reading must heed; `answering` names the council that answers for each."""
    kept: dict[UUID, dict[str, list[Kept]]] = {}
    off = switched_off(set(answering.values()), at=at)
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [list(people), at])
        for person, code, because, kept_at, until in cursor.fetchall():
            one = Kept(frozenset(map(str, because)), kept_at, until)
            kept.setdefault(person, {}).setdefault(code, []).append(one)
    return {p: Said(kept.get(p, {}), off.get(answering.get(p, 0), {})) for p in people}


def switched_off(areas: Iterable[int], *, at: datetime) -> dict[int, dict[str, datetime]]:
    """Give for each council the signs that it has switched off now, and until when."""
    found: dict[int, dict[str, datetime]] = {}
    with connection.cursor() as cursor:
        cursor.execute(OFF, [list(areas), at])
        for area, code, until in cursor.fetchall():
            found.setdefault(area, {})[code] = until
    return found
