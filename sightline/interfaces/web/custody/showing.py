"""Put releases into the words, rows and bars that pages show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sightline.apps.custody.queries import ReleaseCount, ReleaseFacts, StepFacts
from sightline.domain.custody.distance import Apart, apart, areas_in_words, distance_in_words
from sightline.domain.custody.plan import Leg
from sightline.interfaces.web.chart import Figure, bar_chart
from sightline.interfaces.web.moments import counted
from sightline.reference.railway import network

MODE_WORDS = {
    "collected": "Collected at the suite", "escorted": "Escorted",
    "public-transport-accompanied": "Public transport, accompanied",
    "public-transport-alone": "Public transport, alone", "not told": "Nobody told how",
}
ALONE = "public-transport-alone"


def leg_rows(release: ReleaseFacts | None) -> list[dict[str, Any]]:
    """Give the legs of a plan, each with its id and who travels with the child."""
    if release is None:
        return []
    return [{"id": id_, "by": leg.by.value.capitalize(), "start": leg.start, "end": leg.end, "alone": leg.alone,
             "departs_at": leg.departs_at, "arrives_at": leg.arrives_at,
             "escort": leg.escort or ("Nobody: alone" if leg.alone else "The receiver"), "distance": distance_of(leg)}
            for id_, leg in zip(release.leg_ids, release.plan.legs, strict=True)]


def distance_of(leg: Leg) -> str:
    """Say how far apart the ends of a leg lie, or nothing where its words do not tell where one of them is."""
    found = _apart(leg.start, leg.end)
    return "" if found is None else distance_in_words(found)


def areas_of(release: ReleaseFacts | None) -> str:
    """Say in whose areas the legs of a journey begin and end, in order."""
    return "" if release is None else areas_in_words(_apart(leg.start, leg.end) for leg in release.plan.legs)


def whole_way(release: ReleaseFacts) -> str:
    """Say how far it is from where the journey begins to where it ends, and in whose areas; empty where not known."""
    legs = release.plan.legs
    found = _apart(legs[0].start, legs[-1].end) if legs else None
    return "" if found is None else f"{areas_in_words([found])}: {distance_in_words(found)}"


def _apart(start: str, end: str) -> Apart | None:
    return apart(start, end, network=network())


def step_rows(steps: Sequence[StepFacts]) -> list[tuple[datetime, str, str, str]]:
    """Give what was done of a release as the rows of a table: when, what, who said so, and who noted it."""
    return [(one.at, one.what.capitalize() + (f": {one.words}" if one.words else ""), one.said_by or "",
             ", ".join(filter(None, (one.officer, one.agency))) or "Sightline, by itself") for one in steps]


def counts_shown(found: Sequence[ReleaseCount]) -> dict[str, Any]:
    """Give the counts as a table, as bars by mode, and the number of children who travelled alone."""
    by_mode = {words: sum(one.releases for one in found if one.mode == mode) for mode, words in MODE_WORDS.items()}
    total = sum(one.releases for one in found)
    past = sum(one.releases for one in found if not one.gated)
    return {
        "total": total, "past": past, "lonely": sum(one.releases for one in found if one.mode == ALONE),
        "overridden": sum(one.overridden for one in found), "overdue": sum(one.overdue for one in found),
        "rows": [(one.agency, MODE_WORDS[one.mode], "Yes" if one.gated else "No", one.releases, one.out_of_area,
                  one.arrived, one.overdue, one.overridden, "" if one.minutes is None else f"{one.minutes:.0f}")
                 for one in found],
        "bars": bar_chart([Figure(words, number, counted(number, "release")) for words, number in by_mode.items()]),
    }
