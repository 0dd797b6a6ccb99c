"""A council that has ended is kept by the one that took over from it; where there are several, one of them watches."""

from datetime import date

import pytest

from sightline.apps.access.queries import AgencyBook, AgencyFacts, ContactFacts
from sightline.apps.responsibility.keeping import keeper_of
from sightline.domain.responsibility.country import country_on
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import Facts


def book(*areas):
    agencies = [AgencyFacts(id=number, slug=f"council-{number}", name=f"{area} Council", kind="council", code="",
                            area=area, nation="england")
                for number, area in enumerate(areas, 1)]
    return AgencyBook(agencies, [ContactFacts(
        id=one.id * 10, agency_id=one.id, agency=one.name, desk="safeguarding", name="Duty desk", job="", phone="",
        email="", officer=None) for one in agencies])


def found_in(council, *, on):
    return answer(Facts(found=country_on(on).area(council)))


@pytest.mark.parametrize(("council", "on", "kept", "keeper", "watches"), [
    ("Poole", date(2018, 5, 1), ("Bournemouth, Christchurch and Poole", "Knowsley"),
     "Bournemouth, Christchurch and Poole Council", False),
    ("Somerset", date(2022, 5, 1), ("Knowsley", "Somerset"), "Somerset Council", False),
    ("Cumberland", date(2022, 5, 1), ("Knowsley", "Westmorland and Furness"), "Westmorland and Furness Council", True),
    ("Cumberland", date(2023, 5, 1), ("Knowsley", "Cumberland"), "Cumberland Council", False),
    ("Cumberland", date(2022, 5, 1), ("Knowsley",), "Knowsley Council", True),
])
def test_the_heir_keeps_what_the_council_of_then_would_have_kept(council, on, kept, keeper, watches):
    found = keeper_of(found_in(council, on=on), told=[1], book=book(*kept))
    assert (found.agency.name, found.watches) == (keeper, watches)
