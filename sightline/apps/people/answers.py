"""Answer a doubt: the same child, not the same, or nobody can tell; and carry out what was answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from sightline.apps.access.bulk import insert
from sightline.apps.people.locking import hold_people
from sightline.apps.people.models import Doubt, Identity, Parting, Person
from sightline.apps.people.settling import JOINING_BY_HUMAN
from sightline.apps.people.splitting import Split, ask_second, confirmed, split

APART = """
select exists (
  select 1 from people_doubt d join people_identity a on a.id = d.one_id join people_identity b on b.id = d.other_id
  where d.answer = 'not-same' and d.id <> %s and a.person_id <> b.person_id
    and a.person_id = any(%s) and b.person_id = any(%s))
"""
# Not what waits for a second officer, and not what would bring together what somebody said is apart: those stand
# until a person says otherwise.
ANSWERED = """
select d.id from people_doubt d join people_identity a on a.id = d.one_id join people_identity b on b.id = d.other_id
where (d.answer = 'same' and a.person_id <> b.person_id and not exists (
    select 1 from people_identity x join people_doubt n on n.answer = 'not-same' and x.id in (n.one_id, n.other_id)
      join people_identity y on y.id in (n.one_id, n.other_id) and y.id <> x.id
    where x.person_id = a.person_id and y.person_id = b.person_id))
  or (d.answer = 'not-same' and a.person_id = b.person_id and d.officer_id is not null
    and not exists (select 1 from people_parting p where p.doubt_id = d.id and p.answer = ''))
order by d.answered_at limit %s
"""


class AlreadyAnswered(LookupError):
    """Somebody has answered this already. Open the list of doubts again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class AnswerNeedsReason(ValueError):
    """Write in a sentence why you think so. It is kept, and binds later matching."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class KeptApart(ValueError):
    """Somebody said that other records of these two children are not the same child. Change that answer first."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class SecondOfficerNeeded(PermissionError):
    """You asked for this yourself. Another officer who may see both records must answer it."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class PartingAnswered(LookupError):
    """Somebody has answered this already, or it was withdrawn. Open the list of doubts again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Carried:
    """Hold whom an answer moved, so that they are read again, and the split where it was one."""

    people: tuple[UUID, ...] = ()
    split: Split | None = None


def answer(
    *, doubt: UUID, answer: str, reason: str, officer: UUID, at: datetime, instead_of: str = Doubt.OPEN
) -> None:
    """Keep a person's answer; of two who answer at once, the second is told so. Carrying it out is the worker's.

    `instead_of` is the answer that the person saw and changes: a wrong link can be split, a wrong split joined. Why it
    was joined or split before stays with the joinings. A parting that waits for a second officer is withdrawn by any
    other answer. Raises AnswerNeedsReason, AlreadyAnswered, KeptApart.
    """
    if not reason.strip():
        raise AnswerNeedsReason
    if answer not in (Doubt.SAME, Doubt.NOT_SAME, Doubt.CANNOT_TELL):
        raise AlreadyAnswered
    if answer == Doubt.SAME and _kept_apart(Doubt.objects.filter(pk=doubt).first()):
        raise KeptApart
    changed = Doubt.objects.filter(pk=doubt, answer=instead_of).update(
        answer=answer, reason=reason.strip(), officer_id=officer, answered_at=at)
    if not changed:
        raise AlreadyAnswered
    if answer != Doubt.NOT_SAME:
        Parting.objects.filter(doubt_id=doubt, answer=Parting.WAITING).update(
            answer=Parting.WITHDRAWN, answered_by_id=officer, answered_at=at, answer_reason=reason.strip())


