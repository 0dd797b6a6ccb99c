"""A child whose record the code cannot bear holds up no other child, and is read as soon as the code can."""

from datetime import timedelta
from io import BytesIO

import pytest

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.signs.queries import to_look_again
from tests.integration.conftest import NOW

HEADINGS = "record_ref,record_type,occurred_at,postcode,forename,surname,dob,sex,home_postcode,reason\n"
ROW = "M/{n},missing-report,{at},L36 9YZ,{given},Okafor,0{n}/04/2011,F,L36 9YZ,x\n"
HOURS = {given: NOW - timedelta(hours=n) for n, given in enumerate(("Amara", "Bola", "Chidi", "Dayo", "Ebun"), 1)}
OWED = ("select distinct n.given from duties_owedduty o join people_identity i on i.person_id = o.person_id"
        " join people_description n on n.identity_id = i.id order by 1")


@pytest.fixture
def missing(partnership, as_worker) -> None:
    """Keep the reports that five girls are missing; nobody has read them yet."""
    rows = [ROW.format(n=n, given=given, at=at.isoformat()) for n, (given, at) in enumerate(HOURS.items(), 1)]
    with as_worker():
        with at_task("receive"):
            file = flow.receive(stream=BytesIO("".join([HEADINGS, *rows]).encode()), feed="police-events",
                                agency=partnership.agencies["Merseyside Police"], officer=None, file_name="x.csv",
                                at=NOW)
        assert flow.work_through(file, at=lambda: NOW, progress=lambda done, rows: None).accepted == len(HOURS)


@pytest.fixture
def chidi_cannot_be_read(monkeypatch) -> None:
    """Let the reading of signs fail on one of the girls."""
    whole_of = flow.whole_of

    def unless_chidi(life, **ways):
        if any(entry.starts == HOURS["Chidi"] for entry in life.timeline):
            raise RecursionError("Chidi Okafor is missing")
        return whole_of(life, **ways)

    monkeypatch.setattr(flow, "whole_of", unless_chidi)


def test_the_others_are_read_and_the_news_waits(missing, as_worker, everything, chidi_cannot_be_read, caplog):
    for later in (NOW, NOW + timedelta(hours=1)):
        with as_worker():
            flow.read_news(at=lambda: later)  # noqa: B023
        assert [name for name, in everything(OWED)] == ["Amara", "Bola", "Dayo", "Ebun"]
        assert everything("select count(*), min(at) from record_news") == [(1, NOW)]
    assert "cannot be read: RecursionError" in caplog.text
    assert "Chidi" not in caplog.text


def test_she_is_read_as_soon_as_the_code_can(missing, as_worker, everything, request):
    request.getfixturevalue("chidi_cannot_be_read")
    with as_worker():
        assert flow.read_news(at=lambda: NOW) == len(HOURS) - 1
    request.getfixturevalue("monkeypatch").undo()
    with as_worker():
        assert flow.read_news(at=lambda: NOW) == 1
    assert [name for name, in everything(OWED)] == list(HOURS)
    assert everything("select * from record_news") == []


def test_a_look_that_time_alone_asks_for_goes_on_with_the_others(missing, as_worker, everything, request):
    with as_worker():
        assert flow.read_news(at=lambda: NOW) == len(HOURS)
    request.getfixturevalue("chidi_cannot_be_read")
    later = NOW + timedelta(days=400)
    with as_worker(), at_task("look again"):
        people = to_look_again(at=later, most=10)
        assert len(people) == len(HOURS)
        flow.look_again(people, at=later)
        assert len(to_look_again(at=later, most=10)) == 0
    assert everything("select at from record_news") == [(later,)]
