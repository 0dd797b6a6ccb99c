"""Put the referral of an arrest into the words, rows and bars that its pages show."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from sightline.apps.custody.referral_queries import ReferralCount, ReferralFacts, ToFacts
from sightline.apps.duties.queries import DutyFacts
from sightline.apps.record.queries import Told
from sightline.domain.custody.referral import ReferralState
from sightline.interfaces.web.chart import Figure, bar_chart
from sightline.interfaces.web.moments import counted, moment_in_words
from sightline.interfaces.web.rules.linking import linked

ABOUT_ADULT = "D-CCE-2"
SAID_IN_MINUTES = 120
"""From so many on, minutes are said with their hours."""
COLUMNS = ("Force", "Arrests of children", "Sent by an officer", "Sent by the clock", "Waiting", "Not sent in time",
           "Ended by a fact", "History")
MINUTES = ("Force", "Referrals sent", "From arrest: half within", "From arrest: 90 in 100 within",
           "From known: half within", "From known: 90 in 100 within")


def to_rows(found: ReferralFacts) -> list[tuple[str, str, str]]:
    """Give to whom a referral goes as the rows of a table: the council, why it, how far it has come."""
    return [(one.name, linked(one.because), _reached(found, one)) for one in found.to]


def _reached(found: ReferralFacts, one: ToFacts) -> str:
    if one.agency_id is None:
        return "Does not work here: ring it"
    if one.sent_at is None:
        return "Goes in the next minute" if found.state is ReferralState.SENT else "Not sent yet"
    words = [f"Sent {moment_in_words(one.sent_at)}"]
    words += [f"{word} {moment_in_words(when)}" for word, when in (
        ("delivered", one.delivered_at), ("opened", one.opened_at), ("acknowledged", one.acknowledged_at)) if when]
    if one.opened_at is None and one.acknowledged_at is None:
        words.append("nobody has opened it yet")
    return "; ".join(words)


def clock_words(found: ReferralFacts, *, at: datetime) -> str:
    """Say when a referral goes by itself, or how soon it went."""
    if found.state is ReferralState.SENT and found.sent_at is not None:
        return (f"{_minutes(found.sent_at - found.arrested_at)} after the arrest,"
                f" {_minutes(found.sent_at - found.known_at)} after the arrest became known here")
    if found.sends_at is None:
        return ""
    if found.sends_at <= at:
        return "within the minute"
    return f"in {_minutes(found.sends_at - at)}"


def _minutes(length: timedelta) -> str:
    minutes = max(0, ceil(length.total_seconds() / 60))
    if minutes < SAID_IN_MINUTES:
        return counted(minutes, "minute")
    return f"{counted(minutes // 60, 'hour')} {counted(minutes % 60, 'minute')}"


def duties_started(duties: Iterable[DutyFacts], code: str, entry: UUID | None) -> list[DutyFacts]:
    """Give the duties of a code that an entry started."""
    return [one for one in duties if one.code == code and one.started_by == entry]


def adult_rows(told: Iterable[Told]) -> list[tuple[datetime, str, list[str], str]]:
    """Give what was recorded of the adult, the newest first: when, what is known, in which words, by whom."""
    return [(one.recorded_at, str(one.entry.facts.get("outcome") or ""),
             str(one.entry.facts.get("reasons") or "").splitlines(),
             ", ".join(filter(None, (one.officer, one.entry.by)))) for one in told
            if one.entry.kind == "decision.made" and str(one.entry.facts.get("about")) == ABOUT_ADULT
            and not one.withdrawn]


def counts_shown(found: Sequence[ReferralCount]) -> dict[str, Any]:
    """Give the counts as a table, and as bars by how soon after the arrest the referral went."""
    soon = (("Within 30 minutes", "within_30"), ("Within an hour", "within_60"), ("Within 4 hours", "within_240"),
            ("Later", "later"))
    bars = [(words, sum(getattr(one, name) for one in found)) for words, name in soon]
    bars += [("Not sent in time", sum(one.overdue for one in found)),
             ("History, read too late", sum(one.late for one in found))]
    return {
        "arrests": sum(one.arrests for one in found), "sent": sum(one.sent for one in found),
        "by_officer": sum(one.by_officer for one in found), "overdue": sum(one.overdue for one in found),
        "late": sum(one.late for one in found), "columns": COLUMNS, "minute_columns": MINUTES,
        "rows": [(one.agency, one.arrests, one.by_officer, one.sent - one.by_officer, one.waiting, one.overdue,
                  one.ended, one.late) for one in found],
        "minute_rows": [(one.agency, one.sent, *(_figure(value) for value in (
            one.from_arrest, one.from_arrest_90, one.from_known, one.from_known_90))) for one in found],
        "bars": bar_chart([Figure(words, number, counted(number, "arrest")) for words, number in bars]),
    }


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
