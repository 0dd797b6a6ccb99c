"""The definition of our own lists: every kind of agency stands on one list or none, and every sign in it exists."""

from sightline.domain.insight.own_lists import DEFINITION
from sightline.domain.insight.tables import MOST_LISTS
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.kinds import FIELDS_OF_WORK


def test_every_kind_of_agency_that_tells_stands_on_one_list():
    kinds = [kind for one in DEFINITION.lists for kind in one.kinds]
    assert sorted(kinds) == sorted(set(AgencyKind) - {AgencyKind.INSPECTORATE})
    assert len(DEFINITION.lists) <= MOST_LISTS


def test_every_sign_and_field_of_work_it_names_exists_and_no_system_sign_makes_a_case():
    assert set(DEFINITION.standing) <= set(DEFINITION.confirmed) <= set(BY_CODE)
    assert all(code.startswith("C") for code in DEFINITION.confirmed)
    assert {field for one in DEFINITION.lists for field in one.fields} <= set(FIELDS_OF_WORK)


def test_signs_of_what_makes_exploitation_likelier_do_not_stand_for_it():
    assert not {"C03", "C04", "C05", "C06", "C07", "C08", "C20", "C21", "C26"} & set(DEFINITION.standing)
