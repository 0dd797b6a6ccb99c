"""Local settings of an area: proposed by one officer, applied by another, never before every case holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import Acting
from sightline.domain.access.roles import require_may
from sightline.domain.access.verbs import Verb
from sightline.domain.signs.local import SettingsUnreadable, assure, read_settings, rules_of
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.moment import day_of

# Of an area holds what was applied last among what has begun.
IN_FORCE = """
select distinct on (s.area_id) s.area_id, s.id, s.text from signs_localsettings s
  join signs_settingsreview r on r.settings_id = s.id and r.outcome = 'applied'
where s.area_id = any(%s) and s.from_on <= %s order by s.area_id, s.from_on desc, r.at desc
"""
EDITIONS = """
select s.id, a.name, s.area_id, s.edition, s.from_on, s.text, o.name, s.author_id, s.proposed_at, r.outcome, r.reason,
  w.name, r.at, coalesce(s.id = (
    select n.id from signs_localsettings n join signs_settingsreview m on m.settings_id = n.id
    where n.area_id = s.area_id and m.outcome = 'applied' and n.from_on <= %(on)s
    order by n.from_on desc, m.at desc limit 1), false)
from signs_localsettings s join access_agency a on a.id = s.area_id join access_officer o on o.id = s.author_id
left join signs_settingsreview r on r.settings_id = s.id left join access_officer w on w.id = r.reviewer_id
where %(one)s::uuid is null or s.id = %(one)s::uuid order by s.proposed_at desc limit %(most)s
"""


class SettingsRefused(ValueError):
    """Local settings cannot be kept so; `failing` says why, one sentence each."""

    def __init__(self, failing: Sequence[str]) -> None:
        super().__init__(" ".join(failing))
        self.failing = tuple(failing)


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """Hold one edition of an area's settings, what a second person said of it, and whether it holds now."""

    id: UUID
    area: str
    area_id: int
    edition: str
    from_on: date
    text: str
    author: str
    author_id: UUID
    proposed_at: datetime
    outcome: str | None
    reason: str | None
    reviewer: str | None
    reviewed_at: datetime | None
    holds: bool


def propose(*, acting: Acting, text: str, at: datetime) -> UUID:
    """Keep settings of the own area, whose cases all hold, for another officer to review.

    Raises RoleNotAllowed, SettingsRefused.
    """
    require_may(acting.role, Verb.PROPOSE_SETTINGS)
    if failing := assure(text):
        raise SettingsRefused(failing)
    settings = read_settings(text)
    if settings.area != acting.agency_name:
        raise SettingsRefused([f"These are settings of {settings.area}; you act for {acting.agency_name}."])
    with connection.cursor() as cursor:
        cursor.execute("select sightline_propose_settings(%s, %s, %s, %s)",
                       [settings.edition, settings.from_on, text, at])
        made: UUID | None = cursor.fetchone()[0]
    if made is None:
        raise SettingsRefused([("There is an edition of this name already, or only a council has settings. Name it "
                               "otherwise: an edition is never changed.")])
    return made


def review(*, acting: Acting, settings_id: UUID, applied: bool, reason: str, at: datetime) -> None:
    """Apply settings that somebody else of the area proposed, if every case still holds, or send them back.

    Raises RoleNotAllowed, SettingsRefused.
    """
    require_may(acting.role, Verb.SWITCH_SIGN)
    found = edition(settings_id, on=day_of(at))
    if not reason.strip() or found is None:
        raise SettingsRefused(["Say in a sentence why. Your name and reason are kept with the edition."])
    if applied and found.from_on <= day_of(at):
        raise SettingsRefused([(f"It was to take effect on {found.from_on}, which is not after today: settings hold "
                               "from a day to come. Propose them with another day.")])
    if applied and (failing := assure(found.text)):
        raise SettingsRefused(failing)
    with connection.cursor() as cursor:
        cursor.execute("select sightline_review_settings(%s, %s, %s, %s)",
                       [settings_id, "applied" if applied else "sent-back", reason.strip(), at])
        if not cursor.fetchone()[0]:
            raise SettingsRefused(["Another manager of the council must review it than who wrote it, and only once."])


def editions(*, on: date, most: int) -> list[EditionFacts]:
    """List the editions of all areas, the newest first; nothing in them is of a real child."""
    return _editions(None, on=on, most=most)


def edition(settings_id: UUID, *, on: date) -> EditionFacts | None:
    """Give one edition."""
    return next(iter(_editions(settings_id, on=on, most=1)), None)


def local_rules(areas: Iterable[int], *, on: date) -> dict[int, tuple[Rule, ...]]:
    """Give the rules of each area's settings in force on a day; the national ones always run beside them.

    An edition of which a later version of Sightline can no longer read a line is left out, and stands on its page as
    not in force: the national set holds.
    """
    wanted = list(areas)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [wanted, on])
        return {area: rules for area, _, text in cursor.fetchall() if (rules := _readable(text))}


def _readable(text: str) -> tuple[Rule, ...]:
    try:
        return rules_of(text)
    except SettingsUnreadable:
        return ()


def _editions(one: UUID | None, *, on: date, most: int) -> list[EditionFacts]:
    with connection.cursor() as cursor:
        cursor.execute(EDITIONS, {"one": one, "on": on, "most": most})
        return [EditionFacts(*row) for row in cursor.fetchall()]
