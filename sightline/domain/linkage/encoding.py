"""Encode what is told of a child so that another county can say whether it knows the child, without reading a name.

Nothing uses this yet. Each combination of facts becomes one HMAC-SHA-256 under a secret that the two counties share for
this purpose and change. Two records of one child agree on some combination although others differ; equal encodings say
that the facts are equal, and nothing else can be read from them without the secret. Whoever has the secret can try
names and birthdays until one fits: docs/explanation/asking-by-encodings.md says what that means, and how many children
are found.
"""

import hmac
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import swapped
from sightline.domain.linkage.names import borne, called, skeleton

SHORTEST_SECRET = 32
"""Bytes of a secret: 256 bits, as HMAC-SHA-256 can use."""
LENGTH = 16
"""Bytes that are kept of an encoding: two different facts share one in 2**64 tries at the earliest."""

COMBINATIONS: Mapping[str, str] = {
    "number": "an NHS number, UPN, PNC or CRO number",
    "names and birthday": "sounds of first name and surname, in either order, and date of birth",
    "names and swapped birthday": "the same, with day and month of birth in each other’s place",
    "names and month of birth": "sounds of first name and surname, month and year of birth, and sex",
    "first name, birthday and home": "sound of the first name, date of birth and postcode",
    "surname, initial and birthday": "sound of the surname, first letter of the first name, date of birth and sex",
    "first name and home": "sounds of first name and surname, year of birth and postcode",
}
"""What is encoded together, in words, by its name."""

Facts = tuple[str, ...]


class SecretTooShort(ValueError):
    """The secret has fewer than 32 bytes; draw one at random and share it over a channel of its own."""


def encodings(one: Described, *, secret: bytes) -> dict[str, frozenset[bytes]]:
    """Give the encodings of one record, by combination; a combination that is not told in full is left out.

    Raises SecretTooShort.
    """
    if len(secret) < SHORTEST_SECRET:
        raise SecretTooShort(SecretTooShort.__doc__)
    found: dict[str, set[bytes]] = {}
    for combination, facts in _facts(one):
        text = "\x1f".join((combination, *facts)).encode()
        found.setdefault(combination, set()).add(hmac.new(secret, text, sha256).digest()[:LENGTH])
    return {combination: frozenset(values) for combination, values in found.items()}


def agree_on(one: Mapping[str, frozenset[bytes]], other: Mapping[str, frozenset[bytes]]) -> tuple[str, ...]:
    """List the combinations of which two records share an encoding."""
    return tuple(name for name in COMBINATIONS if one.get(name, frozenset()) & other.get(name, frozenset()))


def _facts(one: Described) -> Iterator[tuple[str, Facts]]:
    for kind, numbers in one.identifiers.items():
        yield from (("number", (kind, number)) for number in numbers)
    for born in one.born:
        yield from _of_birthday(one, born)


def _of_birthday(one: Described, born: date) -> Iterator[tuple[str, Facts]]:
    day, sex = born.isoformat(), one.sex or ""
    other = swapped(born)
    for first in {skeleton(called(name)[0]) for name in one.givens if called(name)}:
        for home in one.homes:
            yield "first name, birthday and home", (first, day, home)
        for last in {skeleton(part) for name in one.families for part in borne(name)}:
            pair = tuple(sorted((first, last)))
            yield "names and birthday", (*pair, day)
            if other is not None:
                # Both ways of writing the birthday give one encoding, whichever of them a county has.
                yield "names and swapped birthday", (*pair, min(day, other.isoformat()))
            if sex:
                yield "names and month of birth", (*pair, day[:7], sex)
                yield "surname, initial and birthday", (last, first[:1], day, sex)
            for home in one.homes:
                yield "first name and home", (*pair, day[:4], home)
