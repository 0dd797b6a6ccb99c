"""A model trained on records whose truth nobody told it is near the truth, and what no record shows is refused."""

from collections import Counter
from datetime import date
from itertools import combinations
from random import Random

import pytest

from benchmarks.invented_records import Record, ready, records
from sightline.domain.linkage.comparing import NAMES, compare
from sightline.domain.linkage.estimating import Untrained
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.pairs import at_one_home, by_keys, pairs_to_train_on
from sightline.domain.linkage.training import Pairs, train
from sightline.reference.linkage import first_model

ASSUMED = frozenset(("nhs", "upn", "pnc", "cro", "school", "carer", "phone"))


def _trained(pairs: Pairs, *, relatives: float = 2.0, sample_strangers: bool = False) -> Model:
    start = Model.read(first_model())
    return train(
        pairs, start=start.chances, assumed=ASSUMED, shares=(1.5 / pairs.records, relatives / pairs.records),
        strange_per_record=1.0 if relatives else 0.0, number_of_another=0.0002, frequencies={}, rarest={},
        made_on=date(2026, 11, 22), trained_on="a test", sample_strangers=sample_strangers)[0]


@pytest.fixture(scope="module")
def told() -> list[Record]:
    return list(records(4_000, seed=11))


@pytest.fixture(scope="module")
def pairs(told: list[Record]) -> Pairs:
    described = [ready(record) for record in told]
    return pairs_to_train_on(described, found=by_keys(described) | at_one_home(described), draw=Random(11).randrange,
                             sampled=150_000)


def _truth(told: list[Record], name: str, *, of_one_child: bool) -> dict[int, float]:
    """Count the levels of one comparison in pairs of one child, or of brothers and sisters."""
    families: dict[int, list[Record]] = {}
    for record in told:
        families.setdefault(record.child.family.number, []).append(record)
    counted = Counter(
        compare(ready(one), ready(other)).levels[NAMES.index(name)]
        for mine in families.values() for one, other in combinations(mine, 2)
        if (one.child is other.child) is of_one_child)
    del counted[-1]
    return {level: count / counted.total() for level, count in counted.items()}


def test_pairs_of_one_child_and_of_relatives_are_told_apart(told: list[Record], pairs: Pairs):
    model = _trained(pairs)
    for name in ("first_name", "surname", "birth"):
        for kind, of_one_child in (("same", True), ("relative", False)):
            truth = _truth(told, name, of_one_child=of_one_child)
            assert getattr(model.chances[name], kind)[0] == pytest.approx(truth.get(0, 0.0), abs=0.06), (name, kind)
    others = Counter(record.child.number for record in told)
    same = sum(count * (count - 1) for count in others.values()) / len(told)
    assert model.same_per_record == pytest.approx(same, rel=0.1)
    assert 2 < model.relative_per_record < 5


def test_without_relatives_a_sisters_first_name_is_taken_for_the_childs(pairs: Pairs):
    """It is why there are three classes: with two, a first name that differs hardly speaks against one child."""
    three, two = _trained(pairs), _trained(pairs, relatives=0.0)
    assert two.relative_per_record < 1e-6
    assert two.chances["first_name"].same[-1] >= three.chances["first_name"].same[-1]


def test_a_level_that_no_record_shows_is_refused_by_its_name(pairs: Pairs):
    place = NAMES.index("birth")
    without = Pairs(*({levels: count for levels, count in counts.items() if levels[place] != 1}
                      for counts in (pairs.found, pairs.sampled)), pairs.records)
    with pytest.raises(Untrained) as refused:
        _trained(without)
    assert refused.value.levels == (("birth", "SWAPPED"),)


def test_a_child_drawn_by_chance_for_a_stranger_does_not_stand_for_thousands(pairs: Pairs):
    """Keys miss a few pairs of one child: here one whose birthday was written wrongly was drawn three times."""
    drawn = tuple({"birth": 4, "nhs": -1, "upn": -1, "pnc": -1, "cro": -1, "school": -1, "carer": -1, "phone": -1}.get(
        name, 0) for name in NAMES)
    unlucky = Pairs(pairs.found, Counter(pairs.sampled) + Counter({drawn: 3}), pairs.records)
    assert unlucky.each_stands_for > 300
    differs = [_trained(unlucky, sample_strangers=known).chances["birth"].same[4] for known in (False, True)]
    assert differs[0] > 0.03
    assert differs[1] < 0.002


def test_relatives_are_counted_alike_where_the_sample_is_of_strangers(pairs: Pairs):
    with_sample, without = _trained(pairs), _trained(pairs, sample_strangers=True)
    assert without.same_per_record == pytest.approx(with_sample.same_per_record, rel=0.05)
    assert without.relative_per_record == pytest.approx(with_sample.relative_per_record, rel=0.3)


def test_a_model_is_read_as_it_was_written(pairs: Pairs):
    model = _trained(pairs)
    assert Model.read(model.written()).written() == model.written()
