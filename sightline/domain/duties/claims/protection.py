"""Claims about police protection, enquiries, conferences and plans."""

from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant, is_day

ASSESS = "assess"
CHILD_PROTECTION = "child protection"
EMERGENCY_ORDER = "L2"


def assessment_decided(life: Life, entry: Entry) -> bool:
    """A decision on a referral that the child is to be assessed."""
    return ASSESS in str(entry.facts.get("decision") or "").lower()


def protected_by_police(life: Life, entry: Entry) -> bool:
    """A constable takes the child into police protection."""
    return True


def enquired(life: Life, entry: Entry) -> bool:
    """Enquiries under section 47 begin."""
    return True


def plan_of_protection(life: Life, entry: Entry) -> bool:
    """A child protection plan is made."""
    return CHILD_PROTECTION in str(entry.facts.get("type") or "").lower().replace("-", " ")


def moved_during_enquiries(life: Life, entry: Entry) -> bool:
    """The home moves to another council while enquiries are open: no conference and no closure since they began."""
    enquiries = [other for other in life.of("care.enquiry") if other.starts <= entry.starts]
    if not enquiries or entry.place is None:
        return False
    ended = any(other.starts <= entry.starts for other in life.since(enquiries[-1], "care.conference", "care.closed"))
    home = life.home_of(enquiries[-1])
    return not ended and home is not None and same_council(home.council, entry.place.council) is False


def counted_from_the_referral(life: Life, entry: Entry) -> Counting:
    """Count from the referral: the last one before the decision, or the decision where none is told."""
    return Counting(_last_before(life, entry, "care.referral").at)


def counted_from_the_discussion(life: Life, entry: Entry) -> Counting:
    """Count from the strategy discussion that started the enquiries, or from the enquiries where none is told."""
    return Counting(_last_before(life, entry, "care.strategy-discussion").at)


def counted_from_the_first_minute(life: Life, entry: Entry) -> Counting:
    """Count from the moment; where only the day is known from its first minute, for nobody may be kept longer."""
    note = "Only the day is known: counted from its first minute." if is_day(entry.at) else ""
    return Counting(first_instant(entry.at), note=note)


def assessed(life: Life, started: Entry, act: Entry) -> bool:
    """An assessment."""
    return True


def conferred(life: Life, started: Entry, act: Entry) -> bool:
    """A child protection conference."""
    return True


def conferred_later(life: Life, started: Entry, act: Entry) -> bool:
    """A child protection conference after the day of the plan."""
    return life.on(act) > life.on(started)


def enquired_after(life: Life, started: Entry, act: Entry) -> bool:
    """Enquiries under section 47."""
    return True


def released_or_ordered(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty (released), or an emergency protection order (looked after with legal status L2)."""
    return act.kind == "decision.made" or str(act.facts.get("legal_status") or "").strip().upper() == EMERGENCY_ORDER


def _last_before(life: Life, entry: Entry, kind: str) -> Entry:
    return next((other for other in reversed(life.by_kind.get(kind, [])) if other.starts <= entry.starts), entry)
