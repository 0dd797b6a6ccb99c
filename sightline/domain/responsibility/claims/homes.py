"""Claims and answers by where a child is found, lives, or moves to."""

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.answer import Given, Owner
from sightline.domain.responsibility.claims.where import belongs_to, held_by, moves, name, there_of, there_or_home
from sightline.domain.responsibility.facts import Facts, Status

ENGLAND_AND_WALES = (Nation.ENGLAND, Nation.WALES)


def homeless(facts: Facts) -> bool:
    """A child of 16 or 17 is homeless, or nobody there has parental responsibility; in England or Wales."""
    return facts.has(Status.HOMELESS) and facts.nation in ENGLAND_AND_WALES and there_or_home(facts) is not None


def council_where_homeless(facts: Facts) -> Given:
    """The council in whose area the child is; the home council may take over within three months."""
    there, family = str(name(there_or_home(facts))), belongs_to(facts)
    accepted = facts.has(Status.ACCEPTED) and family is not None
    owner = str(family) if accepted else there
    return Given(Owner(owner), there, owner, owner, (family,),
                 (f"The child is homeless in {there}; the home council may take over within three months.",))


def moves_during_enquiries(facts: Facts) -> bool:
    """The family moves to another council while enquiries run."""
    return facts.has(Status.ENQUIRY_OPEN) and moves(facts)


def origin_finishes_enquiries(facts: Facts) -> Given:
    """The council of origin finishes the enquiry; the new one convenes the conference, and owns once it accepts."""
    given = origin_until_accepted(facts)
    return Given(given.owner, name(facts.home), None, name(facts.receiving), given.tell, given.because)


def moves_with_a_plan(facts: Facts) -> bool:
    """The family moves to another council with a child protection plan."""
    return facts.has(Status.PROTECTION_PLAN) and moves(facts)


def origin_until_conference(facts: Facts) -> Given:
    """The council of origin, until the conference of the new one accepts."""
    return origin_until_accepted(facts)


def moves_in_need(facts: Facts) -> bool:
    """The family of a child in need moves to another council; so it is for any case that is being passed on."""
    return moves(facts)


def origin_until_accepted(facts: Facts) -> Given:
    """The council of origin, until the new one accepts in writing."""
    origin, new = str(name(facts.home)), str(name(facts.receiving))
    accepted = facts.has(Status.ACCEPTED)
    owner = new if accepted else origin
    words = f"{new} has accepted the case." if accepted else f"{origin} stays responsible until {new} has accepted."
    return Given(Owner(owner), owner, None, new if accepted else origin, (origin, new), (words,))


def without_a_home(facts: Facts) -> bool:
    """The child has no fixed home, or none is told."""
    return facts.has(Status.NO_FIXED_HOME) or facts.home is None


def council_where_found(facts: Facts) -> Given:
    """The council where the child physically is; the long term by agreement, else by the Secretary of State."""
    area = there_or_home(facts) or facts.asked or facts.receiving or facts.looked_after_by
    if area is None:
        return Given(held_by(facts), because=("No council is told yet.",))
    return Given(Owner(area.council), area.council, area.council, name(facts.looked_after_by),
                 (name(facts.home), name(facts.looked_after_by)),
                 (f"No home is known: {area.council}, where the child is, protects. Councils agree on the long term.",))


def anywhere(facts: Facts) -> bool:
    """The child is found in one council and lives in another, or lives where found."""
    return True


def found_council_until_accepted(facts: Facts) -> Given:
    """The council where found, until the home council accepts in writing; the home council in the long term."""
    home = str(name(facts.home))
    there = name(there_of(facts)) or home
    accepted = facts.has(Status.ACCEPTED)
    owner = home if accepted else there
    if there == home:
        words = f"The child lives in {home} and is there."
    else:
        words = f"Found in {there}, home in {home}: " + (
            f"{home} has accepted." if accepted else f"{there} has the duty at once, {home} has it too.")
    return Given(Owner(owner), owner, owner, home, (home, there), (words,))
