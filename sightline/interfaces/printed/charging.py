"""Print the victim screen, the charging gate and the catalogue of tools, from the rows that enforce them."""

from sightline.domain.custody import charging, screen
from sightline.domain.custody.schedule4 import OFFENCES
from sightline.domain.custody.tools import TOOLS, Target
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.interfaces.printed.table import table

SCREEN = """\
# The victim screen

Printed from `sightline/domain/custody/screen.py`; do not edit. How an officer works with it is told in
[Screen a child, and decide on a charge](../how-to/screen-a-child.md).

Edition {edition}. There is no score and no sum. Nothing of a charge is asked on the page or kept in its tables. *Not
verified* means: our own rule, or from memory.

## Questions

"""

SCREEN_ENDS = """\

## How it ends

{outcomes}

A decision is refused while one of these does not hold, on the page and by the database. *No sign found* is refused,
too, where it leaves out a sign that the force could see.

{conditions}

## Who reads what the child said

The roles {force} of the force that asked, and {council} of a council that sees the child's whole record. No school, no
education lead, and not the summary for the prosecutor.
"""

GATE = """\
# The charging gate

Printed from `sightline/domain/custody/charging.py`; do not edit. How an officer works with it is told in
[Screen a child, and decide on a charge](../how-to/screen-a-child.md).

A child is not charged on our pages, and nothing goes to a prosecutor, while one of these conditions does not hold. The
pages refuse in these words; the database refuses by the same rows, whoever writes. *Not verified* means: our own rule,
or from memory.

"""

STATES = """\

## States of a decision

```mermaid
stateDiagram-v2
{diagram}
```

{states}

{steps}

A charge that a file told of went past the gate. It is kept, shown and counted as that.

## Schedule 4, as we remember it

Not verified, and not whole: an offence that is missing here may stand in the Schedule.

{offences}
"""

TOOLS_PAGE = """\
# Tools against who exploits a child

Printed from `sightline/domain/custody/tools.py`; do not edit. The charging gate wants an answer to each tool that says
*asked*: used, being considered, or not used, each with why. Orders that restrain the child are asked for only with a
supervisor's reason, and after the tools against the adult, premises and phones were answered. That is our own rule,
after HMICFRS 2020. *Not verified* means: from memory.

"""


def screen_page() -> str:
    """Give docs/reference/victim-screen.md."""
    questions = table(["", "question", "who", "source", "verified"], [
        [f"`{one.code}`", one.words, "asked of the child" if one.of_child else "seen by the officer",
         SOURCES[one.source], _yes(one.verified)] for one in screen.QUESTIONS])
    outcomes = table(["outcome", "means", "ends the screen"], [
        [one.value, words, _yes(one in screen.ENDS)] for one, words in screen.OUTCOME_WORDS.items()])
    conditions = table(["condition", "where it fails"], [[one.title, one.refusal] for one in screen.CONDITIONS])
    ends = SCREEN_ENDS.format(outcomes=outcomes, conditions=conditions, force=_list(screen.HEARS_IN_FORCE),
                              council=_list(screen.HEARS_IN_COUNCIL))
    return SCREEN.format(edition=screen.EDITION) + questions + "\n" + ends


def gate_page() -> str:
    """Give docs/reference/charging-gate.md."""
    rows = [[str(number), one.title, one.refusal, one.authority, SOURCES[one.source], _yes(one.verified)]
            for number, one in enumerate(charging.GATE, 1)]
    diagram = "\n".join(["    [*] --> considering",
                         *(f"    {_name(s.before)} --> {_name(s.after)}" for s in charging.STEPS)])
    states = table(["state", "means"], [[state.value, words] for state, words in charging.STATE_WORDS.items()])
    steps = table(["from", "to", "what must hold"], [[s.before.value, s.after.value, s.words] for s in charging.STEPS])
    offences = table(["offence", "law"], [[one.offence, one.law] for one in OFFENCES])
    gate = table(["", "condition", "where it fails", "authority", "source", "verified"], rows)
    return GATE + gate + "\n" + STATES.format(diagram=diagram, states=states, steps=steps, offences=offences)


def tools_page() -> str:
    """Give docs/reference/tools.md."""
    rows = [[f"`{one.code}`", one.name, one.target.value, one.applies, one.test, one.nation, SOURCES[one.source],
             _yes(one.verified), "asked" if one.asked else ""] for target in Target for one in TOOLS
            if one.target is target]
    heads = ["", "tool", "aimed at", "who applies", "test in short", "nation", "source", "verified", "at the gate"]
    return TOOLS_PAGE + table(heads, rows) + "\n"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _name(state: str) -> str:
    return state.replace("-", "_")
