"""A child's circle: the hubs that the child's record names, and the other children whose records name them.

Two steps at the most, from the child to a hub and from the hub to another child, and never further. A hub that more
children touch than it may link links nobody, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.domain.circle.hubs import MOST_HUBS, REACH, Hub, HubKind
from sightline.domain.circle.judging import Judged
from sightline.domain.circle.touching import Touch

NOBODY: Mapping[Hub, str] = {}
NOT_COUNTED: Mapping[Hub, int] = {}
NOT_JUDGED: Mapping[tuple[str, Hub], Judged] = {}


@dataclass(frozen=True, slots=True)
class Other:
    """Hold another child at a hub: how that child's record names it, and how that link was judged.

    `touch` is None where the other child is the hub: somebody named who was there, and it was this child.
    """

    child: str
    touch: Touch | None
    judged: Judged = Judged.HYPOTHESIS

    @property
    def exploited_on(self) -> date | None:
        """Give the first day of which it is known of the other child that it was exploited, or None."""
        return self.touch.exploited_on if self.touch else None


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold one hub of the child: by which entries, who else touches it, how it was judged.

    `own` is None where others' records name the child and the child's own does not say so. `crowd` counts the others
    where they are too many to link; then `others` is empty.
    """

    hub: Hub
    own: Touch | None
    others: tuple[Other, ...] = ()
    judged: Judged = Judged.HYPOTHESIS
    crowd: int = 0

    @property
    def since(self) -> date:
        """Give since when it is told."""
        return min(touch.since for touch in self._told)

    @property
    def last(self) -> date:
        """Give when it was told last."""
        return max(touch.last for touch in self._told)

    @property
    def expires_on(self) -> date:
        """Give from when it links nobody, unless it is told again."""
        return max(touch.expires_on for touch in self._told)

    @property
    def _told(self) -> tuple[Touch, ...]:
        return (self.own,) if self.own else tuple(other.touch for other in self.others if other.touch)

    def holds_on(self, day: date) -> bool:
        """Tell whether it links on the day: nobody dismissed it, and it has not expired."""
        return self.judged is not Judged.DISMISSED and day < self.expires_on

    def linked_on(self, day: date) -> tuple[Other, ...]:
        """Give the other children whom it links on the day: their side must hold as well."""
        if not self.holds_on(day):
            return ()
        return tuple(o for o in self.others if o.judged is not Judged.DISMISSED
                     and (o.touch is None or day < o.touch.expires_on))


@dataclass(frozen=True, slots=True)
class Circle:
    """Hold one child's circle, its edges with the newest told first; `left_out` counts hubs beyond the most."""

    child: str
    edges: tuple[Edge, ...] = ()
    left_out: int = 0
    by_kind: Mapping[HubKind, tuple[Edge, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the edges by the kind of hub, so that each rule asks for its kinds alone."""
        by_kind: dict[HubKind, list[Edge]] = {}
        for edge in self.edges:
            by_kind.setdefault(edge.hub.kind, []).append(edge)
        object.__setattr__(self, "by_kind", {kind: tuple(edges) for kind, edges in by_kind.items()})

    def kind(self, *kinds: HubKind) -> tuple[Edge, ...]:
        """Give the edges of these kinds of hub."""
        return tuple(edge for kind in kinds for edge in self.by_kind.get(kind, ()))

    @property
    def children(self) -> frozenset[str]:
        """Name the other children in it."""
        return frozenset(other.child for edge in self.edges for other in edge.others)


NO_CIRCLE = Circle("")


def circle_of(
    child: str, touches: Iterable[Touch], *, on: date, known_as: Mapping[Hub, str] = NOBODY,
    judged: Mapping[tuple[str, Hub], Judged] = NOT_JUDGED, counted: Mapping[Hub, int] = NOT_COUNTED,
) -> Circle:
    """Give the circle of a child on a day, from touches of the child and of others; the order of them says nothing.

    `known_as` names the children who are hubs themselves: whom an agency names as a companion by the id under which it
    knows the child. `counted` gives how many others touch a hub where the caller has not handed all of them over.
    """
    at: dict[Hub, dict[str, Touch]] = {}
    for touch in touches:
        at.setdefault(touch.hub, {})[touch.child] = touch
    mine = [hub for hub in at if child in at[hub] or known_as.get(hub) == child]
    edges = [_edge(child, hub, at[hub], on=on, is_=known_as.get(hub), judged=judged, counted=counted.get(hub, 0))
             for hub in mine]
    ordered = sorted((e for e in edges if e.own or any(o.touch for o in e.others)),
                     key=lambda edge: (-edge.last.toordinal(), edge.hub))
    return Circle(child, tuple(ordered[:MOST_HUBS]), max(0, len(ordered) - MOST_HUBS))


def _edge(
    child: str, hub: Hub, at: Mapping[str, Touch], *, on: date, is_: str | None,
    judged: Mapping[tuple[str, Hub], Judged], counted: int,
) -> Edge:
    own = at.get(child)
    touching = sorted(name for name, touch in at.items() if name != child and on < touch.expires_on)
    crowd = max(len(touching), counted)
    stands = judged.get((child, hub), Judged.HYPOTHESIS)
    if crowd >= REACH[hub.kind].most:
        return Edge(hub, own, judged=stands, crowd=crowd)
    others = [Other(name, at[name], judged.get((name, hub), Judged.HYPOTHESIS))
              for name in touching]
    if is_ is not None and is_ != child and is_ not in at:
        others.append(Other(is_, None))
    return Edge(hub, own, tuple(others), stands)
