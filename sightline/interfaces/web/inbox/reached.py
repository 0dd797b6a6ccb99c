"""Say in words how far a notice has come: each try, each clock that passed, and what was done next."""

from collections.abc import Iterable
from datetime import datetime

CHANNEL_WORDS = {"e-mail": "E-mail", "notify-email": "E-mail over GOV.UK Notify", "text": "Text message",
                 "webhook": "Webhook", "inbox": "The inbox alone"}
OUTCOME_WORDS = {"trying": "Being sent", "sent": "Sent; whether it arrived, nobody says", "delivered": "Arrived",
                 "accepted": "Sent; not yet known whether it arrived", "failed": "Failed", "clock": "Too late"}


def delivery_rows(tries: Iterable[tuple[datetime, str, str, str]]) -> list[tuple[datetime, str, str, str]]:
    """Give the rows of the table: when, how, what came of it, in words."""
    return [(at, CHANNEL_WORDS.get(channel, channel), OUTCOME_WORDS.get(outcome, outcome), words)
            for at, channel, outcome, words in tries]
