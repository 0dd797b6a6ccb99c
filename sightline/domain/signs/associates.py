"""Signs in whom and what a child was met with: adults much older, and things that link exploited children.

They propose; a person confirms or dismisses each link on the page of the child's circle. A link that somebody
dismissed makes no sign, and a sign ends where its link expires. By how many years somebody is older is a definition,
and one of the two uses of age: no number of an area's.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.domain.circle.circle import Edge, Other
from sightline.domain.circle.hubs import KIND_WORDS, HubKind
from sightline.domain.circle.judging import Judged
from sightline.domain.circle.touching import NOT_LINKING, UNDER_ORDER, Mention, role_of
from sightline.domain.signs.counting import repeated
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import SHOWN_DAYS, Rule
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.moment import Moment, day_of
from sightline.domain.vocabulary.sign import Family

YEARS_OLDER, ADULT = 5, 18
TIMES, DAYS = 2, 90
OTHER_CHILDREN, TOGETHER_DAYS = 2, 90
MET = ("police.arrest", "police.stop", "police.protection", "missing.found", "rail.contact")
"""Where somebody was seen with the child; a report of police intelligence is no fact and is not counted here."""
FLAGGED = frozenset({"exploiter", "suspected-exploiter", "trafficker", "suspected-trafficker"})
"""Roles by which an agency says that it takes somebody for an exploiter or trafficker of children."""
SHARED = (HubKind.ADDRESS, HubKind.VEHICLE, HubKind.PHONE, HubKind.LINE)
WITH_OLDER = "With an adult at least five years older, who is not told to be family, {when}"
WITH_FLAGGED = "With somebody whom an agency takes for an exploiter or trafficker of children, {when}"


@dataclass(frozen=True, slots=True)
class Associates:
    """Hold on how many days within how many the child must be met with somebody older to make the sign."""

    times: int = number(TIMES, least=2, most=5, means="days with such an adult", why=AGAIN)
    days: int = number(DAYS, least=14, most=180, means="days within which they lie", why=APART)


@dataclass(frozen=True, slots=True)
class Together:
    """Hold how many other exploited children within how many days make the sign."""

    children: int = number(OTHER_CHILDREN, least=2, most=5, means="other children",
                           why="one alone would tell who it is, and with more than five nearly nothing would be found")
    days: int = number(TOGETHER_DAYS, least=14, most=180, means="days within which they were met with the same",
                       why=APART)


ASSOCIATES, TOGETHER = Associates(), Together()


def older_associates(known: Known, numbers: Associates = ASSOCIATES) -> Iterator[Finding]:
    """Find two days in 90 with an adult at least five years older, or one with somebody flagged for exploitation."""
    entries = [entry for entry in known.kinds(*MET) if entry.people]
    if not entries:
        return
    dismissed, flagged = _dismissed(known), _flagged_in_circle(known)
    met = [(entry, [one for one in entry.people if _named(entry, one) not in dismissed]) for entry in entries]
    by_day = {entry.on: Evidence(entry, WITH_OLDER) for entry, people in reversed(met)
              if any(_is_older(one, entry, known.born_on) for one in people)}
    yield from repeated(list(reversed(by_day.values())), "day with such an adult", times=numbers.times,
                        days=numbers.days, since=known.since)
    for entry, people in met:
        if any(role_of(one) in FLAGGED for one in people):
            yield Finding(entry.at, [Evidence(entry, WITH_FLAGGED)])
            continue
        for day, until in (flagged[name] for one in people if (name := _named(entry, one)) in flagged):
            at = _later(entry, day)
            yield Finding(at, [Evidence(entry, WITH_FLAGGED)], shown_days=days_until(until, since=at))


def _named(entry: Entry, one: Companion) -> tuple[str, str]:
    return entry.id, one.id.strip().casefold()


def _dismissed(known: Known) -> Set[tuple[str, str]]:
    """Name the companions, by the entry and their id in it, of whom somebody said that the link is wrong."""
    return {(mention.entry, edge.own.told_as.casefold()) for edge in known.circle.kind(HubKind.PERSON)
            if edge.own is not None and edge.judged is Judged.DISMISSED for mention in edge.own.mentions}


def _flagged_in_circle(known: Known) -> Mapping[tuple[str, str], tuple[date, date]]:
    """Give since when other children's records flag companions whom this child's record names, and until when."""
    today = day_of(known.at)
    found: dict[tuple[str, str], tuple[date, date]] = {}
    for edge in known.circle.kind(HubKind.PERSON):
        told = [(mention.on, other.touch.expires_on) for other in edge.linked_on(today) if other.touch
                for mention in other.touch.mentions if mention.role in FLAGGED]
        if edge.own is not None and told:
            span = min(day for day, _ in told), min(edge.expires_on, *(until for _, until in told))
            found |= {(mention.entry, edge.own.told_as.casefold()): span for mention in edge.own.mentions}
    return found


def days_until(until: date, *, since: Moment) -> int:
    """Give for how many days a finding is shown that must end on a day; never longer than signs are."""
    return max(1, min(SHOWN_DAYS, (until - day_of(since)).days))


def _is_older(one: Companion, entry: Entry, born_on: date | None) -> bool:
    """Tell whether a companion is an adult, no relative, and older by five years; of an unknown age, than any child."""
    if one.age is None or one.age < ADULT or role_of(one) in NOT_LINKING:
        return False
    if born_on is None:
        return one.age >= ADULT + YEARS_OLDER
    on = entry.on
    return one.age - (on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))) >= YEARS_OLDER


def shared_with_exploited(known: Known, numbers: Together = TOGETHER) -> Iterator[Finding]:
    """Find an address, vehicle, phone or line that two other exploited children were met with within 90 days."""
    edges = [edge for edge in known.circle.kind(*SHARED) if edge.own is not None]
    entries = {entry.id: entry for entry in known.entries} if edges else {}
    for edge in edges:
        exploited = [other for other in edge.linked_on(day_of(known.at)) if other.exploited_on is not None]
        if edge.own is None or len(exploited) < numbers.children:
            continue
        for mention in edge.own.mentions:
            entry = entries.get(mention.entry)
            if entry is not None and entry.kind not in ("child.home", UNDER_ORDER):
                yield from _shared(edge, entry, exploited, numbers)


def _shared(edge: Edge, entry: Entry, exploited: Sequence[Other], numbers: Together) -> Iterator[Finding]:
    """Find what an entry completes, or others' entries later: from the day on which enough of them were known."""
    near = sorted((day, other.touch.expires_on) for other in exploited
                  if other.touch and (day := _completed(entry.on, other, numbers.days)) is not None)
    if len(near) < numbers.children:
        return
    at = _later(entry, near[numbers.children - 1][0])
    expires = min(edge.expires_on, sorted(day for _, day in near)[-numbers.children])
    what = KIND_WORDS[edge.hub.kind].lower()
    says = (f"Told {{when}} with {what} with which {len(near)} other children, of whom it is known that they were "
            f"exploited, were met within {numbers.days} days")
    yield Finding(at, [Evidence(entry, says)], shown_days=days_until(expires, since=at))


