"""Print the custody desk: its order with the cases of its spec, and where each thing that is owed is done."""

from pathlib import Path

from sightline.domain.custody.gate import GATE as CONDITIONS
from sightline.domain.custody.typed import KEPT_FOR, LONGEST
from sightline.interfaces.printed.table import table
from sightline.interfaces.web.custody.doors import ARRIVAL, DUTIES, GATE, RELEASE, Door, duty_title

SPEC = Path(__file__).parents[3] / "tests" / "spec" / "custody" / "desk.txt"

INTRODUCTION = """\
# The custody desk

Printed from the code (`sightline/domain/custody/desk.py`, `sightline/interfaces/web/custody/doors.py`) and its spec
(`tests/spec/custody/desk.txt`); do not edit. [How to work at it](../how-to/the-custody-desk-at-night.md).

A child stands on the desk by what the force owes about it: what is late first, then [the order of the
queue](queue-order.md). Nothing of the child moves it.

## Where it is done

The button of a card leads straight to the form that does what is owed next. What has no line here leads to the page of
the duty, where what was done is recorded.

"""
TYPED = """
## What is typed is kept

In every form of a case: sealed, for the officer who typed it alone, until it is sent or thrown away, {days} days at the
most. More than {letters:,} letters in one form are refused.

## The order: cases of the spec

```text
"""


def page() -> str:
    """Give the page as Markdown."""
    doors = [*((f"{code} {duty_title(code)}", door) for code, door in DUTIES.items()),
             *((f"Release gate: {one.title}", GATE[one.code]) for one in CONDITIONS),
             ("Release gate: everything is recorded", RELEASE), ("The child is on the way", ARRIVAL)]
    spec = SPEC.read_text("utf-8").partition("\n\n")[2].rstrip()
    return (INTRODUCTION + table(("owed", "button", "page", "form"), [_row(what, door) for what, door in doors]) + "\n"
            + TYPED.format(days=KEPT_FOR.days, letters=LONGEST) + spec + "\n```\n")


def _row(what: str, door: Door) -> tuple[str, str, str, str]:
    return what, door.words, door.page, door.form
