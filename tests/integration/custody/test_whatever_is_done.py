"""Whatever people and files do in whatever order, and wherever the machine stops: no path leads past the gates."""

from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.custody import charging, planning, screening, travelling
from sightline.apps.custody.path import PathRefused, Taken, take
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.custody.charging import Defence, Outcome
from sightline.domain.custody.path import LAW_CODES
from sightline.domain.intake.row import Told
from tests.integration.conftest import NOW
from tests.integration.custody.conftest import DRIVE, MOTHER
from tests.integration.custody.screening import TALK, consider, deciding
from tests.stopping import Stopped, stopped_after

CRASH = st.none() | st.none() | st.integers(1, 12)
WHO = st.sampled_from(["Sam", "Sue", "Ines", "Olive", "Ivo", "Carl"])
FACTS = {"authorised": {"step": "authorised"}, "reviewed": {"step": "reviewed"}, "adult-asked": {
    "duty": "D-ARR-3", "to": "her mother"}, "adult-there": {"appropriate_adult": "Grace Okafor"},
    "certified": {"about": "D-CHG-2", "outcome": "certified: impracticable", "reasons": "No bed"}}
STEPS = ["authorised", "reviewed", "adult-asked", "adult-there", "interviewed", "charged", "bail-refused", "asked",
         "answered", "certified", "court", "released", "arrived", "closed"]
REFUSED = (PathRefused, planning.ReleaseRefused, charging.ChargeRefused, screening.ScreenRefused, DatabaseError)
RELEASED_PAST = """
select 1 from custody_pathstep p where p.code = 'released' and p.officer_id is not null and not exists (
  select 1 from custody_release r where r.event_id = p.record_id and r.state in ('released', 'arrived')
    and r.accepted_at is not null and btrim(r.receiver_name) <> '')
union all select 1 from custody_release r where r.state in ('released', 'arrived') and (
  r.accepted_at is null or btrim(r.receiver_name) = '' or cardinality(sightline_release_gate(r)) > 0)
"""
CHARGED_PAST = """
select 1 from custody_pathstep p where p.code = 'charged' and p.officer_id is not null
  and cardinality(sightline_charging_gate(p.record_id)) > 0
union all select 1 from custody_custodyrecord r where r.state <> 'detained' and not exists (
  select 1 from custody_pathstep p where p.record_id = r.event_id and p.code <> 'arrested')
"""
LAW_OPEN = """
select 1 from duties_owedduty d where d.state in ('open', 'late') and d.code = any(%s)
  and d.owed_by_id = (select agency_id from custody_custodyrecord)
"""


