"""Which safety events a timeline opens: stretches of time in which somebody must see to a child's safety at once.

One event runs from the first word (reported missing, found away from home, arrested) until the child is received. What
is told in between moves the event on, and with it the answer to who protects the child now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import caring_council, is_police
from sightline.domain.responsibility.answer import COUNCIL, POLICE, Answer
from sightline.domain.responsibility.claims.where import TRANSPORT_POLICE
from sightline.domain.responsibility.country import COUNTRY, country_on
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import SIGNIFICANT_HARM, Area, Facts, FactsRefused, NoPlace, Status
from sightline.domain.responsibility.sites import NO_SITES, SiteKind, Sites, UnknownSite
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.place import Place

SAFE = "safe"
"""The outcome of a decision, with reasons, by which a person ends a safety event."""

RECEIVED = frozenset({"collected", "escorted", "public-transport-accompanied"})
ALONE = frozenset({"public-transport-alone"})
NOBODY_TOLD_WHERE = (
    "Nothing says where the child is or belongs: who told it keeps the child's safety until that is known.")


class Happening(StrEnum):
    """Name what happens to a child in a safety event, in words."""

    MISSING = "missing"
    FOUND = "found, and not yet received"
    RAILWAY = "on the railway"
    CUSTODY = "arrested"
    RELEASED = "released, and not yet received"
    PROTECTION = "in police protection"


@dataclass(frozen=True, slots=True)
class SafetyEvent:
    """Hold one event: the entry that opened it, the entry on which the answer rests, and who protects now.

    `closed_by` is the entry that ended it, at `closed_at`; both None while it is open.
    """

    opened_by: str
    opened_at: Moment
    happening: Happening
    ground: str
    ground_at: Moment
    answer: Answer
    closed_by: str | None = None
    closed_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class _Running:
    opened: Entry
    happening: Happening
    ground: Entry
    closed: Entry | None = None
    closed_at: Moment | None = None


def safety_events(life: Life, *, sites: Sites = NO_SITES) -> tuple[SafetyEvent, ...]:
    """Give every safety event of what was known, in order; at the most the last one is open.

    `sites` are the custody suites that are kept: an arrest that names one of them is held where that suite is.
    """
    running: list[_Running] = []
    for entry in _standing(life):
        now = running[-1] if running and running[-1].closed is None else None
        step = None if _tells_nothing_new(life, now, entry) else STEPS.get(entry.kind)
        after = None if step is None else step(life, now, entry)
        if after is None:
            continue
        if now is not None:
            running[-1] = after
        elif after.closed is None and not life.adult_on(life.on(entry)):
            running.append(after)
    return tuple(_event(life, one, sites) for one in running)


def answer_of_arrest(life: Life, arrest: Entry, *, sites: Sites = NO_SITES) -> Answer:
    """Answer who protects, enquires and must be told of an arrest, as it was when the child was arrested."""
    return _answer(life, _Running(arrest, Happening.CUSTODY, arrest), sites)


def _standing(life: Life) -> Iterable[Entry]:
    """Give what happened in order, and in its place what was told again of it."""
    again = [entry for entry in life.retold.values() if entry.starts <= life.at]
    return sorted((*life.happened, *again), key=lambda entry: (entry.starts, entry.id)) if again else life.happened


def _tells_nothing_new(life: Life, now: _Running | None, entry: Entry) -> bool:
    """Tell whether an entry only repeats another: a child who is found again somewhere else has moved on."""
    if entry.id not in life.retold:
        return False
    return now is None or _council(entry) in (None, _council(now.ground))


def _council(entry: Entry) -> str | None:
    """Name the council of an entry's place: the one that there was on its day."""
    there = _area(entry.place, entry.on)
    return None if there is None else there.council


def _event(life: Life, one: _Running, sites: Sites) -> SafetyEvent:
    return SafetyEvent(
        one.opened.id, one.opened.at, one.happening, one.ground.id, one.ground.at, _answer(life, one, sites),
        None if one.closed is None else one.closed.id, one.closed_at)


def _now(now: _Running | None, happening: Happening, entry: Entry) -> _Running:
    """Open an event, or rest the open one on a newer entry."""
    return _Running(entry, happening, entry) if now is None else replace(now, happening=happening, ground=entry)


def _ended(now: _Running | None, entry: Entry, at: Moment | None = None) -> _Running | None:
    return None if now is None else replace(now, closed=entry, closed_at=at or entry.at)


