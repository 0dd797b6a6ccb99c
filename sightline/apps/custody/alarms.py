"""Raise the alarm where nobody says that a child has left or arrived: tell, and draft the missing report."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.access.rota import rota_at
from sightline.apps.custody.models import JourneyStep, MissingDraft, Release
from sightline.apps.custody.plans import legs_in_plan, plan_of
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.people.queries import best_name, said_of
from sightline.domain.custody.journey import ReleaseState, Travelling, leg_in_words, missing_report
from sightline.domain.vocabulary.moment import LONDON

OVERDUE = "A child has not arrived after release from custody. Ring the receiver; a missing report is drafted."

NOT_LEFT = ("A child released from custody was to have set out, and nobody says so. Ring the escort, and record the"
            " departure or a later time.")


def raise_alarms(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Raise the alarms that are due, each once: the draft, the notices and the mark are one transaction.

    Gives how many. The owner of the safety event stays who it is. May be repeated: a worker that is killed has raised
    nothing, and the next one does. Where the event has ended (a person recorded that the child is safe) it is silent.
    """
    silent = Release.objects.select_for_update(of=("self",), skip_locked=True).select_related("event", "agency")
    due = list(silent.filter(alarm_at__lte=at, state=ReleaseState.RELEASED.value).order_by("alarm_at")[:most])
    for release in due:
        if release.event.closed_at is None:
            _raise(release, book=book, at=at)
        release.alarm_at = None
    Release.objects.bulk_update(due, ["alarm_at", "alarmed_at"])
    return len(due)


def _raise(release: Release, *, book: AgencyBook, at: datetime) -> None:
    release.alarmed_at = at
    MissingDraft.objects.bulk_create(
        [MissingDraft(release=release, drafted_at=at, words=_report(release))], ignore_conflicts=True)
    to = (release.home_force_id, release.home_council_id, release.agency_id, release.event.owner_agency_id,
          release.receiver_agency_id)
    unreached = {book.by_id[one].name for one in to if one is not None and not book.contacts_of(one)}
    words = f"Nobody to tell at {', '.join(sorted(unreached))}: ring it." if unreached else ""
    JourneyStep.objects.create(release=release, at=at, what="silence: alarm raised", words=words, noted_at=at)
    expected = 0 if release.expected_at is None else int(release.expected_at.timestamp())
    insert("duties_notice", NOTICE_COLUMNS, notice_rows(
        release, key=f"overdue:{expected}", about=OVERDUE, from_agency=None, book=book, at=at, to=to),
        ending="on conflict (key) do nothing")


def raise_departure_alarms(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell the custody desk and the receiving council where nobody says that a child has left, each once.

    Gives how many releases that were. No report is drafted: the child may be on the train all the same. May be
    repeated, and is silent where the event has ended.
    """
    silent = Release.objects.select_for_update(of=("self",), skip_locked=True).select_related("event")
    due = list(silent.filter(departure_alarm_at__lte=at, state=ReleaseState.RELEASED.value).order_by(
        "departure_alarm_at")[:most])
    for release in due:
        if release.event.closed_at is None:
            JourneyStep.objects.create(release=release, at=at, what="silence: nobody saw the child leave", noted_at=at)
            insert("duties_notice", NOTICE_COLUMNS, notice_rows(
                release, key=f"not-left:{int(at.timestamp())}", about=NOT_LEFT, from_agency=None, book=book, at=at,
                to=(release.agency_id, _receiving_council(release, book))), ending="on conflict (key) do nothing")
        release.departure_alarm_at = None
    Release.objects.bulk_update(due, ["departure_alarm_at"])
    return len(due)


def _receiving_council(release: Release, book: AgencyBook) -> int | None:
    """Give the council that receives the child, or in whose area the receiving adult lives: the home council."""
    receiver = release.receiver_agency_id
    return receiver if receiver is not None and book.by_id[receiver].kind == "council" else release.home_council_id


def notice_rows(
    release: Release, *, key: str, to: Iterable[int | None], about: str, from_agency: int | None, book: AgencyBook,
    at: datetime,
) -> list[tuple[Any, ...]]:
    """Give the notices of a release to agencies, each told once, at the desk that is on duty now.

    An agency that has no desk at all is passed over: it must not keep the others from being told.
    """
    rota, rows = rota_at(at, book=book), []
    wanted = dict.fromkeys(one for one in to if one is not None and one != from_agency)
    for agency in (one for one in wanted if book.contacts_of(one)):
        contact = rota.on_duty(agency).contact
        name = f"release:{release.event_id}:{release.pk}:{key}:{agency}"
        rows.append((name, release.person_id, None, from_agency, agency, contact.id, about, at, 0, at))
    return rows


def _report(release: Release) -> str:
    """Write the draft from what agencies told of the child, and from the plan."""
    said = said_of([release.person_id]).get(release.person_id, [])
    plan = plan_of(release, legs_in_plan(release))
    receiver = ", ".join(filter(None, (plan.receiver_name, plan.relation, release.receiver_phone)))
    last = JourneyStep.objects.filter(release=release, what__in=("released", "departed", "expected later")).order_by(
        "-noted_at", "-id").first()
    return missing_report(Travelling(
        name=best_name(said) or "", born_on=next((s.born_on for s in said if s.born_on), None),
        home=next((s.postcode for s in said if s.postcode), "") or "",
        released_from=release.agency.name, released_at=_said(release.released_at), receiver=receiver,
        expected_at=_said(release.expected_at),
        last_word="none" if last is None else " ".join(filter(None, (last.what, _said(last.at), last.said_by))),
        legs=tuple(leg_in_words(leg, departs=_said(leg.departs_at), arrives=_said(leg.arrives_at))
                   for leg in plan.legs)))


def _said(instant: datetime | None) -> str:
    """Say an instant as the United Kingdom's clocks show it, with the zone: it may be the night they change."""
    return "at a time that was not told" if instant is None else f"{instant.astimezone(LONDON):%d/%m/%Y %H:%M %Z}"

