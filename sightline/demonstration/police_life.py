"""What happens between an invented child and the police: missing, arrests, stops, contacts on trains, risk at home."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from sightline.demonstration.care_life import PART_OF_YEAR, refer
from sightline.demonstration.chance import Weighted, day_between, later, moment, once, times
from sightline.demonstration.families import Child, age_on
from sightline.demonstration.happened import HISTORY_DAYS, Arrest, Life, Missing, PoliceEvent, Told
from sightline.demonstration.pathways import ASSUMED, ASSUMED_BY_PATHWAY, SHARES, Pathway, shared
from sightline.demonstration.places import (
    AREAS_OF_COUNCIL,
    FAR_TOWNS,
    STATIONS,
    Spot,
    custody_suite_of,
)
from sightline.demonstration.rates import rate, weighted

AGE_OF_RESPONSIBILITY = 10
FORCE_CODES = {"Merseyside": "E23000004", "Lancashire": "E23000003", "Cumbria": "E23000002"}
DRAWN_IN_OFFENCES = Weighted.of({
    "drugs-supply": 52, "weapon": 14, "drugs-possession": 12, "robbery": 8, "violence": 8, "theft": 6,
})
COMPANY_HOME = Weighted.of({"collected": 80, "escorted": 20})
RECEIVERS = Weighted.of({"parent": 80, "social worker": 12, "grandparent": 8})
RAIL_REASONS = Weighted.of({"fare": 60, "welfare": 25, "search": 15})
SUPPLY_SHARE_OF_DRUGS = 0.2
FOUND = {
    "drugs-supply": (("cash", "class-a", "phone"), ("class-a", "phone"), ("cash", "class-a", "class-b", "phone", "sim"),
                     ("class-b", "cash")),
    "drugs-possession": (("class-b",), ("class-b", "phone")), "weapon": (("weapon",), ("weapon", "phone")),
    "robbery": (("phone",), ()), "theft": ((), ("cash",)),
}
GRADES = Weighted.of({"standard": 55, "medium": 33, "high": 12})
HOURS_AWAY = (2.0, 1.1)
"""Length of a time away in hours: median of the logarithm and spread, assumed."""


def live_with_police(child: Child, life: Life, *, today: date, rng: Random) -> None:
    """Let a child live through what happens between it and the police within the history."""
    _missing_from_care(child, life, today, rng)
    _missing_from_home(child, life, today, rng)
    if age_on(child.born_on, today) >= AGE_OF_RESPONSIBILITY:
        _arrests(child, life, today, rng)
        _encounters(child, life, today, rng)
    _domestic_incidents(child, life, today, rng)


def _missing_from_care(child: Child, life: Life, today: date, rng: Random) -> None:
    if not life.placements or age_on(child.born_on, today) < AGE_OF_RESPONSIBILITY - 2:
        return
    code = child.family.home_on(today).council.code
    for kind, name in (("M", "missing"), ("A", "away")):
        share = rate(f"looked-after children {name}", code) / 100 * _lift()[child.pathway] * 18 / 10 / PART_OF_YEAR
        for years_ago in (2, 1):
            first = today - timedelta(days=365 * years_ago)
            if not once(share, rng):
                continue
            mean = ASSUMED_BY_PATHWAY["missing episodes of a child who goes missing"][child.pathway]
            for _ in range(1 + times(mean - 1, rng)):
                day = day_between(first, first + timedelta(days=362), rng)
                if life.looked_after_on(day):
                    life.missing.append(_away(child, day, kind=kind, looked_after=True, today=today, rng=rng))


@cache
def _lift() -> tuple[float, float, float]:
    """Give by pathway how much likelier a looked-after child goes missing than the average looked-after child."""
    one, two, three = (missing / looked_after for missing, looked_after
                       in zip(SHARES["missing"], SHARES["looked after"], strict=True))
    return one, two, three


def _missing_from_home(child: Child, life: Life, today: date, rng: Random) -> None:
    """Let a child go missing in the three months before an assessment that found it did."""
    for referral in life.referrals:
        if "10A" in referral.factors:
            for _ in range(1 + times(1.2 if child.pathway < Pathway.DRAWN_IN else 3.0, rng)):
                day = referral.on - timedelta(days=rng.randrange(1, 90))
                if day > today - timedelta(days=HISTORY_DAYS):
                    life.missing.append(_away(child, day, kind="M", looked_after=False, today=today, rng=rng))


def _away(child: Child, day: date, *, kind: str, looked_after: bool, today: date, rng: Random) -> Missing:
    since = moment(day, rng.uniform(15.5, 25.0))
    hours = min(rng.lognormvariate(*HOURS_AWAY), 240.0)
    until = min(later(since, max(hours, 0.7)), moment(today - timedelta(days=1), 23.5))
    until = max(until, later(since, 0.2))
    elsewhere = ASSUMED["share of times away of drawn-in children that end in another town"]
    far = child.pathway == Pathway.DRAWN_IN and rng.random() < elsewhere
    home = child.family.home_on(day)
    found_at = _town_away_from(home.council.force, rng).postcode if far else home.council.home(rng)
    interviewed = later(until, rng.uniform(6, 70 if rng.random() < 0.85 else 160))
    held = kind == "M" and rng.random() < ASSUMED["share of return interviews held"]
    past = interviewed < moment(today, 0)
    return Missing(since, until, kind, looked_after, found_at, interviewed if held and past else None)


def _town_away_from(force: str, rng: Random) -> Spot:
    return rng.choice([town for town in FAR_TOWNS if town.force != force])


def _arrests(child: Child, life: Life, today: date, rng: Random) -> None:
    code = child.family.home_on(today).council.code
    if code not in AREAS_OF_COUNCIL:
        return
    years = min(HISTORY_DAYS / 365, age_on(child.born_on, today) - AGE_OF_RESPONSIBILITY + 0.5)
    dealt_with = shared(rate("cautioned or sentenced", code) / 10_000, "offence")[child.pathway]
    ignored = ASSUMED["arrests without further action for each caution or sentence"]
    earliest = today - timedelta(days=int(365 * years))
    for outcomes, mean in ((("charged", "disposal"), dealt_with), (("no-further-action",), dealt_with * ignored)):
        for _ in range(times(mean * years, rng)):
            day = day_between(earliest, today - timedelta(days=2), rng)
            arrest = _arrest(child, day, rng.choice(outcomes), today, rng)
            life.arrests.append(arrest)
            if arrest.referred_at:
                life.referrals.append(refer(child, arrest.referred_at.date(), "6", today=today, rng=rng))
    life.referrals.sort(key=lambda one: one.on)


def _arrest(child: Child, day: date, outcome: str, today: date, rng: Random) -> Arrest:
    home = child.family.home_on(day).council
    elsewhere = ASSUMED["share of arrests of drawn-in children in another town"]
    far = child.pathway == Pathway.DRAWN_IN and rng.random() < elsewhere
    town = _town_away_from(home.force, rng)
    force, postcode = (town.force, town.postcode) if far else (home.force, home.home(rng))
    if force not in FORCE_CODES:
        force = "Merseyside"
    offence = _offence(child, force, rng)
    suite = custody_suite_of(force, rng)
    at = moment(day, rng.uniform(14, 25.5) if rng.random() < 0.7 else rng.uniform(6, 14))
    told = later(at, rng.uniform(0.7, 3))
    came = later(told, rng.uniform(1, 5))
    interviewed = later(came, rng.uniform(0.3, 3))
    decided = later(interviewed, rng.uniform(0.5, 4))
    released = later(decided, rng.uniform(0.2, 3))
    alone = rng.random() < (ASSUMED["share of children released far from home who travel alone"] if far else 0.02)
    mode = "public-transport-alone" if alone else COMPANY_HOME.draw(rng)
    told_council = rng.random() < ASSUMED["share of arrests of which the home council was told"]
    referred_at = later(at, rng.lognormvariate(1.0, 1.2))
    referred = rng.random() < ASSUMED["share of arrests that somebody referred to social care"]
    return Arrest(
        at=at, force=force, suite=suite.name, suite_postcode=suite.postcode, postcode=postcode, offence=offence,
        found=rng.choice(FOUND.get(offence, ((),))), adult_told_at=told, adult_came_at=came, interviewed_at=interviewed,
        outcome=outcome, outcome_at=decided, released_at=released, mode=mode,
        received_by=None if alone else RECEIVERS.draw(rng),
        council_told_at=later(at, rng.uniform(1, 12)) if told_council else None,
        referred_at=referred_at if referred and referred_at < moment(today, 0) else None,
    )


def _offence(child: Child, force: str, rng: Random) -> str:
    if child.pathway == Pathway.DRAWN_IN:
        return DRAWN_IN_OFFENCES.draw(rng)
    drawn = weighted("recorded crime: ", FORCE_CODES[force]).draw(rng)
    if drawn == "drugs":
        return "drugs-supply" if rng.random() < SUPPLY_SHARE_OF_DRUGS else "drugs-possession"
    return drawn


def _encounters(child: Child, life: Life, today: date, rng: Random) -> None:
    """Let a child be stopped, met on trains, named in intelligence, and referred as a victim of slavery."""
    years = HISTORY_DAYS / 365
    first, last = today - timedelta(days=HISTORY_DAYS), today - timedelta(days=2)
    home = child.family.home_on(today)
    for _ in range(times(ASSUMED_BY_PATHWAY["stops a year"][child.pathway] * years, rng)):
        at = moment(day_between(first, last, rng), rng.uniform(12, 25))
        offence = "drugs-possession" if rng.random() < 0.6 else "weapon"
        found = rng.choice(FOUND[offence]) if rng.random() < 0.25 else ()
        life.police.append(PoliceEvent("stop", at, home.council.force, home.council.home(rng), offence, found))
    for _ in range(times(ASSUMED_BY_PATHWAY["rail contacts a year"][child.pathway] * years, rng)):
        station = rng.choice(STATIONS)
        at = moment(day_between(first, last, rng), rng.uniform(7, 25))
        life.police.append(PoliceEvent(
            "rail-contact", at, "British Transport Police", station.postcode, station=station.name,
            reason=RAIL_REASONS.draw(rng)))
    for _ in range(times(ASSUMED_BY_PATHWAY["police intelligence reports a year"][child.pathway] * years, rng)):
        town = _town_away_from(home.council.force, rng)
        at = moment(day_between(first, last, rng), 11.0)
        life.police.append(PoliceEvent(
            "intelligence", at, town.force, town.postcode, "drugs-supply", grade=rng.choice(("B2C", "C3C", "E4D")),
            things=(("phone", f"07700 900{rng.randrange(1000):03}"),)))
    if once(_slavery(home.council.force)[child.pathway] * years, rng):
        day = day_between(first, last, rng)
        teller = home.council.force
        life.told.append(Told("slavery.referral", day, teller, (("source", "police"),)))
        decided = day + timedelta(days=rng.randrange(5, 60))
        if decided < today:
            life.told.append(Told("slavery.reasonable-grounds", decided, teller, (("decision", "positive"),)))


@cache
def _slavery(force: str) -> tuple[float, float, float]:
    """Give referrals to the National Referral Mechanism a year for a child of ten or more, by pathway."""
    code = FORCE_CODES.get(force)
    if code is None:
        return 0.0, 0.0, 0.0
    forces = {"Merseyside": ("E08000011", "E08000012", "E08000013", "E08000014", "E08000015"),
              "Lancashire": ("E10000017", "E06000008", "E06000009"), "Cumbria": ("E06000063", "E06000064")}[force]
    children = sum(rate("children 0 to 17", council) for council in forces) * 8 / 18
    return shared(rate("children referred as victims of slavery by police", code) / children, "slavery")


def _domestic_incidents(child: Child, life: Life, today: date, rng: Random) -> None:
    """Let police come to the home in the months before an assessment that found domestic abuse of a parent."""
    mean = ASSUMED["domestic abuse incidents for each assessment that found domestic abuse"]
    for referral in life.referrals:
        if "3B" in referral.factors:
            for _ in range(times(mean, rng)):
                day = referral.on - timedelta(days=int(rng.expovariate(1 / 60)))
                if max(today - timedelta(days=HISTORY_DAYS), child.born_on) < day < today - timedelta(days=1):
                    life.police.append(_incident(child, moment(day, rng.uniform(16, 28)), rng))


def _incident(child: Child, at: datetime, rng: Random) -> PoliceEvent:
    home = child.family.home_on(at.date())
    force = home.council.force if home.council.force in FORCE_CODES else "Merseyside"
    return PoliceEvent("domestic-incident", at, force, home.postcode, "violence", grade=GRADES.draw(rng),
                       child_seen=rng.random() < 0.6)
