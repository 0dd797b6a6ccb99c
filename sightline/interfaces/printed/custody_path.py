"""Print the custody path: its diagram, its states and its steps, from the table that pages and database enforce."""

from sightline.domain.custody.path import GATES, LAW_CODES, PATH, STATE_WORDS, STEP, CustodyState, PathStep
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# The custody path

Printed from `sightline/domain/custody/path.py`; do not edit. How it is worked with is told in
[Keep a custody record](../how-to/keep-a-custody-record.md).

Each step can be taken only where custody stands as the table says, and only when what it needs was there. The pages
refuse in these words; the database refuses by the same rows, whoever writes. A step that a file or another system tells
is not refused: it happened. It is kept with what was missing. *Not verified* means: our own rule, or from memory.

```mermaid
stateDiagram-v2
{diagram}
```
"""

CLOSING = """\
## What keeps a record open

A custody record is not closed while one of these duties, started since the arrest and owed by the force, is open:
{codes}.
"""


def page() -> str:
    """Give docs/reference/custody-path.md."""
    states = table(["state", "means"], [[state.value, words] for state, words in STATE_WORDS.items()])
    steps = table(["step", "where custody stands", "needs first", "leads to", "excepted by", "authority", "source",
                   "verified"], [_row(step) for step in PATH])
    gates = table(["gate", "where it fails"], [[gate.code, gate.refusal] for gate in GATES.values()])
    return "\n".join([
        INTRODUCTION.format(diagram=_diagram()), "## States", "", states, "", "## Steps", "", steps, "",
        "## Gates beside the path", "", gates, "",
        CLOSING.format(codes=", ".join(LAW_CODES)).rstrip("\n"), ""])


def _row(step: PathStep) -> list[str]:
    needs = [STEP[code].title.lower() for code in step.needs] + [f"gate: {code}" for code in step.gates]
    return [step.title, ", ".join(step.before) or "anywhere", "; ".join(needs), step.after or "", step.excepted,
            step.authority, SOURCES[step.source], "yes" if step.verified else "no"]


def _diagram() -> str:
    """Draw each step that moves custody on as an arrow, the others as a loop at the first state that allows them."""
    lines = [f"    [*] --> {_name(CustodyState.DETAINED)}: {PATH[0].title.lower()}"]
    for step in PATH[1:]:
        for state in step.before if step.after else step.before[:1]:
            lines.append(f"    {_name(state)} --> {_name(step.after or state)}: {step.title.lower()}")
    return "\n".join(line.replace(": why no council accommodation: certified", ": certified") for line in lines)


def _name(state: CustodyState) -> str:
    return state.value.replace("-", "_")
