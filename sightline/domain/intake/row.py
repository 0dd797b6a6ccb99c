"""What a row of a file becomes: tellings about one child, or faults in plain words that go back to the sender."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.domain.vocabulary.entry import Companion, Thing
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.place import Place


@dataclass(frozen=True, slots=True)
class Sender:
    """Name the agency that sent the file; `code` is its GSS code, force code or LAESTAB where it has one."""

    name: str
    kind: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one event that a row tells.

    `key` names the event within the sender's own system (with the identity's scheme and key): a second telling with
    the same key and other facts corrects the first, one with the same facts changes nothing. `by` names the agency
    whose words these are where that is not the sender.
    """

    kind: str
    at: Moment
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    until: Moment | None = None
    place: Place | None = None
    people: tuple[Companion, ...] = ()
    things: tuple[Thing, ...] = ()
    grade: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Say that earlier tellings about this identity no longer hold: those whose key is this or starts with it and "/".

    An empty key withdraws everything that the sender told under this identity.
    """

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Say in plain words what is wrong with one value; `turns_back` is False where the row is kept all the same."""

    row: int
    column: str
    value: str
    fault: str
    turns_back: bool = True


@dataclass(frozen=True, slots=True)
class SortedRow:
    """Hold what one row became.

    `number` counts as the sender's own program would: the first line of data in a CSV file with a header is row 2.
    `identity` is None exactly when the row was turned back; then at least one fault turns it back.
    """

    number: int
    identity: Identity | None
    told: tuple[Told, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    faults: tuple[Fault, ...] = ()


class FileRefused(ValueError):
    """The file cannot be read at all; nothing of it was kept. The message says why, in words for the sender."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because
