"""Signs in who is at the child's address: an adult under notification, or under or against an order for violence.

They are about an address and who is there now, or visits. What a relative of the child's once did is no input: nothing
is read of anybody but that the police say that an adult under notification or an order is at this address.
"""

from collections.abc import Iterator
from datetime import date

from sightline.domain.circle.hubs import HubKind
from sightline.domain.circle.touching import UNDER_ORDER, Mention
from sightline.domain.offenders.joins import WAY_WORDS, Way
from sightline.domain.signs.associates import days_until
from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.sign import Attention, Family

NOTIFICATION = frozenset({"notification", "sexual-harm-order"})
VIOLENCE = frozenset({"mappa", "violence-order", "order-broken"})
AT_HOME = frozenset(Way) - {Way.HOUSEHOLD, Way.FOUND, Way.MET}
AS_LONG_AS_THERE = 366 * 18
"""Days: what both records tell is so until one of them tells otherwise."""
THERE = {"lives": "lives at", "visits": "visits", "new-partner-in-the-home": "is a new partner at"}


def notified_adult_at_home(known: Known) -> Iterator[Finding]:
    """Find an adult under notification or a sexual harm order at the child's address."""
    return _at_home(known, NOTIFICATION, "An adult under notification or a sexual harm order")


def violent_adult_at_home(known: Known) -> Iterator[Finding]:
    """Find an adult managed under MAPPA, or under or against an order for violence, at the child's address."""
    return _at_home(known, VIOLENCE, "An adult managed for violence, or under or against an order,")


def _at_home(known: Known, under: frozenset[str], who: str) -> Iterator[Finding]:
    for entry in known.kind(UNDER_ORDER):
        there = THERE.get(word(entry, "there"))
        if word(entry, "under") in under and there and not _is_over(entry, known):
            says = f"{who} {there} the child's address: told by the police {{when}}"
            yield Finding(entry.at, [Evidence(entry, says)])
    yield from _matched(known, under, who)
    yield from _joined(known, under, who)


def _is_over(entry: Entry, known: Known) -> bool:
    return entry.until is not None and day_of(entry.until) <= day_of(known.at)


def _matched(known: Known, under: frozenset[str], who: str) -> Iterator[Finding]:
    """Find the child's present home among the addresses at which the police told such an adult on another record."""
    for mention, until in _at_the_home(known):
        if mention.role in under:
            home = known.kind("child.home")[-1]
            says = f"The home told {{when}} is an address at which the police tell {who.lower().rstrip(',')}"
            at = home.at if mention.on <= home.on else mention.on
            yield Finding(at, [Evidence(home, says)], shown_days=days_until(until, since=at))


def _joined(known: Known, under: frozenset[str], who: str) -> Iterator[Finding]:
    """Find managed offenders whom their agency's register and the child's record put at one address."""
    own = {entry.id: entry for entry in known.kind("child.home")}
    for one in known.near:
        home = own.get(one.entry)
        if home is not None and one.way in AT_HOME and not under.isdisjoint(one.under):
            says = (f"{who} {WAY_WORDS[one.way]}: the register of adults whom police and probation manage and the home "
                    "told {when} agree")
            yield Finding(one.since, [Evidence(home, says)], shown_days=AS_LONG_AS_THERE)


def told_elsewhere(known: Known) -> frozenset[tuple[str, str]]:
    """Give the entries on others' records that tell of such an adult at this child's home, and who told each."""
    return frozenset((mention.entry, mention.by) for mention, _ in _at_the_home(known)
                     if mention.role in NOTIFICATION | VIOLENCE)


def _at_the_home(known: Known) -> Iterator[tuple[Mention, date]]:
    """Give what others' records tell of such adults at the child's home, each with the day on which that ends."""
    today = day_of(known.at)
    for edge in known.circle.kind(HubKind.ADDRESS) if known.kind("child.home") else ():
        if edge.own is not None and edge.own.is_home:
            yield from ((mention, min(other.touch.expires_on, mention.until or date.max))
                        for other in edge.linked_on(today) if other.touch for mention in other.touch.mentions
                        if mention.what == UNDER_ORDER and _is_there(mention, today))


def _is_there(mention: Mention, today: date) -> bool:
    return mention.until is None or today < mention.until


LINE = (
    "The line that this rule must not cross: what a relative did is never an input. It reads that an adult is under "
    "notification or an order, and is at this address now or visits it, as the police tell it; who that adult is to "
    "the child it does not know. It ends when the police say that the adult is no longer there. ")
WAYS = (
    "Three ways lead to it: the police tell it on the child's own record; they tell it of an address on another "
    "child's record, and the home that was told last for this child is that address, house and all; or the register "
    "of adults whom police and probation manage holds one at the child's home. A postcode alone matches nothing. ")
NARROW = "It goes to social care and to the police who oversee such adults, and to nobody else, schools included."

X07 = Rule(
    code="X07",
    family=Family.HOME,
    title="An adult under notification at the child's address",
    explanation=(
        f"An adult who must notify the police for a sexual offence, or is under a sexual harm or risk order, lives at "
        f"the child's address, visits it, or is a new partner in the home. {WAYS}{LINE}{NARROW}"),
    source="Perth and Kinross list; Sexual Offences Act 2003, Part 2",
    source_key="L16, M",
    needs=(UNDER_ORDER, "child.home"),
    cancelled_by="It is another address or another household, or the adult is no longer there.",
    not_evidence_of="harm to the child: it says who is there",
    find=notified_adult_at_home,
    alone=Attention.NOW,
    upon_circle=True,
    narrow=True,
)

H06 = Rule(
    code="H06",
    family=Family.HOME,
    title="An adult managed for violence at the child's address",
    explanation=(
        f"An adult who is managed under MAPPA, is under an order for violence at home, or has broken one, lives at the "
        f"child's address, visits it, or is a new partner in the home. {WAYS}{LINE}{NARROW}"),
    source="Criminal Justice Act 2003, sections 325 to 327B; Sightline's own choice of the address link",
    source_key="G11, D",
    needs=(UNDER_ORDER, "child.home"),
    cancelled_by="It is another address or another household, or the adult is no longer there.",
    not_evidence_of="harm to the child: it says who is there",
    find=violent_adult_at_home,
    upon_circle=True,
    narrow=True,
)

RULES = (X07, H06)
