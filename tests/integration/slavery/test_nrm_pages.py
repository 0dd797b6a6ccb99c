"""The pages of a referral: filled, answered, refused, submitted, decided; and two people at once."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sightline import flow
from sightline.domain.slavery.form import FIELDS, Shape, missing
from sightline.domain.vocabulary.moment import LONDON
from tests.integration.conftest import NOW

MOST_QUERIES = 10
ANSWER_LATE = """
insert into slavery_referralanswer (referral_id, field, number, value, crossed, officer_id, at)
select referral_id, 'birthplace', 99, 'x', false, officer_id, at from slavery_referralanswer limit 1
"""
WORDS = {"birthplace": "Liverpool", "family": "Mother and two sisters", "employment-history": "None: a pupil"}


@pytest.fixture
def place(amara) -> str:
    """Give the address of Amara's referral."""
    return f"/children/{amara}/slavery/"


def asked_on(page: str) -> list[str]:
    """Give the fields of the first form: what only a person can answer."""
    form = page[page.index('id="answering"'):page.index("Save and see what is left")]
    return re.findall(r'name="asks" value="([^"]+)"', form)


def answered(names: list[str]) -> dict[str, str]:
    """Give a good answer to each of these fields: the first option, or words."""
    found = {}
    for name in names:
        field = FIELDS[name]
        if field.shape is Shape.CHOICE:
            found[name] = field.options[-1][0]
        elif field.shape is not Shape.TICK:
            found[name] = "x@y.example" if "mail" in field.label.lower() else WORDS.get(name, "Not known yet")
    return found | {"types-of-exploitation-forced-to-commit-crime": "on"}


def everything_answered(client, place: str) -> None:
    """Answer whatever is missing until nothing is."""
    for _ in range(3):
        page = client.get(place).content.decode()
        if 'id="answering"' not in page:
            return
        names = asked_on(page)
        assert client.post(f"{place}save/", {"asks": names, **answered(names)}).status_code == 302
    assert "Ready to submit" in client.get(place).content.decode()


def now_boxes(name: str = "at") -> dict[str, str]:
    """Give what stands in the boxes of the minute that has just passed."""
    now = (datetime.now(UTC) - timedelta(minutes=2)).astimezone(LONDON)
    return {f"{name}_day": str(now.day), f"{name}_month": str(now.month), f"{name}_year": str(now.year),
            f"{name}_time": f"{now:%H:%M}"}


def test_the_referral_stands_filled_with_where_each_answer_comes_from(browse, place):
    with browse("Beth") as beth:
        page = beth.get(place).content.decode()
    assert "Not ready" in page
    assert "Knowsley Council" in page
    assert "Amara" in page
    assert "from: Brook High School, " in page
    assert "01632 960001" in page
    assert "Under 18, or unsure: no consent is needed" in page
    assert "pv-want-to-submit-nrm" not in page


def test_each_page_asks_few_questions_of_the_database(browse, place):
    with browse("Beth") as beth:
        everything_answered(beth, place)
        for address in (place, f"{place}sheet/", f"{place}decision/"):
            with CaptureQueriesContext(connection) as asked:
                assert beth.get(address).status_code == 200
            ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, "\n".join(ours)


def test_what_is_missing_refuses_in_words_and_then_it_is_submitted_once(browse, place, everything):
    with browse("Beth") as beth:
        refused = beth.post(f"{place}sent/", {"reference": "NRM-1", **now_boxes()})
        assert refused.status_code == 409
        assert "cannot be recorded as submitted yet" in refused.content.decode()
        everything_answered(beth, place)
        assert "Enter the reference" in beth.post(f"{place}sent/", now_boxes()).content.decode()
        assert beth.post(f"{place}sent/", {"reference": "NRM-1", **now_boxes()}).status_code == 302
        page = beth.get(place).content.decode()
        assert "Submitted" in page
        assert "NRM-1" in page
        late = beth.post(f"{place}save/", {"asks": ["birthplace"], "birthplace": "Leeds",
                                           "of": everything("select id from slavery_victimreferral")[0][0]})
        assert late.status_code == 409
        assert "sent already" in late.content.decode()
    kind, facts = everything("select kind, facts from record_entry where kind = 'slavery.referral'")[0]
    assert json.loads(facts) if isinstance(facts, str) else facts == {
        "source": "Knowsley Council", "reference": "NRM-1"}, kind
    (answers,) = everything("select answers from slavery_victimreferral")[0]
    kept = json.loads(answers) if isinstance(answers, str) else answers
    assert missing({name: one["value"] for name, one in kept.items()}) == ()
    assert kept["birthplace"]["told"].startswith("Beth, ")
    assert kept["pv-name-first-name"]["told"].startswith("Brook High School, ")


