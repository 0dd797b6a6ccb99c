"""The pages of the victim screen and of the charging gate, each side in a browser of its own."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.duties.queries import duties_of
from sightline.domain.custody.tools import ASKED
from sightline.domain.vocabulary.moment import LONDON
from tests.integration.custody.screening import SAYS
from tests.integration.custody.test_release_pages import boxes

MOST_QUERIES = 10


@pytest.fixture
def now() -> datetime:
    """Give the minute that has just passed, as pages read the clock."""
    return (datetime.now(UTC) - timedelta(minutes=2)).astimezone(LONDON).replace(second=0, microsecond=0)


@pytest.fixture
def place(held) -> str:
    """Give the address of the case."""
    return f"/custody/{held.event().id}/"


def talk(now: datetime) -> dict[str, str]:
    return {"alone": "yes", "adult": "Joan Hale", "words": SAYS, "mood": "Tired", "injuries": "None seen",
            "heard-debt": "yes", "words-debt": "three hundred", **boxes("at", now)}


VICTIM = {"outcome": "possible victim", "reasons": "Owes money and is afraid", "number": "0"}
CONSIDERED = {
    "offence": {"offence": "Possession with intent to supply", "kind": "drugs-supply"},
    "law": {"direct": "not known", "direct_why": "Owes money", "reasonable": "not known", "reasonable_why": "Aged 15",
            "schedule_4": "no", "schedule_4_how": "Read the Schedule"},
    "referral": {"referral": "not referred", "why": "It is being written now"},
    "tools": {f"{part}-{tool.code}": words for tool in ASKED
              for part, words in (("answer", "considered"), ("because", "Warrant asked for"))},
    "conclude": {"defence": "does not apply", "why": "He planned it"},
}
EVIDENCE = ({"speaks": "for", "words": "A debt", "source": "his phone"},
            {"speaks": "against", "words": "Nothing found: both phones", "source": "PC Holt"})


def answers(browse, name: str, place: str, told) -> None:
    with browse(name) as client:
        for act, form in told:
            answer = client.post(f"{place}{act}/", form)
            assert answer.status_code == 302, (act, answer.content.decode()[:6000])


@pytest.fixture
def concluded(browse, place, now) -> str:
    """Let Sue screen the child and Sam consider everything, up to a "no"."""
    answers(browse, "Sue", place, [("screen/talk", talk(now)), ("screen/decide", VICTIM)])
    answers(browse, "Sam", place, [(f"charging/{name}", told) for name, told in CONSIDERED.items()]
            + [("charging/evidence", told) for told in EVIDENCE])
    return place


def test_a_screen_is_asked_and_decided_and_says_nothing_of_a_charge(browse, place, now):
    with browse("Sue") as sue:
        page = sue.get(f"{place}screen/").content.decode()
        assert "Not screened yet" in page
        assert "charg" not in page.partition("<main")[2].partition("</main>")[0].replace(
            "Who decides here does not decide on a charge", "").lower()
        assert sue.post(f"{place}screen/talk/", talk(now)).status_code == 302
        answer = sue.post(f"{place}screen/decide/", {**VICTIM, "outcome": "no sign found"})
        assert answer.status_code == 409
        assert "Each sign shown has an answer" in answer.content.decode()
        assert sue.post(f"{place}screen/decide/", VICTIM).status_code == 302
        page = sue.get(f"{place}screen/").content.decode()
        assert "Possible victim" in page
        assert SAYS in page


def test_what_a_form_lacks_is_said_and_what_was_written_is_not_lost(browse, place):
    with browse("Sue") as sue:
        answer = sue.post(f"{place}screen/talk/", {"alone": "no", "words": "Nothing"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "why you could not see the child alone" in page
        assert "Nothing</textarea>" in page


def test_the_gate_refuses_in_words_until_a_supervisor_stands_by_the_no_and_then_the_child_is_charged(
    concluded, browse, now
):
    decide = {"outcome": "charge", "reasons": "Nobody stood behind it"}
    with browse("Sam") as sam:
        answer = sam.post(f"{concluded}charging/decide/", decide)
        assert answer.status_code == 409
        assert "needs a supervisor of your force" in answer.content.decode()
        assert "Nobody stood behind it" in answer.content.decode()
        assert sam.post(f"{concluded}charging/no/", {"reason": "x"}).status_code == 403
        at_once = boxes("at", datetime.now(LONDON))
        assert sam.post(f"{concluded}charging/charge/", at_once).status_code == 409
    answers(browse, "Ines", concluded, [("charging/no", {"reason": "I read everything"})])
    answers(browse, "Sam", concluded, [("charging/decide", decide)])
    with browse("Sam") as sam:
        assert sam.post(f"{concluded}charging/charge/", boxes("at", datetime.now(LONDON))).status_code == 302
        assert "Charged" in sam.get(f"{concluded}charging/").content.decode()
        summary = sam.get(f"{concluded}charging/summary/").content.decode()
        assert "I read everything" in summary
        assert SAYS not in summary
    with browse("Ines") as ines:
        page = ines.get("/oversight/charges/").content.decode()
        assert "Lancashire Constabulary" in page
        assert "I read everything" in page
    with browse("Dawn") as dawn:
        page = dawn.get("/oversight/charges/").content.decode()
        assert "Lancashire Constabulary" in page
        assert "Okafor" not in page
        assert "I read everything" not in page


@pytest.mark.parametrize(("act", "told", "words"), [
    ("offence", {}, "Say what the child would be charged with"), ("law", {"direct": "yes"}, "Say why"),
    ("referral", {"referral": "not referred"}, "Say why the child is not referred"),
    ("evidence", {"speaks": "for", "words": "x"}, "Say where it is from"), ("tools", {}, "Answer at least one tool"),
    ("tools", {"answer-T-CCE": "used"}, "Say why: "), ("conclude", {}, "Choose what follows"),
    ("decide", {}, "Choose what you decide"),
])
def test_a_form_that_lacks_something_says_what(browse, place, act, told, words):
    with browse("Sam") as sam:
        answer = sam.post(f"{place}charging/{act}/", told)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_social_care_reads_what_the_child_said_and_decides_nothing(concluded, browse):
    with browse("Beth") as beth:
        page = beth.get(f"{concluded}screen/").content.decode()
        assert SAYS in page
        assert "Decide the screen" not in page
        page = beth.get(f"{concluded}charging/").content.decode()
        assert "He planned it" in page
        assert "Record the decision" not in page
        assert beth.post(f"{concluded}charging/offence/", CONSIDERED["offence"]).status_code == 409


def test_nobody_else_finds_a_screen_or_a_charging_decision(concluded, browse):
    for name in ("Pat", "Ivo", "Lee", "Carl", "Olive"):
        with browse(name) as client:
            for page in ("screen/", "charging/", "charging/summary/"):
                assert client.get(f"{concluded}{page}").status_code in (403, 404), (name, page)
            assert client.post(f"{concluded}screen/decide/", VICTIM).status_code in (403, 404), name


@pytest.mark.parametrize("name", ["Sam", "Ines", "Beth"])
def test_every_page_asks_few_questions(concluded, browse, name):
    places = [f"{concluded}{page}" for page in ("screen/", "charging/", "charging/summary/")]
    with browse(name) as client:
        for one in [*places, *(["/oversight/charges/"] if name == "Ines" else [])]:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(one).status_code == 200
            ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (one, len(ours), ours)


def test_the_duty_of_the_screen_leads_to_its_page_and_is_not_met_past_it(held, browse, place):
    with held.acting("Sam"):
        duty = next(one for one in duties_of(held.amara, most=50) if one.code == "D-ARR-4-SCREEN")
    with browse("Sam") as sam:
        page = sam.get(f"/duties/{duty.id}/").content.decode()
        assert f'href="{place}screen/"' in page
        assert "Record a decision" not in page
        told = {"kind": "decision.made", "outcome": "no sign found", "reasons": "x"}
        assert sam.post(f"/duties/{duty.id}/act/", told).status_code == 404


def test_a_force_reads_its_own_signs_the_critical_first_and_no_failure_of_others(held, browse, place):
    with browse("Sam") as sam:
        page = sam.get(f"{place}screen/").content.decode()
        codes = re.findall(r'id="sign-(\w+)"', page)
    everybodys = {code for (code,) in held.everything("select code from signs_found where gone_at is null")}
    assert "C14" in codes
    assert codes[0] == "C01"
    assert not [code for code in codes if code.startswith("F")]
    assert {code for code in everybodys if code.startswith("F")}, "there is a failure to leave out"
    with browse("Beth") as beth:
        whole = set(re.findall(r'id="sign-(\w+)"', beth.get(f"{place}screen/").content.decode()))
    assert whole == everybodys
