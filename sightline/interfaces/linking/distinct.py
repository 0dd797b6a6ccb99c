"""Records that say exactly the same are compared once, with how rare their values are, and are given back at the end.

That keeps a flood of one record from being compared with itself. Whether copies are one person is weighed as for any
other pair: ten thousand records that tell a first name only are not.
"""

from collections.abc import Iterator, Sequence
from math import log2

import duckdb
import numpy as np

from sightline.interfaces.linking.clustering import LARGEST, Places
from sightline.interfaces.linking.comparing import Compared
from sightline.interfaces.linking.engine import rarity_of

BITS = "same - log2(pow(2, relative) + pow(2, stranger - rarity))"
"""The log2 odds of one person against relatives or strangers; rare values make it less likely that strangers share."""


def make_distinct(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], comparisons: Sequence[Compared]
) -> int:
    """Make the table `distinct_records` of `records`: one row for all that say the same; gives how many.

    Besides `columns` it has `id` from 0 on, `record` (the lowest of those it stands for), `copies`, `h` (what they
    share), `first` (the first of the given names) and the rarity of values in bits.
    """
    something = " or ".join(f"{name} is not null" for name in columns)
    kept = ", ".join(f"any_value({name}) as {name}" for name in columns)
    connection.execute(f"""create table told as
        select min(id) as record, count(*) as copies, {kept}, hash({', '.join(columns)}) as h
        from records where {something} group by h""")  # nosec B608
    rare = list(_rarities(connection, comparisons))
    first = "nullif(split_part(given, ' ', 1), '')" if "given" in columns else "cast(null as varchar)"
    connection.execute(f"""create table distinct_records as
        select cast(row_number() over (order by record) - 1 as integer) as id, told.*, {first} as first
            {''.join(f', {value}' for value, _ in rare)}
        from told {' '.join(join for _, join in rare)} order by record""")  # nosec B608
    for table in ("told", *(f"rare_{one.name}" for one in comparisons if one.weighs_rarity)):
        connection.execute(f"drop table {table}")
    counted = connection.execute("select count(*) from distinct_records").fetchone()
    assert counted is not None
    return int(counted[0])


def _rarities(connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Compared]) -> Iterator[tuple[str, str]]:
    """Give for each comparison that weighs it the SQL of the rarity, and of the join that it needs."""
    for one in comparisons:
        if not one.weighs_rarity:
            continue
        value = "split_part(given, ' ', 1)" if one.name == "given" else one.name
        table = f"rare_{one.name}"
        connection.execute(f"""create table {table} as select {value} as v, sum(copies) as n
                               from told group by v having v is not null""")  # nosec B608
        sums = connection.execute(f"select sum(n), sum(n * (n - 1)) from {table}").fetchone()  # nosec B608
        assert sums is not None
        total, agreeing = float(sums[0] or 1), float(sums[1] or 0)
        usual = log2(max(agreeing, 1.0) / max(total * (total - 1), 1.0))
        own = f"told.{value}" if value == one.name else value
        yield (f"cast(log2({total} / {table}.n) + {usual} as float) as {rarity_of(one)}",
               f"left join {table} on {table}.v = {own}")


def of_copies(comparisons: Sequence[Compared]) -> str:
    """Give the SQL for the pattern of a record and its own copy: the same in all that it tells."""
    place, parts = 1, []
    for one in comparisons:
        # A first name in common has said the sex already (see comparing.py).
        said = " or given is not null" if one.name == "sex" and one.not_told else ""
        parts.append(f"case when {one.name} is null{said} then 0 else {place} end")
        place *= len(one.steps) + 1
    return f"cast({' + '.join(parts)} as bigint)"


def spread(
    connection: duckdb.DuckDBPyConnection, cluster_of: Places, columns: Sequence[str],
    comparisons: Sequence[Compared], *, threshold: float,
) -> int:
    """Make the table `linked` (`id`, `cluster`) of all records; needs `weights` of the copies' patterns.

    Copies whose words are not enough for `threshold`, or that are more than one person has, stay apart; gives how many.
    """
    rare = " + ".join(f"coalesce({rarity_of(one)}, 0)" for one in comparisons if one.weighs_rarity) or "0"
    connection.register("joined", {"id": np.arange(len(cluster_of)), "cluster": cluster_of})
    connection.execute(f"""create table whole as
        select d.h, d.copies, c.record as cluster, d.copies = 1
            or (d.copies <= {LARGEST} and coalesce({BITS}, -1000) >= {threshold}) as enough
        from (select *, {of_copies(comparisons)} as pattern, {rare} as rarity from distinct_records) as d
        join joined as j on j.id = d.id
        join distinct_records as c on c.id = j.cluster
        left join weights as w on w.pattern = d.pattern and d.copies > 1""")  # nosec B608
    hashed = ", ".join(f"r.{name}" for name in columns)
    connection.execute(f"""create table linked as
        select r.id, case when w.enough then w.cluster else r.id end as cluster
        from records as r left join whole as w on w.h = hash({hashed})""")  # nosec B608
    connection.unregister("joined")
    apart = connection.execute("select coalesce(sum(copies), 0) from whole where not enough").fetchone()
    assert apart is not None
    return int(apart[0])
