"""Signs of education in absence: there less and less, on no roll, never at the education provided.

How many sessions must be told before a share of them means anything is no area's to set, nor when a school year begins
or compulsory school ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.domain.signs.counting import MOST_NAMED, SLACK, once_told, repeated
from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earliest, later_by, latest, least_gap, may_follow
from sightline.domain.signs.known import MATTERS_DAYS, PLAUSIBLE_YEARS, Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.schooldays import Period, periods
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.signs.terms import term_of
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Family

DROP_POINTS = 15
TERM_SESSIONS = 10
SIX_WEEKS_DAYS = 42
UNAUTHORISED_PERCENT, UNAUTHORISED_OF_SESSIONS = 10, 30
UNAUTHORISED_SESSIONS = 10
NOWHERE_DAYS = 14
MOVES, MOVES_DAYS = 2, 730
START_OF_YEAR = (9, 1), (9, 15)
SUMMER_MONTHS = (7, 8)
LEAVING_YEARS = 16
FRIDAY = 4
EMPTY_SESSIONS = 10
TWO_TERMS_DAYS = 280


@dataclass(frozen=True, slots=True)
class Attendance:
    """Hold by how much attendance must fall, or how much absence must be unauthorised, to make the sign."""

    points: int = number(DROP_POINTS, least=5, most=40, means="percentage points below the term before",
                         why="a smaller fall can be one illness, and 40 points are two days of each week")
    percent: int = number(UNAUTHORISED_PERCENT, least=5, most=30, means="per cent of sessions without authorisation",
                          why="less than one in twenty can be a slip, and at nearly a third everybody has noticed")
    sessions: int = number(UNAUTHORISED_SESSIONS, least=4, most=30, means="sessions without authorisation",
                           why="fewer than two days can be a slip, and fifteen days is half of six weeks")
    days: int = number(SIX_WEEKS_DAYS, least=14, most=84, means="days over which both are added up",
                       why="two weeks are the least that tells a share, and twelve weeks are a whole term")


@dataclass(frozen=True, slots=True)
class Rolls:
    """Hold how long on no roll, how many moves within how many days, or how many sessions missed, make the sign."""

    nowhere_days: int = number(NOWHERE_DAYS, least=7, most=28, means="days on no school's roll",
                               why="a school may take a week to tell, and four weeks at none are far too long")
    moves: int = number(MOVES, least=2, most=5, means="moves between schools", why=AGAIN)
    moves_days: int = number(MOVES_DAYS, least=180, most=1095, means="days within which they lie", why=APART)
    empty_sessions: int = number(EMPTY_SESSIONS, least=4, most=30, means="sessions provided and none attended",
                                 why="two days can be a late start, and after three weeks the child is not coming")


ATTENDANCE, ROLLS = Attendance(), Rolls()


def attendance_falls(known: Known, numbers: Attendance = ATTENDANCE) -> Iterator[Finding]:
    """Find attendance well below the child's own last term, or much unauthorised absence in six weeks."""
    told = _periods(known)
    yield from _below_the_term_before(told, numbers.points)
    yield from _absent_without_authorisation(told, numbers, since=known.since)


def _periods(known: Known) -> list[Period]:
    """Give the periods that still matter: back to the start of the term before the first that does."""
    return periods(known.kind("school.attendance"), since=known.back(MATTERS_DAYS + TWO_TERMS_DAYS), at=known.at)


def _below_the_term_before(told: list[Period], least_points: int) -> Iterator[Finding]:
    """Compare each term, as it goes on, with the term just before it; both need a week of sessions to count."""
    terms: dict[int, list[Evidence]] = {}
    possible: dict[int, float] = {}
    attended: dict[int, float] = {}
    for period in told:
        if not period.possible or period.attended is None:
            continue
        term = term_of(period.evidence.entry.on)
        terms.setdefault(term, []).append(period.evidence)
        possible[term] = possible.get(term, 0) + period.possible
        attended[term] = attended.get(term, 0) + period.attended
        here, past = possible[term], possible.get(term - 1, 0)
        if min(here, past) >= TERM_SESSIONS:
            points = 100 * (attended[term - 1] * here - attended[term] * past)
            if points >= least_points * here * past:
                makes = f"{points / (here * past):.0f} points below the term before"
                yield Finding(period.evidence.moment, (*terms[term - 1], *terms[term]), makes)


def _absent_without_authorisation(
    told: list[Period], numbers: Attendance, *, since: datetime
) -> Iterator[Finding]:
    """Add up the periods that began within six weeks of a period's end; a longer period counts by itself."""
    told = [period for period in told if period.unauthorised is not None]
    fewest = min(numbers.sessions, numbers.percent * UNAUTHORISED_OF_SESSIONS / 100)
    if sum(period.unauthorised or 0 for period in told) < fewest:
        return
    reach = timedelta(days=numbers.days)
    within = "six weeks" if numbers.days == SIX_WEEKS_DAYS else f"{numbers.days} days"
    first = 0
    for index, period in enumerate(told):
        end = period.evidence.moment
        first = max(first, index - MOST_NAMED)
        while least_gap(told[first].evidence.moment, end) > reach + SLACK:
            first += 1
        at_most = sum(p.unauthorised or 0 for p in told[first:index + 1])
        if at_most < fewest or latest(end) < since:
            continue
        near = [p for p in told[first:index] if least_gap(p.evidence.entry.at, end) <= reach] + [period]
        absent = sum(p.unauthorised or 0 for p in near)
        possible = sum(p.possible or 0 for p in near)
        much = possible >= UNAUTHORISED_OF_SESSIONS and 100 * absent >= numbers.percent * possible
        if absent and (much or absent >= numbers.sessions):
            makes = f"{absent:g} sessions of unauthorised absence within {within}"
            yield Finding(end, [p.evidence for p in near], makes)