def _missing(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """Open when a child is reported missing; a child whom police hold is not missing."""
    if now is not None and now.happening in (Happening.CUSTODY, Happening.PROTECTION):
        return None
    began = _now(now, Happening.MISSING, entry)
    return began if entry.until is None else _ended(began, entry, entry.until)


def _found(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End at home or where the child is placed; anywhere else, and where no place is told, somebody must receive."""
    if _at_home(life, entry):
        return _ended(now, entry)
    return _now(now, Happening.FOUND, entry) if _council(entry) or now is not None else None


def _stopped(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """Open when police stop a child in another council than the home's."""
    if now is not None and now.happening in (Happening.CUSTODY, Happening.PROTECTION):
        return None
    return _now(now, Happening.FOUND, entry) if _at_home(life, entry) is False else None


def _on_the_railway(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """Open when transport police or staff are concerned, keep the child with them, or meet a child who is missing."""
    if now is not None and now.happening in (Happening.CUSTODY, Happening.PROTECTION):
        return None
    if entry.facts.get("reason") == "welfare" or entry.facts.get("stays") is True or now is not None:
        return _now(now, Happening.RAILWAY, entry)
    return None


def _arrested(life: Life, now: _Running | None, entry: Entry) -> _Running:
    """Open with every arrest."""
    return _now(now, Happening.CUSTODY, entry)


def _released(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End when somebody is told who received the child; else, and until the child arrives, R5 names the owner."""
    travels = entry.facts.get("mode") in ALONE or entry.facts.get("arrival_due")
    if entry.facts.get("received_by") and not travels:
        return _ended(now, entry)
    return _now(now, Happening.RELEASED, entry)


def _arrived(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End when the child arrives after a release and is received; a child who is arrested again is in custody."""
    if now is None or now.happening is Happening.CUSTODY or not entry.facts.get("received_by"):
        return None
    return _ended(now, entry)


def _protected(life: Life, now: _Running | None, entry: Entry) -> _Running:
    """Open with police protection."""
    return _now(now, Happening.PROTECTION, entry)


def _accommodated(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End when a council accommodates the child; not while the child is missing or still in custody."""
    return None if now is None or now.happening in (Happening.MISSING, Happening.CUSTODY) else _ended(now, entry)


def _interviewed(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End when somebody sat with the child after the return."""
    return _ended(now, entry) if now is not None and now.happening is Happening.FOUND and (
        entry.facts.get("held") is True) else None


def _decided(life: Life, now: _Running | None, entry: Entry) -> _Running | None:
    """End when a person records, with reasons, that the child is safe."""
    if now is None or entry.facts.get("outcome") != SAFE or not str(entry.facts.get("reasons") or "").strip():
        return None
    return _ended(now, entry) if entry.facts.get("about") in (now.opened.id, now.ground.id) else None


STEPS: dict[str, Callable[[Life, _Running | None, Entry], _Running | None]] = {
    "missing.reported": _missing, "missing.absent": _missing, "missing.found": _found,
    "missing.return-interview": _interviewed, "police.stop": _stopped, "police.arrest": _arrested,
    "police.release": _released, "police.arrival": _arrived, "police.protection": _protected,
    "rail.contact": _on_the_railway, "care.placement": _accommodated, "care.looked-after": _accommodated,
    "decision.made": _decided,
}
"""What each kind of entry does to an event; the first sentence of each is printed."""


def _at_home(life: Life, entry: Entry) -> bool | None:
    """Tell whether an entry was in the council of the home or of the placement; None where that is not known."""
    there = _council(entry)
    areas = (_area(place, entry.on) for place in (life.home_of(entry), _placed(life, entry)))
    usual = [area.council for area in areas if area is not None]
    return there in usual if there is not None and usual else None


def _placed(life: Life, entry: Entry) -> Place | None:
    """Give where the child is placed at the moment of an entry."""
    care = life.looked_after(entry)
    if care is None:
        return None
    placements = [p for p in life.of("care.placement") if p.starts <= entry.starts and p.place is not None]
    return placements[-1].place if placements else None


def _answer(life: Life, one: _Running, sites: Sites) -> Answer:
    try:
        given = answer(_facts(life, one, sites))
        return replace(given, because=(*given.because, *_not_told_apart(life, one)))
    except NoPlace:
        kind = POLICE if is_police(one.ground.by) else COUNCIL
        return Answer(one.ground.by, kind, "duty contact", None, None, None, "R13", (), ("Our own rule",), False, (),
                      (NOBODY_TOLD_WHERE,))


def _facts(life: Life, one: _Running, sites: Sites) -> Facts:
    """Give the facts of the responsibility question at the moment of the ground."""
    ground, happening = one.ground, one.happening
    on = ground.on
    home, there = _area(life.home_of(ground), on), _area(ground.place, on)
    in_care = life.looked_after(ground) is not None
    caring = caring_council(life, ground) if in_care else None
    held = happening in (Happening.CUSTODY, Happening.RELEASED)
    suite = _suite(ground, sites) if held else None
    return Facts(
        found=None if held or happening is Happening.MISSING else there,
        home=home,
        looked_after_by=None if caring is None else _area(Place(council=caring), on),
        placed=_area(_placed(life, ground), on) if in_care else None,
        custody=suite or there if held else None,
        receiving=_accepted_by(ground) if happening is Happening.RELEASED else None,
        custody_force=_held_by(ground, suite) if held or happening is Happening.PROTECTION else None,
        missing_from_force=_searching(home, ground) if happening is Happening.MISSING else None,
        status=_status(ground, happening),
        concern=SIGNIFICANT_HARM,
        on_railway=happening is Happening.RAILWAY,
    )


STATUS = {
    Happening.CUSTODY: frozenset({Status.ARRESTED}), Happening.RELEASED: frozenset({Status.RELEASED}),
    Happening.PROTECTION: frozenset({Status.POLICE_PROTECTION}),
}


def _status(ground: Entry, happening: Happening) -> frozenset[Status]:
    received = happening is Happening.RELEASED and _accepted_by(ground) is not None
    return STATUS.get(happening, frozenset()) | (frozenset({Status.ACCEPTED}) if received else frozenset())


def _accepted_by(release: Entry) -> Area | None:
    """Give the council that has accepted to receive a child who was released; by R5 it owns from then on."""
    if release.facts.get("receiver_is") != "council":
        return None
    return _area(Place(council=str(release.facts.get("received_by") or "") or None), release.on)


def _suite(arrest: Entry, sites: Sites) -> Area | None:
    """Give where the suite is that an arrest names, as it was on that day; None where it names none that is kept."""
    named = arrest.facts.get("custody_suite")
    if not isinstance(named, str) or not named.strip():
        return None
    try:
        site = sites.at(SiteKind.SUITE, named, on=arrest.on, force=_force(arrest))
        return replace(country_on(arrest.on).area(site.where), force=site.force)
    except (UnknownSite, FactsRefused):
        return None


def _held_by(entry: Entry, suite: Area | None) -> str | None:
    """Give the force that holds the child: the one where it was or that told it, else the one that runs the suite.

    Transport police are nowhere the police of an area. Whom they take into protection they keep until another force or
    a council accepts (R21); whom they arrest they hold, unless the suite is another force's.
    """
    if entry.by == TRANSPORT_POLICE:
        return TRANSPORT_POLICE if suite is None or suite.force is None else suite.force
    return _force(entry) or (None if suite is None else suite.force)


def _force(entry: Entry) -> str | None:
    if entry.place is not None and entry.place.force:
        return entry.place.force
    return entry.by if is_police(entry.by) else None


def _searching(home: Area | None, entry: Entry) -> str | None:
    """Give the force that searches: the one that told it, else that of the home."""
    return entry.by if is_police(entry.by) else (_force(entry) or (None if home is None else home.force))


def _area(place: Place | None, on: date) -> Area | None:
    """Give the council of a place as of a day, with its force and nation; as told where the country knows it not."""
    return None if place is None or place.council is None else _known(place.council, place.force, on)[0]


@lru_cache(maxsize=8192)
def _known(council: str, force: str | None, on: date) -> tuple[Area, str]:
    """Give the council of the day; today's, with why, where several of then stand behind it and none is told."""
    try:
        return country_on(on).area(council), ""
    except FactsRefused as several:
        try:
            return COUNTRY.area(council), f"{several} Named is the council of today, which took their duties over."
        except FactsRefused:
            return Area(council, force), ""


def _not_told_apart(life: Life, one: _Running) -> tuple[str, ...]:
    """Say of which councils of then it could not be told which was meant."""
    places = (one.ground.place, life.home_of(one.ground), _placed(life, one.ground))
    words = (_known(place.council, place.force, one.ground.on)[1] for place in places if place and place.council)
    return tuple(dict.fromkeys(filter(None, words)))
