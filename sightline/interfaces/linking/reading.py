"""Read CSV and Parquet files into one table of tidied records, whatever their columns are called.

Everything happens in DuckDB, which reads ten million rows without holding them as objects. A value that stands for
"not known" is taken for none; a record that tells nothing is counted and linked to nobody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sightline.config.refusal import Refusal
from sightline.interfaces.linking.headings import IDENTIFIERS, MEANINGS, found, in_words

MEANS_NOTHING = ("unknown", "not known", "notknown", "unk", "nk", "na", "n a", "none", "null", "nil", "nan", "baby",
                 "baby boy", "baby girl", "infant", "test", "tbc", "not recorded", "not stated", "refused")
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%d %B %Y",
         "%d %b %Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y")
_CSV = "select * from read_csv(?, all_varchar = true, header = true, encoding = '{}')"
COLUMNS = ("given", "family", "born", "sex", "postcode", "house", "street", "town", "email", "phone", *IDENTIFIERS)


class FileUnreadable(Refusal):
    """A file cannot be read as what its name says."""


class NothingTold(Refusal):
    """All records are empty where something of a person should stand."""


@dataclass(frozen=True, slots=True)
class Read:
    """Hold what the table `records` has: which columns are told at all, how many records, and what to say of it."""

    columns: tuple[str, ...]
    records: int
    empty: int
    words: tuple[str, ...]


def read(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], *, named: Mapping[str, str], truth: str | None = None
) -> Read:
    """Make the table `records` of all files: `id`, `file`, `record`, `truth` and what COLUMNS names, tidied.

    `id` counts from 0 through all files in their order. Raises FileUnreadable,
    ColumnsNotUnderstood and NothingTold.
    """
    words = []
    for number, file in enumerate(files):
        headings = _load(connection, file)
        columns = found(headings, named=named, truth=truth, file=file.name)
        words.append(f"{file.name}: {in_words(columns, [h for h in headings if h != truth])}.")
        chosen = ", ".join(f"{_tidied(name, columns)} as {name}" for name in COLUMNS)
        own = f'"{_quoted(columns["id"])}"' if "id" in columns else "cast(rowid + 1 as varchar)"
        told = f'"{_quoted(truth)}"' if truth else "cast(null as varchar)"
        before = _rows(connection) if number else 0
        made = "insert into records" if number else "create table records as"
        connection.execute(f"""{made}
            select rowid + {before} as id, {number} as file, {own} as record, {told} as truth, {chosen}
            from loaded order by rowid""")  # nosec B608
        connection.execute("drop table loaded")
    counts = ", ".join(f"count({name})" for name in COLUMNS)
    told_at_all = connection.execute(f"select {counts} from records").fetchone()  # nosec B608
    assert told_at_all is not None
    present = tuple(name for name, count in zip(COLUMNS, told_at_all, strict=True) if count)
    if not present:
        raise NothingTold("No record of these files tells anything of a person: nothing was linked.")
    empty = _empty(connection, present)
    words += [f"{MEANINGS[name][0]} is told by {count:,} of {_rows(connection):,} records."
              for name, count in zip(COLUMNS, told_at_all, strict=True) if count]
    return Read(present, _rows(connection), empty, tuple(words))


def _load(connection: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """Make the table `loaded` with every value as text, and give its headings."""
    if not file.is_file() or not file.stat().st_size:
        raise FileUnreadable(f"{file.name} is not there, or there is nothing in it.")
    if file.suffix.casefold() in (".parquet", ".pq"):
        tries = [("select columns(*)::varchar from read_parquet(?)", "Parquet")]
    else:
        tries = [(_CSV.format(encoding), "CSV") for encoding in ("utf-8", "latin-1")]
    for query, kind in tries:
        try:
            connection.execute(f"create or replace table loaded as {query}", [str(file)])
            break
        except duckdb.Error as error:
            place = _LINE.search(str(error))
            where = f" (line {place[1]})" if place else ""
            refused = FileUnreadable(f"{file.name} cannot be read as {kind}{where}. Nothing was linked.")
    else:
        raise refused from None
    headings = [row[0] for row in connection.execute("select column_name from (describe loaded)").fetchall()]
    counted = connection.execute("select count(*) from loaded").fetchone()
    if not counted or not counted[0]:
        raise FileUnreadable(f"{file.name} has headings but no record.")
    return headings


def _tidied(name: str, columns: Mapping[str, str]) -> str:
    """Give the SQL that tidies one column, or makes an empty one."""
    if name in ("given", "family") and "name" in columns:
        whole = _words(f'"{_quoted(columns["name"])}"')
        part = "'^[^ ]+', 0" if name == "given" else "' ([^ ]+)$', 1"
        return f"nullif(regexp_extract({whole}, {part}), '')"
    if name not in columns:
        return "cast(null as varchar)"
    column = f'"{_quoted(columns[name])}"'
    if name == "born":
        return _day(column)
    if name == "sex":
        letter = f"upper(substr(trim({column}), 1, 1))"
        return f"case when {letter} in ('M', 'B', '1') then 'M' when {letter} in ('F', 'G', '2') then 'F' end"
    if name in ("pnc", "cro"):
        return f"nullif(regexp_replace(upper({column}), '[^A-Z0-9/]+', '', 'g'), '')"
    if name in ("postcode", "house", "upn", "number"):
        return f"nullif(regexp_replace(upper({column}), '[^A-Z0-9]+', '', 'g'), '')"
    if name == "email":
        return f"nullif(lower(trim({column})), '')"
    if name in ("phone", "nhs"):
        digits = f"regexp_replace({column}, '[^0-9]+', '', 'g')"
        return f"nullif(right({digits}, 10), '')"
    return _words(column)


def _words(column: str) -> str:
    """Give the SQL for lower-case words without accents and signs, and nothing for what means nothing."""
    plain = f"regexp_replace(strip_accents(lower({column})), '[''’`]', '', 'g')"
    plain = f"trim(regexp_replace({plain}, '[^\\p{{L}}0-9]+', ' ', 'g'))"
    nothing = ", ".join(f"'{word}'" for word in MEANS_NOTHING)
    return f"(case when {plain} not in ('', {nothing}) then {plain} end)"


def _day(column: str) -> str:
    """Give the SQL for a day as eight digits; a day that no calendar has stays as its digits."""
    formats = ", ".join(f"'{one}'" for one in _DAYS)
    digits = f"regexp_replace({column}, '[^0-9]+', '', 'g')"
    return (f"coalesce(strftime(try_strptime(trim({column}), [{formats}]), '%Y%m%d'), "
            f"case when length({digits}) = 8 then {digits} end)")


def _empty(connection: duckdb.DuckDBPyConnection, present: Sequence[str]) -> int:
    """Count the records that tell nothing."""
    nothing = " and ".join(f"{name} is null" for name in present) or "true"
    counted = connection.execute(f"select count(*) from records where {nothing}").fetchone()  # nosec B608
    assert counted is not None
    return int(counted[0])


def _rows(connection: duckdb.DuckDBPyConnection) -> int:
    counted = connection.execute("select count(*) from records").fetchone()
    assert counted is not None
    return int(counted[0])


def _quoted(heading: str) -> str:
    return heading.replace('"', '""')
