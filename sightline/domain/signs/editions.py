"""Every edition of every rule, the superseded ones too, so that a day can be read again with the rules of that day.

A family's file keeps its superseded editions in `SUPERSEDED`, each with the last day on which it held and with a
function that still has the old numbers. An edition once printed never changes: a change of a number is a new edition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.domain.signs.catalogue import FILES, RULES
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.moment import day_of, first_instant, last_instant

SUPERSEDED: tuple[Rule, ...] = tuple(rule for file in FILES for rule in getattr(file, "SUPERSEDED", ()))


@dataclass(frozen=True, slots=True)
class Editions:
    """Hold editions of rules in the order of the book; `always` reads every instant with all of them."""

    rules: Sequence[Rule]
    always: bool = False

    def at(self, instant: datetime) -> tuple[Rule, ...]:
        """Give the rules with which an instant is read: those in force on its day in the United Kingdom."""
        day = day_of(instant)
        return tuple(rule for rule in self.rules if self.always or holds_on(rule, day))

    def turn_after(self, instant: datetime) -> datetime | None:
        """Give the next instant at which an edition begins or ends, or None."""
        if self.always:
            return None
        turns = {first_instant(rule.valid_from) for rule in self.rules}
        turns |= {last_instant(rule.valid_to) for rule in self.rules if rule.valid_to}
        return min((turn for turn in turns if turn > instant), default=None)


def holds_on(rule: Rule, day: date) -> bool:
    """Tell whether an edition was in force on a day."""
    return rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)


TODAYS = Editions(RULES, always=True)
OF_THEN = Editions((*RULES, *SUPERSEDED))
