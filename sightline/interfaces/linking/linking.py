"""Link the records of files from beginning to end: read, compare, weigh, and make whole persons of what is alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from sightline.domain.vocabulary.identifier import check
from sightline.interfaces.linking import reading
from sightline.interfaces.linking.clustering import LARGEST, Clusters, clusters
from sightline.interfaces.linking.comparing import Compared, comparisons_of
from sightline.interfaces.linking.engine import Engine, OnDuckDB, rarity_of
from sightline.interfaces.linking.keys import Keyed, add_keys
from sightline.interfaces.linking.weighing import Numbers, Weights, levels_in, read_model, train

THRESHOLD = 3.0
"""Bits from which records are one person: eight to one that they are."""
OTHERS = 200_000
STEPS = 10
ONE_OF_A_KIND = ("nhs", "pnc", "cro")
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """Hold what came of linking: how many records and clusters, the weights, what was refused, and it all in words."""

    records: int
    clusters: int
    pairs: int
    weights: Weights
    words: tuple[str, ...]


def link(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], *, named: Mapping[str, str], told: Told,
    truth: str | None = None, model: str | None = None, threshold: float = THRESHOLD,
    engine: Engine | None = None,
) -> Linked:
    """Link the records of all files, within each and across, and leave the table `linked`: `id`, `cluster`.

    `told` is told how far the work has come. Raises the refusals of reading and of the model.
    """
    told(0, STEPS)
    read = reading.read(connection, files, named=named, truth=truth)
    told(1, STEPS)
    comparisons = comparisons_of(read.columns)
    distinct = _distinct(connection, read.columns, comparisons)
    told(2, STEPS)
    keyed = add_keys(connection, [*read.columns], records=distinct)
    told(3, STEPS)
    engine = engine or OnDuckDB(connection)
    engine.compare_by_keys(comparisons, keys=keyed.keys, pairs=keyed.pairs,
                           progress=lambda done, of: told(3 + round(4 * done / of), STEPS))
    patterns = _patterns(connection, engine, comparisons, keyed, distinct)
    told(8, STEPS)
    weights = read_model(model, comparisons) if model else train(*patterns, comparisons, records=read.records)
    joined = _cluster(connection, comparisons, weights, read.columns, distinct, threshold)
    told(9, STEPS)
    copies = _spread(connection, joined, read.columns, comparisons, weights, threshold)
    count = _one(connection, "select count(distinct cluster) from linked")
    told(STEPS, STEPS)
    words = (*read.words, *keyed.words, *_refused(joined, copies, read.empty))
    return Linked(read.records, count, _one(connection, "select count(*) from pairs"), weights, words)


def _distinct(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], comparisons: Sequence[Compared]) -> int:
    """Make the table `distinct_records`: one row for all records that say the same, with how rare its values are."""
    something = " or ".join(f"{name} is not null" for name in columns)
    first = "nullif(split_part(given, ' ', 1), '') as first" if "given" in columns else "cast(null as varchar) as first"
    connection.execute(f"""create table told as select min(id) as record, count(*) as copies,
                           {', '.join(f'any_value({name}) as {name}' for name in columns)}, hash({', '.join(columns)}) as h
                           from records where {something} group by h""")  # nosec B608
    rare, joins = [], []
    for one in (one for one in comparisons if one.weighs_rarity):
        value = "split_part(given, ' ', 1)" if one.name == "given" else one.name
        table = f"rare_{one.name}"
        connection.execute(f"create table {table} as select {value} as v, sum(copies) as n from told group by v "
                           "having v is not null")  # nosec B608
        total, agree = connection.execute(f"select sum(n), sum(n * (n - 1)) from {table}").fetchone() or (0, 0)  # nosec B608
        usual = max(float(agree), 1.0) / max(float(total) * (float(total) - 1), 1.0)
        rare.append(f"cast(log2({float(total)} / n_{one.name}) + {float(np.log2(usual))} as float) as {rarity_of(one)}")
        joins.append(f"left join (select v, n as n_{one.name} from {table}) as t_{one.name} on t_{one.name}.v = {value}")
    connection.execute(f"""create table distinct_records as
        select cast(row_number() over (order by record) - 1 as integer) as id, told.*, {first}
        {', ' * bool(rare)}{', '.join(rare)} from told {' '.join(joins)} order by record""")  # nosec B608
    connection.execute("drop table told")
    return _one(connection, "select count(*) from distinct_records")


def _patterns(
    connection: duckdb.DuckDBPyConnection, engine: Engine, comparisons: Sequence[Compared], keyed: Keyed, distinct: int
) -> tuple[NDArray[np.int64], Numbers, NDArray[np.bool_]]:
    """Give the patterns that pairs show, how many pairs show each, and which come from the sample of all others."""
    found = connection.execute("select pattern, count(*) as n from pairs group by pattern").fetchnumpy()
    copies = connection.execute(f"""select {_of_copies(comparisons)} as pattern, sum(copies - 1) as n
        from distinct_records where copies > 1 group by pattern""").fetchnumpy()  # nosec B608
    left = distinct * (distinct - 1) / 2 - float(found["n"].sum())
    others = {"pattern": np.zeros(0, dtype=np.int64), "n": np.zeros(0)}
    if left > 0:
        share = " or ".join(f"coalesce(a.{key} = b.{key}, false)" for key in keyed.keys) or "false"
        connection.execute(f"""create table sample as select distinct a.id as l, b.id as r from (
            select least(x, y) as l, greatest(x, y) as r from (
                select cast(hash(i) % {distinct} as integer) as x, cast(hash(i + 7919000000) % {distinct} as integer) as y
                from range({OTHERS}) as t(i)) where x <> y) as s
            join keyed as a on a.id = s.l join keyed as b on b.id = s.r where not ({share})""")  # nosec B608
        engine.compare_these(comparisons, pairs="sample")
        others = connection.execute("select pattern, count(*) as n from others group by pattern").fetchnumpy()
        others["n"] = others["n"] * (left / max(others["n"].sum(), 1))
    parts = [found, copies, others]
    counts = np.concatenate([np.asarray(part["n"], dtype=float) for part in parts])
    sampled = np.concatenate([np.full(len(part["n"]), part is others) for part in parts])
    patterns = np.concatenate([np.asarray(part["pattern"], dtype=np.int64) for part in parts])
    return levels_in(patterns, comparisons), counts, sampled


def _of_copies(comparisons: Sequence[Compared]) -> str:
    """Give the SQL for the pattern of a record and its own copy: the same in all that it tells."""
    place, parts = 1, []
    for one in comparisons:
        parts.append(f"case when {one.name} is null then 0 else {place} end")
        place *= len(one.steps) + 1
    return f"cast({' + '.join(parts)} as bigint)"


def _weigh(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Compared], weights: Weights, patterns: str
) -> None:
    """Make the table `weights` of every pattern that the query gives."""
    found = connection.execute(patterns).fetchnumpy()["pattern"]
    same, relative, stranger = weights.bits(levels_in(np.asarray(found, dtype=np.int64), comparisons), comparisons)
    connection.register("weighed", {"pattern": found, "same": same, "relative": relative, "stranger": stranger})
    connection.execute("create or replace table weights as select * from weighed")
    connection.unregister("weighed")


BITS = "same - log2(pow(2, relative) + pow(2, stranger - rarity))"


def _cluster(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Compared], weights: Weights, columns: Sequence[str],
    distinct: int, threshold: float,
) -> Clusters:
    _weigh(connection, comparisons, weights, "select distinct pattern from pairs")
    edges = connection.execute(f"""select l, r, {BITS} as bits from pairs join weights using (pattern)
                                   where {BITS} >= {threshold} order by l, r""").fetchnumpy()  # nosec B608
    left, right = (np.asarray(edges[side], dtype=np.int64) for side in "lr")
    numbers: dict[int, frozenset[str]] = {}
    for kind in (kind for kind in ONE_OF_A_KIND if kind in columns):
        for place, value in connection.execute(f"select id, {kind} from distinct_records where {kind} is not null"
                                               ).fetchall():  # nosec B608
            answer = check(kind, value)
            if answer.valid:
                numbers[place] = numbers.get(place, frozenset()) | {f"{kind} {answer.normal}"}
    weight = np.asarray(connection.execute("select copies from distinct_records order by id").fetchnumpy()["copies"])
    return clusters(left, right, np.asarray(edges["bits"], dtype=float), size=distinct, threshold=threshold,
                    numbers=numbers, weight=weight)


def _spread(
    connection: duckdb.DuckDBPyConnection, joined: Clusters, columns: Sequence[str], comparisons: Sequence[Compared],
    weights: Weights, threshold: float,
) -> int:
    """Make the table `linked`: copies of one record belong together if what they say is enough; gives those that not."""
    _weigh(connection, comparisons, weights,
           f"select distinct {_of_copies(comparisons)} as pattern from distinct_records where copies > 1")  # nosec B608
    rare = " + ".join(f"coalesce({rarity_of(one)}, 0)" for one in comparisons if one.weighs_rarity) or "0"
    connection.register("joined", {"id": np.arange(len(joined.of)), "cluster": joined.of})
    connection.execute(f"""create table whole as select d.h, d.copies, c.record as cluster,
        d.copies = 1 or (d.copies <= {LARGEST} and coalesce({BITS}, -1000) >= {threshold}) as enough
        from (select *, {_of_copies(comparisons)} as pattern, {rare} as rarity from distinct_records) as d
        join joined as j on j.id = d.id join distinct_records as c on c.id = j.cluster
        left join weights as w on w.pattern = d.pattern and d.copies > 1""")  # nosec B608
    connection.execute(f"""create table linked as select r.id, case when w.enough then w.cluster else r.id end as cluster
        from records as r left join whole as w on w.h = hash({', '.join(f'r.{name}' for name in columns)})""")  # nosec B608
    return _one(connection, "select coalesce(sum(copies), 0) from whole where not enough")


def _refused(joined: Clusters, copies: int, empty: int) -> Iterator[str]:
    """Say what was left apart, and why."""
    if empty:
        yield f"{empty:,} records tell nothing that is compared: each stays alone."
    if copies:
        yield (f"{copies:,} records say the same as others, but too little to be one person, or more than {LARGEST} say "
               "it: each stays alone. A person must look.")
    if joined.two_numbers:
        yield (f"{joined.two_numbers:,} joins were refused because one person would have two valid numbers of one kind. "
               "A person must look.")
    if joined.too_large:
        yield f"{joined.too_large:,} joins were refused because more than {LARGEST} records would be one person."
    if joined.bridges:
        yield f"{joined.bridges:,} joins were refused because one weak link alone would hold two groups together."


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])
