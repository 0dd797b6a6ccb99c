"""Claims about where a looked-after child is placed."""

from sightline.domain.duties.clock import before, working
from sightline.domain.duties.life import Life, birthday
from sightline.domain.duties.parts import caring_council, same_council
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.reference.geography import UnknownAuthority, at_a_distance

CHILDRENS_HOME = "k2"
BEFORE_PLACEMENT = before("placement")
EMERGENCY = working(5)
BEFORE_END = before("end of the placement")
EMERGENCY_END = working(10)


def placed_out_of_area(life: Life, entry: Entry) -> bool:
    """A placement in another council than the one that looks after the child, as far as both are told."""
    return entry.place is not None and same_council(caring_council(life, entry), entry.place.council) is False


def placed_next_door(life: Life, entry: Entry) -> bool:
    """A placement in a council that adjoins the one that looks after the child, as far as both are told."""
    return placed_out_of_area(life, entry) and _at_a_distance(life, entry) is False


def placed_at_a_distance(life: Life, entry: Entry) -> bool:
    """A placement neither in the council that looks after the child nor in one that adjoins it."""
    return placed_out_of_area(life, entry) and _at_a_distance(life, entry) is True


def before_any_placement(life: Life, entry: Entry) -> Counting:
    """Count to the placement, an emergency or not."""
    return Counting(entry.at, BEFORE_PLACEMENT, entry.at)


def _at_a_distance(life: Life, entry: Entry) -> bool | None:
    """Tell whether a placement is at a distance; None where a council is not known by its name."""
    caring, there = caring_council(life, entry), None if entry.place is None else entry.place.council
    try:
        return None if caring is None or there is None else at_a_distance(caring, there)
    except UnknownAuthority:
        return None


def in_a_home_out_of_area(life: Life, entry: Entry) -> bool:
    """A placement in a children's home (K2) out of area begins or ends."""
    told = str(entry.facts.get("type") or "").strip().lower().replace("’", "").replace("'", "")
    return (told == CHILDRENS_HOME or told.startswith("childrens home")) and placed_out_of_area(life, entry)


def placement_ends(life: Life, entry: Entry) -> bool:
    """A placement ends."""
    return True


def looked_after_first(life: Life, entry: Entry) -> bool:
    """A child becomes looked after, as the council itself tells first, and has no plan."""
    if same_council(entry.by, caring_council(life, entry)) is not True:
        return False
    before = [other for other in life.of("care.looked-after", "care.plan")
              if other.starts < entry.starts and (other.kind == "care.plan" or other.by == entry.by)]
    return not before


def before_the_end(life: Life, entry: Entry) -> Counting:
    """Count to the end; 10 working days after it where it is told that it was not planned (an emergency)."""
    if entry.facts.get("planned") is False:
        return Counting(entry.at, EMERGENCY_END, note="The end was not planned: the limit of emergencies applies.")
    return Counting(entry.at, BEFORE_END, entry.at)


def visited_in_the_first_year(life: Life, entry: Entry) -> bool:
    """A visit to a child who is looked after, in the first year of the placement."""
    placements = [one for one in life.of("care.placement") if one.starts <= entry.starts]
    if not placements or life.looked_after(entry) is None:
        return False
    latest = max(placements, key=lambda one: one.starts)
    over = any(latest.starts <= end.starts <= entry.starts for end in life.of("care.placement-ended"))
    return not over and life.on(entry) < birthday(life.on(latest), 1)


def visited(life: Life, started: Entry, act: Entry) -> bool:
    """A visit to the child."""
    return True


def visited_again(life: Life, started: Entry, act: Entry) -> bool:
    """Another visit to the child, on a later day."""
    return life.on(act) > life.on(started)


def placement_over(life: Life, started: Entry, act: Entry) -> bool:
    """The placement ends, the child is placed elsewhere, or the case is closed."""
    return act.kind != "care.placement" or life.on(act) > life.on(started)


def planned_for(life: Life, started: Entry, act: Entry) -> bool:
    """A plan is made."""
    return True


def before_placement(life: Life, entry: Entry) -> Counting:
    """Count to the placement; 5 working days after it where it is told that it was not planned (an emergency)."""
    if entry.facts.get("planned") is False:
        return Counting(entry.at, EMERGENCY, note="The placement was not planned: the limit of emergencies applies.")
    planned = "planned" in entry.facts
    note = "" if planned else "Whether it was planned is not told; in an emergency 5 working days are allowed."
    return Counting(entry.at, BEFORE_PLACEMENT, entry.at, note)
