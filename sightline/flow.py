"""The story on one page: receive, sort, attribute, append, say who protects, read signs, start duties, ask of places.

Every stage takes ids and may be repeated: a file that was killed half-way is begun again and finished, nothing twice;
news of a child that was not read is read by whoever comes next.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from sightline.apps.access import halves
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import AgencyBook, agency_book
from sightline.apps.circle import keeping as circle
from sightline.apps.circle import telling as addresses
from sightline.apps.custody import keeping as custody
from sightline.apps.custody import recording as custody_records
from sightline.apps.custody import referring
from sightline.apps.custody.counting import keep_charges
from sightline.apps.disclosure import keeping as disclosure
from sightline.apps.duties import actions as duties
from sightline.apps.duties.queries import frozen_of
from sightline.apps.intake import actions as intake
from sightline.apps.intake.queries import SubmissionFacts, content_of, same_file_before, submission
from sightline.apps.offenders import actions as offenders_told
from sightline.apps.offenders import joining
from sightline.apps.offenders import reading as offenders
from sightline.apps.operations import keeping as operations
from sightline.apps.people import actions as people
from sightline.apps.people import parts
from sightline.apps.people.answers import carry_out
from sightline.apps.places import finding as places
from sightline.apps.places import stays as stays_kept
from sightline.apps.record import actions as record
from sightline.apps.record.queries import agencies_shared_with, agencies_that_told, timelines_of
from sightline.apps.responsibility import actions as responsibility
from sightline.apps.responsibility import packs, plans
from sightline.apps.responsibility.activity import is_active
from sightline.apps.responsibility.queries import handed_to, protecting
from sightline.apps.responsibility.sites import kept_sites
from sightline.apps.signs import actions as signs
from sightline.apps.signs import relinked
from sightline.apps.signs.lives import lives_of
from sightline.apps.signs.measuring import shown_in
from sightline.apps.signs.ours import ours_of
from sightline.apps.signs.queries import wrong_signs
from sightline.domain.circle.touching import Touch, names_any, touches
from sightline.domain.custody.steps_told import steps_told
from sightline.domain.custody.told import charges_told, releases_told
from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clocks import Where
from sightline.domain.duties.life import Life
from sightline.domain.duties.living import nation_of
from sightline.domain.duties.nations import read_nation
from sightline.domain.duties.owed import Owed, owed_and_refused
from sightline.domain.duties.plans import plans_told
from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.lengths import within_lengths
from sightline.domain.intake.row import Fault, FileRefused, Sender, SortedRow, Told, Withdrawn
from sightline.domain.operations.parts import parts_told
from sightline.domain.people.involvement import involved
from sightline.domain.places.firsts import first_sign
from sightline.domain.places.stays import stays
from sightline.domain.responsibility.answer import Answer
from sightline.domain.responsibility.opening import STEPS as MOVES
from sightline.domain.responsibility.opening import SafetyEvent, answer_of_arrest, safety_events
from sightline.domain.responsibility.sites import NO_SITES, Sites
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.exploited import exploited_on
from sightline.domain.signs.household import told_elsewhere
from sightline.domain.signs.known import Known
from sightline.domain.signs.population import whole_of
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.offender import FEED as OFFENDERS
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline

ROWS_A_BATCH = 500
MOST_ROWS_HELD = 5_000
"""The rows of a file up to this size are held in memory between survey and keeping (some 3 kB a row)."""
PEOPLE_A_BATCH = 200
OFFENDERS_A_BATCH = 200
TRY_AGAIN_AFTER = timedelta(hours=1)
SCHOOLS_A_LOOK = 50
MOST_FAULTS_KEPT = 10_000
CALENDARS = Calendars()

_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """Hold how many rows a file has, its reader's mark, and the sorted rows where they are few enough to be held."""

    rows: int
    reader: UUID
    held: Sequence[SortedRow] | None


def receive(*, stream: BinaryIO, feed: str, agency: int, officer: UUID | None, file_name: str, at: datetime) -> int:
    """Keep a file as it came; the caller says who sends, and opens the transaction."""
    return intake.receive(stream=stream, feed=feed, agency=agency, officer=officer, file_name=file_name, at=at)


