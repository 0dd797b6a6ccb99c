"""Ask what is owed: the queue of an agency, the duties of a child, one duty, and the notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sightline.apps.duties.models import Delivery, Notice, OwedDuty, Step
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.danger import Danger
from sightline.domain.vocabulary.duty import Duty, DutyState, Part
from sightline.domain.vocabulary.moment import Moment, day_of, last_instant

OPEN_STATES = ("open", "late")


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """Hold one duty as people read it."""

    id: UUID
    person: UUID
    code: str
    what: str
    watched: bool
    owed_by_id: int
    owed_by: str
    watcher: str | None
    owner_id: int
    owner: str
    owner_job: str
    owner_phone: str
    officer: UUID | None
    officer_name: str | None
    owed_to: str
    started_by: UUID | None
    started_at: datetime
    due_at: Moment | None
    local_target_at: Moment | None
    estimated: bool
    state: str
    met_by: UUID | None
    met_at: datetime | None
    authority: str
    verified: bool
    explanation: str
    opened_at: datetime
    acknowledged_at: datetime | None
    danger: Danger
    act_by: datetime | None
    put_off_until: datetime | None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Hold one thing that happened to a duty."""

    at: datetime
    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Hold one notice as people read it."""

    id: UUID
    key: str
    person: UUID | None
    duty: UUID | None
    about: str
    to_agency_id: int
    to_agency: str
    to_contact: str
    made_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    acknowledged_at: datetime | None
    acted_at: datetime | None
    tries: int
    urgency: str = ""
    next_look_at: datetime | None = None
    nobody_since: datetime | None = None
    passed_from: UUID | None = None


def load_of(agency: int) -> list[tuple[str, int, int]]:
    """List the agency's desks by name, each with how many duties lie open on it and how many are late."""
    rows = OwedDuty.objects.filter(owed_by_id=agency, state__in=OPEN_STATES).values("owner__name")
    counted = rows.annotate(open=Count("id", filter=Q(state="open")), late=Count("id", filter=Q(state="late")))
    return [(row["owner__name"], row["open"], row["late"]) for row in counted.order_by("owner__name")]


def duties_of(person: UUID, *, most: int) -> list[DutyFacts]:
    """List a child's duties: open and late ones first by time, then the others, newest first."""
    rows = in_full(OwedDuty.objects.filter(person_id=person).exclude(state=OwedDuty.ENDED))
    facts = [facts_of(row) for row in rows.order_by("-started_at", "id")[:most]]
    far = datetime.max.replace(tzinfo=facts[0].started_at.tzinfo) if facts else None
    todo = [f for f in facts if f.state in OPEN_STATES]
    return sorted(todo, key=lambda f: (_act_by(f) or far, f.code)) + [f for f in facts if f.state not in OPEN_STATES]


def duty(duty_id: UUID) -> DutyFacts | None:
    """Give one duty, or None where it is not to be seen."""
    row = in_full(OwedDuty.objects.filter(pk=duty_id)).first()
    return facts_of(row) if row else None


def duties_named(duty_ids: Sequence[UUID], *, owed_by: int) -> list[DutyFacts]:
    """Give those of some duties that an agency owes and has not done, in the order of the queue."""
    rows = OwedDuty.objects.filter(pk__in=duty_ids, owed_by_id=owed_by, state__in=OPEN_STATES)
    return [facts_of(row) for row in in_full(rows).order_by("danger", "stands_at", "id")]


def open_since(person: UUID, *, owed_by: int, since: datetime, codes: Sequence[str]) -> list[DutyFacts]:
    """List the duties of these codes that an agency owes about a child since an instant, and has not done."""
    rows = OwedDuty.objects.filter(person_id=person, owed_by_id=owed_by, state__in=OPEN_STATES, started_at__gte=since,
                                   code__in=codes)
    return [facts_of(row) for row in in_full(rows).order_by("stands_at", "id")]


def steps_of(duty_id: UUID) -> list[StepFacts]:
    """List what happened to a duty, oldest first."""
    rows = Step.objects.select_related("contact", "officer").filter(duty_id=duty_id).order_by("at", "id")
    return [StepFacts(r.at, r.what, str(r.officer or r.contact or ""), r.words) for r in rows]


def notices_to(
    agency: int, *, most: int, start: int = 0, officer: UUID | None = None, waiting: bool = False
) -> list[NoticeFacts]:
    """List the newest notices to an agency, those not acknowledged first; `officer` only those to that officer.

    `waiting` leaves out what has been acknowledged.
    """
    rows = Notice.objects.select_related("to_agency", "to_contact", "to_officer").filter(to_agency_id=agency)
    if officer is not None:
        rows = rows.filter(Q(to_officer_id=officer) | Q(to_officer=None, to_contact__officer_id=officer))
    if waiting:
        rows = rows.filter(acknowledged_at=None)
    ordered = rows.order_by(F("acknowledged_at").desc(nulls_first=True), "-made_at")
    return [_notice(n) for n in ordered[start:start + most]]


def count_unread(agency: int) -> int:
    """Count the notices to an agency that nobody has opened."""
    return Notice.objects.filter(to_agency_id=agency, opened_at=None).count()


