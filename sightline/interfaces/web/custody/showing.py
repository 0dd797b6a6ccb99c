"""Put releases into the words, rows and bars that pages show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sightline.apps.custody.queries import ReleaseCount, ReleaseFacts, StepFacts
from sightline.interfaces.web.chart import Figure, bar_chart
from sightline.interfaces.web.moments import counted

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
             "escort": leg.escort or ("Nobody: alone" if leg.alone else "The receiver")}
            for id_, leg in zip(release.leg_ids, release.plan.legs, strict=True)]


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
