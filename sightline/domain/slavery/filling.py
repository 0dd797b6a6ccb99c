"""Fill a referral from what is known of the child: each answer with the entries and words that it rests on.

What no record tells is left to a person. A draft in words is marked as one: a person must read it before it is sent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sightline.domain.duties.claims.acts import outcome
from sightline.domain.duties.claims.slavery import FACTORS, POSSIBLE_VICTIM, SCREEN
from sightline.domain.duties.life import ADULT_AGE, birthday
from sightline.domain.slavery.form import COUNCIL, TICKED
from sightline.domain.slavery.known import Known, SaidOf
from sightline.domain.slavery.naming import without_names
from sightline.domain.slavery.wording import HAPPENED, day, lines
from sightline.domain.vocabulary.entry import Entry
from sightline.reference.geography.authorities import UnknownAuthority, authority

MOST_LINES = 30
"""So many entries, the newest, are drafted into words: more nobody reads at the other end."""
CITIES = 10
CRIMES = frozenset({"drugs-supply", "drugs-possession", "weapon", "theft", "robbery"})
LEARNED = ("school.exclusion", "school.joined", "school.left", "school.provision")
WITHOUT_NAMES = frozenset({
    "what-happened", "education", "how-they-were-treated", "what-were-they-required-to-do", "who-exploited-pv",
    "why-are-you-making-the-referral", "were-they-taken-somewhere-by-their-exploiter-journey-details",
    "future-exploitation-reasons", "other-potential-victims-yes-details"})
"""Answers in words: whatever entries say, the child is not named in them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold an answer that records give: which entries it rests on, who told it and when, and whether it is a draft."""

    name: str
    value: str
    because: tuple[str, ...] = ()
    told: str = ""
    draft: bool = False


def filled(known: Known) -> dict[str, Filled]:
    """Give the answers that what is known gives, by the name of the field; what is absent only a person can answer."""
    found = (one for fill in FILLINGS for one in fill(known))
    return {one.name: replace(one, value=without_names(one.value, known.names)) if one.name in WITHOUT_NAMES else one
            for one in found if one.value.strip()}


def _report(known: Known) -> Iterator[Filled]:
    me = known.referrer
    ours = "what is kept here of you and your agency"
    first, _, last = me.name.rpartition(" ")
    yield Filled("reference", known.reference, told="made here for this referral")
    yield Filled("user-organisation", me.organisation, told=ours)
    yield Filled("fr-location", me.nation, told=ours)
    for name, value in (("first-name", first or last), ("last-name", last if first else ""), ("role", me.role),
                        ("phone", me.phone)):
        yield Filled(f"fr-details-{name}", value, told=ours)
    yield Filled("fr-alternative-contact", me.email, told=ours)


def _age(known: Known) -> Iterator[Filled]:
    births = {one.born_on: one for one in reversed(known.said) if one.born_on}
    if not births:
        yield Filled("pv-under-age", "not-sure", told="nobody has told a date of birth: who may be under 18 is a child")
        return
    ages = {birthday(on, ADULT_AGE) <= known.on for on in births}
    value = "not-sure" if len(ages) > 1 else "no" if ages == {True} else "yes"
    newest = next(one for one in known.said if one.born_on)
    yield Filled("pv-under-age", value, told=" and ".join(f"born {day(on)}: {_from(one)}"
                                                            for on, one in sorted(births.items(), key=_by_day)))
    assert newest.born_on is not None
    yield Filled("pv-dob", f"{newest.born_on:%d/%m/%Y}", told=_from(newest))


def _by_day(pair: tuple[date, SaidOf]) -> date:
    return pair[0]


def _council(known: Known) -> Iterator[Filled]:
    if known.council is None:
        return
    for name, value in (("name", known.council.name), ("phone", known.council.phone), ("email", known.council.email)):
        yield Filled(f"{COUNCIL}{name}", value, told=known.council.because)


def _child(known: Known) -> Iterator[Filled]:
    named = min((one for one in known.said if one.given or one.family),
                key=lambda one: (not (one.given and one.family), _shouted(one)), default=None)
    if named is not None:
        yield Filled("pv-name-first-name", _as_names_are(named.given or ""), told=_from(named))
        yield Filled("pv-name-last-name", _as_names_are(named.family or ""), told=_from(named))
        first = {_whole(named).casefold()}
        others = {_whole(one): one for one in reversed(known.said) if _whole(one).casefold() not in first | {""}}
        yield Filled("pv-name-nickname", ", ".join(sorted(others)), told=", ".join(map(_from, others.values())))
    sexed = next((one for one in known.said if one.sex in ("M", "F")), None)
    if sexed is not None:
        yield Filled("pv-gender", {"M": "male", "F": "female"}[sexed.sex or ""], told=_from(sexed))
    before = [entry for entry in known.timeline.kinds("slavery.referral") if entry.facts.get("reference")]
    if before:
        yield Filled("pv-ho-reference", "yes", _ids(before[-1:]), _told(before[-1:]))
        yield Filled("pv-ho-reference-type", f"National Referral Mechanism: {before[-1].facts['reference']}",
                     _ids(before[-1:]), _told(before[-1:]))


def _happened(known: Known) -> Iterator[Filled]:
    every = list(known.timeline.kinds(*HAPPENED))
    found = every[-MOST_LINES:]
    if found:
        words = lines(found)
        if len(every) > len(found):
            words = f"{len(every) - len(found)} earlier entries are left out here.\n{words}"
        yield Filled("what-happened", words, _ids(found), _told(found), draft=True)
        dates = f"Records that may show it: first {day(found[0].on)}, last {day(found[-1].on)}."
        for name in ("when-did-the-exploitation-take-place", "when-did-the-exploitation-take-place-multiple"):
            yield Filled(name, dates, _ids((found[0], found[-1])), _told((found[0], found[-1])), draft=True)
    learned = known.timeline.kinds(*LEARNED)[-MOST_LINES:]
    if learned:
        yield Filled("education", lines(learned), _ids(learned), _told(learned), draft=True)
    treated = [e for e in found if e.kind in ("health.attendance", "charity.contact", "police.victim")]
    if treated:
        yield Filled("how-they-were-treated", lines(treated), _ids(treated), _told(treated), draft=True)


def _made_to_do(known: Known) -> Iterator[Filled]:
    crimes = [e for e in known.timeline.kinds("police.arrest") if e.facts.get("offence") in CRIMES]
    if crimes:
        yield Filled("what-were-they-required-to-do", lines(crimes[-MOST_LINES:]), _ids(crimes), _told(crimes), True)
    away = [e for e in known.timeline.kinds("rail.contact", "police.arrest", "missing.found") if _away(known, e)]
    if away:
        yield Filled("were-they-taken-somewhere-by-their-exploiter-journey-details",
                     f"Met away from home:\n{lines(away[-MOST_LINES:])}", _ids(away), _told(away), True)
    gone = known.timeline.kinds("missing.reported")
    if gone:
        yield Filled("future-exploitation-reasons", f"Reported missing {len(gone)} times, last on {day(gone[-1].on)}."
                     if len(gone) > 1 else f"Reported missing on {day(gone[-1].on)}.", _ids(gone), _told(gone), True)


def _suspected(known: Known) -> Iterator[Filled]:
    found = suspicions(known)
    if not found:
        return
    yield Filled("modern-slavery-indicators", "yes", _ids(found), _told(found))
    yield Filled("why-are-you-making-the-referral", lines(found), _ids(found), _told(found), draft=True)
    crimes = [e for e in known.timeline.kinds("police.arrest") if e.facts.get("offence") in CRIMES]
    criminal = [e for e in found if e.kind == "decision.made" or "24A" in (e.facts.get("factors") or ())]
    if crimes and criminal:
        yield Filled("types-of-exploitation-forced-to-commit-crime", TICKED, _ids((*criminal, *crimes)),
                     _told((*criminal, *crimes)), draft=True)
    sexual = [e for e in known.timeline.kinds("care.assessment") if "11A" in (e.facts.get("factors") or ())]
    if sexual:
        yield Filled("types-of-exploitation-child-exploitation", TICKED, _ids(sexual), _told(sexual), draft=True)


def suspicions(known: Known) -> list[Entry]:
    """Give the entries by which somebody suspects: a screen that says so, an assessment with the factor 12A or 24A."""
    arrests = {entry.id for entry in known.timeline.kinds("police.arrest", "police.interview")}
    found = []
    for entry in known.timeline.kinds("decision.made", "care.assessment"):
        about = str(entry.facts.get("about") or "").partition(":")[0]
        screened = (about == SCREEN or about in arrests) and outcome(entry).startswith(POSSIBLE_VICTIM)
        if screened or not FACTORS.isdisjoint(entry.facts.get("factors") or ()):
            found.append(entry)
    return found


def _places(known: Known) -> Iterator[Filled]:
    there = [e for e in known.timeline.kinds("police.arrest", "police.stop", "rail.contact")
             if e.place and e.place.council]
    by_city: dict[str, list[Entry]] = {}
    for entry in there:
        assert entry.place is not None
        assert entry.place.council is not None
        by_city.setdefault(entry.place.council, []).append(entry)
    if by_city:
        yield Filled("where-exploitation-happened", "uk", _ids(there), _told(there), draft=True)
    for number, (city, entries) in enumerate(list(by_city.items())[:CITIES], 1):
        yield Filled(f"where-exploitation-happened-uk-city-{number}", city, _ids(entries), _told(entries), draft=True)
    placed = [e for e in known.timeline if e.place and e.place.council]
    if placed:
        last = placed[-1]
        city = (last.place and last.place.council) or ""
        yield Filled("current-pv-location-uk-city", city, _ids([last]), _told([last]), draft=True)
        yield Filled("current-pv-location-uk-region", _region(city), _ids([last]), _told([last]), draft=True)


def _people(known: Known) -> Iterator[Filled]:
    adults = [e for e in known.timeline if any(one.age is not None and one.age >= ADULT_AGE for one in e.people)]
    if adults:
        yield Filled("who-exploited-pv", f"Not known. Adults who were there:\n{lines(adults)}", _ids(adults),
                     _told(adults), draft=True)
    children = [e for e in known.timeline if any(one.age is not None and one.age < ADULT_AGE for one in e.people)]
    if children:
        yield Filled("any-other-pvs", "not-sure", _ids(children), _told(children), draft=True)
        yield Filled("other-potential-victims-not-sure-details", f"Other children were there:\n{lines(children)}",
                     _ids(children), _told(children), draft=True)


FILLINGS: tuple[Callable[[Known], Iterator[Filled]], ...] = (
    _report, _age, _council, _child, _happened, _made_to_do, _suspected, _places, _people)


def _away(known: Known, entry: Entry) -> bool:
    home = known.timeline.home_at(entry.at)
    there, usual = entry.place and entry.place.council, home and home.council
    return bool(there and usual and there != usual)


def _region(city: str) -> str:
    try:
        found = authority(city)
    except UnknownAuthority:
        return ""
    return found.region or found.nation


def _ids(entries: "list[Entry] | tuple[Entry, ...]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.id for entry in entries))


def _told(entries: "list[Entry] | tuple[Entry, ...]") -> str:
    """Say who told it and when: each agency with its last day."""
    last = {entry.by: entry.on for entry in entries}
    return "; ".join(f"{agency}, {day(on)}" for agency, on in last.items())


def _from(said: SaidOf) -> str:
    return f"{said.agency}, {day(said.on)}"


def _whole(said: SaidOf) -> str:
    return _as_names_are(" ".join(part for part in (said.given, said.family) if part))


def _as_names_are(name: str) -> str:
    return "-".join(part.title() for part in name.split("-")) if name.isupper() else name


def _shouted(said: SaidOf) -> bool:
    return f"{said.given or ''}{said.family or ''}".isupper()
