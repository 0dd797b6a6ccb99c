"""The pages of measures: for who oversees; figures for all of them, cases for who may see the child."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from sightline.apps.access.acting import at_task
from sightline.apps.access.models import AuditEntry
from sightline.apps.insight.freezing import freeze
from sightline.interfaces.jobs.measuring import freeze_in_time
from tests.integration.conftest import NOW

PAGE = "/oversight/measures/"
MOST_QUERIES = 10
POLICE, SCHOOL = "Merseyside Police", "Brook High School"
SUPPLY = {"offence": "drugs-supply"}
DRAWN = 'class="sightline-interval"'


@pytest.fixture
def frozen(tell, as_worker):
    """Freeze twelve exclusions in Knowsley, six of which somebody decided on, and two arrests."""
    home = (400, "Knowsley Council", "child.home", {"postcode": "L36 9YZ"})
    decided = {"about": "D-EX-4", "outcome": "looked at", "reasons": "told by the school"}
    for n in range(12):
        name = f"Ada{'abcdefghijkl'[n]}"
        tell(name, [home, (20, SCHOOL, "school.exclusion", {"category": "PERM"}),
                    *([(19, "Knowsley Council", "decision.made", decided)] if n < 6 else [])],
             born_on=f"2011-04-{n + 1:02}")
    tell("Bea", [(12, POLICE, "police.arrest", SUPPLY)])
    with as_worker(), at_task("test"):
        return freeze(start=NOW - timedelta(days=365), until=NOW, officer=None, at=NOW)


def shown(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", response.content.decode())


def test_before_the_first_snapshot_it_says_so_and_somebody_asks_for_one(partnership, browse, as_worker):
    with browse("Mary") as mary:
        assert "Nothing was frozen yet" in shown(mary)
        answer = mary.post(f"{PAGE}freeze/")
        assert answer.status_code == 302
        assert "A new snapshot was asked for" in shown(mary, answer["Location"])
        assert mary.post(f"{PAGE}freeze/").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'measuring.freeze_now'")
        assert cursor.fetchone() == (1,)


def test_the_clock_freezes_once_in_four_weeks(partnership, as_worker, everything):
    with as_worker():
        freeze_in_time(timestamp=0)
        freeze_in_time(timestamp=0)
    assert everything("select count(*), count(officer_id) from insight_snapshot") == [(1, 0)]


def test_a_manager_reads_what_is_measured_and_opens_the_cases(frozen, browse):
    with browse("Mary") as mary:
        text = shown(mary)
        assert "K2 Exclusion taken as a warning sign: permanent exclusion" in text
        assert "50 % (25 to 75 %)" in text
        assert text.count(DRAWN) > 3
        one = shown(mary, f"{PAGE}K2/?snapshot={frozen}")
        assert "From the exclusion until the decision was recorded" in one or "from the exclusion until" in one
        assert "Knowsley Council: permanent exclusion" in one
        assert "Girls: permanent exclusion" in one
        assert "Ethnicity not told: permanent exclusion" in one
        found = shown(mary, f"{PAGE}K2/cases/?snapshot={frozen}&part=permanent+exclusion")
        assert found.count("Adaasson") == 1
        assert found.count("sson</a>") == 12
        assert "whose record you may not see" not in found
    look = AuditEntry.objects.filter(act="see cases behind a figure").order_by("-id")[:1]
    assert [len(one.children) for one in look] in ([12], [])  # the row is the worker's to read


def test_an_inspector_sees_the_figure_and_that_its_cases_are_not_open(frozen, browse):
    with browse("Dawn") as dawn:
        assert "50 % (25 to 75 %)" in shown(dawn)
        found = shown(dawn, f"{PAGE}K2/cases/?snapshot={frozen}&part=permanent+exclusion")
        assert "12 more cases are in the figure" in found
        assert "sson" not in found


def test_nobody_else_sees_any_of_it(frozen, browse):
    for name in ("Beth", "Carl", "Lee", "Pat"):
        with browse(name) as client:
            for address in (PAGE, f"{PAGE}K2/", f"{PAGE}K2/cases/", f"{PAGE}file.csv"):
                assert client.get(f"{address}?snapshot={frozen}").status_code == 403
            assert client.post(f"{PAGE}freeze/").status_code == 403


def test_the_file_and_the_paper_say_the_same_and_keep_small_numbers_back(frozen, browse):
    with browse("Mary") as mary:
        inside = mary.get(f"{PAGE}file.csv?snapshot={frozen}").content.decode()
        outside = mary.get(f"{PAGE}file.csv?snapshot={frozen}&outside=1").content.decode()
        paper = mary.get(f"{PAGE}file.pdf?snapshot={frozen}").content
    row = next(line for line in inside.splitlines() if line.startswith("K2,") and "all agencies" in line)
    assert ",12,0,50 % (25 to 75 %)," in row
    row = next(line for line in outside.splitlines() if line.startswith("K2,") and "all agencies" in line)
    assert ",10,0,50 % (25 to 75 %)," in row
    row = next(line for line in outside.splitlines() if line.startswith("K15,") and "all agencies" in line)
    assert ",1 to 4," in row
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages)
    for words in (str(frozen), "K2 Exclusion taken as a warning sign", "50 % (25 to 75 %)"):
        assert words in text
        assert words.removeprefix("K2 ") in inside


@pytest.mark.parametrize("address", [
    "K99/", "K2/?snapshot=x", "K2/?snapshot=0d9d5f0e-0000-4000-8000-000000000000", "K2/cases/?agency=x", "file.exe",
    "K2/cases/?snapshot=%00", "?snapshot=%27"])
def test_what_there_is_not_is_not_found(frozen, browse, address):
    with browse("Mary") as mary:
        assert mary.get(f"{PAGE}{address}").status_code == 404


def test_each_page_asks_at_most_ten_queries(frozen, browse):
    with browse("Mary") as mary:
        for address in (PAGE, f"{PAGE}K2/", f"{PAGE}K2/cases/?part=permanent+exclusion"):
            mary.get(address)
            with CaptureQueriesContext(connection) as asked:
                mary.get(address)
            ours = [one for one in asked if "insight_" in one["sql"] or "people_" in one["sql"]]
            assert len(ours) <= MOST_QUERIES, [one["sql"][:120] for one in asked]


def test_a_definition_that_changes_breaks_the_series(frozen, browse, as_worker, everything):
    again = "insert into insight_snapshot (id, from_at, until_at, made_at, editions, cases, digest) select"
    copy = ("insert into insight_figure (snapshot_id, measure, part, grouped_by, \"group\", n, untold, waiting, within,"
            " within_n, within_low, within_high) select id, 'K2', 'permanent exclusion', '', '', 12, 0, 0, 9, 12, 0.4,"
            " 0.9 from insight_snapshot where digest = %s")
    for digest, days, edition in (("b", 30, "1"), ("c", 60, "2")):
        everything(f"{again} gen_random_uuid(), from_at, until_at, made_at + make_interval(days => {days}),"
                   f" jsonb_set(editions, '{{K2}}', '\"{edition}\"'), 0, '{digest}' from insight_snapshot"
                   " where digest <> 'b'")
        everything(copy, digest)
    with browse("Dawn") as dawn:
        text = shown(dawn, f"{PAGE}K2/")
    assert "The definition changed: the line is broken there" in text
    assert "permanent exclusion, edition 1" in text
    assert "permanent exclusion, edition 2" in text
    assert "This snapshot was counted by edition 2 of the definition" in text
