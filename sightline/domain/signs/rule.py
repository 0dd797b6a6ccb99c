"""A rule of the book: what it looks for, why, by whose word, and the function that finds it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sightline.domain.signs.finding import Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.settable import with_changed
from sightline.domain.vocabulary.kinds import FIELDS_OF_WORK
from sightline.domain.vocabulary.sign import Attention, Family

ANY_KIND = tuple(f"{field}." for field in FIELDS_OF_WORK)
"""What a rule needs that may rest on whichever entry something of ours is about."""
FIRST_EDITION_ON = date(2026, 11, 21)
SHOWN_DAYS = 180
LOCAL_READING = "L-"
"""With what the code of an area's own reading of a national sign begins: L-C04 reads what C04 reads."""
SEEN = "observed.sign"
"""The kind of entry by which a person tells of a sign that he or she saw."""

Find = Callable[[Known], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Describe one sign: a plain sentence that never accuses, its source, and the function that finds it.

    `verified` turns True when a named person has checked the row against its source. `alone` is how soon a person must
    look when this is the only sign. `shown_days` is how long a sign is shown after its last evidence. `upon_signs`
    marks a rule that reads the signs already found. `police_detail` marks a sign whose detail only the police may see,
    `health_detail` one whose detail health alone may see. `upon_circle` marks a rule that finds nothing, or less,
    without the circle of the child's neighbours. `narrow` marks a sign that goes to social care and to the police who
    oversee such adults, and to nobody else. `base_rate` says what is known of how often it leads anywhere. `duties` are
    the codes of duties that whoever sees the sign may owe. `numbers` holds those of its windows and thresholds that an
    area may set for itself: `find` then takes them as `numbers=`. `of_ours` says in words what the rule reads of our
    own books, beside the timeline. `valid_to` is the last day of an edition that another has superseded.
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
    health_detail: bool = False
    upon_circle: bool = False
    narrow: bool = False
    base_rate: str = ""
    duties: tuple[str, ...] = ()
    numbers: Any = None
    of_ours: str = ""

    @property
    def spoken(self) -> str:
        """Name the sign where others than those who may see it read along: a narrow one is not named."""
        return "one that social care and the police look after" if self.narrow else f"{self.title} ({self.code})"

    @property
    def read_by_signs(self) -> bool:
        """Tell whether rules that read signs see it: no sign that goes to few, for they quote what they see; and no
        local one (its code begins with L), so that the national set says the same whatever an area sets.
        """
        return not self.narrow and not self.code.startswith("L")

    @property
    def edition_name(self) -> str:
        """Name the edition of this rule as it is kept with every sign: code, a stroke, number."""
        return f"{self.code}/{self.edition}"

    @property
    def for_people(self) -> bool:
        """Tell whether a person who sees the sign can record it."""
        return SEEN in self.needs

    @property
    def for_people_alone(self) -> bool:
        """Tell whether no record but a person's own word can show it."""
        return self.needs == (SEEN,)

    def with_numbers(self, told: Mapping[str, object]) -> "Rule":
        """Give the rule with other numbers; raises NotSettable, which says what may be set and within which bounds."""
        numbers = with_changed(self.numbers, told)
        find: Any = self.find
        return replace(self, numbers=numbers, find=partial(find, numbers=numbers))
