"""Find the signs that a person saw and recorded.

The words in which it was told stay with the entry: a reason is quoted on pages that not everybody may see whole.
"""

from collections.abc import Iterator

from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import SEEN, Find

SAYS = "Seen and recorded by a person {when}"


def seen(known: Known, code: str) -> Iterator[Finding]:
    """Find every entry by which a person told of the sign of this code."""
    for entry in known.kind(SEEN):
        if word(entry, "sign") == code.casefold():
            yield Finding(entry.at, (Evidence(entry, SAYS),))


def only_seen(code: str) -> Find:
    """Give the rule of a sign that nothing but a person's own word can show."""
    return lambda known: seen(known, code)
