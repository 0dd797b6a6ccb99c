"""Which records are compared at all: those that share a key, from broad keys to narrow ones, each within a budget.

A key is a hash of what must agree. What many records share tells nobody apart: of each key the largest blocks are left
out until the rest fits the budget, so that one name on 100,000 records costs nothing, and time is bounded whatever the
files hold. What was left out is said in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

LARGEST_BLOCK = 1000
"""No block of more records is compared by any key: half a million pairs."""
EVERYTHING_UP_TO = 1100
"""So many records are compared each with each."""
FLOOR, PAIRS_A_RECORD = 300_000, 2.0
"""Each key may give so many pairs, or so many for each record, whichever is more."""

_YEAR = "substr(born, 1, 4)"
_INITIALS = "least(substr(first, 1, 3), substr(family, 1, 3)), greatest(substr(first, 1, 3), substr(family, 1, 3))"
KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("nhs",), "nhs"), (("upn",), "upn"), (("pnc",), "pnc"), (("cro",), "cro"), (("number",), "number"),
    (("email",), "email"),
    (("email",), "split_part(email, '@', 1)"),
    (("given", "phone"), "phone, substr(first, 1, 2)"),
    (("family", "phone"), "phone, substr(family, 1, 2)"),
    (("given", "family"), "least(first, family), greatest(first, family)"),
    (("born", "given", "family"), f"born, {_INITIALS}"),
    (("born", "family"), "born, substr(family, 1, 3)"),
    (("born", "given"), "born, substr(first, 1, 3)"),
    (("born", "postcode"), "born, postcode"),
    (("postcode", "given"), "postcode, substr(first, 1, 3)"),
    (("postcode", "family"), "postcode, substr(family, 1, 4)"),
    (("born", "given", "family"), f"{_YEAR}, {_INITIALS}"),
    (("street", "given"), "street, substr(first, 1, 3)"),
    (("street", "family"), "street, substr(family, 1, 3)"),
    (("street", "born"), "street, " + _YEAR),
    (("postcode", "house"), "postcode, house"),
    (("postcode", "town"), "postcode, town"),
    (("house", "town"), "house, town"),
    (("postcode",), "postcode"),
    (("born",), "born"),
    (("street", "postcode"), "street, postcode"),
    (("street", "town"), "street, town"),
    (("family", "town"), "family, town"),
    (("given", "town"), "first, town"),
    (("family",), "family"),
    (("given",), "given"),
)
"""What columns a key needs, and the values that must agree; the broad ones are for small files."""
_LARGE = 2_000_000
NARROW = 17
"""Of so many keys, the first, are those that find enough in files of two million records and more."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Hold the columns of keys in the table `keyed`, how many pairs they give at most, and what to say."""

    keys: tuple[str, ...]
    pairs: int
    words: tuple[str, ...]


def add_keys(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], *, records: int) -> Keyed:
    """Make the table `keyed` of `distinct_records`, with a column for each key, empty where it would find nobody."""
    if records <= EVERYTHING_UP_TO:
        connection.execute("create table keyed as select *, 1::bigint as key_0 from distinct_records")
        return Keyed(("key_0",), records * (records - 1) // 2, ())
    budget = max(FLOOR, int(PAIRS_A_RECORD * records))
    chosen: list[tuple[str, str]] = []
    made: list[str] = []
    found, words = 0, []
    for needs, values in KEYS[:NARROW] if records > _LARGE else KEYS:
        if any(column not in columns for column in needs):
            continue
        told = " and ".join(f"{column} is not null" for column in needs)
        expression = f"case when {told} then (hash({values}) >> 1)::bigint end"
        name = f"key_{len(made)}"
        made.append(name)
        connection.execute(f"""create table sizes_{name} as
            select {expression} as k, count(*) as n from distinct_records
            group by k having k is not null and n > 1""")  # nosec B608
        most, pairs, left_out = _within(connection, name, budget)
        connection.execute(f"delete from sizes_{name} where n > {most}")  # nosec B608
        if left_out > LARGEST_BLOCK:
            words.append(f"By {' and '.join(_words(needs))} alone, {left_out:,} records share one value; "
                         "they are compared only where something else agrees.")
        if pairs:
            chosen.append((name, expression))
            found += pairs
    added = "".join(
        f", case when {expression} in (select k from sizes_{name}) then {expression} end as {name}"  # nosec B608
        for name, expression in chosen)
    connection.execute(f"create table keyed as select *{added} from distinct_records")  # nosec B608
    for name in made:
        connection.execute(f"drop table sizes_{name}")
    return Keyed(tuple(name for name, _ in chosen), found, tuple(words))


def _within(connection: duckdb.DuckDBPyConnection, name: str, budget: int) -> tuple[int, int, int]:
    """Give the largest block within the budget, the pairs up to it, and the largest block that is left out."""
    most, pairs, left_out = 0, 0, 0
    sizes = connection.execute(f"select n, count(*) from sizes_{name} group by n order by n").fetchall()  # nosec B608
    for size, blocks in sizes:
        more = blocks * size * (size - 1) // 2
        if size > LARGEST_BLOCK or pairs + more > budget:
            left_out = sizes[-1][0]
            break
        most, pairs = size, pairs + more
    return most, pairs, left_out


def _words(needs: Sequence[str]) -> list[str]:
    from sightline.interfaces.linking.headings import MEANINGS

    return [MEANINGS[name][0] for name in needs]
