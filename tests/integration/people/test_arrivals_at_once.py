"""What arrives is settled in its own transaction: at one instant, twice over, in floods, and with other agencies'."""

import json
import threading
from datetime import date

import pytest
from django.db import connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.people.actions import attribute
from sightline.apps.people.candidates import MOST_A_KEY
from sightline.apps.people.weights import weights_in_use
from sightline.domain.linkage.deciding import JOIN, MOST_ASKED
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import NOW

BORN = date(2011, 4, 3)
COUNCIL, ESSEX, POLICE, SCHOOL = "Knowsley Council", "Essex Council", "Merseyside Police", "Brook High School"


def child(key: str, given: str | None = "Aaliyah", family: str | None = "Featherstone", *, born: date | None = BORN,
          home: str | None = "L36 9YZ", sex: str | None = "F", **numbers: str) -> Identity:
    """Tell of a child under a key, as a timeline does."""
    return Identity("timeline", key, given, family, born_on=born, sex=sex, postcode=home, identifiers=numbers)


@pytest.fixture
def tell(partnership):
    """Let an agency tell of children, each in a transaction of its own session's; gives what was attributed."""

    def telling(agency: str, *told: Identity):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role sightline_worker")
            with at_task("test"):
                return attribute(told, agency=partnership.agencies[agency], submission=None, at=NOW)

    return telling


@pytest.fixture
def at_once(transactional_db, tell):
    """Let several agencies tell at the same instant, each in a session of its own."""

    def telling(*tellings):
        start, failed = threading.Barrier(len(tellings)), []

        def act(agency, told):
            try:
                start.wait(timeout=20)
                tell(agency, told)
            except Exception as error:
                failed.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=one) for one in tellings]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert failed == []

    return telling


