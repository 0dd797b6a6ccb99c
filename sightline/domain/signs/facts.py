"""Read the facts of an entry: what is absent, or is not of its type, is unknown."""

from sightline.domain.vocabulary.entry import Entry

MOST = 1_000_000
NUMBERS = (int, float)
NOTHING: frozenset[str] = frozenset()


def word(entry: Entry, key: str) -> str:
    """Give a fact that is one word, trimmed, in small letters; empty where it is unknown."""
    value = entry.facts.get(key)
    return value.strip().casefold() if isinstance(value, str) else ""


def words(entry: Entry, key: str) -> frozenset[str]:
    """Give a fact that is a list of words, each trimmed, in small letters."""
    return frozenset(listed(entry, key)) if key in entry.facts else NOTHING


def listed(entry: Entry, key: str) -> list[str]:
    """Give the same in the order in which it was told, with what was told twice kept twice."""
    value = entry.facts.get(key)
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple, set, frozenset)):
        return []
    return [item.strip().casefold() for item in value if isinstance(item, str)]


def number(entry: Entry, key: str) -> float | None:
    """Give a fact that is a number from nought to a million, or None: a truth value is no number here."""
    value = entry.facts.get(key)
    return value if type(value) in NUMBERS and 0 <= value <= MOST else None  # type: ignore[operator]


def said_yes(entry: Entry, key: str) -> bool:
    """Tell whether the fact is known to be yes."""
    return entry.facts.get(key) is True


def said_no(entry: Entry, key: str) -> bool:
    """Tell whether the fact is known to be no: an absent fact is not a no."""
    return entry.facts.get(key) is False
