"""Signs of education in exclusion: permanently, for drugs or a weapon, again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sightline.domain.signs import base_rates
from sightline.domain.signs.counting import repeated
from sightline.domain.signs.facts import word, words
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import least_gap
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import SHOWN_DAYS, Rule
from sightline.domain.signs.schooldays import school_days, spells
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.signs.terms import term_name, term_of
from sightline.domain.signs.wording import listed
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.sign import Family

PERMANENT_SHOWN_DAYS = 365
DRUG_AND_WEAPON_CODES = {"ow": "use or threat of a weapon", "bw": "a weapon", "dr": "drugs", "da": "drugs or alcohol"}
AFTER_ARREST_DAYS = 30
MANY_SESSIONS = 10
SPELLS, SPELLS_DAYS = 3, 180


@dataclass(frozen=True, slots=True)
class Suspensions:
    """Hold how many sessions in a term, or how many suspensions within how many days, make the sign."""

    sessions: int = number(MANY_SESSIONS, least=2, most=30, means="sessions in one term that must be exceeded",
                           why="one day is any suspension, and fifteen days are a quarter of a term")
    spells: int = number(SPELLS, least=2, most=6, means="suspensions", why=AGAIN)
    days: int = number(SPELLS_DAYS, least=30, most=180, means="days within which they lie", why=APART)


SUSPENSIONS = Suspensions()


def excluded_or_suspended_for_drugs_or_a_weapon(known: Known) -> Iterator[Finding]:
    """Find every permanent exclusion, and every suspension whose reasons name drugs or a weapon."""
    for entry in known.kind("school.exclusion"):
        codes = words(entry, "reasons")
        reasons = [said for code, said in DRUG_AND_WEAPON_CODES.items() if code in codes]
        because = f", reason given: {listed(reasons)}" if reasons else ""
        if word(entry, "category") == "perm":
            says = f"Permanently excluded from school {{when}}{because}{_beside_arrests(known, entry)}"
            yield Finding(entry.at, (Evidence(entry, says),))
        elif reasons:
            says = f"Suspended from school {{when}}{because}{_beside_arrests(known, entry)}"
            yield Finding(entry.at, (Evidence(entry, says),), shown_days=SHOWN_DAYS)


def _beside_arrests(known: Known, exclusion: Entry) -> str:
    """Say on which side of an arrest it came: after one more a consequence than a warning, before one it came first.

    Nothing is said where no arrest is known: that none was told is no fact of the child.
    """
    arrests = known.kind("police.arrest")
    gaps = [least_gap(arrest.at, exclusion.at) for arrest in arrests]
    if any(timedelta(0) <= gap <= timedelta(days=AFTER_ARREST_DAYS) for gap in gaps):
        return f"; it followed an arrest within {AFTER_ARREST_DAYS} days, so it may be a consequence of it"
    if any(gap >= timedelta(0) for gap in gaps):
        return f"; it came after an arrest, by more than {AFTER_ARREST_DAYS} days"
    return "; it came before any arrest that is known" if arrests else ""


def suspended_again_and_again(known: Known, numbers: Suspensions = SUSPENSIONS) -> Iterator[Finding]:
    """Find more than five school days of suspension in a term, or three suspensions in 180 days."""
    told = spells(known.kind("school.exclusion"))
    in_term: dict[int, list[Evidence]] = {}
    sessions: dict[int, float] = {}
    for spell in told:
        term = term_of(spell.evidence.entry.on)
        in_term.setdefault(term, []).append(spell.evidence)
        sessions[term] = sessions.get(term, 0) + (spell.sessions or 0)
        if sessions[term] > numbers.sessions:
            makes = f"{school_days(sessions[term])} of suspension in the {term_name(term)}"
            yield Finding(spell.evidence.moment, tuple(in_term[term]), makes)
    every = [spell.evidence for spell in told]
    yield from repeated(every, "suspension", times=numbers.spells, days=numbers.days, since=known.since)


C05 = Rule(
    code="C05",
    family=Family.EDUCATION,
    title="Permanently excluded, or suspended with drugs or a weapon as the reason",
    explanation=(
        "Every permanent exclusion, whatever the reason given, is shown for "
        f"{PERMANENT_SHOWN_DAYS} days; every suspension or lunchtime suspension with the reason code OW, BW, DR or DA "
        f"(a weapon, drugs) for {SHOWN_DAYS} days. The fact itself stays on the timeline for ever. An exclusion after "
        "an arrest is another fact than one before it, and the reason says which: where an arrest came within the "
        f"{AFTER_ARREST_DAYS} days before, it is more likely a consequence than a warning; where an arrest followed, "
        "the exclusion came first."),
    source="Both sides of the coin, HMICFRS 2020, as reported; Home Office county lines guidance 2023, by a summary",
    source_key="HM8, G3",
    needs=("school.exclusion", "police.arrest"),
    cancelled_by="The exclusion was cancelled or overturned, or was told for the wrong child.",
    not_evidence_of="a crime, or that the child has hurt anybody; most excluded children never do",
    base_rate=base_rates.PERMANENT_EXCLUSION + base_rates.SUSPENSION + base_rates.SOURCE,
    find=excluded_or_suspended_for_drugs_or_a_weapon,
    shown_days=PERMANENT_SHOWN_DAYS,
)

C06 = Rule(
    code="C06",
    family=Family.EDUCATION,
    title="Suspended for more than five days in a term, or three times",
    explanation=(
        f"More than {school_days(MANY_SESSIONS)} ({MANY_SESSIONS} sessions) of suspension in one term, counted by the "
        f"day on which each began, or {SPELLS} or more suspensions within {SPELLS_DAYS} days. A lunchtime suspension "
        "is one suspension and half a school day. A suspension whose length was not told is counted by weekdays to its "
        "told end, or as one more suspension of no known length. Two tellings of a suspension that began on one day "
        "are one. Terms are taken by date: to Easter Monday, to 31 July, to 31 December."),
    source="Sightline's own choice, after the trigger in the exclusion regulations (England)",
    source_key="D",
    needs=("school.exclusion",),
    cancelled_by="A suspension was cancelled, or its length was told wrongly.",
    not_evidence_of="exploitation by itself: needs that are not met at school are a common reason",
    base_rate=base_rates.SUSPENSION + base_rates.SOURCE,
    find=suspended_again_and_again,
    numbers=SUSPENSIONS,
)

RULES = (C05, C06)
