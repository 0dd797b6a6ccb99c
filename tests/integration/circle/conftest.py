"""Three children of Knowsley who were each arrested with one phone, and the ids by which they are kept."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.flow import read_news
from tests.integration.circle.telling_of_circles import NOW, arrested, file, lives


@pytest.fixture
def send(send):
    """Send a file today: what a link rests on must not have ended."""
    return partial(send, at=NOW)


@pytest.fixture
def rows(as_worker):
    """Ask the database as the worker."""

    def asking(statement: str, *values: object) -> list[tuple]:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return cursor.fetchall() if cursor.description else []

    return asking


@pytest.fixture
def child(rows) -> Callable[[str], UUID]:
    """Give the id of a child by the name under which the police tell of it."""

    def finding(who: str) -> UUID:
        ((found,),) = rows("select distinct person_id from people_identity where key = %s", who)
        return found

    return finding


@pytest.fixture
def three(send) -> None:
    """Let the police tell of Ann, Bob and Cat."""
    told = [told for who in ("ann", "bob", "cat") for told in (lives(who), arrested(who))]
    facts = send("timeline", "Merseyside Police", file(*told))
    assert (facts.accepted, facts.turned_back) == (6, 0)


@pytest.fixture
def shown(as_worker, rows) -> Callable[[], set[UUID]]:
    """Read everybody of whom there is news, as the worker does, and give who shows the sign C16 then."""

    def reading() -> set[UUID]:
        with as_worker():
            read_news(at=lambda: NOW)
        return {person for person, in rows("select person_id from signs_found where code = 'C16' and gone_at is null")}

    return reading
