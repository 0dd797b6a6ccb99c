"""Claims and answers for a child on the railway, in or from custody, in police protection, or sought by police."""

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.answer import POLICE, Given, Owner
from sightline.domain.responsibility.claims.where import TRANSPORT_POLICE, belongs_to, held_by, name, police_of
from sightline.domain.responsibility.facts import SIGNIFICANT_HARM, Facts, Status

NOBODY_ASKED = (
    "Bail is refused and no council is asked yet. Ask the council that looks after the child, else the home's if it "
    "can be reached in two hours, else the council of the custody suite."
)
ENGLAND_AND_WALES = (Nation.ENGLAND, Nation.WALES)


def on_the_railway(facts: Facts) -> bool:
    """The child is on a train or at a station, and nobody has taken the child over yet."""
    return facts.on_railway and not facts.has(Status.ACCEPTED)


def transport_police_until_accepted(facts: Facts) -> Given:
    """Transport police, until a territorial force or a council accepts on the record; enquiries where taken off."""
    there = name(facts.found)
    return Given(
        Owner(TRANSPORT_POLICE, POLICE), there, there, belongs_to(facts),
        (there, None if facts.found is None else police_of(facts.found), belongs_to(facts)),
        ("The child is on the railway.",))


def remanded(facts: Facts) -> bool:
    """A court in England or Wales has remanded the child."""
    return facts.has(Status.REMANDED) and facts.nation in ENGLAND_AND_WALES


def designated_council(facts: Facts) -> Given:
    """The council that the court designates: the one told, else that which looks after the child, else the home's."""
    area = facts.receiving or facts.looked_after_by or facts.home or facts.custody or facts.found or facts.placed
    if area is None:
        return Given(held_by(facts), because=("The court has remanded the child; no council is told yet.",))
    how = "is designated" if facts.receiving else "would be designated: the court decides"
    council = area.council
    return Given(Owner(council), None, council, council, (name(facts.home), name(facts.looked_after_by)),
                 (f"The court has remanded the child; {council} {how}.",))


def charged_and_kept(facts: Facts) -> bool:
    """The child is charged in England or Wales and bail is refused."""
    return facts.has(Status.CHARGED_BAIL_REFUSED) and facts.nation in ENGLAND_AND_WALES


def council_that_is_asked(facts: Facts) -> Given:
    """The council that is asked; while none is asked the force in whose custody the child is."""
    if facts.asked is not None:
        asked = facts.asked.council
        return Given(Owner(asked), None, asked, belongs_to(facts), (belongs_to(facts),),
                     (f"Bail is refused and {asked} is asked for accommodation: who is asked must provide it.",))
    first = facts.looked_after_by or facts.custody or facts.found or facts.home
    return Given(held_by(facts), None, name(first), belongs_to(facts), (name(first), belongs_to(facts)),
                 (NOBODY_ASKED,))


def asked_and_not_accepted(facts: Facts) -> bool:
    """A council was asked to accommodate a charged child and has not accepted."""
    return charged_and_kept(facts) and facts.asked is not None and not facts.has(Status.ACCEPTED)


def in_police_protection(facts: Facts) -> bool:
    """A constable in England or Wales has taken the child into police protection."""
    return facts.has(Status.POLICE_PROTECTION) and facts.nation in ENGLAND_AND_WALES


def designated_officer_until_received(facts: Facts) -> Given:
    """The designated officer of the force where found, until the council there has received the child."""
    area = facts.found or facts.custody or facts.placed or facts.home
    there = name(area)
    received = facts.has(Status.ACCEPTED) and there is not None
    owner = Owner(str(there)) if received else held_by(facts)
    words = ("The child is in police protection, and the council has received the child." if received else
             "The child is in police protection: the designated officer protects until the council receives the child.")
    return Given(owner, there, there, belongs_to(facts), (there, belongs_to(facts), "parents"), (words,))


def in_or_from_custody(facts: Facts) -> bool:
    """The child is arrested, or released and on the way; or a force or a suite of custody is told."""
    in_custody = facts.custody_force is not None or facts.custody is not None
    return facts.has(Status.ARRESTED, Status.RELEASED) or in_custody


def custody_force_until_accepted(facts: Facts) -> Given:
    """The force of the custody, until the receiving adult or agency has accepted; enquiries where the suite is."""
    there = facts.custody or facts.found
    receiver = facts.receiving or facts.looked_after_by or facts.home or there
    accepted = facts.has(Status.ACCEPTED) and receiver is not None
    owner = Owner(receiver.council) if accepted and receiver is not None else held_by(facts)
    words = "The receiver has accepted the child." if accepted else (
        "The force that arrested the child owns the journey until a receiver has accepted.")
    return Given(owner, name(there) or name(facts.home), name(facts.looked_after_by), belongs_to(facts),
                 (name(there), belongs_to(facts), name(facts.home)), (words,))


def crime_in_several_forces(facts: Facts) -> bool:
    """The child is held by another force than that of the home."""
    home = facts.home
    return facts.custody_force is not None and home is not None and home.force is not None and (
        home.force != facts.custody_force)


def missing_and_seen(facts: Facts) -> bool:
    """The child is missing from a force, and at most seen in another, where nobody suspects harm."""
    if facts.missing_from_force is None:
        return False
    if facts.found is None:
        return True
    return facts.concern != SIGNIFICANT_HARM and police_of(facts.found) != facts.missing_from_force


def searching_force_until_accepted(facts: Facts) -> Given:
    """The force that searches, until the other accepts; the other sees to immediate safety."""
    there = None if facts.found is None else police_of(facts.found)
    accepted = facts.has(Status.ACCEPTED) and there is not None
    owner = Owner(str(there if accepted else facts.missing_from_force), POLICE)
    words = ("The other force has accepted the search." if accepted else
             "The force that the child is missing from keeps the search until another has accepted it.")
    other = None if accepted else there
    return Given(owner, name(facts.found), None, belongs_to(facts), (other, name(facts.found), belongs_to(facts)),
                 (words,))
