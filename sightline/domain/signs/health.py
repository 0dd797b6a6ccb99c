"""Signs in health and harm: injuries, emergency visits, appointments to which nobody brought the child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.domain.signs.areas import FAR_FROM_HOME_KM, away_from_home
from sightline.domain.signs.counting import once_told, repeated
from sightline.domain.signs.facts import word, words
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import SEEN, Rule
from sightline.domain.signs.seen import seen
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family

WOUNDS = {"stab": "a stab wound", "blunt": "a blunt injury"}
INJURIES, INJURIES_DAYS = 2, 90
NOT_BROUGHT, NOT_BROUGHT_DAYS = 3, 365
EMERGENCIES, EMERGENCIES_DAYS = 3, 183
SEXUAL_CODES = frozenset({"sb", "sm"})
EMERGENCY_WORDS = ("emergency", "a&e", "casualty")


@dataclass(frozen=True, slots=True)
class Harm:
    """Hold on how many days within how many harm makes the sign."""

    times: int = number(INJURIES, least=2, most=5, means="days on which harm was told", why=AGAIN)
    days: int = number(INJURIES_DAYS, least=14, most=365, means="days within which they lie", why=APART)


@dataclass(frozen=True, slots=True)
class Care:
    """Hold how many missed appointments, or emergency visits, within how many days make the sign."""

    missed: int = number(NOT_BROUGHT, least=2, most=6, means="appointments to which nobody brought the child",
                         why=AGAIN)
    missed_days: int = number(NOT_BROUGHT_DAYS, least=90, most=730, means="days within which those lie", why=APART)
    visits: int = number(EMERGENCIES, least=2, most=6, means="emergency visits", why=AGAIN)
    visits_days: int = number(EMERGENCIES_DAYS, least=30, most=365, means="days within which these lie", why=APART)


HARM, CARE = Harm(), Care()


def injured(known: Known, numbers: Harm = HARM) -> Iterator[Finding]:
    """Find a stab or blunt wound, an injury away from home, two days of harm in 90 days, or what a person saw."""
    yield from seen(known, "C12")
    injuries = [e for e in known.kind("health.attendance") if word(e, "injury")]
    for entry in injuries:
        wound = WOUNDS.get(word(entry, "injury"))
        if wound:
            yield Finding(entry.at, [Evidence(entry, f"Treated for {wound} {{when}}")])
        elif away := away_from_home(known, entry):
            yield Finding(entry.at, [Evidence(entry, f"Treated for an injury {{when}}, {away}")])
    hurt = [e for e in known.kinds("health.attendance", "police.victim")
            if word(e, "injury") or word(e, "offence") == "violence"]
    by_day: dict[date, Entry] = {}
    for entry in hurt:
        by_day.setdefault(entry.on, entry)
    told = [Evidence(entry, _harm) for entry in by_day.values()]
    yield from repeated(told, "day on which harm was told", times=numbers.times, days=numbers.days, since=known.since)


def _harm(entry: Entry) -> str:
    return "Treated for an injury {when}" if entry.kind == "health.attendance" else "Victim of violence {when}"


def often_ill_treated_or_not_brought(known: Known, numbers: Care = CARE) -> Iterator[Finding]:
    """Find three emergency visits in six months, or three appointments in a year to which the child was not brought."""
    missed = [Evidence(e, "Not brought to an appointment {when}") for e in once_told(known.kind("health.not-brought"))]
    yield from repeated(missed, "missed appointment", times=numbers.missed, days=numbers.missed_days, since=known.since)
    visits = [Evidence(e, f"{KINDS[e.kind].title} as an emergency {{when}}")
              for e in once_told(known.kind("health.attendance")) if _emergency(e)]
    yield from repeated(visits, "emergency visit", times=numbers.visits, days=numbers.visits_days, since=known.since)


def health_holds_information(known: Known) -> Iterator[Finding]:
    """Find every word of health that it holds something, of which it says no more."""
    for entry in known.kind("health.relevant-information"):
        yield Finding(entry.at, [Evidence(entry, "Health holds relevant information {when}: contact the named doctor")])


def harmful_sexual_behaviour(known: Known) -> Iterator[Finding]:
    """Find an exclusion with a code of sexual behaviour as its reason, and what a person saw."""
    yield from seen(known, "X08")
    for entry in known.kind("school.exclusion"):
        codes = sorted(SEXUAL_CODES & words(entry, "reasons"))
        if codes:
            says = f"Excluded or suspended {{when}}, reason code: {', '.join(codes).upper()}"
            yield Finding(entry.at, [Evidence(entry, says)])


def _emergency(entry: Entry) -> bool:
    return bool(word(entry, "injury")) or any(said in word(entry, "setting") for said in EMERGENCY_WORDS)


C12 = Rule(
    code="C12",
    family=Family.HEALTH,
    title="Hurt: a wound, an injury away from home, or injuries again",
    explanation=(
        "An attendance for a stab wound or a blunt injury; an attendance for any injury in another police force area, "
        f"or more than {FAR_FROM_HOME_KM} km from the home of that moment; or harm on {INJURIES} or more days within "
        f"{INJURIES_DAYS} days (attendances with an injury, self-harm included, and violence of which the child was "
        "the victim). What is told of one day is one harm. Or a person saw an injury and says what it may mean."),
    source="Tees children exploitation tool",
    source_key="TSAB",
    needs=("health.attendance", "police.victim", "child.home", SEEN),
    cancelled_by="The injury has a plain explanation, such as sport or a road accident.",
    not_evidence_of="exploitation or abuse by itself",
    find=injured,
    numbers=HARM,
)

H04 = Rule(
    code="H04",
    family=Family.HEALTH,
    title="Often in emergency care, or not brought to appointments",
    explanation=(
        f"{NOT_BROUGHT} or more appointments within {NOT_BROUGHT_DAYS} days to which the child was not brought; or "
        f"{EMERGENCIES} or more emergency attendances within {EMERGENCIES_DAYS} days (an injury was told, or the "
        "setting names emergency care). What two agencies tell of one day is one."),
    source="Sightline's own choice of numbers, after lists on neglect and violence at home",
    source_key="D",
    needs=("health.not-brought", "health.attendance"),
    cancelled_by="There is a known condition that explains it, or letters went to a wrong address.",
    not_evidence_of="neglect by itself",
    find=often_ill_treated_or_not_brought,
    numbers=CARE,
)

X02 = Rule(
    code="X02",
    family=Family.HEALTH,
    critical=True,
    title="Health holds relevant information: contact the named doctor",
    explanation=(
        "A health body says that it holds something that matters to the child's safety, and says no more: its "
        "entry has no fact at all. It is critical whatever it is about, since a difference would tell. Health sends it "
        "for what its own procedures name, such as care that a child under 13 should not need, or the same need again "
        "and again after the child was missing."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("health.relevant-information",),
    cancelled_by="The named doctor was asked, and says that nothing need be done.",
    not_evidence_of="anything: only the named doctor can say what it is about",
    find=health_holds_information,
    health_detail=True,
)

X08 = Rule(
    code="X08",
    family=Family.HEALTH,
    title="Sexualised behaviour, or sexual behaviour that harms others",
    explanation=(
        "An exclusion or suspension with the reason code SM (sexual misconduct) or SB (no wording of this code is "
        "published where we looked); or a person saw sexualised behaviour, or sexual behaviour that harms other "
        "children."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("school.exclusion", SEEN),
    cancelled_by="The behaviour is what children of that age do, or was told of the wrong child.",
    not_evidence_of="a wish to harm: many children who do this were harmed",
    find=harmful_sexual_behaviour,
)

RULES = (C12, H04, X02, X08)
