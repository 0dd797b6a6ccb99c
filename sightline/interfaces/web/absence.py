"""What is shown where there is nothing to show: unknown, withheld and empty are three different things.

Unknown: nobody told us. Withheld: somebody told it, but this officer may not see it for this purpose. Empty: we asked,
and there is none. A page that shows the three alike lets a reader take silence for safety.
"""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from sightline.interfaces.web.moments import moment_in_words

UNKNOWN = Markup('<span class="sightline-unknown">Not known</span>')
_EMPTY = Markup('<span class="sightline-empty">{}</span>')
_WITHHELD = Markup('<span class="sightline-withheld"><strong>Withheld</strong>{}</span>')


@dataclass(frozen=True, slots=True)
class Withheld:
    """Stand in the place of a value that this officer may not see; `because` says why, `ask` whom to ask."""

    because: str = ""
    ask: str = ""


def unknown() -> Markup:
    """Say that nobody told it."""
    return UNKNOWN


def withheld(value: Withheld) -> Markup:
    """Say that it is there and may not be seen, why, and whom to ask."""
    why = f": {value.because}" if value.because else ""
    return _WITHHELD.format(why + (f". Ask {value.ask}" if value.ask else ""))


def empty(words: str = "None recorded") -> Markup:
    """Say that there is none, in these words."""
    return _EMPTY.format(words)


def said(value: object, when_empty: str = "None recorded") -> str:
    """Show any value: None as unknown, Withheld as withheld, an empty text or list as empty, a moment in words."""
    if value is None:
        return unknown()
    if isinstance(value, Withheld):
        return withheld(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Sized) and len(value) == 0:
        return empty(when_empty)
    if isinstance(value, date):
        return moment_in_words(value)
    if isinstance(value, list | tuple | set | frozenset):
        return Markup(", ").join(said(one) for one in value)
    return value if isinstance(value, str) else str(value)
