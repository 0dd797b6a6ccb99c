"""A value is understood by what it means, and what is not understood is unknown rather than guessed."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.intake.meaning import FIELDS, UnknownField, meaning_of

VARIANTS = Path(__file__).parents[2] / "samples" / "annex_a" / "annex_a_value_variants.csv"


def outcomes():
    found = {}
    with VARIANTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            meaning = meaning_of(row["field"], row["variant"])
            right = meaning is not None and meaning.canonical.casefold() == row["canonical"].casefold()
            outcome = "unknown" if meaning is None else "right" if right else "wrong"
            found.setdefault(row["field"], Counter())[outcome] += 1
    return found


def test_of_all_known_spellings_most_are_right_and_few_are_wrong():
    total = sum(outcomes().values(), Counter())
    count = total.total()
    assert count == 4466
    assert total["right"] / count > 0.92
    assert total["wrong"] / count < 0.02


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("Ethnicity", 0.98, 0.012),
        ("Contact Source", 0.85, 0.04),
        ("Placement Type", 0.98, 0.012),
        ("Primary Need Code", 0.90, 0.01),
        ("Reason Ceased to be Looked After", 0.98, 0.01),
        ("Child's Legal Status", 0.96, 0.025),
        ("Category of Abuse", 0.99, 0.001),
    ],
)
def test_each_of_the_larger_fields_holds_its_own(field, right, wrong):
    outcome = outcomes()[field]
    assert outcome["right"] / outcome.total() > right
    assert outcome["wrong"] / outcome.total() < wrong


@pytest.mark.parametrize(
    ("field", "text", "canonical", "code"),
    [
        ("Sex", "M", "a) Male", "M"),
        ("Gender", "Female", "b) Female", "F"),
        ("Ethnicity", "WBRI", "a) White", "WBRI"),
        ("Ethnicity", "White and Black Carribean", "b) Mixed", None),
        ("Ethnicity", "Mixed white/asian", "b) Mixed", "MWAS"),
        ("Ethnicity", "Any other Asian backgrund", "c) Asian or Asian British", "AOTH"),
        ("Ethnicity", "Black British - Nigerian", "d) Black or black British", None),
        ("Ethnicity", "Vietnamese", "e) Other ethnic group", None),
        ("Ethnicity", "Declined to say", "f) Not stated", "REFU"),
        ("Legal Status", "full care ordr", "b) Full care orders", "C2"),
        ("Legal Status", "Sec 20 accomodated", "e) Accommodated under S20", "V2"),
        ("Placement Type", "U4a", "a) Foster placement", "U4"),
        ("Placement Type", "Children\u00e2\u20ac\u2122s home", "h) Children’s Homes", "K2"),
        ("Placement Type", "[K1] Secure unit", "g) Secure Children’s Homes", "K1"),
        ("Referral Source", "Head teacher, St Oswald's Primary School", "b) Schools", "2A"),
        ("Referral Source", "5C: other local authority", "f) LA services", "5C"),
        ("Referral Source", "police (BTP)", "g) Police", "6"),
        ("Contact Source", "Auntie", "a) Individual", "1A"),
        ("Primary Need Code", "N4: homelessness", "d) Family in acute stress", "N4"),
        ("Reason for Closure", "Moved to another local authority", "e) Transfer to another LA", "RC5"),
        ("Reason Ceased to be Looked After", "E4B - unplanned", "d) Returned home to live with parents or relatives",
         "E4B"),
        ("Category of Abuse", "neglect; sexual", "e) Multiple", "MUL"),
        ("Type of Accommodation", "(T) foyer", "j) Foyers", "T"),
        ("Was the Child Seen Alone?", "not seen alone", "b) No", None),
    ],
)  # fmt: skip
def test_spellings_that_stand_in_no_list_are_understood(field, text, canonical, code):
    meaning = meaning_of(field, text)
    assert (meaning.canonical, meaning.code) == (canonical, code)


@pytest.mark.parametrize(
    ("field", "text"),
    [("Ethnicity", "blue"), ("Sex", "?"), ("Legal Status", "pending"), ("Placement Type", "the usual"),
     ("Referral Source", "Zqx"), ("Activity Status", "e"), ("Primary Need Code", "7"), ("Reason for Closure", "")],
)  # fmt: skip
def test_what_means_nothing_is_unknown(field, text):
    assert meaning_of(field, text) is None


def test_a_mended_spelling_and_a_code_against_its_words_are_not_sure():
    assert meaning_of("Legal Status", "Full care order").sure
    assert not meaning_of("Legal Status", "Interm care ordr").sure
    assert not meaning_of("Placement Type", "H5 - foster placement").sure


def test_a_field_may_be_cut_off_and_a_strange_one_is_refused():
    cut = "Was the child offered a Return Interview after their last missing epis"
    assert meaning_of(cut, "Not offered").canonical == "b) No"
    with pytest.raises(UnknownField):
        meaning_of("Shoe size", "5")


@given(field=st.sampled_from(sorted(FIELDS)), text=st.text(max_size=600))
def test_no_text_makes_it_fail_and_every_answer_is_of_the_list(field, text):
    meaning = meaning_of(field, text)
    lexicon = FIELDS[field]
    assert meaning is None or meaning.canonical in {*lexicon.canonicals, "zzCodeError"}
