"""Show what waits, in its groups: the dangers that the law names by their own headings, the rest by the clock."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.apps.access.acting import Acting
from sightline.apps.disclosure.waiting import QueuedRequest
from sightline.apps.duties.queries import OPEN_STATES
from sightline.apps.duties.queue import Hand, Queued, QueuedNotice
from sightline.apps.people.waiting import QueuedDoubt
from sightline.apps.responsibility.waiting import QueuedEvent, QueuedOffer
from sightline.apps.signs.looking import NewsOfChild
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.danger import BY_DANGER, Danger
from sightline.domain.duties.position import SETTLE_WITHIN
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.child.showing import duty_row
from sightline.interfaces.web.moments import age_in_words, counted, moment_in_words
from sightline.interfaces.web.shown import DutyShown, GroupShown, Link, WaitingShown
from sightline.interfaces.web.soon import heading_of, when_due

Waits = Queued | QueuedNotice | QueuedEvent | QueuedOffer | QueuedRequest | QueuedDoubt
Names = Mapping[UUID, str]
News = Mapping[UUID, NewsOfChild]
NO_NEWS: News = {}
NOT_TOLD = "Name not told"


class Rows:
    """Show what waits to one officer: `names` of the children, `hands` whose work it is, `chosen` which are ticked.

    `news` says of each child what came since the officer last looked.
    """

    def __init__(
        self, acting: Acting, *, names: Names, hands: Sequence[Hand], chosen: Callable[[UUID], bool], at: datetime,
        news: News = NO_NEWS,
    ) -> None:
        self._acting = acting
        self._names = names
        self._news = news
        self._absent = {hand.officer: hand.name for hand in hands if hand.officer != acting.officer}
        self._desks = {desk: hand.name for hand in hands for desk in hand.desks if hand.officer != acting.officer}
        self._chosen = chosen
        self._at = at

    def groups(self, waiting: Iterable[Waits]) -> list[GroupShown]:
        """Put what stands in order into its groups."""
        found: dict[str, tuple[str, list[DutyShown | WaitingShown]]] = {}
        for one in waiting:
            row = self._row(one)
            heading, because = self._heading(one, row)
            found.setdefault(heading, (because, []))[1].append(row)
        return [GroupShown(f"group-{number}", heading, because, tuple(rows))
                for number, (heading, (because, rows)) in enumerate(found.items(), 1)]

    def _heading(self, one: Waits, row: DutyShown | WaitingShown) -> tuple[str, str]:
        danger = BY_DANGER[one.position.danger]
        if danger.danger is not Danger.REST:
            return danger.heading, f"{danger.because} {danger.authority}."
        if isinstance(row, DutyShown):
            return when_due(row, self._at), ""
        return heading_of((day_of(one.position.at) - day_of(self._at)).days, late=row.late), ""

    def _row(self, one: Waits) -> DutyShown | WaitingShown:
        match one:
            case Queued():
                return self._duty(one)
            case QueuedEvent():
                return self._event(one)
            case QueuedOffer():
                return self._offer(one)
            case QueuedNotice():
                return self._notice(one)
            case QueuedRequest():
                return self._request(one)
            case QueuedDoubt():
                return self._doubt(one)

    def _duty(self, one: Queued) -> DutyShown:
        duty = one.duty
        shown = duty_row(duty, self._acting, child=self._child(duty.person))
        away = self._absent.get(duty.officer) if duty.officer else self._desks.get(duty.owner_id)
        ours = duty.state in OPEN_STATES and duty.owed_by_id == self._acting.agency
        gives = ours and may(self._acting.role, Verb.REASSIGN)
        news = self._since(duty.person)
        return replace(shown, news=news, for_whom=away or "", choose=str(duty.id) if gives else "",
                       chosen=self._chosen(duty.id))

    def _since(self, person: UUID) -> str:
        """Say how much came of a child since the officer last looked, or nothing."""
        told = self._news.get(person)
        if told is None:
            return ""
        parts = ([counted(told.entries, "new entry", "new entries")] if told.entries else []) + (
            [counted(told.signs, "sign that is new or has grown", "signs that are new or have grown")]
            if told.signs else [])
        return f"{' and '.join(parts)} since you looked {age_in_words(told.seen_at, self._at)}"

    def _event(self, one: QueuedEvent) -> WaitingShown:
        for_whom = f" You watch for {one.watched}." if one.watched else ""
        return WaitingShown(
            anchor=f"event-{one.id}", kind="You protect this child", title=f"{one.happening.value.capitalize()}",
            words=f"{one.contact} answers for the child’s safety until another agency has accepted.{for_whom}",
            clock=f"Since {moment_in_words(one.since)}, {age_in_words(one.since, self._at)}", late=False,
            act=Link("See who protects", reverse("event", args=[one.id])), child=self._child(one.person))

    def _offer(self, one: QueuedOffer) -> WaitingShown:
        late = one.answer_by <= self._at
        name = self._names.get(one.person)
        return WaitingShown(
            anchor=f"offer-{one.id}", kind="Offered to you",
            title=f"{one.from_agency} offers you a child: {one.happening.value}",
            words=f"For {one.contact}. Until somebody accepts by name, {one.from_agency} protects the child.",
            clock="The time to answer has passed" if late else f"Answer by {moment_in_words(one.answer_by)}", late=late,
            act=Link("Answer", reverse("transfer", args=[one.id])),
            child=self._child(one.person) if name else None)

    def _notice(self, one: QueuedNotice) -> WaitingShown:
        return WaitingShown(
            anchor=f"notice-{one.id}", kind="Notice, not opened", title=one.about, words=f"For {one.to_contact}.",
            clock=f"Made {age_in_words(one.made_at, self._at)}", late=one.position.at <= self._at,
            act=Link("Open it", reverse("notice", args=[one.id])),
            child=self._child(one.person) if one.person else None)

    def _request(self, one: QueuedRequest) -> WaitingShown:
        late = one.answer_by <= self._at
        said = "The time to answer has passed" if late else f"Answer by {moment_in_words(one.answer_by)}"
        return WaitingShown(
            anchor=f"request-{one.id}", kind="Asked of you", title=f"{one.asked_by} asks you to share something",
            words=f"For {one.contact}. Share what they need or say why not. The time is our own target, no law.",
            clock=said, late=late, act=Link("Decide", reverse("request", args=[one.id])),
            child=self._child(one.person))

    def _doubt(self, one: QueuedDoubt) -> WaitingShown:
        return WaitingShown(
            anchor=f"doubt-{one.id}", kind="A doubt to settle", title="Are these two records one child?",
            words="Nobody joins the records of two children but a person.",
            clock=f"Open since {moment_in_words(one.position.at - SETTLE_WITHIN)}", late=one.position.at <= self._at,
            act=Link("Settle it", reverse("doubt", args=[one.id])))

    def _child(self, person: UUID) -> Link:
        return Link(self._names.get(person, NOT_TOLD), reverse("child", args=[person]))


def children_of(waiting: Iterable[Waits]) -> Collection[UUID]:
    """Give the children whom a piece of the list is about; a doubt names none."""
    found = (one.duty.person if isinstance(one, Queued) else one.person
             for one in waiting if not isinstance(one, QueuedDoubt))
    return {person for person in found if person is not None}
