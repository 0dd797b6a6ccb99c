"""Ask who a person is, as far as the viewer may see: what was said by whom, the parts of agencies, waiting doubts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import capwords
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array
from sightline.apps.people.candidates import records_of
from sightline.apps.people.models import Description, Doubt, Identity, Joining, Person
from sightline.apps.people.weights import in_use
from sightline.domain.linkage.comparing import LEVELS, NAMES, NOT_TOLD, Compared, level_words
from sightline.domain.linkage.described import Described, described
from sightline.domain.linkage.keys import probe_keys, search_keys
from sightline.domain.linkage.vetoes import vetoes
from sightline.domain.linkage.weighing import Part, Weighed, weigh
from sightline.domain.vocabulary.identity import Identity as Told

SOUGHT = -15.0
"""Bits from which a child is shown to whom somebody seeks. At a million records, with a name mistyped and a birthday
half right, it shows the child to 95 of 100 who seek one, among three children; -10 would to 85, among one or two."""


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what one agency says of a child."""

    identity: UUID
    person: UUID
    agency: str
    scheme: str
    key: str
    given: str | None
    family: str | None
    born_on: date | None
    sex: str | None
    identifiers: dict[str, str]
    postcode: str | None
    school: str | None
    carers: tuple[str, ...]
    phones: tuple[str, ...]
    told_at: datetime

    @property
    def name(self) -> str | None:
        """Give the name as it was told, or None; one told in capitals only is written as names are."""
        name = " ".join(part for part in (self.given, self.family) if part)
        return (capwords(name) if name.isupper() else name) or None


@dataclass(frozen=True, slots=True)
class Held:
    """Hold a part that an agency has in a child's life."""

    agency_id: int
    agency: str
    kind: str
    part: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one child that a search found, with what agrees, what nearly does and what differs, in words."""

    person: UUID
    said: Said
    agrees: tuple[str, ...]
    nearly: tuple[str, ...]
    differs: tuple[str, ...]
    fits: bool

    @property
    def because(self) -> tuple[str, ...]:
        """Give all that was compared, in words."""
        return (*self.agrees, *self.nearly, *self.differs)


@dataclass(frozen=True, slots=True)
class DoubtFacts:
    """Hold one doubt with what is said of both; who may not see both sees no doubt."""

    id: UUID
    one: Said
    other: Said
    because: tuple[str, ...]
    opened_at: datetime
    answer: str
    answer_words: str
    reason: str
    bits: float | None
    parts: tuple[Part, ...]
    model: str
    within: UUID | None


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """Hold why an identity belongs to its person."""

    identity: UUID
    how: str
    because: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """Hold one row of who looked at a child's record."""

    at: datetime
    officer: str
    agency: str
    purpose: str
    act: str
    writes: bool


def resolved(person: UUID) -> UUID | None:
    """Follow merges to the person that stands for this one now, or None where there is none to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive chain as (select id, merged_into_id from people_person where id = %s"
            " union all select p.id, p.merged_into_id from people_person p join chain on p.id = chain.merged_into_id)"
            " select id from chain where merged_into_id is null", [person])
        row = cursor.fetchone()
    return row[0] if row else None


def said_of(people: Sequence[UUID]) -> dict[UUID, list[Said]]:
    """List what is said of each person, the newest words first, at most one set of words an identity."""
    rows = Description.objects.select_related("identity__agency").filter(identity__person_id__in=people).order_by(
        "identity_id", "-id").distinct("identity_id")
    found: dict[UUID, list[Said]] = {}
    for row in sorted(rows, key=lambda r: r.told_at, reverse=True):
        found.setdefault(row.identity.person_id, []).append(_said(row))
    return found


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Give a name for each person as the viewer's agency or others told it last."""
    said = said_of(list(set(people)))
    return {person: best_name(words) or "Name not told" for person, words in said.items()}


