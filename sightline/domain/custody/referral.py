"""The safeguarding referral that an arrest creates: its clock, its states and steps, whom it goes to, and its words.

Nobody decides whether it is made. It is drafted from what the force may tell: what it told itself and what was shared
with it, read anew by the same rules of signs. Only facts end it: that this is no child, or that there was no arrest.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sightline.domain.duties.claims.custody import LONGEST_DETENTION_HOURS
from sightline.domain.duties.life import ADULT_AGE, birthday
from sightline.domain.responsibility.answer import Answer
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import LONDON, Moment, day_of, first_instant, is_day
from sightline.domain.vocabulary.sign import Family, Sign
from sightline.domain.vocabulary.timeline import Timeline

ARREST = "police.arrest"

SENT_AFTER = timedelta(minutes=30)
"""So long after the arrest became known the referral goes by itself. Half of the hour of D-ARR-4: an officer has time
to add what the child said, and a desk that must be rung has the other half (our own choice)."""

TOLD_WITHIN = timedelta(hours=LONGEST_DETENTION_HOURS)
"""An arrest that was told later than this after it happened creates no referral by itself: nobody is detained without
charge for longer, so the arrest is history. The duty D-ARR-4 stands in the queue, and the arrest is counted."""

LOOKS_BACK = timedelta(days=730)
"""How far back a referral reaches (our own choice: two years, as a handover pack)."""

MOST_LINES = 12
"""So many lines a section holds; the rest is counted in words: a referral is read at night (our own choice)."""


class ReferralState(StrEnum):
    """Say how the referral of an arrested child stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    ENDED = "ended"
    TOLD_LATE = "told-late"


STATE_WORDS = {
    ReferralState.DRAFTED: "Drafted: it goes by itself",
    ReferralState.SENT: "Sent",
    ReferralState.ENDED: "Ended by a fact",
    ReferralState.TOLD_LATE: "History: read too late, nothing goes by itself",
}


class Ground(StrEnum):
    """Name the facts that end a referral; there are no others."""

    NO_CHILD = "every date of birth that was told says 18 or older"
    NO_ARREST = "the arrest was withdrawn by who told it"


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step from state to state: who takes it, and what must hold for it, in words.

    `kept_as` is the same in SQL, where `new` is the row, `mine` and `me` the agency and officer at work, null for the
    worker, and `lost` whether the record holds a fact that ends it.
    """

    before: ReferralState
    after: ReferralState
    by: str
    words: str
    kept_as: str


STEPS: tuple[Step, ...] = (
    Step(ReferralState.DRAFTED, ReferralState.SENT, "the clock",
         "its time has come; nobody need do anything",
         "mine is null and new.sent_by_id is null and new.sends_at <= new.sent_at"),
    Step(ReferralState.DRAFTED, ReferralState.SENT, "an officer of the force",
         "sends it sooner, under their own name",
         "mine = new.agency_id and new.sent_by_id = me"),
    Step(ReferralState.DRAFTED, ReferralState.ENDED, "a fact",
         "every date of birth that was told says 18 or older, or the arrest was withdrawn; no page can do it",
         "mine is null and new.ended_because <> '' and lost"),
    Step(ReferralState.ENDED, ReferralState.DRAFTED, "a fact",
         "what ended it was put right: the clock goes on as it stood",
         "mine is null and not lost"),
)
"""Every way from state to state; there is no other, on pages or in the database. Nothing leads away from sent."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Name one council that the referral goes to, and why that one."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section of a referral: a title and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrested:
    """Hold what the force says of the child: never what only others told."""

    name: str | None
    born_on: date | None
    sex: str | None
    home: str | None


def arrests(timeline: Timeline) -> tuple[Entry, ...]:
    """Give the arrests of a timeline, in order."""
    return timeline.kinds(ARREST)


def no_child(timeline: Timeline, arrest: Entry) -> bool:
    """Tell whether every date of birth that was told says that this person was 18 or older when arrested.

    One that says otherwise, or none at all, and it is a child: PACE Code C 1.5.
    """
    told = [day_of(entry.at) for entry in timeline.kinds("child.born")]
    return bool(told) and all(birthday(born, ADULT_AGE) <= arrest.on for born in told)


def told_late(arrest: Entry, *, known_at: datetime) -> bool:
    """Tell whether an arrest became known so late that it is history."""
    return known_at - arrest.starts > TOLD_WITHIN


def sends_at(known_at: datetime) -> datetime:
    """Give when the referral goes by itself."""
    return known_at + SENT_AFTER


def addressees(answer: Answer) -> tuple[Addressee, ...]:
    """Give the councils that a responsibility answer names, each once, and why; police and parents are no addressees.

    Names that are no council's are for the caller to leave out: only it knows which agencies there are.
    """
    because: dict[str, list[str]] = {}
    for name, why in ((answer.enquires, "the child is held there, and it makes the enquiries"),
                      (answer.accommodates, "it looks after the child, or must accommodate"),
                      (answer.long_term, "it is responsible for the child in the long term")):
        if name:
            because.setdefault(name, []).append(why)
    for name in answer.tell:
        because.setdefault(name, ["the rule says that it must be told"])
    return tuple(Addressee(name, f"{'; '.join(whys).capitalize()} (rule {answer.rule})")
                 for name, whys in because.items())


