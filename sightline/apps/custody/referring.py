"""Draft the referral of every arrest of a child as it is read, keep its words right until it goes, let facts end it.

A referral holds what its force may tell and nothing else: the words are written from the entries that the force told or
that were shared with it, and the signs are read anew from these alone.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook
from sightline.apps.people.queries import Said, best_name, said_of
from sightline.domain.custody.referral import (
    Addressee,
    Arrested,
    Ground,
    ReferralState,
    addressees,
    arrests,
    no_child,
    sections,
    sends_at,
    told_late,
)
from sightline.domain.duties.claims.custody import POLICE_SOURCE
from sightline.domain.duties.retelling import retold
from sightline.domain.responsibility.answer import Answer
from sightline.domain.responsibility.country import COUNTRY
from sightline.domain.responsibility.facts import FactsRefused
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

FORCES = (AgencyKind.POLICE.value, AgencyKind.TRANSPORT_POLICE.value)
CARING = (AgencyKind.COUNCIL.value, AgencyKind.HEALTH.value)
DRAFTED, SENT, ENDED, LATE = (state.value for state in (
    ReferralState.DRAFTED, ReferralState.SENT, ReferralState.ENDED, ReferralState.TOLD_LATE))

Answering = Callable[[Timeline, Entry], Answer]

HELD = """
select arrest_id::text, id, person_id, agency_id, state, rule, words::text, referred_at,
  array(select t.name from custody_referralto t where t.referral_id = r.id order by t.id)
from custody_referral r where person_id = any(%s::uuid[]) or arrest_id = any(%s::uuid[])
order by id for no key update
"""
# Who told an arrest, of which identity, and when it became known: the first telling, which names the event.
SOURCES = """
select e.id::text, e.told_by_id, e.identity_id, e.recorded_at from record_entry e where e.id = any(%s::uuid[])
"""
# What a force may read of a child whose whole record is not its own to see: the rule of record_entry, for the worker.
SIGHT = """
select distinct w.person, w.agency, coalesce(e.event_id, e.id)::text
from unnest(%s::uuid[], %s::int[]) as w(person, agency)
  join people_identity i on i.person_id = w.person join record_entry e on e.identity_id = i.id
where e.told_by_id = w.agency or exists (
  select 1 from record_share s where s.entry_id = e.id and s.agency_id = w.agency and s.until > %s
    and not exists (select 1 from record_shareend x where x.share_id = s.id))
"""
REFERRAL_COLUMNS = (
    ("arrest_id", "uuid"), ("identity_id", "uuid"), ("person_id", "uuid"), ("agency_id", "int"), ("state", "text"),
    ("arrested_at", "timestamptz"), ("known_at", "timestamptz"), ("rule", "text"), ("words", "jsonb"),
    ("drafted_at", "timestamptz"), ("sends_at", "timestamptz"), ("ended_because", "text"),
    ("referred_at", "timestamptz"),
)
TO_COLUMNS = (("referral_id", "uuid"), ("name", "text"), ("agency_id", "int"), ("because", "text"))
WORDS_COLUMNS = (("id", "uuid"), ("rule", "text"), ("words", "jsonb"))
REHANG = """
update custody_referral r set person_id = i.person_id from people_identity i
where i.id = r.identity_id and r.person_id <> i.person_id and r.id = any(%s::uuid[])
"""
LINK = """
update custody_referral r set event_id = e.id from responsibility_safetyevent e
where r.event_id is null and r.person_id = any(%s::uuid[]) and e.person_id = r.person_id
  and (e.ground_id = r.arrest_id or e.opened_by_id = r.arrest_id)
