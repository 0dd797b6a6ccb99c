"""On whose desk a duty falls: always a named contact of one agency, whatever the timeline could not tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.apps.access.queries import AgencyBook, AgencyFacts, ContactFacts
from sightline.domain.vocabulary.duty import Duty, Part

COUNCIL_PARTS = frozenset({Part.HOME_COUNCIL, Part.FOUND_COUNCIL, Part.CARING_COUNCIL, Part.HOST_COUNCIL,
                           Part.PLAN_COUNCIL, Part.ENQUIRING_COUNCIL})
FORCE_PARTS = frozenset({Part.HOME_FORCE, Part.FORCE, Part.HOST_FORCE})
EDUCATION_CODES = ("D-EX-5", "D-EX-6", "D-ATT")


class NobodyToOwe(LookupError):
    """No agency is kept at all, so nobody can own a duty. Add the agencies first."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Hold the agency that owes a duty, or only watches over it, and the contact who owns it."""

    agency: AgencyFacts
    contact: ContactFacts
    watches: bool


def desk_of(duty: Duty, *, told: Iterable[int], book: AgencyBook) -> Desk:
    """Give the desk on which a duty falls.

    The agency that plays the duty's part, where it is kept here; else a council that told something of the child, else
    any agency that did, watches over it: a duty that nobody owns must not exist. Raises NobodyToOwe.
    """
    playing = _playing(duty, book)
    for agency in (playing, *_who_told(told, book), *book.by_id.values()):
        if agency is not None:
            contact = book.desk(agency.id, *_desks(duty))
            if contact is not None:
                return Desk(agency, contact, watches=agency != playing)
    raise NobodyToOwe


def playing_to(duty: Duty, book: AgencyBook) -> AgencyFacts | None:
    """Give the agency to which the duty is owed, where it is one that is kept here."""
    return book.named(duty.owed_to) or book.council(duty.owed_to) or book.force(duty.owed_to)


def _playing(duty: Duty, book: AgencyBook) -> AgencyFacts | None:
    if duty.part in COUNCIL_PARTS:
        return book.council(duty.owed_by) or book.named(duty.owed_by)
    if duty.part in FORCE_PARTS:
        return book.force(duty.owed_by) or book.named(duty.owed_by)
    return book.named(duty.owed_by)


def _who_told(told: Iterable[int], book: AgencyBook) -> list[AgencyFacts]:
    agencies = [book.by_id[id_] for id_ in told]
    return sorted(agencies, key=lambda a: (a.kind != "council", a.name))


def _desks(duty: Duty) -> tuple[str, ...]:
    return ("education",) if duty.code.startswith(EDUCATION_CODES) else ("safeguarding",)
