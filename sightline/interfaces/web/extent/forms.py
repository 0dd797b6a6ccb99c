"""Ask for the period of an estimate."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from sightline.domain.insight.own_lists import PERIOD_DAYS
from sightline.domain.vocabulary.moment import LONDON, first_instant
from sightline.interfaces.web.fields import DayField

MOST_YEARS = 5
"""Who was a child longer ago is one no more (our own choice)."""


class PeriodForm(forms.Form):
    """Ask for the first and the last day; the year that ended with yesterday stands there already."""

    first = DayField(label="First day")
    last = DayField(label="Last day")

    def __init__(self, posted: Any = None, *, at: datetime) -> None:
        self.yesterday = at.astimezone(LONDON).date() - timedelta(days=1)
        super().__init__(posted, initial={"first": self.yesterday - timedelta(days=PERIOD_DAYS - 1),
                                          "last": self.yesterday})

    def clean(self) -> dict[str, Any]:
        """Refuse a period that has not ended, that ends before it begins, or that is too long."""
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if last is not None and last > self.yesterday:
            self.add_error("last", "The period must have ended: yesterday is the last day that can be chosen")
        elif first is not None and last is not None and first > last:
            self.add_error("last", "The last day lies before the first")
        elif first is not None and last is not None and (last - first).days > MOST_YEARS * 366:
            self.add_error("first", f"Choose {MOST_YEARS} years at the most: who was a child longer ago is one no more")
        return told

    def period(self) -> tuple[datetime, datetime]:
        """Give the first instant of the period, and the first after it."""
        last: date = self.cleaned_data["last"]
        return first_instant(self.cleaned_data["first"]), first_instant(last + timedelta(days=1))
