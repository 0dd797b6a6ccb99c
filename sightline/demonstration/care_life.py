"""What happens to an invented child with a council's social care: referrals, assessments, plans, placements."""

from datetime import date, timedelta
from functools import cache
from math import exp
from random import Random

from sightline.demonstration.chance import Weighted, day_between, once, times
from sightline.demonstration.families import Child, age_on
from sightline.demonstration.happened import HISTORY_DAYS, Life, Placement, Referral
from sightline.demonstration.pathways import ASSUMED, SHARES, shared
from sightline.demonstration.places import AREAS_OF_COUNCIL, Council, councils
from sightline.demonstration.rates import breakdown, rate, weighted
from sightline.reference.geography import at_a_distance, neighbours

YEARS = HISTORY_DAYS / 365
DAYS_TO_ASSESS = (10, 63)
DAYS_TO_CONFERENCE = (10, 21)
PLAN_YEARS = 1.0
"""Average length of a child protection plan: assumed; with it plans begun a year equal plans on a day."""
IN_NEED_PLAN_SHARE = 0.35
OTHER_SOURCES = ("1A", "1B", "1C", "1D", "2B", "4", "5A", "5B", "5C", "7", "8", "9", "10")
HEALTH_SOURCES = ("3A", "3B", "3C", "3D", "3E", "3F")
EXPLOITATION_FACTORS = {
    "24A": ("factor 24A child criminal exploitation", "exploitation factor"),
    "13A": ("factor 13A gangs", "exploitation factor"),
    "11A": ("factor 11A child sexual exploitation", "exploitation factor"),
    "12A": ("factor 12A trafficking", "exploitation factor"),
    "10A": ("factor 10A going missing", "missing"),
}
YOUNGEST_EXPLOITED = 10
PLACEMENT_KINDS = Weighted.of({"U6": 42, "U4": 12, "U1": 14, "K2": 16, "P1": 8, "K3": 6, "S1": 2})
PROVIDERS = {"U6": "PR4", "U4": "PR1", "U1": "PR1", "K2": "PR4", "P1": "PR0", "K3": "PR4", "S1": "PR4"}
PART_OF_YEAR = 0.87
"""Part of the last year for which the average child looked after today has been so (with 3.3 years on average)."""
MOVES_OF_PATHWAY = (1.0, 1.0, 2.0)
LEGAL_STATUSES = Weighted.of({"C2": 60, "C1": 18, "V2": 18, "E1": 4})
NEEDS_PLACED = Weighted.of({"N1": 64, "N5": 14, "N4": 8, "N3": 4, "N8": 5, "N6": 5})
NEEDS_REFERRED = Weighted.of({"N1": 58, "N5": 15, "N4": 10, "N2": 7, "N3": 6, "N6": 4})
CLOSURES = Weighted.of({"RC8": 50, "RC7": 30, "RC9": 20})
"""Kinds of placement, legal statuses, needs and closures with weights: assumed."""


def live_care(child: Child, life: Life, *, today: date, rng: Random) -> None:
    """Let a child live through what social care does for it within the history."""
    _placements(child, life, today, rng)
    home = child.family.home_on(today)
    if home.council.code not in AREAS_OF_COUNCIL:
        return
    first = max(today - timedelta(days=HISTORY_DAYS), child.born_on)
    years = (today - first).days / 365
    for _ in range(times(years * _referrals_a_year(home.council.code)[child.pathway], rng)):
        on = day_between(first, today - timedelta(days=1), rng)
        life.referrals.append(refer(child, on, _source(home.council.code, rng), today=today, rng=rng))
    if life.placements and life.placements[0].since > today - timedelta(days=HISTORY_DAYS):
        on = life.placements[0].since - timedelta(days=rng.randrange(1, 60))
        if on > child.born_on:
            life.referrals.append(refer(child, on, "6", today=today, rng=rng, grave=True))
    life.referrals.sort(key=lambda one: one.on)


@cache
def _referrals_a_year(council_code: str) -> tuple[float, float, float]:
    """Give referrals a child a year by pathway, without those that come with a first placement or an arrest."""
    arrested = (rate("cautioned or sentenced", council_code) * (18 - YOUNGEST_EXPLOITED) / 18
                * (1 + ASSUMED["arrests without further action for each caution or sentence"])
                * ASSUMED["share of arrests that somebody referred to social care"])
    others = rate("referrals to social care", council_code) - _placed_a_year(council_code) - arrested
    return shared(others / 10_000, "referral")


@cache
def _placed_a_year(council_code: str) -> float:
    """Give children a year, of 10,000, who come to be looked after: each comes with a referral and an enquiry."""
    return rate("looked after", council_code) / rate("years looked after", council_code)


