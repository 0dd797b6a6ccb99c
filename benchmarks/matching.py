"""Measure match on write: records that arrive while so many are known, one by one, in bulk and searched for.

Cold is a database that was just started; warm is one that has read its tables and indexes once, as far as its memory
holds them: what others do with the machine's memory changes nothing then. Before all, an empty question to the database
is measured: no arrival takes less than it asks questions.

The known are invented as benchmarks/invented_records.py invents them, and are copied straight into the tables with the
keys that attributing would have given them, each with the person of its child. Of every child's records one in some
hundreds is held back: these arrive. The aims are those of ten million known records on two cores: matching p50 1 ms,
p99 5 ms warm, 15 ms cold; 1,000 arrivals a second in bulk; a search p95 100 ms at a million.

Quick: 100,000 known. FULL=1: one million and ten million, which takes some half an hour and 12 GB of disk.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

import psycopg

from benchmarks.end_to_end import Stages
from benchmarks.installation import Row, measured_apart, new_installation, tell
from benchmarks.invented_records import Record, ready, records
from benchmarks.officers import keep, signed_in
from sightline.config.postgres import EmbeddedPostgres
from sightline.demonstration.mistakes import mistyped
from sightline.domain.linkage.births import nearly
from sightline.domain.linkage.keys import stored_keys
from sightline.domain.vocabulary.identity import Identity
from sightline.interfaces.jobs.worker import stay_light

QUICK, FULL = (100_000,), (1_000_000, 10_000_000)
CHILDREN_A_PIECE = 40_000
RECORDS_A_CHILD = 2.5
HELD_BACK, COLD = 3_000, 1_000
"""So many records arrive one by one, the first of them cold."""
IN_BULK = 5_000
"""So many arrive in files read one after another, and as many in files of which two are read at once."""
SEARCHES, SEARCHED_UP_TO = 300, 1_000_000
A_FILE = 500
KINDS = {"school": "school", "social care": "council", "police": "police", "health": "health",
         "youth justice": "council", "charity": "charity"}
SCHEMES = {"police": "police-record", "social care": "care", "youth justice": "youth-justice"}
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arriving:
    """Hold a record that was held back, and the person of its child."""

    record: Record
    key: str
    person: UUID

    @property
    def kind(self) -> str:
        """Give the kind of agency that tells it."""
        return self.record.kind

    def told(self) -> Identity:
        """Give it as a feed tells it."""
        record = self.record
        return Identity(_scheme(record), self.key, given=record.given, family=record.family, born_on=record.born_on,
                        sex=record.sex, identifiers=record.identifiers, postcode=record.home, school=record.school,
                        carers=record.carers, phones=record.phones)


Files = dict[tuple[str, str], str]
PERSONS = ("people_person", "id, made_at")
IDENTITIES = ("people_identity", "id, agency_id, scheme, key, person_id, keys")
DESCRIPTIONS = (
    "people_description",
    ("identity_id, digest, given, family, also_known_as, born_on, sex, identifiers, postcode, school, carers, phones,"
     " told_at"))


NO_ID = UUID(int=0)
WARMING = (
    "count(scheme) from people_identity where keys @> '{}'",
    *(f"count({told}) from {table} where {column} >= '{NO_ID}'" for told, table, column in (
        ("scheme", "people_identity", "id"), ("scheme", "people_identity", "person_id"),
        ("made_at", "people_person", "id"), ("given", "people_description", "identity_id"))),
    "count(scheme) from people_identity where agency_id >= 0",
)


# How each index but that of the ids is taken away, and made again.
INDEXES = """
select case when c.oid is null then format('drop index %%s', i.indexrelid::regclass)
    else format('alter table %%s drop constraint %%I', c.conrelid::regclass, c.conname) end,
  case when c.oid is null then pg_get_indexdef(i.indexrelid) else format('alter table %%s add constraint %%I %%s',
    c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end
from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'u'
where i.indrelid = any(%s::regclass[]) and not i.indisprimary
"""


def measure(*, full: bool) -> list[Row]:
    """Fill a database for each number of known records, and let the others arrive."""
    rows: list[Row] = []
    for known in FULL if full else QUICK:
        searching = [("web", "search", str(known))] if known <= SEARCHED_UP_TO else []
        rows += measured_apart("benchmarks.matching", ("worker", "arrive", str(known)), *searching)
    return rows


def arrive(known: int) -> list[Row]:
    """Measure arrivals with so many records known, in a database of their own."""
    label = f"{known:,} known"
    with new_installation() as server:
        from django.db import connection

        from sightline.apps.people import actions, settling

        agencies = _agencies()
        began = time.perf_counter()
        held = _fill(server, known, agencies)
        rows: list[Row] = [(f"{label}: filling the tables, past matching", time.perf_counter() - began, "s"),
                           *_sizes(server, label)]
        random.Random(3).shuffle(held)
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # its sessions end with the server
        server.stop()
        server.start()
        stay_light()
        rows += [(f"{label}: an empty question to the database, p50", 1_000 * median(_empty_questions()), "ms")]
        stages = Stages()
        stages.watch(actions, "settle", "matching")
        stages.watch(settling, "_join", "joining")
        rows += _one_by_one(f"{label}, cold", held[:COLD], agencies, stages)
        _warm(server)
        rows += _one_by_one(f"{label}, warm", held[COLD:HELD_BACK], agencies, stages)
        alone, together, sought = _cut(held[HELD_BACK:], IN_BULK, IN_BULK, SEARCHES)
        rows += _in_bulk(label, alone, agencies, at_once=1)
        rows += _in_bulk(label, together, agencies, at_once=2)
        _keep_for_search(server, sought, agency=agencies["social care"])
        connection.close()
    return rows


def _empty_questions() -> Iterator[float]:
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.bulk import often
    from sightline.apps.people.weights import weights_in_use

    with at_task("benchmark"):
        weights_in_use()  # a process reads the model once
        for _ in range(1_000):
            began = time.perf_counter()
            often("select 1", [])
            yield time.perf_counter() - began


def _warm(server: EmbeddedPostgres) -> None:
    """Read through every table and index that attributing reads, by its indexes, so that the server keeps the pages."""
    with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
        session.execute("set enable_seqscan = off")
        session.execute("set work_mem = '512MB'")
        for read in WARMING:
            session.execute(f"select {read}")


def _agencies() -> dict[str, int]:
    """Keep the demonstration's agencies; give one for each kind of record."""
    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    ids = keep_partnership(agencies(), today=datetime.now(UTC))
    by_kind = {agency.kind.value: ids[agency.name] for agency in reversed(agencies())}
    return {kind: by_kind[agency] for kind, agency in KINDS.items()}


def _fill(server: EmbeddedPostgres, known: int, agencies: dict[str, int]) -> list[Arriving]:
    """Copy the known into the tables, which have no indexes meanwhile; give the records held back."""
    pieces = max(1, round(known / RECORDS_A_CHILD / CHILDREN_A_PIECE))
    children = round(known / RECORDS_A_CHILD / pieces)
    share = (HELD_BACK + 2 * IN_BULK + SEARCHES) * 1.05 / known
    held: list[Arriving] = []
    with psycopg.connect(server.dsn("administrator")) as session:
        indexes = session.execute(INDEXES, [[table for table, _ in (PERSONS, IDENTITIES, DESCRIPTIONS)]]).fetchall()
        for without, _ in indexes:
            session.execute(without)
        session.execute("set session_replication_role = replica")
        with ProcessPoolExecutor(2) as pool:
            waiting = [pool.submit(_written, piece, children, share, agencies) for piece in range(pieces)]
            for piece in waiting:
                files, back = piece.result()
                held += back
                for (table, columns), file in files.items():
                    with session.cursor().copy(f"copy {table} ({columns}) from stdin") as copy:
                        copy.write(Path(file).read_bytes())
                    Path(file).unlink()
        session.execute("set maintenance_work_mem = '2GB'")
        for _, again in indexes:
            session.execute(again)
    with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
        session.execute("vacuum analyze")
    return held


def _written(piece: int, children: int, share: float, agencies: dict[str, int]) -> tuple[Files, list[Arriving]]:
    """Write a piece of the known into files as COPY reads them; give the files and the records held back."""
    rng = random.Random(piece)
    lines: dict[tuple[str, str], list[str]] = {PERSONS: [], IDENTITIES: [], DESCRIPTIONS: []}
    held: list[Arriving] = []
    persons: set[int] = set()
    for record in records(children, seed=1_000 + piece, after=piece * children):
        key = f"{piece}/{record.number}"
        person, identity = _id("person", piece, record.child.number), _id("identity", piece, record.number)
        if rng.random() < share:
            held.append(Arriving(record, key, person))
            continue
        if record.child.number not in persons:
            persons.add(record.child.number)
            made = BEGIN + timedelta(seconds=record.child.number)
            lines[PERSONS].append(f"{person}\t{made.isoformat()}\n")
        keys = ",".join(map(str, sorted(stored_keys(ready(record)))))
        lines[IDENTITIES].append(f"{identity}\t{agencies[record.kind]}\t{_scheme(record)}\t{key}\t{person}"
                                 f"\t{{{keys}}}\n")
        words = (str(identity), rf"\\x{identity.hex}", record.given, record.family, "{}", record.born_on, record.sex,
                 json.dumps(record.identifiers), record.home, record.school, _array(record.carers),
                 _array(record.phones), BEGIN.isoformat())
        lines[DESCRIPTIONS].append("\t".join(r"\N" if word is None else str(word) for word in words) + "\n")
    files = {}
    for table, written in lines.items():
        with tempfile.NamedTemporaryFile("w", prefix="sightline-benchmark-", delete=False) as file:
            file.writelines(written)
        files[table] = file.name
    return files, held


def _array(words: tuple[str, ...]) -> str:
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def _cut(held: list[Arriving], *sizes: int) -> Iterator[list[Arriving]]:
    """Give the next so many of them for each size; the last may be shorter."""
    for size in sizes:
        part, held = held[:size], held[size:]
        yield part


def _id(kind: str, *numbers: int) -> UUID:
    """Give an id that looks drawn, as those of the database are: it stands in no order."""
    return UUID(bytes=blake2b(repr((kind, *numbers)).encode(), digest_size=16).digest(), version=4)


def _scheme(record: Record) -> str:
    return SCHEMES.get(record.kind, record.kind)


def _one_by_one(
    label: str, arriving: list[Arriving], agencies: dict[str, int], stages: Stages
) -> list[Row]:
    """Let records arrive, each in a transaction of its own; give how long all took, and the matching in it."""
    from sightline.apps.access.acting import at_task
    from sightline.apps.people import actions

    wholes: list[float] = []
    matching: list[float] = []
    for one in arriving:
        began, before = time.perf_counter(), stages.seconds["matching"]
        with at_task("benchmark"):
            actions.attribute([one.told()], agency=agencies[one.kind], submission=None, at=datetime.now(UTC))
        wholes.append(time.perf_counter() - began)
        matching.append(stages.seconds["matching"] - before)
    return [(f"{label}: finding, weighing and deciding on the first arrival", 1_000 * matching[0], "ms"),
            *_times(f"{label}: finding, weighing and deciding on one arrival", matching),
            *_times(f"{label}: one arrival, joined and committed", wholes)]


def _in_bulk(label: str, arriving: list[Arriving], agencies: dict[str, int], *, at_once: int) -> list[Row]:
    """Let records arrive in files of some hundred, each in one transaction, so many read at once."""
    from django.db import connection

    from sightline.apps.access.acting import at_task
    from sightline.apps.people.actions import attribute

    def read(agency: int, told: list[Identity]) -> None:
        with at_task("benchmark"):
            attribute(told, agency=agency, submission=None, at=datetime.now(UTC))

    files: list[tuple[int, list[Identity]]] = []
    for kind in sorted({one.kind for one in arriving}):
        told = [one.told() for one in arriving if one.kind == kind]
        files += [(agencies[kind], told[start:start + A_FILE]) for start in range(0, len(told), A_FILE)]
    random.Random(7).shuffle(files)
    with ThreadPoolExecutor(at_once) as readers:
        began = time.perf_counter()
        list(readers.map(lambda file: read(*file), files))
        took = time.perf_counter() - began
        list(readers.map(lambda _: connection.close(), range(at_once)))
    how = "one after another" if at_once == 1 else f"{at_once} at once, as the worker reads them"
    return [(f"{label}: arrivals in files of {A_FILE}, {how}", len(arriving) / took, "a second")]


def _keep_for_search(server: EmbeddedPostgres, sought: list[Arriving], *, agency: int) -> None:
    """Give an agency a part in every child's life, with an officer, and keep whom the officer seeks."""
    from sightline.apps.access.acting import at_task

    rng = random.Random(5)
    with psycopg.connect(server.dsn("administrator")) as session:
        known = {row[0] for row in session.execute(
            "select id from people_person where merged_into_id is null and id = any(%s)",
            [[one.person for one in sought]])}
        _sought().write_text(json.dumps([
            (mistyped(one.record.given, rng), one.record.family, _half_right(one.record.born_on, rng).isoformat(),
             str(one.person)) for one in sought
            if one.person in known and one.record.given and one.record.family and one.record.born_on]))
        session.execute("set session_replication_role = replica")
        session.execute("insert into people_involvement (person_id, agency_id, part, sees, since)"
                        " select id, %s, 'council where the child lives', 'whole', made_at from people_person",
                        [agency])
    with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
        session.execute("vacuum analyze people_involvement")
    with at_task("benchmark"):
        keep(email="searching", name="Searching", agency=agency, role="social-worker")


def search(known: int) -> list[Row]:
    """Search as that officer, by names and birthdays that are half right."""
    with new_installation():
        from django.db import connection, transaction

        from sightline.apps.access.acting import begin_work
        from sightline.apps.people.queries import find

        ((officer, work, _),) = signed_in()
        times, found = [], 0
        sought = json.loads(_sought().read_text())
        for given, family, born_on, person in sought:
            began = time.perf_counter()
            with transaction.atomic():
                assert begin_work(officer, work, at=datetime.now(UTC))
                hits = find(Identity("", "", given=given, family=family, born_on=date.fromisoformat(born_on)), most=20)
            times.append(time.perf_counter() - began)
            found += UUID(person) in {hit.person for hit in hits}
        connection.close()
    return [*_times(f"{known:,} known: a search with a name mistyped and a birthday half right", times),
            (f"{known:,} known: searches that found the child", 100 * found / len(sought), "%")]


def _sought() -> Path:
    return Path(os.environ["SIGHTLINE_DATA"]) / "sought.json"


def _half_right(day: date, rng: random.Random) -> date:
    """Give another day that does not compare as a different one: swapped, or one digit apart."""
    return rng.choice(sorted(nearly(day)))


def _sizes(server: EmbeddedPostgres, label: str) -> Iterator[Row]:
    kept = " + ".join(f"pg_total_relation_size('{table}')" for table, _ in (PERSONS, IDENTITIES, DESCRIPTIONS))
    with psycopg.connect(server.dsn("administrator")) as session:
        for what, asked, unit in (("records", "count(*) from people_identity", ""),
                                  ("on disk with all indexes", f"({kept}) / 1e9", "GB"),
                                  ("of it the index of keys", "pg_relation_size('identity_keys') / 1e9", "GB")):
            found = session.execute(f"select {asked}").fetchone()
            assert found is not None
            yield f"{label}: {what}", float(found[0]), unit


def _times(what: str, seconds: list[float]) -> list[Row]:
    cuts = quantiles(seconds, n=100)
    return [(f"{what}, p{cut}", 1_000 * cuts[cut - 1], "ms") for cut in (50, 95, 99)]


def main() -> int:
    """Measure in this process, and tell the rows."""
    tell({"arrive": arrive, "search": search}[sys.argv[1]](int(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
