"""What is typed into a form of a case is kept for the officer who typed it, sealed, until it is sent; nobody else's."""

from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

import pytest
from django.test import Client

from sightline.apps.access.acting import at_task
from sightline.apps.custody.models import SavedForm
from sightline.apps.custody.saving import forget_old
from sightline.domain.custody.typed import KEPT_FOR, LONGEST
from sightline.interfaces.web.custody import saving
from sightline.interfaces.web.custody.acts import ACTS
from sightline.interfaces.web.custody.saving import TypedForm
from tests.integration.custody.test_release_pages import boxes

WORDS = "He says he owes £300 & fears a <man>"
BY_SCRIPT = {"HTTP_ACCEPT": "application/json"}
NOT_TYPED_INTO = {"agency", "take-out"}


@pytest.fixture
def place(held) -> str:
    return f"/custody/{held.event().id}/"


def rows(held, what: str = "form") -> list[tuple]:
    return held.everything(f"select {what} from custody_savedform where told <> '' order by form")


def test_what_was_typed_stands_in_the_form_again_after_a_new_sign_in_right_or_wrong(browse, place):
    with browse("Sam") as sam:
        told = {"words": WORDS, "at_day": "31", "at_month": "13", "at_year": "", "at_time": "soon"}
        answer = sam.post(f"{place}typed/assess/", told, **BY_SCRIPT)
        assert answer.status_code == 200
        assert answer.json()["words"].startswith("Kept as you typed it, ")
        sam.session.flush()
        assert sam.get(place).status_code == 302
    with browse("Sam") as sam:
        page = sam.get(place).content.decode()
        assert "He says he owes £300 &amp; fears a &lt;man&gt;" in page
        for typed in ('value="31"', 'value="13"', 'value="soon"'):
            assert typed in page
        assert page.count("We kept what you typed at") == 2
        assert '<details class="govuk-details" id="assess" open>' in page
        assert "There is a problem" not in page


def test_it_is_sealed_in_the_database_and_stands_in_no_audit(held, browse, place):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
    ((told,),) = rows(held, "told")
    assert b"owes" not in bytes(told)
    assert held.everything("select count(*) from access_auditentry where about::text like '%%owes%%'"
                           " or act = 'keep-typed'") == [(0,)]


def test_nobody_else_sees_it_on_a_page_or_in_the_database(held, browse, place):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
    for name in ("Sue", "Ines", "Olive", "Beth"):
        with browse(name) as other:
            assert "owes" not in other.get(place).content.decode()
    for name in ("Sue", "Ines", "Carl", "Beth", "Pat"):
        with held.acting(name):
            assert SavedForm.objects.count() == 0


def test_two_officers_type_into_the_same_form_and_each_finds_their_own(browse, place):
    for name in ("Sam", "Sue"):
        with browse(name) as officer:
            officer.post(f"{place}typed/assess/", {"words": f"Typed by {name}"}, **BY_SCRIPT)
    for name, other in (("Sam", "Sue"), ("Sue", "Sam")):
        with browse(name) as officer:
            page = officer.get(place).content.decode()
            assert f"Typed by {name}" in page
            assert f"Typed by {other}" not in page


def test_carl_types_into_nothing(browse, place, held):
    with browse("Carl") as carl:
        assert carl.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT).status_code == 404
        assert carl.get(f"{place}typed/assess/").status_code == 405
    assert rows(held) == []


def test_what_was_sent_is_forgotten_and_so_is_what_was_thrown_away(held, browse, place):
    now = datetime.now(UTC) - timedelta(minutes=2)
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": "half"}, **BY_SCRIPT)
        sam.post(f"{place}typed/home/", {"whom": "Moi"}, **BY_SCRIPT)
        assert rows(held) == [("assess",), ("home",)]
        assert sam.post(f"{place}assess/", {"words": "whole", **boxes("at", now)}).status_code == 302
        assert rows(held) == [("home",)]
        assert sam.post(f"{place}typed/home/", {"throw-away": "1", "back": place}).headers["Location"] == place
        assert rows(held) == []
        assert "We kept" not in sam.get(place).content.decode()


def test_a_form_that_was_sent_with_a_fault_stays_kept(held, browse, place):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
        assert sam.post(f"{place}assess/", {"words": WORDS}).status_code == 422
    assert rows(held) == [("assess",)]


