"""What tellings of an offender mean: for the clocks, for the register, and for who can be near.

Of several tellings of the register the latest holds. What cannot be read is left out here, and was a fault or refused
where it was told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.domain.duties.nations import Nation
from sightline.domain.offenders.addresses import Door, door_of, keys_of
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Spell, Stay
from sightline.domain.offenders.joins import Adult, Met, Named, Spot, Way
from sightline.domain.offenders.reviewing import Change, Order
from sightline.domain.offenders.rule import Matter
from sightline.domain.offenders.visiting import News, NewsOf, Outcome, Planned, Reactive, Visit, Visits
from sightline.domain.vocabulary.identifier import check
from sightline.domain.vocabulary.offender import (
    CATEGORIES,
    LEVELS,
    RISKS,
    TELLING_WORDS,
    Telling,
    TellingKind,
    under_of,
)

NO_FIXED_ABODE = "no-fixed-abode"
OF_THERE = {"lives": Matter.HOME, "new-partner-in-the-home": Matter.STAY, "stays": Matter.STAY, "visits": Matter.STAY}
NEWS = {TellingKind.ADDRESS: NewsOf.ADDRESS, TellingKind.CHILD: NewsOf.HOUSEHOLD}
MEETINGS, REVIEWED = frozenset({"meeting"}), frozenset({"risk", "plan"})
NATIONS = {one.value: one for one in Nation}


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how somebody stands on the register: as recorded by people, "" where that was not told.

    `manager` is the e-mail address of the offender manager. `under` says what a sign calls it.
    """

    name: str
    also_known_as: tuple[str, ...]
    born_on: date | None
    category: str
    level: str
    risk: str
    manager: str
    nation: Nation
    since: date | None
    until: date | None
    reactive: bool
    orders: frozenset[str]
    under: frozenset[str]

    @property
    def notifies(self) -> bool:
        """Tell whether the person is under notification requirements."""
        return "notification" in self.under


def standing_of(tellings: Iterable[Telling], *, on: date) -> Standing:
    """Give how somebody stands on the register on a day."""
    told = sorted((one for one in tellings if one.on <= on), key=lambda one: (one.on, one.id))
    register = [one for one in told if one.kind is TellingKind.REGISTER]
    facts: dict[str, Any] = {}
    for one in register:
        facts |= one.facts
    managed = [one for one in told if one.kind is TellingKind.MANAGEMENT]
    orders = frozenset(str(one.facts.get("order")) for one in told
                       if one.kind is TellingKind.ORDER and (one.until is None or one.until >= on))
    category = _of(facts.get("category"), CATEGORIES)
    return Standing(
        name=_text(facts.get("name")), also_known_as=tuple(map(str, facts.get("also_known_as", ()))),
        born_on=day_told(facts.get("born_on")), category=category, level=_of(facts.get("level"), LEVELS),
        risk=_of(facts.get("risk"), RISKS), manager=_text(facts.get("manager")).casefold(),
        nation=NATIONS.get(_text(facts.get("nation")), Nation.ENGLAND), since=register[0].on if register else None,
        until=register[-1].until if register else None,
        reactive=bool(managed) and managed[-1].facts.get("mode") == "reactive", orders=orders,
        under=under_of(category, orders))


def facts_of(tellings: Iterable[Telling], *, nation: Nation) -> Facts:
    """Give what the clocks of notification are counted from."""
    told = sorted(tellings, key=lambda one: (one.on, one.id))
    events: list[Event] = []
    notices: list[Notice] = []
    stays: list[Stay] = []
    spells: list[Spell] = []
    homeless: list[Homeless] = []
    homes = [one for one in told if one.kind is TellingKind.ADDRESS and one.facts.get("there") == "lives"]
    for one in told:
        about = _text(one.facts.get("about"))
        if one.kind is TellingKind.HAPPENED and (matter := _matter(one.facts.get("what"))):
            events.append(Event(matter, one.on, about))
        elif one.kind is TellingKind.NOTIFIED and (matter := _matter(one.facts.get("what"))):
            notices.append(Notice(matter, one.on, about, day_told(one.facts.get("expected_on"))))
        elif one.kind is TellingKind.AWAY and (kind := _text(one.facts.get("where"))) in {*AwayKind}:
            spells.append(Spell(AwayKind(kind), one.on, one.until))
        elif one.kind is TellingKind.CHILD:
            events.append(Event(Matter.CHILD, one.on, child_named(one)))
        elif one.kind is TellingKind.ADDRESS:
            _address(one, first=bool(homes) and one is homes[0], events=events, notices=notices, stays=stays,
                     homeless=homeless)
    return Facts(tuple(events), tuple(notices), tuple(stays), tuple(spells), tuple(homeless), nation)


def _address(
    one: Telling, *, first: bool, events: list[Event], notices: list[Notice], stays: list[Stay],
    homeless: list[Homeless],
) -> None:
    """Add what an address means: the first home was told with everything else, a later one is a change of it."""
    about, there = address_named(one), _text(one.facts.get("there"))
    if one.facts.get(NO_FIXED_ABODE):
        homeless.append(Homeless(one.on, one.until))
        return
    if there == "lives" and not first:
        events.append(Event(Matter.HOME, one.on, about))
    elif there in ("stays", "new-partner-in-the-home"):
        stays.append(Stay(about, one.on, one.until))
    notified = day_told(one.facts.get("notified_on"))
    if notified is not None and there in OF_THERE:
        notices.append(Notice(OF_THERE[there], notified, about))


