"""Count the patterns that pairs show, and put the weight of each beside the pairs.

Pairs that share a key are all counted. Of all others a sample is compared, and counted for as many as there are: then
the classes' shares are those among all pairs, and what strangers share is not overstated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from sightline.interfaces.linking.comparing import Compared
from sightline.interfaces.linking.distinct import of_copies
from sightline.interfaces.linking.engine import Engine
from sightline.interfaces.linking.weighing import Numbers, Weights, levels_in, may_be_twins

OTHERS = 200_000
NEVER = -1e4
_STRIDE = 7_919_000_000
"""Draws both ends of a pair from different hashes, the same in every run."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Hold patterns (a row each, a column a comparison), how many pairs show each, and which were sampled."""

    levels: NDArray[np.int64]
    counts: Numbers
    sampled: NDArray[np.bool_]


def count_patterns(
    connection: duckdb.DuckDBPyConnection, engine: Engine, comparisons: Sequence[Compared], *, keys: Sequence[str],
    distinct: int,
) -> Patterns:
    """Count the patterns of the table `pairs`, of copies, and of a sample of all pairs that share none of the keys."""
    found = connection.execute("select pattern, count(*) as n from pairs group by pattern").fetchnumpy()
    copies = connection.execute(f"""select {of_copies(comparisons)} as pattern, sum(copies - 1) as n
        from distinct_records where copies > 1 group by pattern""").fetchnumpy()  # nosec B608
    left = distinct * (distinct - 1) / 2 - float(found["n"].sum())
    others: dict[str, Any] = {"pattern": np.zeros(0, dtype=np.int64), "n": np.zeros(0)}
    if left > 0:
        _sample(connection, keys, distinct)
        engine.compare_these(comparisons, pairs="sample")
        others = connection.execute("select pattern, count(*) as n from others group by pattern").fetchnumpy()
        others["n"] = others["n"] * (left / max(others["n"].sum(), 1))
    parts = [found, copies, others]
    return Patterns(
        levels_in(np.concatenate([np.asarray(part["pattern"], dtype=np.int64) for part in parts]), comparisons),
        np.concatenate([np.asarray(part["n"], dtype=float) for part in parts]),
        np.concatenate([np.full(len(part["n"]), part is others) for part in parts]))


def _sample(connection: duckdb.DuckDBPyConnection, keys: Sequence[str], distinct: int) -> None:
    """Make the table `sample` of pairs (`l`, `r`) that share no key."""
    shared = " or ".join(f"coalesce(a.{key} = b.{key}, false)" for key in keys) or "false"
    connection.execute(f"""create table sample as
        with ends as (
            select cast(hash(i) % {distinct} as integer) as x, cast(hash(i + {_STRIDE}) % {distinct} as integer) as y
            from range({OTHERS}) as t(i)),
        drawn as (select distinct least(x, y) as l, greatest(x, y) as r from ends where x <> y)
        select l, r from drawn join keyed as a on a.id = l join keyed as b on b.id = r
        where not ({shared})""")  # nosec B608


def put_weights(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Compared], weights: Weights, *, of: str,
    twins_apart: bool = False,
) -> None:
    """Make the table `weights` of every `pattern` that the query `of` gives, with the log2 chance in each class.

    `twins_apart` takes from what twins show every chance to be of one person.
    """
    found = np.asarray(connection.execute(of).fetchnumpy()["pattern"], dtype=np.int64)
    levels = levels_in(found, comparisons)
    same, relative, stranger = weights.bits(levels, comparisons)
    twins = may_be_twins(levels, comparisons)
    if twins_apart:
        same[twins] = NEVER
    connection.register("weighed", {"pattern": found, "same": same, "relative": relative, "stranger": stranger,
                                    "twins": twins})
    connection.execute("create or replace table weights as select * from weighed")
    connection.unregister("weighed")
