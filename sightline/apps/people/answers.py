"""Answer a doubt: the same child, not the same, or nobody can tell; and split what was joined wrongly."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.people.models import Doubt, Identity, Joining, Person

JOINING_COLUMNS = (
    ("identity_id", "uuid"), ("from_person_id", "uuid"), ("to_person_id", "uuid"), ("how", "text"),
    ("because", "jsonb"), ("officer_id", "uuid"), ("at", "timestamptz"),
)


class AlreadyAnswered(LookupError):
    """Somebody has answered this already. Open the list of doubts again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class AnswerNeedsReason(ValueError):
    """Write in a sentence why you think so. It is kept, and binds later matching."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def answer(
    *, doubt: UUID, answer: str, reason: str, officer: UUID, at: datetime, instead_of: str = Doubt.OPEN
) -> None:
    """Keep a person's answer; of two who answer at once, the second is told so. Carrying it out is the worker's.

    `instead_of` is the answer that the person saw and changes: a wrong link can be split, a wrong split joined. Why it
    was joined or split before stays with the joinings. Raises AnswerNeedsReason, AlreadyAnswered.
    """
    if not reason.strip():
        raise AnswerNeedsReason
    if answer not in (Doubt.SAME, Doubt.NOT_SAME, Doubt.CANNOT_TELL):
        raise AlreadyAnswered
    changed = Doubt.objects.filter(pk=doubt, answer=instead_of).update(
        answer=answer, reason=reason.strip(), officer_id=officer, answered_at=at)
    if not changed:
        raise AlreadyAnswered


def carry_out(doubt: UUID, *, at: datetime) -> list[UUID]:
    """Join or part the identities as the answer says, and give the persons that must be read again.

    May be repeated. "The same" moves the smaller person's identities to the older person; "not the same" moves the
    second identity to a person of its own where both are in one, or back what an earlier answer had moved.
    """
    found = Doubt.objects.filter(pk=doubt).first()
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select id from people_identity where id in (%s, %s) order by id for update",
                       [found.one_id, found.other_id])
    one, other = Identity.objects.get(pk=found.one_id), Identity.objects.get(pk=found.other_id)
    if found.answer == Doubt.SAME and one.person_id != other.person_id:
        return _join(one, other, found, at)
    if found.answer == Doubt.NOT_SAME and one.person_id == other.person_id:
        return _part(one, other, found, at)
    return []


def answered(*, most: int) -> list[UUID]:
    """List answers that have not been carried out: both sides still stand otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id from people_doubt d join people_identity a on a.id = d.one_id"
            " join people_identity b on b.id = d.other_id"
            " where (d.answer = 'same' and a.person_id <> b.person_id)"
            "    or (d.answer = 'not-same' and a.person_id = b.person_id) order by d.answered_at limit %s", [most])
        return [row[0] for row in cursor.fetchall()]


def _join(one: Identity, other: Identity, doubt: Doubt, at: datetime) -> list[UUID]:
    elder, younger = sorted(Person.objects.filter(pk__in=(one.person_id, other.person_id)), key=lambda p: p.made_at)
    moved = list(Identity.objects.filter(person=younger).values_list("pk", flat=True))
    Identity.objects.filter(person=younger).update(person=elder)
    Person.objects.filter(pk=younger.pk).update(merged_into=elder)
    _keep(moved, younger.pk, elder.pk, doubt=doubt, at=at)
    return [elder.pk, younger.pk]


def _part(one: Identity, other: Identity, doubt: Doubt, at: datetime) -> list[UUID]:
    """Part two identities: where an answer joined them, all that came over with it goes back as it was."""
    joined = Joining.objects.filter(
        identity_id__in=(one.pk, other.pk), to_person_id=one.person_id, how=Doubt.SAME).order_by("-at").first()
    if joined is None or joined.from_person_id is None:
        back, moved = Person.objects.create(made_at=at).pk, [other.pk]
    else:
        back = joined.from_person_id
        moved = list(Joining.objects.filter(
            from_person_id=back, to_person_id=one.person_id, at=joined.at).values_list("identity_id", flat=True))
        Person.objects.filter(pk=back).update(merged_into=None)
    Identity.objects.filter(pk__in=moved, person_id=one.person_id).update(person_id=back)
    _keep(moved, one.person_id, back, doubt=doubt, at=at)
    return [one.person_id, back]


def _keep(moved: list[UUID], source: UUID, target: UUID, *, doubt: Doubt, at: datetime) -> None:
    insert("people_joining", JOINING_COLUMNS, [
        (identity, source, target, doubt.answer, [doubt.reason], doubt.officer_id, at)
        for identity in moved])
