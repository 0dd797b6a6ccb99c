"""Published figures: what we hold adds up to what was published, and what was not published is never nought."""

import pytest

from sightline.interfaces.web.published.tables import KINDS
from sightline.reference.figures.decisions import decisions
from sightline.reference.figures.exclusions import exclusions_of
from sightline.reference.figures.factors import Factor, all_factors, councils_in, factors_of, years
from sightline.reference.figures.placements import placements_of
from sightline.reference.figures.published import ENGLAND, FOLDER, Published, UnreadableFigure, published
from sightline.reference.figures.referrals import kinds, quarters, referred
from sightline.reference.geography.authorities import authorities

CRIMINAL = Factor.CRIMINAL_EXPLOITATION
LEICESTER, ISLINGTON, HACKNEY = "E06000016", "E09000019", "E09000012"


@pytest.mark.parametrize("mark", ["c", "x", "z", "u", ":", "-"])
def test_a_mark_is_kept_and_is_not_nought(mark):
    assert published(mark) == Published(None, mark)


@pytest.mark.parametrize("cell", ["", " ", "1.5", "-3", "1,000", "low", "12 "])
def test_what_is_neither_number_nor_mark_is_refused(cell):
    with pytest.raises(UnreadableFigure):
        published(cell)


def test_england_is_as_published():
    last = factors_of(ENGLAND)[-1]
    assert last.year == 2025
    assert [last.of(factor).value for factor in Factor] == [16_250, 8_860, 12_400, 16_940]
    by_year = [one.criminal_exploitation for one in factors_of(ENGLAND)]
    assert by_year == [Published(None, "x")] * 4 + [Published(n) for n in (10_140, 14_420, 15_750, 16_250)]
    assert factors_of(ENGLAND)[2].gangs.value == 14_700


def test_councils_add_up_to_england_as_far_as_they_were_published():
    """England is rounded to ten; what is held back is at most 5 for each council, or of a council that gave nothing."""
    for year, whole in ((one.year, one) for one in factors_of(ENGLAND)):
        for factor in Factor:
            found = [one.of(factor) for one in councils_in(year)]
            if whole.of(factor).value is None or any(one.mark in ("x", "u") for one in found):
                continue
            told = sum(one.value or 0 for one in found)
            held_back = sum(one.value is None for one in found)
            assert told - 5 <= whole.of(factor).value <= told + 5 * held_back + 5, (year, factor)


def test_children_of_councils_add_up_to_those_of_england_within_a_thousandth():
    whole = factors_of(ENGLAND)[-1].children.value
    assert abs(sum(one.children.value for one in councils_in(2025)) - whole) < whole / 1000


def test_a_council_that_could_not_report_has_marks_and_no_number():
    hackney = {one.year: one for one in factors_of(HACKNEY)}
    assert {hackney[year].of(factor).mark for year in (2021, 2022) for factor in Factor} == {"x"}
    assert hackney[2023].gangs.value


def test_nought_is_only_what_was_published_as_nought():
    kept = {one.council: one.criminal_exploitation for one in councils_in(2025)}
    assert kept["Leicester"] == Published(0)
    assert sum(one.value is None for one in kept.values()) == 1
    islington = {one.year: one.criminal_exploitation for one in factors_of(ISLINGTON)}
    assert [islington[year] for year in (2022, 2023, 2025)] == [Published(None, "c"), Published(0), Published(201)]


def test_every_council_of_england_of_the_last_year_is_one_that_we_know():
    codes = {one.code for one in councils_in(years()[-1])}
    assert codes == {one.code for one in authorities().values() if one.nation.lower() == "england"}
    for code in codes:
        assert len(placements_of(code)) > 0
        assert len({one.year for one in factors_of(code)}) == len(factors_of(code))


def test_no_year_has_a_council_twice():
    assert len({(one.year, one.code) for one in all_factors()}) == len(all_factors())


def test_referrals_are_counted_by_kind_and_exploitation():
    assert (quarters()[0], quarters()[-1], len(quarters())) == ("2022 Q2", "2023 Q4", 7)
    assert referred(quarter="2023") == 7_450 == sum(referred(kind, quarter="2023") for kind in kinds())
    assert referred(quarter="2023", criminal=True) == 3_849
    assert set(KINDS) == set(kinds()), "each kind of first responder has its words"
    assert 1_979 < referred("Local Authority", quarter="2023", criminal=True) < referred("Local Authority")


def test_decisions_of_quarters_make_years():
    last = decisions()[-1]
    assert (last.year, last.conclusive_positive, last.conclusive_negative) == (2023, 3_085, 737)
    assert (decisions()[-2].conclusive_positive, decisions()[-2].conclusive_negative) == (2_402, 200)
    assert (last.reasonable_positive, last.reasonable_negative) == (4_610, 1_631)


def test_placements_of_england_are_as_published_and_what_is_held_back_gives_no_share():
    last = placements_of(ENGLAND)[-1]
    assert (last.total.value, last.outside_far.value, last.unknown.value) == (90_930, 14_560, 11_840)
    assert last.share_far_outside() == pytest.approx(0.16, abs=0.002)
    held_back = [one for code in {one.code for one in councils_in(2025)} for one in placements_of(code)
                 if one.outside_near.value is None]
    assert held_back
    assert {one.share_outside() for one in held_back} == {None}


def test_exclusions_are_old_and_say_so():
    assert [(one.year, one.permanent.value) for one in exclusions_of(ENGLAND)] == [
        ("2014/15", 485), ("2015/16", 525), ("2016/17", 565)]
    assert exclusions_of(LEICESTER)[-1].permanent == Published(None, "x")


def test_the_copies_stay_small():
    assert sum(file.stat().st_size for file in FOLDER.glob("*.csv")) < 1_000_000
