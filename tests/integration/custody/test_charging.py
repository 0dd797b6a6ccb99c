"""No child is charged on our pages but through the gate: by the pages' actions, and by any statement whatever."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.custody import charging, screening
from sightline.apps.custody.charging import ChargeRefused, ChargeWithoutGate
from sightline.apps.custody.considering import charge_counts, charging_of, considered_of, noes_of
from sightline.apps.custody.models import Charging, Evidence, Restraint
from sightline.apps.custody.path import standing_of
from sightline.apps.custody.telling import tell_of
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.custody.charging import (
    CODES,
    GATE,
    ChargeState,
    Defence,
    Outcome,
    Referral,
    Said,
    refusals,
)
from sightline.domain.custody.tools import ASKED, BY_CODE, TOOLS, Answer, Target
from sightline.domain.intake.row import Told
from tests.integration.conftest import NOW
from tests.integration.custody.conftest import ARRESTED, HEADER, SUITE
from tests.integration.custody.screening import SAYS, consider, decide, deciding, screen

LATER = NOW + timedelta(minutes=5)


def failing(held, outcome=Outcome.CHARGE, *, by="Sam") -> set[str]:
    with pytest.raises(ChargeWithoutGate) as refused:
        decide(held, outcome, by=by)
    return {one.code for one in refused.value.conditions}


def charge(held, *, by="Sam", charged_at=NOW, **told):
    held.does(by, charging.charge, place=None, charged_at=charged_at, **told)


def says_no(held, by="Ines"):
    held.does(by, charging.stand_by_no, reason="He planned it, and nobody else gained")


def gate(held) -> list[str]:
    event = held.event().id
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select sightline_charging_gate(%s)", [event])
        return cursor.fetchone()[0]


def test_of_a_charge_of_which_nothing_is_considered_everything_is_refused_in_words(held):
    assert failing(held) == set(CODES) - {"another", "supervised"}
    assert held.everything("select 1 from record_entry where kind = 'police.charge'") == []


@pytest.mark.parametrize(("left_out", "lacking"), [
    (["offence"], {"offence"}), (["law"], {"direct", "reasonable", "schedule-4"}), (["referral"], {"referral"}),
    (["for"], {"evidence"}), (["against"], {"evidence"}), (["tools"], {"tools"}), (["defence"], {"concluded"}),
])
def test_each_thing_that_is_missing_alone_refuses_the_decision(held, left_out, lacking):
    screen(held)
    consider(held, leave_out=left_out)
    assert failing(held, Outcome.PROSECUTOR) == lacking


def test_without_a_victim_screen_nobody_decides(held):
    consider(held)
    assert failing(held, Outcome.PROSECUTOR) == {"screened"}


def test_what_is_not_asked_or_must_be_asked_again_is_no_screen(held):
    held.does("Sue", screening.decide, deciding=deciding(screening.Outcome.NOT_ASKED, reasons="Asleep"))
    consider(held)
    assert failing(held, Outcome.PROSECUTOR) == {"screened"}


def test_who_decided_the_screen_decides_here_only_where_a_supervisor_says_why(held):
    screen(held, by="Sam")
    consider(held)
    assert failing(held, Outcome.PROSECUTOR) == {"another"}
    with pytest.raises(ChargeRefused, match="supervisor"):
        held.does("Sue", charging.let_one_decide_both, reason="Nobody else is here")
    held.does("Ines", charging.let_one_decide_both, reason="One officer on a night of snow")
    decide(held)
    assert held.everything("select same_reason from custody_charging") == [("One officer on a night of snow",)]


def test_where_the_defence_may_apply_the_force_does_not_charge_by_itself(held):
    screen(held)
    consider(held)
    assert failing(held) == {"prosecutor"}
    decide(held, Outcome.PROSECUTOR)
    held.does("Sam", charging.prosecutor_decided, charge=True, prosecutor="Ruth Kay", words="Public interest", at=LATER)
    charge(held, charged_at=LATER, at=LATER)
    assert held.everything("select state, prosecutor from custody_charging") == [("charged", "Ruth Kay")]


def test_a_no_needs_another_person_who_is_a_supervisor_and_signs_in_under_their_own_name(held, force):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    assert failing(held) == {"supervised"}
    with pytest.raises(ChargeRefused, match="Only a supervisor"):
        says_no(held, "Sue")
    for name in ("Ivo", "Mia"):
        with pytest.raises((ChargeRefused, DatabaseError)):
            held.does(name, charging.stand_by_no, event=held.event(), reason="x")
    for officer in ("Ines", "Sue", "Ivo"):
        with pytest.raises(DatabaseError), held.acting("Sam"):
            Charging.objects.update(supervisor_id=force.officers[officer], supervisor_reason="x", supervised_at=NOW)
            pytest.fail("somebody stood by a no in another name")
    says_no(held)
    assert failing(held, by="Ines") == {"supervised"}
    decide(held, Outcome.CHARGE)
    charge(held)
    rows = held.everything("select facts->>'offence' from record_entry where kind = 'police.charge'")
    assert rows == [("drugs-supply",)]


def test_who_concludes_no_does_not_stand_by_it(held):
    screen(held)
    consider(held, by="Ines", defence=Defence.DOES_NOT)
    with pytest.raises(ChargeRefused, match="Another supervisor"):
        says_no(held)


def test_a_supervisor_stands_by_what_was_read_and_by_nothing_else(held):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    says_no(held)
    held.does("Sam", charging.add_evidence, speaks_for=True, words="A man rang twice", source="the phone", entry=None)
    assert failing(held) == {"supervised"}
    says_no(held)
    with pytest.raises(DatabaseError, match="stands by what was read"), held.acting("Sam"):
        Charging.objects.update(direct="no")
    with held.acting("Sam") as sam:
        Evidence.objects.create(charging=Charging.objects.get(), speaks="for", words="x", source="x",
                                officer_id=sam.officer, noted_at=LATER)
    with pytest.raises(ChargeRefused, match="meanwhile"):
        decide(held, Outcome.CHARGE)


def test_a_decision_travels_as_an_entry_without_what_the_child_said(held):
    screen(held)
    consider(held)
    decide(held)
    ((facts,),) = held.everything("select facts::text from record_entry where facts->>'about' = 'D-CHG-1'")
    assert "refer to the prosecutor" in facts
    assert "Read the Schedule" in facts
    assert SAYS not in facts


def test_no_statement_charges_past_the_gate(held, everything):
    screen(held)
    consider(held, leave_out=["tools"])
    entry, officer = held.event().ground, "(select id from access_officer where name = 'Sam')"
    for state in ("referred", "may-charge"):
        with pytest.raises(DatabaseError, match="gate refuses: tools"):
            everything(f"update custody_charging set state = '{state}', outcome = 'refer to the prosecutor',"
                       f" reasons = 'x', decided_by_id = {officer}, decided_at = now()")
    with pytest.raises(DatabaseError, match="does not go from"):
        everything("update custody_charging set state = 'charged', charged_at = now(), charge_entry_id = %s", entry)


def test_a_charge_that_an_officer_tells_of_without_its_decision_is_refused(held):
    screen(held)
    consider(held)
    decide(held)
    person = held.event().person
    with pytest.raises(DatabaseError, match="goes through the charging gate"), held.acting("Sam") as sam:
        tell_of(sam, person, Told("police.charge", NOW, "past", {}), at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    assert held.everything("select 1 from record_entry where kind = 'police.charge'") == []


def test_what_was_considered_cannot_be_written_differently_afterwards(held, everything):
    screen(held)
    consider(held)
    decide(held)
    for change in ("direct = 'no'", "defence = 'does not apply'", "same_reason = 'x'", "reasons = 'x'",
                   "state = 'charged'", "event_id = gen_random_uuid()", "supervisor_reason = 'x'"):
        with pytest.raises(DatabaseError):
            everything(f"update custody_charging set {change}")
    with pytest.raises(ChargeRefused, match="has been decided"):
        held.does("Sam", charging.propose, offence="x", kind="other")
    for table in ("custody_evidence", "custody_toolanswer", "custody_chargingstep"):
        with pytest.raises(DatabaseError):
            everything(f"delete from {table}")


def test_something_new_opens_everything_again_and_takes_the_supervisors_word_away(held):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    says_no(held)
    decide(held, Outcome.CHARGE)
    assert gate(held) == []


def test_what_was_decided_before_another_arrest_screens_and_charges_nobody_after_it(held):
    screen(held)
    consider(held)
    decide(held)
    held.does("Sam", charging.prosecutor_decided, charge=True, prosecutor="Ruth Kay", words="Public interest", at=NOW)
    event = held.event().id

    def missing(step: str) -> tuple[str, ...]:
        with held.acting("Sam"):
            found = standing_of(event, codes=[step])
        assert found is not None
        return found.missing[step]

    assert (missing("screened"), missing("charged")) == ((), ())
    force = held.everything("select id from access_agency where name = 'Lancashire Constabulary'")[0][0]
    with held.acting("Sam"):
        identity = own_identity(person=held.amara, agency=force, at=NOW)
    again = Told("police.arrest", LATER, "a2", {"offence": "drugs-supply"})
    with held.as_worker(), at_task("test"):
        append([Telling(0, identity, again)], origin=Origin(agency=force, agency_name="Lancashire Constabulary"),
               at=LATER)
    with held.as_worker():
        flow.read_news(at=lambda: LATER)
    assert (missing("screened"), missing("charged")) == (("screen",), ("charging",))
    held.does("Sue", screening.decide, deciding=deciding(seen=1), at=LATER)
    held.does("Sam", charging.look_again, reason="Arrested again", at=LATER)
    decide(held, at=LATER)
    held.does("Sam", charging.prosecutor_decided, charge=True, prosecutor="Ruth Kay", words="Still so", at=LATER)
    assert (missing("screened"), missing("charged")) == ((), ())


def test_looked_at_again_a_decision_holds_no_more(held):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    says_no(held)
    decide(held, Outcome.CHARGE)
    held.does("Sue", charging.look_again, reason="A positive decision has come")
    with pytest.raises(ChargeWithoutGate):
        charge(held)
    assert failing(held) == {"supervised"}


def test_a_page_that_dies_before_its_end_leaves_neither_a_charge_nor_its_entry(held):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    says_no(held)
    decide(held, Outcome.CHARGE)
    event = held.event()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), held.acting("Sam") as sam:
            charging.charge(acting=sam, event=event, place=None, charged_at=NOW, at=NOW)
            raise KeyboardInterrupt
        assert held.everything("select state from custody_charging") == [("may-charge",)]
        assert held.everything("select 1 from record_entry where kind = 'police.charge'") == []
    charge(held)
    assert held.everything("select count(*) from record_entry where kind = 'police.charge'") == [(1,)]


def test_the_gate_by_event_names_everything_where_nothing_is_considered(held):
    assert set(gate(held)) == {*CODES, "decided"}


def test_not_to_charge_needs_reasons_and_nothing_else(held):
    decide(held, Outcome.NO_CHARGE)
    assert held.everything("select state from custody_charging") == [("not-charged",)]


def test_an_order_that_restrains_the_child_comes_after_the_tools_against_the_adult_and_from_a_supervisor(held, force):
    consider(held, leave_out=["tools"])
    with pytest.raises(ChargeRefused, match="Answer the tools"):
        held.does("Ines", charging.restrain, code="T-CBO", reason="x")
    with pytest.raises(DatabaseError, match="the tools against the adult come first"), held.acting("Ines") as ines:
        Restraint.objects.create(charging=Charging.objects.get(), code="T-CBO", supervisor_id=ines.officer, reason="x",
                                 asked_at=NOW)
    consider(held)
    with pytest.raises(ChargeRefused, match="Only a supervisor"):
        held.does("Sam", charging.restrain, code="T-CBO", reason="x")
    held.does("Ines", charging.restrain, code="T-CBO", reason="He asked to be kept away from the street")
    with held.acting("Sam"):
        assert charging_of(held.event().id).restraints[0].supervisor == "Ines"


def test_a_force_that_never_held_the_child_considers_nothing(held):
    event = held.event()
    for name in ("Pat", "Ivo", "Beth", "Carl"):
        with pytest.raises((ChargeRefused, DatabaseError)):
            held.does(name, charging.propose, event=event, offence="x", kind="other")


def test_charges_that_files_tell_of_are_counted_as_past_the_gate_and_ours_are_not(held, send, as_worker, force):
    screen(held)
    consider(held, defence=Defence.DOES_NOT)
    says_no(held)
    decide(held, Outcome.CHARGE)
    charge(held)
    with as_worker(), at_task("test"):
        flow.read_news(at=lambda: NOW)
    assert held.everything("select count(*) from custody_toldcharge") == [(0,)]
    charged = (NOW - timedelta(hours=1)).isoformat()
    row = f"C9,{SUITE},{ARRESTED.isoformat()},PR1 8BH,Amara,Okafor,03/04/2011,F,L36 9YZ,drugs-supply,{charged}\n"
    header = HEADER.replace("released_at,release_mode,received_by", "charged_at")
    send("police-custody", "Lancashire Constabulary", header + row, at=NOW)
    assert held.everything("select count(*) from custody_toldcharge") == [(1,)]
    since = NOW - timedelta(days=1)
    with held.acting("Ines"):
        row, past = charge_counts(since=since)
        assert (past.state, past.gated, past.cases, past.noes) == ("charged", False, 1, 0)
        assert (row.state, row.gated, row.cases, row.noes, row.one_officer, row.possible_victims) == (
            "charged", True, 1, 1, 0, 1)
        assert noes_of(force.agencies["Lancashire Constabulary"], since=since, most=9)[0][1] == "Ines"
    with held.acting("Sam"):
        assert charge_counts(since=since) == []
    with held.acting("Ivo"):
        assert charge_counts(since=since) == []


TEXT = st.sampled_from(["", " ", "x"])
PEOPLE = st.sampled_from([None, "Sam", "Ines"])


def or_none(values):
    return st.one_of(st.none(), st.sampled_from(values))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.tuples(
    st.tuples(*[TEXT] * 10), st.tuples(*[or_none(Said)] * 3), or_none(Referral), or_none(Defence), or_none(Outcome),
    st.tuples(*[PEOPLE] * 4), st.lists(st.sampled_from(["for", "against"]), max_size=3),
    st.one_of(st.just({tool.code for tool in ASKED}), st.sets(st.sampled_from([t.code for t in TOOLS])))))
def test_the_database_and_the_page_refuse_the_same(laid_open, told):
    cursor, officers, event = laid_open
    texts, said, referral, defence, outcome, people, evidence, tools = told
    decided, supervisor, same, screened = (officers[one] if one else None for one in people)
    cursor.execute("savepoint one")
    try:
        cursor.execute("alter table custody_charging disable trigger charging_moves")
        cursor.execute(
            "update custody_charging set offence = %s, direct_why = %s, reasonable_why = %s, schedule_4_how = %s,"
            " referral_why = %s, defence_why = %s, supervisor_reason = %s, same_reason = %s, prosecutor = %s,"
            " prosecutor_words = %s, direct = %s, reasonable = %s, schedule_4 = %s, referral = %s, defence = %s,"
            " outcome = %s, decided_by_id = %s, supervisor_id = %s, same_by_id = %s",
            [*texts, *said, referral, defence, outcome, decided, supervisor, same])
        cursor.execute("alter table custody_charging enable trigger charging_moves")
        for speaks in evidence:
            cursor.execute("insert into custody_evidence (charging_id, speaks, words, source, officer_id, noted_at)"
                           " select id, %s, 'x', 'x', opened_by_id, now() from custody_charging", [speaks])
        for code in tools:
            cursor.execute("insert into custody_toolanswer (charging_id, code, answer, because, officer_id, noted_at)"
                           " select id, %s, 'used', 'x', opened_by_id, now() from custody_charging", [code])
        if screened:
            cursor.execute(
                "insert into custody_screendecision (event_id, number, agency_id, decided_by_id, decided_at, edition,"
                " outcome, reasons, shown, facts, answers, entry_id) select id, 1, owner_agency_id, %s, now(), 'x',"
                " 'possible victim', 'x', '[]', '[]', '{}', ground_id from responsibility_safetyevent", [screened])
        found = Charging.objects.get()
        expected = [one.code for one in refusals(considered_of(found.pk))]
        cursor.execute("select sightline_charging_refusals(r) from custody_charging r")
        assert cursor.fetchone()[0] == expected
        cursor.execute("select sightline_charging_gate(%s)", [event])
        assert cursor.fetchone()[0] == [*expected, "decided"]
    finally:
        cursor.execute("rollback to savepoint one")


@pytest.fixture
def laid_open(held, force, db):
    """Begin a decision, and look at it past every protection, as the owner of the tables."""
    held.does("Sam", charging.propose, offence="x", kind="other")
    event = held.event().id
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("reset role")
        for table in ("charging", "evidence", "toolanswer", "screendecision"):
            cursor.execute(f"alter table custody_{table} no force row level security")
        for name in ("sightline_charging_refusals(custody_charging)", "sightline_charging_gate(uuid)"):
            cursor.execute(f"grant execute on function {name} to current_user")
        yield cursor, force.officers, event


def test_every_condition_and_every_tool_has_words_and_a_source():
    assert len(set(CODES)) == len(GATE)
    for one in GATE:
        assert all((one.title, one.refusal, one.authority, one.source, one.kept_as)), one.code
    assert len(BY_CODE) == len(TOOLS)
    for tool in TOOLS:
        assert all((tool.name, tool.applies, tool.test, tool.nation, tool.source)), tool.code
    assert any(tool.target is Target.ADULT for tool in ASKED)
    assert not any(tool.target is Target.CHILD for tool in ASKED)
    assert {state.value for state in ChargeState} == dict(Charging.STATES).keys()
    assert {one.value for one in Answer} == {"considered", "used", "not used"}
