"""Print the clocks of a notice, whom the next goes to, and every case of who is on duty."""

from datetime import timedelta
from pathlib import Path

from sightline.domain.duties.reaching import CHANNEL_WORDS, CLOCKS, URGENT_WITHIN, Reached, Urgency, Within
from sightline.interfaces.printed.table import table

SPECS = Path(__file__).parents[3] / "tests" / "spec" / "notices"

INTRODUCTION = """\
# Notices

Printed from the code (`sightline/domain/duties/reaching.py`, `rota.py`) and its spec (`tests/spec/notices`); do not
edit.

A notice tells a named contact of an agency that something is owed or was decided. It always stands in the inbox. What
leaves besides says only how many things wait, and where.

## By when a notice must have come how far

The numbers are our own choice, but for the hour of D-EDT-1 (a duty outside office hours is received within an hour).
Working time runs only while the desk that was told is open. A clock that says *afresh* starts anew with each channel.

"""
STATES = {
    Reached.SENT: "it left, and the next on the way took it",
    Reached.DELIVERED: "a service says that it arrived, or the inbox was opened; an e-mail server says no such thing",
    Reached.OPENED: "somebody of the agency opened the notice",
    Reached.ACKNOWLEDGED: "somebody said that they have read it: the receipt",
    Reached.ACTED: "the duty was taken on by name, done, or is not owed any more",
}
AFTER = """\

Urgent is what is about a child's safety, an offer or a dispute, what falls to the night or was handed over by it, and
what is due within {hours} hours. Everything else can wait; that it is done has the duty's own clock.

## When a clock passes

A message that is not sent, delivered or opened in time goes by the next channel of the contact; after the last
channel, or when it is not acknowledged or acted on in time, the next person is told: the desk on duty, then the
manager, then the director, each once. What can wait is passed on in one notice a desk and day. Where nobody is left,
`sightline check` says so.

## Channels

{channels}

## Who is on duty

The safeguarding desk in its hours, else the out-of-hours desk, else the manager, else the director; where there is none
of them, the desk stays on duty. The person of the desk's rota is told, or else its named contact.

```text
"""
COVERED = """\
```

## Who covers

From the minute an absence begins to its end, what would go to who is away goes to who covers, in the app and by
message: what is for whoever sits at a desk by name or by the rota, and for an officer who was given duties. What waits
unopened when the absence begins is sent again. Where covers lead in a circle, the manager is told, else the director.

```text
"""


def page() -> str:
    """Give docs/reference/notices.md."""
    rows = [[state.value, STATES[state], *(_within(CLOCKS[urgency].get(state)) for urgency in Urgency)]
            for state in Reached]
    channels = "\n".join(f"- `{name}`: {means}" for name, means in CHANNEL_WORDS.items())
    after = AFTER.format(hours=int(URGENT_WITHIN.total_seconds() // 3600), channels=channels)
    states = table(["state", "means", "urgent", "can wait"], rows)
    on_duty, cover = ((SPECS / name).read_text(encoding="utf-8").rstrip("\n") for name in ("on_duty.txt", "cover.txt"))
    return "\n".join([INTRODUCTION + states, after + on_duty, COVERED + cover, "```", ""])


def _within(within: Within | None) -> str:
    if within is None:
        return "no clock of its own"
    kind = "of working time" if within.working else "of real time"
    return f"{_long(within.time)} {kind}{', afresh' if within.afresh else ''}"


def _long(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    number, word = (minutes, "minute") if minutes < 60 else (minutes // 60, "hour")
    return f"{number} {word}{'' if number == 1 else 's'}"
