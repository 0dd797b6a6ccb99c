"""Which keys a stranger's question looks under: those by which a child is surely meant, and those that leave a doubt.

The database compares keys only, so that it can answer yes or no without handing out what is known. A record that has
all keys of a set fits it.
"""

from dataclasses import dataclass

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import birth_keys, identifier_keys, swapped


@dataclass(frozen=True, slots=True)
class AskedKeys:
    """Hold sets of keys: all of one of `sure` mean this child, all of one of `doubtful` may."""

    sure: tuple[frozenset[int], ...]
    doubtful: tuple[frozenset[int], ...]


def asked_keys(asked: Described) -> AskedKeys:
    """Give the sets of keys for who is asked after: by an identifier, or by first name, surname and date of birth.

    Sure: the same identifier; or the same names in full, born on the same day. In doubt: names that begin alike, born
    that day; or the same with day and month swapped; or the names in full, born in that year.
    """
    sure = [frozenset({key}) for key in identifier_keys(asked)]
    doubtful: list[frozenset[int]] = []
    if asked.given and asked.family and asked.born:
        alike, in_full = birth_keys(asked, asked.born[0])
        sure.append(frozenset({*alike, in_full}))
        doubtful += [frozenset(alike), frozenset({in_full})]
        other = swapped(asked.born[0])
        if other is not None:
            doubtful.append(frozenset(birth_keys(asked, other)[0]))
    return AskedKeys(tuple(sure), tuple(doubtful))
