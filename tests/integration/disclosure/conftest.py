"""Amara's exclusion, known to her school and council; the police know nothing of her until somebody shares it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.record.queries import told_of


@dataclass
class Scene:
    """Hold Amara, her exclusion, and a way to look at every row."""

    amara: UUID
    exclusion: UUID
    rows: Callable[..., list[tuple]]


@pytest.fixture
def scene(amara, acting, as_worker) -> Scene:
    def rows(statement: str, *values: object) -> list[tuple]:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    with acting("Beth"):
        exclusion = next(UUID(t.entry.id) for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion")
    return Scene(amara, exclusion, rows)
