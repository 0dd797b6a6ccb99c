"""Which hubs a child's own entries name: one touch a hub, with the entries that made it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.domain.circle.hubs import LONGEST_KEY, REACH, Hub, HubKind, hub_of, person_hub
from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.moment import day_of

MOST_MENTIONS = 20
"""Of what names a hub more often, the newest so many are kept: nothing is learned from more."""

HOME, HOME_BEFORE = "home", "home-before"
TOGETHER = ("police.arrest", "police.stop", "police.intelligence", "police.protection", "police.operation",
            "missing.reported", "missing.found", "missing.absent", "rail.contact")
"""Entries whose companions were with the child. Of violence at home they are the family, of a crime whoever did it."""
KINSHIP = frozenset({
    "mother", "father", "parent", "guardian", "carer", "foster-carer", "grandparent", "grandmother", "grandfather",
    "aunt", "uncle", "cousin", "brother", "sister", "sibling", "step-parent", "stepmother", "stepfather", "family",
    "relative", "partner-of-parent"})
AT_WORK = frozenset({"social-worker", "worker", "appropriate-adult", "solicitor", "officer", "teacher", "staff",
                     "witness", "caller", "driver"})
NOT_LINKING = KINSHIP | AT_WORK
"""Roles, as agencies write them, of people with whom a child may well be: they link nobody (our own list)."""
UNDER_ORDER = "police.adult-at-address"
EXCLUDED_BEFORE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold how one entry names a hub.

    `role` is that of a companion, "home" for the address of the child's home ("home-before" where another was told
    later), and, for an adult under notification or an order, what the adult is under. `until` is the day on which that
    ended, where it has.
    """

    entry: str
    on: date
    what: str
    by: str
    role: str = ""
    age: int | None = None
    grade: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """Hold that a child's record names a hub: `told_as` who told it wrote it, and by which entries, oldest first.

    `exploited_on` is the first day of which it is known of this child that it was exploited, or None.
    """

    child: str
    hub: Hub
    told_as: str
    mentions: tuple[Mention, ...]
    exploited_on: date | None = None

    @property
    def since(self) -> date:
        """Give the day of the oldest entry."""
        return self.mentions[0].on

    @property
    def last(self) -> date:
        """Give the day of the newest entry."""
        return self.mentions[-1].on

    @property
    def expires_on(self) -> date:
        """Give the day from which it links nobody, unless it is told again: a home is one until another is told."""
        return date.max if self.is_home else self.last + timedelta(days=REACH[self.hub.kind].days)

    @property
    def is_home(self) -> bool:
        """Tell whether it is the address of the child's home now."""
        return any(mention.role == HOME for mention in self.mentions)


def names_any(entries: Iterable[Entry]) -> bool:
    """Tell whether any of the entries may name a hub: most children's never do."""
    return any(e.people or e.things or e.kind in ("school.joined", UNDER_ORDER) for e in entries)


def touches(
    child: str, entries: Iterable[Entry], *, named: Callable[[str], str] = str.strip
) -> tuple[Touch, ...]:
    """Give what a child's entries touch, in the order of kind and key; `named` gives one name to an agency.

    The entries are those that count: not withdrawn, not still to come, not of an adult.
    """
    told = list(entries)
    home = max((entry for entry in told if entry.kind == "child.home"), key=lambda e: (e.starts, e.id), default=None)
    found: dict[Hub, list[tuple[Mention, str]]] = {}
    for entry in told:
        for hub, words, mention in (*_people(entry, named), *_things(entry, home), *_arrivals(entry, told)):
            found.setdefault(hub, []).append((mention, words))
    return tuple(_touch(child, hub, found[hub]) for hub in sorted(found))


def _touch(child: str, hub: Hub, told: list[tuple[Mention, str]]) -> Touch:
    ordered = sorted(told, key=lambda one: (one[0].on, one[0].entry, one[0].role, one[1]))[-MOST_MENTIONS:]
    return Touch(child, hub, ordered[-1][1], tuple(mention for mention, _ in ordered))


def role_of(companion: Companion) -> str:
    """Give a companion's role in one form."""
    return "-".join((companion.role or "").casefold().split())


def _people(entry: Entry, named: Callable[[str], str]) -> Iterator[tuple[Hub, str, Mention]]:
    if entry.kind not in TOGETHER:
        return
    for companion in entry.people:
        if companion.id.strip() and role_of(companion) not in NOT_LINKING:
            yield (person_hub(named(entry.by), companion.id), companion.id.strip(),
                   _mention(entry, role_of(companion), companion.age))


def _things(entry: Entry, home: Entry | None) -> Iterator[tuple[Hub, str, Mention]]:
    role = "" if entry.kind != "child.home" else HOME if entry is home else HOME_BEFORE
    if entry.kind == UNDER_ORDER:
        under = entry.facts.get("under")
        role = under if isinstance(under, str) else ""
    for thing in entry.things:
        hub = hub_of(thing)
        if hub is not None:
            yield hub, thing.id.strip(), _mention(entry, role)


def _arrivals(entry: Entry, told: list[Entry]) -> Iterator[tuple[Hub, str, Mention]]:
    """Give the school and month of a joining that followed an exclusion: who came in September is no circle."""
    school = entry.facts.get("school") if entry.kind == "school.joined" else None
    if not isinstance(school, str) or not school.strip():
        return
    if any(e.kind == "school.exclusion" and timedelta(0) <= entry.on - e.on <= EXCLUDED_BEFORE for e in told):
        key = f"{school.strip().casefold()} {entry.on:%Y-%m}"
        yield Hub(HubKind.ARRIVAL, key[-LONGEST_KEY:]), school.strip(), _mention(entry)


def _mention(entry: Entry, role: str = "", age: int | None = None) -> Mention:
    until = day_of(entry.until) if entry.until is not None and entry.kind == UNDER_ORDER else None
    return Mention(entry.id, entry.on, entry.kind, entry.by, role, age, entry.grade, until)
