"""Claims and answers for a child who is looked after."""

from sightline.domain.responsibility.answer import Given, Owner
from sightline.domain.responsibility.claims.where import name, police_of, same
from sightline.domain.responsibility.facts import Facts, Status


def under_a_care_order(facts: Facts) -> bool:
    """A care order names or should name an authority, and nothing says where the child is."""
    return under_a_care_order_anywhere(facts) and facts.found is None and facts.placed is None


def under_a_care_order_anywhere(facts: Facts) -> bool:
    """The child is under a care order, and a council acts."""
    return facts.has(Status.CARE_ORDER) and facts.looked_after_by is not None


def existing_authority(facts: Facts) -> Given:
    """The existing authority keeps acting; section 31(8) decides which it should be."""
    council = str(name(facts.looked_after_by))
    return Given(Owner(council), council, council, council, (name(facts.home),),
                 (f"{council} acts under the care order until a court names another.",))


def looked_after_where_placed(facts: Facts) -> bool:
    """The child is looked after, and is where placed, with the council itself, or nowhere else that is told."""
    if facts.looked_after_by is None:
        return False
    return facts.found is None or same(facts.found, facts.placed) or same(facts.found, facts.looked_after_by)


def council_that_looks_after(facts: Facts) -> Given:
    """The council that looks after the child; the council where placed is host and enquires."""
    caring, host = str(name(facts.looked_after_by)), facts.placed or facts.found
    return Given(Owner(caring), name(host) or caring, caring, caring,
                 (name(host), None if host is None else police_of(host)),
                 (f"{caring} looks after the child.",))


def looked_after_and_found(facts: Facts) -> bool:
    """The child is looked after, and is found elsewhere than placed."""
    return facts.looked_after_by is not None and facts.found is not None


def found_council_until_taken_over(facts: Facts) -> Given:
    """The council where found for immediate safety, until the council that looks after the child takes over."""
    there, caring = str(name(facts.found)), str(name(facts.looked_after_by))
    accepted = facts.has(Status.ACCEPTED)
    words = f"{caring} has taken the child over." if accepted else (
        f"{caring} looks after the child and owes journey and bed; {there} keeps the child safe until it takes over.")
    owner = Owner(caring if accepted else there)
    return Given(owner, there, caring, caring, (caring, name(facts.placed), there), (words,))
