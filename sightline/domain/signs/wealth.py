"""Signs in money and phones."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.domain.signs.facts import listed
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import SEEN, Rule
from sightline.domain.signs.seen import seen
from sightline.domain.signs.settable import number
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.sign import Family

PHONES = frozenset({"phone", "sim"})
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Phones:
    """Hold how many handsets and SIM cards make the sign."""

    several: int = number(SEVERAL, least=2, most=4, means="handsets or SIM cards",
                          why="nearly every child has one, and nobody is found with more than four by chance")


SEVERAL_PHONES = Phones()


def several_phones(known: Known, numbers: Phones = SEVERAL_PHONES) -> Iterator[Finding]:
    """Find an arrest or stop with two or more handsets or SIM cards, and what a person saw of phones and calls."""
    yield from seen(known, "C10")
    for entry in known.kinds("police.arrest", "police.stop"):
        if phones_of(entry) >= numbers.several:
            yield Finding(entry.at, [Evidence(entry, "Found with more than one phone or SIM card {when}")])


def phones_of(entry: Entry) -> int:
    """Count handsets and SIM cards in the property list, or those told one by one as things, whichever are more."""
    in_property = sum(item in PHONES for item in listed(entry, "property"))
    return max(in_property, len({(thing.kind, thing.id) for thing in entry.things if thing.kind in PHONES}))


C10 = Rule(
    code="C10",
    family=Family.WEALTH,
    title="More than one phone or SIM card",
    explanation=(
        f"An arrest or stop whose property list, or whose things, hold {SEVERAL} or more handsets or SIM cards "
        "together. Or a person saw that the child has more than one phone or SIM card, or is called without end."),
    source="Tees children exploitation tool; Home Office county lines guidance 2023, by a summary",
    source_key="TSAB, G3",
    needs=("police.arrest", "police.stop", SEEN),
    cancelled_by="The phones are the family's, or one was broken and carried along.",
    not_evidence_of="running a line",
    find=several_phones,
    numbers=SEVERAL_PHONES,
)

RULES = (C10,)
