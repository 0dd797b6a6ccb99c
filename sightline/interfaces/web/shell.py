"""What stands around every page: who is signed in, for which agency and purpose, and where one can go.

The middleware that settles for whom an officer acts puts a `Standing` on the request as `request.standing`; a page
that has none shows who is signed in and nothing more. A destination appears as soon as a page with its name exists.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb

DESTINATIONS: tuple[tuple[str, str, Verb | None], ...] = (
    ("inbox", "Inbox", Verb.SEE_QUEUE),
    ("protecting", "Protecting", Verb.SEE_QUEUE),
    ("custody_desk", "Custody", Verb.SEE_CUSTODY_DESK),
    ("find", "Find a child", Verb.FIND_CHILD),
    ("known", "Is a child known?", Verb.ASK_IF_KNOWN),
    ("hypotheses", "Places", Verb.JUDGE_PLACE),
    ("offenders", "Offenders", Verb.SEE_OFFENDERS),
    ("import", "Import", Verb.SEND_FILES),
    ("doubts", "Doubts", Verb.SETTLE_DOUBT),
    ("desks", "Desks", Verb.KEEP_ROTA),
    ("oversight", "Oversight", Verb.SEE_OVERSIGHT),
    ("rules", "Rule book", None),
    ("help", "Help", None),
)
CHANGE_PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Standing:
    """Say for which agency the officer acts, and for which purpose in words; no purpose is stated yet when None."""

    agency: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Name one place of the navigation; `here` when the page belongs to it."""

    words: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """Hold what the base layout shows around a page."""

    signed_in_as: str | None
    standing: Standing | None
    destinations: tuple[Destination, ...]
    change_purpose: str | None
    demonstration: bool
    home: str


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give the templates what stands around the page (a context processor); a view may have settled it already."""
    return {"shell": getattr(request, "shell", None) or around(request)}


def around(request: HttpRequest) -> Shell:
    """Read from the request what stands around its page."""
    officer = getattr(request, "user", None)  # there is none where the answer came before the session was read
    signed_in = officer is not None and officer.is_authenticated
    return Shell(
        signed_in_as=str(officer) if signed_in else None,
        standing=getattr(request, "standing", None) if signed_in else None,
        destinations=_destinations(request) if signed_in else (),
        change_purpose=_address(CHANGE_PURPOSE),
        demonstration=settings.DEMONSTRATION,
        home=_address("start") or "/",
    )


def _destinations(request: HttpRequest) -> tuple[Destination, ...]:
    """Give the places that exist and that the officer's role may enter; before a purpose is stated, all of them."""
    acting = getattr(request, "acting", None)
    known = ((words, _address(name)) for name, words, verb in DESTINATIONS
             if verb is None or acting is None or may(acting.role, verb))
    return tuple(Destination(words, href, request.path.startswith(href)) for words, href in known if href)


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