"""
END = """
update custody_referral r set state = 'ended', ended_at = %s, ended_because = w.because
from unnest(%s::uuid[], %s::text[]) as w(id, because)
where r.id = w.id and r.state = 'drafted' and sightline_referral_lost_its_ground(r)
"""
GO_ON = """
update custody_referral r set state = 'drafted', ended_at = null, ended_because = ''
where r.id = any(%s::uuid[]) and r.state = 'ended' and not sightline_referral_lost_its_ground(r)
"""
REFERRED = """
update custody_referral r set referred_at = w.at from unnest(%s::uuid[], %s::timestamptz[]) as w(id, at)
where r.id = w.id and r.state = 'told-late'
"""


@dataclass(frozen=True, slots=True)
class _Held:
    id: UUID
    person: UUID
    agency: int
    state: str
    rule: str
    words: list[Any]
    referred_at: datetime | None
    to: list[str]


@dataclass(frozen=True, slots=True)
class _Told:
    agency: int
    identity: UUID
    known_at: datetime


@dataclass(frozen=True, slots=True)
class _Draft:
    rule: str
    words: list[dict[str, Any]]
    to: tuple[tuple[str, int | None, str], ...]


def keep(timelines: Mapping[UUID, Timeline], *, answering: Answering, book: AgencyBook, at: datetime) -> None:
    """Draft what is new, put right what has not gone, end what facts end; `answering` answers who must be told.

    The safety events of these persons are kept already. May be repeated: an arrest has one referral.
    """
    found = {entry.id: (person, entry) for person, timeline in timelines.items() for entry in arrests(timeline)}
    held = _held(list(timelines), list(found))
    if not found and not held:
        return
    with connection.cursor() as cursor:
        cursor.execute(REHANG, [array(row.id for row in held.values())])
    new = _new({key: one for key, one in found.items() if key not in held}, timelines, book=book)
    standing = {key: row for key, row in held.items() if key in found}
    ended = _end([(row, _ground(found.get(key), timelines)) for key, row in held.items()
                  if row.state in (DRAFTED, ENDED) and (key in found or row.person in timelines)], at=at)
    redrafted = {key: row for key, row in standing.items() if row.id not in ended and row.state in (DRAFTED, SENT)
                 and not told_late(found[key][1], known_at=at)}
    fresh = {key: told for key, told in new.items() if not told_late(found[key][1], known_at=at)}
    forces = {key: row.agency for key, row in redrafted.items()} | {key: told.agency for key, told in fresh.items()}
    drafts = _drafts({key: (*found[key], force) for key, force in forces.items()}, timelines, answering=answering,
                     book=book, at=at)
    _insert(new, found, drafts, timelines, at=at)
    _put_right(redrafted, drafts)
    _told_otherwise({key: row for key, row in standing.items() if row.state == LATE}, found, timelines)
    with connection.cursor() as cursor:
        cursor.execute(LINK, [array(timelines)])


def _held(people: Sequence[UUID], keys: Sequence[str]) -> dict[str, _Held]:
    """Give what is kept for these persons and of these arrests; nobody sends it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [array(people), list(keys)])
        return {key: _Held(id_, person, agency, state, rule, json.loads(words), referred_at, to)
                for key, id_, person, agency, state, rule, words, referred_at, to in cursor.fetchall()}


def _new(
    arrested: Mapping[str, tuple[UUID, Entry]], timelines: Mapping[UUID, Timeline], *, book: AgencyBook
) -> dict[str, _Told]:
    """Give who told each arrest that has no referral: of a child, by a force, and told for the first time."""
    wanted = {key: person for key, (person, entry) in arrested.items() if not no_child(timelines[person], entry)}
    again = {id_ for person in set(wanted.values()) if len(arrests(timelines[person])) > 1
             for id_ in retold(arrests(timelines[person]))}
    keys = [key for key in wanted if key not in again]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [keys])
        return {row[0]: _Told(*row[1:]) for row in cursor.fetchall() if book.by_id[row[1]].kind in FORCES}


def _ground(found: tuple[UUID, Entry] | None, timelines: Mapping[UUID, Timeline]) -> Ground | None:
    if found is None:
        return Ground.NO_ARREST
    return Ground.NO_CHILD if no_child(timelines[found[0]], found[1]) else None


def _end(rows: Iterable[tuple[_Held, Ground | None]], *, at: datetime) -> set[UUID]:
    """End what has lost its ground, and let go on what has it again; give what stands ended."""
    lost = [(row, ground) for row, ground in rows if ground is not None or row.state == ENDED]
    ending = [(row.id, ground.value) for row, ground in lost if ground is not None and row.state == DRAFTED]
    back = [row.id for row, ground in lost if ground is None]
    with connection.cursor() as cursor:
        if ending:
            cursor.execute(END, [at, [id_ for id_, _ in ending], [because for _, because in ending]])
        if back:
            cursor.execute(GO_ON, [back])
    return {row.id for row, ground in lost if ground is not None}


def _drafts(
    wanted: Mapping[str, tuple[UUID, Entry, int]], timelines: Mapping[UUID, Timeline], *, answering: Answering,
    book: AgencyBook, at: datetime,
) -> dict[str, _Draft]:
    """Write the referral of each arrest from what its force may read."""
    if not wanted:
        return {}
    people = list({person for person, _, _ in wanted.values()})
    said, sight = said_of(people), _sight({(person, force) for person, _, force in wanted.values()}, at=at)
    drafts = {}
    for key, (person, entry, force) in wanted.items():
        seen = Timeline.of(str(person), (e for e in timelines[person] if e.id in sight[person, force]))
        given = answering(timelines[person], entry)
        to = _councils(addressees(given), book)
        child = _child([one for one in said.get(person, []) if one.agency == book.by_id[force].name], seen, entry)
        written = sections(entry, child=child, seen=seen, signs=read(seen, at=at).signs,
                           sent_to=[name for name, _, _ in to])
        drafts[key] = _Draft(given.rule, [
            {"title": one.title, "lines": list(one.lines)} for one in written], to)
    return drafts