@transaction.atomic
def answer_parting(*, doubt: UUID, answer: str, reason: str, officer: UUID, at: datetime) -> None:
    """Keep the second officer's answer: "not-same" confirms; any other becomes the answer to the doubt.

    Raises AnswerNeedsReason, PartingAnswered, SecondOfficerNeeded, KeptApart.
    """
    if not reason.strip():
        raise AnswerNeedsReason
    waiting = Parting.objects.filter(doubt_id=doubt, answer=Parting.WAITING).first()
    if waiting is None or answer not in (Doubt.SAME, Doubt.NOT_SAME, Doubt.CANNOT_TELL):
        raise PartingAnswered
    if waiting.asked_by_id == officer:
        raise SecondOfficerNeeded
    told = {"answered_by_id": officer, "answered_at": at, "answer_reason": reason.strip()}
    if not Parting.objects.filter(pk=waiting.pk, answer=Parting.WAITING).update(answer=answer, **told):
        raise PartingAnswered
    if answer != Doubt.NOT_SAME and not Doubt.objects.filter(pk=doubt, answer=Doubt.NOT_SAME).update(
            answer=answer, reason=reason.strip(), officer_id=officer, answered_at=at):
        raise PartingAnswered


def carry_out(doubt: UUID, *, active: Callable[[UUID], bool], at: datetime) -> Carried:
    """Join or part the identities as the answer says; may be repeated.

    "The same" moves the younger person's identities to the older person. "Not the same" parts the two where both are
    in one person, however they met there; of a person who is `active` only after a second officer has confirmed it,
    who is asked for where nobody was yet.
    """
    found = Doubt.objects.filter(pk=doubt).first()
    if found is None:
        return Carried()
    one, other = _held(found)
    if found.answer == Doubt.SAME and one.person_id != other.person_id and not _kept_apart(found):
        return Carried(tuple(_join(one, other, found, at)))
    if found.answer == Doubt.NOT_SAME and one.person_id == other.person_id:
        parting = confirmed(found.pk, person=one.person_id)
        if parting is None and active(one.person_id):
            if found.officer_id is not None:
                ask_second(doubt=found.pk, person=one.person_id, officer=found.officer_id, reason=found.reason, at=at)
            return Carried()
        done = split(one, other, doubt=found, parting=parting, at=at)
        return Carried((done.kept, done.parted), done)
    return Carried()


def answered(*, most: int) -> list[UUID]:
    """List answers that have not been carried out and can be: both sides still stand otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [most])
        return [row[0] for row in cursor.fetchall()]


def _held(doubt: Doubt) -> tuple[Identity, Identity]:
    """Hold the persons of both records: whoever joins or parts one of them, a file that arrives too, waits."""
    people: set[UUID] = set()
    while True:
        one, other = Identity.objects.get(pk=doubt.one_id), Identity.objects.get(pk=doubt.other_id)
        if {one.person_id, other.person_id} <= people:
            return one, other
        people |= {one.person_id, other.person_id}
        hold_people(people)


def _kept_apart(doubt: Doubt | None) -> bool:
    """Tell whether joining the two would bring together other records that somebody said are not the same child."""
    if doubt is None:
        return False
    people = list(Identity.objects.filter(pk__in=(doubt.one_id, doubt.other_id)).values_list("person_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(APART, [doubt.pk, people, people])
        return bool(cursor.fetchone()[0])


def _join(one: Identity, other: Identity, doubt: Doubt, at: datetime) -> list[UUID]:
    elder, younger = sorted(Person.objects.filter(pk__in=(one.person_id, other.person_id)),
                            key=lambda p: (p.made_at, p.pk))
    moved = list(Identity.objects.filter(person=younger).values_list("pk", flat=True))
    Identity.objects.filter(person=younger).update(person=elder)
    Person.objects.filter(pk=younger.pk).update(merged_into=elder)
    Parting.objects.filter(person=younger, carried_out_at=None).update(person=elder)
    insert("people_joining", JOINING_BY_HUMAN, [
        (identity, younger.pk, elder.pk, Doubt.SAME, [doubt.reason], doubt.officer_id, at) for identity in moved])
    return [elder.pk, younger.pk]