def notice(notice_id: UUID) -> NoticeFacts | None:
    """Give one notice, or None where it is not to be seen."""
    row = Notice.objects.select_related("to_agency", "to_contact", "to_officer").filter(pk=notice_id).first()
    return _notice(row) if row else None


def notices_about(person: UUID, *, most: int) -> list[NoticeFacts]:
    """List the newest notices about a child."""
    rows = Notice.objects.select_related("to_agency", "to_contact", "to_officer").filter(person_id=person)
    return [_notice(n) for n in rows.order_by("-made_at")[:most]]


def told_by_notices(person: UUID) -> list[tuple[str, str, datetime]]:
    """List which entries of a child a notice of a duty told which agency, and when, as far as the viewer may see it."""
    rows = Notice.objects.filter(person_id=person, duty__started_by__isnull=False).order_by("made_at")
    return [(str(entry), agency, at)
            for entry, agency, at in rows.values_list("duty__started_by_id", "to_agency__name", "made_at")]


def failing_notices(*, at: datetime) -> int:
    """Count the notices that have been tried and not sent for more than an hour."""
    return Notice.objects.filter(sent_at=None, tries__gt=0, made_at__lt=at - timedelta(hours=1)).count()


def deliveries_of(notice_id: UUID) -> list[tuple[datetime, str, str, str, str]]:
    """List the tries to send a notice: when, by which channel, with which outcome, in which words, to whom."""
    rows = Delivery.objects.filter(notice_id=notice_id).order_by("at", "id")
    return [(d.at, d.channel, d.outcome, d.words, d.to_name) for d in rows]


def frozen_of(people: Sequence[UUID]) -> dict[UUID, list[Duty]]:
    """Give the duties that were counted under an edition that no longer holds: their dates stay as they were."""
    editions = {(rule.code, rule.edition) for rule in RULES}
    found: dict[UUID, list[Duty]] = {}
    names = OwedDuty.objects.values_list("code", "edition").distinct().order_by()
    old = [name for name in names.filter(person_id__in=people) if name not in editions]
    if old:
        for row in OwedDuty.objects.filter(person_id__in=people, edition__in={edition for _, edition in old}):
            found.setdefault(row.person_id, []).append(duty_of_row(row))
    return found


def duty_of_row(row: OwedDuty) -> Duty:
    """Give a kept duty back as the domain made it."""
    return Duty(
        code=row.code, what=row.what, part=Part(row.part), owed_by=str(row.owed_by_id), owed_to=row.owed_to,
        started_by=row.started_key, started_at=row.started_at, due_at=_limit(row.due_at, row.due_is_day),
        local_target_at=_limit(row.local_target_at, row.target_is_day), estimated=row.estimated,
        state=DutyState(row.state) if row.state != OwedDuty.ENDED else DutyState.MISSED,
        met_by=str(row.met_by_id) if row.met_by_id else None, met_at=row.met_at, authority=row.authority,
        verified=row.verified, edition=row.edition, explanation=row.explanation, look_again_at=None)


def in_full(rows: QuerySet[OwedDuty]) -> QuerySet[OwedDuty]:
    """Read duties with the names that stand beside them."""
    return rows.select_related("owed_by", "owner", "officer")


def _act_by(facts: DutyFacts) -> datetime | None:
    limit = facts.due_at or facts.local_target_at
    return last_instant(limit) if limit else None


def _limit(instant: datetime | None, is_day: bool) -> Moment | None:
    """Give a limit back as it was counted: as a day where it was one."""
    return day_of(instant - timedelta(microseconds=1)) if instant and is_day else instant


def facts_of(row: OwedDuty) -> DutyFacts:
    """Give a kept duty as people read it."""
    return DutyFacts(
        id=row.pk, person=row.person_id, code=row.code, what=row.what, watched=row.watched,
        owed_by_id=row.owed_by_id, owed_by=row.owed_by_words, watcher=row.owed_by.name if row.watched else None,
        owner_id=row.owner_id, owner=row.owner.name, owner_job=row.owner.job,
        owner_phone=row.owner.phone, officer=row.officer_id, officer_name=row.officer.name if row.officer else None,
        owed_to=row.owed_to, started_by=row.started_by_id, started_at=row.started_at,
        due_at=_limit(row.due_at, row.due_is_day),
        local_target_at=_limit(row.local_target_at, row.target_is_day), estimated=row.estimated, state=row.state,
        met_by=row.met_by_id, met_at=row.met_at, authority=row.authority, verified=row.verified,
        explanation=row.explanation, opened_at=row.opened_at, acknowledged_at=row.acknowledged_at,
        danger=Danger(row.danger), act_by=row.act_by, put_off_until=row.put_off_until)


def _notice(row: Notice) -> NoticeFacts:
    return NoticeFacts(
        id=row.pk, key=row.key, person=row.person_id, duty=row.duty_id, about=row.about,
        to_agency_id=row.to_agency_id,
        to_agency=row.to_agency.name, to_contact=(row.to_officer or row.to_contact).name,
        made_at=row.made_at, sent_at=row.sent_at, delivered_at=row.delivered_at, opened_at=row.opened_at,
        acknowledged_at=row.acknowledged_at,
        acted_at=row.acted_at, tries=row.tries, urgency=row.urgency, next_look_at=row.next_look_at,
        nobody_since=row.nobody_since, passed_from=row.passed_from_id)
