"""Claims about the detention of a child: authorised, reviewed, extended; and accommodation instead of a cell."""

from sightline.domain.duties.claims.custody import recorded_as_looked_after
from sightline.domain.duties.clock import before
from sightline.domain.duties.life import Life
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_instant

BEFORE_THE_END = before("end of the extension")
DETENTION = "police.detention"


def authorised(life: Life, entry: Entry) -> bool:
    """The detention of a child is authorised."""
    return entry.facts.get("step") == "authorised"


def reviewed(life: Life, entry: Entry) -> bool:
    """The detention of a child is reviewed."""
    return entry.facts.get("step") == "reviewed"


def extended_until(life: Life, entry: Entry) -> bool:
    """The detention of a child is extended until an instant that is told."""
    return entry.facts.get("step") == "extended" and _limit(entry) is not None


def to_the_end_of_the_extension(life: Life, entry: Entry) -> Counting:
    """Count to the end of the extension."""
    return Counting(entry.at, BEFORE_THE_END, _limit(entry))


def reviewed_or_left(life: Life, started: Entry, act: Entry) -> bool:
    """A later review; or the child leaves custody."""
    return act.kind != DETENTION or (act.id != started.id and reviewed(life, act))


def charged_extended_or_left(life: Life, started: Entry, act: Entry) -> bool:
    """A charge, a later extension, or the child leaves custody."""
    return act.kind != DETENTION or (act.id != started.id and extended_until(life, act))


def accommodation_asked(life: Life, entry: Entry) -> bool:
    """A council is asked for accommodation for a child who is charged and refused bail."""
    return True


def accommodated_or_answered(life: Life, started: Entry, act: Entry) -> bool:
    """Offered, or placed with the status J2; a council may decline only where secure accommodation was asked for."""
    if act.kind != "care.accommodation-answered":
        return recorded_as_looked_after(life, started, act)
    return act.facts.get("answer") == "offered" or (
        act.facts.get("answer") == "declined" and started.facts.get("secure") is True)


def _limit(entry: Entry) -> Moment | None:
    try:
        return read_instant(str(entry.facts.get("limit") or ""))
    except UnreadableMoment:
        return None
