"""Print how a safety event opens, moves on and ends, how it is handed over, and every case of its spec."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sightline.domain.duties.rule import first_sentence
from sightline.domain.responsibility.handing_over import ANSWER_WITHIN, DISPUTE_STEPS
from sightline.domain.responsibility.opening import STEPS
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.printed.duty_spec import Case, read_specs

SPECS = Path(__file__).parents[3] / "tests" / "spec" / "safety"

INTRODUCTION = """\
# Safety events

Printed from the code (`sightline/domain/responsibility/opening.py`, `handing_over.py`) and its spec
(`tests/spec/safety`); do not edit.

A safety event runs from the first word that a child's safety is in question until the child is received. While it is
open exactly one agency owns it, by a named contact: first by the rules of [responsibility](responsibility.md), then by
whoever accepted it. The database holds the owner, and writes down every change. What an accepted handover settled
stands until something newer is told of where the child is.

## What moves an event

| what is told | what it does |
|---|---|
"""

HANDING_OVER = """\

## Handing over

| state | means |
|---|---|
| offered | the giver owns; a named contact of another agency is asked to answer |
| accepted | a named person of the receiver accepted, and the receiver owns from that instant |
| refused | with reasons, whose it is instead, and by which rule; the giver owns, and a dispute begins |
| withdrawn | by the giver, or because something newer was told of the child, or the event ended |
| expired | nobody answered within the time that the giver set ({minutes} minutes where none is set); the giver owns |

An event is offered to one agency at a time. A dispute never changes the owner. It goes to the desks of both sides:
{steps}. These times are our own choice.

## Cases of the spec

```text
"""


def page() -> str:
    """Give docs/reference/safety-events.md."""
    cases = [case for spec in read_specs(SPECS, names="*.txt") for case in spec.cases]
    rows = [f"| {KINDS[kind].title} (`{kind}`) | {first_sentence(does)} |" for kind, does in STEPS.items()]
    steps = ", ".join(f"after {_minutes(step.after)} minutes to the {step.desk}" for step in DISPUTE_STEPS)
    handing_over = HANDING_OVER.format(minutes=_minutes(ANSWER_WITHIN), steps=steps)
    return "\n".join([INTRODUCTION.rstrip("\n"), *rows, handing_over.rstrip("\n"), *_cases(cases), "```", ""])


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def _cases(cases: list[Case]) -> Iterator[str]:
    for number, case in enumerate(cases):
        yield from (["", f"# {case.title}"] if number else [f"# {case.title}"])
        yield from case.lines
