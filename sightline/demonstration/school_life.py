"""What happens to an invented child at school: exclusions, suspensions, attendance, schools joined and left."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

from sightline.demonstration.chance import Weighted, day_between, once
from sightline.demonstration.families import Child
from sightline.demonstration.happened import HISTORY_DAYS, Attendance, Exclusion, Life, RollChange
from sightline.demonstration.pathways import Pathway, shared
from sightline.demonstration.places import AREAS_OF_COUNCIL, Council
from sightline.demonstration.rates import rate, weighted
from sightline.demonstration.school_year import (
    FIRST_SECONDARY_YEAR,
    LAST_SECONDARY_YEAR,
    half_terms_before,
    school_day_between,
    school_days_after,
    year_group,
)
from sightline.demonstration.special_needs import special_need
from sightline.reference.schools import School

HALF_TERMS = 6
SESSIONS = Weighted.of({1: 10, 2: 30, 3: 10, 4: 22, 6: 14, 8: 4, 10: 7, 14: 1, 20: 2})
"""Sessions of a suspension with weights: assumed, no open table has them."""
OTHER_REASONS = ("OW", "MT", "LG", "DS", "PH")
"""Reasons that were counted as "other" in the last table by reason (2016/17): drawn evenly."""
ABSENCE_OF_PATHWAY = (0.72, 2.2, 3.6)
"""How much more a child on each pathway is absent than the average; weighted by pathway it makes one."""
UNAUTHORISED_OF_PATHWAY = (0.2, 0.5, 0.65)
"""Which share of the absence is unauthorised, on average: assumed."""
DECISION_DAYS = 15
PROVISION_DAYS = (6, 25)


def live_school(child: Child, life: Life, *, today: date, rng: Random) -> None:
    """Let a child live through its last two years at school."""
    group = year_group(child.born_on, today)
    if group < 0:
        return
    life.need = special_need(child)
    life.school = _school(child, today)
    life.joined_school_on = _joined_on(child, group, today)
    drawn_in_since = day_between(today - timedelta(days=HISTORY_DAYS), today, rng)
    for years_ago in (2, 1):
        first = today - timedelta(days=365 * years_ago)
        _exclusions(child, life, first=first, last=first + timedelta(days=364), today=today, rng=rng)
    _moves(child, life, today)
    _attendance(child, life, drawn_in_since, today, rng)


def phase_of(group: int) -> str:
    """Give the phase of school of a year group."""
    return "secondary" if group >= FIRST_SECONDARY_YEAR else "primary"


def _school(child: Child, on: date) -> School | None:
    """Give the school that the child goes to on a day, or None before reception, after year 11 and where none is."""
    group = year_group(child.born_on, on)
    if not 0 <= group <= LAST_SECONDARY_YEAR:
        return None
    home = child.family.home_on(on)
    return home.council.school(phase_of(group), home.postcode, int(child.family.id[1:]) % 2)


def _joined_on(child: Child, group: int, today: date) -> date:
    """Give the September in which the child came to this phase of school, or the day its family moved if later."""
    years = group - FIRST_SECONDARY_YEAR if group >= FIRST_SECONDARY_YEAR else group
    september = date(today.year - years - (0 if (today.month, today.day) >= (9, 1) else 1), 9, 3)
    since = child.family.home_on(today).since
    return max(september, since) if since < today else september


def _exclusions(child: Child, life: Life, *, first: date, last: date, today: date, rng: Random) -> None:
    middle = first + timedelta(days=180)
    school, council = _school(child, middle), child.family.home_on(middle).council
    if school is None or council.code not in AREAS_OF_COUNCIL:
        return
    phase = school.phase
    permanent = once(shared(rate(f"permanent exclusions, {phase}", council.code) / 100, "permanent exclusion")
                     [child.pathway], rng)
    ended = school_day_between(first, last, rng) if permanent else last
    for _ in range(_suspensions(child, council, phase, rng)):
        start = school_day_between(first, last, rng)
        if start < ended:
            sessions = SESSIONS.draw(rng)
            life.exclusions.append(Exclusion(start, school_days_after(start, (sessions - 1) // 2), "SUSP", sessions,
                                             _reasons("suspension", rng), school))
    if permanent:
        life.exclusions.append(Exclusion(ended, None, "PERM", None, _reasons("permanent exclusion", rng), school))
        _after_permanent_exclusion(life, council, school, on=ended, today=today, rng=rng)


def _suspensions(child: Child, council: Council, phase: str, rng: Random) -> int:
    """Draw how often a pupil is suspended in a year: whether at all, then how often, as suspended pupils are."""
    each = rate("suspensions, secondary", council.code) / rate("suspended pupils, secondary", council.code)
    pupils = (rate("suspended pupils, secondary", council.code) if phase == "secondary"
              else rate("suspensions, primary", council.code) / each)
    if not once(shared(pupils / 100, "suspension")[child.pathway], rng):
        return 0
    count = 1
    while rng.random() > 1 / each and count < 20:
        count += 1
    return count


def _reasons(kind: str, rng: Random) -> tuple[str, ...]:
    reasons = weighted(f"reason of {kind}: ")
    drawn = [reasons.draw(rng) for _ in range(2 if rng.random() < 0.2 else 1)]
    return tuple(dict.fromkeys(rng.choice(OTHER_REASONS) if code == "other" else code for code in drawn))


def _after_permanent_exclusion(
    life: Life, council: Council, school: School, *, on: date, today: date, rng: Random,
) -> None:
    """Take the child off the roll after the governors' decision; education elsewhere begins in most cases."""
    left = on + timedelta(days=DECISION_DAYS + rng.randrange(15))
    units = council.by_phase["alternative"]
    if left < today:
        life.roll.append(RollChange(left, False, school, "permanent exclusion", units[0].name if units else None))
    began = on + timedelta(days=rng.randrange(*PROVISION_DAYS))
    if units and began < today and rng.random() < 0.8:
        life.roll.append(RollChange(began, True, rng.choice(units), "after permanent exclusion", None))


