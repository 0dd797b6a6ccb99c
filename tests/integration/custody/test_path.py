"""Custody goes by the path alone: by the pages' actions, by what files tell, and by any statement whatever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.custody import path, planning, travelling
from sightline.apps.custody.models import CustodyRecord, PathStep
from sightline.apps.custody.path import PathRefused, Taken, take
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.custody.path import GATES, LAW_CODES, PATH, STEP, CustodyState, PathFacts, missing
from sightline.domain.intake.row import Told, Withdrawn
from tests.integration.conftest import NOW

AN_HOUR_AGO = NOW - timedelta(hours=1)
ADULT = {"appropriate_adult": "Grace Okafor", "relation": "mother"}


def takes(held, code, *, who="Sam", happened_at=AN_HOUR_AGO, reason="", **facts):
    return held.does(who, take, code=code, taken=Taken(happened_at, facts, reason=reason))


def refused(held, code, **told) -> str:
    with pytest.raises(PathRefused) as why:
        takes(held, code, **told)
    return str(why.value)


def taken(held) -> list[str]:
    return [row[0] for row in held.everything("select code from custody_pathstep order by id")]


def test_an_arrest_opens_the_record_of_the_force_that_made_it(held):
    assert held.everything("select r.state, a.name from custody_custodyrecord r join access_agency a"
                           " on a.id = r.agency_id") == [("detained", "Lancashire Constabulary")]
    assert taken(held) == ["arrested"]


def test_each_step_taken_is_an_entry_and_is_kept_with_its_officer(held):
    takes(held, "authorised", step="authorised")
    takes(held, "reviewed", step="reviewed")
    assert taken(held) == ["arrested", "authorised", "reviewed"]
    assert held.everything("select count(*) from record_entry where kind = 'police.detention'") == [(2,)]
    assert held.everything("select count(*) from custody_pathstep where officer_id is not null and missing = '{}'") == [
        (2,)]


def test_a_review_that_nobody_authorised_is_refused_in_words(held):
    assert refused(held, "reviewed", step="reviewed") == "First: detention authorised."


def test_no_child_is_interviewed_before_the_adult_is_there_and_the_screen_is_decided(held):
    assert refused(held, "interviewed", offence="drugs-supply") == (
        "First: appropriate adult with the child. First: victim screen decided.")
    takes(held, "adult-there", **ADULT)
    assert refused(held, "interviewed") == "First: victim screen decided."
    assert held.everything("select 1 from record_entry where kind = 'police.interview'") == []


def test_an_urgent_interview_is_excepted_by_a_supervisor_with_a_reason_and_counted(held):
    assert refused(held, "interviewed", reason="Another child is held in that flat")
    takes(held, "interviewed", who="Ines", reason="Another child is held in that flat")
    assert held.everything("select missing, reason from custody_pathstep where code = 'interviewed'") == [
        (["adult-there", "screened"], "Another child is held in that flat")]


@pytest.mark.parametrize("code", ["charged", "bail-refused", "certified", "court", "closed", "arrived", "answered"])
def test_what_comes_later_is_refused_while_the_child_is_only_detained(held, code):
    assert refused(held, code)
    assert held.everything("select state from custody_custodyrecord") == [("detained",)]


def test_no_charge_without_the_gate(held):
    assert refused(held, "charged", offence="drugs-supply") == GATES["charging"].refusal


def test_a_step_is_neither_before_the_arrest_nor_in_the_time_to_come(held):
    for when in (NOW - timedelta(hours=9), NOW + timedelta(minutes=1)):
        assert "after the arrest" in refused(held, "authorised", happened_at=when, step="authorised")


def test_the_same_step_at_the_same_moment_is_one_and_the_second_is_told_so(held):
    takes(held, "authorised", step="authorised")
    assert "already" in refused(held, "authorised", step="authorised")
    assert held.everything("select count(*) from custody_pathstep where code = 'authorised'") == [(1,)]


def told_elsewhere(held, *tellings, by="Lancashire Constabulary") -> None:
    """Let a force's own system tell something of the child, which goes through no page of the path."""
    agency, name = held.everything("select id, name from access_agency where name = %s", by)[0]
    with held.acting("Sam" if by.startswith("L") else "Pat"):
        identity = own_identity(person=held.amara, agency=agency, at=NOW)
    with held.as_worker(), at_task("test"):
        append([Telling(0, identity, one) for one in tellings], origin=Origin(agency=agency, agency_name=name), at=NOW)
    with held.as_worker():
        flow.read_news(at=lambda: NOW)


