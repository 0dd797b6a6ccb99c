"""The weights that a deployment starts with: what they must decide, whatever they were trained on."""

import itertools
from datetime import date

import pytest

from sightline.domain.linkage.comparing import LEVELS, NAMES
from sightline.domain.linkage.deciding import JOIN, REVIEW
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.weighing import weigh
from sightline.reference.linkage import first_model

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
NUMBERS = {"nhs": "9434765919", "upn": "T801234519001", "pnc": "2019/0123456X", "cro": "123456/19X"}
AMARA = Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 3, 14),), sex="F", homes=("M1 1AE",))


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.read(first_model())


@pytest.mark.parametrize("records", SIZES)
@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_alone_joins_at_every_size(model: Model, kind: str, records: int):
    one = Described(identifiers={kind: frozenset((NUMBERS[kind],))})
    assert weigh(model.sized(records), one, one).bits > JOIN


@pytest.mark.parametrize("records", SIZES)
def test_name_birthday_and_home_join_at_every_size(model: Model, records: int):
    assert weigh(model.sized(records), AMARA, AMARA).bits > JOIN


@pytest.mark.parametrize("records", SIZES)
def test_a_twin_and_a_sister_never_join(model: Model, records: int):
    twin = Described(givens=("Adaeze",), families=("Okafor",), born=AMARA.born, sex="F", homes=AMARA.homes)
    sister = Described(givens=("Adaeze",), families=("Okafor",), born=(date(2012, 8, 2),), sex="F", homes=AMARA.homes)
    brother = Described(givens=("Kelechi",), families=("Okafor",), born=AMARA.born, sex="M", homes=AMARA.homes)
    assert weigh(model.sized(records), AMARA, twin).bits < JOIN
    assert weigh(model.sized(records), AMARA, brother).bits < REVIEW
    assert weigh(model.sized(records), AMARA, sister).bits < REVIEW


def test_a_shared_name_alone_never_joins(model: Model):
    named = Described(givens=AMARA.givens, families=AMARA.families)
    assert all(weigh(model.sized(records), named, named).bits < JOIN for records in SIZES if records >= 100_000)
    common = Described(givens=("Olivia",), families=("Smith",))
    assert all(weigh(model.sized(records), common, common).bits < JOIN for records in SIZES)


@pytest.mark.parametrize("name", NAMES)
def test_more_disagreement_never_weighs_more(model: Model, name: str):
    for bits in (model.against_strangers[name], model.against_relatives[name]):
        assert all(later <= earlier + 1e-4 for earlier, later in itertools.pairwise(bits)), name


def test_the_model_says_what_it_was_made_from(model: Model):
    assert "invented children" in model.trained_on
    assert 1 < model.same_per_record < 3
    assert 1 < model.relative_per_record < 6
    assert model.number_of_another == 0.0002
    assert set(model.chances) == set(LEVELS)


def test_relatives_share_the_surname_and_not_the_first_name(model: Model):
    first, family, birth = (model.chances[name].relative for name in ("first_name", "surname", "birth"))
    assert first[0] < 0.01
    assert family[0] > 0.5
    assert 0.005 < birth[0] < 0.06
