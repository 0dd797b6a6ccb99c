"""Invented lives: timelines of any shape that is valid, for tests that must hold for every child.

A life is drawn from a number, so that thousands can be tried in seconds; a failing one is reproduced by that number.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

from hypothesis import strategies as st

from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, WORDS, YES_NO
from sightline.domain.vocabulary.moment import LONDON, Moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

CHILD = "amara"
FIRST = datetime(2024, 9, 1, tzinfo=UTC)
DAYS = 800
KINDS_READ = sorted(kind for kind in KINDS if not kind.startswith(("notice.", "charity.", "offer.")))
CODES = ["DB", "DA", "OW", "BW", "CREQB", "PERM", "SUSP", "LNCH", "drugs-supply", "weapon", "class-a", "cash", "phone",
         "sim", "positive", "negative", "high", "standard", "stab", "blunt", "fare", "", "e1", "e2", "e3"]
ODD = [None, True, -3, 10**400, float("nan"), float("inf"), "", "\x00", ["e1", None, 3], {"a": 1}]
ZONES = [UTC, LONDON, timezone(timedelta(hours=1))]
HOME = Place(None, "Knowsley", "Merseyside", 53.41, -2.84)
PLACES = [
    None, HOME, Place("L36 9YZ"), Place(None, "Sefton", "Merseyside", 53.45, -2.99),
    Place(None, "Lancashire", "Lancashire Constabulary", 53.76, -2.70),
    Place(None, "Cumberland", "Cumbria", 54.6, -3.5),
    Place(None, "City of London", None, None, None), Place(None, None, "British Transport Police", 53.4, None),
]


def instant(random: Random) -> datetime:
    """Invent an instant, in one of three zones."""
    at = FIRST + timedelta(minutes=random.randrange(DAYS * 24 * 60))
    return at.astimezone(random.choice(ZONES))


def moment(random: Random) -> Moment:
    """Invent an instant or a day."""
    return instant(random) if random.random() < 0.6 else date(2024, 9, 1) + timedelta(days=random.randrange(DAYS))


def entry(random: Random, *, id_: str, child: str = CHILD, kinds: Sequence[str] = KINDS_READ) -> Entry:
    """Invent one entry: mostly with facts of their types, sometimes with anything at all in them."""
    kind = random.choice(kinds)
    by_type = {YES_NO: random.random() < 0.5, NUMBER: random.choice([0, 1, 4, 10, 11.5, 60]),
               WORDS: random.sample(CODES, 2)}
    facts = {fact.key: random.choice(ODD) if random.random() < 0.1
             else random.sample(fact.allowed, 2) if fact.allowed and fact.type == WORDS
             else random.choice(fact.allowed) if fact.allowed else by_type.get(fact.type, random.choice(CODES))
             for fact in KINDS[kind].facts if random.random() < 0.8}
    at = moment(random)
    until = random.choice([None, None, at, moment(random), date.max])
    return Entry(
        id_, child, kind, at, random.choice(["police", "council", "school"]), facts, until, random.choice(PLACES),
        people=(Companion("a1", "found-with", random.choice([None, 3, 34])),) if random.random() < 0.2 else (),
        things=tuple(Thing(random.choice(["phone", "sim", "vehicle"]), f"t{n}") for n in range(random.randrange(3))),
        grade=random.choice([None, "high", "standard", "B2"]),
        recorded_at=instant(random) if random.random() < 0.3 else None,
    )


def invented(number: int, size: int, *, kinds: Sequence[str] = KINDS_READ) -> Timeline:
    """Invent the life of this number, with so many entries and, often, a home known from before."""
    random = Random(number)
    told = [entry(random, id_=f"e{n}", kinds=kinds) for n in range(size)]
    if random.random() < 0.7:
        told.append(Entry("home", CHILD, "child.home", date(2010, 1, 1), "school", place=HOME))
    return Timeline.of(CHILD, told)


numbers = st.integers(0, 2**32)
lives = st.builds(invented, numbers, st.integers(0, 40))
busy_lives = st.builds(
    lambda number, size: invented(number, size, kinds=(
        "missing.reported", "missing.found", "school.exclusion", "police.arrest", "care.referral", "care.placement",
        "care.placement-ended", "police.domestic-incident", "school.attendance", "record.withdrawn")),
    numbers, st.integers(0, 40))
any_lives = lives | busy_lives
instants = st.builds(lambda number: instant(Random(number)), numbers)
