"""Claims about exclusion from school and the education after it."""

from sightline.domain.duties.claims.acts import CANCELLED, REPRESENTATIONS, outcome
from sightline.domain.duties.life import Life, withdraws, words
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.rule import Counting
from sightline.domain.duties.tally import days_in_school_year, days_in_term, days_of
from sightline.domain.vocabulary.entry import Entry

PERMANENT = "PERM"

# Reasons that open a safeguarding screen of any suspension: weapon, drugs and alcohol, assault, outside of school.
SCREENED_REASONS = frozenset({"OW", "BW", "DR", "DA", "PP", "PA", "OS"})
SCREENED_ABOVE_DAYS_IN_TERM = 5

SIXTH_DAY_ABOVE_DAYS = 5
COUNCIL_TOLD_ABOVE_DAYS_IN_TERM = 5
BOARD_MEETS_ABOVE_DAYS_IN_TERM = 15
BOARD_ASKED_FROM_DAYS_IN_TERM = 5.5
MOST_DAYS_IN_SCHOOL_YEAR = 45

# A week of school has ten sessions (half days); less than that, where it is told, is not full-time. Ours.
FULL_TIME_SESSIONS_A_WEEK = 10


def excluded(life: Life, entry: Entry) -> bool:
    """Any exclusion or suspension, of any length, a lunchtime among them."""
    return True


def excluded_permanently(life: Life, entry: Entry) -> bool:
    """A permanent exclusion."""
    return entry.facts.get("category") == PERMANENT


def excluded_at_length_until_2022(life: Life, entry: Entry) -> bool:
    """A permanent exclusion, or a suspension that takes the total above 5 school days in the term."""
    return excluded_permanently(life, entry) or _passes(life, entry, COUNCIL_TOLD_ABOVE_DAYS_IN_TERM)


def excluded_with_a_worker(life: Life, entry: Entry) -> bool:
    """Any exclusion or suspension of a child who has a social worker or is looked after."""
    return life.social_worker(entry) is not None or life.looked_after(entry) is not None


def excluded_and_to_be_screened(life: Life, entry: Entry) -> bool:
    """A permanent exclusion; a suspension with a reason OW, BW, DR, DA, PP, PA or OS, or above 5 days in the term."""
    reasons = words(entry, "reasons")
    return (excluded_permanently(life, entry) or not SCREENED_REASONS.isdisjoint(reasons)
            or _passes(life, entry, SCREENED_ABOVE_DAYS_IN_TERM))


def suspended_otherwise(life: Life, entry: Entry) -> bool:
    """Any other suspension: one that D-EX-4 does not screen."""
    return not excluded_and_to_be_screened(life, entry)


def excluded_permanently_away_from_home(life: Life, entry: Entry) -> bool:
    """A permanent exclusion from a school in another council than the child's home, as far as both are told."""
    home = life.home_of(entry)
    if not excluded_permanently(life, entry) or home is None or entry.place is None:
        return False
    return same_council(home.council, entry.place.council) is False


def suspended_above_five_days(life: Life, entry: Entry) -> bool:
    """A suspension of more than 5 school days at once."""
    return not excluded_permanently(life, entry) and days_of(entry) > SIXTH_DAY_ABOVE_DAYS


def excluded_so_that_the_board_meets(life: Life, entry: Entry) -> bool:
    """A permanent exclusion, or a suspension that takes the total above 15 school days in the term."""
    return excluded_permanently(life, entry) or _passes(life, entry, BOARD_MEETS_ABOVE_DAYS_IN_TERM)


def suspended_and_parent_asks(life: Life, entry: Entry) -> bool:
    """A suspension with 5.5 to 15 days in the term, the parent making representations by a decision that says so."""
    asked = any(_represents(act, entry) for act in life.since(entry, "decision.made"))
    if excluded_permanently(life, entry) or not asked:
        return False
    return BOARD_ASKED_FROM_DAYS_IN_TERM <= days_in_term(life, entry) <= BOARD_MEETS_ABOVE_DAYS_IN_TERM


def cancelled(life: Life, entry: Entry) -> bool:
    """An exclusion that is cancelled: withdrawn with a reason that says so, or by a decision about it."""
    if entry.kind == "record.withdrawn":
        named = (life.withdrawn.get(told) for told in withdraws(entry))
        exclusion = any(other is not None and other.kind == "school.exclusion" for other in named)
        return exclusion and "cancel" in str(entry.facts.get("reason") or "").lower()
    about = entry.facts.get("about")
    return outcome(entry) == CANCELLED and any(other.id == about for other in life.of("school.exclusion"))


def suspended_above_45_days(life: Life, entry: Entry) -> bool:
    """A suspension that takes the total above 45 school days in the school year."""
    if excluded_permanently(life, entry):
        return False
    total = days_in_school_year(life, entry)
    return total > MOST_DAYS_IN_SCHOOL_YEAR >= total - days_of(entry)


def counted_from_the_notice(life: Life, entry: Entry) -> Counting:
    """Count from the notice to the governing board (D-EX-2), or from the exclusion while none is told."""
    later = [other.starts for other in life.of("school.exclusion") if other.starts > entry.starts]
    notices = (
        act.at for act in life.since(entry, "notice.sent")
        if str(act.facts.get("duty")) == f"D-EX-2:{entry.id}" or (
            str(act.facts.get("duty")) == "D-EX-2" and not any(start <= act.starts for start in later)))
    return Counting(next(notices, entry.at))


def educated(life: Life, started: Entry, act: Entry) -> bool:
    """Education provided from that day or later, full-time as far as is told; or another school joined."""
    sessions = act.facts.get("sessions_a_week")
    part_time = isinstance(sessions, int | float) and sessions < FULL_TIME_SESSIONS_A_WEEK
    return act.kind == "school.joined" or not part_time


def screened(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty or about the exclusion itself, other than its cancellation or representations."""
    return outcome(act) not in {CANCELLED, REPRESENTATIONS}


def exclusion_cancelled(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the exclusion with the outcome "cancelled"."""
    return outcome(act) == CANCELLED


def _represents(act: Entry, exclusion: Entry) -> bool:
    return str(act.facts.get("about")) in {exclusion.id, f"D-EX-9:{exclusion.id}"} and outcome(act) == REPRESENTATIONS


def _passes(life: Life, entry: Entry, days: float) -> bool:
    return not excluded_permanently(life, entry) and days_in_term(life, entry, at_least=days) > days
