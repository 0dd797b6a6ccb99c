"""One record that cannot be read holds up no other, and the log says which without a word of what was told."""

from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connection

from sightline.apps.access import halves
from sightline.apps.access.acting import at_task

IDS = [UUID(int=number) for number in range(1, 12)]


@pytest.fixture
def written(as_worker):
    """Give a table that a test writes ids to, as the worker would."""
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("create temporary table written (id uuid primary key) on commit drop")
        yield cursor


@pytest.mark.parametrize("bad", [[], IDS[:1], IDS[-1:], [IDS[3], IDS[4], IDS[9]], IDS], ids=len)
def test_everybody_but_the_bad_is_worked_on_once(bad, written):
    def work(some):
        written.executemany("insert into written values (%s)", [[one] for one in some])
        if set(some) & set(bad):
            raise ValueError("Amara Okafor")

    assert halves.each(IDS, work) == bad
    written.execute("select id from written order by id")
    assert [row[0] for row in written.fetchall()] == [one for one in IDS if one not in bad]


def test_what_the_database_refuses_of_one_is_undone_for_one(written, caplog):
    def work(some):
        for one in some:
            written.execute("insert into written values (%s)", [IDS[0] if one == IDS[5] else one])

    assert halves.each(IDS, work) == [IDS[5]]
    assert f"{IDS[5]} cannot be read: {IntegrityError.__name__}" in caplog.text
    assert "already exists" not in caplog.text


def test_nothing_is_tried_again_where_the_database_is_gone(written):
    tried = []

    def work(some):
        tried.append(len(some))
        raise OperationalError

    with pytest.raises(OperationalError):
        halves.each(IDS, work)
    assert tried == [len(IDS)]
