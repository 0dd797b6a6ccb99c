"""From files to a hypothesis: found once, told to one desk, kept with its grounds, gone when it no longer follows."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.places import finding
from sightline.apps.places.actions import judge
from sightline.apps.places.queries import hypothesis as hypothesis_of
from sightline.apps.record.actions import note_news
from sightline.apps.signs.actions import close
from sightline.apps.signs.queries import signs_of
from sightline.domain.places.judging import Judged
from tests.integration.conftest import NOW
from tests.integration.places.telling import ARRIVED_ON, NAMES, SCHOOL, days, file, group, line, pupil, sign


def test_three_first_signs_after_an_arrival_become_one_hypothesis_told_to_the_desk_of_the_council(
    hypothesis, rows, partnership
):
    ((council, school, name, from_on, number),) = rows(
        "select council_id, school, school_name, from_on, number from places_hypothesis")
    assert (council, school, name, from_on, number) == (
        partnership.agencies["Knowsley Council"], SCHOOL, "Brook High School", ARRIVED_ON, 1)
    ((pupils, added, arrivals, before, families),) = rows(
        "select pupils, added, arrivals, year_before, families from places_grounds")
    assert (pupils, added, arrivals, before) == (3, 3, 1, 0)
    assert "justice" in families
    ((key, person, agency, about),) = rows(
        "select key, person_id, to_agency_id, about from duties_notice where key like 'hypothesis:%%'")
    assert (key, person, agency) == (f"hypothesis:{hypothesis}:1:{council}", None, council)
    assert "Brook High School" in about
    assert not [word for names in NAMES.values() for word in names if word in about]


def test_two_pupils_make_none(send, rows):
    send("timeline", "Knowsley Council", file(group("ann", "bob")))
    assert rows("select 1 from places_hypothesis") == []
    assert rows("select count(*) from places_stay where first_on is not null") == [(3,)]
    assert rows("select count(*) from places_stay where to_look") == [(0,)]


def test_the_same_told_again_changes_nothing(send, hypothesis, rows, as_worker):
    with as_worker(), at_task("test"):
        note_news([row[0] for row in rows("select id from people_person")], at=NOW)
    with as_worker():
        assert flow.read_news(at=lambda: NOW) == 4
        flow.ask_of_places(at=lambda: NOW)
    assert rows("select number from places_hypothesis") == [(1,)]
    assert rows("select count(*) from duties_notice where key like 'hypothesis:%%'") == [(1,)]
    assert rows("select count(*) from places_stay where to_look") == [(0,)]


def test_no_entry_sign_notice_or_hypothesis_names_who_arrived(send, hypothesis, rows):
    ((arrived,),) = rows("select person_id from places_stay where arrived")
    assert rows("select 1 from places_firstsign where person_id = %s", arrived) == []
    ((kinds, codes),) = rows("select (select array_agg(distinct e.kind::text order by e.kind::text) from record_entry e"
                             " join people_identity i on i.id = e.identity_id where i.person_id = %s),"
                             " (select array_agg(code::text) from signs_found where person_id = %s)", arrived, arrived)
    assert kinds == ["child.home", "school.exclusion", "school.joined"]
    assert "C25" not in codes
    for table in ("places_hypothesis", "places_grounds", "places_firstsign", "duties_notice", "signs_found",
                  "record_entry", "signs_personreading"):
        ((text,),) = rows(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")
        assert "recruit" not in text.lower(), table
        if table.startswith("places"):
            assert str(arrived) not in text, table


def test_a_sign_closed_as_of_the_wrong_person_does_not_count_and_one_confirmed_does(
    send, hypothesis, rows, acting, as_worker
):
    ((ann,),) = rows("select person_id from places_firstsign order by \"on\" limit 1")
    for outcome, gone in (("confirmed", False), ("wrong-person", True)):
        with acting("Beth") as beth:
            for found in signs_of(ann):
                close(sign=found.id, outcome=outcome, reason="It was her cousin", officer=beth.officer, at=NOW)
        _read_again(ann, as_worker)
        assert rows("select gone_at is not null from places_hypothesis") == [(gone,)], outcome


def test_new_facts_after_a_dismissal_are_shown_and_reopen_nothing(send, hypothesis, rows, acting):
    with acting("Beth") as beth:
        judge(acting=beth, hypothesis=hypothesis, judged=Judged.DISMISSED, reason="One fight, all three", seen=0,
              grounds=1, at=NOW)
    send("timeline", "Knowsley Council", file([*pupil("dan"), sign("dan", 40)]), at=NOW + timedelta(hours=1))
    with acting("Beth"):
        found = hypothesis_of(hypothesis)
    assert (found.judged, found.number, found.pupils, found.added_since) == (Judged.DISMISSED, 2, 4, 1)
    told = rows("select split_part(key, ':', 3), about from duties_notice where key like 'hypothesis:%%'"
                " order by made_at")
    assert [number for number, _ in told] == ["1", "2"]
    assert told[1][1].startswith("New facts")


def test_new_facts_before_anybody_judged_tell_nobody_a_second_time(send, hypothesis, rows):
    send("timeline", "Knowsley Council", file([*pupil("dan"), sign("dan", 40)]))
    assert rows("select number from places_hypothesis") == [(2,)]
    assert rows("select count(*) from duties_notice where key like 'hypothesis:%%'") == [(1,)]


def test_a_correction_ends_it_and_another_brings_it_back(send, hypothesis, rows):
    left = line("ann", 1, "school.left", "2025-02-01", school=SCHOOL)
    send("timeline", "Knowsley Council", file([left]))
    assert rows("select gone_at is not null, number from places_hypothesis") == [(True, 1)]
    send("timeline", "Knowsley Council", file([pupil("ann")[1]]))
    assert rows("select gone_at is not null, number from places_hypothesis") == [(False, 2)]


def test_a_school_that_is_no_agency_here_falls_to_the_council_of_its_number(send, rows, partnership):
    told = [one.replace(SCHOOL, "3409999") for one in group("ann", "bob", "cat")]
    send("timeline", "Knowsley Council", file(told))
    assert rows("select council_id, school_name from places_hypothesis") == [
        (partnership.agencies["Knowsley Council"], "3409999")]


def test_a_school_without_a_number_falls_to_the_council_of_most_of_its_pupils(send, rows, partnership):
    told = [one.replace(SCHOOL, "Little Wood School") for one in group("ann", "bob", "cat")]
    send("timeline", "Knowsley Council", file(told))
    assert rows("select council_id, school_name from places_hypothesis") == [
        (partnership.agencies["Knowsley Council"], "Little Wood School")]


def test_name_and_number_of_a_school_are_one_school(send, rows):
    told = group("ann", "bob", "cat")
    told[-2] = told[-2].replace(SCHOOL, "Brook High School")
    assert "Brook High School" in told[-2]
    send("timeline", "Knowsley Council", file(told))
    assert rows("select school, pupils from places_hypothesis h join places_grounds g on g.hypothesis_id = h.id") == [
        (SCHOOL, 3)]


def test_an_arrival_of_more_than_a_year_ago_is_asked_of_nobody(send, rows):
    send("timeline", "Knowsley Council", file(group("ann", "bob", "cat")), at=NOW + timedelta(days=400))
    assert rows("select count(*) from places_stay where first_on is not null") == [(4,)]
    assert rows("select 1 from places_hypothesis") == []


def test_persons_who_turn_out_to_be_one_are_counted_once(send, hypothesis, rows, as_worker):
    two = rows("select f.person_id from places_firstsign f order by f.on limit 2")
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update people_identity set person_id = %s where person_id = %s", [two[0][0], two[1][0]])
    _read_again(two[0][0], as_worker, two[1][0])
    assert rows("select gone_at is not null from places_hypothesis") == [(True,)]


class Killed(Exception):
    """Stand for a worker that is gone."""


def test_a_worker_killed_at_any_statement_has_looked_at_nothing_and_the_next_one_does(
    send, rows, as_worker, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(finding, "take", lambda **_: [])  # killed before it looked at all
        send("timeline", "Knowsley Council", file(group("ann", "bob", "cat")))
    waiting = rows("select count(*) from places_stay where to_look")
    assert waiting > [(3,)]
    for statement in range(1, 100):
        left = [statement]

        def dies(execute, *given, left=left):
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return execute(*given)

        try:
            with as_worker(), connection.execute_wrapper(dies):
                flow.ask_of_places(at=lambda: NOW)
        except Killed:
            assert rows("select 1 from places_hypothesis") == [], statement
            assert rows("select count(*) from places_stay where to_look") == waiting, statement
        else:
            break
    assert statement > 10
    assert rows("select count(*) from places_hypothesis") == [(1,)]
    assert rows("select count(*) from duties_notice where key like 'hypothesis:%%'") == [(1,)]
    with as_worker(), at_task("test"):
        assert finding.take(most=10) == []


def _read_again(person: UUID, as_worker, *others: UUID) -> None:
    with as_worker(), at_task("test"):
        note_news([person, *others], at=NOW)
    with as_worker():
        flow.read_news(at=lambda: NOW)
        flow.ask_of_places(at=lambda: NOW)


def test_what_the_day_of_the_arrival_opens_ends_after_sixty_days(send, rows):
    told = [*group("ann", "bob"), *pupil("cat"), sign("cat", 61)]
    send("timeline", "Knowsley Council", file(told))
    assert rows("select 1 from places_hypothesis") == []
    assert days(61) > days(60)
