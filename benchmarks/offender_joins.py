"""Measure joins of offenders to children: which are missed by kind of address error, and how long a write takes.

Errors are made on invented addresses of which the truth is known: each child lives with an offender, told in two ways.
Beside each recall stands how many pairs were tried. A join that is wrong is one between neighbours: other houses of
the same street and postcode, told as they are. How often people write which error is not known, so no mean is given.
"""

import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from uuid import UUID

from benchmarks.installation import Row, measured_apart, new_installation, tell
from sightline.domain.offenders.addresses import SURE, door_of, keys_of, same_door

QUICK, FULL = 20_000, 1_000_000
PAIRS = {False: 2_000, True: 20_000}
OFFENDERS = 5_000
TIMES = 300
STREETS = ("High Street", "Mill Lane", "Church Road", "Victoria Avenue", "Station Road", "Park Crescent", "The Grove",
           "Queens Drive", "School Lane", "Rose Terrace")
AREAS = ("L36", "WA9", "PR1", "LA1", "CH41", "M14")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

Address = tuple[str, str, str]
"""House and street, postcode, property number."""


def _address(chance: random.Random, number: int, *, flat: bool) -> Address:
    inward = f"{chance.randint(0, 9)}{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
    house = f"{number} {chance.choice(STREETS)}"
    return (f"Flat {chance.randint(1, 9)}, {house}" if flat else house, f"{chance.choice(AREAS)} {inward}",
            str(100_000_000_000 + chance.randrange(10**9)))


def _swap(text: str) -> str:
    return text[1::-1] + text[2:] if len(text) > 1 and text[:2].isdigit() and text[0] != text[1] else f"1{text}"


def _typed(chance: random.Random, text: str) -> str:
    at = chance.randrange(max(text.find(" "), 0) + 1, len(text))
    return text[:at] + text[at + 1:]


def _other(chance: random.Random, letter: str) -> str:
    return chance.choice([one for one in LETTERS if one != letter])


Error = Callable[[random.Random, Address], Address]
ERRORS: Mapping[str, tuple[bool, Error]] = {
    "exactly alike": (False, lambda c, a: (a[0], a[1], "")),
    "exactly alike, a flat": (True, lambda c, a: (a[0], a[1], "")),
    "property number alone": (False, lambda c, a: ("", a[1], a[2])),
    "capitals and spaces": (False, lambda c, a: (a[0].upper().replace(" ", "  "), a[1].replace(" ", ""), "")),
    "street shortened": (False, lambda c, a: (a[0].replace("Street", "St").replace("Road", "Rd").replace(
        "Lane", "Ln"), a[1], "")),
    "town behind": (False, lambda c, a: (f"{a[0]}, Huyton, Liverpool", a[1], "")),
    "house alone": (False, lambda c, a: (a[0].split()[0], a[1], "")),
    "flat behind": (True, lambda c, a: (", ".join(reversed(a[0].split(", "))), a[1], "")),
    "flat left out": (True, lambda c, a: (a[0].split(", ")[1], a[1], "")),
    "street mistyped": (False, lambda c, a: (_typed(c, a[0]), a[1], "")),
    "one letter of the postcode's end": (False, lambda c, a: (a[0], a[1][:-1] + _other(c, a[1][-1]), "")),
    "postal district wrong": (False, lambda c, a: (a[0], f"BB9 {a[1].split()[1]}", "")),
    "postal district wrong, property number told": (False, lambda c, a: (a[0], f"BB9 {a[1].split()[1]}", a[2])),
    "figures of the house swapped": (False, lambda c, a: (_swap(a[0]), a[1], "")),
    "house left out": (False, lambda c, a: (a[0].split(" ", 1)[1], a[1], "")),
    "address left out": (False, lambda c, a: ("", a[1], "")),
}


def recall(pairs: int, *, seed: int = 8) -> list[Row]:
    """Tell each address twice, the second time with an error, and count the joins; and those between neighbours."""
    chance, rows = random.Random(seed), []
    for error, (flat, wrong) in ERRORS.items():
        found = sure = neighbours = 0
        for _ in range(pairs):
            number = chance.randint(1, 200)
            told = _address(chance, number, flat=flat)
            one, other = door_of(*told), door_of(*wrong(chance, told))
            same = same_door(one, other) if set(keys_of(one)) & set(keys_of(other)) else None
            found += same is not None
            sure += same in SURE
            next_door = door_of(told[0].replace(str(number), str(number + 2), 1), told[1])
            neighbours += same_door(next_door, other) is not None
        rows += [(f"{error}: joined", 100 * found / pairs, f"% of {pairs:,}"),
                 (f"{error}: joined for sure", 100 * sure / pairs, "%"),
                 (f"{error}: joined to the neighbour", 100 * neighbours / pairs, "%")]
    return rows


