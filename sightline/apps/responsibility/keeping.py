"""Which agency keeps a safety event here: the one that owns it, or one that watches until the owner has taken over."""

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.apps.access.queries import AgencyBook, AgencyFacts, ContactFacts
from sightline.domain.responsibility.answer import COUNCIL, POLICE, Answer
from sightline.domain.responsibility.country import successors_of


@dataclass(frozen=True, slots=True)
class Keeper:
    """Hold the agency with its named contact; `watches` where the owner by the rule is not kept here."""

    agency: AgencyFacts
    contact: ContactFacts
    watches: bool


class NobodyToKeep(LookupError):
    """No agency is kept at all, so nobody can own a safety event. Add the agencies first."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def keeper_of(given: Answer, *, told: Iterable[int], book: AgencyBook) -> Keeper:
    """Give who keeps the event: the owner; else the long-term council, whoever must be told, or who told it.

    A council that has ended since is kept by the one that took over from it; of several, one watches. Raises
    NobodyToKeep.
    """
    owner, heirs = _kept(given.owner_now, given.owner_kind, book), _heirs(given, book)
    if owner is None and len(heirs) == 1:
        owner = heirs[0]
    others = (_kept(name, COUNCIL, book) or _kept(name, POLICE, book)
              for name in (given.long_term, given.enquires, *given.tell) if name)
    tellers = sorted((book.by_id[id_] for id_ in told), key=lambda agency: (agency.kind != "council", agency.name))
    for agency in (owner, *heirs, *others, *tellers, *book.by_id.values()):
        contact = None if agency is None else book.desk(agency.id, "safeguarding")
        if agency is not None and contact is not None:
            return Keeper(agency, contact, watches=agency != owner)
    raise NobodyToKeep


def _heirs(given: Answer, book: AgencyBook) -> list[AgencyFacts | None]:
    """Give the agencies of all councils that took over from the owner where it has ended; None for one not kept."""
    heirs = successors_of(given.owner_now) if given.owner_kind == COUNCIL else ()
    return [_kept(name, COUNCIL, book) for name in heirs]


def _kept(name: str, kind: str, book: AgencyBook) -> AgencyFacts | None:
    found = {COUNCIL: book.council, POLICE: book.force}.get(kind)
    return (found(name) if found else None) or book.named(name)
