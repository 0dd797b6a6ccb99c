"""The pages of sharing: each side sees its own, few questions to the database, one child at a time and no file."""

import inspect
import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline import flow
from sightline.apps.access.queries import contacts
from sightline.apps.disclosure import queries
from sightline.apps.disclosure.actions import ask_for
from sightline.apps.disclosure.asking import ask_if_known
from sightline.domain.vocabulary.identity import Identity
from sightline.interfaces.cli.main import COMMANDS
from sightline.interfaces.web.oversight import pages as oversight
from tests.integration.disclosing import share_with
from tests.integration.protection.tried import addresses

MOST_QUERIES = 10
GOOD = {"purpose": "Look out for her", "facilitates": "yes", "facilitates_because": "They patrol there", "harms": "no",
        "harms_because": "Nobody hears of it", "outcome": "share", "gateway": "GW-10/11", "told": "child",
        "checked": "today", "leak_harms": "Nobody", "lasts": "180"}


@pytest.fixture
def form(scene, partnership):
    return {**GOOD, "other": str(partnership.agencies["Merseyside Police"]), "more": [str(scene.exclusion)]}


def post(browse, name, place, form):
    with browse(name) as client:
        return client.post(place, form)


def test_beth_shares_on_the_page_and_the_police_say_that_they_have_it(scene, browse, form):
    sent = post(browse, "Beth", f"/children/{scene.amara}/share/", form)
    assert sent.status_code == 302, re.findall(r"error-message.*", sent.content.decode())
    place = urlsplit(sent.url).path
    with browse("Beth") as beth:
        assert "Nobody there has said that they have it" in beth.get(place).content.decode()
        assert "Merseyside Police" in beth.get(f"/children/{scene.amara}/disclosures/").content.decode()
    with browse("Pat") as pat:
        page = pat.get(place).content.decode()
        assert "Knowsley Council shared this with you" in page
        assert "They patrol there" not in page
        assert pat.post(f"{place}receipt/", {"words": "Briefed"}).status_code == 302
        assert pat.post(f"{place}receipt/", {"words": "Briefed"}).status_code == 422
        assert pat.post(f"{place}end/", {"why": "wrong data", "words": "x"}).status_code == 422
    assert post(browse, "Beth", f"{place}end/", {"why": "wrong person", "words": "Her cousin"}).status_code == 302
    with browse("Pat") as pat:
        assert "Do not act on it" in pat.get(place).content.decode()


