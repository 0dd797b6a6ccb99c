"""Whether enquiries under section 47 run at a moment, as far as the timeline tells it."""

from datetime import timedelta

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant

LASTS_AT_MOST = timedelta(days=63)
"""Enquiries whose end nobody told run no longer than the longest assessment, 45 working days (our own choice)."""

ENDED_BY = ("care.conference", "care.closed")


def open_enquiry(life: Life, entry: Entry) -> Entry | None:
    """Give the enquiry that ran at the moment of an entry, or None.

    It runs until its own end, a conference, the closing of the case, or a decision that no conference is required.
    """
    begun = [one for one in life.of("care.enquiry") if one.starts <= entry.starts]
    if not begun or entry.starts - begun[-1].starts > LASTS_AT_MOST:
        return None
    enquiry = begun[-1]
    over = enquiry.until is not None and first_instant(enquiry.until) <= entry.starts
    decided = "not required" in str(enquiry.facts.get("decision") or "").lower()
    ended = any(enquiry.starts < other.starts <= entry.starts for other in life.of(*ENDED_BY))
    return None if over or decided or ended else enquiry
