"""The page of published figures: for those who oversee, of any council, with every table as a file."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.access.models import AuditEntry
from sightline.interfaces.web.published.tables import tables
from sightline.reference.figures.factors import councils_in

PAGE = "/oversight/figures/"
LEICESTER, ISLINGTON, CUMBERLAND = "E06000016", "E09000019", "E06000063"
MOST_QUERIES = 10


def shown(client, query=""):
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_manager_sees_the_own_council_first_and_may_ask_for_another(partnership, browse):
    with browse("Mary") as mary:
        text = shown(mary)
        assert "What assessments found: Knowsley" in text
        assert '<option value="E08000011" selected>Knowsley</option>' in text
        other = shown(mary, f"?council={LEICESTER}")
    assert ("Leicester recorded no child criminal exploitation in 2025. 16 of the 152 councils with a published number "
            "recorded none. That measures recording, not children.") in other
    assert "What assessments found: England" not in other


def test_the_inspector_sees_england_and_may_choose(partnership, browse):
    with browse("Dawn") as dawn:
        text = shown(dawn)
        assert "What assessments found: England" in text
        assert "England: 16,250 episodes with child criminal exploitation in 2025" in text
        assert text.count("<option ") == 154
        said = shown(dawn, f"?council={ISLINGTON}")
        assert "Islington recorded 201 episodes with child criminal exploitation in 2025: 56.4" in said


def test_who_may_not_see_oversight_sees_neither_page_nor_file(partnership, browse):
    for name in ("Beth", "Carl", "Lee", "Pat"):
        with browse(name) as client:
            for address in (PAGE, f"{PAGE}?council={LEICESTER}", f"{PAGE}gangs/"):
                assert client.get(address).status_code == 403


def test_an_unknown_council_or_table_is_not_found(partnership, browse):
    with browse("Dawn") as dawn:
        for address in (f"{PAGE}?council=E99", f"{PAGE}?council=E92000001", f"{PAGE}nothing/",
                        f"{PAGE}gangs/?council=%27"):
            assert dawn.get(address).status_code == 404


def test_the_page_asks_at_most_ten_queries(partnership, browse):
    with browse("Mary") as mary:
        shown(mary)
        with CaptureQueriesContext(connection) as asked:
            shown(mary)
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= MOST_QUERIES


def test_what_was_looked_at_is_audited_and_of_no_child(partnership, browse, as_worker):
    with browse("Dawn") as dawn:
        shown(dawn)
        dawn.get(f"{PAGE}gangs/")
    with as_worker():
        found = list(AuditEntry.objects.order_by("id").values_list("act", "children"))
    assert [act for act, _ in found[-2:]] == ["see published figures", "get published figures"]
    assert not any(children for _, children in found[-2:])


@pytest.mark.parametrize("council", [None, LEICESTER, CUMBERLAND])
def test_every_table_is_a_file_with_its_source_and_licence(partnership, browse, council):
    held = tables(council)
    assert len(held) == 12
    with browse("Dawn") as dawn:
        page = shown(dawn, f"?council={council or 'england'}")
        for slug, table in held.items():
            address = f"{PAGE}{slug}/?council={council or 'england'}"
            assert address in page
            response = dawn.get(address)
            assert response.status_code == 200
            assert response.headers["Content-Type"].startswith("text/csv")
            rows = list(csv.reader(response.content.decode().splitlines()))
            assert tuple(rows[0]) == table.columns
            assert len(rows) == len(table.rows) + 3
            assert {len(row) for row in rows[:-2]} == {len(table.columns)}
            assert rows[-1][0].startswith("Source: ")
            assert "Open Government Licence v3.0" in rows[-1][0]


def test_what_was_not_published_is_said_in_words_and_never_nought(partnership, browse):
    with browse("Dawn") as dawn:
        told = dawn.get(f"{PAGE}criminal-exploitation/?council={ISLINGTON}").content.decode().splitlines()
        rows = {row[0]: row[1:3] for row in csv.reader(told) if len(row) > 3}
        assert "2021" not in rows, "it was not asked before 2022"
        assert rows["2022"] == ["Held back", "No rate"]
        assert rows["2023"] == ["0", "0.0"]
        assert rows["2025"] == ["201", "56.4"]
        hackney = dawn.get(f"{PAGE}gangs/?council=E09000012").content.decode()
        assert "2021,Not available,No rate,12720," in hackney


def test_councils_are_neither_listed_by_rate_nor_named_in_the_plot(partnership, browse):
    with browse("Dawn") as dawn:
        main = shown(dawn, f"?council={ISLINGTON}").split("<main", 1)[1]
    without_choices = re.sub(r"<select.*?</select>", "", main)
    named = [one.council for one in councils_in(2025) if one.council != "Islington"
             and re.search(rf"\b{re.escape(one.council)}\b", without_choices)]
    assert named == []


def test_every_council_has_a_page(partnership, browse):
    with browse("Dawn") as dawn:
        for one in councils_in(2025):
            assert one.council.replace("'", "&#39;") in shown(dawn, f"?council={one.code}")
