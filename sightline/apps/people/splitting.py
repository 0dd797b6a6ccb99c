"""Part what was joined wrongly: who leaves, who keeps the id, and the second officer whom an active child takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from sightline.apps.access.bulk import insert
from sightline.apps.people.models import Doubt, Identity, Joining, Parting, Person
from sightline.apps.people.settling import JOINING_BY_HUMAN, OWN_PAGES
from sightline.domain.people.parting import Anchor, Parted, part


class OnlyRecord(LookupError):
    """This is the only record of this child that you may see, so there is none to compare it with."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Split:
    """Hold who kept the id and who was parted, and since when the two had stood as one."""

    kept: UUID
    parted: UUID
    joined_at: datetime
    doubt: UUID


@dataclass(frozen=True, slots=True)
class PartingFacts:
    """Hold what was asked of a second officer, by whom and why, and the answer: "" while it waits."""

    id: UUID
    asked_by_id: UUID
    asked_by: str
    asked_at: datetime
    reason: str
    answer: str
    answer_words: str
    answered_by: str | None
    answered_at: datetime | None
    answer_reason: str


def parting_of(doubt: UUID) -> PartingFacts | None:
    """Give the newest parting that was asked for by a doubt."""
    row = Parting.objects.select_related("asked_by", "answered_by").filter(doubt_id=doubt).order_by("-asked_at").first()
    return None if row is None else PartingFacts(
        row.pk, row.asked_by_id, row.asked_by.name, row.asked_at, row.reason, row.answer, row.get_answer_display(),
        row.answered_by.name if row.answered_by else None, row.answered_at, row.answer_reason)


def ask_second(*, doubt: UUID, person: UUID, officer: UUID, reason: str, at: datetime) -> None:
    """Ask a second officer to confirm what an officer answered, once while it waits."""
    if Parting.objects.filter(doubt_id=doubt, answer=Parting.WAITING).exists():
        return
    try:
        with transaction.atomic():
            Parting.objects.create(doubt_id=doubt, person_id=person, asked_by_id=officer, asked_at=at,
                                   reason=reason.strip())
    except IntegrityError:  # somebody else asked in this moment
        if not Parting.objects.filter(doubt_id=doubt, answer=Parting.WAITING).exists():
            raise


def ask_whose(*, person: UUID, record: UUID, at: datetime) -> UUID:
    """Ask a human whether one of a child's records is another child's; gives the doubt, an open one if there is one.

    It is compared with the record by which the child has been known longest. Raises OnlyRecord.
    """
    joinings = list(Joining.objects.filter(to_person_id=person, identity__person_id=person).order_by("at", "id"))
    anchored = _anchored(person, joinings)
    others = sorted((at_, id_) for id_, at_ in anchored.items() if id_ != str(record))
    if str(record) not in anchored or not others:
        raise OnlyRecord
    pair = sorted((record, UUID(others[0][1])))
    asked = Doubt.objects.filter(Q(one_id=record) | Q(other_id=record), answer=Doubt.OPEN, within_id=person).first()
    found = asked or Doubt.objects.filter(one_id=pair[0], other_id=pair[1]).first()
    if found is None:
        found = Doubt.objects.create(one_id=pair[0], other_id=pair[1], within_id=person, opened_at=at,
                                     because=["somebody asks whether one of these records is another child’s"])
    return UUID(str(found.pk))


def confirmed(doubt: UUID, *, person: UUID) -> Parting | None:
    """Give the parting of a person that a second officer confirmed and that has not been carried out."""
    return Parting.objects.filter(doubt_id=doubt, person_id=person, answer=Doubt.NOT_SAME, carried_out_at=None).first()


def split(one: Identity, other: Identity, *, doubt: Doubt, parting: Parting | None, at: datetime) -> Split:
    """Part two records of one person with what goes along with each; who leaves gets the id back that it came with.

    The person keeps the id for the longest-anchored part. Answers "the same" that contradict the parting wait for a
    person again. The caller holds the person's row.
    """
    person = one.person_id
    joinings = list(Joining.objects.filter(to_person_id=person, identity__person_id=person).order_by("at", "id"))
    anchored = _anchored(person, joinings)
    left = _leaving(one, other, joinings, anchored)
    leaving = sorted(UUID(record) for record in left.leaving)
    back = _person_of([j for j in joinings if j.identity_id in leaving], person, at=at)
    Identity.objects.filter(pk__in=leaving, person_id=person).update(person_id=back)
    insert("people_joining", JOINING_BY_HUMAN, [
        (identity, person, back, doubt.answer, [doubt.reason], doubt.officer_id, at) for identity in leaving])
    for pair in left.contradicted:
        Doubt.objects.filter(one_id=UUID(pair[0]), other_id=UUID(pair[1]), answer=Doubt.SAME).update(
            answer=Doubt.OPEN, reason="", officer=None, answered_at=None, opened_at=at, within=None)
    if parting is not None:
        Parting.objects.filter(pk=parting.pk).update(carried_out_at=at)
    return Split(person, back, min(anchored[record] for record in left.leaving)[0], doubt.pk)


SAID_SAME = """
select d.one_id, d.other_id from people_doubt d join people_identity a on a.id = d.one_id
  join people_identity b on b.id = d.other_id
where d.answer = 'same' and a.person_id = %s and b.person_id = %s order by d.answered_at desc
"""


def _anchored(person: UUID, joinings: Sequence[Joining]) -> dict[str, Anchor]:
    """Give since when each record has been this person's; what is recorded on our own pages anchors nothing."""
    made_at = Person.objects.filter(pk=person).values_list("made_at", flat=True).get()
    newest = {j.identity_id: j.at for j in joinings}
    never = datetime.max.replace(tzinfo=made_at.tzinfo)
    return {str(id_): (newest.get(id_, never if scheme == OWN_PAGES else made_at), id_ in newest)
            for id_, scheme in Identity.objects.filter(person_id=person).values_list("pk", "scheme")}


def _leaving(one: Identity, other: Identity, joinings: Sequence[Joining], anchored: Mapping[str, Anchor]) -> Parted:
    together: dict[tuple[UUID, datetime], list[str]] = {}
    for j in {j.identity_id: j for j in joinings}.values():
        if j.from_person_id is not None:
            together.setdefault((j.from_person_id, j.at), []).append(str(j.identity_id))
    with connection.cursor() as cursor:
        cursor.execute(SAID_SAME, [one.person_id, one.person_id])
        same = [(str(row[0]), str(row[1])) for row in cursor.fetchall()]
    return part(anchored, one=str(one.pk), other=str(other.pk), came_together=list(together.values()), said_same=same)


def _person_of(came: Sequence[Joining], person: UUID, *, at: datetime) -> UUID:
    """Give the person that the leaving records are: who they were before, where that one resolves to this; else new."""
    for j in came:
        before = j.from_person_id
        if before and Person.objects.filter(pk=before, merged_into_id=person).update(merged_into=None):
            return before
    return Person.objects.create(made_at=at).pk