def visits_of(tellings: Iterable[Telling], *, near: Iterable[News] = ()) -> Visits:
    """Give what is known of visits; `near` is what came to be known of children near the offender."""
    told = sorted(tellings, key=lambda one: (one.on, one.id))
    planned = [Planned(due_on, _text(one.facts.get("reason")), one.on, _text(one.facts.get("by")) or "the agency")
               for one in told if one.kind is TellingKind.VISIT_DUE and (due_on := day_told(one.facts.get("due_on")))]
    made = [Visit(one.on, Outcome.NOBODY_IN if one.facts.get("seen") is False else Outcome.SEEN,
                  one.facts.get("announced")) for one in told if one.kind is TellingKind.VISIT]
    reactive = [Reactive(one.on, _text(one.facts.get("reason")), _text(one.facts.get("by")) or "the agency")
                for one in told if one.kind is TellingKind.MANAGEMENT and one.facts.get("mode") == "reactive"]
    news = [News(NEWS[one.kind], one.on, TELLING_WORDS[one.kind].lower()) for one in told if one.kind in NEWS]
    return Visits(tuple(planned), tuple(made), tuple(reactive), (*news, *near))


def heard_of(tellings: Iterable[Telling]) -> list[date]:
    """Give the days on which anything was heard of the offender: a notice, a visit on which seen, a meeting."""
    return [one.on for one in tellings if one.kind in (TellingKind.NOTIFIED, TellingKind.MET)
            or (one.kind is TellingKind.VISIT and one.facts.get("seen") is not False)
            or (one.kind is TellingKind.ADDRESS and one.facts.get("notified_on"))]


def orders_of(tellings: Iterable[Telling]) -> list[Order]:
    """Give the orders of courts, the oldest first."""
    return [Order(_text(one.facts.get("order")), one.on, one.until, tuple(filter(None, [
                _text(one.facts.get("conditions"))])))
            for one in sorted(tellings, key=lambda one: (one.on, one.id)) if one.kind is TellingKind.ORDER]


def changes_of(tellings: Iterable[Telling]) -> list[Change]:
    """Give the significant changes, with what followed: telling one passes it on; a meeting and a review are told."""
    told = sorted(tellings, key=lambda one: (one.on, one.id))

    def after(on: date, reviews: frozenset[str]) -> date | None:
        return min((one.on for one in told if one.kind is TellingKind.REVIEW and one.on >= on
                    and one.facts.get("review") in reviews), default=None)

    return [Change(one.on, _text(one.facts.get("found")) or "no words", passed_on=one.on,
                   meeting_set_on=after(one.on, MEETINGS), reviewed_on=after(one.on, REVIEWED))
            for one in told if one.kind is TellingKind.SIGNIFICANT]


def adult_of(tellings: Iterable[Telling]) -> Adult:
    """Give what of an offender's record can lie near a child's."""
    told = sorted(tellings, key=lambda one: (one.on, one.id))
    spots = [Spot(one.id, door, Way(there), one.on, one.until) for one in told
             if one.kind is TellingKind.ADDRESS and (there := _text(one.facts.get("there"))) in {*Way}
             and keys_of(door := door_told(one))]
    children = [Named(one.id, _text(one.facts.get("given")), _text(one.facts.get("family")), born_on, one.on)
                for one in told if one.kind is TellingKind.CHILD and (born_on := day_told(one.facts.get("born_on")))]
    met = [Met(one.id, postcode.replace(" ", ""), one.on) for one in told
           if one.kind is TellingKind.MET and (postcode := _postcode(one.facts.get("postcode")))]
    away = [(one.on, one.until) for one in told if one.kind is TellingKind.AWAY]
    return Adult(tuple(spots), tuple(children), tuple(met), tuple(away))


def door_told(one: Telling) -> Door:
    """Read the address of a telling."""
    return door_of(_text(one.facts.get("address")), _text(one.facts.get("postcode")), _text(one.facts.get("uprn")))


def address_named(one: Telling) -> str:
    """Give one name to an address, so that what is told of it twice is told of one."""
    keys: Sequence[str] = keys_of(door_told(one))
    written = " ".join(filter(None, (_text(one.facts.get("address")), _text(one.facts.get("postcode")))))
    return written or (keys[0] if keys else "")


def child_named(one: Telling) -> str:
    """Name a child of a household as it was told."""
    return " ".join(filter(None, (_text(one.facts.get("given")), _text(one.facts.get("family")))))


def _matter(told: Any) -> Matter | None:
    return Matter(told) if isinstance(told, str) and told in {*Matter} else None


def _postcode(told: Any) -> str:
    answer = check("postcode", told) if isinstance(told, str) else None
    return answer.normal if answer is not None and answer.valid else ""


def day_told(told: Any) -> date | None:
    """Read a day of a telling; what is no day is none."""
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _text(told: Any) -> str:
    return told.strip() if isinstance(told, str) else ""


def _of(told: Any, known: Iterable[str]) -> str:
    return told if isinstance(told, str) and told in set(known) else ""
