"""Claims and answers for a child in Scotland, Northern Ireland or Wales."""

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.answer import POLICE, TRUST, Given, Owner
from sightline.domain.responsibility.claims.where import belongs_to, name, there_of
from sightline.domain.responsibility.facts import Area, Facts, Status

POLICE_SCOTLAND = "Police Scotland"
POLICE_OF_NORTHERN_IRELAND = "Police Service of Northern Ireland"


def placed_in_scotland_under_order(facts: Facts) -> bool:
    """The child is placed in Scotland under a deprivation of liberty order, by a council that is told."""
    return facts.has(Status.LIBERTY_ORDER) and facts.looked_after_by is not None and facts.nation is Nation.SCOTLAND


def placing_council(facts: Facts) -> Given:
    """The placing council keeps responsibility; notice and undertaking before arrival."""
    placing, host = str(name(facts.looked_after_by)), name(facts.placed or facts.found)
    return Given(Owner(placing), host, placing, placing, (host,),
                 (f"{placing} placed the child in Scotland under an order.",))


def found_in_scotland(facts: Facts) -> bool:
    """The child is in Scotland."""
    return facts.nation is Nation.SCOTLAND


def scottish_council_until_collected(facts: Facts) -> Given:
    """The Scottish council where found, until the home council collects; Police Scotland while they hold the child."""
    there, family = name(there_of(facts) or _home_in(facts, Nation.SCOTLAND)), belongs_to(facts)
    if facts.has(Status.ACCEPTED) and family is not None:
        return Given(Owner(family), there, family, family, (there,), (f"{family} has taken the child over.",))
    held = there is None or facts.has(Status.POLICE_PROTECTION)
    owner = Owner(POLICE_SCOTLAND, POLICE) if held else Owner(str(there))
    police = None if held else POLICE_SCOTLAND
    return Given(owner, there, there, family, (police, there, "Children's Reporter", family),
                 ("The child is in Scotland: Scottish law protects until the home council collects.",))


def found_in_northern_ireland(facts: Facts) -> bool:
    """The child is in Northern Ireland."""
    return facts.nation is Nation.NORTHERN_IRELAND


def trust_where_found(facts: Facts) -> Given:
    """The health and social care trust where found, until the home council has taken over."""
    area, family = there_of(facts) or _home_in(facts, Nation.NORTHERN_IRELAND), belongs_to(facts)
    trust = None if area is None else area.trust or f"Health and Social Care Trust of {area.council}"
    if facts.has(Status.ACCEPTED) and family is not None:
        return Given(Owner(family), trust, family, family, (trust,), (f"{family} has taken the child over.",))
    owner = Owner(POLICE_OF_NORTHERN_IRELAND, POLICE) if trust is None else Owner(trust, TRUST)
    police = None if trust is None else POLICE_OF_NORTHERN_IRELAND
    return Given(owner, trust, trust, family, (police, family),
                 ("The child is in Northern Ireland.",))


def touches_wales(facts: Facts) -> bool:
    """One of the places is in Wales."""
    return facts.nation is Nation.WALES or any(area.nation is Nation.WALES for area in facts.areas)


def _home_in(facts: Facts, nation: Nation) -> Area | None:
    return facts.home if facts.home is not None and facts.home.nation is nation else None