def test_what_was_sent_never_changes_and_none_is_sent_with_gaps(browse, place, everything):
    with browse("Beth") as beth:
        beth.post(f"{place}save/", {"asks": ["birthplace"], "birthplace": "Leeds"})
    with pytest.raises((IntegrityError, DatabaseError), match="lacks: "), transaction.atomic():
        everything("update slavery_victimreferral set state = 'sent', reference = 'x', sent_at = now(),"
                   " sent_by_id = begun_by_id, entry_id = (select min(id::text)::uuid from record_entry)")
    with browse("Beth") as beth:
        everything_answered(beth, place)
        assert beth.post(f"{place}sent/", {"reference": "NRM-1", **now_boxes()}).status_code == 302
    for statement in ("update slavery_victimreferral set reference = 'x'",
                      "update slavery_referralanswer set value = 'x'", ANSWER_LATE):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            everything(statement)


def test_two_people_at_once_lose_nothing_and_the_second_sees_the_first(browse, place, everything):
    one = {"asks": ["birthplace"], "seen-birthplace": "0"}
    with browse("Beth") as beth:
        assert beth.post(f"{place}save/", {**one, "birthplace": "Leeds"}).status_code == 302
    with browse("Mary") as mary:
        answer = mary.post(f"{place}save/", {**one, "birthplace": "Lagos"}, follow=True).content.decode()
        assert "Somebody else answered the same question while you wrote" in answer
        assert "Two people answered at the same time" in answer
        assert re.search(r"Beth, [^<]*: Leeds", answer)
        assert 'value="Lagos"' in answer
        seen = {"asks": ["birthplace"], "seen-birthplace": "2", "birthplace": "Lagos"}
        assert "Two people answered" not in mary.post(f"{place}save/", seen, follow=True).content.decode()
    assert everything("select value, crossed from slavery_referralanswer order by number") == [
        ("Leeds", False), ("Lagos", True), ("Lagos", False)]


def test_a_script_saves_as_one_types_and_the_same_again_adds_nothing(browse, place, everything):
    told = {"asks": ["family"], "seen-family": "0", "family": "Mother"}
    with browse("Beth") as beth:
        for _ in range(2):
            answer = beth.post(f"{place}save/", told, headers={"accept": "application/json"})
            assert answer.json() == {"numbers": {"family": 1}, "crossed": []}
            told["seen-family"] = "1"
    assert everything("select count(*) from slavery_referralanswer") == [(1,)]


def test_an_answer_of_records_can_be_changed_and_taken_out_and_stays_to_be_seen(browse, place):
    with browse("Beth") as beth:
        beth.post(f"{place}save/", {"asks": ["pv-name-first-name"], "pv-name-first-name": "Amarachi"})
        page = beth.get(place).content.decode()
        assert "Amarachi" in page
        assert "From records (Brook High School" in page
        beth.post(f"{place}save/", {"asks": ["pv-name-first-name"], "seen-pv-name-first-name": "1",
                                    "pv-name-first-name": ""})
        assert "pv-name-first-name" in asked_on(beth.get(place).content.decode())


def test_the_childs_name_in_what_happened_is_refused(browse, place):
    with browse("Beth") as beth:
        everything_answered(beth, place)
        beth.post(f"{place}save/", {"asks": ["what-happened"], "seen-what-happened": "9",
                                    "what-happened": "They drove OKAFOR's friends to Leeds"})
        page = beth.get(place).content.decode()
        assert "These words name the child" in page
        assert beth.post(f"{place}sent/", {"reference": "NRM-1", **now_boxes()}).status_code == 409


