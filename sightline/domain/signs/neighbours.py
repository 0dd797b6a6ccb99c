"""Make the circle of a child from the timelines of several children, as known at one instant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sightline.domain.circle.circle import NO_CIRCLE, Circle, circle_of
from sightline.domain.circle.hubs import Hub, person_hub
from sightline.domain.circle.touching import Touch, touches
from sightline.domain.signs.exploited import exploited_on
from sightline.domain.signs.known import Known
from sightline.domain.signs.reading import read_whole
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.timeline import Timeline


def circle_at(child: str, timelines: Mapping[str, Timeline], *, at: datetime) -> Circle:
    """Give the circle of a child among these children; a companion whose id is that of one of them is that child.

    Only children who share a hub are read. Raises ValueError where `at` has no offset.
    """
    if at.tzinfo is None:
        raise ValueError("the instant at which to read needs its offset from UTC")
    at = at.astimezone(UTC)
    if len(timelines) < 2:
        return NO_CIRCLE
    counted = {name: Known.of(timeline, at=at).entries for name, timeline in timelines.items()}
    found: dict[str, tuple[Touch, ...]] = {name: touches(name, entries) for name, entries in counted.items()}
    known_as = {hub: name for hub in {touch.hub for told in found.values() for touch in told}
                for name in [_known_as(hub, counted)] if name is not None}
    mine = {touch.hub for touch in found.get(child, ())} | {hub for hub, name in known_as.items() if name == child}
    near = [_read(touch, timelines, at) if touch.child != child else touch
            for told in found.values() for touch in told if touch.hub in mine]
    return circle_of(child, near, on=day_of(at), known_as=known_as)


def _known_as(hub: Hub, counted: Mapping[str, Sequence[Entry]]) -> str | None:
    """Name the child whom an agency that tells of the child names by this id, or None."""
    _, _, id_ = hub.key.partition("|")
    return next((name for name, entries in counted.items() if name.strip().casefold() == id_
                 and any(person_hub(entry.by, name) == hub for entry in entries)), None)


def _read(touch: Touch, timelines: Mapping[str, Timeline], at: datetime) -> Touch:
    whole = read_whole(timelines[touch.child], at=at)
    return replace(touch, exploited_on=exploited_on(whole.known, whole.held))
