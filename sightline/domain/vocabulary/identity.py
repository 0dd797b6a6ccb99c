"""Who an agency says that a child is: what it wrote, not what is true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold one agency's words for one child.

    `scheme` and `key` name the child within the agency's own system (scheme "ssda903", key "566910"). `identifiers`
    maps a kind (upn, former-upn, nhs, pnc, cro) to the value as it came; only a valid one is ever used to match.
    `sex` is M, F or U. `school` is the school's number (LAESTAB, URN) where it was told, else its name; `carers` are
    the names of who cares for the child, `phones` the numbers under which child or carers are reached. A value that was
    not told is None.
    """

    scheme: str
    key: str
    given: str | None = None
    family: str | None = None
    also_known_as: tuple[str, ...] = ()
    born_on: date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    postcode: str | None = None
    address: str | None = None
    school: str | None = None
    carers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
