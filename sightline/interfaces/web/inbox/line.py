"""The inbox: everything that waits for an agency, a desk or an officer, in one order, and whether anything is new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.apps.duties.queue import (
    MOST_COUNTED,
    MOST_TOLD,
    Counts,
    Line,
    Which,
    Whose,
    count_told,
    counts_of,
    hands_of,
    line_of,
    notices_in_line,
)
from sightline.apps.people.queries import names_of
from sightline.apps.responsibility.waiting import CHILDREN, DOUBTS, REQUESTED, waiting_in_line
from sightline.apps.signs.looking import news_since
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.position import Position, in_order, read_position
from sightline.interfaces.web.at_work import AtWorkRequest, note, page, unattended
from sightline.interfaces.web.inbox.rows import Rows, Waits, children_of
from sightline.interfaces.web.moments import counted
from sightline.interfaces.web.shown import Choice, Filter

A_PAGE = 25
LOOK_BACK = timedelta(minutes=5)
"""What a job is writing while the list is read carries an instant from before: the list asks from so long before."""
LONGEST_ASKED = timedelta(hours=13)

WHOSE = (("agency", "Everybody’s"), ("mine", "Mine"), ("safeguarding", "Safeguarding desk"), ("education", "Education"),
         ("manager", "Manager"), ("out-of-hours", "Out-of-hours team"), ("watched", "What others owe"))
STATES = (("open", "Open and late"), ("late", "Late only"), ("put-off", "Put off"))
KINDS = (("all", "Everything"), ("duties", "Duties"), ("children", "Children to protect"), ("notices", "Notices"),
         ("requests", "Requests to share"),
         ("doubts", "Doubts"))
BESIDES = {"all": (*CHILDREN, *REQUESTED), "children": CHILDREN, "requests": REQUESTED}
WHICH = {"open": Which.NOW, "late": Which.LATE, "put-off": Which.PUT_OFF}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what somebody asks to see: whose, which and what, and behind or before which place of the order."""

    whose: str
    state: str
    kind: str
    after: Position | None
    before: Position | None
    last: bool

    @property
    def backwards(self) -> bool:
        """Tell whether the piece is read from its end."""
        return self.last or self.before is not None

    def address(self, **where: str) -> str:
        """Give the address of this list, at another place in it."""
        told = {"whose": self.whose, "state": self.state, "kind": self.kind} | where
        return f"{reverse('inbox')}?{urlencode(told)}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one piece of the list, and whether more stands before and behind it."""

    waiting: Sequence[Waits]
    more_before: bool
    more_behind: bool


@page(Verb.SEE_QUEUE)
def inbox(request: AtWorkRequest) -> HttpResponse:
    """Show one piece of everything that waits, ordered by the danger that the law names and then by the clock."""
    asked = _asked(request)
    line = _line(request, asked)
    piece = _piece(line, asked, settles=may(request.acting.role, Verb.SETTLE_DOUBT))
    since = (request.at - LOOK_BACK).replace(microsecond=0)
    counts = counts_of(line, since=since)
    names = names_of(children_of(piece.waiting))
    note(request, "see the inbox", children=children_of(piece.waiting))
    rows = Rows(request.acting, names=names, hands=line.hands, chosen=_chosen_ones(request), at=request.at,
                news=news_since(list(children_of(piece.waiting)), officer=request.acting.officer))
    return render(request, "inbox/inbox.html", {
        "at": request.at, "counts": counts, "words": _words(counts), "groups": rows.groups(piece.waiting),
        "asked": asked, "here": request.get_full_path(), "links": _links(asked, piece), "covers": line.hands[1:],
        "gives": may(request.acting.role, Verb.REASSIGN), "everything": asked.whose != "watched",
        "choose_all": asked.address(chosen="all", **_place(asked)),
        "new": f"{reverse('inbox_new')}?{urlencode(_question(asked, since, counts.told))}",
        "filters": tuple(_filter(*one) for one in (
            ("whose", "Whose", WHOSE, asked.whose), ("state", "Which", STATES, asked.state),
            ("kind", "What", KINDS, asked.kind)))})


@page(Verb.SEE_QUEUE)
def inbox_new(request: AtWorkRequest) -> HttpResponse:
    """Say how much has been told since a list was shown: a number, and nothing else.

    The list asks by itself, so this is no act of anybody: it keeps no session awake and is not kept in the audit.
    """
    unattended(request)
    asked = _asked(request)
    since = _since(request.GET.get("since", ""), request.at)
    known = min(_number(request.GET.get("known", "")), MOST_TOLD)
    new = max(0, count_told(_line(request, asked), since=since, most=known + MOST_COUNTED) - known)
    return JsonResponse({"new": new, "words": f"{_capped(new)} new" if new else ""})


