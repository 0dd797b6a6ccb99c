"""The custody desk: every child whom the force holds, what it owes next, few questions; nothing for another force."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.access.acting import at_task
from sightline.apps.custody import travelling
from sightline.apps.custody.desk import Named, children_held, desk_mark, journeys, named
from sightline.apps.responsibility.sites import keep_sites
from sightline.apps.responsibility.transfers import accept, offer
from sightline.domain.custody.gate import GATE
from sightline.domain.duties.catalogue import RULES
from sightline.domain.responsibility.sites import Site, SiteKind
from sightline.interfaces.web.custody import doors
from sightline.interfaces.web.custody.saving import TypedForm
from tests.integration.conftest import NOW
from tests.integration.custody.conftest import HEADER

MOST_QUERIES = 10
DESK = "/custody/desk/"


def arrests(*told: tuple[str, str, str]) -> str:
    """Write one custody record of each child: reference, given name and suite, arrested in Preston an hour apart."""
    rows = [f"{ref},{suite},PR1 8BH,{(NOW - timedelta(hours=5 + n)).isoformat()},PR1 8BH,{given},Orme,"
            f"0{n % 9 + 1}/04/2010,M,PR1 8BH,drugs-supply,,,\n" for n, (ref, given, suite) in enumerate(told)]
    return HEADER + "".join(rows)


@pytest.fixture
def crowd(held, send):
    """Arrest five more boys, in two buildings and one that nobody told."""
    told = (("B1", "Adam", "Preston"), ("B2", "Ben", "Blackpool"), ("B3", "Cole", "preston custody suite"),
            ("B4", "Dan", ""), ("B5", "Eli", "Blackpool"))
    facts = send("police-custody", "Lancashire Constabulary", arrests(*told), at=NOW - timedelta(hours=3))
    assert (facts.state, facts.accepted) == ("done", 5), facts
    return held


@pytest.fixture
def suites(as_worker):
    """Keep the force's two suites by their names."""
    with as_worker(), at_task("test"):
        keep_sites([Site(SiteKind.SUITE, name, None, name, "Lancashire") for name in ("Preston", "Blackpool")], at=NOW)


def desk_of(held, name: str, at=NOW):
    with held.acting(name) as me:
        return children_held(me.agency, at=at)


def test_the_desk_shows_the_child_with_what_the_force_owes_and_says_what_is_late(held):
    (amara,) = desk_of(held, "Sam")
    assert (amara.ours, amara.suite, amara.on_the_way) == (True, "Preston", False)
    with held.acting("Sam"):
        assert named([amara.event])[amara.event] == Named("Amara Okafor", date(2011, 4, 3))
    assert amara.since == NOW - timedelta(hours=4)
    owed = held.everything(
        "select code from duties_owedduty where owed_by_id = (select id from access_agency where name ="
        " 'Lancashire Constabulary') and not watched and state in ('open', 'late')"
        " order by state <> 'late', danger, stands_at, id")
    assert [one.code for one in amara.owed.first] == [code for (code,) in owed][:3]
    assert amara.owed.all == len(owed) > 2
    late = held.everything("select count(*) from duties_owedduty where owed_by_id = (select id from access_agency"
                           " where name = 'Lancashire Constabulary') and not watched and state in ('open', 'late')"
                           " and act_by <= %s", NOW)
    assert (amara.owed.late,) == late[0]


@pytest.mark.parametrize("name", ["Carl", "Olive", "Ivo", "Pat", "Beth"])
def test_no_other_agency_has_the_child_on_its_desk(crowd, name):
    assert desk_of(crowd, name) == []
    event = crowd.event().id
    with crowd.acting(name):
        assert named([event]) == {}


def test_carl_and_another_force_learn_nothing_from_the_page(crowd, browse):
    with browse("Ivo") as ivo:
        page = ivo.get(DESK).content.decode()
        assert "No child is in custody here" in page
        assert not [word for word in ("Amara", "Okafor", "Orme", "Blackpool", "Preston") if word in page]
        assert ivo.get("/custody/desk/new/").json()["new"] == 1
    with browse("Carl") as carl:
        assert carl.get(DESK).status_code == 403
        assert carl.get("/custody/desk/new/").status_code == 403


def test_a_desk_of_six_costs_as_many_questions_as_a_desk_of_one(held, browse, send):
    def asked() -> int:
        with browse("Sam") as sam:
            sam.get("/help/")
            with CaptureQueriesContext(connection) as queries:
                assert sam.get(DESK).status_code == 200
        return len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    held.plan()
    one = asked()
    told = arrests(*((f"B{n}", f"Boy{n}", "Preston") for n in range(5)))
    assert send("police-custody", "Lancashire Constabulary", told, at=NOW).accepted == 5
    assert asked() == one <= MOST_QUERIES


