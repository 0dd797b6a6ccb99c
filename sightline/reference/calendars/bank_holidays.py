"""The bank holidays of each part of the United Kingdom, as GOV.UK publishes them.

The list is the copy inside the package govuk-bank-holidays, so that nothing is fetched. The package imports a web
client, which takes a third of a second: it is imported only when a list is first asked for.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """Hold the bank holidays of one division; `first` and `last` bound the whole years that the list covers."""

    division: str
    days: frozenset[date]
    first: date
    last: date


@cache
def bank_holidays(division: str) -> BankHolidays:
    """Give the bank holidays of a division: england-and-wales, scotland or northern-ireland."""
    from govuk_bank_holidays.bank_holidays import BankHolidays as Published  # type: ignore[import-untyped]

    days = frozenset(holiday["date"] for holiday in Published(use_cached_holidays=True).get_holidays(division=division))
    return BankHolidays(division, days, date(min(days).year, 1, 1), date(max(days).year, 12, 31))
