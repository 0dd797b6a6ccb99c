"""Where the child is, whose child it is, and who the police are there, as far as the facts tell."""

from sightline.domain.responsibility.answer import POLICE, Owner
from sightline.domain.responsibility.facts import Area, Facts

TRANSPORT_POLICE = "British Transport Police"


def name(area: Area | None) -> str | None:
    """Name the council of an area, if there is one."""
    return None if area is None else area.council


def same(one: Area | None, other: Area | None) -> bool:
    """Tell whether two areas are one council."""
    return one is not None and other is not None and one.council == other.council


def there_of(facts: Facts) -> Area | None:
    """Give where the child is: found, in custody, or placed."""
    return facts.found or facts.custody or facts.placed


def there_or_home(facts: Facts) -> Area | None:
    """Give where the child is, else the home."""
    return there_of(facts) or facts.home


def belongs_to(facts: Facts) -> str | None:
    """Name the council that is long-term: the one that looks after the child, else the home's."""
    return name(facts.looked_after_by or facts.home)


def moves(facts: Facts) -> bool:
    """Tell whether the case moves from the home council to another, and the child is in neither a third place."""
    if facts.home is None or facts.receiving is None or same(facts.home, facts.receiving):
        return False
    there = there_of(facts)
    return there is None or same(there, facts.home) or same(there, facts.receiving)


def police_of(area: Area) -> str:
    """Name the police of an area."""
    return area.force or f"police force of {area.council}"


def held_by(facts: Facts) -> Owner:
    """Name the police who hold the child: the force told, else the one where the child is."""
    if facts.custody_force is not None:
        return Owner(facts.custody_force, POLICE)
    if facts.areas:
        return Owner(police_of(facts.areas[0]), POLICE)
    return Owner(facts.missing_from_force or TRANSPORT_POLICE, POLICE)
