"""The custody suites of the demonstration lie where the postcode says, in the area of the force that runs them."""

from datetime import date

import pytest

from sightline.demonstration.places import CUSTODY_SUITES
from sightline.domain.responsibility.country import country_on


@pytest.mark.parametrize("suite", CUSTODY_SUITES, ids=lambda suite: suite.name)
def test_a_suite_lies_for_certain_in_a_council_of_its_force(suite):
    country = country_on(date(2026, 5, 10))
    assert country.area(suite.postcode).force == country.force(suite.force)
