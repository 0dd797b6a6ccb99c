"""Own weights are learnt from own records: near the truth, from a part of them too, or refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from benchmarks.invented_records import Record, ready, records
from sightline.domain.linkage.comparing import NAMES
from sightline.domain.linkage.deciding import AS_MEASURED, Thresholds
from sightline.domain.linkage.described import IDENTIFIERS, Described
from sightline.domain.linkage.frequencies import FEWEST_COUNTED, shares_of_values
from sightline.domain.linkage.learning import (
    AMARA,
    FEWEST_RECORDS,
    TWIN,
    Bearer,
    Learned,
    NotLearned,
    learn,
    level_changes,
    sides,
    unsound,
)
from sightline.domain.linkage.model import Chances, Model
from sightline.reference.linkage import first_model

ON = date(2026, 11, 23)
CHILDREN = 4_000


@pytest.fixture(scope="module")
def told() -> list[Record]:
    return list(records(CHILDREN, seed=21))


@pytest.fixture(scope="module")
def bearers(told: list[Record]) -> list[Bearer]:
    return [Bearer(record.child.number, (record.agency, record.kind), ready(record)) for record in told]


def learned_from(bearers: Sequence[Bearer], *, of: int | None = None) -> Learned:
    first = Model.read(first_model())
    return learn(bearers, of_records=of or len(bearers), first=first, in_use=first, draw=Random(1).randrange,
                 made_on=ON, strangers=60_000)


@pytest.fixture(scope="module")
def learned(bearers: list[Bearer]) -> Learned:
    return learned_from(bearers)


def test_what_is_learnt_is_near_the_truth_and_says_from_what(learned: Learned, told: list[Record]):
    children = len({record.child.number for record in told})
    others = sum(count * (count - 1) for count in _counts(told).values()) / len(told)
    assert learned.model.same_per_record == pytest.approx(others, rel=0.1)
    assert children > 3_900
    assert learned.model.records == len(told)
    assert learned.model.trained_on.startswith(f"{len(told)} of {len(told)} records of this deployment; not trained: ")
    assert learned.model.chances["first_name"].same[0] == pytest.approx(0.77, abs=0.05)
    assert learned.model.chances["home"] != Model.read(first_model()).chances["home"]


def _counts(told: Sequence[Record]) -> dict[int, int]:
    found: dict[int, int] = {}
    for record in told:
        found[record.child.number] = found.get(record.child.number, 0) + 1
    return found


def test_numbers_stay_as_they_are_in_use(learned: Learned):
    first = Model.read(first_model())
    assert [name for name, _ in learned.stayed] == [*IDENTIFIERS]
    assert all(learned.model.chances[name] == first.chances[name] for name, _ in learned.stayed)
    assert learned.model.number_of_another == first.number_of_another


def test_a_third_of_the_records_tells_how_many_others_each_has_among_all(learned: Learned, bearers: list[Bearer]):
    part = [*bearers]
    Random(5).shuffle(part)
    third = learned_from(part[:len(part) // 3], of=len(part))
    assert third.model.records == len(part)
    assert third.model.same_per_record == pytest.approx(learned.model.same_per_record, rel=0.15)
    assert third.model.relative_per_record == pytest.approx(learned.model.relative_per_record, rel=0.25)
    assert third.model.sized(1_000_000).stranger_share == pytest.approx(
        learned.model.sized(1_000_000).stranger_share, abs=0.3)


def test_too_few_records_are_refused_with_how_many_there_are(bearers: list[Bearer]):
    with pytest.raises(NotLearned, match=rf"^There are 999 records .* {FEWEST_RECORDS:,} are the fewest"):
        learned_from(bearers[:999])


def test_too_few_pairs_are_refused_with_how_many_there_are(bearers: list[Bearer]):
    with pytest.raises(NotLearned, match=r"^Among 1,000 records there are about \d+ pairs of one child, and 1,000 are"):
        learned_from(Random(6).sample(bearers, 1_000), of=len(bearers))


def test_a_level_that_nobody_shows_is_refused_by_its_name(bearers: list[Bearer]):
    plain = [replace(one, described=replace(one.described, born=(date(2010, 1, 20),))) for one in bearers[:1_500]]
    with pytest.raises(NotLearned) as refused:
        learned_from(plain)
    assert "“day and month of birth swapped”" in str(refused.value)
    assert "1,500 records" in str(refused.value)


def test_weights_that_would_join_twins_are_refused():
    first = Model.read(first_model())
    assert unsound(first) == []
    blind = Chances(*(tuple([1 / 6] * 6),) * 3)
    faults = unsound(replace(first, chances={**first.chances, "first_name": blind}))
    assert "a surname would tell a child from a brother or sister better than a first name does" in faults
    swapped = first.chances["first_name"]
    faults = unsound(replace(first, chances={**first.chances, "first_name": Chances(
        tuple(reversed(swapped.same)), tuple(reversed(swapped.relative)), tuple(reversed(swapped.stranger)))}))
    assert "a twin with another first name would be joined by weight" in faults


def test_changes_are_told_largest_first_and_of_both_at_one_size(learned: Learned):
    first = Model.read(first_model())
    changes = level_changes(first, learned.model)
    assert [one.size for one in changes] == sorted((one.size for one in changes), reverse=True)
    assert {one.comparison for one in changes} == set(NAMES)
    assert all(one.size == 0 for one in level_changes(first, first))
    assert all(one.size == 0 for one in changes if one.comparison in IDENTIFIERS)


def test_pairs_are_counted_by_the_side_on_which_they_stand(learned: Learned):
    first = Model.read(first_model()).sized(10_000)
    bearers = [Bearer("p", ("a", "x"), AMARA), Bearer("q", ("b", "x"), AMARA), Bearer("r", ("a", "x"), TWIN)]
    pairs = [(0, 1), (0, 2)]
    assert sides(bearers, pairs, before=first, after=first, thresholds=AS_MEASURED) == {
        ("joined", "joined"): 1, ("apart", "apart"): 1}
    harder = replace(first, same_per_record=first.same_per_record / 2**30)
    found = sides(bearers, pairs, before=first, after=harder, thresholds=Thresholds(10, 4, 0))
    assert found[("joined", "joined")] == 0
    assert found[("apart", "apart")] == 1


def test_a_child_with_many_records_does_not_make_a_name_common():
    zora = Described(givens=("Zora",), families=("Mensah",), homes=("L1 1AA",))
    shares, rarest = shares_of_values([("one child", zora)] * 500, homes=True)
    assert (shares["first_name"], shares["surname"]) == ({}, {})
    assert "home" not in shares
    assert rarest == {"first_name": 1.0, "surname": 1.0}
    shares, _ = shares_of_values([*((n, zora) for n in range(FEWEST_COUNTED)),
                                  *((n, Described(givens=(f"N{'x' * n}",))) for n in range(100, 190))], homes=True)
    assert shares["first_name"] == {"zora": 0.1}
    assert "home" not in shares, "a home of ten is no common one"
    shares, _ = shares_of_values([*((n, zora) for n in range(40))], homes=True)
    assert shares["home"] == {"L1 1AA": 1.0}
