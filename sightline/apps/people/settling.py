"""Choose a person for every identity of which something new was told: joined, left alone, or put to a human."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sightline.apps.access.bulk import document, often
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.people.candidates import Around, Known, Near, around, records_of
from sightline.apps.people.models import Doubt
from sightline.domain.linkage.deciding import Candidate, Choice, decide, holds_together
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import keyed_by_child, probes
from sightline.domain.linkage.weighing import Part

JOINING_BY_HUMAN = (
    ("identity_id", "uuid"), ("from_person_id", "uuid"), ("to_person_id", "uuid"), ("how", "text"),
    ("because", "jsonb"), ("officer_id", "uuid"), ("at", "timestamptz"),
)
JOINING_COLUMNS = (*JOINING_BY_HUMAN, ("bits", "double precision"), ("parts", "jsonb"), ("model", "text"))
DOUBT_COLUMNS = (
    ("one_id", "uuid"), ("other_id", "uuid"), ("because", "jsonb"), ("opened_at", "timestamptz"), ("answer", "text"),
    ("reason", "text"), ("bits", "double precision"), ("parts", "jsonb"), ("model", "text"), ("within_id", "uuid"),
)
BY_COMPARISON = "comparison"
OWN_PAGES = "sightline"
"""The scheme of what officers record on our pages: it is compared with nothing, and anchors no child's id."""


def settle(
    newly: Mapping[UUID, Known], whole: Mapping[UUID, Described] | None = None, *, alone: bool, at: datetime,
    moves: bool = True,
) -> frozenset[UUID]:
    """Settle the identities in one order, each seeing those before it; give the persons that lost or gained one.

    `whole` holds the records of those made in this transaction. `alone` says that nobody else attributes or settles
    meanwhile (locking.hold_everything), else their keys are held. Where it `moves` nothing, what would be joined is
    asked.
    """
    told = {str(id_): known for id_, known in newly.items()}
    own = {str(id_): record for id_, record in (whole or {}).items()}
    if rest := [known.id for id_, known in told.items() if id_ not in own]:
        own |= {str(id_): record for id_, record in records_of(rest).items()}
    order = sorted(own)
    # Two records that share no key may fit the same person, each by itself, and not together: the persons near are
    # held, too. Nobody else tells under keys that are held: whom they find is as before, unless one of those persons
    # gave up or took a record.
    found = around(order, [probes(own[id_]) for id_ in order], theirs={known.person for known in newly.values()},
                   made={newly[id_].person for id_ in whole or ()}, hold=not alone)
    if all(near.id in own for near in found.near) and len(own) == 1:
        return frozenset()
    grouped: dict[int, list[Near]] = {}
    for near in found.near:
        grouped.setdefault(near.n, []).append(near)
    settling = _Settling(found, own, at, moves=moves)
    for n, id_ in enumerate(order):
        settling.settle(_Arrived(id_, str(told[id_].person), told[id_].agency, told[id_].scheme), grouped.get(n, []))
    return settling.write()


class _Arrived(NamedTuple):
    """Hold an identity to settle, and the person it came with."""

    id: str
    person: str
    agency: int
    scheme: str


class _Persons:
    """Follow which identity belongs to which person while a batch is settled."""

    def __init__(self, near: Iterable[Near]) -> None:
        self._person: dict[str, str] = {}
        self._made: dict[str, float] = {}
        for found in near:
            self._person[found.id] = found.person
            self._made[found.person] = found.made
        self._members: dict[str, set[str]] = {}
        for identity, person in self._person.items():
            self._members.setdefault(person, set()).add(identity)

    def of(self, one: Near | _Arrived) -> str:
        return self._person.get(one.id, one.person)

    def size(self, person: str) -> int:
        return len(self._members.get(person, ())) or 1

    def one_of(self, person: str) -> str:
        return min(self._members[person])

    def made(self, person: str) -> float:
        return self._made.get(person, 0.0)

    def one_person(self, one: str, other: str) -> bool:
        return one in self._person and self._person.get(one) == self._person.get(other)

    def move(self, identity: str, person: str) -> None:
        self._members.get(self._person.get(identity, identity), set()).discard(identity)
        self._person[identity] = person
        self._members.setdefault(person, set()).add(identity)


