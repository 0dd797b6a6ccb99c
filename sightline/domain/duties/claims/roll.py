"""Claims about a school's register: who is entered, who is taken off, who is absent day after day."""

from datetime import date

from sightline.domain.duties.clock import before
from sightline.domain.duties.life import Life, birthday
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant

BEFORE_DELETION = before("deletion")

# Ages on 1 September at which pupils usually enter a school's youngest year, and leave its oldest in the summer before.
# Middle schools enter at other ages; a return too many is owed there, and none too few.
USUAL_AGES_OF_ENTRY = (4, 11)
USUAL_AGES_OF_LEAVING = (11, 16, 18)
ENTRY_MONTHS = (8, 9)
LEAVING_MONTHS = (6, 7, 8)

# Ten school days are twenty sessions.
TEN_DAYS = 20


def joined_out_of_turn(life: Life, entry: Entry) -> bool:
    """A pupil is added to the roll, other than in the autumn at the usual age of the youngest year, as far as told."""
    on = life.on(entry)
    return on.month not in ENTRY_MONTHS or _age_in_september(life, on) not in USUAL_AGES_OF_ENTRY


def left_out_of_turn(life: Life, entry: Entry) -> bool:
    """A pupil is taken off the roll, other than in the summer at the usual age of the oldest year, as far as told."""
    on = life.on(entry)
    return on.month not in LEAVING_MONTHS or _age_in_september(life, on) not in USUAL_AGES_OF_LEAVING


def absent_for_ten_days(life: Life, entry: Entry) -> bool:
    """A register of ten school days (20 sessions) or more, every one of them an absence without leave."""
    possible, unauthorised = _number(entry, "possible"), _number(entry, "unauthorised")
    if possible is None or unauthorised is None or entry.until is None:
        return False
    return possible >= TEN_DAYS and unauthorised >= possible and first_instant(entry.until) <= life.at


def before_the_deletion(life: Life, entry: Entry) -> Counting:
    """Count to the deletion."""
    return Counting(entry.at, BEFORE_DELETION, entry.at)


def _age_in_september(life: Life, on: date) -> int | None:
    """Give the age on 1 September of the year of a day, or None where the day of birth is not told."""
    if life.born_on is None:
        return None
    years = on.year - life.born_on.year
    return years if years < 0 or birthday(life.born_on, years) <= date(on.year, 9, 1) else years - 1


def _number(entry: Entry, key: str) -> float | None:
    told = entry.facts.get(key)
    return told if isinstance(told, int | float) and not isinstance(told, bool) else None
