"""The days that a referral sets for the Mechanism: when grounds are decided, and when consent is needed to stay."""

from datetime import date, timedelta

from sightline.domain.duties.claims.slavery import CONSENT_ASKED_DAYS_BEFORE
from sightline.domain.duties.life import ADULT_AGE, birthday

RECOVERY_DAYS = 30
"""Conclusive grounds are not decided before so many days of recovery: D-NRM-3, Home Office guidance."""

LOCAL_PANEL_DAYS = 100
"""Where a local panel decides, the child must be more than so many days from 18: D-NRM-4, Home Office, pilot."""


def not_decided_before(positive_on: date) -> date:
    """Give the first day on which conclusive grounds may be decided."""
    return positive_on + timedelta(days=RECOVERY_DAYS)


def days_to_18(born_on: date, *, on: date) -> int:
    """Count the days until the child turns 18; 0 or fewer where that was."""
    return (birthday(born_on, ADULT_AGE) - on).days


def local_panel_may_decide(born_on: date, *, on: date) -> bool:
    """Tell whether a local panel may decide, should the area take part in the pilot."""
    return days_to_18(born_on, on=on) > LOCAL_PANEL_DAYS


def consent_asked_on(born_on: date) -> date:
    """Give the day on which to ask the child for consent to stay: 30 days before the 18th birthday (D-NRM-8)."""
    return birthday(born_on, ADULT_AGE) - timedelta(days=CONSENT_ASKED_DAYS_BEFORE)
