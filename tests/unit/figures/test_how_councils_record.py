"""What a published number can mean: noughts are counted, and chance is told from recording."""

from dataclasses import replace
from math import exp

import pytest

from sightline.domain.figures.recording import chance_of_none, expected, rate, recorded
from sightline.domain.figures.spread import bands, limits, outside, quartiles
from sightline.interfaces.web.published.funnel import funnel
from sightline.interfaces.web.published.words import of_council, of_england, of_spread
from sightline.reference.figures.factors import Factor, councils_in, factors_of, years
from sightline.reference.figures.published import ENGLAND, Published

CRIMINAL = Factor.CRIMINAL_EXPLOITATION
LEICESTER, ISLINGTON, SCILLY, ESSEX = "E06000016", "E09000019", "E06000053", "E10000012"
WHOLE = factors_of(ENGLAND)[-1]


def rates():
    return [found for one in councils_in(2025) if (found := rate(one, CRIMINAL)) is not None]


def test_noughts_are_counted_by_year():
    counted = {year: recorded(councils_in(year), CRIMINAL) for year in years()}
    assert [(counted[year].noughts, counted[year].numbers, counted[year].not_published)
            for year in (2022, 2023, 2024, 2025)] == [(27, 138, 14), (20, 147, 5), (14, 148, 5), (16, 152, 1)]
    assert counted[2021].numbers == 0, "it was not asked before 2022"


def test_noughts_of_several_years_are_not_counted_together():
    with pytest.raises(ValueError, match="too many"):
        recorded((*councils_in(2024), *councils_in(2025)), CRIMINAL)


def test_rates_are_those_of_the_publisher():
    (islington,) = [one for one in councils_in(2025) if one.code == ISLINGTON]
    assert round(rate(islington, CRIMINAL)) == 56
    assert rate(WHOLE, CRIMINAL) == pytest.approx(13.3, abs=0.05)
    low, middle, high = quartiles(rates())
    assert (round(low, 1), round(middle, 1)) == (7.5, 12.7)
    assert high == pytest.approx(19.7, abs=0.1)


def test_without_a_number_or_without_children_there_is_no_rate():
    (leicester,) = [one for one in councils_in(2025) if one.code == LEICESTER]
    assert rate(leicester, CRIMINAL) == 0
    assert rate(replace(leicester, criminal_exploitation=Published(None, "c")), CRIMINAL) is None
    assert rate(replace(leicester, children=Published(None, "-")), CRIMINAL) is None
    assert expected(replace(leicester, children=Published(None, "-")), WHOLE, CRIMINAL) is None


def test_a_nought_of_many_children_is_recording_and_of_few_may_be_true():
    assert chance_of_none(0) == 1
    assert chance_of_none(4.0) == pytest.approx(exp(-4))
    said = of_council(LEICESTER)
    assert said[0] == (
        "Leicester recorded no child criminal exploitation in 2025. 16 of the 152 councils with a published number "
        "recorded none. That measures recording, not children.")
    assert "it would have recorded about 121" in said[1]
    assert said[2] == "In 2024 it had recorded 52."
    assert of_council(SCILLY)[1] == "It has only about 320 children, so none may be true."
    assert not any("recorded none in 2022" in words for words in of_council(SCILLY))


def test_an_earlier_nought_is_named_beside_a_number():
    said = of_council(ISLINGTON)
    assert len(said) == 2
    assert said[0] == (
        "Islington recorded 201 episodes with child criminal exploitation in 2025: 56.4 for each 10,000 children. "
        "England: 13.3.")
    assert said[1] == "It recorded none in 2023. That measured recording, too."


def test_every_council_is_said_in_words():
    for one in councils_in(2025):
        said = of_council(one.code)
        assert said[0].startswith(one.council)
        assert "None" not in " ".join(said)
    assert of_england()[0] == (
        "England: 16,250 episodes with child criminal exploitation in 2025, 13.3 for each 10,000 children.")
    assert of_england()[2] == (
        "14 of them have so many children that chance alone does not explain it; 2 have so few that none may be true.")
    assert "98 of 152 lie outside" in of_spread()[1]


def test_bands_hold_every_council_once_with_noughts_apart():
    found = bands([0, 0, 0.1, 4.99, 5, 29.9, 30, 56])
    assert [one.councils for one in found] == [2, 2, 1, 0, 0, 1, 2]
    assert sum(one.councils for one in bands(rates())) == 152
    assert bands(rates())[0].councils == 16


def test_limits_hold_what_chance_would_bring_and_narrow_with_more_children():
    """At 100 expected, 998 of 1,000 Poisson counts lie between 71 and 133."""
    low, high = limits(100_000, 10)
    assert (low * 10, high * 10) == (pytest.approx(71, abs=1.5), pytest.approx(133, abs=1.5))
    assert limits(400_000, 10)[0] > low
    assert not outside(100_000, 10, 10)
    assert outside(100_000, 0, 10)
    assert not outside(320, 0, 13.3), "so few children may have none"
    for children, found in ((0, 1), (-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="limits"):
            limits(children, found)


def test_the_plot_holds_each_council_with_a_rate_once():
    drawn = funnel(councils_in(2025), WHOLE, CRIMINAL, ESSEX)
    assert len(drawn.points) + len(drawn.noughts) + 1 == 152
    assert len(drawn.noughts) == 16
    assert drawn.chosen is not None
    for x, y in (*drawn.points, *drawn.noughts, drawn.chosen):
        assert drawn.left <= x <= drawn.right
        assert 0 < y < drawn.height
    assert funnel(councils_in(2025), WHOLE, CRIMINAL, "").chosen is None
