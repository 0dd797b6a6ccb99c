"""Look back on Amara as each of the cast: as told, as shared, with the rules of then; and on paper."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from sightline import flow
from sightline.apps.access.models import AuditEntry
from sightline.apps.lookback.queries import history_of
from sightline.apps.record.queries import timelines_of, told_of
from sightline.domain.lookback.knowing import Way
from tests.integration.conftest import NOW
from tests.integration.disclosing import share_with
from tests.integration.test_pages import MOST_QUERIES

HEAD = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,reason1,reference,cancelled\n"
ROW = "3404001,Brook High School,A950000178301,Amara,Okafor,03/04/2011,F,L36 9YZ,PERM,{on},{reason},{key},{cancelled}\n"


@pytest.fixture
def corrected(send, amara) -> UUID:
    """Tell Amara's exclusion otherwise, tell another, and take that one back."""
    on = (NOW - timedelta(days=2)).strftime("%d/%m/%Y")
    for hours, reason, key, cancelled in ((1, "WP", "X1", ""), (2, "DA", "X9", ""), (3, "DA", "X9", "yes")):
        send("exclusions", "Brook High School", HEAD + ROW.format(on=on, reason=reason, key=key, cancelled=cancelled),
             at=NOW + timedelta(hours=hours))
    return amara


def text_of(answer) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_a_history_knows_at_every_instant_what_the_record_knew_at_it(corrected, acting):
    with acting("Beth"):
        history = history_of(corrected).history
        for instant in [*history.arrivals, *(at - timedelta(seconds=1) for at in history.arrivals), NOW]:
            kept = timelines_of([corrected], known_at=instant)[corrected]
            assert {(e.id, e.facts.get("reasons", ()) and tuple(e.facts["reasons"])) for e in history.known_at(instant)
                    } == {(e.id, e.facts.get("reasons", ()) and tuple(e.facts["reasons"])) for e in kept}
    assert len(history.arrivals) > 4


def test_what_was_shared_and_what_a_notice_told_reaches_an_agency(amara, acting):
    with acting("Beth") as beth:
        entry = next(t.entry for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion")
        share_with(beth, amara, "Merseyside Police", entries=[UUID(entry.id)], facilitates_because="second sign")
        reached = {(one.event, one.agency, one.way) for one in history_of(amara).reached}
    assert (entry.id, "Merseyside Police", Way.SHARED) in reached
    assert (entry.id, "Knowsley Council", Way.NOTICE) in reached


def test_beth_looks_back_in_few_queries_and_each_look_is_kept(amara, browse):
    with browse("Beth") as client:
        for place in ("", "?rules=then", "?on_day=21&on_month=5&on_year=2026"):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/children/{amara}/look-back/{place}")
            asked = [q["sql"] for q in queries if q["sql"].lower().startswith(("select", "insert", "update", "with"))]
            assert answer.status_code == 200
            assert len(asked) <= MOST_QUERIES, (len(asked), asked)
            assert b"a part of the record" not in answer.content
        paper = client.post(f"/children/{amara}/look-back/paper/", {"rules": "today"})
    assert b"Permanently excluded" in answer.content
    assert paper["Content-Disposition"] == 'attachment; filename="look-back.pdf"'
    with connection.cursor() as cursor:
        cursor.execute("set local role sightline_worker")
        acts = list(AuditEntry.objects.order_by("id").values_list("act", "children", "purpose"))
        cursor.execute("reset role")
    assert ("look back on a child", [amara], "assess") in acts
    assert acts[-1] == ("export a look back", [amara], "assess")


def test_the_paper_says_what_the_page_says_and_what_it_rests_on(amara, browse):
    with browse("Beth") as client:
        page = client.get(f"/children/{amara}/look-back/").content.decode()
        told = text_of(client.post(f"/children/{amara}/look-back/paper/", {"rules": "today"}))
    assert "Had the agencies told each other everything as it happened, 1 warning sign could have been seen" in told
    assert "Had the agencies told each other everything as it happened, 1 warning sign could have been seen" in page
    for words in ("Amara Okafor", "C05/1", "Sightline 0.1.0", "Exported by Beth, Knowsley Council", "Page 1 of",
                  "Brook High School alone", "Assess or help a child I work with"):
        assert words in told, words
    assert "part of the record" not in told


def test_carl_finds_nothing_and_dawn_may_not(amara, browse):
    for name in ("Carl", "Dawn"):
        with browse(name) as client:
            place = f"/children/{amara}/look-back/"
            for answer in (client.get(place), client.get(f"{place}paper/"), client.post(f"{place}paper/", {})):
                assert answer.status_code in (403, 404, 405)
                assert b"Okafor" not in answer.content
                assert b"%PDF" not in answer.content


def test_who_sees_a_part_looks_back_on_that_part_and_is_told_so(amara, acting, browse, as_worker):
    with acting("Beth") as beth:
        entry = next(t.entry for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion")
        share_with(beth, amara, "Merseyside Police", entries=[UUID(entry.id)], facilitates_because="second sign")
    with as_worker():
        flow.read_news(at=lambda: NOW)
    with browse("Pat") as client:
        page = client.get(f"/children/{amara}/look-back/").content.decode()
        told = text_of(client.post(f"/children/{amara}/look-back/paper/", {}))
    assert "This is a part of the record" in page
    assert "This is a part of the record" in told
    assert "Decision made" not in page
    assert "second sign" not in page + told


def test_before_the_first_edition_the_rules_of_then_show_nothing(amara, browse):
    with browse("Beth") as client:
        today = client.get(f"/children/{amara}/look-back/?rules=today").content.decode()
        then = client.get(f"/children/{amara}/look-back/?rules=then").content.decode()
    assert "first visible" in today
    assert "Before the first edition of a rule there was none" in then
