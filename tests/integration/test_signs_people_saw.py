"""Signs that a person saw: recorded on the child's page, shown as signs, withdrawn by their author, unseen by Carl."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from sightline import flow
from sightline.apps.record.queries import told_of
from sightline.apps.signs.queries import reading_of
from sightline.domain.signs.rule import SEEN
from sightline.domain.vocabulary.moment import LONDON


def form(sign: str = "C22", **changes: str) -> dict[str, str]:
    seen_on = datetime.now(LONDON) - timedelta(days=1)
    return {"sign": sign, "seen": "A bag that she never puts down", "because": "She was not so before",
            "at_day": str(seen_on.day), "at_month": str(seen_on.month), "at_year": str(seen_on.year), "at_time": "",
            "told_by": "Ms Reyes, form tutor", **changes}


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.fixture
def record(browse, amara, as_worker):
    """Record a sign of Amara as somebody, have it read, and give the answer of the page."""

    def recording(name: str, posted: dict[str, str]):
        with browse(name) as client:
            answer = client.post(f"/children/{amara}/sign/", posted)
        with as_worker():
            flow.read_news(at=lambda: datetime.now(UTC))
        return answer

    return recording


@pytest.fixture
def shown(acting, amara):
    """Give how soon somebody must look at Amara, and the codes of the signs shown."""

    def showing():
        with acting("Beth"):
            attention, signs = reading_of(amara)
        return attention.attention, {sign.code: sign for sign in signs}

    return showing


def entries_seen(acting, amara, name="Beth"):
    with acting(name):
        return [told for told in told_of(amara, most=50) if told.entry.kind == SEEN]


def test_what_beth_records_shows_as_a_sign_with_its_reason(record, shown, browse, amara, acting):
    assert record("Beth", form()).status_code == 302
    attention, signs = shown()
    assert attention in ("worker", "next-working-day")
    assert [words.partition(" on ")[0] for words in signs["C22"].reasons] == ["Seen and recorded by a person"]
    with browse("Beth") as client:
        page = text_of(client.get(f"/children/{amara}/"))
    for words in ("A bag that she never puts down", "She was not so before", "Ms Reyes, form tutor",
                  'href="/rules/signs/C22/"', "Recorded by", "Withdraw this, which you recorded"):
        assert words in page, words
    (told,) = entries_seen(acting, amara)
    assert f"#entry-{told.entry.id}" in page, "the reason leads to the entry"
    assert told.entry.facts["sign"] == "C22"


def test_a_critical_one_asks_for_a_look_now_and_names_the_duty_to_report(record, shown, browse, amara):
    with browse("Beth") as client:
        page = text_of(client.get(f"/children/{amara}/sign/"))
    assert "D-CSA-1" in page
    assert "That law is not in force yet" in page
    assert record("Beth", form("X09")).status_code == 302
    attention, signs = shown()
    assert (attention, signs["X09"].critical) == ("now", True)
    with browse("Beth") as client:
        page = text_of(client.get(f"/children/{amara}/"))
    assert "What the law may ask of whoever saw it" in page
    assert 'href="/rules/duties/D-CSA-1/"' in page


@pytest.fixture
def withdrawing(record, amara, acting) -> str:
    """Let Beth record a sign, and give where she can withdraw it."""
    record("Beth", form())
    (told,) = entries_seen(acting, amara)
    return f"/children/{amara}/sign/{told.entry.id}/withdraw/"


def test_its_author_withdraws_it_with_a_reason_and_nobody_else_does(withdrawing, shown, browse, amara, as_worker):
    place = withdrawing
    for name in ("Mary", "Lee", "Carl", "Dawn"):
        with browse(name) as client:
            assert client.get(place).status_code in (403, 404), name
            assert client.post(place, {"reason": "not mine"}).status_code in (403, 404), name
    assert "C22" in shown()[1]
    with browse("Beth") as client:
        assert "Say why you withdraw it" in text_of(client.post(place, {"reason": ""}))
        assert client.post(place, {"reason": "It is her violin"}).status_code == 302
    with as_worker():
        flow.read_news(at=lambda: datetime.now(UTC))
    assert "C22" not in shown()[1]
    with browse("Beth") as client:
        page = text_of(client.get(f"/children/{amara}/"))
        assert "It is her violin" in page
        assert "No longer counts" in page
        assert "Withdraw this, which you recorded" not in page
        assert client.post(place, {"reason": "again"}).status_code == 404


FAULTS = [
    ({"sign": ""}, "Choose the sign"), ({"sign": "C01"}, "Select a valid choice"),
    ({"seen": " "}, "Enter what was seen"), ({"because": ""}, "Say why you take it for this sign"),
    ({"at_year": "2099"}, "This has not happened yet"), ({"at_day": "31", "at_month": "2"}, "Enter a real day"),
    ({"at_day": ""}, "Enter a day, a month and a year"), ({"seen": "x" * 2001}, "at most 2000 characters"),
]


def test_what_is_missing_or_cannot_be_is_said_and_nothing_is_recorded(browse, amara, acting):
    with browse("Beth") as client:
        for change, says in FAULTS:
            answer = client.post(f"/children/{amara}/sign/", form(**change))
            assert (answer.status_code, says in text_of(answer)) == (422, True), change
    assert entries_seen(acting, amara) == []


def test_a_vulnerability_stands_on_the_page_with_its_entry_and_is_no_sign(browse, amara, shown):
    with browse("Beth") as client:
        page = text_of(client.get(f"/children/{amara}/"))
    heading, _, rest = page.partition("What others could use against the child")
    assert heading
    told = rest.partition("</dl>")[0]
    assert "Excluded or suspended from school" in told
    assert re.search(r'href="#entry-[0-9a-f-]{36}"', told), "it leads to the entry"
    assert set(shown()[1]) <= {"C05"}


def test_the_school_records_one_and_the_council_sees_the_sign(record, shown, browse, amara, acting):
    assert record("Lee", form("C11", told_by="")).status_code == 302
    assert "C11" in shown()[1]
    (told,) = entries_seen(acting, amara, "Lee")
    assert "told_by" not in told.entry.facts, "what is left empty is not told"
    with browse("Lee") as client:
        page = text_of(client.get(f"/children/{amara}/"))
        assert "Withdraw this, which you recorded" in page
    with browse("Beth") as client:
        assert "Withdraw this" not in text_of(client.get(f"/children/{amara}/"))


INTELLIGENCE = (
    "record_ref,record_type,occurred_at,postcode,upn,forename,surname,dob,home_postcode,grade,companions\n"
    "I/1,{what},2026-05-21,PR1 8BH,A950000178301,Amara,Okafor,03/04/2011,L36 9YZ,B2Z,P77:warned:34\n")


@pytest.mark.parametrize(("what", "title"), [
    ("intelligence", "Police intelligence"), ("abduction-warning", "Child abduction warning notice about the child")])
def test_the_police_see_their_detail_and_the_council_that_it_is_there(send, browse, amara, what, title):
    assert send("police-events", "Merseyside Police", INTELLIGENCE.format(what=what)).turned_back == 0
    pages = {}
    for name in ("Beth", "Pat"):
        with browse(name) as client:
            pages[name] = text_of(client.get(f"/children/{amara}/?all=1"))
            assert title in pages[name], name
    assert "graded B2Z" in pages["Pat"]
    assert "aged 34" in pages["Pat"]
    assert [word for word in ("B2Z", "aged 34", "PR1 8BH") if word in pages["Beth"]] == []
    assert "the police hold it: ask them" in pages["Beth"]


def test_carl_records_nothing_and_learns_nothing(browse, amara, acting):
    with browse("Carl") as client:
        for answer in (client.get(f"/children/{amara}/sign/"), client.post(f"/children/{amara}/sign/", form())):
            assert answer.status_code == 404
            assert b"Okafor" not in answer.content
    assert entries_seen(acting, amara) == []
