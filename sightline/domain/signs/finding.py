"""What a rule finds: one time at which its pattern held, with the entries that made it."""

from dataclasses import dataclass

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Family


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one entry with what it shows; `{when}` in the words stands for the entry's moment.

    `at` stands in for the entry's own moment where the entry is about a period: then it is the period's end. `own` is
    False for an entry that is quoted from another sign: it explains, and is not counted a second time.
    """

    entry: Entry
    says: str
    at: Moment | None = None
    own: bool = True

    @property
    def moment(self) -> Moment:
        """Give the moment at which the entry tells it."""
        return self.entry.at if self.at is None else self.at


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one time at which a rule's pattern held.

    `at` is the moment that completed it; an instant still to come is a rule that waits ("no B within T"). `makes` says
    what the last entry made of the others ("the third episode in 90 days"). `shown_days` stands in for the rule's own.
    `answered` is for failures of ours that were made good later: they stay on the record and nobody need hurry.
    """

    at: Moment
    evidence: tuple[Evidence, ...]
    makes: str = ""
    shown_days: int | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a finding under the code and family of its rule, for the rules that read signs already found."""

    code: str
    family: Family
    finding: Finding