def _moves(child: Child, life: Life, today: date) -> None:
    """Change school where the family moved to another council."""
    homes = child.family.homes
    for before, after in pairwise(homes):
        group = year_group(child.born_on, after.since)
        recent = today - timedelta(days=HISTORY_DAYS) < after.since < today
        if not recent or before.council is after.council or not 0 <= group <= LAST_SECONDARY_YEAR:
            continue
        choice = int(child.family.id[1:]) % 2
        old = before.council.school(phase_of(group), before.postcode, choice)
        new = after.council.school(phase_of(group), after.postcode, choice)
        if old:
            life.roll.append(RollChange(after.since, False, old, "moved away", new.name if new else None))
        if new:
            life.roll.append(RollChange(after.since + timedelta(days=4), True, new, "moved into the area", None))


def _attendance(child: Child, life: Life, drawn_in_since: date, today: date, rng: Random) -> None:
    level = rng.lognormvariate(-0.32, 0.8) * ABSENCE_OF_PATHWAY[child.pathway]
    unauthorised_share = UNAUTHORISED_OF_PATHWAY[child.pathway]
    for first, last, days in half_terms_before(today, HALF_TERMS):
        school = _school(child, first)
        if school is None or school.authority_code not in AREAS_OF_COUNCIL:
            continue
        share = absence(school.authority_code, school.phase) * level * rng.lognormvariate(-0.045, 0.3)
        if child.pathway == Pathway.DRAWN_IN:
            share *= 1.5 if first > drawn_in_since else 0.5
        possible = 2 * days
        missed = min(possible, round(possible * min(share, 0.9)))
        unauthorised = min(missed, round(missed * unauthorised_share * rng.uniform(0.5, 1.5)))
        life.attendance.append(Attendance(first, last, possible, possible - missed, unauthorised, school))


@cache
def absence(council_code: str, phase: str) -> float:
    """Give the share of sessions missed; for primary schools what the figures for all and for secondary leave over."""
    secondary = rate("absence, secondary", council_code)
    if phase == "secondary":
        return secondary / 100
    return (12 * rate("absence, all schools", council_code) - 5 * secondary) / 700
