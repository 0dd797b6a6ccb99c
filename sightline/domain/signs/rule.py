"""A rule of the book: what it looks for, why, by whose word, and the function that finds it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sightline.domain.signs.finding import Finding
from sightline.domain.signs.known import Known
from sightline.domain.vocabulary.sign import Attention, Family

FIRST_EDITION_ON = date(2026, 11, 21)
SHOWN_DAYS = 180

Find = Callable[[Known], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Describe one sign: a plain sentence that never accuses, its source, and the function that finds it.

    `verified` turns True when a named person has checked the row against its source. `alone` is how soon a person must
    look when this is the only sign. `shown_days` is how long a sign is shown after its last evidence. `upon_signs`
    marks a rule that reads the signs already found. `police_detail` marks a sign whose detail only the police may see.
    `base_rate` says what is known of how often it leads anywhere. `valid_to` is the last day of an edition that another
    has superseded.
    """

    code: str
    family: Family
    title: str
    explanation: str
    source: str
    source_key: str
    needs: tuple[str, ...]
    cancelled_by: str
    not_evidence_of: str
    find: Find
    critical: bool = False
    shown_days: int = SHOWN_DAYS
    alone: Attention = Attention.WORKER
    valid_from: date = FIRST_EDITION_ON
    valid_to: date | None = None
    edition: str = "1"
    verified: bool = False
    upon_signs: bool = False
    police_detail: bool = False
    base_rate: str = ""

    @property
    def edition_name(self) -> str:
        """Name the edition of this rule as it is kept with every sign: code, a stroke, number."""
        return f"{self.code}/{self.edition}"
