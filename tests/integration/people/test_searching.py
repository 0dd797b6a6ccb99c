"""Who seeks a child half right is shown the child, and few others; and nobody is shown whom they may not see."""

from datetime import date

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.people.actions import attribute
from sightline.apps.people.queries import find
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import NOW

BORN = date(2011, 4, 3)


def sought(given: str, family: str, born: date) -> Identity:
    return Identity("", "", given=given, family=family, born_on=born)


@pytest.mark.parametrize("asked", [
    sought("Amara", "Okafor", BORN),
    sought("Amraa", "Okafor", date(2011, 4, 13)),
    sought("Amara", "Okafr", date(2012, 4, 3)),
    sought("Amarah", "Okafor", date(2011, 3, 4)),
    sought("Okafor", "Amara", date(2011, 6, 3)),
    sought("Amara", "Okafor", date(2011, 4, 15)),
])
def test_a_half_right_name_and_a_half_right_birthday_find_the_child(amara, acting, asked):
    for who in ("Beth", "Lee"):
        with acting(who):
            (hit,) = find(asked, most=10)
            assert hit.person == amara
            assert any("birth" in words for words in (hit.agrees if asked.born_on == BORN else hit.nearly))
    with acting("Carl"):
        assert find(asked, most=10) == []


@pytest.mark.parametrize("asked", [
    sought("Zora", "Mensah", BORN),
    sought("Amara", "Mensah", date(2009, 11, 27)),
])
def test_another_child_is_not_shown_for_a_shared_birthday_or_name(amara, acting, asked):
    with acting("Beth"):
        assert find(asked, most=10) == []


def test_who_is_found_by_a_number_alone_is_shown_by_name(amara, acting, as_worker, partnership):
    """The record that holds the number may be one that told nothing else."""
    bare = Identity("timeline", "k9", identifiers={"upn": "A950000178301"})
    with as_worker(), at_task("test"):
        attribute([bare], agency=partnership.agencies["Knowsley Council"], submission=None, at=NOW)
    with acting("Beth"):
        (hit,) = find(Identity("", "", identifiers={"upn": "A950000178301"}), most=10)
        assert (hit.person, hit.said.name, hit.said.born_on) == (amara, "Amara Okafor", BORN)