def machine(held):
    """Give the model of one custody, from the arrest on."""

    class Custody(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.savepoint()
            self.minutes, self.event, self.told = 0, held.event(), 0

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

        @property
        def now(self):
            return NOW + timedelta(minutes=self.minutes)

        def does(self, who, crash, action, **told):
            """Let somebody do something, or be killed on the way; what is refused is refused."""
            with suppress(Stopped, *REFUSED), transaction.atomic(), held.acting(who) as somebody:
                with connection.execute_wrapper(stopped_after(crash if crash is not None else 10_000)):
                    action(acting=somebody, event=self.event, at=self.now, **told)
                if crash is not None:
                    raise Stopped

        @rule(minutes=st.integers(1, 200))
        def time_passes(self, minutes):
            self.minutes += minutes

        @rule(who=WHO, crash=CRASH, code=st.sampled_from(STEPS), reason=st.sampled_from(["", "It cannot wait"]))
        def somebody_takes_a_step(self, who, crash, code, reason):
            before = self.state()
            self.does(who, crash, take, code=code, taken=Taken(self.now, dict(FACTS.get(code, {})), reason=reason))
            if before != self.state() == "closed":
                assert held.everything(LAW_OPEN, list(LAW_CODES)) == [], "closed over a duty of the law"

        @rule(who=st.sampled_from(["Sue", "Sam", "Ivo"]), crash=CRASH)
        def somebody_screens(self, who, crash):
            self.does(who, None, screening.talk, told=TALK)
            self.does(who, crash, screening.decide, deciding=deciding())

        @rule(who=st.sampled_from(["Sam", "Ivo"]), crash=CRASH, leave_out=st.sampled_from([(), ("law",), ("tools",)]),
              outcome=st.sampled_from(list(Outcome)), defence=st.sampled_from(list(Defence)))
        def somebody_decides_on_a_charge(self, who, crash, leave_out, outcome, defence):
            with suppress(*REFUSED), transaction.atomic():
                consider(held, by=who, leave_out=leave_out, defence=defence)
            self.does(who, crash, charging.decide, outcome=outcome, reasons="See the record")

        @rule(who=WHO, crash=CRASH)
        def somebody_charges(self, who, crash):
            self.does(who, crash, charging.charge, place=None, charged_at=self.now)

        @rule(crash=CRASH, parts=st.sets(st.sampled_from(["assess", "adult", "accepted", "legs", "home"]), min_size=3))
        def the_sergeant_plans(self, crash, parts):
            acts = {"assess": lambda: self.does("Sam", crash, planning.assess, words="Calm", assessed_at=self.now),
                    "adult": lambda: self.does("Sam", crash, planning.name_adult, adult=MOTHER),
                    "accepted": lambda: self.does("Sam", crash, planning.adult_accepted, how="by telephone",
                                                  accepted_at=self.now),
                    "legs": lambda: [self.does("Sam", crash, planning.add_leg, leg=one) for one in DRIVE],
                    "home": lambda: self.does("Sam", crash, planning.home_told, whom="Moira Quinn", told_at=self.now)}
            for name, act in acts.items():
                if name in parts:
                    act()

        @rule(who=WHO, crash=CRASH)
        def somebody_releases(self, who, crash):
            self.does(who, crash, travelling.release, place=None, released_at=self.now)

        @rule(who=WHO, crash=CRASH)
        def somebody_says_that_the_child_arrived(self, who, crash):
            self.does(who, crash, travelling.arrived, said_by="Grace Okafor", how="by telephone", arrived_at=self.now)

        @rule(kind=st.sampled_from(["police.interview", "police.charge", "police.bail-refused", "police.court"]))
        def a_file_tells_something(self, kind):
            self.told += 1
            ((agency, name),) = held.everything(
                "select id, name from access_agency where name = 'Lancashire Constabulary'")
            with held.acting("Sam"):
                identity = own_identity(person=held.amara, agency=agency, at=self.now)
            with held.as_worker(), at_task("test"):
                append([Telling(0, identity, Told(kind, self.now, f"told/{self.told}", {}))],
                       origin=Origin(agency=agency, agency_name=name), at=self.now)

        @rule(crash=CRASH)
        def the_worker_reads(self, crash):
            with suppress(Stopped), held.as_worker(), transaction.atomic(), connection.execute_wrapper(
                    stopped_after(crash or 10_000)):
                flow.read_news(at=lambda: self.now)

        @rule()
        def duties_of_the_law_are_met(self):
            held.everything("update duties_owedduty set state = 'met' where code = any(%s)", list(LAW_CODES))

        def state(self):
            return held.everything("select state from custody_custodyrecord")[0][0]

        @invariant()
        def nothing_went_past_a_gate(self):
            with connection.cursor() as cursor:
                cursor.execute("reset role")
                for past in (RELEASED_PAST, CHARGED_PAST):
                    cursor.execute(past)
                    assert cursor.fetchall() == []

    return Custody


def test_no_path_of_steps_and_crashes_leads_past_the_gates(held):
    run_state_machine_as_test(machine(held), settings=settings(
        max_examples=12, stateful_step_count=30, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                               HealthCheck.filter_too_much]))
