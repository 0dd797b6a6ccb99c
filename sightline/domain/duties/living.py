"""In which nation's law a child's duties lie: where the child lives, else where the last thing happened."""

from sightline.domain.duties.nations import Nation, read_nation
from sightline.domain.vocabulary.timeline import Timeline
from sightline.reference.geography import UnknownAuthority, authority

USUAL = Nation.ENGLAND


def nation_of(timeline: Timeline) -> Nation:
    """Give the nation of the last home told, else of the last place of any entry, else England."""
    homes = [e for e in timeline.kinds("child.home") if e.place]
    placed = [e for e in timeline.entries if e.place and e.place.council]
    for entry in (*homes[-1:], *placed[-1:]):
        if entry.place and entry.place.council:
            try:
                return read_nation(authority(entry.place.council).nation)
            except UnknownAuthority:
                continue
    return USUAL