def best_named(words: Sequence[Said]) -> Said | None:
    """Give the newest words, the newest first, that name the child; first a whole name that is not all in capitals.

    `sightline_told_of` chooses alike in the database.
    """
    named = [s for s in words if s.name]
    return min(named, key=lambda s: (not (s.given and s.family), f"{s.given}{s.family}".isupper()), default=None)


def best_name(words: Sequence[Said]) -> str | None:
    """Give the name that `best_named` chooses."""
    named = best_named(words)
    return named.name if named else None


PARTS = """
select v.agency_id, a.name, a.kind, v.part, v.since,
  array(select d.id || ' ' || d.answer from (
    select d.id, d.answer, d.opened_at from people_identity i join people_doubt d on d.one_id = i.id
    where i.person_id = %s
    union
    select d.id, d.answer, d.opened_at from people_identity i join people_doubt d on d.other_id = i.id
    where i.person_id = %s) as d order by d.opened_at)
from people_involvement v join access_agency a on a.id = v.agency_id
where v.person_id = %s and v.until is null order by v.part, v.since
"""


@dataclass(frozen=True, slots=True)
class DoubtState:
    """Hold a doubt about a child's identities, and how it was answered: "open" where nobody has."""

    id: UUID
    answer: str


def parts_and_doubts_of(person: UUID) -> tuple[list[Held], list[DoubtState]]:
    """List the parts that agencies have in a child's life now, and the doubts about the child's identities."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [person, person, person])
        rows = cursor.fetchall()
    doubts = [text.split(" ") for text in rows[0][5]] if rows else []
    return [Held(*row[:5]) for row in rows], [DoubtState(UUID(id_), answer) for id_, answer in doubts]


def parts_of(person: UUID) -> list[Held]:
    """List the parts that agencies have in a child's life now."""
    return parts_and_doubts_of(person)[0]


def doubts_of(person: UUID) -> list[UUID]:
    """List the open doubts about a person's identities."""
    return [doubt.id for doubt in parts_and_doubts_of(person)[1] if doubt.answer == Doubt.OPEN]


def find(told: Told, *, most: int) -> list[Hit]:
    """Find children in whose life the viewer's agency has a part, by the comparison that joins records; best first.

    Where nobody fits, those are sought too whose birthday is nearly what was told. Few are shown, each with what agrees
    and what does not. Nobody can list children without saying whom one seeks.
    """
    asked = described(told)
    hits = _near(asked, probe_keys(asked), most)
    return hits if any(hit.fits for hit in hits) else _near(asked, search_keys(asked), most)


def _near(asked: Described, keys: Iterable[int], most: int) -> list[Hit]:
    used = in_use()
    best: dict[UUID, tuple[Weighed, UUID]] = {}
    owners = _records_near(keys)
    records = records_of(owners)
    for identity, record in records.items():
        weighed = weigh(used.model, asked, record)
        before = best.get(owners[identity])
        if weighed.bits >= SOUGHT and (before is None or weighed.bits > before[0].bits):
            best[owners[identity]] = (weighed, identity)
    nearest = sorted(best, key=lambda person: (-best[person][0].bits, str(person)))[:most]
    said = said_of(nearest)
    hits = []
    for person in nearest:
        weighed, identity = best[person]
        against = vetoes(asked, records[identity], weighed.compared, two_of_one_list=False)
        hits.append(Hit(person, _naming(said[person], identity), *_apart(weighed.compared),
                        fits=weighed.bits >= used.thresholds.join and not against))
    return hits


def _naming(words: Sequence[Said], identity: UUID) -> Said:
    """Give the words of the record that was compared; where it names nobody, the best that others say of the child."""
    compared = next(one for one in words if one.identity == identity)
    return compared if compared.name else best_named(words) or compared


def _records_near(keys: Iterable[int]) -> dict[UUID, UUID]:
    """Give all records that the viewer may read of the persons who have a key, each with its person."""
    with connection.cursor() as cursor:
        cursor.execute("select i.id, i.person_id from people_identity i"
                       " where i.person_id in (select person_id from sightline_find(%s::bigint[]))", [array(keys)])
        return dict(cursor.fetchall())


