"""Claims about children and injuries that hospitals and clinics see."""

from sightline.domain.duties.claims.protection import on_a_plan
from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry


def stabbed(life: Life, entry: Entry) -> bool:
    """A child attends with a knife or gunshot wound: the injury is told as "stab"."""
    return entry.facts.get("injury") == "stab"


def known_to_the_council(life: Life, entry: Entry) -> bool:
    """A child who is looked after, or on a child protection plan, attends."""
    return life.looked_after(entry) is not None or on_a_plan(life, entry)
