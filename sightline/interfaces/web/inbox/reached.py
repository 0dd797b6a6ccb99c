"""Say in words how far a notice has come: each try, each clock that passed, and what was done next."""

from collections.abc import Iterable
from datetime import datetime

from sightline.domain.duties.reaching import Waiting
from sightline.interfaces.web.moments import moment_in_words

CHANNEL_WORDS = {"e-mail": "E-mail", "notify-email": "E-mail over GOV.UK Notify", "text": "Text message",
                 "webhook": "Webhook", "inbox": "The inbox alone"}
OUTCOME_WORDS = {"trying": "Being sent", "sent": "Sent; whether it arrived, nobody says", "delivered": "Arrived",
                 "accepted": "Sent; not yet known whether it arrived", "failed": "Failed", "clock": "Too late",
                 "covered": "Covered"}


def delivery_rows(tries: Iterable[tuple[datetime, str, str, str, str]]) -> list[tuple[datetime, str, str]]:
    """Give the rows of the table: when, how and to whom, what came of it."""
    return [(at, _how(channel, to_name), f"{OUTCOME_WORDS.get(outcome, outcome)}{': ' if words else ''}{words}")
            for at, channel, outcome, words, to_name in tries]


def waiting_words(waits: Waiting | None) -> str | None:
    """Say what happens where a notice goes no further, or nothing where nothing is waited for."""
    if waits is None:
        return None
    return (f"If it is not {waits.state.value} by {moment_in_words(waits.by)}, the next channel is taken, or the next"
            " person is told.")


def _how(channel: str, to_name: str) -> str:
    words = CHANNEL_WORDS.get(channel, channel)
    return f"{words} to {to_name}" if to_name and channel != "inbox" else words
