"""Signs of movement in where a child is met: in another area while missing, in many areas, on trains, in vehicles.

What is away from home is a definition that signs share, a critical one (C01) among them: no number of an area's. Of
C02 an area may set how long after the return it looks; its own reading is never critical, and the national one stays.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from sightline.domain.signs.areas import FAR_FROM_HOME_KM, away_from_home, council_of, force_area, km_from_home
from sightline.domain.signs.counting import in_order, once_told, repeated, windows
from sightline.domain.signs.facts import word, words
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earlier_by, earliest, later_by, latest
from sightline.domain.signs.known import Known
from sightline.domain.signs.missing import REPORTED
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family

AFTER_RETURN_HOURS = 24
LONGEST_DAY = timedelta(hours=25)
"""What is told of a day can have been so much later than the day began."""
AREAS, AREAS_DAYS = 3, 90
RAIL_CONTACTS, RAIL_DAYS = 2, 60
FARE_KM = 50
VEHICLE_CONTACTS, VEHICLE_DAYS = 2, 60
ON_PAPER = frozenset({
    "police.high-risk-case", "police.crime-outcome", "police.abduction-warning", "police.online-package",
})
"""What police write of a child whom nobody met: its place is where it was written."""

# Where a child was met by somebody. Homes, schools and placements are left out: a family near a border lives in one
# council, learns in a second and sees a doctor in a third, and nothing is wrong.
MET = ("police.", "rail.", "missing.reported", "missing.found", "health.attendance", "charity.contact")


@dataclass(frozen=True, slots=True)
class AfterReturn:
    """Hold for how long after the return a contact still counts."""

    hours: int = number(AFTER_RETURN_HOURS, least=1, most=72, means="hours after the return",
                        why="within the hour it is the return itself, and after three days it is another journey")


@dataclass(frozen=True, slots=True)
class ManyAreas:
    """Hold how many areas within how many days make the sign."""

    areas: int = number(AREAS, least=2, most=6, means="police force areas, or councils",
                        why="one area is where anybody is met, and hardly any child is met in more than six")
    days: int = number(AREAS_DAYS, least=14, most=180, means="days within which the child was met there", why=APART)


@dataclass(frozen=True, slots=True)
class Journeys:
    """Hold how many contacts within how many days, or how far away one about a fare, make the sign."""

    contacts: int = number(RAIL_CONTACTS, least=2, most=6, means="contacts or tickets", why=AGAIN)
    days: int = number(RAIL_DAYS, least=14, most=180, means="days within which they lie", why=APART)
    fare_km: int = number(FARE_KM, least=30, most=150, means="kilometres from home that one about a fare must exceed",
                          why="nearer is not away from home, and a fare from further off tells no more")


@dataclass(frozen=True, slots=True)
class Vehicles:
    """Hold how many contacts within how many days make the sign."""

    contacts: int = number(VEHICLE_CONTACTS, least=2, most=6, means="contacts with a vehicle", why=AGAIN)
    days: int = number(VEHICLE_DAYS, least=14, most=180, means="days within which they lie", why=APART)


AFTER_RETURN, MANY_AREAS, JOURNEYS, VEHICLES = AfterReturn(), ManyAreas(), Journeys(), Vehicles()


def missing_then_met_in_another_force(known: Known, numbers: AfterReturn = AFTER_RETURN) -> Iterator[Finding]:
    """Find a contact in another force area while missing, or within 24 hours of the return."""
    if not known.told_episodes:
        return
    contacts = known.kinds("police.", "rail.contact", "health.attendance", "missing.found")
    placed = [(earliest(contact.at), latest(contact.at), force, contact)
              for contact in contacts if contact.kind not in ON_PAPER and (force := force_area(contact.place))]
    for episode in known.told_episodes:
        report = episode.report
        from_force = force_area(report.place) or force_area(known.home_at(report.at))
        over_at = later_by(episode.ends, timedelta(hours=numbers.hours))
        first = bisect_left(placed, earlier_by(episode.begins, LONGEST_DAY), key=itemgetter(0))
        for at_earliest, at_latest, force, contact in placed[first:] if from_force else ():
            if at_earliest > over_at:
                break
            if force != from_force and episode.begins <= at_latest:
                yield Finding(contact.at, (Evidence(report, REPORTED), Evidence(contact, _met)))


def met_in_many_areas(known: Known, numbers: ManyAreas = MANY_AREAS) -> Iterator[Finding]:
    """Find three police force areas, or three councils, in which the child was met within 90 days."""
    met = [Evidence(entry, _where) for entry in known.kinds(*MET) if entry.place and entry.kind not in ON_PAPER]
    for what, area_of in (("police force areas", force_area), ("councils", council_of)):
        areas = {e.entry.id: area for e in met if (area := area_of(e.entry.place))}
        if len(set(areas.values())) < numbers.areas:
            continue
        for window in windows([e for e in met if e.entry.id in areas], days=numbers.days, since=known.since):
            newest = {areas[e.entry.id]: e.entry.id for e in window} if len(window) >= numbers.areas else {}
            if len(newest) >= numbers.areas:
                chain = [e for e in window if newest[areas[e.entry.id]] == e.entry.id]
                yield Finding(window[-1].moment, chain, f"{len(newest)} {what} in {numbers.days} days")


def on_trains_away_from_home(known: Known, numbers: Journeys = JOURNEYS) -> Iterator[Finding]:
    """Find two contacts on the railway, or tickets found, away from home in 60 days, or one about a fare far away."""
    contacts = known.kind("rail.contact")
    tickets = [e for e in known.kinds("police.arrest", "police.stop") if "ticket" in words(e, "property")]
    away = [Evidence(e, f"{said} {{when}}, {where}")
            for said, told in (("Met on the railway", contacts), ("A ticket was found", tickets))
            for e in told if (where := away_from_home(known, e))]
    away.sort(key=in_order)
    yield from repeated(away, "sign of a journey", times=numbers.contacts, days=numbers.days, since=known.since)
    for contact in contacts:
        distance = km_from_home(known, contact) if word(contact, "reason") == "fare" else None
        if distance is not None and distance > numbers.fare_km:
            yield Finding(contact.at, [Evidence(contact, f"Met about a fare {{when}}, {distance:.0f} km from home")])


def met_in_vehicles(known: Known, numbers: Vehicles = VEHICLES) -> Iterator[Finding]:
    """Find two contacts within 60 days in which a vehicle was told."""
    contacts = known.kinds("police.arrest", "police.stop", "police.intelligence", "missing.found", "rail.contact")
    met = once_told([e for e in contacts if any(thing.kind == "vehicle" for thing in e.things)])
    told = [Evidence(e, f"{KINDS[e.kind].title} {{when}}, with a vehicle") for e in met]
    return repeated(told, "contact with a vehicle", times=numbers.contacts, days=numbers.days, since=known.since)


def _met(contact: Entry) -> str:
    force = contact.place.force if contact.place else None
    return f"{KINDS[contact.kind].title} in another police force area, {force}, {{when}}"


def _where(entry: Entry) -> str:
    place = entry.place
    names = [name for name in (place.council, place.force) if name] if place else []
    return f"{KINDS[entry.kind].title} in {', '.join(names)}, {{when}}"


C02 = Rule(
    code="C02",
    family=Family.MOVEMENT,
    critical=True,
    title="Reported missing, then met in another police force area",
    explanation=(
        "The child was reported missing and, while missing or within "
        f"{AFTER_RETURN_HOURS} hours of the return, was met by police, railway police or a hospital, or was found, in "
        "a police force area other than the one he or she went missing from (the home's area where the report names no "
        "place). An episode without a told return counts as open. A place that is not known makes no sign."),
    source="Tees children exploitation tool; Both sides of the coin, HMICFRS 2020",
    source_key="TSAB, HM2",
    needs=("missing.reported", "missing.found", "police.", "rail.contact", "health.attendance", "child.home"),
    cancelled_by="The place or the time was told wrongly, or the child was with family or carers who are known there.",
    not_evidence_of="offending by the child",
    find=missing_then_met_in_another_force,
    numbers=AFTER_RETURN,
)

C27 = Rule(
    code="C27",
    family=Family.MOVEMENT,
    title="Met in three or more areas within 90 days",
    explanation=(
        f"Within {AREAS_DAYS} days the child was met (by police, railway police, a hospital or a charity, or when "
        f"reported missing or found) in {AREAS} or more different councils, or in {AREAS} or more different police "
        "force areas. Where the child lives, learns or is placed does not count, nor does a contact without a place."),
    source="Sightline's own choice, after Both sides of the coin, HMICFRS 2020",
    source_key="D",
    needs=MET,
    cancelled_by="A place was told wrongly, or there is a plain reason to be there, such as family or a hospital.",
    not_evidence_of="travelling for a crime",
    find=met_in_many_areas,
    numbers=MANY_AREAS,
)

C09 = Rule(
    code="C09",
    family=Family.MOVEMENT,
    title="On trains away from home, unexplained",
    explanation=(
        f"{RAIL_CONTACTS} or more contacts on the railway within {RAIL_DAYS} days, away from home (in another police "
        f"force area, or more than {FAR_FROM_HOME_KM} km from the home of that moment); a ticket that police found "
        f"away from home counts as one. Or one contact about a fare more than {FARE_KM} km from home. Which lines pass "
        "near the home is not known here. A place that is not known makes no sign."),
    source="Home Office county lines guidance 2023, by a summary (unusual train tickets)",
    source_key="G3",
    needs=("rail.contact", "police.arrest", "police.stop", "child.home"),
    cancelled_by="There is a plain reason to travel, such as family, school or a club.",
    not_evidence_of="carrying drugs",
    find=on_trains_away_from_home,
    numbers=JOURNEYS,
)

X04 = Rule(
    code="X04",
    family=Family.MOVEMENT,
    title="Met in or with vehicles, more than once",
    explanation=(
        f"{VEHICLE_CONTACTS} or more contacts (arrest, stop, intelligence, railway, found after missing) within "
        f"{VEHICLE_DAYS} days in which a vehicle was told. Whose vehicle it was is not known here: a person must look. "
        "What two agencies tell of one day is one contact."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("police.arrest", "police.stop", "police.intelligence", "missing.found", "rail.contact"),
    cancelled_by="The vehicles belong to family or carers.",
    not_evidence_of="anything that the child chose",
    find=met_in_vehicles,
    numbers=VEHICLES,
)

RULES = (C02, C09, C27, X04)
