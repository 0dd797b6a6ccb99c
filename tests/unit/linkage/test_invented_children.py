"""The invented population with known truth is what it says: families, twins, communities, habits of agencies."""

from collections import Counter

import pytest

from benchmarks.invented_children import COMMUNITIES, Child, families
from benchmarks.invented_records import HABITS, Record, records
from sightline.domain.vocabulary.identifier import check

CHILDREN = 12_000


@pytest.fixture(scope="module")
def told() -> list[Record]:
    return list(records(CHILDREN, seed=7))


@pytest.fixture(scope="module")
def children(told: list[Record]) -> dict[int, Child]:
    return {record.child.number: record.child for record in told}


def test_the_same_seed_gives_the_same_and_another_gives_others():
    def some(seed: int) -> list[tuple[object, ...]]:
        return [(one.given, one.family, one.born_on, one.home) for one in records(200, seed=seed)]
    assert some(3) == some(3)
    assert some(3) != some(4)


def test_families_and_records_are_as_large_as_assumed(told: list[Record], children: dict[int, Child]):
    assert len(children) == CHILDREN
    assert CHILDREN / len({child.family.number for child in children.values()}) == pytest.approx(1.75, abs=0.06)
    assert len(told) / CHILDREN == pytest.approx(2.5, abs=0.05)


def test_twins_are_born_together_and_some_are_named_alike(children: dict[int, Child]):
    twins = [(child, children[child.twin_of]) for child in children.values() if child.twin_of]
    later = sum(len(family.children) - 1 for family in families(CHILDREN, seed=7))
    assert len(twins) / later == pytest.approx(0.035, abs=0.01)
    assert all(one.born_on == other.born_on for one, other in twins)
    assert all((one.given, one.middles) != (other.given, other.middles) for one, other in twins)
    same_sex = [pair for pair in twins if pair[0].sex == pair[1].sex]
    assert 0.7 < len(same_sex) / len(twins) < 0.95
    assert any(one.given[:3] == other.given[:3] for one, other in same_sex)


def test_every_community_is_there(children: dict[int, Child]):
    counted = Counter(child.family.community for child in children.values())
    assert set(counted) == set(COMMUNITIES)
    assert min(counted.values()) > 20


def test_numbers_belong_to_one_child_and_are_valid(children: dict[int, Child]):
    for kind in ("nhs", "upn", "pnc", "cro"):
        numbers = [number for child in children.values() if (number := getattr(child, kind))]
        assert all(check(kind, number).valid for number in numbers), kind
        assert len(set(numbers)) > 0.999 * len(numbers), kind


def test_agencies_have_the_numbers_that_they_have_in_life(told: list[Record]):
    for kind, habits in HABITS.items():
        mine = [record for record in told if record.kind == kind]
        for number in ("upn", "nhs"):
            share = sum(number in record.identifiers for record in mine) / len(mine)
            assert share == pytest.approx(getattr(habits, number), abs=0.05), (kind, number)
        if not habits.police_numbers:
            assert not any("pnc" in record.identifiers for record in mine)


def test_records_hold_mistakes_at_about_their_rates(told: list[Record]):
    police = [record for record in told if record.kind == "police"]
    assert sum(record.born_on is None for record in police) / len(police) == pytest.approx(0.03, abs=0.012)
    wrong = [one for one in police if one.born_on and one.born_on != one.child.born_on]
    assert len(wrong) / len(police) == pytest.approx(0.03, abs=0.02)
    schools = [record for record in told if record.kind == "school"]
    assert sum(one.born_on == one.child.born_on for one in schools) / len(schools) > 0.99
    other_homes = [one for one in told if one.home and one.home != one.child.family.homes[-1]]
    assert 0.05 < len(other_homes) / len(told) < 0.25


def test_names_are_put_into_other_boxes_where_clerks_do_so(told: list[Record]):
    def swapped(tradition: str) -> float:
        mine = [one for one in told if one.child.tradition == tradition and one.kind == "police"]
        return sum((one.family or "").lower() == one.child.given.lower() for one in mine) / len(mine)
    assert swapped("chinese") > 0.05
    assert swapped("british") < 0.02
