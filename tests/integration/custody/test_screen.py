"""The victim screen: decided with reasons, each sign answered, heard by few, one decision at a time."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.apps.access.acting import at_task
from sightline.apps.custody import screening
from sightline.apps.custody.models import ScreenDecision, ScreenTalk
from sightline.apps.custody.screened import screened_of
from sightline.apps.signs.queries import signs_in_sight
from sightline.domain.custody.screen import CONDITIONS, QUESTIONS, Outcome, Screen, refusals
from tests.integration.conftest import NOW
from tests.integration.custody.screening import SAYS, TALK, deciding, screen

SIGN = screening.SignSeen("C02", "Missing twice", ("Reported missing",), ("e1",))


def refused(held, **told) -> set[str]:
    with pytest.raises(screening.ScreenRefused) as found:
        held.does("Sue", screening.decide, deciding=deciding(**told))
    return {one.code for one in found.value.conditions}


def screened(held) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select sightline_screened(id) from responsibility_safetyevent")
        return cursor.fetchone()[0]


def test_a_screen_ends_in_a_decision_that_is_an_entry_and_holds_nothing_that_the_child_said(held):
    screen(held)
    rows = held.everything("select facts->>'about', facts->>'outcome' from record_entry where kind = 'decision.made'")
    assert rows == [("D-ARR-4-SCREEN", "possible victim")]
    assert SAYS not in str(held.everything("select facts::text from record_entry"))
    with held.acting("Sue") as sue:
        event = held.event().id
        found = screened_of(event, agency=sue.agency, at=NOW)
        assert (found.talks[0].words, found.ended.outcome) == (SAYS, Outcome.VICTIM)


@pytest.mark.parametrize(("told", "lacking"), [
    ({"reasons": " "}, {"reasons"}), ({"outcome": Outcome.NO_SIGN}, {"asked"}),
    ({"outcome": Outcome.NO_SIGN, "shown": [SIGN]}, {"asked", "signs"}),
])
def test_each_thing_that_is_missing_refuses_the_decision(held, told, lacking):
    assert refused(held, **told) == lacking


def test_no_sign_found_needs_an_answer_to_each_sign_and_a_child_seen_alone_or_why_not(held):
    held.does("Sue", screening.talk, told=TALK)
    assert refused(held, outcome=Outcome.NO_SIGN, shown=[SIGN], answers={"C02": " "}) == {"signs"}
    with_others = screening.Talk(False, "", "", "", "", "", {}, NOW)
    held.does("Sue", screening.talk, told=with_others, at=NOW + timedelta(minutes=1))
    assert refused(held, outcome=Outcome.NO_SIGN) == {"alone"}


def test_what_could_not_be_asked_ends_nothing_and_a_later_decision_is_added(held):
    held.does("Sue", screening.decide, deciding=deciding(Outcome.NOT_ASKED, reasons="Asleep"))
    assert held.everything("select 1 from record_entry where kind = 'decision.made'") == []
    held.does("Sue", screening.decide, deciding=deciding(seen=1))
    assert held.everything("select number, outcome from custody_screendecision order by 1") == [
        (1, "could not be asked"), (2, "possible victim")]


def test_only_an_ended_screen_counts_as_screened(held):
    held.does("Sue", screening.decide, deciding=deciding(Outcome.NOT_ASKED, reasons="Asleep"))
    assert not screened(held)


def test_a_decided_screen_counts_as_screened(held):
    screen(held)
    assert screened(held)


def test_who_has_not_read_the_newest_decision_does_not_decide_over_it(held):
    screen(held)
    with pytest.raises(screening.ScreenRefused, match="Somebody else"):
        held.does("Sam", screening.decide, deciding=deciding())
    assert held.everything("select count(*) from custody_screendecision") == [(1,)]


def test_no_statement_finds_no_sign_without_a_talk_or_leaves_a_sign_out(held, as_worker, force):
    event = held.event()
    with held.acting("Sam"):
        assert signs_in_sight(event.person), "the arrest makes a sign that the force may see"
    row = {"event_id": event.id, "number": 1, "agency_id": force.agencies["Lancashire Constabulary"],
           "decided_by_id": force.officers["Sue"], "decided_at": NOW, "edition": "x", "outcome": "no sign found",
           "reasons": "x", "entry_id": event.ground}
    with pytest.raises(DatabaseError, match=r"the screen lacks: asked|leaves a sign out"), held.acting("Sue"):
        ScreenDecision.objects.create(**row)
    held.does("Sue", screening.talk, told=TALK)
    with pytest.raises(DatabaseError, match="leaves a sign out"), held.acting("Sue"):
        ScreenDecision.objects.create(**row)
    with pytest.raises(DatabaseError, match="leaves a sign out"), as_worker(), at_task("test"):
        ScreenDecision.objects.create(**row)


def test_what_was_said_and_decided_is_never_changed(held, everything):
    screen(held)
    for table in ("custody_screentalk", "custody_screendecision"):
        for statement in (f"update {table} set edition = 'x'", f"delete from {table}"):
            with pytest.raises(DatabaseError):
                everything(statement)


def test_what_the_child_said_is_heard_by_custody_child_protection_and_social_care_alone(held, force):
    screen(held)
    event = held.event().id
    heard = {}
    for name in ("Sam", "Sue", "Ines", "Beth", "Mary", "Pat", "Ivo", "Lee", "Olive", "Carl"):
        with held.acting(name) as me:
            found = screened_of(event, agency=me.agency, at=NOW)
            heard[name] = (len(found.talks), len(found.decisions))
    assert {name for name, seen in heard.items() if seen == (1, 1)} == {"Sam", "Sue", "Ines", "Beth", "Mary"}
    assert set(heard.values()) == {(1, 1), (0, 0)}


def test_a_force_that_does_not_hold_the_child_screens_nothing(held):
    event = held.event()
    for name in ("Pat", "Ivo", "Beth", "Carl"):
        with pytest.raises((screening.ScreenRefused, DatabaseError)):
            held.does(name, screening.talk, event=event, told=TALK)
        with pytest.raises((screening.ScreenRefused, DatabaseError)):
            held.does(name, screening.decide, event=event, deciding=deciding())


TEXT = st.sampled_from(["", " ", "x"])
SHOWN = st.frozensets(st.sampled_from(["C01", "C02"]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.tuples(st.sampled_from(Outcome), TEXT, st.sampled_from([None, True, False]), TEXT, SHOWN,
                      st.dictionaries(st.sampled_from(["C01", "C02"]), TEXT)))
def test_the_database_and_the_page_refuse_the_same(laid_open, told):
    cursor, event, agency, officer = laid_open
    outcome, reasons, talk, why, shown, said = told
    screen = Screen(outcome, reasons, talk is not None, bool(talk), why, shown,
                    frozenset(code for code, words in said.items() if words.strip()))
    with transaction.atomic():
        if talk is not None:
            ScreenTalk.objects.create(event_id=event, agency_id=agency, asked_by_id=officer, asked_at=NOW, noted_at=NOW,
                                      edition="x", alone=talk, why_not_alone=why)
        cursor.execute(
            "select sightline_screen_refusals(jsonb_populate_record(null::custody_screendecision, jsonb_build_object("
            "'event_id', %s::uuid, 'outcome', %s::text, 'reasons', %s::text, 'shown', %s::jsonb, 'answers', %s::jsonb"
            ")))", [event, outcome.value, reasons, json.dumps([{"code": code} for code in sorted(shown)]),
                    json.dumps(said)])
        assert cursor.fetchone()[0] == [one.code for one in refusals(screen)]
        transaction.set_rollback(True)


@pytest.fixture
def laid_open(held, force, db):
    """Look at the screen past every protection, as the owner of the tables."""
    event = held.event().id
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("reset role")
        for table in ("custody_screentalk", "custody_screendecision"):
            cursor.execute(f"alter table {table} no force row level security")
        cursor.execute("grant execute on function sightline_screen_refusals(custody_screendecision) to current_user")
        yield cursor, event, force.agencies["Lancashire Constabulary"], force.officers["Sue"]


def test_every_question_and_condition_has_words_and_a_source():
    assert len({one.code for one in QUESTIONS}) == len(QUESTIONS)
    assert all(one.words and one.source for one in QUESTIONS)
    assert not any(word in one.words.lower() for one in QUESTIONS for word in ("charge", "guilty", "offence"))
    assert all(one.title and one.refusal and one.kept_as for one in CONDITIONS)