@cache
def _enquired(council_code: str) -> float:
    """Give the share of other referrals, with further action, that lead to an enquiry."""
    acted_on = 1 - rate("referrals without further action", council_code) / 100
    enquiries = rate("section 47 enquiries", council_code) - _placed_a_year(council_code)
    return enquiries / (rate("referrals to social care", council_code) - _placed_a_year(council_code)) / acted_on


@cache
def _planned(council_code: str) -> float:
    """Give the share of those enquiries that lead to a child protection plan."""
    enquiries = rate("section 47 enquiries", council_code) - _placed_a_year(council_code)
    begun_within_history = 1 - exp(-YEARS / PLAN_YEARS)
    return rate("child protection plans", council_code) / PLAN_YEARS / begun_within_history / enquiries


def _source(council_code: str, rng: Random) -> str:
    luck = 100 * rng.random()
    for kind, sources in (("police", ("6",)), ("schools", ("2A",)), ("health", HEALTH_SOURCES)):
        luck -= rate(f"referrals from {kind}", council_code)
        if luck < 0:
            return rng.choice(sources)
    return rng.choice(OTHER_SOURCES)


def refer(child: Child, on: date, source: str, *, today: date, rng: Random, grave: bool = False) -> Referral:
    """Let a referral take its course up to today; a grave one leads to an enquiry, and to care instead of a plan."""
    council = child.family.home_on(on).council
    code = council.code if council.code in AREAS_OF_COUNCIL else "E08000012"
    found = Referral(on, source, code, need=NEEDS_REFERRED.draw(rng))
    if not grave and once(rate("referrals without further action", code) / 100, rng):
        found.no_further_action, found.closed_on, found.closure = True, on, "RC8"
        return found
    found.worker_id = f"SW{rng.randrange(100, 999)}"
    found.assessed_from = _unless_future(on + timedelta(days=rng.randrange(0, 4)), today)
    found.assessed_to = _unless_future(on + timedelta(days=rng.randrange(*DAYS_TO_ASSESS)), today)
    if found.assessed_to:
        found.factors = _factors(child, code, on, rng)
    if grave or once(_enquired(code), rng):
        found.enquiry_on = _unless_future(on + timedelta(days=rng.randrange(0, 6)), today)
        if found.enquiry_on and not grave and once(_planned(code), rng):
            _plan(found, today, rng)
    elif found.assessed_to and once(IN_NEED_PLAN_SHARE, rng):
        found.in_need_plan_on = found.assessed_to
    _close(found, today, rng)
    return found


def _plan(found: Referral, today: date, rng: Random) -> None:
    assert found.enquiry_on is not None
    found.conference_on = _unless_future(found.enquiry_on + timedelta(days=rng.randrange(*DAYS_TO_CONFERENCE)), today)
    found.plan_on = found.conference_on
    if found.plan_on:
        found.plan_ended_on = _unless_future(
            found.plan_on + timedelta(days=30 + int(rng.expovariate(1 / (365 * PLAN_YEARS - 30)))), today)
        found.reviewed_on = _reviews(found.plan_on, found.plan_ended_on or today, rng)


def _reviews(planned_on: date, until: date, rng: Random) -> tuple[date, ...]:
    """Give the review conferences of a plan: the first after about three months, then about every six."""
    reviews, day = [], planned_on + timedelta(days=rng.randrange(70, 95))
    while day < until:
        reviews.append(day)
        day += timedelta(days=rng.randrange(150, 190))
    return tuple(reviews)


def _close(found: Referral, today: date, rng: Random) -> None:
    if found.plan_on:
        ended = found.plan_ended_on
    elif found.in_need_plan_on:
        ended = _unless_future(found.in_need_plan_on + timedelta(days=rng.randrange(60, 300)), today)
    else:
        ended = found.assessed_to
    if ended:
        found.closed_on = _unless_future(ended + timedelta(days=rng.randrange(0, 10)), today)
        found.closure = CLOSURES.draw(rng) if found.closed_on else None


def _unless_future(day: date, today: date) -> date | None:
    return day if day < today else None


def _factors(child: Child, council_code: str, on: date, rng: Random) -> tuple[str, ...]:
    found = []
    for code, (name, kind) in EXPLOITATION_FACTORS.items():
        if age_on(child.born_on, on) >= YOUNGEST_EXPLOITED:
            share = rate(name, council_code) / 100 * _lift(kind)[child.pathway] * _of_age_share()
            if once(share, rng):
                found.append(code)
    found += [code for code, share in breakdown("factor ").items() if rng.random() * 100 < share]
    return tuple(found) or ("20",)


