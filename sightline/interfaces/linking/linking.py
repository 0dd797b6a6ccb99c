"""Link the records of files from beginning to end: read, compare, weigh, and make whole persons of what is alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from sightline.domain.vocabulary.identifier import check
from sightline.interfaces.linking import reading
from sightline.interfaces.linking.clustering import LARGEST, Clusters, Places, clusters, components
from sightline.interfaces.linking.comparing import comparisons_of
from sightline.interfaces.linking.distinct import BITS, make_distinct, of_copies, spread
from sightline.interfaces.linking.engine import Engine, OnDuckDB
from sightline.interfaces.linking.keys import add_keys
from sightline.interfaces.linking.patterns import count_patterns, put_weights
from sightline.interfaces.linking.weighing import Weights, read_model, train

THRESHOLD = 2.0
"""Bits from which records are one person: four to one that they are. Chosen while looking at the public sets."""
STEPS = 10
ONE_OF_A_KIND = ("nhs", "pnc", "cro")
"""Numbers of which a person has one: two valid ones are never one person here."""
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """Hold what came of linking: how many records, persons and compared pairs, the weights, and all that to say."""

    records: int
    clusters: int
    pairs: int
    weights: Weights
    words: tuple[str, ...]


def link(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], *, named: Mapping[str, str], told: Told,
    truth: str | None = None, model: str | None = None, threshold: float = THRESHOLD, engine: Engine | None = None,
    twins_apart: bool = False,
) -> Linked:
    """Link the records of all files, within each and across, and leave the table `linked`: `id`, `cluster`.

    `told` is told how far the work has come. `twins_apart` joins nobody of one surname, birthday and home with two
    first names, whatever the weight, unless a number is shared. Raises the refusals of reading and of the model.
    """
    told(0, STEPS)
    read = reading.read(connection, files, named=named, truth=truth)
    # A record is known by its place in its file; from here on order would only cost memory.
    connection.execute("set preserve_insertion_order = false")
    comparisons = comparisons_of(read.columns)
    told(1, STEPS)
    distinct = make_distinct(connection, read.columns, comparisons)
    keyed = add_keys(connection, read.columns, records=distinct)
    told(2, STEPS)
    engine = engine or OnDuckDB(connection)
    engine.compare_by_keys(comparisons, keys=keyed.keys, pairs=keyed.pairs,
                           progress=lambda done, of: told(2 + round(5 * done / of), STEPS))
    if model is not None:
        weights = read_model(model, comparisons)
    else:
        shown = count_patterns(connection, engine, comparisons, keys=keyed.keys, distinct=distinct)
        weights = train(shown.levels, shown.counts, shown.sampled, comparisons, records=read.records)
    told(8, STEPS)
    put_weights(connection, comparisons, weights, of="select distinct pattern from pairs",
                twins_apart=twins_apart)
    joined, twins = _joined(connection, [kind for kind in ONE_OF_A_KIND if kind in read.columns], distinct, threshold)
    told(9, STEPS)
    put_weights(connection, comparisons, weights, of=f"select distinct {of_copies(comparisons)} as pattern "
                                                     "from distinct_records where copies > 1")  # nosec B608
    apart = spread(connection, joined.of, read.columns, comparisons, threshold=threshold)
    told(STEPS, STEPS)
    words = (*read.words, *keyed.words, *_refused(joined, apart, read.empty), *_twins(twins))
    return Linked(read.records, _one(connection, "select count(distinct cluster) from linked"),
                  _one(connection, "select count(*) from pairs"), weights, words)


def _joined(
    connection: duckdb.DuckDBPyConnection, kinds: Sequence[str], distinct: int, threshold: float
) -> tuple[Clusters, int]:
    """Make clusters of the pairs that weigh enough; gives how many of these pairs may be twins."""
    links = connection.execute(f"""
        select l, r, bits, twins from (select l, r, twins, {BITS} as bits from pairs join weights using (pattern))
        where bits >= {threshold} order by l, r""").fetchnumpy()  # nosec B608
    left, right = (np.asarray(links[side], dtype=np.int64) for side in "lr")
    of = components(left, right, distinct)
    copies = connection.execute("select copies from distinct_records order by id").fetchnumpy()["copies"]
    joined = clusters(of, left, right, np.asarray(links["bits"], dtype=float), threshold=threshold,
                      numbers=_numbers(connection, kinds, of), weight=np.asarray(copies, dtype=np.int64))
    return joined, int(np.count_nonzero(links["twins"]))


def _numbers(
    connection: duckdb.DuckDBPyConnection, kinds: Sequence[str], of: Places
) -> dict[int, frozenset[str]]:
    """Give the valid numbers of the records whose component tells more than one of a kind."""
    numbers: dict[int, frozenset[str]] = {}
    connection.register("component", {"id": np.arange(len(of)), "part": of})
    for kind in kinds:
        told = connection.execute(f"""
            with held as (select d.id, d.{kind} as number, part from distinct_records as d
                          join component as c on c.id = d.id where d.{kind} is not null)
            select id, number from held
            where part in (select part from held group by part having min(number) <> max(number))""")  # nosec B608
        for place, number in told.fetchall():
            answer = check(kind, number)
            if answer.valid:
                numbers[place] = numbers.get(place, frozenset()) | {f"{kind} {answer.normal}"}
    connection.unregister("component")
    return numbers


def _refused(joined: Clusters, apart: int, empty: int) -> Iterator[str]:
    """Say what was left apart, and why."""
    if empty:
        yield f"{empty:,} records tell nothing that is compared: each stays alone."
    if apart:
        yield (f"{apart:,} records say the same as others, but too little to be one person, or more than {LARGEST} say "
               "it: each stays alone. A person must look.")
    if joined.two_numbers:
        yield (f"{joined.two_numbers:,} joins were refused because one person would have two valid numbers of one "
               "kind. A person must look.")
    if joined.too_large:
        yield f"{joined.too_large:,} joins were refused because more than {LARGEST} records would be one person."
    if joined.bridges:
        yield f"{joined.bridges:,} joins were refused because one weak link alone would hold two groups together."


def _twins(pairs: int) -> Iterator[str]:
    if pairs:
        yield (f"{pairs:,} joined pairs have one surname, birthday and home, but two first names: mistakes, or twins. "
               "With --twins-apart they stay apart.")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])