def sections(
    arrest: Entry, *, child: Arrested, seen: Timeline, signs: Sequence[Sign], sent_to: Iterable[str]
) -> tuple[Section, ...]:
    """Write the referral of one arrest; `seen` holds the entries that the force may read, and no other.

    What is not in it is said to be unknown to the force, never to be absent.
    """
    known = Timeline.of(seen.child, (e for e in seen if arrest.starts - e.starts <= LOOKS_BACK))
    return (
        Section("Who", _who(child, arrest)),
        Section("The arrest", _arrest(arrest)),
        Section("Warning signs, with their reasons", _signs(signs)),
        *(Section(title, _lines([say(e) for e in known.kinds(*kinds) if e.id != arrest.id], none))
          for title, kinds, say, none in _SEARCHED),
        Section("Who else has a part", (f"It goes to {' and '.join(sent_to) or 'nobody yet'}.", ONLY_OURS)),
    )


ONLY_OURS = ("The force knows what it told itself and what was shared with it. Other agencies may hold more: what is "
             "not said here is unknown to the force, and no sign of safety.")
OFFENCES = {
    "drugs-supply": "supplying drugs", "drugs-possession": "possessing drugs", "weapon": "a weapon offence",
    "violence": "violence", "theft": "theft", "robbery": "robbery", "criminal-damage": "criminal damage",
    "public-order": "a public order offence", "sexual": "a sexual offence", "other": "another offence",
}
PROPERTY = {
    "cash": "cash", "class-a": "class A drugs", "class-b": "class B drugs", "phone": "phone", "sim": "SIM card",
    "ticket": "train ticket", "weapon": "weapon",
}
SEXES = {"M": "Boy", "F": "Girl"}
CATEGORIES = {"PERM": "Excluded permanently", "SUSP": "Suspended", "LNCH": "Suspended at lunchtime"}


def _who(child: Arrested, arrest: Entry) -> tuple[str, ...]:
    born = "Date of birth not told: treated as a child"
    if child.born_on is not None:
        age = arrest.on.year - child.born_on.year - (
            (arrest.on.month, arrest.on.day) < (child.born_on.month, child.born_on.day))
        born = f"Born {child.born_on:%d/%m/%Y}, {age} when arrested"
    return tuple(filter(None, (
        child.name or "Name not told", born, SEXES.get(child.sex or ""),
        f"Home, as told to the force: {child.home}" if child.home else "Home not told to the force")))


def _arrest(arrest: Entry) -> tuple[str, ...]:
    facts, place = arrest.facts, arrest.place
    where = ", ".join(filter(None, (place.postcode, place.council))) if place else ""
    return tuple(filter(None, (
        f"Arrested {_when(arrest.at)}{f' at {where}' if where else ''}, by {arrest.by}",
        f"Custody suite: {facts['custody_suite']}" if facts.get("custody_suite") else "Custody suite not told",
        f"On suspicion of {_offence(arrest)}", _found_with(arrest), *_companions(arrest))))


def _found_with(entry: Entry) -> str:
    held = entry.facts.get("property")
    things = [PROPERTY.get(str(one), str(one)) for one in held] if isinstance(held, list | tuple) else []
    return f"With the child: {', '.join(things)}" if things else ""


def _companions(entry: Entry) -> list[str]:
    """Say with whom the child was, by part and age alone: who they are is for the police."""
    return [f"{(one.role or 'with the child').replace('-', ' ').capitalize()}: somebody"
            f"{f' aged {one.age}' if one.age is not None else ' whose age was not told'}" for one in entry.people]


def _signs(signs: Sequence[Sign]) -> tuple[str, ...]:
    """Say each sign with its reasons; what agencies failed to do is no evidence of the child, and is left out."""
    lines = [f"{one.title}{' (critical)' if one.critical else ''}: {'; '.join(one.reasons)}" for one in signs
             if one.family is not Family.SYSTEM]
    return _lines(lines, "None shows in what the force may read.")


def _lines(lines: Sequence[str], none: str) -> tuple[str, ...]:
    if not lines:
        return (none,)
    more = len(lines) - MOST_LINES
    return (*lines[-MOST_LINES:], *((f"And {more} earlier.",) if more > 0 else ()))


def _offence(entry: Entry) -> str:
    return OFFENCES.get(str(entry.facts.get("offence") or ""), "an offence that was not told")


def _earlier(entry: Entry) -> str:
    return f"{_when(entry.at)}: arrested on suspicion of {_offence(entry)}, by {entry.by}"


def _missing(entry: Entry) -> str:
    what = "away from placement" if entry.kind == "missing.absent" else "reported missing"
    return f"{_when(entry.at)}: {what}"


def _excluded(entry: Entry) -> str:
    return f"{_when(entry.at)}: {CATEGORIES.get(str(entry.facts.get('category')), 'excluded')}, told by {entry.by}"


def _care(entry: Entry) -> str:
    what = {"care.plan": "Plan made", "care.placement": "Placed", "care.placement-ended": "Placement ended"}
    detail = entry.facts.get("type") if entry.kind == "care.plan" else entry.facts.get("authority")
    words = what.get(entry.kind, "Looked after")
    return f"{_when(entry.at)}: {words}{f', {detail}' if detail else ''}, told by {entry.by}"


_Searched = tuple[str, tuple[str, ...], Callable[[Entry], str], str]
_SEARCHED: tuple[_Searched, ...] = (
    ("Earlier arrests", (ARREST,), _earlier, "None is known to the force."),
    ("Missing", ("missing.reported", "missing.absent"), _missing, "No episode is known to the force."),
    ("School", ("school.exclusion",), _excluded, "Not known to the force. Ask the school."),
    ("Looked after, or on a plan", ("care.looked-after", "care.placement", "care.placement-ended", "care.plan"), _care,
     "Not known to the force. The council knows."),
)


def _when(moment: Moment) -> str:
    if is_day(moment):
        return f"{day_of(moment):%d/%m/%Y}"
    return f"{first_instant(moment).astimezone(LONDON):%d/%m/%Y %H:%M %Z}"
