"""The answer to a responsibility question: four questions, and exactly one owner now."""

from dataclasses import dataclass

COUNCIL = "council"
POLICE = "police"
TRUST = "health and social care trust"


@dataclass(frozen=True, slots=True)
class Owner:
    """Name one organisation and its kind."""

    name: str
    kind: str = COUNCIL


@dataclass(frozen=True, slots=True)
class Given:
    """Hold what one rule says; a question that the rule leaves open is None.

    `tell` names who must be told, `because` says in words which facts led there.
    """

    owner: Owner
    enquires: str | None = None
    accommodates: str | None = None
    long_term: str | None = None
    tell: tuple[str | None, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the answer to the four questions, and by which rule.

    `through` says by whom the owner is reached at that hour. `also` are rules that bear on the case and change nothing.
    """

    owner_now: str
    owner_kind: str
    through: str
    enquires: str | None
    accommodates: str | None
    long_term: str | None
    rule: str
    also: tuple[str, ...]
    authority: tuple[str, ...]
    verified: bool
    tell: tuple[str, ...]
    because: tuple[str, ...]