def _completed(on: date, other: Other, days: int) -> date | None:
    """Give from when another child counts: met within so many days of the day, and known to be exploited; or None."""
    mentions: Sequence[Mention] = other.touch.mentions if other.touch else ()
    near = [mention.on for mention in mentions if abs(mention.on - on) <= timedelta(days=days)]
    return max(min(near), other.exploited_on) if near and other.exploited_on is not None else None


def _later(entry: Entry, day: date) -> Moment:
    return entry.at if day <= entry.on else day


C15 = Rule(
    code="C15",
    family=Family.RELATIONSHIPS,
    title="Met with an older or controlling associate",
    explanation=(
        f"Arrested, stopped, found after being missing, met on the railway or taken into protection with an adult who "
        f"is at least {YEARS_OLDER} years older and is not told to be family or to have been there at work: on "
        f"{TIMES} days in {DAYS}. Or once with somebody whom an agency takes for an exploiter or trafficker of "
        f"children, by the role in which it names that person on this child's record or on another's in the circle. "
        f"Where the child's age is not known, an adult of {ADULT + YEARS_OLDER} or more counts. The sign proposes: a "
        f"person confirms or dismisses the link. Whether two are related is taken from what the agency says."),
    source="Tees children exploitation tool; Plymouth exploitation pathway",
    source_key="TSAB, G14",
    needs=(*MET, "child.born"),
    cancelled_by="The adult is family, a friend of the family, or was there at work; or was somebody else.",
    not_evidence_of="an offence by the adult, or a choice by the child",
    find=older_associates,
    numbers=ASSOCIATES,
    upon_circle=True,
)

C16 = Rule(
    code="C16",
    family=Family.ENVIRONMENT,
    title="Met with what other exploited children were met with",
    explanation=(
        f"The same address, vehicle, phone or line on this child's record and on those of at least {OTHER_CHILDREN} "
        f"other children within {TOGETHER_DAYS} days, of whom it is known that they were exploited: a positive "
        f"decision of the National Referral Mechanism, an assessment that names exploitation, or one of the signs "
        f"C01, C02 and C14. The address of a home does not count: who lives together is a family. What more children "
        f"touch than a person can look at links nobody (a phone or an address twelve, a line thirty). A link ends when "
        f"it has not been told again for some time (a phone or an address 180 days, a vehicle or a line 90), and the "
        f"sign with it. It names nobody else: who they are is on the page of the circle, for those who may see them. "
        f"The sign proposes: a person confirms or dismisses each link."),
    source="Plymouth exploitation pathway",
    source_key="G14",
    needs=("police.", "missing.", "rail.contact", "slavery.reasonable-grounds", "slavery.conclusive-grounds",
           "care.assessment"),
    cancelled_by="The number, plate or address is wrong or was somebody else's then; somebody dismissed the link.",
    not_evidence_of="knowing the other children",
    find=shared_with_exploited,
    numbers=TOGETHER,
    upon_circle=True,
)

RULES = (C15, C16)
