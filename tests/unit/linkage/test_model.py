"""The file of weights: read and written alike, refused in words where something is missing."""

import json
from dataclasses import replace

import pytest

from sightline.domain.linkage.comparing import LEVELS, NAMES
from sightline.domain.linkage.model import Chances, Model, ModelRefused
from sightline.reference.linkage import first_model

MODEL = Model.read(first_model())


def test_it_is_read_as_it_was_written():
    again = Model.read(MODEL.written())
    assert again.written() == MODEL.written() == first_model()
    assert again.digest == MODEL.digest


def test_its_digest_is_of_the_weights_and_not_of_how_many_records_they_are_used_for():
    assert MODEL.sized(20_000).digest == MODEL.digest
    assert replace(MODEL, same_per_record=0.7).digest != MODEL.digest


def test_a_level_that_was_not_trained_is_refused_by_name():
    untrained = replace(MODEL.chances["home"], same=(0.7, 0.0, 0.3))
    with pytest.raises(ModelRefused, match="postcodes of one neighbourhood"):
        replace(MODEL, chances={**MODEL.chances, "home": untrained})


@pytest.mark.parametrize("spoil", [
    lambda told: told.pop("chances"), lambda told: told["chances"].pop("birth"),
    lambda told: told["chances"]["birth"]["same"].pop("SWAPPED"), lambda told: told.update(format=9),
    lambda told: told.update(records=0), lambda told: told.update(made_on="yesterday"),
    lambda told: told.update(chances=[]), lambda told: told["chances"]["sex"]["relative"].update(SAME="much")])
def test_a_spoilt_file_is_refused_in_words(spoil):
    told = json.loads(first_model())
    spoil(told)
    with pytest.raises(ModelRefused):
        Model.read(json.dumps(told))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "7", '{"format": 1}'])
def test_what_is_no_file_of_weights_is_refused_in_words(text):
    with pytest.raises(ModelRefused):
        Model.read(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_level_that_agrees_less_never_weighs_more(name):
    for bits in (MODEL.against_strangers[name], MODEL.against_relatives[name]):
        assert list(bits) == sorted(bits, reverse=True), [level.name for level in LEVELS[name]]


def test_the_rarer_a_name_is_the_more_it_weighs_and_never_less_than_one_spelt_alike():
    common, rare = MODEL.bits_of_value("surname", "smith"), MODEL.bits_of_value("surname", "featherstonehaugh")
    assert rare > common > MODEL.against_strangers["surname"][1]
    everybody = replace(MODEL, frequencies={"surname": {"smith": 0.9}})
    assert everybody.bits_of_value("surname", "smith") == MODEL.against_strangers["surname"][1]


def test_the_more_records_there_are_the_more_must_speak_for_one_child():
    assert MODEL.sized(10_000_000).stranger_share < MODEL.sized(1_000).stranger_share
    assert MODEL.sized(600_000) is MODEL.sized(700_000)


def test_chances_hold_a_number_for_each_level():
    with pytest.raises(ModelRefused, match="levels"):
        replace(MODEL, chances={**MODEL.chances, "sex": Chances((1.0,), (1.0,), (1.0,))})
