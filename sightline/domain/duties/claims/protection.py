"""Claims about police protection, enquiries, conferences and plans."""

from datetime import timedelta

from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant, is_day

CHILD_PROTECTION = "child protection"
EMERGENCY_ORDER = "L2"

# Words of a decision on a referral that say that significant harm is suspected.
SUSPECTED = ("strategy", "section 47", "s47", "s.47")

# Words of a conference that ends a plan.
PLAN_ENDS = ("no longer", "plan ended", "plan ends", "end the plan", "plan ceased", "discontinue", "no plan")

# Enquiries of which no end was told are taken to be over after so many days: our own choice.
LONGEST_ENQUIRY_DAYS = 28


def assessment_started(life: Life, entry: Entry) -> bool:
    """An assessment begins."""
    return True


def protected_by_police(life: Life, entry: Entry) -> bool:
    """A constable takes the child into police protection."""
    return True


def enquired(life: Life, entry: Entry) -> bool:
    """Enquiries under section 47 begin, and do not tell that no conference is required."""
    decision = str(entry.facts.get("decision") or "").lower()
    return not ("conference" in decision and ("not required" in decision or decision.startswith("no ")))


def plan_of_protection(life: Life, entry: Entry) -> bool:
    """A child protection plan is made."""
    return CHILD_PROTECTION in str(entry.facts.get("type") or "").lower().replace("-", " ")


def significant_harm_suspected(life: Life, entry: Entry) -> bool:
    """Police protection, or a decision on a referral that asks for a strategy discussion or section 47 enquiries."""
    decision = str(entry.facts.get("decision") or "").lower()
    return entry.kind == "police.protection" or (
        not decision.startswith("no ") and any(words in decision for words in SUSPECTED))


def reviewed_and_continued(life: Life, entry: Entry) -> bool:
    """A review conference: on a later day than a protection plan was made, which stands then and is not ended by it."""
    decision = str(entry.facts.get("decision") or "").lower()
    plans = [plan for plan in life.of("care.plan") if plan_of_protection(life, plan) and life.on(plan) < life.on(entry)]
    if not plans or not on_a_plan(life, entry) or any(words in decision for words in PLAN_ENDS):
        return False
    until = max(plans, key=lambda plan: plan.starts).until
    return until is None or first_instant(until) > entry.ends


def moved_during_enquiries(life: Life, entry: Entry) -> bool:
    """The council that makes section 47 enquiries records, while they run, a home in another council than before."""
    running = [one for one in life.of("care.enquiry")
               if same_council(one.by, entry.by) is True and _runs(life, one, entry)]
    if not running or entry.place is None:
        return False
    before = life.home_of(running[-1])
    return before is not None and same_council(before.council, entry.place.council) is False


def _runs(life: Life, enquiry: Entry, entry: Entry) -> bool:
    if not enquiry.starts < entry.starts <= enquiry.starts + timedelta(days=LONGEST_ENQUIRY_DAYS):
        return False
    if enquiry.until is not None and first_instant(enquiry.until) < entry.starts:
        return False
    return enquired(life, enquiry) and not any(
        held.starts <= entry.starts for held in life.since(enquiry, "care.conference"))


def on_a_plan(life: Life, entry: Entry) -> bool:
    """Tell whether a child protection plan stood at the moment of an entry: made by then, the case not closed since."""
    made = [plan.starts for plan in life.of("care.plan")
            if plan.starts <= entry.starts and plan_of_protection(life, plan)]
    return bool(made) and not any(max(made) < closed.starts <= entry.starts for closed in life.of("care.closed"))


def counted_from_the_referral(life: Life, entry: Entry) -> Counting:
    """Count from the referral: the last one before the assessment, or the assessment where none is told."""
    return Counting(_last_before(life, entry, "care.referral").at)


def counted_from_the_discussion(life: Life, entry: Entry) -> Counting:
    """Count from the strategy discussion that started the enquiries, or from the enquiries where none is told."""
    return Counting(_last_before(life, entry, "care.strategy-discussion").at)


def counted_from_the_first_minute(life: Life, entry: Entry) -> Counting:
    """Count from the moment; where only the day is known from its first minute, for nobody may be kept longer."""
    note = "Only the day is known: counted from its first minute." if is_day(entry.at) else ""
    return Counting(first_instant(entry.at), note=note)


def assessed(life: Life, started: Entry, act: Entry) -> bool:
    """The end of the assessment, where it is told."""
    return act.id == started.id and act.until is not None and first_instant(act.until) <= life.at


def conferred(life: Life, started: Entry, act: Entry) -> bool:
    """A child protection conference."""
    return True


def conferred_later(life: Life, started: Entry, act: Entry) -> bool:
    """A child protection conference after the day of the plan."""
    return life.on(act) > life.on(started)


def group_met(life: Life, started: Entry, act: Entry) -> bool:
    """A meeting of the core group."""
    return True


def discussed(life: Life, started: Entry, act: Entry) -> bool:
    """A strategy discussion, or section 47 enquiries, which only follow upon one."""
    return True


def plan_ended(life: Life, started: Entry, act: Entry) -> bool:
    """The case is closed, or a conference or the plan itself tells that the plan has ended."""
    if act.kind == "care.plan":
        return act.id == started.id and act.until is not None and first_instant(act.until) <= life.at
    decision = str(act.facts.get("decision") or "").lower()
    return act.kind == "care.closed" or any(words in decision for words in PLAN_ENDS)


def enquired_after(life: Life, started: Entry, act: Entry) -> bool:
    """Enquiries under section 47."""
    return True


def released_or_ordered(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty (released), or an emergency protection order (looked after with legal status L2)."""
    return act.kind == "decision.made" or str(act.facts.get("legal_status") or "").strip().upper() == EMERGENCY_ORDER


def _last_before(life: Life, entry: Entry, kind: str) -> Entry:
    return next((other for other in reversed(life.by_kind.get(kind, [])) if other.starts <= entry.starts), entry)
