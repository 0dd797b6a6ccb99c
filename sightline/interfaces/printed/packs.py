"""Print what a handover pack holds: which sections each receiver gets, what is withheld, and who may hand over."""

from sightline.domain.responsibility.handing_over import CODE_LENGTH, ROAD_ANSWER_WITHIN, AnsweredHow
from sightline.domain.responsibility.pack import LOOKS_BACK, Because
from sightline.domain.responsibility.sections import (
    DUTY_OF,
    GIVERS,
    IDENTIFIERS,
    KIND_WORDS,
    NEEDED,
    HandoverKind,
    Section,
)
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# Handover packs

Printed from the code (`sightline/domain/responsibility/sections.py`, `pack.py`, `handing_over.py`); do not edit.

A pack is what one receiver needs of one child, computed from the record and kept in numbered versions: a record that
says something else makes the next one. Before the answer both sides see the preview: age, sex, the council where the
child was told to be, which sections come with how many items, and what is withheld and why. With the acceptance the
sections open to the receiver. The giver keeps how it was answered, and no pack. The tables are our own choice, after
rules of information sharing that ask for what is relevant to those with a role.

## What may be handed over
"""


def page() -> str:
    """Give docs/reference/handover-packs.md."""
    return "\n".join([INTRODUCTION, _kinds(), "\n## Which sections go to whom\n", _sections(),
                      "\n## Which numbers go to whom\n", _numbers(), "\n## Why something is withheld\n", _withheld(),
                      "\n## Answers on the road\n", _road(), ""])


def _kinds() -> str:
    return table(["what", "code", "from", "to", "the duty that the receipt meets, or of a plan starts"], [
        [KIND_WORDS[kind], f"`{kind.value}`", ", ".join(sorted(GIVERS[kind])),
         ", ".join(sorted(takes for what, takes in NEEDED if what is kind)), DUTY_OF.get(kind, "")]
        for kind in HandoverKind])


def _sections() -> str:
    pairs = list(NEEDED)
    return table(["section", *(f"{kind.value} to {function.value}" for kind, function in pairs)], [
        [section.value, *("yes" if section in NEEDED[pair] else "" for pair in pairs)] for section in Section])


def _numbers() -> str:
    return table(["receiver", "numbers"], [[function.value, ", ".join(sorted(kinds)).upper()]
                                           for function, kinds in IDENTIFIERS.items()])


def _withheld() -> str:
    words = {
        Because.NOT_NEEDED: "the section stands not in the table above, or the number is of another service",
        Because.CONFIDENTIAL: "the address of foster carers or adopters, for all but councils",
        Because.NOT_SHARED: "another agency told it, the giver does not see the whole record, and nobody shared it; or "
                            "it became known after the handover was accepted",
        Because.THIRD_PARTY: "who was there beside their part and age; numbers of phones, plates of vehicles",
        Because.POLICE_DETAIL: "what police intelligence and warnings say, for all but the police: only that "
                               "they are there goes",
        Because.OLD: f"older than {LOOKS_BACK.days} days; plans and placements excepted",
    }
    return table(["reason", "what"], [[because.value, words[because]] for because in Because])


def _road() -> str:
    minutes = int(ROAD_ANSWER_WITHIN.total_seconds() // 60)
    rows = {
        AnsweredHow.SIGNED_IN: "an officer of the receiver, at work here, whose account is the name",
        AnsweredHow.BY_CODE: f"a name and collar number, by whoever was shown the code of {CODE_LENGTH} letters and "
                             f"figures; it is good once, for {minutes} minutes, and wrong ones are counted",
        AnsweredHow.GIVERS_DEVICE: "a name and collar number, typed on the phone of the giving officer, who is at work",
    }
    return table(["the record says", "what stands behind it"], [[how.value, rows[how]] for how in AnsweredHow])