PEOPLE = "insert into people_person (made_at) select now() from generate_series(1, %s)"
CHILDREN = """
insert into offenders_childside (person_id, child, keys)
select p.id, jsonb_build_object('homes', jsonb_build_array(jsonb_build_object('entry', p.id, 'on', '2026-01-05',
    'newest', true, 'door', jsonb_build_array('', '[]'::jsonb, p.house::text, 'millane', p.postcode))),
  'names', '[]'::jsonb, 'met', '[]'::jsonb),
  array['house:' || p.postcode || '|' || p.house, 'street:' || left(p.postcode, -3) || '|' || p.house || '|millane']
from (select id, n, 1 + n % 30 as house, 'L' || 1 + n / 120000 % 99 || n / 30 % 10
    || substr('ABDEFGHJLNPQRSTUWXYZ', 1 + n / 300 % 20, 1) || substr('ABDEFGHJLNPQRSTUWXYZ', 1 + n / 6000 % 20, 1)
    as postcode
  from (select id, (row_number() over (order by id))::int as n from people_person) q) p
"""
HOMES = """
select child -> 'homes' -> 0 -> 'door' ->> 4, child -> 'homes' -> 0 -> 'door' ->> 2 from offenders_childside
order by md5('x' || person_id) limit %s
"""
OFFENDERS_THERE = """
insert into offenders_offender (agency_id, reference, name, also_known_as, category, level, risk, reactive, under,
  adult, keys, to_read, made_at)
select (select min(id) from access_agency where kind = 'police'), 'B-' || n, 'B', '{}', '1', '1', 'low', false,
  '{notification}', '{}', array['house:ZE1' || n || 'AA|1'], false, now() from generate_series(1, %s) n
"""


def measure(*, full: bool) -> list[Row]:
    """Count what is missed, then fill a database and let offenders and children move."""
    return [*recall(PAIRS[full]),
            *measured_apart("benchmarks.offender_joins", ("worker", "move", str(FULL if full else QUICK)))]


def move(people: int) -> list[Row]:
    """Let an offender move in with children, and children move to where offenders are; each in its own transaction."""
    import psycopg
    from django.db import connection

    from sightline.demonstration.agencies import agencies
    from sightline.interfaces.serve.demonstrating import keep_partnership

    with new_installation() as server:
        keep_partnership(agencies(), today=datetime.now(UTC))
        connection.close()
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("set session_replication_role = replica")
            session.execute(PEOPLE, [people])
            session.execute(CHILDREN)
            session.execute(OFFENDERS_THERE, [OFFENDERS])
            session.execute("vacuum analyze")
            row = session.execute("select count(*) from offenders_childside").fetchone()
            ids = [one for (one,) in session.execute(
                "select person_id from offenders_childside order by md5(person_id::text) limit %s", [TIMES]).fetchall()]
            homes = session.execute(HOMES, [TIMES]).fetchall()
        assert row is not None
        offenders, joined = _offenders_move(homes)
        children = _children_move(ids)
        return [("children with an address", row[0], ""), ("offenders", OFFENDERS + TIMES, ""),
                *_told("an offender moves in", offenders), ("joins found", joined, f"of {TIMES} moves"),
                *_told("a child is read again", children)]


def _offenders_move(homes: list[tuple[str, str]]) -> tuple[list[float], int]:
    from django.db import connection

    from sightline.apps.access.acting import at_task
    from sightline.apps.access.queries import agency_book
    from sightline.apps.offenders import reading
    from sightline.apps.offenders.actions import Told, Wanted, append, keep_offenders
    from sightline.domain.vocabulary.offender import TellingKind

    took = []
    with at_task("bench"):
        book = agency_book()
    agency = next(one.id for one in book.by_id.values() if one.kind == "police")
    for number, (postcode, house) in enumerate(homes):
        at = datetime.now(UTC)
        began = time.perf_counter()
        with at_task("bench"):
            offender = keep_offenders({f"M-{number}": "M"}, agency=agency, at=at)[f"M-{number}"]
            append([Wanted(0, offender, TellingKind.REGISTER, date(2020, 1, 1), "register", {"category": "1"}),
                    Wanted(1, offender, TellingKind.ADDRESS, at.date() - timedelta(days=1), "a", {
                        "there": "lives", "address": f"{house} Mill Lane", "postcode": postcode})],
                   told=Told(agency), at=at)
            reading.read([offender], book=book, at=at)
        took.append(time.perf_counter() - began)
    with at_task("bench"), connection.cursor() as cursor:
        cursor.execute("select count(distinct offender_id) from offenders_join")
        return took, cursor.fetchone()[0]


def _children_move(ids: list[UUID]) -> list[float]:
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.queries import agency_book
    from sightline.apps.offenders.joining import keep_children
    from sightline.apps.record.queries import timelines_of

    took = []
    with at_task("bench"):
        book = agency_book()
    for person in ids:
        with at_task("bench"):
            timelines = timelines_of([person])
            began = time.perf_counter()
            keep_children(timelines, book=book, at=datetime.now(UTC))
            took.append(time.perf_counter() - began)
    return took


def _told(what: str, took: list[float]) -> list[Row]:
    cuts = quantiles(took, n=100)
    return [(f"{what}, p50", cuts[49] * 1000, "ms"), (f"{what}, p99", cuts[98] * 1000, "ms")]


if __name__ == "__main__":
    tell(move(int(sys.argv[2])))
