"""Make what an agency's system told of a child ready to compare: one record of all tellings, valid identifiers only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sightline.domain.linkage.names import plain
from sightline.domain.vocabulary.identifier import check
from sightline.domain.vocabulary.identity import Identity

MATCHED = {"upn": "upn", "former-upn": "upn", "nhs": "nhs", "pnc": "pnc", "cro": "cro"}
STAND_INS = frozenset((
    "baby", "infant", "newborn", "unborn", "child", "boy", "girl", "male", "female", "twin", "triplet", "one", "two",
    "three", "unknown", "unnamed", "none", "null", "na", "nk", "tbc", "not", "known", "given", "name", "of",
))
"""Words that stand where no name is known; a name made of nothing else is not compared."""
FEWEST_DIGITS = 10
"""A telephone number of this country has so many digits at least: what is shorter is an extension, or a slip."""
IDENTIFIERS = ("nhs", "upn", "pnc", "cro")


@dataclass(frozen=True, slots=True)
class Described:
    """Hold all that one agency's system told of one child, ready to compare; of each kind the newest value first.

    Identifiers are valid ones in their normal form. `sex` is M or F, or None where none or both were told.
    """

    givens: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    sex: str | None = None
    homes: tuple[str, ...] = ()
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    schools: tuple[str, ...] = ()
    carers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def given(self) -> str | None:
        """Give the first name told last, or None."""
        return self.givens[0] if self.givens else None

    @property
    def family(self) -> str | None:
        """Give the surname told last, or None."""
        return self.families[0] if self.families else None


def described(identity: Identity) -> Described:
    """Give one telling ready to compare; an invalid identifier is left out (it stays in the record)."""
    valid: dict[str, set[str]] = {}
    for kind, value in identity.identifiers.items():
        if kind in MATCHED and (normal := _normal(MATCHED[kind], value)):
            valid.setdefault(MATCHED[kind], set()).add(normal)
    home = _normal("postcode", identity.postcode) if identity.postcode else None
    known_as = [name.rpartition(" ") for name in identity.also_known_as if name.strip()]
    return Described(
        givens=_named([identity.given, *(given for given, _, _ in known_as)]),
        families=_named([identity.family, *(family for given, _, family in known_as if given)]),
        born=(identity.born_on,) if identity.born_on else (),
        sex=identity.sex if identity.sex in ("M", "F") else None,
        homes=(home,) if home else (), identifiers={kind: frozenset(values) for kind, values in valid.items()},
        schools=_told([_school(identity.school)]), carers=_named(identity.carers),
        phones=_told(_dialled(number) for number in identity.phones))


def as_one(tellings: Sequence[Described]) -> Described:
    """Give all tellings of one child as one record; the newest telling stands first."""
    if len(tellings) == 1:
        return tellings[0]
    kinds = {kind for telling in tellings for kind in telling.identifiers}
    sexes = {telling.sex for telling in tellings} - {None}
    return Described(
        givens=_told(name for telling in tellings for name in telling.givens),
        families=_told(name for telling in tellings for name in telling.families),
        born=tuple(dict.fromkeys(day for telling in tellings for day in telling.born)),
        sex=sexes.pop() if len(sexes) == 1 else None,
        homes=_told(home for telling in tellings for home in telling.homes),
        identifiers={kind: frozenset().union(*(t.identifiers.get(kind, frozenset()) for t in tellings))
                     for kind in sorted(kinds)},
        schools=_told(school for telling in tellings for school in telling.schools),
        carers=_told(carer for telling in tellings for carer in telling.carers),
        phones=_told(phone for telling in tellings for phone in telling.phones))


def _named(names: Iterable[str | None]) -> tuple[str, ...]:
    """Give the names that were told, without what is written where there is no name yet: Baby, Twin two, Unknown."""
    return _told(name for name in names if name and not _stands_in(name))


@lru_cache(maxsize=200_000)
def _stands_in(name: str) -> bool:
    return STAND_INS.issuperset(plain(name))


def _school(school: str | None) -> str | None:
    """Give a school by its number where it was told by one, or by what it is called."""
    return _normal("laestab", school) or school if school else None


def _dialled(number: str) -> str | None:
    """Give a telephone number as dialled within the country, or None where it is too short to be one."""
    digits = "".join(c for c in number if c.isdigit())
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and len(digits) > FEWEST_DIGITS:
            digits = f"0{digits.removeprefix(abroad).removeprefix('0')}"
            break
    return digits if len(digits) >= FEWEST_DIGITS else None


def _told(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and value.strip()))


@lru_cache(maxsize=100_000)
def _normal(kind: str, value: str) -> str | None:
    result = check(kind, value)
    return result.normal if result.valid else None
