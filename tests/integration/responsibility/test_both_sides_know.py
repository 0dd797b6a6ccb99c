"""Whatever ends an offer or moves the child to another owner, both sides are told, each once."""

from datetime import timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.responsibility.transfers import expire_offers, offer
from tests.integration.conftest import NOW

NOTICES = ("select n.key, a.name, n.about from duties_notice n join access_agency a on a.id = n.to_agency_id"
           " where n.key like %s order by n.made_at, n.key")


@pytest.fixture
def offered(scene):
    """Let Olive of Lancashire offer Amara's safety to Knowsley; gives the transfer."""
    with scene.acting("Olive") as olive:
        return offer(acting=olive, event=scene.event().pk, to_contact=scene.desk("Knowsley Council"),
                     words="She is at our office.", answer_by=NOW + timedelta(minutes=60), at=NOW)


def told(scene, transfer, ending):
    rows = scene.everything(NOTICES, f"transfer:{transfer}:%")
    return {agency for key, agency, _ in rows if not key.endswith(":offered") and ending in key}


def test_both_sides_learn_that_nobody_answered_in_time(offered, scene):
    for _ in range(2):
        with scene.as_worker(), at_task("test"):
            expire_offers(book=agency_book(), at=NOW + timedelta(minutes=61), most=10)
    rows = scene.everything(NOTICES, f"transfer:{offered}:expired%")
    assert [(agency, "The giver stays" in about) for _, agency, about in rows] == [
        ("Lancashire Council", False), ("Knowsley Council", True)]


def test_both_sides_learn_that_newer_ground_ended_the_offer(offered, scene, tell):
    tell("M12", "missing-report", NOW + timedelta(minutes=5))
    assert told(scene, offered, "withdrawn") == {"Knowsley Council"}
    assert told(scene, offered, "ended") == {"Lancashire Council"}


def test_both_sides_learn_that_the_event_ended_under_the_offer(offered, scene, tell):
    tell("M13", "missing-found", NOW + timedelta(minutes=5), postcode="L36 9YZ")
    rows = scene.everything(NOTICES, f"transfer:{offered}:%")
    assert {agency for key, agency, about in rows if "has ended" in about} == {"Knowsley Council", "Lancashire Council"}


def test_who_protected_until_now_learns_who_does(scene, tell):
    relieved = scene.everything(NOTICES, "relieved:%")
    assert [(agency, about.rpartition(": ")[2]) for _, agency, about in relieved] == [
        ("Merseyside Police", "Lancashire Council protects the child now.")]
    tell("M14", "missing-report", NOW + timedelta(minutes=5))
    relieved = scene.everything(NOTICES, "relieved:%")
    assert [agency for _, agency, _ in relieved] == ["Merseyside Police", "Lancashire Council"]


def test_who_is_told_of_the_child_by_that_sees_nothing_of_the_child(scene, everything):
    """The words of a notice name no child, and whoever is relieved keeps no sight by it."""
    assert not [about for _, _, about in everything(NOTICES, "relieved:%") if "Amara" in about or "Okafor" in about]
