"""A child on the way: confirmed, late, silent; the alarm is raised once, whoever is killed, and the owner stays."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.custody import planning, travelling
from sightline.apps.custody.alarms import raise_departure_alarms
from sightline.apps.custody.planning import ReleaseRefused, call_off
from sightline.apps.custody.queries import release_counts
from sightline.apps.responsibility.transfers import accept, offer
from sightline.domain.custody.journey import NO_DEPARTURE, SILENCE, alarm_at
from tests.integration.conftest import NOW
from tests.integration.custody.conftest import MOTHER, leg
from tests.stopping import Stopped, stopped_after

EXPECTED = NOW + timedelta(minutes=90)
SILENT = EXPECTED + SILENCE
TOLD = "select to_agency_id, count(*) from duties_notice where key like 'release:%%:overdue:%%' group by 1"


@pytest.fixture
def on_the_way(held):
    """Release Amara to her mother, by car."""
    held.plan()
    held.does("Sam", travelling.release, place=None, released_at=NOW)
    read(held)
    return held


def read(held, at=NOW):
    with held.as_worker():
        flow.read_news(at=lambda: at)


def owner(held):
    return held.everything("select a.name, e.happening, e.closed_at is null from responsibility_safetyevent e"
                           " join access_agency a on a.id = e.owner_agency_id order by e.opened_at desc limit 1")[0]


def test_the_force_owns_the_journey_until_the_mother_has_her(on_the_way):
    held = on_the_way
    assert owner(held) == ("Lancashire Constabulary", "RELEASED", True)
    event = held.event()
    held.does("Sam", travelling.departed, event=event, said_by="PC 1204 Holt", departed_at=NOW)
    held.does("Sue", travelling.arrived, event=event, said_by="Grace Okafor", how="rang the number",
              arrived_at=NOW + timedelta(minutes=79), at=NOW + timedelta(minutes=80))
    read(held, NOW + timedelta(minutes=80))
    assert owner(held)[1:] == ("RELEASED", False)
    assert held.alarms(SILENT) == 0


def test_a_council_that_accepted_owns_from_then_on_and_confirms_the_arrival_itself(held):
    held.plan(accepted=False)
    event = held.event()
    with held.acting("Sam") as sam:
        made = offer(acting=sam, event=event.id, to_contact=held.desks["Knowsley Council"], words="She waits",
                     answer_by=NOW + timedelta(hours=1), at=NOW)
    with held.acting("Beth"):
        accept(transfer=made, at=NOW)
    held.does("Sam", planning.choose_agency, event=event, transfer_id=made)
    held.does("Sam", travelling.release, event=event, place=None, released_at=NOW)
    read(held)
    assert owner(held) == ("Knowsley Council", "RELEASED", True)
    held.does("Beth", travelling.arrived, event=event, said_by="Beth", how="she stands before me",
              arrived_at=EXPECTED, at=EXPECTED)
    read(held, EXPECTED)
    assert owner(held) == ("Knowsley Council", "RELEASED", False)


def test_silence_an_hour_after_the_planned_arrival_drafts_a_report_and_tells_both_ends_once(on_the_way, force):
    held = on_the_way
    assert held.alarms(SILENT - timedelta(seconds=1)) == 0
    assert held.alarms(SILENT) == 1
    assert held.alarms(SILENT + timedelta(hours=5)) == 0
    told = dict(held.everything(TOLD))
    agencies = force.agencies
    assert told == {agencies[name]: 1 for name in (
        "Merseyside Police", "Knowsley Council", "Lancashire Constabulary")}
    ((words, sent),) = held.everything("select words, sent_at from custody_missingdraft")
    for part in ("Amara Okafor, born 03/04/2011", "Lancashire Constabulary", "Grace Okafor, mother, 01632 960777",
                 "PC 1204 Holt", "L36 9YZ"):
        assert part in words
    assert sent is None
    assert held.everything("select count(*) from record_entry where kind = 'missing.reported'") == [(0,)]
    assert owner(held) == ("Lancashire Constabulary", "RELEASED", True)


def test_a_worker_that_is_killed_at_any_statement_loses_nothing_and_tells_once(on_the_way):
    held = on_the_way
    died = 0
    for statements in range(1, 40):
        done = False
        with suppress(Stopped), transaction.atomic(), connection.execute_wrapper(stopped_after(statements)):
            held.alarms(SILENT)
            done = True
        if done:
            break
        died += 1
        assert held.everything("select count(*) from custody_missingdraft") == [(0,)]
        assert held.everything(TOLD) == []
    assert died >= 5
    assert held.alarms(SILENT) == 0
    assert [number for _, number in held.everything(TOLD)] == [1, 1, 1]


def test_a_late_departure_moves_nothing_and_a_later_arrival_needs_a_reason_and_moves_the_alarm(on_the_way):
    held = on_the_way
    held.does("Sam", travelling.departed, said_by="PC 1204 Holt", departed_at=NOW + timedelta(minutes=60),
              at=NOW + timedelta(minutes=60))
    assert held.release().alarm_at == SILENT
    with pytest.raises(ReleaseRefused, match="later than the planned"):
        held.does("Sam", travelling.delayed, said_by="PC Holt", expected_at=NOW, reason="x")
    later = EXPECTED + timedelta(hours=2)
    held.does("Sam", travelling.delayed, said_by="PC Holt", expected_at=later, reason="M6 closed", at=NOW)
    assert held.alarms(SILENT) == 0
    assert held.alarms(later + SILENCE) == 1
    assert held.everything("select words from custody_journeystep where what = 'expected later'") == [("M6 closed",)]


@pytest.mark.parametrize("arrived_at", [EXPECTED, SILENT + timedelta(minutes=1)], ids=["before", "after"])
def test_only_a_person_reports_the_child_missing_and_the_arrival_then_finds_her(on_the_way, arrived_at):
    held, later = on_the_way, SILENT + timedelta(minutes=2)
    held.alarms(SILENT)
    event = held.event()
    held.does("Pat", travelling.send_missing, event=event, words="She has not arrived", at=SILENT)
    with pytest.raises(ReleaseRefused, match="already"):
        held.does("Sam", travelling.send_missing, event=event, words="She has not arrived", at=SILENT)
    read(held, SILENT)
    assert owner(held) == ("Merseyside Police", "MISSING", True)
    held.does("Sam", travelling.arrived, event=event, said_by="Grace Okafor", how="rang", arrived_at=arrived_at,
              at=later)
    read(held, later)
    assert held.everything("select count(*) from record_entry where kind = 'missing.found'") == [(1,)]
    assert held.everything("select count(*) from responsibility_safetyevent where closed_at is null") == [(0,)]


def test_only_who_releases_or_receives_says_that_the_child_arrived(on_the_way):
    held = on_the_way
    event = held.event()
    for name in ("Pat", "Beth", "Olive", "Carl"):
        with pytest.raises(ReleaseRefused):
            held.does(name, travelling.arrived, event=event, said_by="x", how="x", arrived_at=NOW)
    assert held.release().state.value == "released"


def test_a_plan_ends_with_its_event_and_may_be_called_off_and_begun_again(held):
    held.plan()
    held.does("Sam", call_off, reason="Charged, and bail refused")
    assert held.release() is None
    held.plan()
    assert held.release().state.value == "planned"


def test_a_collected_child_has_arrived_at_the_door(held):
    held.plan(adult=replace(MOTHER, collects=True), legs=(leg(by=leg().by.CAR, escort=""),))
    held.does("Sam", travelling.release, place=None, released_at=NOW)
    read(held)
    assert owner(held)[2] is False
    assert held.everything("select state, alarm_at from custody_release") == [("arrived", None)]


@pytest.mark.parametrize("expected", ["2026-10-25T01:30:00+01:00", "2026-03-29T00:30:00+00:00",
                                      "2026-05-22T23:30:00+01:00"])
def test_the_hour_is_an_hour_over_midnight_and_both_changes_of_the_clocks(expected):
    instant = datetime.fromisoformat(expected)
    assert alarm_at(instant).astimezone(UTC) - instant.astimezone(UTC) == timedelta(hours=1)


def test_releases_that_a_file_told_are_counted_as_gone_past_the_gate(custody, held, acting):
    custody("C2", released=NOW - timedelta(hours=1), mode="public-transport-alone",
            arrested=NOW - timedelta(hours=2), at=NOW)
    held.everything("insert into record_news (person_id, at) values (%s, %s)", held.amara, NOW)
    read(held)
    rows = held.everything("select mode, received, out_of_area from custody_toldrelease")
    assert rows == [("public-transport-alone", False, True)]
    with acting("Ines"):
        (count,) = release_counts(since=NOW - timedelta(days=1))
        assert (count.gated, count.releases, count.out_of_area, count.arrived) == (False, 1, 1, 0)
    for name in ("Carl", "Sam", "Beth"):
        with acting(name):
            assert release_counts(since=NOW - timedelta(days=1)) == []
    with acting("Dawn"):
        assert len(release_counts(since=NOW - timedelta(days=1))) == 1


NOT_LEFT = "select to_agency_id, count(*) from duties_notice where key like 'release:%%:not-left:%%' group by 1"
UNSEEN = NOW + NO_DEPARTURE


def looks(held, at):
    with held.as_worker(), at_task("steps"):
        return raise_departure_alarms(book=agency_book(), at=at, most=9)


def test_half_an_hour_after_the_planned_departure_the_custody_desk_and_the_receiving_council_are_told_once(
    on_the_way, force
):
    held = on_the_way
    assert looks(held, UNSEEN - timedelta(seconds=1)) == 0
    assert looks(held, UNSEEN) == 1
    assert looks(held, UNSEEN + timedelta(hours=1)) == 0
    assert dict(held.everything(NOT_LEFT)) == {
        force.agencies[name]: 1 for name in ("Lancashire Constabulary", "Knowsley Council")}
    assert held.everything("select count(*) from custody_missingdraft") == [(0,)]
    assert owner(held) == ("Lancashire Constabulary", "RELEASED", True)
    assert held.alarms(SILENT) == 1, "the alarm about the arrival stands as before"


def test_a_departure_that_somebody_saw_and_an_arrival_end_the_watch_over_the_departure(on_the_way):
    held = on_the_way
    held.does("Sam", travelling.departed, said_by="PC 1204 Holt", departed_at=NOW)
    assert looks(held, UNSEEN) == 0
    assert held.release().departure_alarm_at is None


def test_a_later_time_with_a_reason_moves_the_watch_over_the_departure(on_the_way):
    held = on_the_way
    held.does("Sam", travelling.delayed, said_by="PC Holt", expected_at=EXPECTED + timedelta(hours=2),
              reason="The train was cancelled", at=NOW)
    assert looks(held, UNSEEN) == 0
    assert looks(held, UNSEEN + timedelta(hours=2)) == 1


def test_a_worker_that_is_killed_has_told_nobody_of_a_departure_and_the_next_tells_once(on_the_way):
    held = on_the_way
    for statements in range(1, 6):
        with suppress(Stopped), transaction.atomic(), connection.execute_wrapper(stopped_after(statements)):
            looks(held, UNSEEN)
            raise AssertionError("it was not stopped")
        assert held.everything(NOT_LEFT) == []
    assert looks(held, UNSEEN) == 1
    assert [number for _, number in held.everything(NOT_LEFT)] == [1, 1]


def test_the_alarm_is_kept_whatever_moment_was_planned_and_however_long_the_number_of_an_agency(held):
    held.plan(legs=(leg(arrives_at=EXPECTED.replace(microsecond=123_456)),))
    held.does("Sam", travelling.release, place=None, released_at=NOW)
    assert held.alarms(SILENT + timedelta(seconds=1)) == 1
    ((longest,),) = held.everything("select max(length(key)) from duties_notice where key like 'release:%%:overdue:%%'")
    assert longest < 120 - len("2147483647"), "an agency's number may be that long"
