"""Turn a child's circle into what the page shows: each link with whom, by which entries, until when, how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.apps.circle.queries import ME, CircleFacts, LinkFacts
from sightline.domain.circle.circle import Edge, Other
from sightline.domain.circle.hubs import REACH, HubKind
from sightline.domain.circle.judging import STATE_WORDS, Judged
from sightline.domain.circle.touching import HOME, HOME_BEFORE, UNDER_ORDER, Mention, Touch
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.web.child.showing import anchor
from sightline.interfaces.web.child.words import fact_words
from sightline.interfaces.web.circle.drawing import Drawn
from sightline.interfaces.web.moments import counted, moment_in_words
from sightline.interfaces.web.shown import Link

HIDDEN = "A child whom you may not see"
UNSEEN = "Not to be seen"
SHORT_WORDS: Mapping[HubKind, str] = {
    HubKind.PERSON: "Person", HubKind.ADDRESS: "Address", HubKind.VEHICLE: "Vehicle", HubKind.PHONE: "Phone",
    HubKind.LINE: "Line", HubKind.ARRIVAL: "School",
}
HOMES = {HOME: "the child’s home", HOME_BEFORE: "a home of the child’s before"}
COLOURS = {Judged.HYPOTHESIS: "orange", Judged.CONFIRMED: "blue", Judged.DISMISSED: "grey"}


@dataclass(frozen=True, slots=True)
class OtherShown:
    """Show another child at a link: a link to the record or words, and what that record tells of it."""

    who: Link | str
    told: tuple[str, ...]
    dismissed: bool


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Show one link of the child; `number` leads from the picture to the table."""

    number: int
    what: str
    how: str
    others: tuple[OtherShown, ...]
    hidden: int
    crowd: str
    entries: tuple[Link | str, ...]
    since: date
    last: date
    until: str
    ended: bool
    judged: Judged
    state: tuple[str, str]
    said: LinkFacts | None
    act: Link | None


def links_shown(facts: CircleFacts, *, person: UUID, names: Mapping[UUID, str], on: date) -> list[LinkShown]:
    """Show every link of a circle, numbered in its order."""
    return [_link(number, edge, facts, person=person, names=names, on=on)
            for number, edge in enumerate(facts.circle.edges, start=1)]


def drawn(facts: CircleFacts, *, names: Mapping[UUID, str], on: date) -> list[Drawn]:
    """Give what the picture draws: what links now, under the numbers of the table."""
    return [Drawn(f"{SHORT_WORDS[edge.hub.kind]} {number}", edge.judged is Judged.CONFIRMED, tuple(
        (other.child, UNSEEN if id_ is None else names.get(id_, "Name not told"), other.judged is Judged.CONFIRMED)
        for other in edge.linked_on(on) for id_ in [facts.person(other.child)]))
        for number, edge in enumerate(facts.circle.edges, start=1) if edge.holds_on(on)]


def _link(
    number: int, edge: Edge, facts: CircleFacts, *, person: UUID, names: Mapping[UUID, str], on: date
) -> LinkShown:
    said = facts.links.get(edge.hub)
    seen = [other for other in edge.others if facts.person(other.child) is not None]
    return LinkShown(
        number=number, what=f"{SHORT_WORDS[edge.hub.kind]} {number}: {_named(edge, facts, names)}",
        how=_how(edge.own), others=tuple(_other(other, facts, names) for other in seen),
        hidden=len(edge.others) - len(seen), crowd=_crowd(edge),
        entries=tuple(_entry(mention, person) for mention in reversed(edge.own.mentions)) if edge.own else (
            "Told on the other child’s record, not on this one",),
        since=edge.since, last=edge.last, until=_until(edge, on), ended=on >= edge.expires_on,
        judged=edge.judged, state=(STATE_WORDS[edge.judged], COLOURS[edge.judged]),
        said=said if said and said.number else None,
        act=Link("Say what it is", reverse("link", args=[said.touch])) if said else None)


def _named(edge: Edge, facts: CircleFacts, names: Mapping[UUID, str]) -> str:
    told = next((touch.told_as for touch in (edge.own, *(other.touch for other in edge.others)) if touch), "")
    if edge.hub.kind is HubKind.ARRIVAL:
        return f"{fact_words('school.joined', 'school', told)}, joined in the same month after an exclusion"
    if edge.hub.kind is not HubKind.PERSON:
        return told
    if edge.own is None:
        return "this child, named by the police on another’s record"
    itself = next((other for other in edge.others if other.touch is None), None)
    who = names.get(facts.person(itself.child) or UUID(int=0), HIDDEN) if itself else f"known as {told}"
    age = next((m.age for m in reversed(edge.own.mentions) if m.age is not None), None)
    return who if age is None else f"{who}, aged {age}"


def _how(touch: Touch | None) -> str:
    roles = dict.fromkeys(m.role for m in touch.mentions) if touch else {}
    words = [HOMES.get(role) or role.replace("-", " ") for role in roles if role]
    if touch and any(m.what == UNDER_ORDER for m in touch.mentions):
        words = ["an adult under notification or an order is there"]
    return ", ".join(words)


def _until(edge: Edge, on: date) -> str:
    if edge.judged is Judged.DISMISSED:
        return "Links nobody"
    if edge.expires_on == date.max:
        return "Links as long as it is the home"
    return f"{'Ended' if on >= edge.expires_on else 'Links until'} {moment_in_words(edge.expires_on)}"


def _crowd(edge: Edge) -> str:
    if not edge.crowd:
        return ""
    most = REACH[edge.hub.kind].most
    return (f"{most} or more other children’s records name it: it links nobody. What so many touch says nothing of who "
            "is with whom.")


def _entry(mention: Mention, person: UUID) -> Link:
    kind = KINDS.get(mention.what)
    graded = f", graded {mention.grade}" if mention.grade else ""
    return Link(f"{kind.title if kind else mention.what}, {moment_in_words(mention.on)} ({mention.by}{graded})",
                f"{reverse('child', args=[person])}?all=1#{anchor(mention.entry)}")


def _other(other: Other, facts: CircleFacts, names: Mapping[UUID, str]) -> OtherShown:
    id_ = facts.person(other.child)
    assert id_ is not None
    assert other.child != ME
    told = tuple(_told(mention) for mention in other.touch.mentions) if other.touch and (
        other.child in facts.open_to) else ()
    return OtherShown(Link(names.get(id_, "Name not told"), reverse("child", args=[id_])), told,
                      other.judged is Judged.DISMISSED)


def _told(mention: Mention) -> str:
    kind = KINDS.get(mention.what)
    return f"{kind.title if kind else mention.what}, {moment_in_words(mention.on)} ({mention.by})"


def in_words(links: list[LinkShown]) -> str:
    """Say in one sentence how much links now, for who does not see the picture."""
    now = [link for link in links if not link.ended and link.judged is not Judged.DISMISSED]
    others = {other.who.href for link in now for other in link.others if isinstance(other.who, Link)}
    children = counted(len(others), "other child", "other children")
    return f"{counted(len(now), 'link')} now, to {children} whom you may see"
