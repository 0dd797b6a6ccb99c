"""Print what is counted of the children in an operation, what counts as safeguarded, and who sees which numbers."""

from sightline.domain.operations.counted import FEWEST_SHOWN, MEASURES, Counts
from sightline.domain.operations.parts import WAYS
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# Operations

Printed from `sightline/domain/operations`; do not edit. How people work with them is told in
[Follow an operation](../how-to/follow-an-operation.md), and why it is so in
[decision 25](../decisions/0025-let-both-totals-stand.md).

A child has a part in an operation where the record of the arrest, contact, stop or police protection names its
reference, or where an officer of the force says so (`police.operation`). A part lasts until the child's next arrest.
"""

COUNTED = """\
## What is counted of children

Of each force that told of the children, and of the whole operation. What is not recorded is not known.
"""

SAFE = """\
## What counts as safeguarded

The first of these that is told since. A referral alone is none: it is counted by itself.
"""

TOLD = """\
## What sources tell

A source is a newspaper, a broadcaster, a force or a person. Each number is kept with who told it, on which day, and
whether it is of the whole operation or of one force. It may count: {counts}. Where sources differ, the page says so and
shows each; nothing is averaged, and nothing is chosen. A later number of the same source stands in its place, beside
what it had told before.
"""

SEEN = """\
## Who sees what

| who | the operation and what sources tell | numbers of children | children |
|---|---|---|---|
| a force that takes part | yes | of every force | those that it told of itself |
| a force whose record names the operation, and that does not take part | yes | none | those that it told of itself |
| a council | where it sees a child in it | none | those whose whole record it sees |
| the inspectorate | yes | of every force; one to {most} are "fewer than {fewest}" | none |
| everybody else | no | none | none |

Of two numbers from one to {most} neither can be had from the total. Where there is only one such number among the
forces, or the total itself is so small, the inspectorate is not shown the total. The database does this, not the page.
"""


def page() -> str:
    """Give docs/reference/operations.md."""
    measures = table(["code", "column", "counts"], [[one.code, one.words, one.counts] for one in MEASURES])
    ways = table(["way", "counts when"], [[one.words, one.counts_when] for one in WAYS])
    counts = ", ".join(one.value for one in Counts)
    return "\n".join([INTRODUCTION, COUNTED, measures, "", SAFE, ways, "", TOLD.format(counts=counts),
                      SEEN.format(fewest=FEWEST_SHOWN, most=FEWEST_SHOWN - 1).rstrip("\n"), ""])
