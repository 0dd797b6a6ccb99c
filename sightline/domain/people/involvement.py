"""Which agencies have a part in a child's life, read from the timeline."""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.domain.access.involvement import InvolvedAs
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.plans import TransferIn, plans_told
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

RESPONSIBLE = (InvolvedAs.HOME_COUNCIL, InvolvedAs.CARING_COUNCIL, InvolvedAs.PLAN_COUNCIL)
FOUND_KINDS = ("police.arrest", "police.protection", "missing.found", "police.stop", "rail.contact")


@dataclass(frozen=True, slots=True)
class Involved:
    """Hold one part: the name of the area (council or force) it falls on, and the entry that says so."""

    part: InvolvedAs
    area: str
    because: str


def involved(timeline: Timeline) -> tuple[Involved, ...]:
    """Give the parts that areas have now; the whole record is opened to at least one council where any is known.

    The home is the last one told, or the council whose conference has accepted the child's plan since: the child moved
    there. A council that looks after the child stays so until the last placement has ended; one that holds a protection
    plan until it ends or has passed.
    Where no home and no caring council is known, the council where the child was found last acts for it (rule R13:
    no fixed home or unknown).
    """
    found: list[Involved] = []
    home = _last(timeline.kinds("child.home"), _in_a_council)
    plans = plans_told(timeline)
    if home and home.place:
        moved = _moved_since(home, plans.conferences)
        found.append(Involved(InvolvedAs.HOME_COUNCIL, str(home.place.council), home.id) if moved is None else
                     Involved(InvolvedAs.HOME_COUNCIL, moved.by, moved.id))
        if home.place.force:
            found.append(Involved(InvolvedAs.HOME_FORCE, home.place.force, home.id))
    found += _of_care(timeline)
    found += [Involved(InvolvedAs.PLAN_COUNCIL, one.council, one.since.id) for one in plans.held]
    last_found = _last(timeline.kinds(*FOUND_KINDS), _in_a_council)
    if last_found and last_found.place:
        nobody = not any(i.part in RESPONSIBLE for i in found)
        part = InvolvedAs.HOME_COUNCIL if nobody else InvolvedAs.FOUND_COUNCIL
        found.append(Involved(part, str(last_found.place.council), last_found.id))
    return tuple(found)


def _moved_since(home: Entry, conferences: tuple[TransferIn, ...]) -> Entry | None:
    """Give the conference that accepted a plan from the council of this home after the home was told, or None."""
    council = None if home.place is None else home.place.council
    moved = [one.entry for one in conferences if one.entry.starts >= home.starts
             and any(same_council(held.council, council) for held in one.passed_from)]
    return moved[-1] if moved else None


def _of_care(timeline: Timeline) -> list[Involved]:
    placed = _last(timeline.kinds("care.placement", "care.looked-after"), bool)
    ended = _last(timeline.kinds("care.placement-ended"), bool)
    if placed is None or (ended is not None and ended.starts > placed.starts):
        return []
    parts = []
    authority = placed.facts.get("authority")
    if authority:
        parts.append(Involved(InvolvedAs.CARING_COUNCIL, str(authority), placed.id))
    if placed.place and placed.place.council and placed.place.council != authority:
        parts.append(Involved(InvolvedAs.HOST_COUNCIL, placed.place.council, placed.id))
    return parts


def _last(entries: tuple[Entry, ...], fits: Callable[[Entry], bool]) -> Entry | None:
    fitting = [e for e in entries if fits(e)]
    return fitting[-1] if fitting else None


def _in_a_council(entry: Entry) -> bool:
    return entry.place is not None and entry.place.council is not None
