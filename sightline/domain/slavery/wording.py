"""Say entries in the words of a referral: what happened, when, who told it; nothing that no entry tells."""

from collections.abc import Iterable
from datetime import date

from sightline.domain.vocabulary.entry import Entry
from sightline.reference.codes import exclusion_reasons
from sightline.reference.schools import school_names

OFFENCES = {
    "drugs-supply": "supplying drugs", "drugs-possession": "possession of drugs", "weapon": "a weapon offence",
    "violence": "violence", "theft": "theft", "robbery": "robbery", "criminal-damage": "criminal damage",
    "public-order": "a public order offence", "sexual": "a sexual offence", "other": "another offence",
}
PROPERTY = {"class-a": "class A drugs", "class-b": "class B drugs", "sim": "a SIM card", "ticket": "a ticket",
            "weapon": "a weapon", "phone": "a phone", "cash": "cash"}
EXCLUDED = {"PERM": "Permanently excluded", "SUSP": "Suspended", "LNCH": "Excluded at lunchtimes"}
INJURIES = {"stab": "a stab wound", "blunt": "an injury from a blow", "self-harm": "self-harm", "other": "an injury"}
HAPPENED = ("police.arrest", "police.stop", "police.victim", "rail.contact", "missing.reported", "missing.found",
            "health.attendance", "charity.contact")
"""Kinds of entry of which what happened is drafted. Police intelligence is not among them: a referral is disclosed."""


def day(on: date) -> str:
    """Write a day as people write it."""
    return f"{on.day} {on:%B %Y}"


def line(entry: Entry) -> str:
    """Say one entry in a line, with its day and who told it."""
    return f"{day(entry.on)}: {_what(entry)} ({entry.by})."


def lines(entries: Iterable[Entry]) -> str:
    """Say entries, a line each."""
    return "\n".join(line(entry) for entry in entries)


def listed(words: Iterable[str]) -> str:
    """Join words as people list them."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _what(entry: Entry) -> str:
    say = SAYINGS.get(entry.kind)
    return say(entry) if say else entry.kind.replace(".", " ")


def _where(entry: Entry) -> str:
    council = entry.place.council if entry.place else None
    return f" in {council}" if council else ""


def _with(entry: Entry) -> str:
    found = [PROPERTY.get(one, one) for one in entry.facts.get("property") or ()]
    ages = [f"somebody aged {one.age}" if one.age is not None else "somebody" for one in entry.people]
    had = f", with {listed(found)}" if found else ""
    return f"{had}{f', together with {listed(ages)}' if ages else ''}"


def _offence(entry: Entry) -> str:
    return f", for {OFFENCES[offence]}" if (offence := str(entry.facts.get("offence") or "")) in OFFENCES else ""


def _arrested(entry: Entry) -> str:
    return f"arrested{_where(entry)}{_offence(entry)}{_with(entry)}"


def _stopped(entry: Entry) -> str:
    return f"stopped by police{_where(entry)}{_offence(entry)}{_with(entry)}"


def _victim(entry: Entry) -> str:
    return f"recorded as the victim of a crime{_where(entry)}{_offence(entry)}"


def _rail(entry: Entry) -> str:
    station = entry.facts.get("station")
    return f"met on the railway{f' at {station}' if station else _where(entry)}{_with(entry)}"


def _missing(entry: Entry) -> str:
    return f"reported missing{_where(entry)}"


def _found(entry: Entry) -> str:
    return f"found, or returned from missing{_where(entry)}{_with(entry)}"


def _hospital(entry: Entry) -> str:
    injury = INJURIES.get(str(entry.facts.get("injury") or ""))
    return f"attended hospital or a clinic{f' with {injury}' if injury else ''}"


def _charity(entry: Entry) -> str:
    words = str(entry.facts.get("support") or "").strip()
    return f"contact with a charity{f', which told: {words}' if words else ''}"


def _excluded(entry: Entry) -> str:
    reasons = [exclusion_reasons().get(one) or one for one in entry.facts.get("reasons") or ()]
    how = EXCLUDED.get(str(entry.facts.get("category") or ""), "Excluded or suspended")
    return f"{how.lower()}{_school(entry, 'from')}{f', for {listed(reasons).lower()}' if reasons else ''}"


def _joined(entry: Entry) -> str:
    return f"joined{_school(entry, '') or ' a school'}"


def _left(entry: Entry) -> str:
    return f"left{_school(entry, '') or ' a school'}"


def _provided(entry: Entry) -> str:
    sessions = entry.facts.get("sessions_a_week")
    much = f", {sessions} half days a week" if sessions is not None else ""
    return f"education provided{f' at {where}' if (where := entry.facts.get('setting')) else ''}{much}"


def _school(entry: Entry, before: str) -> str:
    name = str(entry.facts.get("school") or "")
    return f"{f' {before}' if before else ''} {school_names().get(name) or name}" if name else ""


def _decided(entry: Entry) -> str:
    reasons = str(entry.facts.get("reasons") or "").strip()
    return f"decided: {entry.facts.get('outcome')}{f', because: {reasons}' if reasons else ''}"


FACTORS = {"11A": "child sexual exploitation", "12A": "trafficking", "13A": "gangs",
           "24A": "child criminal exploitation"}


def _assessed(entry: Entry) -> str:
    found = [FACTORS[one] for one in entry.facts.get("factors") or () if one in FACTORS]
    return f"social care assessment found {listed(found)}"


SAYINGS = {
    "police.arrest": _arrested, "police.stop": _stopped, "police.victim": _victim, "rail.contact": _rail,
    "missing.reported": _missing, "missing.found": _found, "health.attendance": _hospital,
    "charity.contact": _charity, "school.exclusion": _excluded, "school.joined": _joined, "school.left": _left,
    "school.provision": _provided, "decision.made": _decided, "care.assessment": _assessed,
}
