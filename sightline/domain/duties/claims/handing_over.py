"""Claims about what one agency hands to another: a protection plan, a school's file."""

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry

PLAN = "D-CP-2"

# Words of a destination that is no school.
NO_SCHOOL = ("home educat", "elective", "abroad", "not known", "unknown", "work", "apprentice")


def plan_received(life: Life, entry: Entry) -> bool:
    """A council acknowledges that it was asked in writing to take a protection plan over (D-CP-2)."""
    return str(entry.facts.get("duty") or "").partition(":")[0] == PLAN


def conferred_by_the_receiver(life: Life, started: Entry, act: Entry) -> bool:
    """A conference that the council which acknowledged the request tells."""
    return act.by == started.by


def left_for_another_school(life: Life, entry: Entry) -> bool:
    """A pupil leaves, and the school says for which other, or another school tells that the pupil joined since."""
    destination = str(entry.facts.get("destination") or "").strip().lower()
    if destination:
        return not destination.startswith(NO_SCHOOL)
    return any(other.facts.get("school") != entry.facts.get("school") for other in life.since(entry, "school.joined"))