def test_an_interview_told_elsewhere_is_not_refused_and_what_was_missing_is_kept(held):
    told_elsewhere(held, Told("police.interview", AN_HOUR_AGO, "i1", {"offence": "drugs-supply"}))
    assert held.everything("select missing, officer_id from custody_pathstep where code = 'interviewed'") == [
        (["adult-there", "screened"], None)]
    assert held.everything("select state from custody_custodyrecord") == [("detained",)]


def test_a_step_told_elsewhere_that_is_taken_back_is_forgotten_and_custody_goes_back(held):
    told_elsewhere(held, Told("police.charge", AN_HOUR_AGO, "c1", {"offence": "drugs-supply"}),
                   Told("police.bail-refused", AN_HOUR_AGO, "r1", {}))
    assert held.everything("select state from custody_custodyrecord") == [("bail-refused",)]
    told_elsewhere(held, Withdrawn("r1", "Not this child"))
    assert held.everything("select state from custody_custodyrecord") == [("charged",)]
    told_elsewhere(held, Withdrawn("c1", "Not this child"))
    assert held.everything("select state from custody_custodyrecord") == [("detained",)]
    assert taken(held) == ["arrested"]


def test_an_arrest_after_a_release_of_which_nobody_confirmed_the_arrival_begins_anew(held):
    told_elsewhere(held, Told("police.release", AN_HOUR_AGO, "r1", {"mode": "public-transport-alone"}))
    assert held.everything("select state from custody_custodyrecord") == [("released",)]
    again = NOW - timedelta(minutes=20)
    told_elsewhere(held, Told("police.arrest", again, "a2", {"offence": "drugs-supply"}))
    assert held.everything("select state, arrested_at from custody_custodyrecord") == [("detained", again)]
    takes(held, "authorised", happened_at=NOW - timedelta(minutes=10), step="authorised")
    told_elsewhere(held, Withdrawn("a2", "Not this child"))
    assert held.everything("select state from custody_custodyrecord") == [("released",)]


def test_a_new_arrest_by_another_force_is_that_forces_custody(held):
    told_elsewhere(held, Told("police.release", AN_HOUR_AGO, "r1", {"mode": "public-transport-alone"}))
    told_elsewhere(held, Told("police.arrest", NOW - timedelta(minutes=20), "a2", {"offence": "drugs-supply"}),
                   by="Merseyside Police")
    assert held.everything("select r.state, a.name from custody_custodyrecord r join access_agency a"
                           " on a.id = r.agency_id") == [("detained", "Merseyside Police")]


def test_the_release_moves_the_path_on_and_a_second_one_does_not(held):
    held.plan()
    event = held.event()
    held.does("Sam", travelling.release, event=event, place=None, released_at=NOW)
    assert held.everything("select state from custody_custodyrecord") == [("released",)]
    held.does("Sam", travelling.arrived, event=event, said_by="Grace Okafor", how="by telephone",
              arrived_at=NOW + timedelta(minutes=80), at=NOW + timedelta(minutes=90))
    assert held.everything("select state from custody_custodyrecord") == [("arrived",)]
    assert taken(held) == ["arrested", "released", "arrived"]


def test_nobody_who_is_refused_bail_is_released_to_an_adult(held, everything):
    held.plan()
    everything("update custody_custodyrecord set state = 'bail-refused'")
    event = held.event()
    with held.acting("Sam") as sam, pytest.raises(planning.ReleaseRefused):  # and the page goes on, and says so
        travelling.release(acting=sam, event=event, place=None, released_at=NOW, at=NOW)
    assert held.everything("select 1 from custody_pathstep where code = 'released'") == []
    assert held.everything("select 1 from record_entry where kind = 'police.release'") == []
    assert held.everything("select state from custody_release") == [("planned",)]


def test_the_record_is_not_closed_while_a_duty_of_the_law_is_open(held, everything):
    everything("update custody_custodyrecord set state = 'arrived'")
    assert held.everything("select count(*) from duties_owedduty where code = 'D-ARR-2' and state in ('open', 'late')"
                           ) == [(1,)]
    assert refused(held, "closed") == GATES["law"].refusal
    everything("update duties_owedduty set state = 'met' where code = any(%s)", list(LAW_CODES))
    takes(held, "closed")
    assert held.everything("select state from custody_custodyrecord") == [("closed",)]


def test_no_statement_of_the_pages_moves_custody_on(held):
    event = held.event()
    with pytest.raises(DatabaseError), held.acting("Sam"):
        CustodyRecord.objects.update(state="charged")
    for change in ({"code": "charged"}, {"code": "closed"}, {"code": "authorised"}, {"code": "released"}):
        with pytest.raises(DatabaseError), held.acting("Sam") as sam:
            PathStep.objects.create(record_id=event.id, at=NOW, noted_at=NOW, officer_id=sam.officer,
                                    agency_id=sam.agency, entry_id=event.ground, **change)
    with pytest.raises(DatabaseError), held.acting("Sam"):
        PathStep.objects.update(code="charged")
    assert held.everything("select state from custody_custodyrecord") == [("detained",)]


