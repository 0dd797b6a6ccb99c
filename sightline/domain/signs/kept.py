"""What people said that a reading must heed: signs kept for longer with a reason, signs switched off for an area."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sightline.domain.signs.finding import Finding
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.sign import Family

KEPT_DAYS = 180
KEPT = timedelta(days=KEPT_DAYS)
"""For how long a sign is kept after somebody reviewed it. Our own default."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold that a person reviewed a sign as it rested on these entries, when, and until when it is shown for that."""

    because: frozenset[str]
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Hold by code what was kept, and until when a sign is switched off where the child's council answers."""

    kept: Mapping[str, Sequence[Kept]] = field(default_factory=dict)
    off: Mapping[str, datetime] = field(default_factory=dict)

    def until(self, rule: Rule, finding: Finding, until: datetime, *, at: datetime) -> datetime:
        """Give until when a finding is shown: its own days, or those for which a person keeps what it rests on."""
        if rule.code not in self.kept:
            return until
        named = {evidence.entry.id for evidence in finding.evidence}
        later = [one.until for one in self.kept[rule.code] if one.at <= at and named <= one.because]
        return max([until, *later])

    def is_off(self, rule: Rule, *, at: datetime) -> bool:
        """Tell whether the sign is shown and asks nobody."""
        until = self.off.get(rule.code)
        return until is not None and at < until

    def turns(self, at: datetime) -> Iterator[datetime]:
        """Give when a switch ends by itself: the sign asks again."""
        return (until for until in self.off.values() if until > at)


def may_be_switched_off(rule: Rule) -> bool:
    """Tell whether any area may switch the sign off: never a critical one, never one that tells of agencies' failures.

    An agency that could silence what is said of itself would; and a critical sign asks a person to look now.
    """
    return not rule.critical and rule.family is not Family.SYSTEM
