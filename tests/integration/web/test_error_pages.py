"""What goes wrong is said in plain words, without details, and the page for a broken service needs nothing."""

import pytest
from django.test import Client

from sightline.interfaces.web import errors


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "We could not understand that request"),
        (403, "You cannot open this page"),
        (404, "Page not found"),
        (409, "Somebody changed this while you were working"),
        (429, "Too many tries"),
        (500, "Sorry, the service has a problem"),
    ],
)
def test_each_status_has_its_page(client, status, words):
    answer = client.get(f"/_look/error/{status}/")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_an_unknown_host_gets_the_page_for_what_is_not_understood(client):
    answer = client.get("/account/sign-in/", HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400
    assert "We could not understand that request" in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(transactional_db):
    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    answer = strict.post("/account/sign-in/", {"login": "x@y.example", "password": "x"})
    assert answer.status_code == 403
    assert "This form can no longer be sent" in answer.content.decode()


def test_the_page_of_a_broken_service_needs_no_database_and_no_template(rf):
    answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    assert b"ring 999" in answer.content


def test_a_failure_inside_a_page_shows_the_fixed_page_and_no_detail(client, monkeypatch):
    from sightline.interfaces.web.look import views

    def fail(*parts, **named):
        raise RuntimeError("Amara Delaney-Osei")

    monkeypatch.setattr(views, "render", fail)
    client.raise_request_exception = False
    answer = client.get("/_look/record/")
    assert answer.status_code == 500
    assert answer.content == errors.BROKEN.encode()
