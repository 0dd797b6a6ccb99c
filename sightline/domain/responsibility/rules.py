"""The rules R1 to R21 in the order in which they are tried: the first that holds names the owner.

What happens to the child now comes before what belongs to the case: the railway, custody and police protection before
care, care before the home, and a move of the case last. The giver stays the owner until the receiver has accepted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.domain.responsibility.answer import Given
from sightline.domain.responsibility.claims import borders, care, held, homes
from sightline.domain.responsibility.facts import Facts


@dataclass(frozen=True, slots=True)
class ResponsibilityRule:
    """Hold one rule: the claim about the facts that must hold, and the answers it then gives.

    `verified` says whether the law was read; a rule from memory, or of our own, is not. `sources` are the keys of
    where. "{accommodation}" stands for the section of the nation, in England or in Wales.
    """

    code: str
    title: str
    authority: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    holds: Callable[[Facts], bool]
    answers: Callable[[Facts], Given]


RULES: tuple[ResponsibilityRule, ...] = (
    ResponsibilityRule(
        "R21", "On a train or at a station",
        ("Our own rule; HMICFRS 2020 notes the part of the transport police",), ("OURS",), False,
        held.on_the_railway, held.transport_police_until_accepted),
    ResponsibilityRule(
        "R9", "Remanded by a court",
        ("Legal Aid, Sentencing and Punishment of Offenders Act 2012 s.92(3)",), ("L9",), True,
        held.remanded, held.designated_council),
    ResponsibilityRule(
        "R6", "Charged, bail refused",
        ("Police and Criminal Evidence Act 1984 s.38(6)", "{accommodation}(b)"), ("L3", "L5"), False,
        held.charged_and_kept, held.council_that_is_asked),
    ResponsibilityRule(
        "R2", "In police protection",
        ("Children Act 1989 s.46(3)(a), (b), (f)", "Children Act 1989 s.47(1)", "{accommodation}(a)"),
        ("L1", "L3"), True,
        held.in_police_protection, held.designated_officer_until_received),
    ResponsibilityRule(
        "R5", "Arrested, or released from custody",
        ("Our own rule on release", "Children Act 1989 s.47"), ("OURS",), False,
        held.in_or_from_custody, held.custody_force_until_accepted),
    ResponsibilityRule(
        "R18", "Placed in Scotland under a deprivation of liberty order",
        ("Cross-border placements: notice and undertaking before arrival",), ("L27",), True,
        borders.placed_in_scotland_under_order, borders.placing_council),
    ResponsibilityRule(
        "R16", "Found in Scotland",
        ("Children's Hearings (Scotland) Act 2011 ss.66, 67",), ("L24", "MEMORY"), False,
        borders.found_in_scotland, borders.scottish_council_until_collected),
    ResponsibilityRule(
        "R17", "Found in Northern Ireland",
        ("Children (Northern Ireland) Order 1995 arts 65, 66",), ("MEMORY",), False,
        borders.found_in_northern_ireland, borders.trust_where_found),
    ResponsibilityRule(
        "R19", "Missing from one force, seen in another",
        ("Authorised Professional Practice: missing persons",), ("MEMORY",), False,
        held.missing_and_seen, held.searching_force_until_accepted),
    ResponsibilityRule(
        "R14", "Care order, authority disputed", ("Children Act 1989 s.31(8)",), ("L28",), True,
        care.under_a_care_order, care.existing_authority),
    ResponsibilityRule(
        "R4", "Looked after, where placed",
        ("Children Act 1989 s.47", "Children Act 1989 s.105(6)"), ("L2", "MEMORY"), False,
        care.looked_after_where_placed, care.council_that_looks_after),
    ResponsibilityRule(
        "R3", "Looked after, found elsewhere",
        ("Children Act 1989 s.22", "Children Act 1989 s.47"), ("L2", "MEMORY"), False,
        care.looked_after_and_found, care.found_council_until_taken_over),
    ResponsibilityRule(
        "R8", "Homeless, or nobody has parental responsibility", ("Children Act 1989 s.20",), ("MEMORY",), False,
        homes.homeless, homes.council_where_homeless),
    ResponsibilityRule(
        "R11", "Moves while enquiries run", ("Multi-agency procedures on moving across boundaries",), ("G8",), True,
        homes.moves_during_enquiries, homes.origin_finishes_enquiries),
    ResponsibilityRule(
        "R10", "Moves with a protection plan", ("Multi-agency procedures on moving across boundaries",), ("G8",), True,
        homes.moves_with_a_plan, homes.origin_until_conference),
    ResponsibilityRule(
        "R12", "Moves as a child in need",
        ("Practice of councils; at most 10 working days, our own limit",), ("MEMORY",), False,
        homes.moves_in_need, homes.origin_until_accepted),
    ResponsibilityRule(
        "R13", "No fixed home, or home not known", ("Children Act 1989 s.30(2)",), ("MEMORY",), False,
        homes.without_a_home, homes.council_where_found),
    ResponsibilityRule(
        "R1", "Found in one council, home in another", ("Children Act 1989 s.47(1)",), ("L2", "G7"), True,
        homes.anywhere, homes.found_council_until_accepted),
)


@dataclass(frozen=True, slots=True)
class Note:
    """Hold a rule that bears on a case and changes no owner."""

    code: str
    says: str
    holds: Callable[[Facts], bool]


NOTES: tuple[Note, ...] = (
    Note(
        "R7", "A dispute changes nothing: the request stands to the council that was asked. It goes to the manager of "
        "the duty team, after 30 minutes to the director on call, after 60 to superintendent and director.",
        held.asked_and_not_accepted),
    Note(
        "R14", "Under a care order the existing authority keeps acting while anybody disputes which it is.",
        care.under_a_care_order_anywhere),
    Note(
        "R15", "Protection and enquiries are the same in England and Wales. Accommodation is owed in England under "
        "section 21 of the Children Act 1989, in Wales under section 77 of the Social Services and Well-being (Wales) "
        "Act 2014.",
        borders.touches_wales),
    Note(
        "R20", "The force where the child is safeguards the child; which force owns the crime is another question and "
        "never delays it.", held.crime_in_several_forces),
)
