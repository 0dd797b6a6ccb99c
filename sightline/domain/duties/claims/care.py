"""Claims about referrals to children's social care, and about violence at home."""

from datetime import date

from sightline.domain.duties.life import Life, birthday
from sightline.domain.vocabulary.entry import Entry

# Reception begins on 1 September after the fourth birthday.
RECEPTION_AGE = 4
SCHOOL_YEAR_BEGINS = (9, 1)


def referred(life: Life, entry: Entry) -> bool:
    """A referral to children's social care is received."""
    return True


def of_school_age(life: Life, entry: Entry) -> bool:
    """Police attend a domestic abuse incident, and the child is of school age (reception to 17) as far as is told."""
    return life.born_on is None or entry.on >= _reception(life.born_on)


def response_decided(life: Life, started: Entry, act: Entry) -> bool:
    """A decision on the referral; or an assessment, strategy discussion or enquiry, which only follow upon one."""
    return True


def _reception(born_on: date) -> date:
    fourth = birthday(born_on, RECEPTION_AGE)
    begins = date(fourth.year, *SCHOOL_YEAR_BEGINS)
    return begins if fourth < begins else begins.replace(year=begins.year + 1)