@pytest.mark.parametrize("name", sorted(set(ACTS) - NOT_TYPED_INTO))
def test_every_form_of_a_release_is_kept_without_another_line(name):
    assert TypedForm.known[name] is ACTS[name].form


def test_the_button_does_it_without_a_script_and_leads_back_to_the_form(browse, place):
    with browse("Sam") as sam:
        answer = sam.post(f"{place}typed/assess/", {"words": WORDS, "back": place})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{place}#assess")
        for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/custody/", "/inbox/", "javascript:x"):
            answer = sam.post(f"{place}typed/assess/", {"words": WORDS, "back": elsewhere})
            assert answer.headers["Location"] == f"{place}#assess"


def test_a_form_without_its_token_keeps_nothing(held, browse, place):
    with browse("Sam") as sam:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = sam.cookies
        assert strict.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT).status_code == 403
    assert rows(held) == []


def test_a_form_that_was_sent_after_the_session_had_ended_leads_back_to_its_page_and_not_to_nothing(browse, place):
    with browse("Sam") as sam:
        page = sam.get(place).content.decode()
        assert f'name="back" value="{place}"' in page
        sam.session.flush()
        answer = sam.post(f"{place}assess/", {"words": WORDS, "back": place})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/account/sign-in/?{urlencode({'next': place})}"


def test_too_much_is_refused_in_words_and_what_was_kept_stays(held, browse, place):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": "kept"}, **BY_SCRIPT)
        for script in (BY_SCRIPT, {}):
            answer = sam.post(f"{place}typed/assess/", {"words": "x" * (LONGEST + 1)}, **script)
            assert answer.status_code == 413
            assert "more than can be kept" in answer.content.decode()
        assert sam.post(f"{place}typed/assess/", {"words": "x" * 3_000_000}, **BY_SCRIPT).status_code == 400
        assert "kept</textarea>" in sam.get(place).content.decode()


def test_no_bytes_whatever_break_the_page_on_which_they_are_shown_again(browse, place):
    rng = Random(7)
    with browse("Sam") as sam:
        for _ in range(25):
            body = b"words=" + rng.randbytes(rng.randrange(400)) + b"&at_day=" + rng.randbytes(3) + b"&x=\x00&%00=%FF"
            answer = sam.post(f"{place}typed/assess/", body, content_type="application/x-www-form-urlencoded",
                              **BY_SCRIPT)
            assert answer.status_code in (200, 400)
            assert sam.get(place).status_code == 200


def test_an_unknown_form_or_a_case_that_is_not_there_is_not_found(browse, place):
    with browse("Sam") as sam:
        for address in (f"{place}typed/nothing/", "/custody/00000000-0000-4000-8000-000000000000/typed/assess/"):
            assert sam.post(address, {"words": WORDS}, **BY_SCRIPT).status_code == 404


def test_after_fourteen_days_it_is_shown_no_more_and_removed(held, browse, place, as_worker):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
        sam.post(f"{place}typed/home/", {"whom": "x"}, **BY_SCRIPT)
        sam.post(f"{place}typed/home/", {"throw-away": "1"})
        held.everything("update custody_savedform set saved_at = saved_at - %s", KEPT_FOR)
        assert "We kept" not in sam.get(place).content.decode()
    with as_worker(), at_task("forget"):
        assert forget_old(at=datetime.now(UTC)) == 2
    assert held.everything("select count(*) from custody_savedform") == [(0,)]


def test_what_was_sealed_with_a_key_that_is_gone_is_said_to_be_lost(browse, place, settings):
    with browse("Sam") as sam:
        sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
        right = saving.USE
        saving.USE = "another use"
        try:
            page = sam.get(place).content.decode()
        finally:
            saving.USE = right
        assert "cannot be opened: the key" in page


def test_a_script_that_saves_into_a_paused_session_is_told_so_and_nothing_waits_for_the_proof(
        held, browse, place, settings):
    settings.SESSION_IDLE = timedelta(seconds=-1)
    with browse("Sam") as sam:
        answer = sam.post(f"{place}typed/assess/", {"words": WORDS}, **BY_SCRIPT)
        assert answer.status_code == 401
        assert not [key for key, _ in sam.session.items() if "suspended" in key]
    assert rows(held) == []
