"""A school of the partnership at which three pupils have shown first signs after an arrival."""

from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from tests.integration.places.telling import file, group


@pytest.fixture
def rows(as_worker):
    """Ask the database as the worker."""

    def asking(statement: str, *values: object) -> list[tuple]:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return cursor.fetchall()

    return asking


@pytest.fixture
def hypothesis(send, rows) -> UUID:
    """Let the council tell of the arrival and of three pupils, and give the hypothesis that follows."""
    told = group("ann", "bob", "cat")
    facts = send("timeline", "Knowsley Council", file(told))
    assert (facts.accepted, facts.turned_back) == (len(told), 0)
    ((found,),) = rows("select id from places_hypothesis")
    return found
