"""No child leaves custody but through the gate: by the pages' actions, and by any statement whatever."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.apps.custody import planning, travelling
from sightline.apps.custody.models import Leg as LegRow
from sightline.apps.custody.models import Release
from sightline.apps.custody.plans import legs_in_plan, plan_of
from sightline.apps.custody.travelling import ReleaseWithoutGate
from sightline.apps.responsibility.transfers import accept, offer
from sightline.domain.custody.gate import GATE, refusals
from sightline.domain.custody.plan import By, Mode
from tests.integration.conftest import NOW
from tests.integration.custody.conftest import AUNT, TRAIN_ALONE, leg


def released(held, **told):
    held.does("Sam", travelling.release, place=None, released_at=NOW, **told)


def failing(held) -> set[str]:
    with pytest.raises(ReleaseWithoutGate) as refused:
        released(held)
    return {condition.code for condition in refused.value.conditions}


def test_a_release_of_which_nothing_is_planned_is_refused_in_words(held):
    assert failing(held) == {condition.code for condition in GATE} - {"in-order", "not-alone"}
    assert held.everything("select kind from record_entry where kind = 'police.release'") == []


@pytest.mark.parametrize(("lacking", "told"), [
    ("accepted", {"accepted": False}), ("journey", {"legs": ()}), ("home-told", {"home": ""}),
    ("not-alone", {"legs": (leg(**TRAIN_ALONE),)}),
    ("in-order", {"legs": (leg(), leg(departs_at=NOW + timedelta(minutes=30)))}),
])
def test_each_thing_that_is_missing_alone_refuses_the_release(held, lacking, told):
    held.plan(**told)
    assert failing(held) == {lacking}


def test_with_everything_recorded_the_child_is_released_and_that_is_an_entry(held):
    held.plan()
    released(held)
    found = held.release()
    assert (found.state.value, found.mode, found.plan.out_of_area) == ("released", Mode.ESCORTED, True)
    rows = held.everything("select facts->>'mode', facts->>'received_by', facts->>'home_council_told',"
                           " facts->>'receiver_is' from record_entry where kind = 'police.release'")
    assert rows == [("escorted", "Grace Okafor", "true", "parent-or-guardian")]


@pytest.mark.parametrize(("act", "told"), [
    (planning.name_adult, {"adult": AUNT}), (planning.add_leg, {"leg": leg()}),
    (planning.home_told, {"whom": "Moira Quinn", "told_at": NOW}),
    (planning.assess, {"words": "Calm", "assessed_at": NOW}),
])
def test_a_plan_may_begin_with_whatever_the_sergeant_knows_first(held, act, told):
    held.does("Sam", act, **told)
    assert held.release().state.value == "planned"


def test_another_adult_is_released_to_only_when_checked(held):
    held.plan(adult=AUNT)
    with held.acting("Sam"):
        Release.objects.update(checked="")
    assert failing(held) == {"checked"}
    held.does("Sam", planning.name_adult, adult=AUNT)
    released(held)
    assert held.everything("select facts->>'about' from record_entry where kind = 'decision.made' order by 1") == [
        ("D-REL-1",), ("D-REL-2",), ("D-REL-3",)]


def test_what_the_gate_asks_is_done_before_the_child_leaves_and_not_written_up_afterwards(held, everything):
    held.plan()
    early = NOW - timedelta(minutes=45)  # before the home council was told, and after the mother accepted
    with pytest.raises(planning.ReleaseRefused, match="before the child left"):
        held.does("Sam", travelling.release, place=None, released_at=early)
    entry = held.event().ground
    with pytest.raises(DatabaseError, match="gate refuses: before"):
        everything("update custody_release set state = 'released', mode = 'escorted', released_at = %s,"
                   " release_entry_id = %s, expected_at = %s", early, entry, NOW)


def test_another_adult_who_is_named_has_not_accepted_yet(held):
    held.plan()
    held.does("Sam", planning.name_adult, adult=AUNT)
    assert failing(held) == {"accepted"}


def test_alone_on_a_train_needs_an_inspector_who_is_not_the_one_who_plans(held):
    held.plan(legs=(leg(**TRAIN_ALONE),))
    with pytest.raises(planning.ReleaseRefused, match="yourself"):
        held.does("Sam", planning.override, reason="It is only one stop", decided_at=NOW)
    with pytest.raises(planning.ReleaseRefused, match="Only an inspector"):
        held.does("Sue", planning.override, reason="It is only one stop", decided_at=NOW)
    assert failing(held) == {"not-alone"}
    held.does("Ines", planning.override, reason="One stop, and her mother stands on the platform",
              decided_at=NOW)
    released(held)
    assert held.release().mode is Mode.ALONE
    assert held.everything("select override_by_id is not null from custody_release") == [(True,)]


def test_the_database_takes_no_override_in_the_name_of_somebody_else(held, force):
    held.plan(legs=(leg(**TRAIN_ALONE),))
    for officer in (force.officers["Ines"], force.officers["Sue"], force.officers["Ivo"]):
        with pytest.raises(DatabaseError), held.acting("Sam"):
            Release.objects.update(override_by_id=officer, override_reason="It is only one stop")
            pytest.fail("somebody overrode in another name")


def test_an_agency_receives_the_child_once_it_has_accepted_by_name(held):
    held.plan(accepted=False)
    event = held.event()
    with held.acting("Sam") as sam:
        made = offer(acting=sam, event=event.id, to_contact=held.desks["Knowsley Council"], words="He waits",
                     answer_by=NOW + timedelta(hours=1), at=NOW)
    with pytest.raises(planning.ReleaseRefused, match="has not accepted"):
        held.does("Sam", planning.choose_agency, event=event, transfer_id=made)
    with held.acting("Beth"):
        accept(transfer=made, at=NOW)
    held.does("Sam", planning.choose_agency, event=event, transfer_id=made)
    held.does("Sam", travelling.release, event=event, place=None, released_at=NOW)
    assert held.everything("select facts->>'received_by', facts->>'receiver_is' from record_entry"
                           " where kind = 'police.release'") == [("Knowsley Council", "council")]


def test_no_statement_releases_past_the_gate(held, everything):
    held.plan(accepted=False)
    entry = held.event().ground
    for name in ("Sam", "worker"):
        with pytest.raises(DatabaseError, match="gate refuses: accepted"):
            if name == "Sam":
                with held.acting(name):
                    Release.objects.update(state="released", mode="escorted", released_at=NOW, release_entry_id=entry,
                                           expected_at=NOW)
            else:
                everything("update custody_release set state = 'released', mode = 'escorted', released_at = %s,"
                           " release_entry_id = %s, expected_at = %s", NOW, entry, NOW)


def test_what_has_happened_cannot_be_written_differently_afterwards(held, everything):
    held.plan()
    released(held)
    for change in ("receiver_name = 'x'", "mode = 'collected'", "override_reason = 'x'", "state = 'planned'",
                   "state = 'called-off'", "assessment = 'x'", "accepted_how = ''", "released_at = now()"):
        with pytest.raises(DatabaseError):
            everything(f"update custody_release set {change}")
    with pytest.raises(DatabaseError), held.acting("Sam"):
        LegRow.objects.update(taken_out_at=NOW)


def test_a_force_that_never_held_the_child_plans_nothing(held):
    event = held.event()
    for name in ("Olive", "Pat", "Beth"):
        with pytest.raises((planning.ReleaseRefused, DatabaseError)):
            held.does(name, planning.assess, event=event, words="x", assessed_at=NOW)
    assert held.everything("select count(*) from custody_release") == [(0,)]


TEXT = st.sampled_from(["", " ", "said"])
RECEIVER = st.sampled_from([None, "parent-or-guardian", "other-adult", "council", "other-agency"])
LEGS = st.lists(st.tuples(st.sampled_from(list(By)), st.sampled_from(["", "PC 1"]), st.integers(0, 5),
                          st.integers(-1, 3)), max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.tuples(st.tuples(*[TEXT] * 7), st.tuples(*[st.booleans()] * 6), RECEIVER, LEGS,
                      st.sampled_from([None, "Sam", "Ines"])))
def test_the_database_and_the_page_refuse_the_same(held_plan, told):
    texts, flags, receiver, legs, overridden = told
    cursor, officers = held_plan
    by_whom = officers[overridden] if overridden else None
    then = NOW if flags[5] else None
    cursor.execute("savepoint one")
    try:
        cursor.execute("alter table custody_release disable trigger release_moves")
        cursor.execute(
            "update custody_release set assessment = %s, receiver_name = %s, relation = %s, checked = %s,"
            " accepted_how = %s, home_told = %s, override_reason = %s, assessed_in_person = %s, at_least_18 = %s,"
            " known_to_child = %s, collected = %s, out_of_area = %s, accepted_at = %s, receiver = %s,"
            " home_told_at = %s, override_by_id = %s", [*texts, *flags[:5], then, receiver, then, by_whom])
        cursor.execute("alter table custody_release enable trigger release_moves")
        for way, escort, starts, lasts in legs:
            if way is By.POLICE and not escort:
                continue
            cursor.execute(
                "insert into custody_leg (release_id, way, escort, origin, destination, departs_at, arrives_at)"
                " select id, %s, %s, 'a', 'b', %s, %s from custody_release",
                [way.value, escort, NOW + timedelta(hours=starts), NOW + timedelta(hours=starts + lasts)])
        release = Release.objects.prefetch_related("legs").get()
        expected = [condition.code for condition in refusals(plan_of(release, legs_in_plan(release)))]
        cursor.execute("select sightline_release_gate(r) from custody_release r")
        assert cursor.fetchone()[0] == expected
    finally:
        cursor.execute("rollback to savepoint one")


@pytest.fixture
def held_plan(held, force, db):
    """Begin a plan, and look at it past every protection, as the owner of the tables."""
    held.does("Sam", planning.assess, words="Calm", assessed_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("reset role")
        for table in ("custody_release", "custody_leg"):
            cursor.execute(f"alter table {table} no force row level security")
        cursor.execute("grant execute on function sightline_release_gate(custody_release) to current_user")
        yield cursor, force.officers


def test_every_condition_has_words_a_source_and_a_side_in_the_database():
    codes = [condition.code for condition in GATE]
    assert len(set(codes)) == len(codes)
    for condition, told in product(GATE, ("title", "refusal", "authority", "source", "kept_as")):
        assert getattr(condition, told).strip(), condition.code