def work_through(submission_id: int, *, at: Callable[[], datetime], progress: Progress) -> SubmissionFacts:
    """Read a file as its only reader, to its end, and give how it went; a file that has been read stays as it is.

    Raises ReadBySomebodyElse: another process reads it just now, and will finish it or leave it to whoever comes next.
    """
    with intake.only_reader(submission_id):
        return _work_through(submission_id, at=at, progress=progress)


def _work_through(submission_id: int, *, at: Callable[[], datetime], progress: Progress) -> SubmissionFacts:
    """Sort a file's rows and attribute and append each, batch by batch; give how it went.

    The whole file is sorted before anything of it is kept, to find out whether it can be trusted at all. The rows of a
    small file are remembered meanwhile; a large one is sorted again, so that memory stays bounded.
    """
    with at_task("import"):
        file = _file(submission_id)
        if file.done_at is not None:
            return file
        before = same_file_before(submission_id)
        if before is not None:
            intake.pass_over(submission_id, before=before.id, at=at())
            return _file(submission_id)
    try:
        surveyed = _survey(file)
    except FileRefused as refused:
        with at_task("import"):
            intake.refuse(submission_id, because=refused.because, at=at())
            return _file(submission_id)
    return _keep_all(file, surveyed, at=at, progress=progress)


def _keep_all(
    file: SubmissionFacts, surveyed: _Surveyed, *, at: Callable[[], datetime], progress: Progress
) -> SubmissionFacts:
    done = 0
    for batch in _batches(_sorted(file) if surveyed.held is None else surveyed.held, ROWS_A_BATCH):
        _keep(file, batch, reader=surveyed.reader, at=at())
        done += len(batch)
        progress(done, surveyed.rows)
    with at_task("import"):
        intake.finish(file.id, at=at())
        return _file(file.id)


def _file(submission_id: int) -> SubmissionFacts:
    file = submission(submission_id)
    if file is None:
        raise LookupError("There is no such file.")
    return file


def read_news(*, at: Callable[[], datetime], progress: Callable[[int], None] = lambda people: None) -> int:
    """Read everybody of whom something new is held, and give how many that were.

    Managed offenders come first: near whom one comes to be, or is no longer, is read after it. News
    of who cannot be read waits, as old as it is, and holds up nobody else.
    """
    total = 0
    books: list[AgencyBook] = []
    _read_offenders(books, at=at)
    unread: set[UUID] = set()
    while True:
        with at_task("read"):
            news = record.take_news(most=PEOPLE_A_BATCH, besides=unread)
            if not news:
                return total
            failed = halves.each(sorted(news), lambda some: read(some, book=_opened(books), at=at()))
            for person in failed:
                record.note_news([person], at=news[person])
        unread |= set(failed)
        total += len(news) - len(failed)
        progress(total)


def _read_offenders(books: list[AgencyBook], *, at: Callable[[], datetime]) -> None:
    """Read every managed offender of whom something was told or a clock turned; who cannot be read is tried later."""
    while True:
        with at_task("offenders"):
            ids = offenders.take(most=OFFENDERS_A_BATCH, at=at())
            if not ids:
                return
            failed = halves.each(sorted(ids), lambda some: offenders.read(some, book=_opened(books), at=at()))
            offenders.put_off(failed, until=at() + TRY_AGAIN_AFTER)


def _opened(books: list[AgencyBook]) -> AgencyBook:
    """Give the book of agencies, opened with the first who is read."""
    if not books:
        books.append(agency_book())
    return books[0]


def look_again(people: Sequence[UUID], *, at: datetime) -> None:
    """Read persons again whom time alone may show otherwise; who cannot be read waits among the news.

    All in one transaction, which the caller opens.
    """
    book = agency_book()
    failed = halves.each(sorted(people), lambda some: read(some, book=book, at=at))
    record.note_news(failed, at=at)
    signs.look_later(failed, until=at + TRY_AGAIN_AFTER)


def ask_of_places(*, at: Callable[[], datetime]) -> None:
    """Look at every school of which something changed, for first signs of several pupils after an arrival.

    It is asked after the reading, by itself: a look takes longer the more pupils a school has, and no notice about a
    child waits for it.
    """
    while True:
        with at_task("places"):
            schools = places.take(most=SCHOOLS_A_LOOK)
            if not schools:
                return
            places.look(schools, book=agency_book(), at=at())


