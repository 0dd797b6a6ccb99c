"""Signs of failure found in silence: the next event that agencies owe a child was never told."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sightline.domain.duties.parts import same_council
from sightline.domain.signs.counting import MOST_NAMED
from sightline.domain.signs.facts import number, word
from sightline.domain.signs.finding import Evidence, Finding, Found
from sightline.domain.signs.gaps import earliest, later_by, least_gap, may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.silence import school_days_later, unanswered, working_days_later
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, read_instant
from sightline.domain.vocabulary.sign import Attention, Family

HOME_TYPES = ("k2", "childrens home")
COUNCILS_NOTICE, HOMES_NOTICE, POLICE_TOLD = "D-PLC-2", "D-PLC-6", "D-PLC-5"
NOTICES = ("notice.sent", "notice.acknowledged")
NOTICE_BEFORE_DAYS = 28
OTHER_SIDE_WORKING_DAYS = 1
POLICE_HOURS = 24
TARGET_MINUTES = {"immediate": 15, "priority": 60, "standard": 24 * 60}
TARGET_WORDS = {"immediate": "15 minutes", "priority": "an hour", "standard": "a day"}
ROLL_SCHOOL_DAYS = 10
JOURNEY_HOURS, SILENT_HOURS = 12, 1
JOURNEYS = ("escorted", "public-transport-accompanied", "public-transport-alone")
NOT_ABOUT_THE_CHILD = "anything about the child: this is a failure of agencies"


def one_side_silent(known: Known) -> Iterator[Finding]:
    """Find a placement in a children's home elsewhere of which one side alone told the area's council."""
    for placed in known.kind("care.placement"):
        kind = word(placed, "type").replace("’", "").replace("'", "")
        if not kind.startswith(HOME_TYPES) or not _elsewhere(known, placed):
            continue
        told = {code: _acts(known, placed, code, *NOTICES) for code in (COUNCILS_NOTICE, HOMES_NOTICE)}
        given = sorted((notices[0].starts, code) for code, notices in told.items() if notices)
        if given:
            code = given[0][1]
            silent = HOMES_NOTICE if code == COUNCILS_NOTICE else COUNCILS_NOTICE
            yield from _not_in_time(known, placed, told[code][0], other=next(iter(told[silent]), None), silent=silent)


def _not_in_time(
    known: Known, placed: Entry, notice: Entry, *, other: Entry | None, silent: str
) -> Iterator[Finding]:
    start = max(placed.at, notice.at, key=earliest)
    over_at = working_days_later(known, start, OTHER_SIDE_WORKING_DAYS)
    if other is not None and earliest(other.at) <= over_at:
        return
    side = "the council that placed the child" if silent == COUNCILS_NOTICE else "the home"
    evidence = [Evidence(placed, "Placed in a children's home of another council {when}"),
                Evidence(notice, f"One side told the area's council {{when}}; {side} did not")]
    evidence.sort(key=lambda one: earliest(one.moment))
    late = [Evidence(other, "The other side told, late, {when}")] if other is not None else []
    yield Finding(over_at, [*evidence, *late], answered=bool(late))


def moved_and_police_not_told(known: Known) -> Iterator[Finding]:
    """Find a placement elsewhere, with signs shown, after which nobody decided within a day whether to tell police.

    Each sign that comes while the child is placed there asks again, as long as nobody has decided.
    """
    seen = sorted((found for found in known.found if found.family is not Family.SYSTEM),
                  key=lambda found: earliest(found.finding.at))
    for placed in known.kind("care.placement") if seen else ():
        if not _elsewhere(known, placed):
            continue
        own = [found for found in seen if placed not in (evidence.entry for evidence in found.finding.evidence)]
        before = [found for found in own if may_follow(placed.at, found.finding.at)]
        left_at = _left_at(known, placed)
        later = [found for found in own if not may_follow(placed.at, found.finding.at)
                 and (left_at is None or not may_follow(found.finding.at, left_at))]
        answers = _acts(known, placed, POLICE_TOLD, *NOTICES, "decision.made")
        ask = Evidence(placed, "Placed in another council's area {when}, and nobody decided whether to tell its police")
        for sign in (*before[-1:], *later[-MOST_NAMED:]):
            over_at = later_by(max(placed.at, sign.finding.at, key=earliest), timedelta(hours=POLICE_HOURS))
            if any(earliest(one.at) <= over_at for one in answers):
                break
            late = [Evidence(one, "Decided, late, {when}") for one in answers[:1]]
            yield Finding(over_at, [_quoted(sign), ask, *late], answered=bool(late))


def _quoted(sign: Found) -> Evidence:
    return sign.finding.evidence[-1].quoted(sign.code)


def _left_at(known: Known, placed: Entry) -> Moment | None:
    """Give when a placement ended, or the next one began; None while nothing tells of it."""
    told = known.kinds("care.placement", "care.placement-ended")
    return next((entry.at for entry in told if entry.starts > placed.starts), None)


def _elsewhere(known: Known, placed: Entry) -> bool:
    """Tell whether a placement is known to lie in another council than the one that looks after the child."""
    told = [e for e in known.kinds("care.looked-after", "care.placement")
            if e.starts <= placed.starts and e.facts.get("authority")]
    home = known.home_at(placed.at)
    own = placed.facts.get("authority") or (told[-1].facts["authority"] if told else home and home.council)
    return placed.place is not None and same_council(str(own or ""), placed.place.council) is False


def _acts(known: Known, placed: Entry, code: str, *kinds: str) -> list[Entry]:
    """Give what was done under the code for this placement, named or not, from four weeks before it."""
    before = timedelta(days=NOTICE_BEFORE_DAYS)
    names = {code.casefold(), f"{code}:{placed.id}".casefold()}
    return [act for act in known.kinds(*kinds)
            if least_gap(act.at, placed.at) <= before and (word(act, "duty") or word(act, "about")) in names]


def incident_not_attended(known: Known) -> Iterator[Finding]:
    """Find an incident with the child to which no officer came within the target of its grade."""
    attended = known.kind("police.attended")
    for grade, minutes in TARGET_MINUTES.items():
        says = f"Incident of grade {grade} reported {{when}}, and no officer was there within {TARGET_WORDS[grade]}"
        asks = [Evidence(e, says) for e in known.kind("police.incident") if word(e, "grade") == grade]
        for ask in asks:
            yield from unanswered([ask], wait=timedelta(minutes=minutes), answered="Attended, late, {when}",
                                  answers=[e for e in attended if word(e, "incident") in ("", ask.entry.id.casefold())])


def excluded_and_on_no_roll(known: Known) -> Iterator[Finding]:
    """Find a permanent exclusion that no school, provision or attendance followed within ten school days."""
    says = "Permanently excluded {when}, and no school or provision is known since"
    excluded = [Evidence(e, says) for e in known.kind("school.exclusion") if word(e, "category") == "perm"]
    since = min((e.entry.on for e in excluded), default=None)
    there = [e for e in known.kinds("school.joined", "school.provision", "school.attendance")
             if e.on >= since and (e.kind != "school.attendance" or number(e, "attended"))] if since else []
    return unanswered(excluded, wait=lambda ask: school_days_later(known, ask.moment, ROLL_SCHOOL_DAYS),
                      answers=there, answered="At a school or provision, late, {when}")


def released_and_not_arrived(known: Known) -> Iterator[Finding]:
    """Find a release from custody to a journey of which no arrival was told in time."""
    arrivals = known.kind("police.arrival")
    for release in known.kind("police.release"):
        over_at = _should_have_arrived(release)
        if over_at is not None:
            ask = Evidence(release, "Released from custody {when}, and nobody told that the child arrived")
            yield from unanswered([ask], wait=lambda _, over_at=over_at: over_at, answers=arrivals,  # type: ignore[misc]
                                  answered="Arrived, told late, {when}")


def _should_have_arrived(release: Entry) -> datetime | None:
    """Give an hour after the planned arrival, else half a day after a release to a journey; None for any other."""
    with suppress(ValueError, OverflowError):
        planned = read_instant(str(release.facts.get("arrival_due") or "")).astimezone(UTC)
        return planned + timedelta(hours=SILENT_HOURS)
    return later_by(release.at, timedelta(hours=JOURNEY_HOURS)) if word(release, "mode") in JOURNEYS else None


F05 = Rule(
    code="F05",
    family=Family.SYSTEM,
    title="Placed elsewhere, and only one side told the area's council",
    explanation=(
        "A placement in a children's home in another council's area, of which either the council that placed the child "
        f"({COUNCILS_NOTICE}) or the home ({HOMES_NOTICE}) told the area's council, and the other did not within "
        f"{OTHER_SIDE_WORKING_DAYS} working day. A notice counts from {NOTICE_BEFORE_DAYS} days before the placement. "
        "Where neither told, the duties of both are late; this sign is for what one knows and the other does not."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; SI 2010/959 and SI 2015/541",
    source_key="HM2, L11, L13",
    needs=("care.placement", "care.looked-after", *NOTICES, "child.home"),
    cancelled_by="The other notice was given and not told, or the home lies in the own council's area.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=one_side_silent,
)

F09 = Rule(
    code="F09",
    family=Family.SYSTEM,
    title="An incident with the child waits for officers longer than its target",
    explanation=(
        "An incident in which the child is named, graded by the police as immediate, priority or standard, to which no "
        "officer was told to have come within "
        + ", ".join(f"{TARGET_WORDS[grade]} ({grade})" for grade in TARGET_MINUTES)
        + ". Forces set targets of their own; these are ours. An incident without a grade makes no sign. Where only "
        "the day is known, the time begins at its end."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; the targets are our own choice",
    source_key="HM1, D",
    needs=("police.incident", "police.attended"),
    cancelled_by="Officers came and it was not told, the grade was changed, or the child was not there.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=incident_not_attended,
)

F13 = Rule(
    code="F13",
    family=Family.SYSTEM,
    title="Excluded for good, and on no school's roll",
    explanation=(
        f"A permanent exclusion that no school joined, provision or attended session followed within {ROLL_SCHOOL_DAYS}"
        " school days, by the usual calendar of the nation in which the child lives (where the calendar ends, the "
        "longest holidays are added). The sixth-day duty is late by then; this sign is for a child whom nobody "
        "teaches, as far as anybody told. C08 looks for a child who left a school."),
    source="Both sides of the coin, HMICFRS 2020; Education Act 2002 s.51A; the days are our own choice",
    source_key="HM1, D",
    needs=("school.exclusion", "school.joined", "school.provision", "school.attendance", "child.home"),
    cancelled_by="A school, provision or education at home was agreed and not told, or the exclusion was overturned.",
    not_evidence_of="a parent's failing, or of the child staying away",
    find=excluded_and_on_no_roll,
)

F14 = Rule(
    code="F14",
    family=Family.SYSTEM,
    title="Released from custody, and nobody told of an arrival",
    explanation=(
        f"A release with a planned arrival, of which nothing was told {SILENT_HOURS} hour after it; or a release to a "
        f"journey (escorted, or by public transport) without a planned arrival, {JOURNEY_HOURS} hours after it. A "
        "child who was collected at the station makes no sign. Until an arrival is told, a person must look by the "
        "next working day; the journey's own alarm is sooner, where the release was planned here."),
    source="Both sides of the coin, HMICFRS 2020; the hours are our own choice",
    source_key="HM1, D",
    needs=("police.release", "police.arrival"),
    cancelled_by="The child arrived and it was not told, or somebody collected the child.",
    not_evidence_of="the child having run away",
    find=released_and_not_arrived,
    alone=Attention.NEXT_WORKING_DAY,
)

F16 = Rule(
    code="F16",
    family=Family.SYSTEM,
    title="Moved to another area with signs, and its police not told",
    explanation=(
        "A placement in another council's area of a child with a sign, and no decision or notice whether to tell the "
        f"police there ({POLICE_TOLD}) within {POLICE_HOURS} hours of the placement, or of a sign that came while "
        "the child was there. A recorded decision not to tell is an answer."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; the hours are our own choice",
    source_key="HM2, D",
    needs=("care.placement", "care.placement-ended", "care.looked-after", *NOTICES, "decision.made", "child.home"),
    cancelled_by="The police were told and it was not recorded, or the placement is in the own council's area.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=moved_and_police_not_told,
    upon_signs=True,
)

RULES = (F05, F09, F13, F14, F16)
