"""Releases and charges that happened, as entries tell them: how the child travelled, and who received the child."""

from dataclasses import dataclass
from datetime import datetime

from sightline.domain.custody.plan import Mode
from sightline.domain.duties.life import ADULT_AGE, birthday
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.domain.vocabulary.timeline import Timeline

RELEASE = "police.release"
CHARGE = "police.charge"


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one release that was told; what was not told is empty or None.

    `received` holds where somebody is named who received the child, and the child did not travel alone.
    """

    entry: str
    released_at: datetime
    mode: str
    received: bool
    home_council_told: bool | None
    out_of_area: bool | None


def releases_told(timeline: Timeline) -> tuple[Told, ...]:
    """Give the releases of a timeline while the person was not known to be 18, in order."""
    return tuple(_told(timeline, entry) for entry in _of_a_child(timeline, RELEASE))


def charges_told(timeline: Timeline) -> tuple[tuple[str, datetime], ...]:
    """Give the charges of a timeline while the person was not known to be 18, in order: each entry with its instant."""
    return tuple((entry.id, first_instant(entry.at)) for entry in _of_a_child(timeline, CHARGE))


def _of_a_child(timeline: Timeline, kind: str) -> list[Entry]:
    born = timeline.born_on()
    of_age = None if born is None else birthday(day_of(born), ADULT_AGE)
    return [entry for entry in timeline if entry.kind == kind and (of_age is None or entry.on < of_age)]


def _told(timeline: Timeline, entry: Entry) -> Told:
    mode = str(entry.facts.get("mode") or "")
    told = entry.facts.get("home_council_told")
    home = timeline.home_at(entry.at)
    there, usual = entry.place and entry.place.force, home and home.force
    return Told(
        entry=entry.id, released_at=first_instant(entry.at), mode=mode if mode in set(Mode) else "",
        received=bool(entry.facts.get("received_by")) and mode != Mode.ALONE,
        home_council_told=told if isinstance(told, bool) else None,
        out_of_area=None if not there or not usual else there != usual)