class _Settling:
    """Decide one identity after the other, and write all joinings and doubts at the end."""

    def __init__(self, found: Around, own: Mapping[str, Described], at: datetime, *, moves: bool) -> None:
        self._model, self._thresholds = found.used.model, found.used.thresholds
        self._records, self._apart = {**found.records, **own}, found.apart
        self._persons, self._at, self._moves = _Persons(found.near), at, moves
        self._joinings: list[tuple[object, ...]] = []
        self._doubts: dict[tuple[str, str], tuple[object, ...]] = {}

    def settle(self, own: _Arrived, near: Sequence[Near]) -> None:
        """Decide one identity, with everybody near as they stand now."""
        choice = self._choose(own, near)
        here, target = self._persons.of(own), choice.person
        if target is not None and target != here:
            if self._moves and self._persons.size(here) == 1:
                self._joinings.append((own.id, here, target, BY_COMPARISON, choice.because, None, self._at,
                                       choice.bits, _told(choice.parts), self._model.digest))
                self._persons.move(own.id, target)
            else:
                self._ask(own.id, self._persons.one_of(target), choice.because, choice.bits, choice.parts)
        for asked in choice.doubts:
            self._ask(own.id, asked.identity, asked.because, asked.bits, asked.parts)
        self._question(own, near, here)

    def write(self) -> frozenset[UUID]:
        """Write joinings and doubts; give the persons that lost or gained an identity."""
        _join(self._joinings)
        _ask([row for pair, row in self._doubts.items()
              if row[-1] is not None or not self._persons.one_person(*pair)])
        return frozenset(UUID(str(person)) for joining in self._joinings for person in joining[1:3])

    def _choose(self, own: _Arrived, near: Sequence[Near]) -> Choice:
        """Ask the domain; the identity's own person is not a candidate."""
        here = self._persons.of(own)
        asked = []
        for found in near:
            person = self._persons.of(found)
            if found.id == own.id or person == here or found.id not in self._records:
                continue
            listed = keyed_by_child(own.scheme) and (found.agency, found.scheme) == (own.agency, own.scheme)
            asked.append(Candidate(found.id, person, round(self._persons.made(person)), self._records[found.id],
                                   listed))
        return decide(self._model, self._records[own.id], asked, thresholds=self._thresholds,
                      kept_apart=frozenset(self._apart.get(own.id, ())))

    def _question(self, own: _Arrived, near: Sequence[Near], here: str) -> None:
        """Ask whether an identity still belongs to its person, where what it tells now fits no other record of it."""
        others = [found.id for found in near
                  if self._persons.of(found) == here and found.id != own.id and found.id in self._records]
        weighed = {other: holds_together(self._model, self._records[own.id], self._records[other],
                                         thresholds=self._thresholds) for other in others}
        if others and not any(holds for holds, _ in weighed.values()):
            nearest = max(weighed, key=lambda other: weighed[other][1].bits)
            found = weighed[nearest][1]
            self._ask(own.id, nearest, ("what is told now fits no other record of this child",
                                        *found.compared.words()), found.bits, found.parts, within=here)

    def _ask(
        self, own: str, other: str, because: Sequence[str], bits: float | None, parts: Sequence[Part], *,
        within: str | None = None,
    ) -> None:
        pair = (own, other) if own < other else (other, own)
        self._doubts[pair] = (*pair, because, self._at, Doubt.OPEN, "", bits, _told(parts), self._model.digest, within)


def _told(parts: Sequence[Part]) -> list[dict[str, str | float]]:
    return [part.told() for part in parts]