def _sight(pairs: Iterable[tuple[UUID, int]], *, at: datetime) -> dict[tuple[UUID, int], set[str]]:
    found: dict[tuple[UUID, int], set[str]] = {pair: set() for pair in pairs}
    with connection.cursor() as cursor:
        cursor.execute(SIGHT, [[person for person, _ in found], [agency for _, agency in found], at])
        for person, agency, entry in cursor.fetchall():
            found[person, agency].add(entry)
    return found


def _councils(named: Iterable[Addressee], book: AgencyBook) -> tuple[tuple[str, int | None, str], ...]:
    """Give the councils (and trusts) among those named, each with its agency where it works here."""
    found: dict[str, tuple[str, int | None, str]] = {}
    for one in named:
        agency = book.council(one.name) or book.named(one.name)
        if agency is not None and agency.kind in CARING:
            found.setdefault(agency.name, (agency.name, agency.id, one.because))
        elif agency is None and book.force(one.name) is None and _is_council(one.name):
            found.setdefault(one.name, (one.name, None, one.because))
    return tuple(found.values())


def _is_council(name: str) -> bool:
    try:
        return bool(COUNTRY.area(name))
    except FactsRefused:
        return False


def _child(said: Sequence[Said], seen: Timeline, arrest: Entry) -> Arrested:
    home = seen.home_at(arrest.at)
    return Arrested(
        name=best_name(said), born_on=next((one.born_on for one in said if one.born_on), None),
        sex=next((one.sex for one in said if one.sex), None),
        home=", ".join(filter(None, (home.postcode, home.council))) if home else None)


def _insert(
    new: Mapping[str, _Told], found: Mapping[str, tuple[UUID, Entry]], drafts: Mapping[str, _Draft],
    timelines: Mapping[UUID, Timeline], *, at: datetime,
) -> None:
    rows = []
    for key, told in new.items():
        person, entry = found[key]
        draft = drafts.get(key)
        clock = None if draft is None else sends_at(told.known_at)
        rows.append((
            UUID(key), told.identity, person, told.agency, LATE if draft is None else DRAFTED, entry.starts,
            told.known_at, draft.rule if draft else "", draft.words if draft else [], at, clock, "",
            None if draft else _referred_at(timelines[person], entry)))
    made = insert("custody_referral", REFERRAL_COLUMNS, rows,
                  ending="on conflict (arrest_id) do nothing returning arrest_id::text, id")
    insert("custody_referralto", TO_COLUMNS, [
        (id_, *one) for key, id_ in made if key in drafts for one in drafts[key].to],
        ending="on conflict (referral_id, name) do nothing")


def _put_right(held: Mapping[str, _Held], drafts: Mapping[str, _Draft]) -> None:
    """Let drafts say what is known by now, and go where the child is known to belong by now.

    What was sent stays as it was; a council that turns out to have a part is told of it, too.
    """
    changed = [(row.id, drafts[key].rule, drafts[key].words) for key, row in held.items()
               if row.state == DRAFTED and (row.rule, row.words) != (drafts[key].rule, drafts[key].words)]
    gone = [(row.id, name) for key, row in held.items() if row.state == DRAFTED
            for name in row.to if name not in {one[0] for one in drafts[key].to}]
    more = [(row.id, *one) for key, row in held.items() for one in drafts[key].to if one[0] not in row.to]
    with connection.cursor() as cursor:
        if changed:
            cursor.execute(
                f"update custody_referral r set rule = told.rule, words = told.words from {told_rows(WORDS_COLUMNS)}"  # nosec B608
                " where r.id = told.id and r.state = 'drafted'", [document(WORDS_COLUMNS, changed)])
        if gone:
            cursor.execute("delete from custody_referralto t using unnest(%s::uuid[], %s::text[]) as w(id, name)"
                           " where t.referral_id = w.id and t.name = w.name and t.sent_at is null",
                           [[id_ for id_, _ in gone], [name for _, name in gone]])
    insert("custody_referralto", TO_COLUMNS, more, ending="on conflict (referral_id, name) do nothing")


def _told_otherwise(
    held: Mapping[str, _Held], found: Mapping[str, tuple[UUID, Entry]], timelines: Mapping[UUID, Timeline]
) -> None:
    """Keep when the force was told to have referred a child whose arrest became known too late to do it here."""
    referred = {row.id: at for key, row in held.items()
                if (at := _referred_at(timelines[found[key][0]], found[key][1])) != row.referred_at}
    if referred:
        with connection.cursor() as cursor:
            cursor.execute(REFERRED, [list(referred), list(referred.values())])


def _referred_at(timeline: Timeline, arrest: Entry) -> datetime | None:
    """Give when police referred the child after an arrest, as was told: the next referral from them."""
    return next((entry.starts for entry in timeline.kinds("care.referral")
                 if entry.starts >= arrest.starts and str(entry.facts.get("source")) == POLICE_SOURCE), None)
