"""Claims about injuries that hospitals and clinics see."""

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry


def stabbed(life: Life, entry: Entry) -> bool:
    """A child attends with a knife or gunshot wound: the injury is told as "stab"."""
    return entry.facts.get("injury") == "stab"
