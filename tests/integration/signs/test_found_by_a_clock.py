"""A sign of silence appears at its minute, without any new record, and only those are read whose time has come."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.signs.queries import to_look_again
from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.signs.ours import REFERRAL_DUTIES
from tests.integration.conftest import NOW

# Amara was excluded on 20 May 2026; half-term is from 25 to 29 May; the tenth school day after ends on 10 June.
TEN_SCHOOL_DAYS_LATER = datetime(2026, 6, 10, 23, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def kept(as_worker):
    """Ask for what is kept, as the worker at a task."""

    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return asking


@pytest.fixture
def round_at(as_worker):
    """Do at an instant what the round of each minute does: read again whose time has come; gives who that was."""

    def looking(at):
        people = []
        with as_worker():
            while True:
                with at_task("look again"):
                    due = to_look_again(at=at, most=500)
                    if not due:
                        return people
                    flow.read(due, book=agency_book(), at=at)
                    people += due

    return looking


@pytest.fixture
def shown(kept):
    """Give the codes of the signs shown on a person, with their reasons."""

    def asking(person):
        return dict(kept("select code, array_to_string(reasons, ' | ') from signs_found"
                         " where person_id = %s and gone_at is null", person))

    return asking


def line(id_, kind, at, *, child="amara", **facts):
    born = {"amara": "2011-04-03", "zoe": "2008-06-20"}[child]
    identity = {"given": child.title(), "family": "Okafor" if child == "amara" else "Penhaligon", "born_on": born}
    told = at.isoformat() if isinstance(at, (datetime, date)) else at
    return json.dumps({"id": id_, "child": child, "kind": kind, "at": told, "by": "a council", "facts": facts,
                       "identity": identity}) + "\n"


def test_excluded_and_on_no_roll_is_found_at_its_minute_without_a_new_record(amara, shown, round_at, kept):
    assert "F13" not in shown(amara)
    entries = kept("select count(*) from record_entry")
    round_at(TEN_SCHOOL_DAYS_LATER - MINUTE)
    assert "F13" not in shown(amara)
    assert round_at(TEN_SCHOOL_DAYS_LATER) == [amara]
    assert "no school or provision is known since" in shown(amara)["F13"]
    assert kept("select count(*) from record_entry") == entries
    assert kept("select count(*) from record_news") == [(0,)]


def test_a_round_reads_those_whose_time_has_come_and_nobody_else(amara, send, round_at, kept):
    stop = line("s", "police.stop", NOW - timedelta(days=1), child="zoe", offence="weapon")
    send("timeline", "Knowsley Council", stop)
    assert kept("select count(*) from signs_personreading where look_again_at is not null") == [(2,)]
    round_at(TEN_SCHOOL_DAYS_LATER - MINUTE)
    assert round_at(TEN_SCHOOL_DAYS_LATER) == [amara]
    assert round_at(TEN_SCHOOL_DAYS_LATER) == []


def test_killed_between_finding_and_keeping_it_is_found_by_the_next_round(amara, shown, round_at, as_worker):
    round_at(TEN_SCHOOL_DAYS_LATER - MINUTE)
    with pytest.raises(KeyboardInterrupt), as_worker(), at_task("look again"):
        flow.read(to_look_again(at=TEN_SCHOOL_DAYS_LATER, most=500), book=agency_book(), at=TEN_SCHOOL_DAYS_LATER)
        raise KeyboardInterrupt
    assert "F13" not in shown(amara)
    round_at(TEN_SCHOOL_DAYS_LATER)
    assert "F13" in shown(amara)


def test_what_is_told_in_time_leaves_nothing_and_late_it_says_so(amara, send, shown, round_at):
    row = line("p1", "school.provision", date(2026, 6, 8), setting="alternative provision")
    send("timeline", "Knowsley Council", row.replace('"identity": {', '"identity": {"upn": "A950000178301", '),
         at=TEN_SCHOOL_DAYS_LATER + timedelta(days=3))
    round_at(TEN_SCHOOL_DAYS_LATER + timedelta(days=3))
    assert "F13" not in shown(amara)


def test_a_child_who_turns_18_with_a_duty_open_shows_that_on_the_day(send, kept, shown, round_at):
    born, of_age = date(2008, 6, 20), datetime(2026, 6, 19, 23, 0, tzinfo=UTC)
    send("timeline", "Knowsley Council",
         line("b", "child.born", born, child="zoe") + line("h", "child.home", date(2026, 5, 1), child="zoe",
                                                           postcode="L36 9YZ")
         + line("r", "care.referral", NOW - timedelta(hours=1), child="zoe"), at=NOW)
    ((zoe,),) = kept("select distinct person_id from people_identity")
    assert kept("select state from duties_owedduty where code = 'D-REF-1' and person_id = %s", zoe) == [("open",)]
    round_at(of_age - MINUTE)
    assert "F12" not in shown(zoe)
    round_at(of_age)
    assert "open on the 18th birthday: Acknowledge the referral" in shown(zoe)["F12"]


def test_the_duties_that_tell_of_a_referral_are_the_same_in_the_triggers_and_in_the_law():
    written = import_module("sightline.apps.signs.migrations.0005_silence").REFERRALS
    assert written == "(" + ", ".join(f"'{code}'" for code in REFERRAL_DUTIES) + ")"
    assert {rule.started_by for rule in DUTIES if rule.code in REFERRAL_DUTIES} == {("care.referral",)}
