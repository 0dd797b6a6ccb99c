"""Measure how long the whole rule book takes over one child, at 10, 50 and 200 entries.

Two kinds of invented life over two school years: an ordinary one, mostly school and care; and an eventful one, with a
sign in nearly every month. Each life is read many times and its best time counts: the machine is shared, and only the
best is the program's own. The calibration is a plain loop, to compare machines.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import mean, quantiles
from time import perf_counter

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

Row = tuple[str, float, str]
FIRST, DAYS, AT = datetime(2024, 9, 1, tzinfo=UTC), 730, datetime(2026, 9, 1, tzinfo=UTC)
SIZES, LIVES, TIMES = (10, 50, 200), 60, 15
HOME = Place(None, "Knowsley", "Merseyside", 53.41, -2.84)
PLACES = (HOME, Place(None, "Sefton", "Merseyside", 53.45, -2.99), Place(None, "Lancashire", "Lancashire", 53.76, -2.7),
          Place(None, "Cumberland", "Cumbria", 54.64, -3.54))
ORDINARY = {
    "school.attendance": 40, "school.exclusion": 2, "care.referral": 4, "care.decision": 4, "care.assessment": 2,
    "care.plan": 2, "care.worker": 3, "health.attendance": 4, "health.not-brought": 1, "police.domestic-incident": 1,
    "missing.reported": 1, "missing.found": 1, "police.stop": 1, "charity.contact": 3, "notice.sent": 10,
    "notice.acknowledged": 8, "decision.made": 5, "offer.made": 3,
}
EVENTFUL = {
    "school.attendance": 20, "missing.reported": 6, "missing.found": 6, "school.exclusion": 4, "police.arrest": 2,
    "police.stop": 3, "police.domestic-incident": 3, "care.referral": 3, "care.decision": 3, "care.assessment": 1,
    "health.attendance": 3, "care.placement": 1, "rail.contact": 1, "notice.sent": 4, "decision.made": 3,
    "missing.return-interview": 3, "police.release": 2, "school.joined": 1, "missing.absent": 2, "child.home": 1,
}


def life(random: Random, size: int, kinds: dict[str, int]) -> Timeline:
    """Invent one child's life of so many entries, a birthday and a home among them."""
    entries = [Entry("born", "amara", "child.born", date(2011, 3, 3), "school"),
               Entry("home", "amara", "child.home", date(2020, 1, 1), "school", place=HOME)]
    for number in range(size - len(entries)):
        kind = random.choices(list(kinds), list(kinds.values()))[0]
        entries.append(invent(random, f"e{number}", kind))
    return Timeline.of("amara", entries)


def invent(random: Random, id_: str, kind: str) -> Entry:
    """Invent one entry: school by days, the rest by instants, known an hour later."""
    at = FIRST + timedelta(minutes=random.randrange(DAYS * 24 * 60))
    place = random.choice(PLACES) if kind.startswith(("police.", "rail.", "health.", "missing.", "child.")) else None
    if kind == "school.attendance":
        facts = {"possible": 10, "attended": random.randint(6, 10), "unauthorised": random.randint(0, 1)}
        return Entry(id_, "amara", kind, at.date(), "school", facts, at.date() + timedelta(days=4))
    if kind == "school.exclusion":
        facts = {"category": random.choice(["SUSP", "SUSP", "PERM"]), "reasons": [random.choice(["DB", "PP", "DA"])],
                 "sessions": random.randint(1, 6)}
        return Entry(id_, "amara", kind, at.date(), "school", facts)
    facts = {"offence": random.choice(["theft", "violence", "drugs-supply"]), "property": ["phone"]}
    return Entry(id_, "amara", kind, at, random.choice(["police", "council"]),
                 facts if kind.startswith("police.") else {}, place=place, recorded_at=at + timedelta(hours=1))


def best_ms(timeline: Timeline) -> float:
    """Give the best of many readings, in milliseconds."""
    return min(_timed(lambda: read(timeline, at=AT)) for _ in range(TIMES))


def plain_loop() -> int:
    """Go 100,000 times round a plain loop."""
    total = 0
    for number in range(100_000):
        total += number & 3
    return total


def measure(*, full: bool) -> list[Row]:
    """Read lives of each kind and size; the quick form reads a tenth of the lives."""
    loop = min(_timed(plain_loop) for _ in range(20))
    rows: list[Row] = [("a plain loop of 100,000 rounds, to compare machines", loop, "ms")]
    for name, kinds in (("ordinary", ORDINARY), ("eventful", EVENTFUL)):
        for size in SIZES:
            random = Random(7)
            lives = [life(random, size, kinds) for _ in range(LIVES if full else LIVES // 10)]
            times = [best_ms(timeline) for timeline in lives]
            signs = mean(len(read(timeline, at=AT).signs) for timeline in lives)
            what = f"{len(RULES)} rules over an {name} life of {size} entries"
            rows += [(f"{what}, mean", mean(times), "ms"), (f"{what}, signs shown", signs, ""),
                     (f"{what}, 95th percentile", quantiles(times, n=20)[-1], "ms")]
    return rows


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    for told, value, unit in measure(full=True):
        print(f"{told:75} {value:9.3f} {unit}")