@cache
def _lift(kind: str) -> tuple[float, float, float]:
    """Give by pathway how much likelier a factor is than among all assessed children: its average over them stays 1."""
    one, two, three = (share / assessed for share, assessed in zip(SHARES[kind], SHARES["referral"], strict=True))
    return one, two, three


def _of_age_share() -> float:
    """Give how much likelier a factor must be from ten years on, so that the average over all children holds.

    A tenth less than by age alone: arrests and first placements add referrals of older and drawn-in children.
    """
    return 0.9 * 18 / (18 - YOUNGEST_EXPLOITED)


def _placements(child: Child, life: Life, today: date, rng: Random) -> None:
    """Let a child be looked after: now with the chance of the stock, or until some day of the history by the flow."""
    home = child.family.home_on(today)
    code = home.council.code
    if code not in AREAS_OF_COUNCIL:
        return
    years = rate("years looked after", code)
    stock = shared(rate("looked after", code) / 10_000, "looked after")[child.pathway]
    luck = rng.random()
    if luck < stock:
        since, until = today - timedelta(days=2 + int(rng.expovariate(1 / (365 * years)))), None
    elif luck < stock + YEARS * stock / years:
        until = day_between(today - timedelta(days=HISTORY_DAYS), today - timedelta(days=1), rng)
        since = until - timedelta(days=2 + int(rng.expovariate(1 / (365 * years))))
    else:
        return
    since = max(since, child.born_on + timedelta(days=1))
    if until is not None and since >= until:
        return
    _place(child, life, since=since, until=until, today=today, rng=rng)


def _place(child: Child, life: Life, *, since: date, until: date | None, today: date, rng: Random) -> None:
    """Give the child its placements, one after the other; those that ended before the history are left out."""
    home = child.family.home_on(since)
    code = home.council.code if home.council.code in AREAS_OF_COUNCIL else child.family.council.code
    status = LEGAL_STATUSES.draw(rng)
    need = NEEDS_PLACED.draw(rng)
    first_day = max(since, today - timedelta(days=HISTORY_DAYS))
    last_day = until or today
    count = times(moves(code) * MOVES_OF_PATHWAY[child.pathway] * (last_day - first_day).days / 365, rng)
    changes = sorted({day_between(first_day, last_day, rng) for _ in range(count)} - {first_day, since, last_day})
    starts = [since, *changes]
    for i, (start, end) in enumerate(zip(starts, [*changes, until], strict=True)):
        kind = PLACEMENT_KINDS.draw(rng)
        council, postcode = _where(child, home.council, kind, rng)
        last = i + 1 == len(starts)
        ended_because = None if end is None else rng.choice(("E4A", "E8", "E13", "E45")) if last else "X1"
        life.placements.append(Placement(
            since=start, started_because="S" if i == 0 else "P", legal_status=status, need=need, kind=kind,
            provider=PROVIDERS[kind], postcode=postcode, home_postcode=home.postcode, council_code=council.code,
            until=end, ended_because=ended_because,
            moved_because=None if last else weighted("placement change ").draw(rng),
        ))


@cache
def moves(council_code: str) -> float:
    """Give moves a year such that the published share of children has three or more placements (Poisson, two moves).

    The mean is found by halving between 0 and 3.
    """
    wanted = rate("three or more placements", council_code) / 100
    low, high = 0.0, 3.0
    for _ in range(40):
        middle = (low + high) / 2
        more = 1 - exp(-middle) * (1 + middle)
        low, high = (middle, high) if more < wanted else (low, middle)
    average = sum(share * factor for share, factor in zip(SHARES["looked after"], MOVES_OF_PATHWAY, strict=True))
    return (low + high) / 2 / average / PART_OF_YEAR


def _where(child: Child, home: Council, kind: str, rng: Random) -> tuple[Council, str]:
    """Draw where a placement is, by the published shares of new placements in and outside the council."""
    if kind == "P1" or home.code not in AREAS_OF_COUNCIL:
        return home, child.family.home_on(date.max).postcode
    chosen = weighted("new placement ", home.code).draw(rng)
    if chosen.startswith("inside"):
        council = home
    else:
        near, far = _outside(home.code)
        council = councils()[rng.choice(far if chosen.endswith("over 20 miles") else near or far)]
    return council, council.childrens_home(rng) if kind == "K2" else council.home(rng)


@cache
def _outside(home_code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the other councils of the demonstration: adjoining the home council, and at a distance from it."""
    near = tuple(one.code for one in neighbours(home_code) if one.code in AREAS_OF_COUNCIL)
    codes = [*AREAS_OF_COUNCIL, "E09000032"]
    return near, tuple(code for code in codes if code != home_code and at_a_distance(home_code, code))


