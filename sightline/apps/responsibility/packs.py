"""Keep the packs of handovers that stand: a record that says something else makes the next version.

Packs are made where a child is read, by the worker, which sees all that is told: what each receiver may have of it is
for the domain to say. Made twice from the same words, a pack is one version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.people.queries import Said, best_name, said_of
from sightline.domain.custody.distance import apart, distance_in_words
from sightline.domain.responsibility.opening import Happening
from sightline.domain.responsibility.pack import Handover, Known, Line, Pack, Who, pack_of
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind, Section, function_of
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.sign import Sign
from sightline.domain.vocabulary.timeline import Timeline
from sightline.reference.railway import network

PACK_COLUMNS = (
    ("id", "uuid"), ("transfer_id", "uuid"), ("number", "int"), ("digest", "text"), ("made_at", "timestamptz"),
    ("entries", "int"), ("newest_entry_at", "timestamptz"), ("preview", "jsonb"), ("withheld", "jsonb"),
)
CONTENT_COLUMNS = (("pack_id", "uuid"), ("sections", "jsonb"))


@dataclass(frozen=True, slots=True)
class Record:
    """Hold what a reading found of one child."""

    timeline: Timeline
    signs: Sequence[Sign]
    duties: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Hold one handover of which a pack is kept: it is offered, or accepted and the event goes on under it."""

    transfer: UUID
    person: UUID
    kind: str
    words: str
    giver: int
    receiver: int
    event: UUID | None
    happening: str | None
    rule: str | None
    because: str | None
    tell: list[str]
    ground: str | None
    giver_sees_whole: bool
    given_at: datetime | None
    number: int
    digest: str | None


STANDING = """
select t.id, t.person_id, t.kind, t.words, t.from_agency_id, t.to_agency_id, e.id, e.happening, e.rule, e.because,
  array(select jsonb_array_elements_text(e.tell)), e.ground_id::text,
  exists (select 1 from people_involvement i where i.person_id = t.person_id and i.agency_id = t.from_agency_id
    and i.sees = 'whole' and (i.until is null or i.until >= t.offered_at)),
  t.answered_at, coalesce(p.number, 0), p.digest
from responsibility_transfer t
  left join responsibility_safetyevent e on e.id = t.event_id
  left join lateral (select number, digest from responsibility_pack k where k.transfer_id = t.id
    order by number desc limit 1) p on true
where t.person_id = any(%s) and (t.state = 'offered' or (t.state = 'accepted' and e.by_transfer_id = t.id
  and e.closed_at is null))
order by t.id
"""

# What stands in no entry: how the child was at each leg, who was told when, which agencies have a part.
LEGS = """
select t.event_id, l.transfer_id::text, l.place, l.met_at, l.giver, l.seen_and_spoken_to, l.fed, l.injuries, l.said,
  t.state
from responsibility_roadleg l join responsibility_transfer t on t.id = l.transfer_id
where t.event_id = any(%s) order by l.met_at
"""
TOLD = """
select n.person_id, a.name, min(n.made_at) from duties_notice n join access_agency a on a.id = n.to_agency_id
where n.person_id = any(%s) group by n.person_id, a.name order by a.name
"""
PARTS = """
select person_id, agency_id from people_involvement where person_id = any(%s) and until is null
group by person_id, agency_id
"""
SHARED = """
select i.person_id, s.agency_id, coalesce(e.event_id, e.id)::text from record_share s
join record_entry e on e.id = s.entry_id join people_identity i on i.id = e.identity_id
where i.person_id = any(%s) and (s.until is null or s.until > %s)
"""
# A handover without an event goes with its child where two records are found to be one.
REHANG = """
update responsibility_transfer t set person_id = p.merged_into_id from people_person p
where p.id = t.person_id and t.event_id is null and p.merged_into_id = any(%s)
"""


