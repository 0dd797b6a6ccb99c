"""By night every record is weighed again: nothing moves, and what would move is asked once."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.people import again
from sightline.apps.people.actions import attribute
from sightline.apps.people.again import part_of_night, weigh_again
from sightline.apps.people.weights import weights_in_use
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import NOW


def child(key: str, given: str = "Aaliyah", **numbers: str) -> Identity:
    return Identity("timeline", key, given, "Featherstone", born_on=date(2011, 4, 3), sex="F", postcode="L36 9YZ",
                    identifiers=numbers)


@pytest.fixture
def work(as_worker, partnership):
    """Let agencies tell, the night come, and the worker ask the database."""

    class Work:
        def tell(self, agency, *told):
            with as_worker(), at_task("test"):
                attribute(told, agency=partnership.agencies[agency], submission=None, at=NOW)

        def night(self, later=0):
            with as_worker():
                return weigh_again(at=lambda: NOW + timedelta(days=later))

        def ask(self, statement, *values):
            with as_worker(), at_task("test"), connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

    return Work()


PERSONS = "select key, person_id from people_identity order by key"
DOUBTS = "select within_id is not null, because::text from people_doubt where answer = 'open'"


def test_a_night_with_nothing_to_ask_asks_nothing(work):
    work.tell("Knowsley Council", child("c1"), child("c2", "Amina"))
    work.tell("Essex Council", child("e1"))
    before = work.ask(PERSONS)
    assert work.night() == 3
    assert (work.ask(PERSONS), work.ask(DOUBTS)) == (before, [])


def test_two_records_that_would_join_by_now_are_asked_about_once_and_not_moved(work):
    work.tell("Knowsley Council", child("c1"))
    work.tell("Essex Council", child("e1"))
    work.ask("with own as (insert into people_person (id, made_at) values (gen_random_uuid(), now()) returning id)"
             " update people_identity set person_id = own.id from own where key = 'e1'")
    before = work.ask(PERSONS)
    assert len({person for _, person in before}) == 2
    work.night()
    work.night()
    assert work.ask(PERSONS) == before
    ((within, because),) = work.ask(DOUBTS)
    assert not within
    assert "same date of birth" in because


def test_two_records_of_one_person_that_would_not_join_are_asked_about_once(work):
    work.tell("Knowsley Council", child("c1", nhs="943 476 5919"))
    work.tell("Essex Council", child("e1", "Amina", nhs="943 476 5870"))
    work.ask("update people_identity e set person_id = c.person_id from people_identity c"
             " where c.key = 'c1' and e.key = 'e1'")
    work.ask("delete from people_doubt")
    work.night()
    work.night()
    ((within, because),) = work.ask(DOUBTS)
    assert within
    assert "fits no other record" in because


def test_what_a_human_answered_is_not_asked_again(work):
    work.tell("Knowsley Council", child("c1", upn="A950000178301"))
    work.tell("Essex Council", child("e1", "Amina", upn="A950000178301"))
    work.ask("update people_doubt set answer = 'not-same', reason = 'twins', answered_at = now()")
    work.night()
    assert work.ask(DOUBTS) == []


def test_more_records_than_a_night_holds_are_weighed_in_some_nights(work, monkeypatch, as_worker):
    work.tell("Knowsley Council", *[child(f"c{n}", f"Name{n}") for n in range(60)])
    with as_worker():  # about as many as earlier tests have left room for in the table
        monkeypatch.setattr(again, "RECORDS_A_NIGHT", weights_in_use().records // 4)
    nights = [work.night(later) for later in range(4)]
    assert sum(nights) == 60
    assert all(0 < weighed < 40 for weighed in nights)
    assert work.night(4) == nights[0]


@pytest.mark.parametrize("records", [1_000, 1_000_000, 10_000_000, 7_654_321])
def test_the_nights_hold_every_id_once(records):
    nights = -(-records // again.RECORDS_A_NIGHT)
    parts = sorted(part_of_night(740_000 + night, records=records) for night in range(nights))
    assert parts[0][0].int == 0
    assert parts[-1][1] == again.LAST
    assert all(one[1] == other[0] for one, other in pairwise(parts))
