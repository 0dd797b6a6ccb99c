"""Claims about a child who is missing, is found, and is talked with after return."""

import re
from datetime import timedelta

from sightline.domain.duties.claims.acts import DECLINED, NOTICES, outcome
from sightline.domain.duties.clock import before
from sightline.domain.duties.life import ADULT_AGE, Life, birthday, not_before
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.retelling import SAME_EPISODE_HOURS
from sightline.domain.duties.rule import Counting
from sightline.domain.duties.saying import say
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, first_instant, last_instant
from sightline.domain.vocabulary.place import Place, in_another_force

LONG_MISSING_HOURS = 72
TOLD_OF_FOUND = "D-MIS-8"
TO_SEVERAL = re.compile(r",|;| and (?=[A-Z])")
"""Between those to whom one notice went, as people write them."""

EIGHTEENTH_BIRTHDAY = before("18th birthday")


def missing_from_care(life: Life, entry: Entry) -> bool:
    """A child who is looked after is reported missing, or away from placement without authorisation."""
    return life.looked_after(entry) is not None


def missing_long(life: Life, entry: Entry) -> bool:
    """A child is reported missing and is not found within 72 hours, or has not been found yet."""
    found = _return_from(life, entry)
    end = _told_end(life, entry) or (None if found is None else found.at)
    return end is None or last_instant(end) - entry.starts >= timedelta(hours=LONG_MISSING_HOURS)


def missing_with_no_end(life: Life, entry: Entry) -> bool:
    """A child is reported missing, and the report does not tell its own end."""
    return _told_end(life, entry) is None


def returned(life: Life, entry: Entry) -> bool:
    """A child is found or returns, from every episode whatever its length; or the report itself tells its end."""
    return entry.kind == "missing.found" or _tells_its_end(life, entry)


def found_in_another_force(life: Life, entry: Entry) -> bool:
    """A child is found in another police force than that of the report, or of the home, as far as both are told."""
    return in_another_force(_missing_from(life, entry), entry.place) is True


def areas_told(life: Life, started: Entry, act: Entry) -> bool:
    """Notices under the duty that name, or are acknowledged by, the home council and the council of the place."""
    home, there = life.home_of(started), started.place
    councils = [place.council for place in (home, there) if place is not None and place.council]
    given = [notice for kind in NOTICES for about in (TOLD_OF_FOUND, f"{TOLD_OF_FOUND}:{started.id}")
             for notice in life.by_address.get((kind, about), ())
             if not_before(notice, started.starts) and notice.starts <= act.starts]
    return all(any(_reaches(notice, council) for notice in given) for council in councils)


def _reaches(notice: Entry, council: str) -> bool:
    """Tell whether a notice is to a council, among others perhaps, or is that council's own acknowledgement."""
    told = str(notice.facts.get("to") or "")
    named = any(same_council(part, council) for part in (told, *TO_SEVERAL.split(told)))
    own = notice.kind == "notice.acknowledged" and same_council(notice.by, council) is True
    return named or own or "both councils" in told.lower()


def interview_held(life: Life, entry: Entry) -> bool:
    """A return interview that was held."""
    return entry.facts.get("held") is True


def counted_from_return(life: Life, entry: Entry) -> Counting:
    """Count from the return: the entry itself, or the end that a report tells. Say whether an interview was offered."""
    start = entry.at if entry.kind == "missing.found" or entry.until is None else entry.until
    offers = [act for act in life.of("missing.return-interview")
              if act.facts.get("offered") is True and not_before(act, first_instant(start))]
    return Counting(start, note=f"It was offered on {say(offers[0].at)}." if offers else "")


def until_18(life: Life, entry: Entry) -> Counting:
    """Count to the 18th birthday where the day of birth is told."""
    event = None if life.born_on is None else birthday(life.born_on, ADULT_AGE)
    return Counting(entry.at, EIGHTEENTH_BIRTHDAY, event)


def graded(life: Life, started: Entry, act: Entry) -> bool:
    """The report carries a grade of risk, or a decision about the duty or the report is made."""
    return act.kind == "decision.made" or bool(act.grade or act.facts.get("grade"))


def found(life: Life, started: Entry, act: Entry) -> bool:
    """The child is found or returns."""
    return True


def interviewed(life: Life, started: Entry, act: Entry) -> bool:
    """A return interview that was held; one that was only offered does not meet it."""
    return act.facts.get("held") is True


def interview_declined(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty or the return with the outcome "declined" and reasons."""
    return outcome(act).startswith(DECLINED) and bool(act.facts.get("reasons"))


def _return_from(life: Life, report: Entry) -> Entry | None:
    return min(life.since(report, "missing.found"), key=lambda entry: entry.starts, default=None)


def _told_end(life: Life, report: Entry) -> Moment | None:
    """Give the end that a report tells of itself, once it is past."""
    return None if report.until is None or first_instant(report.until) > life.at else report.until


def _tells_its_end(life: Life, report: Entry) -> bool:
    end, found = _told_end(life, report), _return_from(life, report)
    if end is None:
        return False
    return found is None or found.starts - last_instant(end) > timedelta(hours=SAME_EPISODE_HOURS)


def _missing_from(life: Life, found: Entry) -> Place | None:
    """Give the place that the child went missing from: that of the last report, else the home."""
    reports = [other.place for other in life.of("missing.reported") if other.starts <= found.starts and other.place]
    told = reports[-1] if reports else None
    return told if told is not None and told.force else life.home_of(found)
