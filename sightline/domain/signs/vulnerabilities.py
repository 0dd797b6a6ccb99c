"""What others can use to gain power over a child, from entries already held: for display, and for nothing else.

Home Office guidance on county lines says that vulnerabilities do not cause exploitation: they give others power. So
they are no signs. No rule reads this module, which a test holds, and nothing here is counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sightline.domain.signs.facts import word, words
from sightline.domain.vocabulary.entry import Entry

SOURCE = "Home Office county lines guidance 2023, by a summary; Children in Need census factors"
NOT_TOLD = ("poverty", "homelessness", "isolation", "a parent in prison")
"""What the published list names as well, and no entry here can tell."""


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """Hold one vulnerability in words, with the entries that tell it, the newest first."""

    words: str
    entries: tuple[Entry, ...]


Tells = Callable[[Entry], bool]


def _kind(*kinds: str) -> Tells:
    return lambda entry: entry.kind in kinds


def _factor(*codes: str) -> Tells:
    wanted = frozenset(code.casefold() for code in codes)
    return lambda entry: entry.kind == "care.assessment" and not wanted.isdisjoint(words(entry, "factors"))


def _either(one: Tells, other: Tells) -> Tells:
    return lambda entry: one(entry) or other(entry)


def _special_need(entry: Entry) -> bool:
    return entry.kind == "school.need" and word(entry, "provision") in ("support", "plan")


def _on_protection_plan(entry: Entry) -> bool:
    return entry.kind == "care.plan" and "protection" in word(entry, "type")


TOLD_BY: dict[str, Tells] = {
    "Abuse or neglect, by an assessment": _factor("16A", "17A", "18A", "18B", "18C", "19A", "19B", "19C"),
    "A child protection plan, now or earlier": _on_protection_plan,
    "Looked after by a council, now or earlier": _kind("care.looked-after", "care.placement"),
    "Domestic abuse at home": _either(
        _factor("3A", "3B", "3C"), _kind("police.domestic-incident", "police.high-risk-case")),
    "Excluded or suspended from school": _kind("school.exclusion"),
    "Dealt with by the police": _kind("police.arrest", "police.charge", "police.disposal"),
    "Learning disability, by an assessment": _factor("5A"),
    "Special educational needs, by a school": _special_need,
    "Physical disability or illness, by an assessment": _factor("6A"),
    "Mental health, by an assessment": _factor("4A", "15A"),
    "Alcohol or drugs, by an assessment": _factor("1A", "2A"),
    "Gangs, by an assessment": _factor("13A"),
    "Alone in the country, by an assessment": _factor("9A"),
    "Carer for somebody at home, by an assessment": _factor("7A"),
}
"""What the published list names, each with the entries that tell it; the last is Sightline's own addition."""


def vulnerabilities(entries: Iterable[Entry]) -> list[Vulnerability]:
    """List the vulnerabilities that these entries tell, in the order of the table: it is no order of weight."""
    newest_first = sorted(entries, key=lambda entry: (entry.starts, entry.id), reverse=True)
    found = ((says, tuple(filter(tells, newest_first))) for says, tells in TOLD_BY.items())
    return [Vulnerability(says, told) for says, told in found if told]