@pytest.fixture
def ask(as_worker):
    """Ask the database as the worker."""

    def asking(statement: str, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return asking


PERSONS = "select count(distinct person_id) from people_identity"
PERSONS_OF = "select distinct person_id from people_identity where key = any(%s)"
DOUBTS = "select because::text from people_doubt where answer = 'open'"


@pytest.mark.parametrize("round_", range(3))
def test_one_child_told_three_times_at_one_instant_is_one_person(at_once, ask, round_):
    at_once((COUNCIL, child("c1")), (ESSEX, child("e1")), (POLICE, child("p1")))
    assert ask(PERSONS) == [(1,)]
    assert ask("select count(*) from people_person where merged_into_id is not null") == [(2,)]


@pytest.mark.parametrize("round_", range(3))
def test_two_nhs_numbers_never_come_to_one_person_by_way_of_a_third(at_once, tell, ask, round_):
    tell(COUNCIL, child("c1"))
    at_once((ESSEX, child("e1", nhs="943 476 5919")), (POLICE, child("p1", nhs="943 476 5870")))
    assert ask("select count(*) from (select person_id from people_identity i join people_description d"
               " on d.identity_id = i.id group by person_id having count(distinct d.identifiers ->> 'nhs') > 1) p"
               ) == [(0,)]
    assert len(ask(DOUBTS)) == 1


def test_the_same_name_of_one_agency_told_twice_at_once_is_one_identity(at_once, ask):
    at_once(*[(COUNCIL, child("c1", home=home)) for home in ("L36 9YZ", "PR1 2HE", "CM1 1QH")])
    assert ask("select count(*) from people_identity") == [(1,)]
    assert ask("select count(*) from people_description") == [(3,)]


def test_a_joining_keeps_what_it_weighed_and_by_which_weights(tell, ask):
    tell(COUNCIL, child("c1"))
    tell(ESSEX, child("e1"))
    ((bits, parts, model, how),) = ask("select bits, parts, model, how from people_joining")
    assert bits >= JOIN
    assert model and how == "comparison"
    assert abs(sum(part["bits"] for part in json.loads(parts)) - bits) < 0.01


def test_what_was_told_before_counts_too_so_an_old_home_finds_the_child(tell, ask):
    tell(COUNCIL, child("c1", home="PR1 2HE"))
    tell(COUNCIL, child("c1", family="Cole", home="L36 9YZ"))
    tell(ESSEX, child("e1", home="PR1 2HE"))
    assert ask(PERSONS) == [(1,)]


def test_twins_are_two_and_a_number_that_both_bear_asks_a_human(tell, ask):
    tell(SCHOOL, child("s1", "Aaliyah"), child("s2", "Amina"))
    assert (ask(PERSONS), ask(DOUBTS)) == ([(2,)], [])
    tell(COUNCIL, child("c1", "Aaliyah", upn="A950000178301"))
    tell(POLICE, child("p1", "Amina", upn="A950000178301"))
    assert any("UPN" in because for (because,) in ask(DOUBTS))
    names = ask("select count(*) from (select i.person_id from people_identity i join people_description d"
                " on d.identity_id = i.id group by i.person_id having count(distinct d.given) > 1) p")
    assert names == [(0,)]


def test_what_is_told_later_and_fits_no_other_record_of_the_child_is_asked_about(tell, ask):
    tell(COUNCIL, child("c1", nhs="943 476 5919"))
    tell(ESSEX, child("e1"))
    assert ask(PERSONS) == [(1,)]
    tell(ESSEX, child("e1", nhs="943 476 5870"))
    assert ask(PERSONS) == [(1,)], "nothing moves by itself"
    ((within, because),) = ask("select within_id, because::text from people_doubt where answer = 'open'")
    assert within is not None
    assert "fits no other record" in because


def test_the_same_flood_again_changes_nothing(tell, ask):
    flood = [child("c1") for _ in range(2_000)]
    tell(COUNCIL, *flood)
    held = ask("select count(*), (select count(*) from people_description) from people_identity")
    tell(COUNCIL, *flood)
    assert ask("select count(*), (select count(*) from people_description) from people_identity") == held == [(1, 1)]


@pytest.mark.parametrize("told", [
    lambda n: child(f"k{n}", "Baby", None, born=date(2011, 1, 1), home=None, sex=None),
    lambda n: child(f"k{n}", "Aaliyah", None, home=None),
    lambda n: child(f"k{n}", None, None, born=None, home=None, sex=None),
    lambda n: child(f"k{n}", None, None, born=None, home="L36 9YZ", sex=None),
    lambda n: child(f"k{n}", "?", "-", born=BORN, home="L36 9YZ")])
def test_a_value_that_many_share_makes_no_giant_person(tell, ask, told):
    tell(SCHOOL, *[told(n) for n in range(400)])
    ((largest,),) = ask("select max(n) from (select count(*) as n from people_identity group by person_id) p")
    ((doubts,),) = ask("select count(*) from people_doubt")
    assert largest == 1
    assert doubts <= 400 * MOST_ASKED


def test_a_postcode_of_many_children_joins_nobody_to_a_neighbour(tell, ask):
    first = [f"{a}{b}" for a in ("Ka", "Bo", "Li", "Mu", "Fe") for b in ("ren", "dan", "sel", "vik", "tor", "gun")]
    tell(SCHOOL, *[child(f"k{n}", first[n % 30], f"Mc{first[n // 4]}", born=date(2011, 1 + n % 12, 1 + n % 28))
                   for n in range(MOST_A_KEY * 2)])
    joined = ask("select i.person_id from people_identity i join people_description d on d.identity_id = i.id"
                 " group by i.person_id having count(distinct (d.given, d.family)) > 1")
    assert joined == []


def test_one_number_that_a_school_gave_two_pupils_is_a_doubt(tell, ask):
    tell(SCHOOL, child("s1", upn="A950000178301"),
         child("s2", "Wilhelmina", "Bartholomew", born=date(2009, 12, 25), home="PR1 2HE", upn="A950000178301"))
    assert ask(PERSONS) == [(2,)]
    assert len(ask(DOUBTS)) == 1


def test_a_flood_that_the_database_has_not_counted_yet_is_counted_all_the_same(tell, as_worker):
    def counted():
        with as_worker(), at_task("test"):
            return weights_in_use().records

    before = counted()
    tell(SCHOOL, *[child(f"k{n}", f"K{n}", f"Of{n}", home=None) for n in range(4_000)])
    assert before < counted() >= 2_000  # by the size of the table: records that tell little take half the room


def test_of_many_who_share_a_common_key_those_who_share_a_second_are_compared(tell, ask):
    """So many are born on one day with names that sound alike that the key alone says nothing."""
    tell(SCHOOL, *[child(f"k{n}", "Mo" + "abcdefghijklmnop"[n] * 4, "Zq" + "abcdefghijklmnop"[n] * 4, home=None)
                   for n in range(MOST_ASKED * 3)])
    tell(COUNCIL, child("c1", "Moaaaa", "Other", home=None))
    tell(ESSEX, child("e1", "Moaaaa", "Zqaaaa", home=None))
    (joined,) = ask("select count(*) from people_identity i join people_identity j using (person_id)"
                    " where i.key = 'e1' and j.key = 'k0'")
    assert joined == (1,)


def test_what_was_recorded_on_our_pages_goes_along_with_the_record_that_is_joined(tell, ask, partnership):
    tell(COUNCIL, child("c1"))
    tell(ESSEX, child("e1", "Jo", None, born=None, home=None))
    ((jo,),) = ask("select person_id from people_identity where key = 'e1'")
    ask("insert into people_identity (id, agency_id, scheme, key, person_id, keys)"
        " values (gen_random_uuid(), %s, 'sightline', %s, %s, '{}') returning id",
        partnership.agencies[ESSEX], str(jo), jo)
    tell(ESSEX, child("e1"))
    assert ask(PERSONS) == [(1,)]
    assert ask("select count(*) from people_joining where from_person_id = %s", jo) == [(2,)]
    assert ask("select merged_into_id is not null from people_person where id = %s", jo) == [(True,)]


def test_whoever_waited_for_a_parting_sees_the_person_as_parted(transactional_db, tell, ask, as_worker):
    """The record that the arrival fits left the person while the arrival waited for that person."""
    tell(COUNCIL, child("c1", nhs="943 476 5919"))
    tell(ESSEX, child("e1"))
    ((before,),) = ask(PERSONS_OF, ["c1", "e1"])
    parted, done = threading.Event(), threading.Event()
    failed = []

    def part():
        try:
            with as_worker(), at_task("test"), connection.cursor() as cursor:
                cursor.execute("select 1 from people_person where id = %s for no key update", [before])
                cursor.execute("with made as (insert into people_person (id, made_at) values (gen_random_uuid(), %s)"
                               " returning id) update people_identity set person_id = made.id from made"
                               " where key = 'c1'", [NOW])
                parted.set()
                waits = 0
                while not waits and not done.wait(0.05):
                    cursor.execute("select count(*) from pg_locks where not granted")
                    ((waits,),) = cursor.fetchall()
        except Exception as error:
            failed.append(error)
            parted.set()
        finally:
            connection.close()

    thread = threading.Thread(target=part)
    thread.start()
    assert parted.wait(20)
    tell(POLICE, child("p1", nhs="943 476 5919"))
    done.set()
    thread.join(timeout=60)
    assert failed == []
    assert len(ask(PERSONS_OF, ["c1", "e1"])) == 2
    assert len(ask(PERSONS_OF, ["c1", "p1"])) == 1


def test_what_every_arrival_asks_is_planned_once_a_session(tell, ask):
    for n in range(4):
        tell(COUNCIL, child(f"k{n}", "Jack", "Molyneux"))
    asked = ask("select generic_plans, custom_plans from pg_prepared_statements where statement like %s",
                "%sightline_around%")
    assert sum(generic for generic, _ in asked) >= 3
    assert [custom for _, custom in asked if custom] == []
