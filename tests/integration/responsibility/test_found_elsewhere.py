"""A child is found in another force's area: that both councils know is met by what they really do, and by no less."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from sightline import flow

DUTY = ("select d.state, a.name from duties_owedduty d join access_agency a on a.id = d.owed_by_id"
        " where d.code = 'D-MIS-8'")
NOTICE = ("select n.id from duties_notice n join access_agency a on a.id = n.to_agency_id"
          " where n.key like 'safety:%%' and a.name = %s")


@pytest.fixture
def read_again(as_worker):
    """Let the worker read whoever has news."""

    def reading():
        with as_worker():
            flow.read_news(at=lambda: datetime.now(UTC))

    return reading


def state(scene):
    ((found, force),) = scene.everything(DUTY)
    assert force == "Lancashire Constabulary"
    return found


def accepted_by(scene, browse, name):
    """Let Olive offer the child to Knowsley, and somebody accept."""
    with browse("Olive") as olive:
        sent = olive.post(f"/events/{scene.event().pk}/offer/", {
            "contact": scene.desk("Knowsley Council"), "words": "She is at our office.", "minutes": "60"})
        assert sent.status_code == 302, sent.content.decode()[-2000:]
    with browse(name) as client:
        assert client.post(f"{urlsplit(sent.url).path}answer/", {"answer": "accept"}).status_code == 302
    assert scene.event().owner_agency.name == "Knowsley Council"


def test_it_is_met_when_the_council_of_the_place_and_the_home_council_have_both_said_that_they_know(
        scene, browse, read_again):
    ((notice,),) = scene.everything(NOTICE, "Lancashire Council")
    before = state(scene)
    with browse("Olive") as olive:
        assert olive.post(f"/notices/{notice}/acknowledge/").status_code == 302
        assert olive.post(f"/notices/{notice}/acknowledge/").status_code == 302, "twice is once"
    read_again()
    assert (before, state(scene)) == ("open", "late"), "one council alone is not both"
    accepted_by(scene, browse, "Beth")
    read_again()
    assert state(scene) == "met"
    told = scene.everything(
        "select by, facts ->> 'to' from record_entry where kind = 'notice.acknowledged' order by by")
    assert told == [("Knowsley Council", "Knowsley Council"), ("Lancashire Council", "Lancashire Council")]


def test_the_home_council_alone_is_not_both(scene, browse, read_again):
    accepted_by(scene, browse, "Mary")
    read_again()
    assert state(scene) == "late"
