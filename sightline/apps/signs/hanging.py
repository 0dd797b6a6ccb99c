"""Ask what hangs on a child's record: a safety event, duties, custody and signs, as far as the viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sightline.domain.responsibility.opening import Happening

IN_CUSTODY = (Happening.CUSTODY, Happening.RELEASED)


@dataclass(frozen=True, slots=True)
class Hangs:
    """Hold what hangs on one child; `protects` names the agency that protects the child now."""

    happening: Happening | None = None
    protects: str = ""
    open_duties: int = 0
    late_duties: int = 0
    signs: int = 0
    critical_signs: int = 0

    @property
    def custody(self) -> bool:
        """Tell whether the child is in custody, or released from it and not yet received."""
        return self.happening in IN_CUSTODY

    @property
    def anything(self) -> bool:
        """Tell whether anything hangs on it."""
        return self.happening is not None or bool(self.open_duties or self.signs)


HANGING = """
select p.id, e.happening, a.name,
  (select count(*) from duties_owedduty d where d.person_id = p.id and d.state in ('open', 'late')),
  (select count(*) from duties_owedduty d where d.person_id = p.id and d.state = 'late'),
  (select count(*) from signs_found f where f.person_id = p.id and f.gone_at is null),
  (select count(*) from signs_found f where f.person_id = p.id and f.gone_at is null and f.critical)
from unnest(%s::uuid[]) p(id)
left join responsibility_safetyevent e on e.person_id = p.id and e.closed_at is null
left join access_agency a on a.id = e.owner_agency_id
"""


def hanging_on(people: Sequence[UUID]) -> dict[UUID, Hangs]:
    """Give what hangs on each of a few children."""
    with connection.cursor() as cursor:
        cursor.execute(HANGING, [list(people)])
        return {row[0]: Hangs(Happening[row[1]] if row[1] else None, row[2] or "", *row[3:])
                for row in cursor.fetchall()}