def test_the_own_building_comes_first_and_is_remembered_and_the_others_are_one_click_away(crowd, suites, browse):
    with browse("Sam") as sam:
        page = sam.get(DESK).content.decode()
        for words in (">Preston (3 children, ", ">Blackpool (2 children, ", ">Building not told (1 child, ",
                      "<strong>All buildings</strong> (6 children, "):
            assert words in page, words
        page = sam.get(f"{DESK}?suite=Blackpool").content.decode()
        assert "Ben Orme" in page
        assert "Adam Orme" not in page
        page = sam.get(DESK).content.decode()
        assert "Custody desk: Blackpool" in page
        assert "Eli Orme" in page
        assert "Cole Orme" not in page
        assert "Cole Orme" in sam.get(f"{DESK}?suite=").content.decode()
        assert "Custody desk</h1>" in sam.get(f"{DESK}?suite=<script>").content.decode()


def test_who_has_something_late_stands_first_and_then_by_the_clock(crowd, browse):
    found = desk_of(crowd, "Sam")
    with browse("Sam") as sam:
        page = sam.get(DESK).content.decode()
    places = [page.index(f'id="child-{one.event}"') for one in found]
    assert sorted(places) == [place for _, place in sorted(
        zip(((one.owed.first[0].danger, one.owed.first[0].act_by) for one in found), places, strict=True))]
    assert "Late by" in page


def test_a_child_whom_a_council_accepted_stays_on_the_desk_until_the_release(held, browse):
    event = held.event()
    with held.acting("Sam") as sam:
        made = offer(acting=sam, event=event.id, to_contact=held.desks["Knowsley Council"], words="Receive her, please",
                     answer_by=datetime.now(UTC) + timedelta(hours=1), at=NOW)
    with browse("Sam") as sam:
        assert "Offered to Knowsley Council: to answer by" in sam.get(DESK).content.decode()
    with held.acting("Beth"):
        accept(transfer=made, at=NOW)
    (amara,) = desk_of(held, "Sam")
    assert (amara.ours, amara.owner, amara.on_the_way) == (False, "Knowsley Council", False)
    with browse("Sam") as sam:
        assert "Knowsley Council protects the child now" in sam.get(DESK).content.decode()
    assert desk_of(held, "Beth") == []


def test_a_child_on_the_way_stands_apart_with_when_it_is_expected_and_leaves_the_desk_on_arrival(held, browse):
    held.plan()
    event = held.event()
    held.does("Sam", travelling.release, event=event, place=None, released_at=NOW)
    (amara,) = desk_of(held, "Sam")
    assert amara.on_the_way
    with held.acting("Sam"):
        assert journeys([amara.release])[amara.release].expected_at == NOW + timedelta(minutes=90)
    with browse("Sam") as sam:
        page = sam.get(DESK).content.decode()
        assert "On the way: 1 child" in page
        assert "To Grace Okafor, expected" in page
        assert f"/custody/{event.id}/?do=arrived#arrived" in page
    held.does("Sam", travelling.arrived, event=event, said_by="Grace Okafor", how="I rang", arrived_at=NOW +
              timedelta(minutes=80), at=NOW + timedelta(minutes=81))
    assert desk_of(held, "Sam") == []


def test_what_stands_in_the_way_of_the_release_is_said_in_one_line_and_leads_to_its_form(held, browse):
    event = held.event()
    with browse("Sam") as sam:
        page = sam.get(DESK).content.decode()
        assert "Missing: risk assessed in person, and 5 more." in page
        assert f"/custody/{event.id}/?do=assess#assess" in page
        held.plan(home="")
        page = sam.get(DESK).content.decode()
        assert "Missing: the home council is told." in page
        opened = sam.get(f"/custody/{event.id}/?do=home").content.decode()
        assert '<details class="govuk-details" id="home" open>' in opened


def test_every_door_of_the_desk_opens_a_form_that_there_is_and_every_condition_of_the_gate_has_one():
    assert set(doors.GATE) == {condition.code for condition in GATE}
    assert set(doors.DUTIES) <= {rule.code for rule in RULES}
    import_module("sightline.interfaces.web.urls")  # every page, and with it every form, is known
    for door in (*doors.GATE.values(), *doors.DUTIES.values(), doors.RELEASE, doors.ARRIVAL):
        assert door.of(uuid4()).href.startswith("/custody/")
        of_the_page = "" if door.page == "release" else f"{door.page}-"
        assert not door.form or f"{of_the_page}{door.form}" in TypedForm.known


def test_the_mark_of_the_desk_changes_with_what_is_done_and_not_with_time(held, browse):
    def mark(at=NOW):
        with held.acting("Sam") as me:
            return desk_mark(children_held(me.agency, at=at))

    first = mark()
    assert mark(NOW + timedelta(minutes=5)) == first
    held.plan(home="", legs=())
    assert mark() != first
    with browse("Sam") as sam:
        assert sam.get(f"/custody/desk/new/?mark={mark()}").json() == {"new": 0, "words": ""}
        assert sam.get(f"/custody/desk/new/?mark={first}").json()["new"] == 1


def test_the_question_that_the_page_asks_by_itself_keeps_no_audit_and_the_page_does(held, browse):
    with browse("Sam") as sam:
        sam.get("/custody/desk/new/?mark=x")
        assert held.everything("select count(*) from access_auditentry where act = 'custody_desk_new'") == [(0,)]
        sam.get(DESK)
    assert held.everything("select children from access_auditentry where act = 'see the custody desk'") == [
        ([held.amara],)]