def test_another_force_and_another_council_see_and_take_nothing(held):
    event = held.event()
    for name in ("Carl", "Ivo"):
        with held.acting(name) as somebody:
            assert path.standing_of(event.id) is None
            assert CustodyRecord.objects.count() == PathStep.objects.count() == 0
            with pytest.raises((PathRefused, DatabaseError)):
                take(acting=somebody, event=event, code="authorised", taken=Taken(NOW, {"step": "authorised"}), at=NOW)


def test_an_unknown_event_has_no_path(held):
    with held.acting("Sam"):
        assert path.standing_of(uuid4()) is None


STATES = st.sampled_from(list(CustodyState))
FACTS = st.builds(
    PathFacts, state=STATES, taken=st.frozensets(st.sampled_from([step.code for step in PATH])),
    screened=st.booleans(), charging=st.sampled_from([(), ("law",), ("law", "tools")]),
    release=st.sampled_from(["", "planned", "released", "arrived"]), to_council=st.booleans(),
    law_open=st.booleans())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS)
def test_the_database_and_the_table_miss_the_same_for_every_step(held_open, facts):
    cursor, event = held_open
    if facts.to_council and not facts.release:
        facts = PathFacts(facts.state, facts.taken, facts.screened, facts.charging, "", False, facts.law_open)
    cursor.execute("savepoint one")
    try:
        _stand(cursor, event, facts)
        for step in PATH:
            cursor.execute("select sightline_path_missing(%s, %s)", [event, step.code])
            assert tuple(cursor.fetchone()[0]) == missing(step, facts), (step.code, facts)
    finally:
        cursor.execute("rollback to savepoint one")


def _stand(cursor, event, facts: PathFacts) -> None:
    """Let the rows stand as the facts say, past every protection."""
    cursor.execute("update custody_custodyrecord set state = %s", [facts.state.value])
    cursor.execute("alter table custody_pathstep disable trigger user")
    cursor.execute("alter table custody_release disable trigger user")
    cursor.execute("delete from custody_pathstep")
    for code in facts.taken:
        cursor.execute("insert into custody_pathstep (record_id, code, at, noted_at, missing, reason)"
                       " values (%s, %s, now(), now(), '{}', '')", [event, code])
    cursor.execute("delete from custody_journeystep")
    if facts.release:
        cursor.execute("alter table custody_release drop constraint if exists released_with_its_entry,"
                       " drop constraint if exists a_journey_is_expected, drop constraint if exists"
                       " arrival_said_by_somebody")
        cursor.execute("update custody_release set state = %s, receiver = %s",
                       [facts.release, "council" if facts.to_council else "parent-or-guardian"])
    else:
        cursor.execute("delete from custody_release")
    charging = ", ".join(f"'{code}'" for code in facts.charging)
    for name, kind, gives in (("sightline_screened", "boolean", str(facts.screened).lower()),
                              ("sightline_charging_gate", "text[]", f"array[{charging}]::text[]")):
        cursor.execute(f"create or replace function {name}(event uuid) returns {kind} language sql stable"
                       f" security definer set search_path = public, pg_temp as $$ select {gives} $$")
    cursor.execute("update duties_owedduty set state = %s where code = any(%s)",
                   ["open" if facts.law_open else "met", list(LAW_CODES)])


@pytest.fixture
def held_open(held, db):
    """Plan a release, and look at the tables past every protection, as their owner."""
    held.does("Sam", planning.assess, words="Calm", assessed_at=NOW)
    event = held.event().id
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("reset role")
        for table in ("custody_release", "custody_custodyrecord", "custody_pathstep", "custody_journeystep",
                      "duties_owedduty", "responsibility_safetyevent"):
            cursor.execute(f"alter table {table} no force row level security")
        cursor.execute("select set_config('sightline.agency', '', true)")
        cursor.execute("alter table custody_journeystep disable trigger user")
        cursor.execute("alter table duties_owedduty disable trigger user")
        cursor.execute("alter table custody_custodyrecord disable trigger user")
        cursor.execute("grant execute on function sightline_path_missing(uuid, text) to current_user")
        yield cursor, event


def test_every_step_has_a_title_an_authority_and_a_source_and_needs_only_steps_before_it():
    codes = [step.code for step in PATH]
    assert len(set(codes)) == len(codes)
    for number, step in enumerate(PATH):
        assert step.title and step.authority and step.source, step.code
        assert set(step.needs) <= set(codes[:number]), step.code
        assert set(step.gates) <= set(GATES), step.code
    assert STEP["interviewed"].excepted and not any(STEP[code].excepted for code in ("charged", "released", "closed"))
