"""The page of a release, each side in a browser of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 10


def test_the_sergeant_sees_what_the_gate_still_asks(held, browse):
    event = held.event()
    with browse("Sam") as sam:
        answer = sam.get(f"/custody/{event.id}/")
        page = answer.content.decode()
    assert answer.status_code == 200, page
    assert "Not to be released yet" in page
    assert "Name the adult who receives the child" in page


@pytest.mark.parametrize("planned", [False, True])
def test_the_page_asks_few_questions(held, browse, planned):
    event = held.event()
    if planned:
        held.plan()
    with browse("Sam") as sam, CaptureQueriesContext(connection) as asked:
        assert sam.get(f"/custody/{event.id}/").status_code == 200
    ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(ours) <= MOST_QUERIES, ours