def read_after_switch(code: str, *, area: int, at: Callable[[], datetime]) -> None:
    """Read everybody again on whom a sign is shown that a council has just switched off, or on."""
    with at_task("switch"):
        record.note_news(shown_in(area=area, code=code), at=at())
    read_news(at=at)


def settle(doubt: UUID, *, at: Callable[[], datetime]) -> None:
    """Carry out what a person answered to a doubt, tell who acted on a wrong link, and read everybody whom it moved.

    Of a child on whom somebody works, a second officer is asked first, and told that something waits.
    """
    with at_task("settle"):
        carried = carry_out(doubt, active=is_active, at=at())
        record.note_news(carried.people, at=at())
        relinked.ask_for_second(doubt, book=agency_book(), at=at())
        if carried.split is not None:
            relinked.tell(carried.split, book=agency_book(), at=at())
    read_news(at=at)


def read(ids: Sequence[UUID], *, book: AgencyBook, at: datetime, rules: Sequence[Rule] = RULES) -> None:
    """Read persons' timelines: who protects, who has a part, which signs show, what is owed, what is handed over.

    All in one transaction, which the caller opens.
    """
    record.hold(ids)
    timelines = timelines_of(ids)
    told = agencies_that_told(ids)
    shared, handed = agencies_shared_with(ids), handed_to(ids)
    sites = kept_sites() if any(_names_a_suite(t) for t in timelines.values()) else NO_SITES
    responsibility.keep({p: _safety(t, sites=sites, at=at) for p, t in timelines.items()}, book=book, told=told, at=at)
    custody.keep({p: releases_told(t) for p, t in timelines.items()}, at=at)
    custody_records.keep({p: steps_told(t) for p, t in timelines.items()})
    keep_charges({p: charges_told(t) for p, t in timelines.items()})
    operations.keep({p: parts_told(t) for p, t in timelines.items()})
    referring.keep(timelines, answering=partial(_arrest_answered, sites=sites, at=at), book=book, at=at)
    now = protecting(ids)
    lives = {p: parts.Life(told[p], shared[p] | handed[p], now[p], involved(t)) for p, t in timelines.items()}
    parts.keep_parts(lives, book=book, at=at)
    wrong, frozen = wrong_signs(ids), frozen_of(ids)
    touched = {p: _touched(t, book=book, at=at) for p, t in timelines.items()}
    circle.keep(touched, at=at)
    circles = circle.circles_of([p for p, told in touched.items() if told], at=at)
    near = joining.keep_children(timelines, book=book, at=at)
    rests = {p: life._replace(circle=circle.circle_in(circles, p), near=near.get(p, ()))
             for p, life in lives_of(timelines, at=at).items()}
    wholes = {p: whole_of(life, at=at, rules=rules) for p, life in rests.items()}
    circle.keep_exploited({p: exploited_on(wholes[p].known, wholes[p].held, wrong=wrong.get(p, {}))
                           for p, told in touched.items() if told}, at=at)
    addresses.tell({p: told_elsewhere(wholes[p].known) for p in ids if str(p) in circles}, book=book, at=at)
    readings = {p: whole.reading for p, whole in wholes.items()}
    owing = {p: _owed(t, reading=readings[p], frozen=frozen.get(p, ()), at=at) for p, t in timelines.items()}
    duties.keep({p: owed.duties for p, owed in owing.items()}, book=book, told=told, at=at)
    plans.keep({p: plans_told(t) for p, t in timelines.items()}, book=book, at=at)
    disclosure.keep(ids, book=book, at=at)
    shown = readings | {p: whole_of(rests[p]._replace(ours=ours), at=at, rules=rules).reading
                        for p, ours in ours_of(ids, at=at).items()}
    signs.keep({p: (reading, _look_again(reading, owing[p])) for p, reading in shown.items()}, at=at)
    firsts = {p: first_sign(whole.held, wrong=wrong.get(p, {})) for p, whole in wholes.items()}
    named = stays_kept.named_in(book)
    stays_kept.keep({p: stays(w.known, w.held, first=firsts[p], named=named) for p, w in wholes.items()})
    packs.keep({p: packs.Record(t, readings[p].signs, owing[p].duties) for p, t in timelines.items()}, book=book, at=at)


def _touched(timeline: Timeline, *, book: AgencyBook, at: datetime) -> tuple[Touch, ...]:
    """Give what a child's record names that other children's may name: most name nothing."""
    if not names_any(timeline):
        return ()

    def named(by: str) -> str:
        agency = book.named(by.strip())
        return by if agency is None else str(agency.id)

    return touches(timeline.child, Known.of(timeline, at=at.astimezone(UTC)).entries, named=named)


