"""Our own lists: which children stand on which, whom the definition leaves out, and what is known of links."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.insight.own_lists import judged_links, own_counts
from sightline.apps.signs.actions import close
from sightline.domain.insight.own_lists import AGE, DEFINITION, EXPLAINED, HOME, SHIELDED
from tests.integration.conftest import NOW

COUNCIL, SCHOOL, POLICE = "Knowsley Council", "Brook High School", "Merseyside Police"
CARE, FORCE, EDUCATION = 1, 2, 4
SEEN = "observed.sign"


def saw(agency: str, *, days: float = 9, sign: str = "C11") -> tuple[float, str, str, dict]:
    return (days, agency, SEEN, {"sign": sign, "seen": "cash that nobody explains"})


@pytest.fixture
def counted(as_worker):
    """Count the last year's lists; gives children by histories, and whom the definition left out."""

    def counting(**of_definition):
        with as_worker(), at_task("test"):
            found = own_counts(replace(DEFINITION, **of_definition), start=NOW - timedelta(days=365), until=NOW)
        return dict(found.histories), dict(found.left_out)

    return counting


def test_a_child_stands_on_the_list_of_each_kind_of_agency_that_told_itself(tell, counted):
    tell("Ada", [saw(SCHOOL), saw(POLICE)])
    tell("Ben", [saw(SCHOOL)])
    tell("Cleo", [saw(COUNCIL), saw(POLICE), saw(SCHOOL)])
    tell("Dina", [saw(POLICE, sign="C22"), saw(POLICE)])
    assert counted() == ({EDUCATION | FORCE: 1, EDUCATION: 1, CARE | FORCE | EDUCATION: 1, FORCE: 1}, {})


def test_a_sign_of_what_makes_it_likelier_puts_nobody_on_a_list(tell, counted):
    tell("Ada", [(9, SCHOOL, "school.exclusion", {"category": "PERM"})])
    assert counted() == ({}, {})


def test_a_telling_on_which_no_such_sign_rests_puts_nobody_on_a_list(tell, counted):
    tell("Ada", [saw(SCHOOL), (8, POLICE, "missing.reported", {}), (7, POLICE, "missing.found", {})])
    assert counted() == ({EDUCATION: 1}, {})


def test_what_a_council_tells_of_school_stands_on_the_list_of_education(tell, counted):
    tell("Ada", [(9, COUNCIL, "school.exclusion", {"category": "PERM", "reason": "DA"}), saw(COUNCIL, days=8)])
    assert counted(standing=("C05", "C11")) == ({CARE | EDUCATION: 1}, {})


def test_what_happened_before_the_period_puts_nobody_on_a_list(tell, counted):
    tell("Ada", [saw(SCHOOL, days=366), saw(POLICE)])
    assert counted() == ({FORCE: 1}, {})


@pytest.mark.parametrize("born_on, found", [
    ("2016-05-14", AGE), ("2016-05-13", None), ("2008-05-14", None), ("2008-05-13", AGE)])
def test_only_children_of_ten_to_seventeen_count(tell, counted, born_on, found):
    tell("Ada", [saw(SCHOOL)], born_on=born_on)  # on 13 May 2026
    assert counted() == (({EDUCATION: 1}, {}) if found is None else ({}, {found: 1}))


@pytest.mark.parametrize("council, found", [("Kent", HOME), ("Knowsley", None)])
def test_a_child_who_lives_with_a_council_that_takes_no_part_is_left_out(tell, counted, council, found):
    tell("Ada", [(40, SCHOOL, "child.home", {"place": {"council": council, "force": "Kent"}}), saw(SCHOOL)])
    assert counted() == (({EDUCATION: 1}, {}) if found is None else ({}, {found: 1}))


@pytest.fixture
def closing(as_worker, everything, partnership):
    """Close every sign of a code, as a person did."""

    def close_all(code: str, outcome: str) -> None:
        for (sign,) in everything("select id from signs_found where code = %s", code):
            with as_worker(), at_task("test"):
                close(sign=sign, outcome=outcome, reason="I asked them", officer=partnership.officers["Beth"], at=NOW)

    return close_all


