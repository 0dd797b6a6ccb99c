"""Print the release gate, the states of a release and the watch over journeys, from the rows that enforce them."""

from sightline.domain.custody.gate import GATE
from sightline.domain.custody.journey import NO_DEPARTURE, SILENCE, STATE_WORDS, STEPS
from sightline.domain.custody.plan import PUBLIC, By
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# The release gate

Printed from `sightline/domain/custody`; do not edit. How a sergeant works with it is told in
[Release a child from custody](../how-to/release-a-child.md).

A child cannot be recorded as released while one of these conditions does not hold. The pages refuse in these words; the
database refuses by the same rows, whoever writes. *Not verified* means: our own rule, or from memory.
"""

STATES = """\
## States of a release

```mermaid
stateDiagram-v2
{diagram}
```
"""

JOURNEY = """\
## The journey

- Alone is who travels by {public} without an escort. Who drives a taxi is no escort.
- {minutes} minutes after the planned arrival, silence is an alarm. It is elapsed time: midnight and the change of the
  clocks do not move it. A late departure does not move it either; only a new time that a named person gives, with a
  reason, does.
- {departure} minutes after the planned departure, or after the child left custody where that was later, silence about
  the departure is an alarm, too: the force that released and the council that receives the child (where an adult does,
  the home council) are told. No report is drafted. A departure that somebody saw, an arrival or a later time ends it.
- The alarm about the arrival drafts a missing report, and tells the home force, the home council, the force that
  released, who owns the child's safety, and who receives the child. It sends no report: a person does. The owner stays.
- A release that a file told of is past the gate. It is kept, shown and counted as that.
"""


def page() -> str:
    """Give docs/reference/release-gate.md."""
    rows = [[str(number), one.title, one.refusal, one.authority, SOURCES[one.source],
             "yes" if one.verified else "no"] for number, one in enumerate(GATE, 1)]
    diagram = "\n".join(["    [*] --> planned", *(f"    {_name(s.before)} --> {_name(s.after)}" for s in STEPS)])
    states = table(["state", "means"], [[state.value, words] for state, words in STATE_WORDS.items()])
    steps = table(["from", "to", "what must hold"], [[s.before.value, s.after.value, s.words] for s in STEPS])
    public = ", ".join(by.value for by in By if by in PUBLIC)
    return "\n".join([
        INTRODUCTION, table(["", "condition", "where it fails", "authority", "source", "verified"], rows), "",
        STATES.format(diagram=diagram), states, "", steps, "",
        JOURNEY.format(public=public, minutes=int(SILENCE.total_seconds() // 60),
                       departure=int(NO_DEPARTURE.total_seconds() // 60)).rstrip("\n"), ""])


def _name(state: str) -> str:
    return state.replace("-", "_")