def _names_a_suite(timeline: Timeline) -> bool:
    return any("custody_suite" in entry.facts for entry in timeline)


def _safety(timeline: Timeline, *, sites: Sites, at: datetime) -> tuple[SafetyEvent, ...]:
    if not any(entry.kind in MOVES for entry in timeline):
        return ()
    return safety_events(_life(timeline, at=at), sites=sites)


def _arrest_answered(timeline: Timeline, arrest: Entry, *, sites: Sites, at: datetime) -> Answer:
    return answer_of_arrest(_life(timeline, at=at), arrest, sites=sites)


def _life(timeline: Timeline, *, at: datetime) -> Life:
    return Life.known_at(timeline, at=at, where=Where(read_nation(nation_of(timeline)), CALENDARS))


def _owed(timeline: Timeline, *, reading: Reading, frozen: Iterable[Duty], at: datetime) -> Owed:
    return owed_and_refused(timeline, at=at, nation=nation_of(timeline), calendars=CALENDARS, reading=reading,
                            frozen=frozen)


def _look_again(reading: Reading, owed: Owed) -> datetime | None:
    """Give when the same entries may show or owe something else: a sign ends, a limit passes."""
    instants = [reading.look_again_at, *(duty.look_again_at for duty in owed.duties)]
    return min((instant for instant in instants if instant is not None), default=None)


def _survey(file: SubmissionFacts) -> _Surveyed:
    """Sort the whole file, and keep its faults and nothing else."""
    faults: list[Fault] = []
    held: list[SortedRow] = []
    rows = turned_back = 0
    for row in _sorted(file):
        rows += 1
        turned_back += row.identity is None
        faults += row.faults[:MOST_FAULTS_KEPT - len(faults)] if len(faults) < MOST_FAULTS_KEPT else ()
        if rows <= MOST_ROWS_HELD:
            held.append(row)
        else:
            held.clear()
    with at_task("import"):
        reader = intake.begin(file.id, rows=rows, faults=faults, turned_back=turned_back)
    return _Surveyed(rows, reader, held if rows <= MOST_ROWS_HELD else None)


def _sorted(file: SubmissionFacts) -> Iterator[SortedRow]:
    sender = Sender(file.agency_name, file.agency_kind, file.agency_code or None)
    yield from map(within_lengths, FEEDS[file.feed].sort(content_of(file), sender))


def _keep(file: SubmissionFacts, rows: Sequence[SortedRow], *, reader: UUID, at: datetime) -> None:
    """Attribute and append one batch in one transaction."""
    kept = [row for row in rows if row.identity is not None]
    with at_task("import"):
        if file.feed == OFFENDERS:
            told = offenders_told.Told(file.agency, submission=file.id)
            accepted = len(offenders_told.keep_rows(kept, told=told, at=at))
            intake.advance(file.id, reader=reader, accepted=accepted, already_held=len(kept) - accepted)
            return
        said = people.attribute([r.identity for r in kept if r.identity], agency=file.agency, submission=file.id, at=at)
        tellings = [
            record.Telling(row.number, said.identities[(row.identity.scheme, row.identity.key)], told)
            for row in kept if row.identity is not None
            for told in _placed(row)]
        origin = record.Origin(agency=file.agency, agency_name=file.agency_name, submission=file.id)
        appended = record.append(tellings, origin=origin, at=at)
        new = appended.rows | {
            r.number for r in kept if r.identity and (r.identity.scheme, r.identity.key) in said.newly_said}
        record.note_news_of({said.identities[name] for name in said.newly_said} - appended.identities, at=at)
        record.note_news(said.moved, at=at)
        accepted = sum(row.number in new for row in kept)
        intake.advance(file.id, reader=reader, accepted=accepted, already_held=len(kept) - accepted)


def _placed(row: SortedRow) -> Iterator[Told | Withdrawn]:
    """Give what a row tells, each place with what follows from its postcode; withdrawals first."""
    yield from row.withdrawn
    for told in row.told:
        yield told if told.place is None else replace(told, place=locate(told.place))


def _batches(rows: Iterable[SortedRow], size: int) -> Iterator[list[SortedRow]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
