"""Whatever people do in whatever order, and wherever the machine stops, one agency owns; the model says which."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.responsibility.models import SafetyEvent
from sightline.apps.responsibility.transfers import (
    Refusal,
    TransferRefused,
    accept,
    escalate_disputes,
    expire_offers,
    offer,
    refuse,
    withdraw,
)
from tests.integration.conftest import NOW

KNOWSLEY, LANCASHIRE = "Knowsley Council", "Lancashire Council"
AT_WORK = {KNOWSLEY: "Beth", LANCASHIRE: "Olive"}
OTHER = {KNOWSLEY: LANCASHIRE, LANCASHIRE: KNOWSLEY}
CRASH = st.none() | st.integers(1, 6)


class Killed(Exception):
    """The machine stopped."""


def killed_after(statements):
    """Stop at the statement of this number, as a machine does that is switched off."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen > statements:
            raise Killed
        return execute(sql, params, many, context)

    return count


def machine(world):
    """Give the model of one event between two councils; `world` gives the fixtures."""

    class Between(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.savepoint()
            self.minutes, self.offer, self.answer_by = 0, None, None
            self.owner = LANCASHIRE

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

        @property
        def now(self):
            return NOW + timedelta(minutes=self.minutes)

        def act(self, name, crash, does):
            """Do something as somebody, or be killed on the way; tell whether it was done."""
            with suppress(Killed), transaction.atomic():
                with world.acting(name) as somebody:
                    wrapper = killed_after(crash) if crash is not None else None
                    if wrapper is None:
                        return does(somebody)
                    with connection.execute_wrapper(wrapper):
                        done = does(somebody)
                if crash is not None:
                    raise Killed
                return done
            return None

        @initialize()
        def begins(self):
            self.event = world.event

        @rule(minutes=st.integers(1, 40))
        def time_passes(self, minutes):
            self.minutes += minutes

        @rule(crash=CRASH, window=st.integers(1, 60))
        @precondition(lambda self: self.offer is None)
        def owner_offers(self, crash, window):
            made = self.act(AT_WORK[self.owner], crash, lambda acting: offer(
                acting=acting, event=self.event, to_contact=world.desks[OTHER[self.owner]], words="Please take over",
                answer_by=self.now + timedelta(minutes=window), at=self.now))
            if made is not None:
                self.offer, self.answer_by = made, self.now + timedelta(minutes=window)

        @rule(crash=CRASH)
        def other_side_cannot_offer(self, crash):
            with pytest.raises(TransferRefused), transaction.atomic(), world.acting(AT_WORK[OTHER[self.owner]]) as a:
                offer(acting=a, event=self.event, to_contact=world.desks[self.owner], words="Yours",
                      answer_by=self.now + timedelta(minutes=5), at=self.now)

        @rule(crash=CRASH)
        @precondition(lambda self: self.offer is not None)
        def receiver_accepts(self, crash):
            if self.late():
                return self.is_refused(OTHER[self.owner], lambda: accept(transfer=self.offer, at=self.now))
            done = self.act(AT_WORK[OTHER[self.owner]], crash, lambda _: accept(
                transfer=self.offer, at=self.now) or True)
            if done:
                self.owner, self.offer = OTHER[self.owner], None
            return None

        @rule(crash=CRASH)
        @precondition(lambda self: self.offer is not None)
        def receiver_refuses(self, crash):
            refusal = Refusal("no bed", self.owner, "R1")
            if self.late():
                return self.is_refused(OTHER[self.owner], lambda: refuse(
                    transfer=self.offer, refusal=refusal, at=self.now))
            if self.act(AT_WORK[OTHER[self.owner]], crash, lambda _: refuse(
                    transfer=self.offer, refusal=refusal, at=self.now) or True):
                self.offer = None
            return None

        @rule(crash=CRASH)
        @precondition(lambda self: self.offer is not None)
        def giver_withdraws(self, crash):
            if self.act(AT_WORK[self.owner], crash, lambda _: withdraw(transfer=self.offer, at=self.now) or True):
                self.offer = None

        @rule()
        @precondition(lambda self: self.offer is not None)
        def giver_cannot_accept_nor_receiver_withdraw(self):
            self.is_refused(self.owner, lambda: accept(transfer=self.offer, at=self.now))
            self.is_refused(OTHER[self.owner], lambda: withdraw(transfer=self.offer, at=self.now))

        @rule()
        def clocks_run(self):
            with world.as_worker(), at_task("test"):
                book = agency_book()
                expired = expire_offers(book=book, at=self.now, most=10)
                escalate_disputes(book=book, at=self.now, most=10)
            assert expired == (1 if self.offer is not None and self.late() else 0)
            if expired:
                self.offer = None

        def late(self):
            return self.answer_by <= self.now

        def is_refused(self, agency, does):
            with pytest.raises(TransferRefused), transaction.atomic(), world.acting(AT_WORK[agency]):
                does()

        @invariant()
        def one_agency_owns(self):
            with world.as_worker(), at_task("test"):
                (event,) = SafetyEvent.objects.filter(closed_at=None).select_related("owner_agency", "owner_contact")
                last = event.changes.order_by("-id").first()
                offers = event.transfers.filter(state="offered").count()
            assert event.owner_agency.name == self.owner
            assert event.owner_contact.agency_id == event.owner_agency_id
            assert (last.agency_id, last.contact_id) == (event.owner_agency_id, event.owner_contact_id)
            assert offers == (1 if self.offer is not None else 0)

    return Between


def test_one_agency_owns_whatever_is_done_and_wherever_it_stops(
        found_in_preston, acting, as_worker, event_of, desk_in):
    class World:
        event = event_of(found_in_preston).pk
        desks = {name: desk_in(name) for name in (KNOWSLEY, LANCASHIRE)}

    World.acting, World.as_worker = staticmethod(acting), staticmethod(as_worker)
    run_state_machine_as_test(machine(World), settings=settings(
        max_examples=25, stateful_step_count=25, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]))