def _apart(compared: Compared) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give in words what agrees, what nearly does, and what differs."""
    agrees: list[str] = []
    nearly: list[str] = []
    differs: list[str] = []
    for name, place in zip(NAMES, compared.levels, strict=True):
        if place != NOT_TOLD:
            words = level_words(name, LEVELS[name][place])
            (agrees if place == 0 else differs if place == len(LEVELS[name]) - 1 else nearly).append(words)
    return tuple(agrees), tuple(nearly), tuple(differs)


def doubts(*, most: int, start: int = 0) -> list[DoubtFacts]:
    """List the doubts that wait for somebody and of which the viewer may see both sides, the oldest first."""
    rows = list(Doubt.objects.filter(answer=Doubt.OPEN).order_by("opened_at", "id")[start:start + most])
    return _doubts(rows)


def doubt(doubt_id: UUID) -> DoubtFacts | None:
    """Give one doubt, or None where it is not to be seen."""
    row = Doubt.objects.filter(pk=doubt_id).first()
    return _doubts([row])[0] if row else None


def doubts_named(doubt_ids: Sequence[UUID]) -> dict[UUID, DoubtFacts]:
    """Give these doubts by their ids, as far as they are to be seen."""
    return {found.id: found for found in _doubts(list(Doubt.objects.filter(pk__in=doubt_ids)))}


def count_doubts() -> int:
    """Count the doubts that wait and of which the viewer may see both sides."""
    return Doubt.objects.filter(answer=Doubt.OPEN).count()


def joinings_of(person: UUID) -> list[JoiningFacts]:
    """List why identities belong to the person, newest first."""
    rows = Joining.objects.filter(to_person_id=person).order_by("-at")
    return [JoiningFacts(r.identity_id, r.how, tuple(r.because), r.at) for r in rows]


LOOKS = """
select a.at, coalesce(o.name, 'Sightline itself'), coalesce(g.name, ''), a.purpose, a.act, a.writes
from sightline_audit_of(%s, %s) a
left join access_officer o on o.id = a.officer_id left join access_agency g on g.id = a.agency_id order by a.id desc
"""


def audit_of(person: UUID, *, most: int) -> list[Looked]:
    """List who looked at or changed a child's record, newest first; nothing where the viewer does not see the whole."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, [person, most])
        return [Looked(*row) for row in cursor.fetchall()]


def person_of(identity: UUID) -> UUID | None:
    """Give the person an identity belongs to, or None where it is not to be seen."""
    return Identity.objects.filter(pk=identity).values_list("person_id", flat=True).first()


def people_between(first: UUID, last: UUID) -> list[UUID]:
    """List the persons whose ids lie between the two, both included."""
    return list(Person.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", flat=True))


def is_known(person: UUID) -> bool:
    """Tell whether the viewer's agency has a part in the life of such a person."""
    return Person.objects.filter(pk=person).exists()


def _doubts(rows: Sequence[Doubt]) -> list[DoubtFacts]:
    ids = {r.one_id for r in rows} | {r.other_id for r in rows}
    words = {d.identity_id: _said(d) for d in Description.objects.select_related("identity__agency").filter(
        identity_id__in=ids).order_by("id")}
    return [DoubtFacts(r.pk, words[r.one_id], words[r.other_id], tuple(r.because), r.opened_at, r.answer,
                       r.get_answer_display(), r.reason, r.bits, tuple(Part(**part) for part in r.parts),
                       r.model, r.within_id) for r in rows]


def _said(row: Description) -> Said:
    return Said(
        identity=row.identity_id, person=row.identity.person_id, agency=row.identity.agency.name,
        scheme=row.identity.scheme, key=row.identity.key, given=row.given, family=row.family, born_on=row.born_on,
        sex=row.sex, identifiers=row.identifiers, postcode=row.postcode, school=row.school,
        carers=tuple(row.carers), phones=tuple(row.phones), told_at=row.told_at)
