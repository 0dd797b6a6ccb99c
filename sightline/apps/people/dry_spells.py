"""Keep since when an input of an agency has dried up, so that its people are told once for each spell; of no child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from sightline.apps.people.models import DrySpell, FillRate
from sightline.domain.people.inputs import INPUTS, Filled, came_again, dried_up, share_now

LONGEST = timedelta(weeks=12)
"""After so long a spell ends although the input did not come again: it has become what is usual."""


@dataclass(frozen=True, slots=True)
class Dry:
    """Hold an input that has dried up: whose, which, its share before and now, and the first week of the fall."""

    agency: int
    agency_name: str
    name: str
    before: float
    now: float
    week: date


def filled_weeks() -> dict[int, list[Filled]]:
    """Give what each agency, by its id, told to compare records by, week by week."""
    weeks: dict[int, list[Filled]] = {}
    for one in FillRate.objects.select_related("agency").order_by("agency__name", "-week"):
        weeks.setdefault(one.agency_id, []).append(
            Filled(one.agency.name, one.week, one.tellings, **{name: getattr(one, name) for name in INPUTS}))
    return weeks


def follow_inputs(*, at: datetime) -> None:
    """Begin and end dry spells by what was counted last; the caller opens the transaction. May be repeated."""
    weeks = filled_weeks()
    open_spells = list(DrySpell.objects.select_for_update().filter(ended_at=None))
    for spell in open_spells:
        now = share_now(weeks.get(spell.agency_id, ()), spell.name)
        spell.now = spell.now if now is None else now
        spell.ended_at = at if came_again(spell.before, now) or spell.found_at <= at - LONGEST else None
    DrySpell.objects.bulk_update(open_spells, ["now", "ended_at"])
    known = {(spell.agency_id, spell.name) for spell in open_spells}
    DrySpell.objects.bulk_create([
        DrySpell(agency_id=agency, name=dry.name, week=dry.since, before=dry.before, now=dry.now, found_at=at)
        for agency, told in weeks.items() for dry in dried_up(told) if (agency, dry.name) not in known])


def dry_now() -> list[Dry]:
    """List the inputs that have dried up, by agency."""
    rows = DrySpell.objects.select_related("agency").filter(ended_at=None).order_by("agency__name", "name")
    return [Dry(one.agency_id, one.agency.name, one.name, one.before, one.now, one.week) for one in rows]


def newly_dry(*, at: datetime, most: int) -> Sequence[Dry]:
    """Take dry spells of which nobody was told yet; the mark that they were told stands in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_dryspell s set told_at = %s from access_agency a where a.id = s.agency_id and s.id in ("
            " select id from people_dryspell where told_at is null and ended_at is null"
            " order by found_at, id limit %s for update skip locked)"
            " returning s.agency_id, a.name, s.name, s.before, s.now, s.week", [at, most])
        return [Dry(*row) for row in cursor.fetchall()]
