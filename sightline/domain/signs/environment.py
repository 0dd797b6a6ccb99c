"""Signs in what is around a child: a house known for dealing, abuse online that names the household."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earliest, later_by
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import number
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family

PREMISES = {
    "dealing-address": "at an address that the police know for dealing",
    "cuckooed-home": "in a home that others have taken over",
}
PACKAGE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Packages:
    """Hold for how many days a package may wait before the reason says so."""

    days: int = number(PACKAGE_DAYS, least=1, most=PACKAGE_DAYS, means="days for which a package may wait",
                       why="an area may say sooner than elsewhere that a package waits, and never later")


PACKAGES = Packages()


def met_at_a_dealing_address(known: Known) -> Iterator[Finding]:
    """Find an arrest, a stop or a return from missing at an address that the police know as such."""
    for entry in known.kinds("police.arrest", "police.stop", "missing.found"):
        premises = PREMISES.get(word(entry, "premises"))
        if premises:
            yield Finding(entry.at, (Evidence(entry, f"{KINDS[entry.kind].title} {{when}}, {premises}"),))


def named_in_an_online_package(known: Known, numbers: Packages = PACKAGES) -> Iterator[Finding]:
    """Find every package; and again when seven days have gone and nobody was told to have acted on it."""
    for entry in known.kind("police.online-package"):
        told = (Evidence(entry, "The police received a package on online abuse {when}"),)
        yield Finding(entry.at, told)
        over_at = later_by(entry.at, timedelta(days=numbers.days))
        if not _acted_on(entry, by=known) or earliest(entry.until or entry.at) > over_at:
            yield Finding(over_at, told, f"not acted on within {numbers.days} days")


def _acted_on(entry: Entry, *, by: Known) -> bool:
    return entry.until is not None and earliest(entry.until) <= by.at


C17 = Rule(
    code="C17",
    family=Family.ENVIRONMENT,
    title="Found where drugs are dealt, or in a home that others took over",
    explanation=(
        "An arrest, a stop or a return from missing at an address that the police told to be one from which drugs are "
        "dealt, or a home that others have taken over (cuckooed). Sightline keeps no list of addresses: the police say "
        "it of the event."),
    source="Home Office county lines guidance 2023, by a summary",
    source_key="G3",
    needs=("police.arrest", "police.stop", "missing.found"),
    cancelled_by="The address was taken for another one, or the child lives there or visits family.",
    not_evidence_of="dealing: children are put into such homes",
    find=met_at_a_dealing_address,
)

O01 = Rule(
    code="O01",
    family=Family.ENVIRONMENT,
    title="Named in a package on online abuse",
    explanation=(
        "The police received a package on online abuse (from NCMEC, the NCA or CEOP) that names the child or somebody "
        "of the child's household. Its end is the moment when the police acted on it; where none was told within "
        f"{PACKAGE_DAYS} days, the reason says so. Packages that wait have hidden children at risk."),
    source="National child protection inspection of Warwickshire, HMICFRS 2022; the number of days is our own choice",
    source_key="HM11, D",
    needs=("police.online-package",),
    cancelled_by="The police found that the package meant another household.",
    not_evidence_of="who in the household is meant",
    find=named_in_an_online_package,
    numbers=PACKAGES,
)

RULES = (C17, O01)
