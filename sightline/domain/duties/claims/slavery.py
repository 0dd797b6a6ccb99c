"""Claims about children who may be victims of modern slavery."""

from datetime import timedelta

from sightline.domain.duties.claims.acts import outcome
from sightline.domain.duties.clock import before
from sightline.domain.duties.life import ADULT_AGE, Life, birthday, words
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry

# Assessment factors of the children in need census: trafficking, child criminal exploitation.
FACTORS = frozenset({"12A", "24A"})

SCREEN = "D-ARR-4-SCREEN"
POSSIBLE_VICTIM = "possible victim"

# From 18 nobody stays in the mechanism without consent; it is asked for this long before. Ours.
CONSENT_ASKED_DAYS_BEFORE = 30
BEFORE_CONSENT = before("thirtieth day before the 18th birthday")


def may_be_a_victim(life: Life, entry: Entry) -> bool:
    """A victim screen with the outcome "possible victim", or an assessment with the factor 12A or 24A."""
    if entry.kind == "care.assessment":
        return not FACTORS.isdisjoint(words(entry, "factors"))
    about = str(entry.facts.get("about") or "").partition(":")[0]
    arrested = any(other.id == about for other in life.of("police.arrest", "police.interview"))
    return (about == SCREEN or arrested) and outcome(entry).startswith(POSSIBLE_VICTIM)


def referred_as_victim(life: Life, entry: Entry) -> bool:
    """A referral to the National Referral Mechanism."""
    return True


def before_consent_is_needed(life: Life, entry: Entry) -> Counting:
    """Count to the thirtieth day before the 18th birthday, where the day of birth is told."""
    adult = None if life.born_on is None else birthday(life.born_on, ADULT_AGE)
    event = None if adult is None else max(adult - timedelta(days=CONSENT_ASKED_DAYS_BEFORE), life.on(entry))
    return Counting(entry.at, BEFORE_CONSENT, event)


def decided_conclusively(life: Life, started: Entry, act: Entry) -> bool:
    """A conclusive grounds decision: nobody stays in the mechanism after it."""
    return True


def grounds_while_prosecuted(life: Life, entry: Entry) -> bool:
    """A positive reasonable grounds decision while a charge is open: no disposal or end of the case since."""
    if entry.facts.get("decision") != "positive":
        return False
    charges = [other for other in life.of("police.charge") if other.starts <= entry.starts]
    if not charges:
        return False
    ends = life.since(charges[-1], "police.disposal", "police.no-further-action")
    return not any(end.starts <= entry.starts for end in ends)


def victim_referred(life: Life, started: Entry, act: Entry) -> bool:
    """A referral to the National Referral Mechanism."""
    return True


def guardian_told_or_none(life: Life, started: Entry, act: Entry) -> bool:
    """A notice to the guardianship service, or a decision about the duty: that no such service exists here."""
    return True


def grounds_decided(life: Life, started: Entry, act: Entry) -> bool:
    """A reasonable grounds decision, whichever it is."""
    return True
