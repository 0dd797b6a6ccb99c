"""Signs of movement in absence: missing again and again, for long, at night, or away for short times.

When it is night is a definition, the same everywhere: no number of an area's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sightline.domain.signs.counting import once_told, repeated
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import later_by, latest, least_gap, may_follow, most_gap
from sightline.domain.signs.known import Known
from sightline.domain.signs.missing import REPORTED, SAME_REPORT_HOURS, Episode
from sightline.domain.signs.rule import SEEN, Rule
from sightline.domain.signs.seen import seen
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.vocabulary.moment import LONDON, Moment, day_of, is_day
from sightline.domain.vocabulary.sign import Family

MANY_EPISODES, MANY_DAYS = 3, 90
FREQUENT_EPISODES, FREQUENT_DAYS = 2, 30
LONG_HOURS = 24
RISING_DAYS = 90
RISING = timedelta(days=RISING_DAYS)
SHORT_ABSENCES, SHORT_ABSENCES_DAYS = 4, 60
NIGHT_FROM_HOUR, NIGHT_TO_HOUR = 22, 6


@dataclass(frozen=True, slots=True)
class Episodes:
    """Hold how many episodes within how many days, or how many hours of one, make the sign."""

    many: int = number(MANY_EPISODES, least=2, most=6, means="episodes in the longer window", why=AGAIN)
    many_days: int = number(MANY_DAYS, least=31, most=180, means="days of the longer window", why=APART)
    frequent: int = number(FREQUENT_EPISODES, least=2, most=4, means="episodes in the shorter window", why=AGAIN)
    frequent_days: int = number(FREQUENT_DAYS, least=7, most=60, means="days of the shorter window", why=APART)
    long_hours: int = number(LONG_HOURS, least=6, most=48, means="hours that make one episode long",
                             why="a shorter one is an evening, and after two days nobody may still be waiting")


@dataclass(frozen=True, slots=True)
class Absences:
    """Hold how many absences within how many days make the sign."""

    times: int = number(SHORT_ABSENCES, least=2, most=10, means="absences", why=AGAIN)
    days: int = number(SHORT_ABSENCES_DAYS, least=14, most=180, means="days within which they lie", why=APART)


EPISODES, ABSENCES = Episodes(), Absences()


def missing_repeatedly_or_long(known: Known, numbers: Episodes = EPISODES) -> Iterator[Finding]:
    """Find three episodes in 90 days, two in 30, or one of a day or more; say so where they become more frequent."""
    reports = [Evidence(episode.report, REPORTED) for episode in known.episodes]
    for times, days in ((numbers.many, numbers.many_days), (numbers.frequent, numbers.frequent_days)):
        for finding in repeated(reports, "episode", times=times, days=days, since=known.since):
            yield finding._replace(makes=finding.makes + _rising(reports, finding.at))
    for episode in known.episodes:
        if episode.end is None or most_gap(episode.report.at, episode.end) >= timedelta(hours=numbers.long_hours):
            yield _long(episode, numbers.long_hours)


def _rising(reports: Sequence[Evidence], at: Moment) -> str:
    """Say so where a report makes more of them in the last 90 days than in the 90 days before.

    A rising rate is a remark and makes no sign alone: one episode and then two would be a sign of three in 180 days,
    and the threshold of three in 90 would mean nothing.
    """
    gaps = [least_gap(report.moment, at) for report in reports if may_follow(at, report.moment)]
    recent = sum(gap <= RISING for gap in gaps)
    before = sum(RISING < gap <= 2 * RISING for gap in gaps)
    return f", {recent} in the last {RISING_DAYS} days after {before} in those before" if recent > before >= 1 else ""


def _long(episode: Episode, hours: int) -> Finding:
    """Tell of an episode of so many hours or more: while it is open, from the moment when they have passed."""
    long_at = later_by(episode.begins, timedelta(hours=hours))
    if episode.found is None:
        how = "no return told" if episode.end is None or not episode.returned else "return told in the same report"
        return Finding(long_at, _told(episode), f"missing for {hours} hours or more, {how}")
    at: Moment = episode.found.at if is_day(episode.found.at) or is_day(episode.report.at) else long_at
    return Finding(at, _told(episode), f"missing for {hours} hours or more")


def _told(episode: Episode) -> Sequence[Evidence]:
    back = [Evidence(episode.found, "Found, or returned, {when}")] if episode.found else []
    return [Evidence(episode.report, REPORTED), *back]


def missing_at_night(known: Known) -> Iterator[Finding]:
    """Find an episode that reaches into a night, from the moment when it begins, and what a person saw on return."""
    yield from seen(known, "X01")
    for episode in known.told_episodes:
        night_at = _first_night(episode.report.at)
        if not _back_before(episode, night_at):
            yield Finding(night_at, _told(episode), "missing at night")


def _back_before(episode: Episode, night_at: Moment) -> bool:
    """Tell whether the child was back before the night: where only days are known, on the day of the report."""
    reported, end = episode.report.at, episode.end
    if end is None or (night_at == reported and not is_day(reported)):
        return False
    if is_day(end) or is_day(reported):
        return day_of(end) <= day_of(reported)
    return latest(end) <= latest(night_at)


def _first_night(reported: Moment) -> Moment:
    """Give the first moment of night from the report on; of a day that is all that is known, the day."""
    if not isinstance(reported, datetime):
        return reported
    local = reported.astimezone(LONDON)
    if local.hour >= NIGHT_FROM_HOUR or local.hour < NIGHT_TO_HOUR:
        return reported
    return datetime.combine(local.date(), time(NIGHT_FROM_HOUR), LONDON).astimezone(UTC)


def away_for_short_times(known: Known, numbers: Absences = ABSENCES) -> Iterator[Finding]:
    """Find four unauthorised absences from a placement within 60 days."""
    told = [Evidence(e, "Away without authorisation {when}") for e in once_told(known.kind("missing.absent"))]
    return repeated(told, "absence", times=numbers.times, days=numbers.days, since=known.since)


C03 = Rule(
    code="C03",
    family=Family.MOVEMENT,
    title="Missing repeatedly, or for a day or more",
    explanation=(
        f"{MANY_EPISODES} or more times missing within {MANY_DAYS} days, {FREQUENT_EPISODES} or more within "
        f"{FREQUENT_DAYS} days, or one of {LONG_HOURS} hours or more. Where there are more in the last {RISING_DAYS} "
        f"days than in the {RISING_DAYS} days before, the reason says so. Reports by two agencies that can overlap are "
        f"one episode. An agency that reports the child again after {SAME_REPORT_HOURS} hours without a told return is "
        "taken to have had the child back. Where only days are known, an episode that ends on a later day can have "
        "lasted a day; one that ends on the day it began cannot."),
    source="Tees children exploitation tool; Plymouth exploitation pathway",
    source_key="TSAB, G14",
    needs=("missing.reported", "missing.found"),
    cancelled_by="A report was made in error, or two reports were one absence.",
    not_evidence_of="exploitation by itself: children go missing for many reasons, harm at home among them",
    find=missing_repeatedly_or_long,
    numbers=EPISODES,
)

C04 = Rule(
    code="C04",
    family=Family.MOVEMENT,
    title="Away for short times, again and again",
    explanation=(
        f"{SHORT_ABSENCES} or more absences without authorisation (type A of the returns on children in care) within "
        f"{SHORT_ABSENCES_DAYS} days. What two agencies tell of one day is one absence."),
    source="Plymouth exploitation pathway",
    source_key="G14",
    needs=("missing.absent",),
    cancelled_by="The absences were agreed, or the carers knew where the child was and were content.",
    not_evidence_of="exploitation by itself: many children stay out late",
    find=away_for_short_times,
    numbers=ABSENCES,
)

X01 = Rule(
    code="X01",
    family=Family.MOVEMENT,
    title="Missing at night, or back distressed or intoxicated",
    explanation=(
        f"Any part of an absence that was reported as missing lies between {NIGHT_FROM_HOUR}:00 and "
        f"0{NIGHT_TO_HOUR}:00. While no return is told it is shown from the moment when the night begins. Where only "
        "days are known, an absence that ended on a later day was overnight, one that ended on the day it began was "
        "not, and one without a told return can be. Or a person saw that the child came "
        "back distressed or intoxicated."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("missing.reported", "missing.found", SEEN),
    cancelled_by="The report was made in error, or the hours were told wrongly.",
    not_evidence_of="sexual exploitation by itself",
    find=missing_at_night,
)

RULES = (C03, C04, X01)
