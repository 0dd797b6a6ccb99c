"""The pages of an inspection: opened, read, graded, compared, settled, taken away as CSV, and ended; all kept."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from sightline.apps.insight.inspection_queries import cases_of, inspection, reads_of
from sightline.domain.insight.inspecting import result
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.moments import moment_in_words
from tests.integration.inspecting.conftest import CHILDREN, FRAMEWORK
from tests.integration.inspecting.test_grading_cases import TOPICS

MOST_QUERIES = 10
AT = "/oversight/inspections/"


@pytest.fixture
def opening(frozen, partnership):
    """Give a form that opens an inspection of four cases, read by Dawn, and a fifth of them by Dora."""
    return {"title": "Merseyside, autumn", "framework": FRAMEWORK, "snapshot": str(frozen), "strata": "agency",
            "size": "4", "seed": "7", "first": [str(partnership.officers["Dawn"])],
            "second": str(partnership.officers["Dora"]), "because": "The programme of this year",
            "open_days": "90"}


def graded(**changed: str) -> dict[str, str]:
    said = {}
    for topic in TOPICS:
        said |= {f"grade-{topic}": "good", f"reasons-{topic}": "It was done"}
    return said | {name.replace("_", "-"): value for name, value in changed.items()}


@pytest.fixture
def opened(opening, browse) -> str:
    """Open the inspection on the page, and give its address."""
    with browse("Dawn") as client:
        answer = client.post(f"{AT}open/", opening)
        assert answer.status_code == 302, answer.content.decode()
        return answer.url


@pytest.fixture
def both(opened, acting) -> int:
    """Give the number of the first case that two read."""
    with acting("Dawn"):
        return next(one.place for one in cases_of(opened.split("/")[3]) if one.second)


def test_dawn_opens_an_inspection_and_sees_how_its_cases_were_drawn(opened, browse):
    with browse("Dawn") as client:
        assert b"Merseyside, autumn" in client.get(AT).content
        text = client.get(opened).content.decode()
        for words in ("Case 1", "Case 4", "Brook High School", "0 of 4 cases graded", "<dd>7</dd>", "again by Dora",
                      "The programme of this year", "K1 "):
            assert words in text, words
        for child in CHILDREN:
            assert f"{child}sson" not in text, "no child is named outside the case"


def test_what_is_wrong_with_a_form_is_said_in_words(opening, browse):
    with browse("Dawn") as client:
        for wrong, words in (({"size": "201"}, "Enter 200 or fewer"), ({"size": "1"}, "are too few"),
                             ({"second": opening["first"][0]}, "not one of the first"),
                             ({"open_days": "366"}, "Enter 365 or fewer"), ({"open_days": ""}, "Enter for how many"),
                             ({"because": ""}, "Say why it is held"), ({"snapshot": "x"}, "Select a valid choice")):
            answer = client.post(f"{AT}open/", opening | wrong)
            assert (answer.status_code, words in answer.content.decode()) == (422, True), wrong
        assert b"No inspection has been opened" in client.get(AT).content


def test_a_case_is_read_whole_in_few_queries_and_each_look_is_kept(opened, browse, everything):
    pages = {f"{opened}cases/1/": "read a drawn case", f"{opened}cases/1/look-back/": "look back on a drawn case",
             f"{opened}cases/1/grades/": "grade a drawn case"}
    with browse("Dawn") as client:
        client.get("/help/")
        for address in (AT, opened, f"{opened}results/", *pages):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
            asked = [q["sql"] for q in queries if q["sql"].lower().startswith(("select", "insert", "update", "with"))]
            assert len(asked) <= MOST_QUERIES, (address, len(asked), asked)
        text = client.get(f"{opened}cases/1/").content.decode()
        assert any(f"{child}sson" in text for child in CHILDREN)
        assert "Exclusion" in text
        assert "What this look back finds" in client.get(f"{opened}cases/1/look-back/").content.decode()
        for missing in (f"{opened}cases/5/", f"{opened}cases/0/look-back/", f"{opened}cases/5/grades/"):
            assert client.get(missing).status_code == 404
    for act in pages.values():
        rows = everything("select distinct a.children from access_auditentry a join access_officer o"
                          " on o.id = a.officer_id where a.act = %s and o.name = 'Dawn' and a.children <> '{}'", act)
        assert len(rows) == 1, act


def test_no_page_of_a_child_and_no_search_opens_to_an_inspector(opened, browse, acting):
    with acting("Dawn"):
        person = cases_of(opened.split("/")[3])[0].person
    with browse("Dawn") as client:
        for address in (f"/children/{person}/", f"/children/{person}/look-back/", f"/children/{person}/decide/",
                        f"/children/{person}/disclosures/", "/find/", "/inbox/", "/doubts/"):
            assert client.get(address).status_code == 403, address


def test_nobody_but_the_inspectorate_finds_the_inspection(opened, browse):
    for name, status in (("Carl", 403), ("Mary", 403), ("Beth", 403), ("Della", 404)):
        with browse(name) as client:
            for address in (opened, f"{opened}cases/1/", f"{opened}cases/1/grades/", f"{opened}results/",
                            f"{opened}results/log/", f"{opened}results/report/", f"{opened}end/",
                            f"{opened}cases/1/look-back/"):
                assert client.get(address).status_code == status, (name, address)
            assert client.post(f"{opened}end/").status_code == status
            answer = client.get(AT)
            assert "Merseyside, autumn" not in answer.content.decode()
            assert answer.status_code == (200 if name == "Della" else 403)


def test_grading_asks_for_both_a_grade_and_reasons(opened, browse):
    with browse("Dawn") as client:
        for said, words in (({"grade-leadership": "good"}, "Say why: Leadership"),
                            ({"reasons-leadership": "x"}, "Choose a grade: Leadership"),
                            ({}, "Grade at least one topic"),
                            ({"grade-leadership": "superb", "reasons-leadership": "x"}, "Select a valid choice")):
            answer = client.post(f"{opened}cases/1/grades/", said)
            assert (answer.status_code, words in answer.content.decode()) == (422, True), said


def test_two_grade_blind_differ_and_somebody_settles_it_and_all_of_it_can_be_taken_away(opened, both, browse):
    grades = f"{opened}cases/{both}/grades/"
    with browse("Dawn") as client:
        said = graded(reasons_investigation="Her words alone")
        assert client.post(grades, said).status_code == 302
        assert "You have graded every topic" in client.get(grades).content.decode()
    with browse("Dora") as client:
        assert "Her words alone" not in client.get(grades).content.decode()
        for other in set(range(1, 5)) - {both}:
            found = client.get(f"{opened}cases/{other}/grades/").content.decode()
            assert ("You do not read this case" in found) == ("again by" not in found), other
        assert client.post(grades, graded(grade_investigation="inadequate")).status_code == 302
        assert "Her words alone" in client.get(grades).content.decode()
        assert client.post(grades, graded()).status_code == 422, "what both have graded stands"
        text = client.get(f"{opened}results/").content.decode()
        for words in ("From 1 of 4 cases", "Not settled", "1 case left out", "No grade stands yet", "100%"):
            assert words in text, words
        settle = f"{grades}investigation/"
        assert "You are one of the two" in client.get(settle).content.decode()
        assert client.post(settle, {"grade": "good"}).status_code == 422
        assert client.get(f"{grades}leadership/").status_code == 404, "there they agree"
        assert client.post(settle, {"grade": "requires improvement", "reasons": "=1+1"}).status_code == 302
        assert "It stands as requires improvement" in client.get(f"{opened}results/").content.decode()
    with browse("Dawn") as client:
        tables = {name: list(csv.reader(io.StringIO(client.get(f"{opened}results/{name}/").content.decode())))
                  for name in ("results", "log", "cases")}
        assert client.get(f"{opened}results/people/").status_code == 404
        assert ["Investigation", "requires improvement", "1.0"] in [row[:3] for row in tables["results"]]
        assert [row[3:] for row in tables["log"] if len(row) > 3 and row[3] == "settled"] == [
            ["settled", "Dora", "requires improvement", "'=1+1"]]
        assert len([row for row in tables["cases"] if row and row[0] in "1234"]) == 4
        for name, rows in tables.items():
            whole = str(rows)
            assert "seed 7" in whole, name
            assert not [child for child in CHILDREN if f"{child}sson" in whole], name


def text_of(report: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(report)).pages)


def test_the_report_says_how_cases_were_drawn_and_what_was_found_and_names_no_child(opened, both, browse, acting):
    for name, changed in (("Dawn", {}), ("Dora", {"grade_investigation": "inadequate"})):
        with browse(name) as client:
            said = graded(reasons_leadership="Ada Adasson was asked", **changed)
            assert client.post(f"{opened}cases/{both}/grades/", said).status_code == 302
    with acting("Dawn"):
        found = inspection(opened.split("/")[3])
        reads = reads_of(found.id)
    with browse("Dawn") as client:
        assert f'href="{opened}results/report/"' in client.get(f"{opened}results/").content.decode()
        answer = client.get(f"{opened}results/report/")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    whole = result(reads["leadership"], grades=found.grades, frame=found.frame).shares["good"]
    for words in ("Merseyside, autumn", "The programme of this year", str(found.snapshot), "Seed 7", str(found.id),
                  "National child protection inspections, from April 2024",
                  "HMICFRS, child protection inspection criteria", "From 1 of 4 cases", "2 of them are read twice",
                  "Brook High School 3 2", "Merseyside Police 3 2",
                  f"Good {whole.share:.0%} ({whole.low:.0%} to {whole.high:.0%})", "No grade stands yet",
                  "1 case left out", "gave the same grade in 0%", "It is open"):
        assert words in text, words
    assert not [child for child in CHILDREN if child in text]


def test_the_report_of_findings_in_words_and_of_what_ended_says_so(opening, browse):
    with browse("Dawn") as client:
        made = client.post(f"{AT}open/", opening | {"framework": "jtai-exploitation-2022"}).url
        said = {f"reasons-{topic}": "Nobody rang Ada" for topic in ("front-door", "assessment", "leadership")}
        for place in range(1, 5):
            assert client.post(f"{made}cases/{place}/grades/", said).status_code == 302
        assert client.post(f"{made}end/").status_code == 302
        text = text_of(client.get(f"{made}results/report/").content)
    for words in ("No grades: findings in words", "The findings stand in words in the log",
                  "Identification and first response 2", "From 2 of 4 cases: those", "The rest was not read",
                  "by Dawn."):
        assert words in text, words
    assert "Ada" not in text


def test_when_it_ends_the_records_close_and_what_was_found_stays(opened, browse, everything):
    with browse("Dawn") as client:
        assert client.post(f"{opened}cases/1/grades/", graded()).status_code == 302
        assert b"It cannot be opened again" in client.get(f"{opened}end/").content
        assert client.post(f"{opened}end/").status_code == 302
        assert client.post(f"{opened}end/").status_code == 409
        for address in (f"{opened}cases/1/", f"{opened}cases/1/look-back/"):
            text = client.get(address).content.decode()
            assert "This record is closed to you" in text
            assert not [child for child in CHILDREN if f"{child}sson" in text]
        assert "It was done" in client.get(f"{opened}cases/1/grades/").content.decode()
        assert client.post(f"{opened}cases/2/grades/", graded()).status_code == 422
        assert "Ended" in client.get(opened).content.decode()
    acts = {act for (act,) in everything("select distinct act from access_auditentry where writes")}
    assert {"open an inspection", "grade a drawn case", "end an inspection"} <= acts


def test_it_says_until_when_records_are_open_and_closes_them_by_itself(opened, both, browse, days_pass):
    with browse("Dawn") as client:
        day = moment_in_words(day_of(datetime.now(UTC) + timedelta(days=90)))
        for address in (opened, AT):
            assert day in client.get(address).content.decode(), address
        assert "Exclusion" in client.get(f"{opened}cases/1/").content.decode()
    days_pass(90)
    with browse("Dawn") as client:
        for address in (f"{opened}cases/1/", f"{opened}cases/1/look-back/"):
            text = client.get(address).content.decode()
            assert "This record is closed to you" in text
            assert not [child for child in CHILDREN if f"{child}sson" in text]
        assert ", by itself" in client.get(opened).content.decode()
        assert client.post(f"{opened}cases/{both}/grades/", graded()).status_code == 422
        assert client.post(f"{opened}end/").status_code == 409
        assert ", by itself" in client.get(f"{opened}end/").content.decode()
        assert "Ended" in client.get(AT).content.decode()


def test_findings_in_words_have_no_grades_to_choose_and_no_shares(opening, browse):
    with browse("Dawn") as client:
        made = client.post(f"{AT}open/", opening | {"framework": "jtai-exploitation-2022"}).url
        text = client.get(f"{made}cases/1/grades/").content.decode()
        assert "Finding: Identification and first response" in text
        assert 'type="radio"' not in text
        said = {f"reasons-{topic}": "Nobody rang the school" for topic in ("front-door", "assessment", "leadership")}
        assert client.post(f"{made}cases/1/grades/", said).status_code == 302
        text = client.get(f"{made}results/").content.decode()
        assert "This framework has no grades" in text
        assert "No case has been read twice" not in text
