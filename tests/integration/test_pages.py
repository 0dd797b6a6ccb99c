"""Every page as each of the cast: what it shows, to whom, in how many queries."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline import flow
from sightline.apps.access.models import AuditEntry
from sightline.apps.duties.queries import duties_of
from sightline.apps.people.queries import doubts_of
from sightline.apps.record.queries import told_of
from sightline.apps.signs.queries import signs_of
from tests.integration.conftest import EXCLUSION, NOW
from tests.integration.disclosing import share_with

MOST_QUERIES = 10


@pytest.fixture
def places(amara, acting):
    """Give an address of every kind that leads to something of Amara."""
    with acting("Beth"):
        duty = next(d for d in duties_of(amara, most=50) if d.code == "D-EX-4")
        sign = signs_of(amara)[0]
    return [f"/children/{amara}/", f"/children/{amara}/decide/", f"/duties/{duty.id}/", f"/signs/{sign.id}/close/"]


def test_beth_sees_every_page_of_amara_in_few_queries(places, browse):
    with browse("Beth") as client:
        for place in [*places, "/inbox/", "/notices/", "/find/", "/doubts/", "/rules/", "/help/"]:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(place)
            asked = [q["sql"] for q in queries if q["sql"].lower().startswith(("select", "insert", "update", "with"))]
            assert answer.status_code == 200, (place, answer.status_code)
            assert len(asked) <= MOST_QUERIES, (place, len(asked), asked)
        assert b"Amara Okafor" in client.get(places[0]).content


def test_carl_finds_nothing_behind_any_address_of_amara(places, amara, browse):
    with browse("Carl") as client:
        for place in places:
            answer = client.get(place)
            assert answer.status_code == 404, place
            assert b"Okafor" not in answer.content
        for place in ("/inbox/", "/notices/", "/doubts/"):
            answer = client.get(place)
            assert b"Okafor" not in answer.content, place
        answer = client.post("/find/", {"given": "Amara", "family": "Okafor", "born_on_day": "3",
                                        "born_on_month": "4", "born_on_year": "2011"})
        assert answer.status_code == 200
        assert b"Not known to your agency" in answer.content


def test_a_search_that_finds_nobody_says_who_else_may_know_the_child(amara, browse):
    with browse("Beth") as client:
        page = client.post("/find/", {"given": "Wilhelmina", "family": "Bartholomew", "born_on_day": "29",
                                      "born_on_month": "10", "born_on_year": "2011"}).content.decode()
    assert "Not known to your agency" in page
    assert "Merseyside Police <strong>has never told anything here</strong>" in " ".join(page.split())


def test_the_inspector_may_not_open_an_inbox_or_a_child(places, browse):
    with browse("Dawn") as client:
        for place in [*places, "/inbox/", "/find/", "/doubts/", "/import/"]:
            assert client.get(place).status_code in (403, 404), place
        assert client.get("/oversight/").status_code == 200


def test_each_look_is_kept_with_who_why_and_whom(places, amara, browse):
    with browse("Beth") as client:
        client.get(places[0])
    row = AuditEntry.objects.none()
    with connection.cursor() as cursor:
        cursor.execute("set local role sightline_worker")
        row = AuditEntry.objects.filter(act="see a child").last()
        cursor.execute("reset role")
    assert (row.purpose, row.children, row.writes, row.refused) == ("assess", [amara], False, False)


def test_a_page_without_a_stated_purpose_leads_to_stating_one(places, browse):
    with browse("Beth") as client:
        session = client.session
        del session["work"]
        session.save()
        answer = client.get(places[0])
        assert answer.status_code == 302
        assert answer.url.startswith("/purpose/?next=")


def test_nobody_without_a_sign_in_sees_a_page(places, as_web):
    with as_web():
        for place in [*places, "/inbox/", "/notices/", "/find/", "/doubts/", "/import/", "/oversight/"]:
            answer = Client().get(place)
            assert answer.status_code == 302, place
            assert "/account/" in answer.url


def test_the_police_see_what_was_shared_of_whom_it_tells_and_nothing_else(amara, acting, browse, as_worker):
    with acting("Beth") as beth:
        entry = next(t.entry for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion")
        share_with(beth, amara, "Merseyside Police", entries=[UUID(entry.id)], facilitates_because="second sign")
    with as_worker():
        flow.read_news(at=lambda: NOW)
    with acting("Pat"):
        assert [t.entry.kind for t in told_of(amara, most=10)] == ["school.exclusion"]
        assert signs_of(amara) == []
        assert doubts_of(amara) == []
    with browse("Pat") as client:
        answer = client.get(f"/children/{amara}/")
        assert answer.status_code == 200
        assert b"Amara Okafor" in answer.content, "whoever is told something must know of whom"
        assert b"second sign" not in answer.content
        assert b"Not shown to you" in answer.content


def test_upload_through_the_page_is_read_by_the_job(amara, browse, acting, as_worker):
    from io import BytesIO

    content = EXCLUSION.format(dob="04/05/2012", on="01/05/2026").replace("Amara", "Zuri").replace(
        "A950000178301", "H243278544154").replace("X1", "X2")
    file = BytesIO(content.encode())
    file.name = "today.csv"
    with browse("Lee") as client:
        answer = client.post("/import/", {"feed": "exclusions", "file": file})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        assert b"Waiting to be read" in client.get(answer.url).content
