"""What a rule finds: one time at which its pattern held, with the entries that made it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sightline.domain.signs.wording import when
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Family

Says = str | Callable[[Entry], str]


class Evidence(NamedTuple):
    """Hold one entry with what it shows; `{when}` in the words stands for the entry's moment.

    `says` may be a function that words the entry, so that only what is shown is ever worded. `at` stands in for the
    entry's own moment where the entry is about a period: then it is the period's end. `own` is False for an entry that
    only explains and must not count as a family's evidence; `quoted_from` is the code of the sign it is quoted from.
    """

    entry: Entry
    says: Says
    at: Moment | None = None
    own: bool = True
    quoted_from: str = ""

    @property
    def moment(self) -> Moment:
        """Give the moment at which the entry tells it."""
        return self.entry.at if self.at is None else self.at

    def worded(self) -> str:
        """Say in plain words what the entry shows, with its moment."""
        says = self.says if isinstance(self.says, str) else self.says(self.entry)
        quoted = f" ({self.quoted_from})" if self.quoted_from else ""
        return says.replace("{when}", when(self.moment)) + quoted

    def quoted(self, code: str) -> "Evidence":
        """Give the same as quoted from the sign of this code: it explains, and is not counted a second time."""
        return self._replace(own=False, quoted_from=code)


class Finding(NamedTuple):
    """Hold one time at which a rule's pattern held.

    `at` is the moment that completed it; an instant still to come is a rule that waits ("no B within T"). The evidence
    is in the order in which it happened. `makes` says what the last entry made of the others ("the third episode in 90
    days"). `shown_days` stands in for the rule's own. `answered` is for failures of agencies that were made good later,
    by the last entry of the evidence: they stay on the record, are not renewed by that, and nobody need hurry.
    """

    at: Moment
    evidence: Sequence[Evidence]
    makes: str = ""
    shown_days: int | None = None
    answered: bool = False


class Found(NamedTuple):
    """Hold a finding under the code and family of its rule, for the rules that read signs already found."""

    code: str
    family: Family
    finding: Finding
