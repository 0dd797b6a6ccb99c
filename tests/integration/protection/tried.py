"""What the tests of protection share: Amara's ids, every address of the product, and undoing what a test did."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from uuid import UUID

from django.db import transaction
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

# Signing in, the page on which our own components are shown and what services tell us know no child; they have tests
# of their own.
OTHER_ADDRESSES = ("account/", "_look/", "callbacks/")
WORDS_OF = {"form": "assess", "kind": "visit"}
"""A good word for a part of an address that is no id."""
WORDS = ("Amara", "Okafor", "Okafer", "A950000178301", "H243278544154", "L36")


@dataclass(frozen=True)
class Everything:
    """Hold the ids of Amara's record that an address or a query can name."""

    amara: UUID
    identity: UUID
    entry: UUID
    sign: UUID
    duty: UUID
    notice: UUID
    doubt: UUID
    event: UUID
    transfer: UUID
    release: UUID
    absence: UUID
    disclosure: UUID
    request: UUID
    question: UUID
    hypothesis: UUID
    charging: UUID
    operation: UUID
    touch: UUID
    inspection: UUID
    snapshot: UUID
    drawn: UUID
    submission: int
    offender: UUID | None = None
    telling: UUID | None = None
    contact: int = 0
    turn: int = 0
    run: int = 0
    place: int = 0

    def ids(self) -> list[str]:
        return [str(value) for value in astuple(self) if isinstance(value, UUID)]


def addresses() -> dict[str, str]:
    """Give the route of every page by its name, as the resolver has them; those of signing in excepted."""
    return {name: route for name, route in every_address().items() if not route.startswith(OTHER_ADDRESSES)}


def every_address() -> dict[str, str]:
    """Give the route of every page by its name, as the resolver has them."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, route)
            else:
                found[one.name or route] = route

    walk(get_resolver().url_patterns, "")
    return found


def filled(route: str, parts: Mapping[str, object]) -> str:
    """Give the address of a route with its parts filled in."""
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route).replace("^", "").replace("$", "")
    told = {**WORDS_OF, **parts}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(told.get(found[1], "C05")), plain)


@contextmanager
def undone() -> Iterator[None]:
    """Undo on leaving whatever was done in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
