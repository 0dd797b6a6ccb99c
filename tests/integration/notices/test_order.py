"""A later notice about a child never overtakes an earlier one to the same contact over the same channel."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sightline.apps.access.acting import at_task
from sightline.apps.duties.sending import BACKOFF, Outcome, claim, settle
from tests.integration.notices.conftest import TAKEN, london

START = london("2026-05-20 12:00")
FAILED = Outcome(taken=False, words="The mail server did not take it (x).")


@pytest.fixture
def outbox(night, amara):
    """Empty the outbox; gives a function that writes a notice about Amara, or about nobody, to Knowsley's desk."""
    night.ask("update duties_notice set next_try_at = null, urgency = 'soon'")
    desk = night.contact("Knowsley Council", "safeguarding")

    def write(number, *, at, person=amara, contact=None):
        contact = contact or desk
        night.ask("insert into duties_notice (key, person_id, to_agency_id, to_contact_id, about, made_at, tries,"
                  " next_try_at, urgency) values (%s, %s, %s, %s, 'x', %s, 0, %s, 'soon')", f"order:{number}", person,
                  contact.agency_id, contact.id, at, at)
        return f"order:{number}"

    return write


def keys_of(night, notices):
    return [key for (key,) in night.ask("select key from duties_notice where id = any(%s) order by made_at, id",
                                        list(notices))]


def attempt(night, at, outcome):
    """Claim and settle one message; gives the keys that it was about."""
    with night.as_worker():
        with at_task("send"):
            waiting = claim(at=at, most=500)
        if waiting is None:
            return []
        with at_task("send"):
            settle(waiting, outcome, at=at)
    return keys_of(night, waiting.notices)


def test_while_the_earlier_one_waits_for_another_try_the_later_one_waits_behind_it(night, outbox):
    first = outbox(1, at=START)
    assert attempt(night, START, FAILED) == [first]
    second = outbox(2, at=START + timedelta(seconds=10))
    assert attempt(night, START + timedelta(seconds=20), TAKEN) == [], "the first is not due again yet"
    at = START + BACKOFF[0]
    assert attempt(night, at, TAKEN) == [first], "alone: it is the message that failed before"
    assert attempt(night, at, TAKEN) == [second]
    assert attempt(night, at, TAKEN) == []


def test_a_notice_about_another_child_or_to_another_desk_does_not_wait(night, outbox):
    assert attempt(night, START, FAILED) == []
    first = outbox(1, at=START)
    assert attempt(night, START, FAILED) == [first]
    other = outbox(2, at=START + timedelta(seconds=1), person=None)
    manager = outbox(3, at=START + timedelta(seconds=1), contact=night.contact("Knowsley Council", "manager"))
    at = START + timedelta(seconds=30)
    assert {*attempt(night, at, TAKEN), *attempt(night, at, TAKEN)} == {other, manager}


def test_those_that_wait_together_go_in_one_message(night, outbox):
    both = [outbox(n, at=START + timedelta(seconds=n)) for n in (1, 2)]
    assert attempt(night, START + timedelta(minutes=1), TAKEN) == both


def test_one_that_was_killed_between_claim_and_answer_holds_back_the_later_one(night, outbox):
    first = outbox(1, at=START)
    with night.as_worker(), at_task("send"):
        assert claim(at=START, most=500)
    second = outbox(2, at=START + timedelta(seconds=5))
    assert attempt(night, START + timedelta(seconds=30), TAKEN) == []
    assert attempt(night, START + BACKOFF[0], TAKEN) == [first]
    assert attempt(night, START + BACKOFF[0], TAKEN) == [second]


def test_whatever_fails_and_whoever_is_killed_each_is_sent_and_none_overtakes(night, outbox):
    """Write, send, fail and kill in any order, as hypothesis chooses; at the end everything has arrived in order."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            night.ask("delete from duties_delivery")
            night.ask("delete from duties_notice where key like 'order:%%'")
            self.at, self.written, self.taken = START, [], []

        @rule()
        def write(self):
            self.written.append(outbox(len(self.written), at=self.at))
            self.at += timedelta(seconds=1)

        @rule(outcome=st.sampled_from(["taken", "failed", "killed before", "killed after"]))
        def send(self, outcome):
            with night.as_worker(), at_task("send"):
                waiting = claim(at=self.at, most=2)
            if waiting is None:
                return
            if outcome in ("taken", "killed after"):
                self.taken += keys_of(night, waiting.notices)
            if outcome in ("taken", "failed"):
                with night.as_worker(), at_task("send"):
                    settle(waiting, TAKEN if outcome == "taken" else FAILED, at=self.at)

        @rule(minutes=st.sampled_from([0.5, 1, 5, 240]))
        def wait(self, minutes):
            self.at += timedelta(minutes=minutes)

        @invariant()
        def none_overtakes(self):
            first_seen = list(dict.fromkeys(self.taken))
            assert first_seen == self.written[:len(first_seen)]

        def teardown(self):
            for _ in range(3 * len(self.written)):
                self.at += BACKOFF[-1]
                while taken := attempt(night, self.at, TAKEN):
                    self.taken += taken
            assert list(dict.fromkeys(self.taken)) == self.written, "nothing is lost"
            assert set(Counter(self.written).values()) <= {1}

    test_case = Machine.TestCase
    test_case.settings = settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(
        HealthCheck))
    test_case().runTest()
