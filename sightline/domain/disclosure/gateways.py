"""The gateways: by which law one agency may tell another something of a child. One code a disclosure.

Rows follow section 5.1 of our reading of the law. `verified` is true only where the words were read in a source; law
from memory says so. A row that has not commenced is shown as coming and cannot be chosen: see decision 17.
"""

from dataclasses import dataclass
from enum import StrEnum

from sightline.domain.vocabulary.agency import AgencyKind


class Force(StrEnum):
    """Say whether the law obliges to share, allows it, or says by what it may be done."""

    DUTY = "a duty to share"
    POWER = "a power to share"
    MEANS = "how it may be done"


@dataclass(frozen=True, slots=True)
class Gateway:
    """Hold one gateway: its law, in a sentence for who must choose, and for which recipients it can serve.

    `recipients` and `holders` empty: any. `source` says where the words were read. A gateway that has not `commenced`
    is law to come.
    """

    code: str
    title: str
    sentence: str
    authority: str
    force: Force
    source: str
    recipients: frozenset[AgencyKind]
    holders: frozenset[AgencyKind] = frozenset()
    nations: tuple[str, ...] = ("England",)
    commenced: bool = True
    verified: bool = False


MEMORY = "from memory, not read in any source"
LISTED = frozenset({AgencyKind.COUNCIL, AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE, AgencyKind.PROBATION,
                    AgencyKind.HEALTH, AgencyKind.YOUTH_JUSTICE})
COUNCIL_AND_POLICE = frozenset({AgencyKind.COUNCIL, AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE})

THE_POLICE = frozenset({AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE})

GATEWAYS: tuple[Gateway, ...] = (
    Gateway(
        "GW-10/11", "Working together for a child’s welfare",
        "The agencies of an area must co-operate to protect children, and each must do its own work with an eye to "
        "their welfare. The usual ground where something is shared to protect this child.",
        "Children Act 2004, sections 10 and 11 (Wales: 25 and 28)", Force.POWER, f"Wales s.28 read; else {MEMORY}",
        frozenset(), nations=("England", "Wales")),
    Gateway(
        "GW-47", "Helping an enquiry into significant harm",
        "A council makes enquiries under section 47, and asks the bodies that the Act lists to help it: they must, "
        "unless that would be unreasonable.",
        "Children Act 1989, section 47(9) to (11)", Force.DUTY, MEMORY, COUNCIL_AND_POLICE | {
            AgencyKind.HEALTH, AgencyKind.HOUSING, AgencyKind.SCHOOL}, nations=("England", "Wales")),
    Gateway(
        "GW-27", "Answering a council’s request for help",
        "A council may ask other councils, housing and health to help it with its work for a child in need.",
        "Children Act 1989, section 27", Force.DUTY, MEMORY,
        frozenset({AgencyKind.COUNCIL, AgencyKind.HOUSING, AgencyKind.HEALTH}), nations=("England", "Wales")),
    Gateway(
        "GW-115", "Preventing crime and disorder",
        "Anybody may tell the police, a council, probation or health what they need to prevent crime. It allows, and "
        "never obliges; who is exploited is a victim of the crime that is to be prevented.",
        "Crime and Disorder Act 1998, section 115", Force.POWER, MEMORY, LISTED, nations=("England", "Wales")),
    Gateway(
        "GW-325", "Managing a dangerous offender",
        "The authorities that manage sexual and violent offenders (MAPPA) exchange what they need for it.",
        "Criminal Justice Act 2003, sections 325 to 327B", Force.POWER, "names of the sections read", LISTED,
        nations=("England", "Wales")),
    Gateway(
        "GW-52", "Possible victim of modern slavery",
        "A body that has reason to believe that a child may be a victim of slavery or trafficking must say so.",
        "Modern Slavery Act 2015, section 52", Force.DUTY, "Home Office form read", COUNCIL_AND_POLICE,
        nations=("England", "Wales"), verified=True),
    Gateway(
        "GW-ENC", "Violence at home (Operation Encompass)",
        "The police tell a child’s school of an incident of domestic abuse before the next school day.",
        "Victims and Prisoners Act 2024; statutory guidance of 7 November 2025", Force.DUTY, "guidance read",
        frozenset({AgencyKind.SCHOOL, AgencyKind.COUNCIL}), holders=THE_POLICE, nations=("England", "Wales"),
        verified=True),
    Gateway(
        "GW-CSA", "Reporting sexual abuse of a child",
        "Who works with children and learns of a sexual offence against one reports it to police or council; to report "
        "breaks no confidence. Whether the duty is in force yet is not verified.",
        "Crime and Policing Act 2026, Part 5", Force.DUTY, "notes on the Act read; commencement not verified",
        COUNCIL_AND_POLICE, nations=("England",), commenced=False),
    Gateway(
        "GW-COMMON", "The police’s power at common law",
        "The police may tell somebody who needs to know, where a pressing social need asks for it.",
        "Common law: pressing social need", Force.POWER, MEMORY, frozenset(), holders=THE_POLICE,
        nations=("England", "Wales")),
    Gateway(
        "GW-PDS", "Use of the NHS number",
        "A number that is held lawfully may be used to say which child is meant. It is no ground for anything else.",
        "NHS number and Personal Demographics Service: terms of use", Force.MEANS, "a published design decision read",
        frozenset(), nations=("England",)),
    Gateway(
        "GW-16LA", "The duty to share for a child’s welfare",
        "A listed body that holds something which may help another listed body to protect a child must share it, "
        "unless it thinks that sharing would harm the child more.",
        "Children Act 2004, section 16LA (Children’s Wellbeing and Schools Act 2026, section 4)", Force.DUTY,
        "the section read", frozenset(), nations=("England",), commenced=False, verified=True),
)

BY_CODE = {gateway.code: gateway for gateway in GATEWAYS}


def choosable() -> tuple[Gateway, ...]:
    """List the gateways on which a disclosure can rest: those in force that say that something may be shared."""
    return tuple(gateway for gateway in GATEWAYS if gateway.commenced and gateway.force is not Force.MEANS)


def coming() -> tuple[Gateway, ...]:
    """List the gateways that are law to come."""
    return tuple(gateway for gateway in GATEWAYS if not gateway.commenced)


def offered_to(holder: AgencyKind, recipients: tuple[AgencyKind, ...]) -> tuple[Gateway, ...]:
    """List the gateways by which such an agency can tell all of these."""
    return tuple(one for one in choosable() if (not one.holders or holder in one.holders)
                 and all(serves(one.code, recipient) for recipient in recipients))


def serves(code: str, recipient: AgencyKind) -> bool:
    """Tell whether something can be told to such an agency by this gateway."""
    gateway = BY_CODE.get(code)
    return gateway in choosable() and gateway is not None and recipient in (gateway.recipients or frozenset(AgencyKind))