def test_each_is_filled_from_what_the_viewer_may_see_and_the_council_sees_what_the_force_sent(
    browse, place, send
):
    told = {"id": "m1", "child": "p1", "kind": "missing.reported", "at": "2026-05-21T22:00:00+01:00",
            "by": "Merseyside Police", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",
                                                    "upn": "A950000178301"}}
    assert send("timeline", "Merseyside Police", json.dumps(told)).accepted == 1
    with browse("Pat") as pat:
        page = pat.get(place).content.decode()
        assert "reported missing" in page
        assert "xcluded" not in page, "the force was not told of it"
        everything_answered(pat, place)
        assert pat.post(f"{place}sent/", {"reference": "NRM-P", **now_boxes()}).status_code == 302
    with browse("Beth") as beth:
        page = beth.get(place).content.decode()
        assert "permanently excluded from" in page
        assert "Not ready" in page, "the council's own referral has not begun"
        link = re.search(r'href="([^"]+of=[^"]+)"', page)
        sheet = beth.get(link[1]).content.decode()
        assert "NRM-P" in sheet
        assert "Merseyside Police" in sheet
        assert beth.post(f"{place}save/", {"asks": ["family"], "family": "Ours alone"}).status_code == 302
    with browse("Pat") as pat:
        assert "Ours alone" not in pat.get(f"{place}?again=1").content.decode()
    with browse("Lee") as lee:
        assert lee.get(place).status_code == 403


STANDING = """
select 'duty', code, id::text from duties_owedduty where state in ('open', 'late')
union all select 'sign', code, id::text from signs_found where gone_at is null
union all select 'event', '', id::text from responsibility_safetyevent where closed_at is null
"""
OF_THE_MECHANISM = {"D-NRM-2", "D-NRM-8"}
"""What the Mechanism itself owes, and the consent to stay in it: these are met by its decisions."""
OPEN = (
    ("missing.reported", {}), ("police.arrest", {"offence": "drugs-supply", "suspect": True}),
    ("police.charge", {"offence": "drugs-supply"}), ("care.referral", {"source": "6"}),
    ("care.assessment", {"factors": ["24A", "10A"]}), ("police.domestic-incident", {"child_seen": True}),
    ("health.attendance", {"injury": "stab"}), ("slavery.referral", {}),
)


@pytest.mark.parametrize("decision", ["positive", "negative"])
@pytest.mark.parametrize("grounds", ["slavery.reasonable-grounds", "slavery.conclusive-grounds"])
def test_a_decision_is_an_entry_and_ends_nothing_that_is_open(everything_open, browse, place, decision, grounds):
    before = everything_open()
    assert {kind for kind, _, _ in before} == {"duty", "sign", "event"}
    assert {"D-NRM-2", "D-NRM-5", "D-NRM-8"} <= {code for _, code, _ in before}
    with browse("Beth") as beth:
        told = {"grounds": grounds, "decision": decision, "reference": "SCA-7", **now_boxes()}
        assert beth.post(f"{place}decision/", told).status_code == 302
        assert "SCA-7" in beth.get(place).content.decode()
    ended = set(before) - set(everything_open())
    assert {code for _, code, _ in ended} <= OF_THE_MECHANISM


@pytest.fixture
def everything_open(send, everything, as_worker):
    """Open as much as records can of Amara; gives what stands open after everything was read."""
    lines = [json.dumps({
        "id": f"o{n}", "child": "p1", "kind": kind, "at": (NOW - timedelta(hours=30 - n)).isoformat(),
        "by": "Merseyside Police", "facts": facts, "identity": {
            "given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "upn": "A950000178301"}})
        for n, (kind, facts) in enumerate(OPEN)]
    assert send("timeline", "Merseyside Police", "\n".join(lines)).accepted == len(OPEN)

    def standing():
        with as_worker():
            flow.read_news(at=lambda: NOW + timedelta(hours=1))
        return everything(STANDING)

    return standing