@pytest.mark.parametrize(("change", "says"), [
    ({"other": ""}, "Choose whom it is about telling"), ({"outcome": ""}, "Choose whether to share"),
    ({"gateway": "GW-16LA"}, "Select a valid choice"), ({"more": []}, "Choose what is shared"),
    ({"told": "nobody"}, "Say why nobody was told"), ({"checked": ""}, "made sure"),
    ({"harms": "yes"}, "harm the child"),
])
def test_what_is_missing_is_said_beside_its_question(scene, browse, form, change, says):
    answer = post(browse, "Beth", f"/children/{scene.amara}/share/", {**form, **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert scene.rows("select count(*) from record_entry where kind = 'decision.made'") == [(0,)]


def test_nothing_that_a_person_must_decide_is_chosen_beforehand(scene, browse):
    with browse("Beth") as beth:
        page = beth.get(f"/children/{scene.amara}/share/?about={scene.exclusion}").content.decode()
    for name in ("outcome", "facilitates", "harms", "gateway", "told", "checked"):
        chosen = re.findall(rf'<input[^>]*name="{name}"[^>]*checked[^>]*>', page)
        assert chosen == [], name
    assert "The duty to share for a child’s welfare" in page, "law to come is shown"
    assert 'value="GW-16LA"' not in page


def test_a_request_is_asked_answered_and_seen_by_both_sides(scene, browse, form, as_worker):
    with browse("Lee") as lee:
        sent = lee.post(f"/children/{scene.amara}/ask/", {"wanted": "Is she safe at home?", "purpose": "To teach her"})
        assert sent.status_code == 302
        place = urlsplit(sent.url).path
        assert "Nobody has answered yet" in lee.get(place).content.decode()
    request = place.split("/")[2]
    with browse("Beth") as beth:
        assert "Decide, and answer" in beth.get(place).content.decode()
        school = scene.rows("select id from access_agency where name = 'Brook High School'")[0][0]
        answer = beth.post(f"/children/{scene.amara}/share/?request={request}", {
            **form, "other": "", "recipients": [str(school)], "outcome": "refuse", "harms": "yes",
            "words": "Her mother asked us not to. Ring us."})
        assert answer.status_code == 302, re.findall(r"error-message.*", answer.content.decode())
    with browse("Lee") as lee:
        page = lee.get(place).content.decode()
        assert "Her mother asked us not to. Ring us." in page
        assert "Nobody hears of it" not in page


@pytest.mark.parametrize("name", ["Beth", "Pat"])
def test_every_page_of_sharing_asks_few_questions(scene, browse, acting, name):
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, "Merseyside Police", entries=[scene.exclusion], summary="x")
    # The police know her only when her record has been read again.
    places = [f"/disclosures/{made}/"]
    places += [f"/children/{scene.amara}/share/", f"/children/{scene.amara}/disclosures/"] if name == "Beth" else []
    with browse(name) as client:
        client.get("/help/")
        for place in places:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(place).status_code == 200, place
            ours = [q["sql"][:90] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (place, ours)


def test_the_pages_of_requests_questions_and_desks_ask_few_questions(
    scene, browse, acting, as_worker, partnership
):
    at = datetime.now(UTC)
    with acting("Beth") as beth:
        share_with(beth, scene.amara, "Merseyside Police", entries=[scene.exclusion], summary="x")
    with as_worker():
        flow.read_news(at=lambda: at)
    with acting("Pat"):
        asked = ask_for(person=scene.amara, wanted="Who collects her", purpose="To find her", at=at)
        question = ask_if_known(
            Identity("", "", given="Amara", family="Okafor", born_on=date(2011, 4, 3)), because="On the platform",
            here=partnership.agencies["Essex Council"], ring_back="07700 900123", at=at).question
    desk = contacts(partnership.agencies["Knowsley Council"])[0].id
    places = {"Mary": ("/unread/", "/desks/", f"/desks/{desk}/", "/known/", f"/requests/{asked}/",
                       f"/questions/{question}/"),
              "Dawn": ("/unread/",), "Pat": ("/known/", f"/requests/{asked}/")}
    for name, wanted in places.items():
        with browse(name) as client:
            client.get("/help/")
            for place in wanted:
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(place).status_code == 200, (name, place)
                ours = [q["sql"][:90] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
                assert len(ours) <= MOST_QUERIES, (name, place, len(ours), ours)


def test_oversight_asks_few_questions_besides_those_of_the_check(scene, browse, monkeypatch):
    """The check of everything that runs asks of each thing that it looks at: it is the same as on the command line."""
    monkeypatch.setattr(oversight, "condition", list)
    for name in ("Mary", "Dawn"):
        with browse(name) as client:
            client.get("/help/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/oversight/").status_code == 200
            ours = [q["sql"][:90] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (name, len(ours), ours)


def test_the_manager_sees_how_much_was_shared_and_no_child(scene, browse, acting):
    with acting("Beth") as beth:
        share_with(beth, scene.amara, "Merseyside Police", entries=[scene.exclusion], at=datetime.now(UTC))
    with browse("Mary") as mary:
        page = mary.get("/oversight/").content.decode()
    assert "Decisions to share" in page
    assert "Okafor" not in page


def test_nothing_gives_the_shared_content_of_many_children():
    """What was shared is asked for by one child, disclosure or request; no page, command or query takes more."""
    routes = [route for name, route in addresses().items()
              if re.search("share|disclos|request|receipt", name + route)]
    assert len(routes) >= 6
    assert [route for route in routes if len(re.findall("<uuid:", route)) != 1] == []
    assert [route for route in addresses().values() if re.search(r"disclos.*\.(csv|json|xlsx?|zip|pdf)", route)] == []
    assert [name for name in COMMANDS if re.search("shar|disclos|export", name)] == []
    giving = {name: set(inspect.signature(query).parameters) for name, query in inspect.getmembers(
        queries, inspect.isfunction) if query.__module__ == queries.__name__ and not name.startswith("_")
        and re.search("Disclosure|Item", str(inspect.signature(query).return_annotation))}
    assert set(giving) == {"disclosures_of", "disclosure"}
    for name, parameters in giving.items():
        assert parameters & {"person", "disclosure_id"}, name
        assert not parameters & {"people", "agency", "ids"}, name
