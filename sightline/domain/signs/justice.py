"""Signs in contact with the police: the child is to be looked at as a possible victim first."""

from collections.abc import Iterator

from sightline.domain.signs.areas import FAR_FROM_HOME_KM, away_from_home
from sightline.domain.signs.facts import word, words
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.wording import listed
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family

OFFENCES = {"drugs-supply": "suspected supply of drugs", "weapon": "a weapon offence"}
WEAPON_BROUGHT = "bw"
PROPERTY = {"class-a": "class A drugs", "cash": "cash", "weapon": "a weapon"}


def met_away_with_drugs_cash_or_a_weapon(known: Known) -> Iterator[Finding]:
    """Find an arrest or stop away from home for drug supply or a weapon, or with class A drugs, cash or a weapon."""
    for entry in known.kinds("police.arrest", "police.stop"):
        offence, found = word(entry, "offence"), words(entry, "property")
        told = [OFFENCES[offence]] if offence in OFFENCES else []
        told += [said for item, said in PROPERTY.items() if item in found]
        away = away_from_home(known, entry) if told else None
        if away:
            says = f"{KINDS[entry.kind].title} {{when}} {away}; told: {listed(told)}"
            yield Finding(entry.at, (Evidence(entry, says),))


def arrested_for_supply(known: Known) -> Iterator[Finding]:
    """Find every arrest for the supply of drugs."""
    for entry in known.kind("police.arrest"):
        if word(entry, "offence") == "drugs-supply":
            yield Finding(entry.at, (Evidence(entry, "Arrested on suspicion of supplying drugs {when}"),))


def carried_a_weapon(known: Known) -> Iterator[Finding]:
    """Find an arrest or stop about a weapon, and an exclusion because a weapon was brought to school."""
    for entry in known.kinds("police.arrest", "police.stop"):
        if word(entry, "offence") == "weapon" or "weapon" in words(entry, "property"):
            yield Finding(entry.at, [Evidence(entry, f"{KINDS[entry.kind].title} {{when}}; told: a weapon")])
    for entry in known.kind("school.exclusion"):
        if WEAPON_BROUGHT in words(entry, "reasons"):
            says = "Excluded or suspended {when}, reason given: a weapon was brought to school"
            yield Finding(entry.at, [Evidence(entry, says)])


C01 = Rule(
    code="C01",
    family=Family.JUSTICE,
    critical=True,
    title="Met by police away from home with drugs, cash or a weapon",
    explanation=(
        f"An arrest or stop in a police force area other than the home's, or more than {FAR_FROM_HOME_KM} km from the "
        "home of that moment, where the offence is drug supply or a weapon, or class A drugs, cash or a weapon were "
        "found. Distance is a straight line. A place or a home that is not known makes no sign."),
    source="Home Office county lines guidance 2023 (through a summary); Tees children exploitation tool",
    source_key="G3, TSAB",
    needs=("police.arrest", "police.stop", "child.home"),
    cancelled_by="The place was told wrongly, or the child had moved home, or what was found was not the child's.",
    not_evidence_of="dealing: children found so are often made to carry",
    find=met_away_with_drugs_cash_or_a_weapon,
)

C13 = Rule(
    code="C13",
    family=Family.JUSTICE,
    title="Found with a weapon",
    explanation=(
        "Any arrest or stop for a weapon offence or with a weapon found, and any exclusion or suspension with the "
        "reason code BW (a weapon was brought to school)."),
    source="Tees children exploitation tool",
    source_key="TSAB",
    needs=("police.arrest", "police.stop", "school.exclusion"),
    cancelled_by="What was found was no weapon, or was not the child's.",
    not_evidence_of="a wish to hurt: many children who carry are afraid",
    find=carried_a_weapon,
)

C14 = Rule(
    code="C14",
    family=Family.JUSTICE,
    title="Arrested on suspicion of supplying drugs: look at the child as a possible victim first",
    explanation="Any arrest of a child for the supply of drugs, whatever became of it.",
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020",
    source_key="HM1",
    needs=("police.arrest",),
    cancelled_by="A screen has looked at the child as a possible victim of exploitation, with its reasons recorded.",
    not_evidence_of="guilt, or a choice of the child's own",
    find=arrested_for_supply,
)

RULES = (C01, C13, C14)
