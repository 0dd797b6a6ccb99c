"""Claims about what one agency hands to another: a protection plan, enquiries that run, a school's file."""

from sightline.domain.duties.enquiries import open_enquiry
from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.plans import ASKED
from sightline.domain.vocabulary.entry import Entry

# Words of a destination that is no school.
NO_SCHOOL = ("home educat", "elective", "abroad", "not known", "unknown", "work", "apprentice")


def plan_received(life: Life, entry: Entry) -> bool:
    """A council acknowledges that it was asked in writing to take a protection plan over (D-CP-2)."""
    return str(entry.facts.get("duty") or "").partition(":")[0] == ASKED


def conferred_by_the_receiver(life: Life, started: Entry, act: Entry) -> bool:
    """A conference that the council which acknowledged the request tells."""
    return act.by == started.by


def moved_during_enquiries(life: Life, entry: Entry) -> bool:
    """The council that enquires, or the new one itself, tells a home in another council while enquiries run."""
    enquiry, there = open_enquiry(life, entry), None if entry.place is None else entry.place.council
    if enquiry is None or same_council(enquiry.by, there) is not False or not _confirmed(enquiry, entry):
        return False
    before = [home for home in life.of("child.home") if home.starts < entry.starts and _confirmed(enquiry, home)]
    return not before or before[-1].place is None or same_council(before[-1].place.council, there) is not True


def _confirmed(enquiry: Entry, home: Entry) -> bool:
    """Tell whether one of the two councils tells the home: other agencies merely write an address."""
    there = None if home.place is None else home.place.council
    return same_council(home.by, enquiry.by) is True or same_council(home.by, there) is True


def left_for_another_school(life: Life, entry: Entry) -> bool:
    """A pupil leaves, and the school says for which other, or another school tells that the pupil joined since."""
    destination = str(entry.facts.get("destination") or "").strip().lower()
    if destination:
        return not destination.startswith(NO_SCHOOL)
    return any(other.facts.get("school") != entry.facts.get("school") for other in life.since(entry, "school.joined"))
