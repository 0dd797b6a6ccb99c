"""Write a file of millions of invented records in seconds, with the truth: for measuring how fast linking is.

Made by DuckDB from hashes, so that the same size gives the same file. Families of 1.75 children on average, 2 % of them
twins of the one before, 2.5 records a child, and the mistakes of invented_records.py more coarsely: typing, initials,
swapped names, another surname, an old home, day and month swapped, one digit, nothing told. Names are as frequent as in
Britain and of its majority only; for names of every community, and for how right the answer is, see linkage.py.
"""

from pathlib import Path

import duckdb

from sightline.reference import people

FOLDER = Path(people.__file__).parent
SLOTS = 200_000
_DICE = """
create macro dice(a, b) as cast(hash(a, b) >> 1 as bigint), (a, b, c) as cast(hash(a, b, c) >> 1 as bigint)"""
_NAMES = f"""
create table {{table}} as select name, unnest(range(cast(round(low * {SLOTS}) as bigint),
    cast(round(high * {SLOTS}) as bigint))) as slot
from (select name, sum(n) over (order by n desc, name rows between unbounded preceding and current row) / sum(n) over ()
      as high, high - n / sum(n) over () as low from ({{names}}))"""
_CHILDREN = """
create table child as
select c.i, c.i * 4 // 7 as family, f.name as surname, other.name as other_surname,
    case when c.girl then g.name else b.name end as given, case when c.girl then 'F' else 'M' end as sex,
    case when c.i % 50 = 1 and (c.i - 1) * 4 // 7 = c.i * 4 // 7 then c.i - 1 else c.i end as birthday, c.records
from (select i, dice(i, 'sex') % 2 = 0 as girl, [1, 2, 2, 3, 3, 4][dice(i, 'records') % 6 + 1] as records
      from range({children}) as t(i)) as c
join surnames as f on f.slot = dice(c.i * 4 // 7, 'surname') % {surnames}
join surnames as other on other.slot = dice(c.i, 'other') % {surnames}
join girls as g on g.slot = dice(c.i, 'girl') % {girls}
join boys as b on b.slot = dice(c.i, 'boy') % {boys}"""
_RECORDS = """
create table told as
select i, r, sex, dice(i, r, 'luck') % 1000 as luck, dice(i, r, 'more') % 1000 as more,
    case when dice(i, r, 'surname') % 100 < 4 then other_surname else surname end as surname, given,
    date '2008-01-01' + cast(dice(birthday, 'born') % 6200 as integer) as born,
    dice(family, case when dice(i, r, 'moved') % 100 < 15 then 'old' else 'new' end) as home
from (select *, unnest(range(records)) as r from child)"""
_LETTERS = "'ABCDEFGHJLNPQRSTUWXYZ'"
_FILE = f"""
copy (select row_number() over (order by dice(i, r, 'order')) as record_id,
    case when luck < 40 then {{typed_given}} when luck < 50 then substr(given, 1, 1) when luck < 60 then surname
         when luck < 70 then null else given end as first_name,
    case when luck between 50 and 59 then given when more < 40 then {{typed_surname}} when more < 45 then null
         else surname end as surname,
    case when luck between 100 and 119 then null
         when luck between 120 and 129 and day(born) <= 12 then strftime(born, '%Y-%d-%m')
         when luck between 130 and 144 then strftime(born + 10, '%Y-%m-%d')
         else strftime(born, '%Y-%m-%d') end as date_of_birth,
    case when more between 100 and 109 then null else sex end as sex,
    case when more between 200 and 249 then null else
        ['B', 'CV', 'L', 'LS', 'M', 'NE', 'NG', 'PR', 'S', 'WN'][home % 10 + 1] || (home // 10 % 30 + 1) || ' '
        || (home // 300 % 9 + 1) || substr({_LETTERS}, cast(home // 2700 % 21 + 1 as integer), 1)
        || substr({_LETTERS}, cast(home // 56700 % 21 + 1 as integer), 1) end as postcode,
    i as person
from told order by record_id) to '{{file}}' ({{options}})"""


def write_file(file: Path, *, records: int) -> None:
    """Write about so many records, as CSV or as Parquet by the file's name; the column `person` is the truth."""
    connection = duckdb.connect(config={"memory_limit": "4GiB"})
    connection.execute(_DICE)
    for table, names in (
        ("surnames", f"select surname as name, frequency as n from read_csv('{FOLDER / 'surnames.csv'}')"),
        ("girls", _first_names("F")), ("boys", _first_names("M")),
    ):
        connection.execute(_NAMES.format(table=table, names=names))
    slots = {table: connection.execute(f"select max(slot) + 1 from {table}").fetchall()[0][0]
             for table in ("surnames", "girls", "boys")}
    connection.execute(_CHILDREN.format(children=int(records / 2.5), **slots))
    connection.execute(_RECORDS)
    options = "format parquet" if file.suffix == ".parquet" else "header true"
    connection.execute(_FILE.format(file=file, options=options, typed_given=_typed("given"),
                                    typed_surname=_typed("surname")))
    connection.close()


def _first_names(sex: str) -> str:
    return (f"select name, births_2005_2016 as n from read_csv('{FOLDER / 'first_names.csv'}') "
            f"where sex = '{sex}' and births_2005_2016 > 0")


def _typed(name: str) -> str:
    """Give the SQL that leaves out one letter, doubles it or types another for it."""
    place = f"cast(2 + dice(i, r, 'place') % greatest(length({name}) - 1, 1) as integer)"
    other = "substr('aeioulnrst', cast(dice(i, r, 'letter') % 10 + 1 as integer), 1)"
    letter = f"[substr({name}, {place}, 2), '', {other}]"
    return (f"substr({name}, 1, {place} - 1) || ({letter})[dice(i, r, 'slip') % 3 + 1] || substr({name}, {place} + 1)")
