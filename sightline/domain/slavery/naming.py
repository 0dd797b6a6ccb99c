"""Keep the child's name out of words: the form asks not to name the child, or others, in what happened."""

import re
import unicodedata
from collections.abc import Iterable

THE_CHILD = "the child"
SHORTEST = 2


def without_names(text: str, names: Iterable[str]) -> str:
    """Put "the child" where a text names the child, whatever the capitals, accents, hyphens or a possessive.

    Rather a word too many than a name: a child called May turns "he may" into "he the child", which a person then sees.
    """
    pattern = _pattern(names)
    return text if pattern is None else pattern.sub(THE_CHILD, unicodedata.normalize("NFC", text))


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """List the words of a text that name the child."""
    pattern = _pattern(names)
    return () if pattern is None else tuple(found[0] for found in pattern.finditer(unicodedata.normalize("NFC", text)))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    words = {part for name in names for whole in (name, _plain(name)) for part in (whole, *re.split(r"[-'’]", whole))
             if len(part) >= SHORTEST}
    if not words:
        return None
    one = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![^\W_])(?:{one})(?:[\s\-]+(?:{one}))*(?![^\W_])", re.IGNORECASE)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
