"""Print the order of the queue: its classes with their duties and sources, and every case of its spec."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.domain.disclosure.weighing import ANSWER_A_REQUEST_WITHIN
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.danger import CLASSES, Danger, DangerClass
from sightline.domain.duties.position import OPEN_WITHIN, PUT_OFF_UNTIL_BEFORE, SETTLE_WITHIN
from sightline.domain.responsibility.dangers import DANGER_OF
from sightline.interfaces.printed.table import table

SPECS = Path(__file__).parents[3] / "tests" / "spec" / "queue"

INTRODUCTION = """\
# The order of the queue

Printed from the code (`sightline/domain/duties/danger.py`, `position.py`) and its spec (`tests/spec/queue`); do not
edit.

Everything that waits for an agency stands in one order: first by the danger that the law names for what is owed, then
by the clock. Nothing else orders it. A class belongs to what is owed, never to a child; nothing is added up, and
nothing that is known of a child moves anything from one class into another. That is no score, and there is none.

## Classes

"""

CLOCKS = """
The clock is the limit in law or guidance, or where there is no number the partnership's own target. A safety event
stands by since when it runs, an offer to hand over by when it must be answered, a notice by {notice} hours after it was
made, a request to share by {request} hours after it was asked (our own target), a doubt by {doubt} days after it
was opened. What has no limit at all stands at the end of its class.

## Putting off

What is *critical* is never put off, nor what has no limit. Anything else leaves the list for a reason, which its
managers read, and until a time at least {before} minutes before its limit; then it is back by itself. Its clock and its
escalation go on meanwhile. The database refuses anything else, and brings a duty back when its limit moves nearer.

## Cases of the spec

```text
"""


@dataclass(slots=True)
class Case:
    """Hold one case of the spec: its title, and what waits, a line each, in the order in which it must stand."""

    title: str
    lines: list[str] = field(default_factory=list)


def read_cases() -> list[Case]:
    """Read the cases of the spec."""
    cases: list[Case] = []
    for line in (SPECS / "order.txt").read_text("utf-8").splitlines():
        if line.startswith("case "):
            cases.append(Case(line.removeprefix("case ")))
        elif line.strip() and not line.startswith("#"):
            cases[-1].lines.append(line.strip())
    return cases


def page() -> str:
    """Give docs/reference/queue-order.md."""
    headings = ["class", "why it stands here", "duties", "safety events", "critical", "source", "verified"]
    clocks = CLOCKS.format(notice=int(OPEN_WITHIN.total_seconds() // 3600), doubt=SETTLE_WITHIN.days,
                           request=int(ANSWER_A_REQUEST_WITHIN.total_seconds() // 3600),
                           before=int(PUT_OFF_UNTIL_BEFORE.total_seconds() // 60))
    return "\n".join([INTRODUCTION.rstrip("\n"), "", table(headings, map(_row, CLASSES)), clocks.rstrip("\n"),
                      *_cases(), "```", ""])


def _row(one: DangerClass) -> list[str]:
    duties = "; ".join(f"{code} {rules_of(code)[-1].title}" for code in one.codes)
    events = "; ".join(happening.value for happening, danger in DANGER_OF.items() if danger is one.danger)
    rest = "every other duty, notices, requests to share, doubts" if one.danger is Danger.REST else ""
    return [one.heading, one.because, duties or rest, events, "yes" if one.critical else "no", one.authority,
            "yes" if one.verified else "no"]


def _cases() -> Iterator[str]:
    for number, case in enumerate(read_cases()):
        yield from (["", f"# {case.title}"] if number else [f"# {case.title}"])
        yield from (f"  {line}" for line in case.lines)
