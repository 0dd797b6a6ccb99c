"""When a managed offender is near a child, on 30 June 2026, as the table says."""

import shlex
from datetime import date
from pathlib import Path

import pytest

from sightline.domain.offenders.addresses import door_of, door_written
from sightline.domain.offenders.joins import (
    WAY_WORDS,
    Adult,
    Child,
    Home,
    Met,
    Named,
    Spot,
    Way,
    current_homes,
    joins,
    keys_of_adult,
    keys_of_child,
)

LINES = [line.split("|") for line in Path(__file__).with_name("joins.txt").read_text("utf-8").splitlines()[2:] if line]
TODAY = date(2026, 6, 30)


def parts(told: str, kind: str) -> list[list[str]]:
    return [words[1:] for one in told.split(";") if (words := shlex.split(one))[0] == kind]


def named(told: str, kind: str) -> tuple[Named, ...]:
    return tuple(Named(f"{kind}{n}", given, family, date.fromisoformat(born), *map(date.fromisoformat, on))
                 for n, (given, family, born, *on) in enumerate(parts(told, kind)))


def met(told: str) -> tuple[Met, ...]:
    return tuple(Met(f"met{n}", postcode, date.fromisoformat(on))
                 for n, (postcode, on) in enumerate(parts(told, "met")))


def adult(told: str) -> Adult:
    spots = []
    for number, (there, since, address, postcode, *until) in enumerate(parts(told, "spot")):
        ended = date.fromisoformat(until[0].removeprefix("until=")) if until else None
        spots.append(Spot(f"spot{number}", door_of(address, postcode), Way(there), date.fromisoformat(since), ended))
    away = [(date.fromisoformat(since), date.fromisoformat(until[0]) if until else None)
            for since, *until in parts(told, "away")]
    return Adult(tuple(spots), named(told, "child"), met(told), tuple(away))


def child(told: str) -> Child:
    homes = [(f"home{n}", by, date.fromisoformat(on), door_of(address, postcode))
             for n, (by, on, address, postcode) in enumerate(parts(told, "home"))]
    return Child(current_homes(homes, on=TODAY), named(told, "name"), met(told), tuple(
        Home(f"found{n}", door_written(address, postcode), date.fromisoformat(on))
        for n, (on, address, postcode) in enumerate(parts(told, "found"))))


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_an_offender_is_near_a_child_as_the_table_says(line):
    one, other = adult(line[1]), child(line[2])
    found = joins(one, other, on=TODAY)
    said = "; ".join(f"{join.way} {join.since} {'check' if join.check else 'sure'}" for join in found)
    assert (said or "nothing") == line[3].strip()
    if found:
        assert set(keys_of_adult(one)) & set(keys_of_child(other))


def test_every_way_has_its_row_and_its_words():
    assert {part.split()[0] for line in LINES for part in line[3].split(";")} == {*Way, "nothing"}
    assert set(WAY_WORDS) == set(Way)