def keep(records: Mapping[UUID, Record], *, book: AgencyBook, at: datetime) -> int:
    """Make the next version of each pack that says something else by now; give how many. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(REHANG, [list(records)])
        cursor.execute(STANDING, [list(records)])
        standing = [_Standing(*row) for row in cursor.fetchall()]
    if not standing:
        return 0
    around = _Around([one.person for one in standing], [one.event for one in standing if one.event], book=book, at=at)
    new: list[tuple[_Standing, Pack]] = []
    for one in standing:
        made = _made(one, records[one.person], around)
        if made is not None and made.digest != one.digest:
            new.append((one, made))
    _write(new, records, at=at)
    return len(new)


class _Around:
    """Hold what stands in no entry of these children, read once for all of them."""

    def __init__(self, people: list[UUID], events: list[UUID], *, book: AgencyBook, at: datetime) -> None:
        self.book, self.at = book, at
        self.said: dict[UUID, list[Said]] = said_of(people)
        self.legs, self.told = _rows(LEGS, events), _rows(TOLD, people)
        self.parts, self.shared = _rows(PARTS, people), _rows(SHARED, people, at)


def _rows(statement: str, *values: list[UUID] | datetime) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _made(one: _Standing, record: Record, around: _Around) -> Pack | None:
    """Compute the pack of one handover; None where its receiver has no function for which there are packs."""
    giver, receiver = around.book.by_id[one.giver], around.book.by_id[one.receiver]
    kind, function = HandoverKind(one.kind), function_of(receiver.kind)
    if function is None:
        return None
    handover = Handover(
        kind=kind, giver=giver.name, receiver=receiver.name, function=function, giver_sees_whole=one.giver_sees_whole,
        given_at=one.given_at, receiver_sees_whole=kind is HandoverKind.SAFETY and receiver.kind == "council",
        shared=frozenset(str(entry) for person, agency, entry in around.shared
                         if person == one.person and agency in (one.giver, one.receiver)))
    known = Known(who_of(around.said.get(one.person, [])), record.timeline, record.signs, record.duties,
                  _lines(one, around), _where(one, record.timeline), around.at)
    return pack_of(known, handover)


def who_of(said: Sequence[Said]) -> Who:
    """Say who the child is, by the newest words of each kind."""
    name = best_name(said)
    numbers: dict[str, str] = {}
    for words in said:
        for kind, value in words.identifiers.items():
            numbers.setdefault(kind, value)
    return Who(
        name=name, others=tuple(sorted({s.name for s in said if s.name and s.name.lower() != (name or "").lower()})),
        born_on=next((s.born_on for s in said if s.born_on), None), sex=next((s.sex for s in said if s.sex), None),
        identifiers=numbers)


def _where(one: _Standing, timeline: Timeline) -> str | None:
    """Give the council in which the child was told to be last."""
    if one.ground is None:
        return None
    return next((e.place.council for e in timeline if e.id == one.ground and e.place is not None), None)


def _lines(one: _Standing, around: _Around) -> dict[Section, tuple[Line, ...]]:
    """Give what stands in no entry, by section."""
    why = [Line("why", "What happens", Happening[one.happening].value.capitalize())] if one.happening else [
        Line("why", "What is handed over", KIND_WORDS[HandoverKind(one.kind)].capitalize())]
    if one.rule:
        why.append(Line("rule", "Why the giver protected the child", f"Rule {one.rule}: {one.because}"))
    legs = [leg for leg in around.legs if leg[0] == one.event]
    return {
        Section.WHY: (*why, Line("asked", "What they ask", one.words)),
        Section.WHERE: _road([leg for leg in legs if leg[9] == "accepted"]),
        Section.SAID: tuple(_condition(leg) for leg in legs) or (Line("said", "What the child said", None),),
        Section.NEEDS: (Line("medical", "Conditions, medicine, allergies", None), Line("language", "Language", None)),
        Section.TOLD: _told(one, around),
        Section.CONTACTS: _contacts(one, around),
    }


def _road(legs: Sequence[tuple[object, ...]]) -> tuple[Line, ...]:
    """Give where the child was handed over on the road, and how far that is from the place before, where it is told."""
    lines = []
    for before, leg in zip((None, *legs), legs, strict=False):
        far = apart(str(before[2]), str(leg[2]), network=network()) if before else None
        words = f"{leg[2]}, {_time(leg[3])}" + (f"; {distance_in_words(far)}, from the place before" if far else "")
        lines.append(Line(f"leg:{leg[1]}", "Handed over on the road", words))
    return tuple(lines)


def _condition(leg: tuple[object, ...]) -> Line:
    _, transfer, place, met_at, giver, spoken, fed, injuries, said, _ = leg
    words = (f"{'Seen and spoken to' if spoken else 'Seen, not spoken to'} by {giver}. "
             f"{'Has eaten' if fed else 'Has not eaten'}. Injuries: {injuries}. Said: {said or 'nothing told'}.")
    return Line(f"condition:{transfer}", f"At {place}, {_time(met_at)}", words)


def _told(one: _Standing, around: _Around) -> tuple[Line, ...]:
    """Say who was told something of the child through Sightline, and which of those that must know were not."""
    told = {str(name): at for person, name, at in around.told if person == one.person}
    return (*(Line(f"told:{name}", name, f"Told first {_time(at)}") for name, at in told.items()),
            *(Line(f"told:{name}", name, "Not told through Sightline yet") for name in one.tell if name not in told))


def _contacts(one: _Standing, around: _Around) -> tuple[Line, ...]:
    """Give whom to ring: the giver's desks, and one desk of each agency with a part in the child's life."""
    agencies = {int(str(agency)) for person, agency in around.parts if person == one.person} - {one.giver, one.receiver}
    desks = [c for c in around.book.contacts_of(one.giver) if c.desk in ("safeguarding", "out-of-hours", "manager")]
    others = [desk for agency in sorted(agencies) if (desk := around.book.desk(agency)) is not None]
    return tuple(Line(f"contact:{c.id}", c.agency, f"{c.name}, {c.job}: {c.phone or 'no number told'}")
                 for c in (*desks, *others))


def _time(at: object) -> str:
    return f"{at.astimezone(LONDON):%d %B %Y, %H:%M}" if isinstance(at, datetime) else str(at)


def _write(new: Sequence[tuple[_Standing, Pack]], records: Mapping[UUID, Record], *, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select gen_random_uuid() from generate_series(1, %s)", [len(new)])
        ids = [row[0] for row in cursor.fetchall()]
    insert("responsibility_pack", PACK_COLUMNS, [
        (id_, one.transfer, one.number + 1, pack.digest, at, len(records[one.person].timeline),
         max((e.known_from for e in records[one.person].timeline), default=None), asdict(pack.preview),
         [asdict(w) for w in pack.withheld])
        for id_, (one, pack) in zip(ids, new, strict=True)])
    insert("responsibility_packcontent", CONTENT_COLUMNS, [
        (id_, [asdict(section) for section in pack.sections]) for id_, (_, pack) in zip(ids, new, strict=True)])