def _asked(request: AtWorkRequest) -> Asked:
    return Asked(_chosen(request, "whose", WHOSE), _chosen(request, "state", STATES), _chosen(request, "kind", KINDS),
                 read_position(request.GET.get("after", "")), read_position(request.GET.get("before", "")),
                 "last" in request.GET)


def _line(request: AtWorkRequest, asked: Asked) -> Line:
    """Give the line that is asked for; only for somebody's own it must be found out whom they cover."""
    acting = request.acting
    whose = Whose(asked.whose) if asked.whose in set(Whose) else Whose.DESK
    hands = hands_of(acting.agency, officer=acting.officer, at=request.at) if whose is Whose.MINE else []
    return Line(acting.agency, request.at, whose, WHICH[asked.state], hands,
                asked.whose if whose is Whose.DESK else "")


def _piece(line: Line, asked: Asked, *, settles: bool) -> Piece:
    """Read one piece of everything that is asked for: of each kind as much as the piece may hold, and one more."""
    found = in_order([read() for read in _lists(line, asked, settles=settles)], most=A_PAGE + 1,
                     backwards=asked.backwards)
    more = len(found) > A_PAGE
    if asked.backwards:
        return Piece(found[-A_PAGE:], more, asked.before is not None)
    return Piece(found[:A_PAGE], asked.after is not None, more)


def _lists(line: Line, asked: Asked, *, settles: bool) -> Iterable[Callable[[], Sequence[Waits]]]:
    """Give how to read each kind that is asked for; only duties are late or put off, or owed by others."""
    most, place, back = A_PAGE + 1, asked.before if asked.backwards else asked.after, asked.backwards
    alone = line.which is not Which.NOW or line.whose is Whose.WATCHED
    if asked.kind in ("all", "duties"):
        yield lambda: line_of(line, most=most, after=place, backwards=back)
    doubts = asked.kind in ("all", "doubts") and settles and line.whose is Whose.AGENCY
    kinds = (*BESIDES.get(asked.kind, ()), *(DOUBTS if doubts else ()))
    if kinds and not alone:
        yield lambda: waiting_in_line(line, most=most, after=place, backwards=back, kinds=kinds)
    if asked.kind in ("all", "notices") and not alone:
        yield lambda: notices_in_line(line, most=most, after=place, backwards=back)


def _links(asked: Asked, piece: Piece) -> dict[str, str]:
    """Give the addresses of the pieces around this one, where there are any."""
    links: dict[str, str] = {}
    if piece.more_before and piece.waiting:
        links |= {"First page": asked.address(), "Previous page": asked.address(
            before=piece.waiting[0].position.written())}
    if piece.more_behind and piece.waiting:
        links |= {"Next page": asked.address(after=piece.waiting[-1].position.written()),
                  "Last page": asked.address(last="1")}
    if not piece.waiting and (asked.after or asked.before):
        links |= {"First page": asked.address()}
    return links


def _place(asked: Asked) -> dict[str, str]:
    if asked.last:
        return {"last": "1"}
    return {name: place.written() for name, place in (("after", asked.after), ("before", asked.before)) if place}


def _chosen_ones(request: AtWorkRequest) -> Callable[[UUID], bool]:
    everything = request.GET.get("chosen") == "all"
    return lambda _: everything


def _words(counts: Counts) -> dict[str, str]:
    return {"total": _capped(counts.total, "duty", "duties"), "late": _capped(counts.late),
            "unread": _capped(counts.unread, "unread notice", "unread notices")}


def _capped(number: int, one: str = "", many: str = "") -> str:
    """Say a number of things, as far as it was counted."""
    if number >= MOST_COUNTED:
        return f"more than {MOST_COUNTED - 1} {many}".strip()
    return counted(number, one, many) if one else str(number)


def _question(asked: Asked, since: datetime, known: int) -> dict[str, str]:
    return {"whose": asked.whose, "since": str(int(since.timestamp())), "known": str(known)}


def _since(text: str, at: datetime) -> datetime:
    """Read from when on is asked; what is no instant of this morning is none."""
    earliest = at - LONGEST_ASKED
    return max(earliest, min(at, datetime.fromtimestamp(_number(text), UTC)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0


def _chosen(request: AtWorkRequest, name: str, offered: tuple[tuple[str, str], ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in dict(offered) else offered[0][0]


def _filter(name: str, words: str, offered: tuple[tuple[str, str], ...], chosen: str) -> Filter:
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in offered))
