"""The custody desk: every child in the building, what is owed next and in how many minutes, and one click to do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, unquote, urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.apps.custody.desk import HeldChild, Journey, Named, children_held, desk_mark, journeys, named
from sightline.apps.responsibility.sites import suites_kept
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.desk import Standing, place
from sightline.domain.custody.gate import refusals
from sightline.domain.custody.plan import ReleasePlan
from sightline.domain.responsibility.sites import SiteKind, Sites, UnknownSite
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest, note, page, unattended
from sightline.interfaces.web.custody.doors import ARRIVAL, GATE, RELEASE, address, duty_door, duty_title
from sightline.interfaces.web.moments import clock_in_words, counted, day_in_words, span_in_words
from sightline.interfaces.web.shown import Link

SUITE = "sightline-suite"
REMEMBERED_SECONDS = 365 * 24 * 3600
EVERYWHERE = ""
NOT_TOLD = "Building not told"
NOBODY_TOLD = Named(None, None)


@dataclass(frozen=True, slots=True)
class NextShown:
    """Show what is owed next: its title, its clock in words, until when (None: no limit), and where it is done."""

    title: str
    clock: str
    until: datetime | None
    basis: str
    act: Link


@dataclass(frozen=True, slots=True)
class CardShown:
    """Show one child of the desk; `stands` says in one line how the release does, `act` is its next step."""

    child: HeldChild
    journey: Journey | None
    name: str
    age: str
    suite: str
    since: str
    held: str
    late: bool
    next: NextShown | None
    then: tuple[Link, ...]
    more: str
    stands: str
    act: Link
    record: str


@dataclass(frozen=True, slots=True)
class SuiteShown:
    """Show one building in the choice of buildings: how many children, and how many of them with something late."""

    name: str
    words: str
    href: str
    here: bool


@page(Verb.SEE_CUSTODY_DESK)
def custody_desk(request: AtWorkRequest) -> HttpResponse:
    """Show the children of the building that was chosen last, and which other buildings there are."""
    found, kept = children_held(request.acting.agency, at=request.at), suites_kept()
    names = _suite_names(found, kept, request)
    late_in: dict[str, list[bool]] = {}
    for one in found:
        if not one.on_the_way:
            late_in.setdefault(names.get(one.suite, NOT_TOLD), []).append(one.owed.late > 0)
    suite = _chosen(request, {*late_in, *(site.name for site in kept.all)})
    shown = [one for one in found if one.on_the_way or suite in (EVERYWHERE, names.get(one.suite, NOT_TOLD))]
    note(request, "see the custody desk", children=[one.person for one in shown])
    cards = _cards(shown, names, request.at)
    answer = render(request, "custody/desk.html", {
        "at": request.at, "suite": suite, "suites": _suites(late_in, suite),
        "cards": [card for card in cards if not card.child.on_the_way],
        "on_the_way": sorted((card for card in cards if card.child.on_the_way), key=_expected),
        "here": f"{reverse('custody_desk')}?{urlencode({'suite': suite})}",
        "new": f"{reverse('custody_desk_new')}?mark={desk_mark(found)}"})
    if "suite" in request.GET:
        answer.set_cookie(SUITE, quote(suite), max_age=REMEMBERED_SECONDS, httponly=True, samesite="Lax",
                          secure=request.is_secure(), path=reverse("custody_desk"))
    return answer


@page(Verb.SEE_CUSTODY_DESK)
def custody_desk_new(request: AtWorkRequest) -> HttpResponse:
    """Say whether anything of the desk has changed since it was shown, and nothing else; it asks by itself."""
    unattended(request)
    changed = request.GET.get("mark", "") != desk_mark(children_held(request.acting.agency, at=request.at))
    return JsonResponse({"new": int(changed), "words": "The desk has changed" if changed else ""})


def _suite_names(found: Iterable[HeldChild], kept: Sites, request: AtWorkRequest) -> Mapping[str, str]:
    """Give by what an arrest calls its suite the one name under which it is kept, or else what the arrest calls it."""
    today = day_of(request.at)
    return {told: _kept_name(kept, told, force=request.acting.agency_name, on=today)
            for told in {one.suite for one in found} if told.strip()}


def _kept_name(kept: Sites, told: str, *, force: str, on: date) -> str:
    try:
        return kept.at(SiteKind.SUITE, told, on=on, force=force).name
    except UnknownSite:
        return " ".join(told.split())


def _chosen(request: AtWorkRequest, suites: set[str]) -> str:
    """Give the building that is asked for, or was last in this browser; where it is no building of ours, all."""
    asked = request.GET.get("suite", unquote(request.COOKIES.get(SUITE, EVERYWHERE)))
    return asked if asked in suites else EVERYWHERE


def _suites(late_in: Mapping[str, Sequence[bool]], suite: str) -> list[SuiteShown]:
    """Give the buildings to choose from, each with how many children, and how many of them with something late."""
    names = sorted({*late_in, suite} - {EVERYWHERE}, key=lambda name: (name == NOT_TOLD, name))
    if len(names) < 2:
        return []
    every = [late for lates in late_in.values() for late in lates]
    return [_suite(name, every if name == EVERYWHERE else late_in.get(name, ()), here=name == suite)
            for name in (*names, EVERYWHERE)]


def _suite(name: str, lates: Sequence[bool], *, here: bool) -> SuiteShown:
    children = counted(len(lates), "child", "children")
    return SuiteShown(name or "All buildings", f"{children}, {sum(lates)} late" if any(lates) else children,
                      f"{reverse('custody_desk')}?{urlencode({'suite': name})}", here)


def _cards(shown: Iterable[HeldChild], names: Mapping[str, str], at: datetime) -> list[CardShown]:
    """Show children in the order of the desk."""
    in_order = sorted(shown, key=lambda one: place(_standing(one)))
    who = named(one.event for one in in_order)
    plans = journeys(one.release for one in in_order if one.release is not None)
    return [_card(one, who.get(one.event, NOBODY_TOLD), plans.get(one.release) if one.release else None,
                  names.get(one.suite, NOT_TOLD), at) for one in in_order]


def _standing(child: HeldChild) -> Standing:
    first = child.owed.first[0] if child.owed.first else None
    return Standing(child.owed.late > 0, first.danger if first else None, first.act_by if first else None, child.since)


def _expected(card: CardShown) -> tuple[bool, datetime]:
    journey = card.journey
    overdue = journey is not None and journey.alarmed_at is not None
    return not overdue, (journey.expected_at if journey else None) or card.child.since


def _card(child: HeldChild, who: Named, journey: Journey | None, suite: str, at: datetime) -> CardShown:
    owed = [_next(child, number, at) for number in range(len(child.owed.first))]
    more = child.owed.all - len(owed)
    failing = refusals(journey.plan if journey else ReleasePlan())
    act = ARRIVAL if child.on_the_way else GATE[failing[0].code] if failing else RELEASE
    return CardShown(
        child=child, journey=journey, name=who.name or "Name not told", age=_age(who.born_on, day_of(at)), suite=suite,
        since=_since(child.since, at), held=span_in_words(at - child.since), late=child.owed.late > 0,
        next=owed[0] if owed else None,
        then=tuple(Link(f"{one.title}: {one.clock[:1].lower()}{one.clock[1:]}", one.act.href) for one in owed[1:]),
        more=f"{more} more owed" if more > 0 else "",
        stands=_on_the_way(journey, at) if child.on_the_way and journey else
        _in_the_way([one.title for one in failing]), act=act.of(child.event), record=address("child", child.person))


def _next(child: HeldChild, number: int, at: datetime) -> NextShown:
    one = child.owed.first[number]
    if one.act_by is None:
        clock, basis = "As soon as possible", "No number in law"
    else:
        left = one.act_by - at
        clock = f"{'In' if one.act_by > at else 'Late by'} {span_in_words(left)}"
        basis = "Limit in law or guidance" if one.in_law else "Our own target"
    return NextShown(duty_title(one.code), clock, one.act_by, basis,
                     duty_door(one.code, duty=one.id, event=child.event))


def _in_the_way(titles: Sequence[str]) -> str:
    """Say in one line what stands in the way of the release."""
    if not titles:
        return "Release: everything that the gate asks is recorded."
    rest = f", and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"Release: not yet. Missing: {titles[0][:1].lower()}{titles[0][1:]}{rest}."


def _on_the_way(journey: Journey, at: datetime) -> str:
    to = f"To {journey.plan.receiver_name}"
    if journey.expected_at is None:
        return f"{to}."
    apart = span_in_words(journey.expected_at - at)
    when = f"expected in {apart}" if journey.expected_at > at else f"expected {apart} ago"
    departed = "" if journey.departed_at else " Nobody has said that the child departed."
    return f"{to}, {when}.{departed}"


def _since(since: datetime, at: datetime) -> str:
    """Say since when: the time of day, and the day where it is another one."""
    return clock_in_words(since) if day_of(since) == day_of(at) else f"{clock_in_words(since)}, {day_in_words(since)}"


def _age(born_on: date | None, today: date) -> str:
    if born_on is None:
        return "age not told"
    return str(today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day)))
