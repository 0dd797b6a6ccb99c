"""In which nation's law a child's duties lie: where the child lives, else where the last thing happened.

A child's case may cross a border. Each duty stays under the law of the day and place on which it began: that of where
the child lived then, and for who acts on the spot (the force that arrests, the council that is asked) that of the spot.
"""

from sightline.domain.duties.life import Life
from sightline.domain.duties.nations import Nation, read_nation
from sightline.domain.vocabulary.duty import Part
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline
from sightline.reference.geography import UnknownAuthority, authority

USUAL = Nation.ENGLAND
ON_THE_SPOT = frozenset({Part.FORCE, Part.FOUND_COUNCIL, Part.ASKED_COUNCIL, Part.HOST_COUNCIL, Part.HOST_FORCE})
"""Who acts where something happens, and so under the law of that place."""


def nation_of(timeline: Timeline) -> Nation:
    """Give the nation of the last home told, else of the last place of any entry, else England."""
    homes = [e for e in timeline.kinds("child.home") if e.place]
    placed = [e for e in timeline.entries if e.place and e.place.council]
    for entry in (*homes[-1:], *placed[-1:]):
        nation = nation_in(entry.place)
        if nation is not None:
            return nation
    return USUAL


def nation_in(place: Place | None) -> Nation | None:
    """Give the nation of a place, or None where its council is not told or not known."""
    if place is None or not place.council:
        return None
    try:
        return read_nation(authority(place.council).nation)
    except UnknownAuthority:
        return None


def nation_then(life: Life, entry: Entry, part: Part) -> Nation:
    """Give under which nation's law a part acts upon an entry: the spot's, the home's of that day, else the life's."""
    spot = nation_in(entry.place) if part in ON_THE_SPOT else None
    return spot or nation_in(life.home_of(entry)) or life.where.nation
