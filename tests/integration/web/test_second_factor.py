"""A password alone opens nothing, and no secret of a second factor lies readable in the database."""

import json
import logging
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from beth import BETH, PASSWORD, SECRET, code, sign_in
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from sightline.apps.access.models import Officer
from sightline.interfaces.web.sign_in.sealing import SealedWithAnotherKey, seal, unseal
from sightline.interfaces.web.sign_in.second_factor import PROVING, SETTING_UP


def addresses():
    """Give every address of signing in by its name."""
    found = {}
    for name, ways in get_resolver().reverse_dict.lists():
        if isinstance(name, str) and not name.startswith("look"):
            parameters = ways[0][0][0][1]
            values = {"pk": 1, "uidb36": "a", "key": "b-c", "code": "C05", "submission_id": 1,
                      "contact_id": 1, "turn_id": 1, "run": 1, "table": "gangs",
                      "place": 1, "topic": "leadership"}
            found[name] = reverse(name, kwargs={key: values.get(key, UUID(int=7)) for key in parameters})
    return found


def test_only_a_password_opens_no_page_but_those_that_set_a_second_factor_up(client, transactional_db):
    Officer.objects.create_user(BETH, PASSWORD, name="Beth Okafor")
    client.post("/account/sign-in/", {"login": BETH, "password": PASSWORD})
    assert len(addresses()) > 25
    for name, address in {**addresses(), "look": "/_look/"}.items():
        for answer in (client.get(address), client.post(address)):
            if name in SETTING_UP or name == "account_logout":
                continue
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith("/account/?next="), name
        if name == "account_logout":
            client.post("/account/sign-in/", {"login": BETH, "password": PASSWORD})


def test_a_session_that_proved_less_than_the_officer_has_must_prove_it(client, beth):
    """The second factor was set up on another machine while this session waited."""
    client.force_login(beth, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, address in {**addresses(), "look": "/_look/"}.items():
        if name not in PROVING:
            assert client.get(address).headers["Location"].startswith("/account/prove/code/"), name
    assert client.post("/account/prove/code/", {"code": code()}).status_code == 302
    assert client.get("/_look/").status_code == 200


def test_the_address_after_signing_in_is_never_another_site(client, beth):
    client.post("/account/sign-in/?next=https://elsewhere.example/", {"login": BETH, "password": PASSWORD})
    answer = client.post("/account/sign-in/code/", {"code": code()})
    assert answer.headers["Location"] == "/"


def test_the_secret_of_an_app_is_sealed_where_it_is_kept(beth):
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator")
        kept = str(cursor.fetchall())
    assert SECRET not in kept
    assert unseal(json.loads(json.dumps(Authenticator.objects.get().data))["secret"].encode(), "second factor")


def test_a_session_is_sealed_where_it_is_kept(at_work, settings):
    settings.SESSION_IDLE = timedelta(seconds=-1)
    at_work.post("/_look/form/", {"reasons": "Amara told me"})
    kept = Session.objects.get().session_data
    settings.SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
    assert "Amara" not in kept
    assert Session.objects.get().get_decoded() == {}


def test_what_was_sealed_with_another_key_is_not_opened(settings):
    sealed = seal(b"secret", "session")
    settings.MFA_KEY = "another key that is long enough to be one"
    with pytest.raises(SealedWithAnotherKey):
        unseal(sealed, "session")


def test_an_older_key_still_opens_what_it_sealed(settings):
    sealed, older = seal(b"secret", "session"), settings.MFA_KEY
    settings.MFA_KEY, settings.MFA_KEY_FALLBACKS = "another key that is long enough to be one", [older]
    assert unseal(sealed, "session") == b"secret"


def test_what_was_sealed_for_one_use_does_not_open_for_another():
    with pytest.raises(SealedWithAnotherKey):
        unseal(seal(b"secret", "session"), "second factor")


def test_a_session_of_another_key_is_no_session(at_work, settings):
    settings.MFA_KEY = "another key that is long enough to be one"
    assert at_work.get("/account/").headers["Location"].startswith("/account/sign-in/")


def test_a_part_of_a_page_leads_the_whole_page_to_the_proof(at_work, settings):
    settings.SESSION_IDLE = timedelta(seconds=-1)
    answer = at_work.get("/_look/list/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://localhost/_look/?page=2")
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/account/prove/")
    assert "next=%2F_look%2F%3Fpage%3D2" in answer.headers["HX-Redirect"]


def test_twelve_hours_after_the_last_proof_a_new_one_is_asked_though_the_session_is_used(at_work, settings):
    settings.SESSION_PROOF = timedelta(seconds=-1)
    assert at_work.get("/_look/").headers["Location"].startswith("/account/prove/")


def test_who_has_no_way_left_to_prove_is_signed_out(client, transactional_db, settings):
    """An administrator took the passkey of an officer who had no password."""
    sign_in(client, Officer.objects.create_user(BETH, None, name="Beth Okafor"))
    settings.SESSION_IDLE = timedelta(seconds=-1)
    assert client.get("/_look/").headers["Location"] == "/account/sign-in/"
    assert "_auth_user_id" not in client.session


def test_a_page_outside_a_piece_of_work_costs_two_queries(at_work):
    """It asks for the session and for the officer; the guard's transaction around them asks for nothing."""
    at_work.get("/_look/record/")
    with CaptureQueriesContext(connection) as captured:
        assert at_work.get("/_look/record/").status_code == 200
    asked = [query["sql"] for query in captured.captured_queries if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len(asked) == 2, asked
    assert "django_session" in asked[0] and "access_officer" in asked[1]


def test_a_step_counts_though_its_message_cannot_be_sent(at_work, beth, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 9
    new = "violet harbour engine"
    answer = at_work.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert Officer.objects.get().check_password(new)
    assert "A message could not be sent: account/email/password_changed" in caplog.text


def test_guessing_is_counted_for_all_processes_together(client, beth):
    for _ in range(3):
        client.post("/account/sign-in/", {"login": BETH, "password": "wrong"})
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_cache where cache_key like '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1


def test_no_address_of_anybody_reaches_the_log(client, beth, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(6):
        client.post("/account/sign-in/", {"login": BETH, "password": "wrong"}, REMOTE_ADDR="192.0.2.77")
    assert "AXES" in caplog.text
    assert "beth" not in caplog.text.lower()
    assert "192.0.2.77" not in caplog.text
