"""The pages of the queue: its pieces and filters, giving, putting off, absences, workload, and what is new."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.duties.work import tell
from tests.integration.conftest import NOW

MOST_QUERIES = 10
PLACES = ("/inbox/", "/inbox/?last=1", *(f"/inbox/?whose={whose}" for whose in (
    "mine", "safeguarding", "manager", "watched")), "/inbox/?state=late", "/inbox/?state=put-off",
    "/inbox/?whose=mine&state=late", *(f"/inbox/?kind={kind}" for kind in ("duties", "children", "notices", "doubts")),
    "/inbox/new/", "/inbox/new/?whose=mine", "/inbox/workload/", "/inbox/away/")


def test_every_page_of_the_queue_asks_few_questions(owe, browse):
    for number in range(40):
        owe(hours=number - 5, state="late" if number < 5 else "open", officer="Tom" if number % 2 else None)
    with browse("Mary") as client:
        client.get("/help/")  # the first page of a session writes down when it was used
        for place in PLACES:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(place)
            asked = [q["sql"] for q in queries if q["sql"].lower().startswith(("select", "insert", "update", "with",
                                                                               "\nselect", "\nwith"))]
            assert answer.status_code == 200, place
            assert len(asked) <= MOST_QUERIES, (place, len(asked), [q[:90] for q in asked])


def test_the_pieces_of_the_inbox_hold_everything_once_both_ways(cleared, owe, browse):
    owed = {str(owe(hours=number + 30)) for number in range(60)}
    with browse("Beth") as client:
        found, place = [], "/inbox/?kind=duties"
        while place:
            page = client.get(place).content.decode()
            found += re.findall(r'id="duty-([0-9a-f-]{36})"', page)
            place = _link(page, "Next page")
        assert (len(found), set(found)) == (60, owed)
        back, place = [], "/inbox/?kind=duties&last=1"
        while place:
            page = client.get(place).content.decode()
            back = re.findall(r'id="duty-([0-9a-f-]{36})"', page) + back
            place = _link(page, "Previous page")
        assert back == found


def _link(page, words):
    found = re.search(rf'href="([^"]+)">{words}<', page)
    return found[1].replace("&amp;", "&") if found else None


def test_what_the_law_names_stands_under_its_heading_with_its_source(cleared, owe, browse):
    owe(code="D-PP-2", danger=1, hours=50)
    owe(code="D-EX-4", hours=-800, state="late")
    with browse("Beth") as client:
        page = client.get("/inbox/").content.decode()
    assert page.index("Police protection is running") < page.index("End of police protection") < page.index(">Late<")
    assert "Children Act 1989 ss.46 and 47(1)(b)" in page


@pytest.mark.parametrize("query", ["after=1.2", "after=%00", "before=9.9.9", "after=7.1.x&last", "whose=x&kind=<b>",
                                   "page=99", "chosen=all&after=" + "9" * 500])
def test_an_address_that_nobody_gave_shows_the_list_and_no_fault(owe, browse, query):
    with browse("Beth") as client:
        assert client.get(f"/inbox/?{query}").status_code == 200
        assert client.get(f"/inbox/new/?since={query}&known=-1&{query}").status_code == 200


def test_a_manager_gives_the_ticked_ones_to_an_officer_in_two_steps(cleared, owe, browse, team, kept):
    several = [str(owe()) for _ in range(3)]
    with browse("Mary") as client:
        assert client.get("/inbox/?chosen=all").content.decode().count(" checked") == 3
        asked = client.post("/inbox/give/", {"chosen": several[:2], "back": "/inbox/?whose=safeguarding"})
        assert asked.status_code == 200
        assert "Give 2 duties to somebody" in asked.content.decode()
        wrong = client.post("/inbox/give/", {"chosen": several[:2], "to": "", "words": ""})
        assert wrong.status_code == 422
        assert "Choose who takes it over" in wrong.content.decode()
        done = client.post("/inbox/give/", {"chosen": several[:2], "to": f"officer {team.officers['Tom']}",
                                            "words": "Beth has too much", "back": "/inbox/?whose=safeguarding"})
        assert (done.status_code, done.headers["Location"]) == (302, "/inbox/?whose=safeguarding")
        assert "You have given over 2 duties" in client.get("/inbox/").content.decode()
        for strange in ("https://elsewhere.example/", "//elsewhere.example", "/account/"):
            away = client.post("/inbox/give/", {"chosen": [], "back": strange})
            assert away.headers["Location"] == "/inbox/"
        assert client.post("/inbox/give/", {"chosen": ["x"]}).status_code == 404
    assert kept("select count(*) from duties_owedduty where officer_id = %s", team.officers["Tom"]) == [(2,)]
    with browse("Beth") as client:
        assert client.post("/inbox/give/", {"chosen": several}).status_code == 403
        assert 'name="chosen"' not in client.get("/inbox/").content.decode()


def test_of_two_who_click_take_it_on_the_second_sees_who_has_it(cleared, owe, browse):
    one = owe()
    with browse("Tom") as client:
        assert client.post(f"/duties/{one}/take/", {}).status_code == 302
    with browse("Beth") as client:
        second = client.post(f"/duties/{one}/take/", {})
        assert second.status_code == 409
        assert "Somebody else has taken this on" in second.content.decode()
        held = re.search(r'name="held" value="([^"]+)"', client.get(f"/duties/{one}/").content.decode())[1]
        assert client.post(f"/duties/{one}/take/", {"held": held}).status_code == 302, "and may take it over"
        assert client.post(f"/duties/{one}/take/", {"held": "x"}).status_code == 404


def test_a_duty_is_put_off_by_a_choice_of_times_and_brought_back(cleared, owe, browse, till_now):
    one = till_now(owe(officer="Beth", hours=30))
    critical = till_now(owe(officer="Beth", hours=30, danger=3, code="D-CHG-2"))
    with browse("Beth") as client:
        assert "Put it off" not in client.get(f"/duties/{critical}/").content.decode()
        refused = client.post(f"/duties/{critical}/put-off/", {"until": "2026-05-22T10:00", "words": "x"})
        assert refused.status_code == 409
        page = client.get(f"/duties/{one}/").content.decode()
        until = re.findall(r'name="until" type="radio" value="([^"]+)"', page)
        assert until
        assert client.post(f"/duties/{one}/put-off/", {"until": until[-1], "words": ""}).status_code == 422
        assert client.post(f"/duties/{one}/put-off/", {"until": "2999-01-01T00:00", "words": "x"}).status_code == 422
        done = client.post(f"/duties/{one}/put-off/", {"until": until[-1], "words": "The school is shut"})
        assert done.status_code == 302
        assert str(one) not in client.get("/inbox/?kind=duties").content.decode()
        away = client.get("/inbox/?state=put-off").content.decode()
        assert str(one) in away
        assert "Put off until" in away
        page = client.get(f"/duties/{one}/").content.decode()
        assert "The school is shut" in page
        assert client.post(f"/duties/{one}/bring-back/").status_code == 302
        assert client.post(f"/duties/{one}/bring-back/").status_code == 409
        assert str(one) in client.get("/inbox/?kind=duties").content.decode()


@pytest.fixture
def till_now(kept):
    """Move a duty's clock so that it stands to now as it stood to the test's instant."""
    def moving(duty):
        kept("update duties_owedduty set act_by = act_by + (now() - %s) where id = %s returning 1", NOW, duty)
        return duty

    return moving


def test_an_officer_records_their_own_absence_and_a_manager_anybodys(cleared, owe, browse, team):
    held = owe(officer="Beth")
    begins, ends = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=2)
    times = {f"{name}_{part}": value for name, day in (("from_at", begins), ("until_at", ends))
             for part, value in (("day", day.day), ("month", day.month), ("year", day.year), ("time", ""))}
    tom, beth = (str(team.officers[name]) for name in ("Tom", "Beth"))
    with browse("Tom") as client:
        assert client.post("/inbox/away/", {**times, "officer": beth, "covered_by": tom}).status_code == 422
        assert client.get("/inbox/?whose=mine").content.decode().count("You cover for") == 0
    with browse("Beth") as client:
        assert client.post("/inbox/away/", {}).status_code == 422
        assert client.post("/inbox/away/", {**times, "officer": beth, "covered_by": beth}).status_code == 422
        assert client.post("/inbox/away/", {**times, "officer": beth, "covered_by": tom}).status_code == 302
        page = client.get("/inbox/away/").content.decode()
        assert "Beth, covered by Tom" in page
        absence = re.search(r"/inbox/away/([0-9a-f-]{36})/end/", page)[1]
    with browse("Tom") as client:
        page = client.get("/inbox/?whose=mine").content.decode()
        assert "You cover for Beth, who is away" in page
        assert str(held) in page
        assert client.post(f"/inbox/away/{absence}/end/").status_code == 404
    with browse("Carl") as client:
        assert client.post(f"/inbox/away/{absence}/end/").status_code == 404
    with browse("Mary") as client:
        assert client.post(f"/inbox/away/{absence}/end/").status_code == 302
    with browse("Tom") as client:
        assert str(held) not in client.get("/inbox/?whose=mine").content.decode()


def test_who_has_too_much_is_said_in_words_with_the_median_beside_it(cleared, owe, browse):
    for number in range(12):
        owe(officer="Tom", hours=number - 2, state="late" if number < 2 else "open")
    owe(officer="Mary", desk="manager")
    with browse("Mary") as client:
        page = " ".join(client.get("/inbox/workload/").content.decode().split())
    assert "<strong>Tom</strong>: 12 open against a median of 1, 2 of them late" in page
    assert "Okafor" not in page
    with browse("Beth") as client:
        assert client.get("/inbox/workload/").status_code == 403


def test_the_list_asks_whether_anything_is_new_and_is_told_a_number(amara, browse, acting, partnership):
    with browse("Pat") as client:
        page = client.get("/inbox/").content.decode()
        ask = re.search(r'data-ask="([^"]+)"', page)[1].replace("&amp;", "&")
        assert json.loads(client.get(ask).content) == {"new": 0, "words": ""}
        with acting("Beth") as beth:
            tell(person=amara, to_agency=partnership.agencies["Merseyside Police"], about="Look", key="k1",
                 from_agency=beth.agency, at=datetime.now(UTC))
    with browse("Pat") as client:
        told = client.get(ask)
        assert json.loads(told.content) == {"new": 1, "words": "1 new"}
        assert "Amara" not in told.content.decode()
    with browse("Carl") as client:
        assert json.loads(client.get(ask).content)["new"] == 0


def test_asking_keeps_nothing_in_the_audit_and_no_session_awake(browse, kept):
    with browse("Pat") as client:
        client.get("/inbox/")
        session = client.session
        session["seen_at"] -= 600
        session.save()
    before, seen = kept("select count(*) from access_auditentry"), session["seen_at"]
    with browse("Pat") as other:
        other.cookies = client.cookies
        assert other.get("/inbox/new/").status_code == 200
        assert other.session["seen_at"] == seen
    assert kept("select count(*) from access_auditentry") == before
    with browse("Pat") as other:
        other.cookies = client.cookies
        assert other.get("/inbox/").status_code == 200
        assert other.session["seen_at"] > seen
    assert kept("select count(*) from access_auditentry") > before
