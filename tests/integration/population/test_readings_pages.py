"""Readings of everybody on a page: what differed is shown, a change is tried before it holds, and outsiders see few."""

from datetime import UTC, datetime, timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.population import actions
from sightline.apps.population.models import Partition, Run, Tally
from sightline.apps.population.queries import counts_of, run_of, to_go_on_with
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.comparing import Change, Counted
from sightline.interfaces.serve.condition import condition
from tests.integration.conftest import NOW

MANY = 31


@pytest.fixture
def kept(partnership, as_worker):
    """Keep a finished run with what its only share found; gives its number."""

    def keeping(
        *, change: Change | None = None, differed: int = 0, unread: int = 0, at: datetime = NOW, done: bool = True
    ) -> int:
        with as_worker(), at_task("test"):
            run = actions.ask(because=actions.NIGHT, at=at, change=change)
            actions.begin(run, rules=RULES, at=at)
            share = Partition.objects.get(run=run)
            for council, gained, lost in (("Knowsley", 2, MANY), ("Sefton", 0, MANY), ("Wirral", 12, 1)):
                Tally.objects.create(partition=share, code="C05", council=council, gained=gained, lost=lost)
            if done:
                Partition.objects.filter(run=run).update(
                    done_at=at, children=900, entries=9000, differed=differed, unread=unread, waiting=3)
                Run.objects.filter(pk=run).update(done_at=at)
            return run

    return keeping


def test_a_manager_sees_how_readings_went_and_what_differed(kept, browse):
    well, ill = kept(), kept(differed=4)
    with browse("Mary") as client:
        shown = client.get("/oversight/readings/").content.decode()
        assert shown.count("Nothing differed unexplained") == 1
        assert "Differ without a reason: 4" in shown
        assert "sightline-row" in shown
        assert "a fault of this system" in client.get(f"/oversight/readings/{ill}/").content.decode()
        page = client.get(f"/oversight/readings/{well}/").content.decode()
        assert "9,000" in page or "9000" in page
        assert "a fault of this system" not in page
        assert client.get("/oversight/readings/999999/").status_code == 404
        unread = kept(unread=2)
        assert "Could not be read: 2" in client.get("/oversight/readings/").content.decode()
        page = client.get(f"/oversight/readings/{unread}/").content.decode()
        assert "Children could not be read" in page
        assert "news of them waits" in page


def test_numbers_leave_the_partnership_only_where_they_point_at_nobody(kept, browse, acting):
    run = kept(change=Change(without=frozenset({"C05"})))
    for name, exact in (("Mary", True), ("Dawn", False)):
        with browse(name) as client:
            page = client.get(f"/oversight/readings/{run}/").content.decode()
            assert ("Fewer than 5" in page) is not exact, name
            assert str(MANY) in page
            assert ("63" in page) is exact, f"{name}: the total would give the one child of Wirral away"
            assert ("Not told" in page) is not exact
    with acting("Mary"):
        assert counts_of(run)["C05", "Wirral"] == Counted(12, 1)
    with acting("Beth"):
        assert counts_of(run) == {}


def test_who_has_no_part_in_oversight_sees_no_reading(kept, browse):
    run = kept()
    for name in ("Beth", "Carl", "Lee", "Pat"):
        with browse(name) as client:
            for address in ("/oversight/readings/", f"/oversight/readings/{run}/"):
                assert client.get(address).status_code == 403, name
                assert client.post(address, {"sign": "C05", "what": "without"}).status_code == 403, name


def test_a_manager_asks_for_a_preview_and_an_inspector_may_not(partnership, browse, as_worker):
    with browse("Mary") as client:
        assert client.post("/oversight/readings/", {"sign": "C05", "what": "days"}).status_code == 422
        assert client.post("/oversight/readings/", {"sign": "C99", "what": "without"}).status_code == 422
        asked = client.post("/oversight/readings/", {"sign": "C05", "what": "days", "days": "90"})
        assert asked.status_code == 302
        page = client.get(asked["Location"]).content.decode()
        assert "shown for 90 days instead of" in page
        assert "Everybody is being read" in page
    with browse("Dawn") as client:
        assert "Which sign?" not in client.get("/oversight/readings/").content.decode()
        client.post("/oversight/readings/", {"sign": "C05", "what": "without"})
    with as_worker(), at_task("test"):
        (run,) = to_go_on_with()
        assert run_of(run).change == Change(shown_days={"C05": 90})


def test_the_check_tells_what_last_night_left(kept, as_worker):
    def found():
        return condition(["everybody"])[0]

    assert found().well
    assert "not read yet" in found().says
    now = datetime.now(UTC)
    kept(at=now - timedelta(hours=3), done=False)
    assert found().well
    kept(at=now - timedelta(hours=7), done=False)
    assert not found().well
    assert "is not finished: 0 of 1 shares" in found().says
    kept(at=now)
    assert found().well
    kept(at=now, change=Change(without=frozenset({"C05"})), done=False)
    assert found().well
    kept(at=now, differed=2)
    assert not found().well
    assert "without a reason: 2" in found().says
    kept(at=now, unread=3)
    assert not found().well
    assert "could not be read last night: 3" in found().says
    kept(at=now - timedelta(hours=40))
    assert not found().well
    assert "should be every night" in found().says
