"""Signs in where a child goes: missing, met away from home, in the hands of many areas."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sightline.domain.signs.areas import council_of, force_area
from sightline.domain.signs.counting import windows
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import later_by, latest, least_gap, most_gap
from sightline.domain.signs.known import Known
from sightline.domain.signs.missing import SAME_REPORT_HOURS, Episode
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.wording import ordinal
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import Moment, is_day
from sightline.domain.vocabulary.sign import Family

AFTER_RETURN_HOURS = 24
MANY_EPISODES, MANY_DAYS = 3, 90
FREQUENT_EPISODES, FREQUENT_DAYS = 2, 30
LONG_HOURS = 24
RISING_DAYS = 90
AREAS, AREAS_DAYS = 3, 90

# Where a child was met by somebody. Homes, schools and placements are left out: a family near a border lives in one
# council, learns in a second and sees a doctor in a third, and nothing is wrong.
MET = ("police.", "rail.", "missing.reported", "missing.found", "health.attendance", "charity.contact")


def missing_then_met_in_another_force(known: Known) -> Iterator[Finding]:
    """Find a contact in another force area while missing, or within 24 hours of the return."""
    if not known.told_episodes:
        return
    contacts = known.kinds("police.", "rail.contact", "health.attendance", "missing.found")
    placed = [(contact, force) for contact in contacts if (force := force_area(contact.place))]
    for episode in known.told_episodes:
        report = episode.report
        from_force = force_area(report.place) or force_area(known.home_at(report.at))
        for contact, force in placed:
            if from_force and force != from_force and _during(episode, contact.at):
                yield Finding(contact.at, (_reported(episode), Evidence(contact, _met)))


def missing_repeatedly_or_long(known: Known) -> Iterator[Finding]:
    """Find three episodes in 90 days, two in 30, or one of a day or more; say so where they become more frequent."""
    reports = [_reported(episode) for episode in known.episodes]
    rising = _rising(reports, since=known.since)
    for times, days in ((MANY_EPISODES, MANY_DAYS), (FREQUENT_EPISODES, FREQUENT_DAYS)):
        for window in windows(reports, days=days, since=known.since):
            if len(window) >= times:
                more = rising.get(window[-1].entry.id, "")
                yield Finding(window[-1].moment, window, f"the {ordinal(len(window))} episode in {days} days{more}")
    for episode in known.episodes:
        if episode.end is None or most_gap(episode.report.at, episode.end) >= timedelta(hours=LONG_HOURS):
            yield _long(episode)


def _rising(reports: list[Evidence], *, since: datetime) -> dict[str, str]:
    """Say, for each report that makes more of them in the last 90 days than in the 90 days before, how many more.

    A rising rate is a remark and makes no sign alone: one episode and then two would be a sign of three in 180 days,
    and the threshold of three in 90 would mean nothing.
    """
    remarks: dict[str, str] = {}
    for window in windows(reports, days=2 * RISING_DAYS, since=since):
        reach = timedelta(days=RISING_DAYS)
        recent = sum(least_gap(evidence.moment, window[-1].moment) <= reach for evidence in window)
        before = len(window) - recent
        if recent > before >= 1:
            remarks[window[-1].entry.id] = f", {recent} in the last {RISING_DAYS} days after {before} in those before"
    return remarks


def _long(episode: Episode) -> Finding:
    """Tell of an episode of a day or more: while it is open, from the moment when a day has passed."""
    long_at = later_by(episode.begins, timedelta(hours=LONG_HOURS))
    if episode.found is None:
        how = "no return told" if episode.end is None or not episode.returned else "return told in the same report"
        return Finding(long_at, (_reported(episode),), f"missing for {LONG_HOURS} hours or more, {how}")
    back = Evidence(episode.found, "Found, or returned, {when}")
    at: Moment = episode.found.at if is_day(episode.found.at) or is_day(episode.report.at) else long_at
    return Finding(at, (_reported(episode), back), f"missing for {LONG_HOURS} hours or more")


def met_in_many_areas(known: Known) -> Iterator[Finding]:
    """Find three police force areas, or three councils, in which the child was met within 90 days."""
    met = [e for e in known.kinds(*MET) if e.place]
    for what, area_of in (("police force areas", force_area), ("councils", council_of)):
        areas = {e.id: area for e in met if (area := area_of(e.place))}
        if len(set(areas.values())) < AREAS:
            continue
        told = [Evidence(e, _where) for e in met if e.id in areas]
        for window in windows(told, days=AREAS_DAYS, since=known.since):
            newest = {areas[e.entry.id]: e.entry.id for e in window}
            if len(newest) >= AREAS:
                chain = [e for e in window if newest[areas[e.entry.id]] == e.entry.id]
                yield Finding(window[-1].moment, chain, f"{len(newest)} {what} in {AREAS_DAYS} days")


def _during(episode: Episode, moment: Moment) -> bool:
    """Tell whether the moment can lie between the report and 24 hours after the return."""
    if latest(moment) < episode.begins:
        return False
    return episode.end is None or least_gap(episode.end, moment) <= timedelta(hours=AFTER_RETURN_HOURS)


def _reported(episode: Episode) -> Evidence:
    return Evidence(episode.report, "Reported missing {when}")


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
)

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
)

RULES = (C02, C03, C27)
