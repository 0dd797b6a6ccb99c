"""What the macros of templates/parts show: small frozen values, so that a page never hands a model to a template.

Wherever a field may hold `object`, it may also hold None (nobody told it), a `Withheld` (may not be seen) or an empty
text or list (there is none); the pages show the three as different things.
"""

from dataclasses import dataclass
from datetime import datetime

from sightline.domain.vocabulary.moment import Moment


@dataclass(frozen=True, slots=True)
class Link:
    """Hold words that lead somewhere."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Tab:
    """Hold one of a few ways to see a list: its words, its address, and whether it is the one shown."""

    words: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class EntryShown:
    """Show one entry of a timeline.

    `anchor` is its id on the page, `field` the field of work in words, `known_at` when this system came to know,
    `sure` how sure we are in words, `details` pairs of label and value, `withdrawn` why it no longer counts, `source`
    where it stood in whose file: a link for those who may see the file, else words. `undo` leads whoever recorded it
    to where it is withdrawn. `new` says that it came since the viewer last looked.
    """

    anchor: str
    what: str
    field: str
    at: Moment
    told_by: str
    known_at: datetime | None
    sure: object
    until: Moment | None = None
    details: tuple[tuple[str, object], ...] = ()
    withdrawn: str | None = None
    source: Link | str | None = None
    act: Link | None = None
    undo: Link | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class SignBeside:
    """Show what stands beside a sign: what speaks against it, how often it was right, until when it is shown.

    `looked_for` says what a machine looks for that would speak against it, "" where only a person can tell; `below`
    that the sign is below its floor, `off` that it is switched off; `keep` leads to where it is kept for longer.
    """

    against: tuple[Link, ...]
    looked_for: str
    cancelled_by: str
    measured: tuple[str, ...]
    below: str
    off: str
    until: datetime | None
    kept: str
    keep: Link | None


@dataclass(frozen=True, slots=True)
class SignShown:
    """Show one warning sign; `reasons` lead to the entries that made it, `duties` are codes of what the law may ask."""

    anchor: str
    code: str
    title: str
    family: str
    critical: bool
    reasons: tuple[Link, ...]
    first_at: Moment
    last_at: Moment
    source: str
    edition: str
    verified: bool
    act: Link | None = None
    beside: SignBeside | None = None
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyShown:
    """Show one duty with its clock: who owes what to whom, by when in law and by when as a local target.

    `title` names it in a few words, `desk` says on whose desk it lies or who has taken it on, `basis` whose number its
    clock is. `act` leads to where it is done; `take` is the address to which "Take it on" is sent, "" where one cannot.
    `state` is a DutyState, or "ended" where the ground of the duty is gone. `for_whom` names the officer who is
    away and for whom the viewer sees to it. `choose` is what a box beside it sends, "" where it cannot be chosen.
    `code` leads to its rule; `news` says what came of the child since the viewer last looked.
    """

    anchor: str
    title: str
    what: str
    owed_by: str
    owed_to: str
    desk: str
    state: str
    due_at: Moment | None
    local_target_at: Moment | None
    basis: str
    authority: str
    verified: bool
    child: Link | None = None
    met_at: Moment | None = None
    estimated: bool = False
    act: Link | None = None
    take: str = ""
    put_off_until: datetime | None = None
    for_whom: str = ""
    choose: str = ""
    chosen: bool = False
    code: str = ""
    news: str = ""

    @property
    def limit(self) -> Moment | None:
        """Give the limit in law or guidance, or where there is none the local target."""
        return self.due_at or self.local_target_at


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """Show what waits beside duties: a child to protect, an offer, a notice, a doubt; `clock` says since or until when.

    `kind` says in a word or two what it is, `act` leads to where one acts on it.
    """

    anchor: str
    kind: str
    title: str
    words: str
    clock: str
    late: bool
    act: Link
    child: Link | None = None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Show one group of the queue under its heading, and why it stands where it does where that must be said."""

    anchor: str
    heading: str
    because: str
    rows: tuple[DutyShown | WaitingShown, ...]


@dataclass(frozen=True, slots=True)
class OwnerShown:
    """Show who is responsible now, since when, by which rule, who told what it rests on, and how old that is."""

    agency: str
    person: object
    phone: object
    out_of_hours: object
    since: Moment
    rule: str
    authority: str
    known_at: datetime
    told_by: str = ""
    others: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class ChildShown:
    """Show who the child is on the bar that heads each page of the record."""

    name: object
    born_on: Moment | None
    age: object
    lives_in: object
    where_now: object
    where_known_at: datetime | None
    identifiers: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold one value that a filter or a field offers."""

    value: str
    words: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Hold one field of a filter bar with its choices."""

    name: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PageOf:
    """Say which page of how many is shown; `href` holds "{page}" where the number goes."""

    number: int
    pages: int
    href: str
    first: int
    last: int
    total: int

    def at(self, number: int) -> str:
        """Give the address of another page of the list."""
        return self.href.replace("{page}", str(number))

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Give the page numbers to offer: the ends, this one and its neighbours; None where some are left out."""
        near = sorted({1, self.pages, self.number - 1, self.number, self.number + 1} & set(range(1, self.pages + 1)))
        offered: list[int | None] = []
        for number in near:
            last = offered[-1] if offered else 0
            if last is not None and number - last == 2:
                offered.append(number - 1)
            elif last is not None and number - last > 2:
                offered.append(None)
            offered.append(number)
        return tuple(offered)
