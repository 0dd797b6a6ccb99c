"""Print the form of a referral to the National Referral Mechanism: its steps, and what is asked when."""

from sightline.domain.slavery.form import (
    FIELDS,
    LONGEST,
    NOT_ASKED,
    OUR_WORDS,
    SECTIONS,
    TICKED,
    TYPES,
    Asked,
)
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# The referral to the National Referral Mechanism

Printed from `sightline/domain/slavery`; do not edit. How one works with it is told in
[Refer a child to the National Referral Mechanism](../how-to/refer-a-victim.md).

Names, labels and options are those of the Home Office's form ([where they come
from](https://github.com/UKHomeOffice/modern-slavery)); a label in italics is ours, where the form has none, or one that
speaks of another field. The order and the branching were read in the form's published source and hold for the versions
that were read: the form changes. An answer holds {longest} characters at the most.

*Needed* means that the form does not go on without it: a referral cannot be recorded as submitted then, neither on the
pages nor in the database. Of the kinds of exploitation at least one is ticked. **Under 18 or not sure: the council's
name, phone and email are needed, and consent is not asked.**
"""

NAMES = """\
## What is not asked

Names in the form's list of fields that stand on no step.
"""


def page() -> str:
    """Give docs/reference/nrm-referral.md."""
    parts = [INTRODUCTION.format(longest=f"{LONGEST:,}")]
    for section in SECTIONS:
        rows = [[step.path if number == 0 else "", _label(field), f"`{field.name}`", field.shape.value,
                 _needed(field), _when(field)]
                for step in section.steps for number, field in enumerate(step.fields)]
        parts += [f"## {section.title}\n", table(["step", "question", "field", "answered by", "needed", "asked"], rows),
                  ""]
    parts += [NAMES, table(["field", "why"], [[f"`{name}`", why] for name, why in NOT_ASKED.items()]), ""]
    return "\n".join(parts)


def _label(field: Asked) -> str:
    return f"*{field.label}*" if field.name in OUR_WORDS else field.label


def _needed(field: Asked) -> str:
    if field.name in TYPES:
        return "one of them"
    return "yes" if field.needed else "no"


def _when(field: Asked) -> str:
    """Say after which answers a field is asked."""
    if not field.when:
        return "always"
    return " and ".join(f"`{name}` is {' or '.join(_option(name, value) for value in sorted(values))}"
                        for name, values in field.when)


def _option(name: str, value: str) -> str:
    if value == TICKED:
        return "ticked"
    return dict(FIELDS[name].options).get(value, value).partition(" - ")[0].partition(" – ")[0] or "not answered"