@pytest.mark.parametrize("outcome, found", [
    ("confirmed", ({EDUCATION: 1}, {})), ("stale", ({EDUCATION: 1}, {})), ("other-explanation", ({}, {EXPLAINED: 1})),
    ("wrong-person", ({}, {EXPLAINED: 1})), ("wrong-data", ({}, {EXPLAINED: 1}))])
def test_how_a_person_closed_a_sign_decides(tell, counted, closing, outcome, found):
    tell("Ada", [saw(SCHOOL)])
    closing("C11", outcome)
    assert counted() == found


def test_a_sign_of_what_makes_it_likelier_counts_once_a_person_confirmed_it(tell, counted, closing):
    tell("Ada", [(9, SCHOOL, "school.exclusion", {"category": "PERM"})])
    closing("C05", "confirmed")
    assert counted() == ({EDUCATION: 1}, {})


SHIELD = """
insert into disclosure_shield (identity_id, agency_id, officer_id, at, shielded, reasons)
select i.id, i.agency_id, %s, now(), %s, 'The family fled' from people_identity i
  join access_agency a on a.id = i.agency_id where a.name = %s
"""


def test_a_child_whose_whereabouts_are_confidential_is_in_no_count(tell, counted, everything, partnership):
    tell("Ada", [saw(SCHOOL), saw(POLICE)])
    everything(SHIELD, partnership.officers["Beth"], True, SCHOOL)
    assert counted() == ({}, {SHIELDED: 1})
    everything(SHIELD, partnership.officers["Beth"], False, SCHOOL)
    assert counted() == ({EDUCATION | FORCE: 1}, {})


def test_what_was_told_after_a_sign_was_closed_stands_again(tell, counted, closing):
    tell("Ada", [saw(SCHOOL)])
    closing("C11", "other-explanation")
    tell("Ada", [saw(POLICE, days=1)])
    assert counted() == ({FORCE: 1}, {})


def test_what_belongs_to_another_child_since_puts_nobody_on_a_list(tell, counted, everything):
    tell("Ada", [saw(SCHOOL), saw(POLICE)])
    everything("with other as (insert into people_person (made_at) values (now()) returning id)"
               " update people_identity set person_id = (select id from other) where agency_id ="
               " (select id from access_agency where name = %s)", POLICE)
    assert counted() == ({EDUCATION: 1}, {})


def test_coverage_says_how_many_agencies_told_and_since_when(tell, as_worker):
    tell("Ada", [saw(SCHOOL, days=100), saw(SCHOOL, days=9), saw(POLICE, days=30)])
    with as_worker(), at_task("test"):
        found = own_counts(DEFINITION, start=NOW - timedelta(days=365), until=NOW).covered
    assert {name: (one.agencies, one.told, (NOW - one.first_at).days) for name, one in found.items()} == {
        "Schools and education": (1, 2, 100), "Police": (1, 1, 30)}


DOUBT = """
insert into people_doubt (one_id, other_id, because, opened_at, answer, answered_at, reason, bits, within_id)
select least(a.id, b.id), greatest(a.id, b.id), '[]', now(), %s, case when %s <> 'open' then now() end, '', %s,
  case when %s then a.person_id end
from people_identity a, people_identity b where a.key = %s and b.key = %s
"""


def test_links_are_judged_by_what_people_answered(tell, as_worker, everything):
    for child in ("Ada", "Ben", "Cleo", "Dina"):
        tell(child, [saw(SCHOOL)])
    keys = [key for (key,) in everything("select key from people_identity order by key")]
    for (one, other), (answer, bits, within) in zip(
            [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)],
            [("same", 5, False), ("not-same", 5, False), ("open", 5, False), ("cannot-tell", 2, False),
             ("same", 3, True), ("not-same", 3, True)], strict=True):
        everything(DOUBT, answer, answer, bits, within, keys[one], keys[other])
    with as_worker(), at_task("test"):
        found = judged_links()
    assert {band: (one.same, one.not_same, one.waiting) for band, one in found.bands.items()} == {
        "4 to 10": (1, 1, 1), "0 to 4": (0, 0, 1)}
    assert (found.looked_at, found.wrong) == (2, 1)
