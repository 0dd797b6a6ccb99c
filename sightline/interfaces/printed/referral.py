"""Print the states of the referral that an arrest creates, who takes which step, and its clock, from their rows."""

from sightline.domain.custody.referral import MOST_LINES, SENT_AFTER, STATE_WORDS, STEPS, TOLD_WITHIN, Ground
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# The referral of an arrest

Printed from `sightline/domain/custody/referral.py`; do not edit. How an officer works with it is told in
[Refer an arrested child](../how-to/refer-an-arrested-child.md).

Every arrest of a child that a police force tells creates a referral to children's social care. It goes by itself
{minutes} minutes after the arrest became known. An arrest that is read more than {hours} hours after it happened
creates none by itself: it is counted as history, and the duty D-ARR-4 stands in the inbox of the force.

There is no step by which anybody takes it back or puts it off: the pages have none, and the database refuses every
other step, whoever writes.
"""

STATES = """\
## States and steps

```mermaid
stateDiagram-v2
{diagram}
```
"""

REST = """\
## The facts that end it

{grounds}

Where such a fact is put right the referral goes on by its clock as it stood. What was sent stays sent.

## What it says

Only what the force told itself, and what was shared with it by a decision: the same rule as for its officers' own
sight. Warning signs are read anew from these entries alone, with their reasons. A section holds {lines} lines at most,
the newest; the rest is counted. Other people are named by part and age alone.
"""


def page() -> str:
    """Give docs/reference/arrest-referral.md."""
    diagram = "\n".join(["    [*] --> drafted", "    [*] --> told_late", *(
        f"    {step.before.value} --> {step.after.value}: {step.by}" for step in STEPS)])
    states = table(["state", "means"], [[state.value, words] for state, words in STATE_WORDS.items()])
    steps = table(["from", "to", "by", "what must hold"],
                  [[step.before.value, step.after.value, step.by, step.words] for step in STEPS])
    grounds = "\n".join(f"- {ground.value[0].upper()}{ground.value[1:]}." for ground in Ground)
    return "\n".join([
        INTRODUCTION.format(minutes=int(SENT_AFTER.total_seconds() // 60),
                            hours=int(TOLD_WITHIN.total_seconds() // 3600)),
        STATES.format(diagram=diagram), states, "", steps, "",
        REST.format(grounds=grounds, lines=MOST_LINES).rstrip("\n"), ""])
