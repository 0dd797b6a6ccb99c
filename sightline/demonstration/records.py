"""The records that agencies keep of the children of a family: opened once, wrong in the same way ever after."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sightline.demonstration.families import Child
from sightline.demonstration.mistakes import Held, held
from sightline.demonstration.outgoing import Outgoing
from sightline.demonstration.truth import Truth


@dataclass(slots=True)
class Record:
    """Hold one agency's record of a child: its key in that agency, and what it holds."""

    key: str
    held: Held


@dataclass(slots=True)
class Records:
    """Hold the records that agencies have of one family at a time."""

    rng: Random
    truth: Truth
    known: dict[tuple[str, str], Record] = field(default_factory=dict)
    opened: int = 0
    told: int = 0

    def next_family(self) -> None:
        """Forget the family before: nothing grows with the number of children."""
        self.known.clear()

    def of(self, child: Child, *, agency: str, kind: str, on: date) -> Record:
        """Give the agency's record of the child, opened on this day if it had none."""
        found = self.known.get((agency, child.id))
        if found is None:
            found = self.known[agency, child.id] = self.anew(child, agency=agency, kind=kind, on=on)
        return found

    def anew(self, child: Child, *, agency: str, kind: str, on: date) -> Record:
        """Open a new record of the child, as the police do at each arrest."""
        self.opened += 1
        record = Record(str(self.opened), held(child, kind, on, self.rng))
        self.truth.record(record.key, agency, record.held)
        return record


@dataclass(frozen=True, slots=True)
class Desk:
    """Hold what a sender needs: the files on their way out, the agencies' records, and what day it is."""

    out: Outgoing
    records: Records
    today: date