def _join(joinings: Sequence[tuple[object, ...]]) -> None:
    """Move identities to their persons, let emptied persons resolve to them, and keep why.

    What officers recorded on our pages of a person goes along with the record that brought the child.
    """
    if not joinings:
        return
    ids, sources, targets = ([joining[n] for joining in joinings] for n in range(3))
    along = [(id_, source) for id_, source, asked in often(MOVE, [ids, sources, targets, OWN_PAGES]) if not asked]
    moved = {joining[1]: joining for joining in joinings}
    rows = [*joinings, *((id_, *moved[str(source)][1:]) for id_, source in along)]
    often(JOINED, [sources, targets, targets, document(JOINING_COLUMNS, rows)])


MOVE = """
with asked as (select * from unnest(%s::uuid[], %s::uuid[], %s::uuid[]) as a(id, source, target)),
moving as (
  select id, source, target, true as asked from asked
  union all
  select i.id, a.source, a.target, false from asked a join people_identity i on i.person_id = a.source
  where i.scheme = %s)
update people_identity i set person_id = m.target from moving m where i.id = m.id returning i.id, m.source, m.asked
"""
# From the few records of a person to their doubts, never the other way (that is what "offset 0" holds): while much
# arrives at once the database knows not yet how many doubts there are, and would look through them all each time.
#
# What follows where identities moved: persons left without any resolve to where they went; doubts settle that nobody
# answered and of which both sides belong to one person by now; and why each moved is kept.
JOINED = f"""
with emptied as (
  update people_person p set merged_into_id = w.target from unnest(%s::uuid[], %s::uuid[]) as w(source, target)
  where p.id = w.source and not exists (select 1 from people_identity i where i.person_id = p.id)),
members as (select id, person_id from people_identity where person_id = any(%s::uuid[])),
settled as (
  delete from people_doubt where id in (
    select d.id from members a
    cross join lateral (select * from people_doubt where one_id = a.id offset 0) d
    join members b on b.id = d.other_id and b.person_id = a.person_id
    where d.answer = 'open' and d.within_id is null))
insert into people_joining ({", ".join(name for name, _ in JOINING_COLUMNS)})
select {", ".join(name for name, _ in JOINING_COLUMNS)} from {told_rows(JOINING_COLUMNS)}
"""  # nosec B608: constants only
ASK = """
with asked as (
  select distinct on (least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), told.within_id)
    told.*, a.person_id as one_person, b.person_id as other_person
  from {told} join people_identity a on a.id = told.one_id join people_identity b on b.id = told.other_id
  where told.within_id is not null or a.person_id <> b.person_id
  order by least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), told.within_id, told.bits desc,
    told.one_id, told.other_id)
insert into people_doubt (one_id, other_id, because, opened_at, answer, reason, bits, parts, model, within_id)
select one_id, other_id, because, opened_at, answer, reason, bits, parts, model, within_id from asked
where case when within_id is not null then not exists (
    -- What a human joined or was asked about before is not asked again because of a comparison.
    select 1 from people_doubt d where d.one_id in (asked.one_id, asked.other_id)
      and d.other_id in (select i.id from people_identity i where i.person_id = asked.within_id)
    union all
    select 1 from people_doubt d where d.other_id in (asked.one_id, asked.other_id)
      and d.one_id in (select i.id from people_identity i where i.person_id = asked.within_id))
  else not exists (
    select 1 from people_identity a
    cross join lateral (select other_id from people_doubt where one_id = a.id offset 0) d
    join people_identity b on b.id = d.other_id
    where a.person_id in (one_person, other_person) and b.person_id in (one_person, other_person)
      and a.person_id <> b.person_id) end
on conflict (one_id, other_id) do nothing
"""


def _ask(doubts: Sequence[tuple[object, ...]]) -> None:
    """Ask once about two persons, whichever of their records made us ask, and never again what a human answered."""
    if doubts:
        often(ASK.format(told=told_rows(DOUBT_COLUMNS)), [document(DOUBT_COLUMNS, doubts)])