def off_roll_or_moved_or_not_there(known: Known, numbers: Rolls = ROLLS) -> Iterator[Finding]:
    """Find a child on no roll, two school moves in two years, or alternative provision that the child never came to."""
    yield from _on_no_roll(known, numbers.nowhere_days)
    joined = [e for e in once_told(known.kind("school.joined")) if not START_OF_YEAR[0] <= _day(e) <= START_OF_YEAR[1]]
    moves = [Evidence(e, "Joined a school {when}, not at the start of a school year") for e in joined]
    yield from repeated(moves, "move between schools", times=numbers.moves, days=numbers.moves_days, since=known.since)
    yield from _never_came(known, numbers.empty_sessions)


def _on_no_roll(known: Known, days: int) -> Iterator[Finding]:
    """Find a leaving whose destination was not told and that nothing followed; after a summer, from mid-September."""
    taken_up_by = known.kinds("school.joined", "school.provision")
    for left in known.kind("school.left"):
        if word(left, "destination") or _of_leaving_age(known, left.on):
            continue
        counted_from: Moment = date(left.on.year, *START_OF_YEAR[0]) if left.on.month in SUMMER_MONTHS else left.at
        waited_until = later_by(counted_from, timedelta(days=days))
        if not any(_taken_up(left, entry, waited_until, days) for entry in taken_up_by):
            says = "Left school {when}, and no other school or provision is known"
            yield Finding(waited_until, [Evidence(left, says)])


def _taken_up(left: Entry, entry: Entry, waited_until: datetime, days: int) -> bool:
    """Tell whether a school or provision took the child in time: in the weeks before leaving only if another school."""
    if may_follow(entry.at, left.at):
        return earliest(entry.at) <= waited_until
    schools = {word(entry, "school"), word(left, "school")} - {""}
    return len(schools) == 2 and least_gap(entry.at, left.at) <= timedelta(days=days)


def _of_leaving_age(known: Known, on: date) -> bool:
    """Tell whether compulsory school was over: after the last Friday of June of the school year of the 16th birthday.

    From memory, not verified. A child whose birthday is not known, or not plausible, is taken to be of school age.
    """
    if known.born_on is None:
        return False
    year = known.born_on.year + LEAVING_YEARS + ((known.born_on.month, known.born_on.day) >= START_OF_YEAR[0])
    last = date(min(year, date.max.year), 6, 30)
    over = on > last - timedelta(days=(last.weekday() - FRIDAY) % 7)
    return over and on.year - year <= PLAUSIBLE_YEARS - LEAVING_YEARS


def _never_came(known: Known, fewest: int) -> Iterator[Finding]:
    """Find a period in which education was provided and no session of it was attended."""
    provisions = [Evidence(e, "Education was provided from {when}") for e in known.kind("school.provision")]
    for period in _periods(known) if provisions else ():
        before = [e for e in provisions if may_follow(period.evidence.entry.at, e.moment)]
        if before and period.attended == 0 and (period.possible or 0) >= fewest:
            yield Finding(period.evidence.moment, [before[-1], period.evidence], "no session was attended")


def _day(entry: Entry) -> tuple[int, int]:
    return entry.on.month, entry.on.day


C07 = Rule(
    code="C07",
    family=Family.EDUCATION,
    title="Attendance has fallen, or much absence is unauthorised",
    explanation=(
        f"Attendance in a term, as far as told, is {DROP_POINTS} percentage points or more below the child's own in "
        f"the term just before (each with at least {TERM_SESSIONS} possible sessions); or unauthorised absence is "
        f"{UNAUTHORISED_PERCENT} % or more of at least {UNAUTHORISED_OF_SESSIONS} possible sessions within "
        f"{SIX_WEEKS_DAYS} days; or it is {UNAUTHORISED_SESSIONS} sessions within those days. A period longer than "
        "that counts by itself. A period counts when it has ended. Terms are taken by date, as for C06."),
    source="Home Office county lines guidance 2023 (through a summary)",
    source_key="G3",
    needs=("school.attendance",),
    cancelled_by="The absence has a plain reason: illness, bereavement, a family move, a mistake in the register.",
    not_evidence_of="truancy, or of a parent's failing",
    find=attendance_falls,
    numbers=ATTENDANCE,
)

C08 = Rule(
    code="C08",
    family=Family.EDUCATION,
    title="On no school's roll, moved between schools, or never at the education provided",
    explanation=(
        f"A child left a school, where to was not told, and {NOWHERE_DAYS} days later (ten school days, without a "
        "calendar; counted from 1 September for a leaving in July or August) no school or provision had taken the "
        "child, unless compulsory school was over; or "
        f"{MOVES} or more schools joined within {MOVES_DAYS} days other than from 1 to 15 September; or a period with "
        f"{EMPTY_SESSIONS} or more possible sessions, after education was provided elsewhere, in which none was "
        "attended."),
    source="Department for Education single unique identifier record shapes; Sightline's own choice of numbers",
    source_key="R1, D",
    needs=("school.left", "school.joined", "school.provision", "school.attendance", "child.born"),
    cancelled_by="The child is on a roll that was not told, is educated at home by agreement, or has moved abroad.",
    not_evidence_of="a parent hiding a child: schools forget to tell",
    find=off_roll_or_moved_or_not_there,
    numbers=ROLLS,
)

RULES = (C07, C08)
