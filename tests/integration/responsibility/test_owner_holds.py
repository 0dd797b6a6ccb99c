"""Whatever people do in whatever order, and wherever the machine stops, one agency owns; the model says which."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

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

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.responsibility.models import SafetyEvent
from sightline.apps.responsibility.road import Condition, Named, answer_by_code, answer_here, hand_over_here
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
from sightline.domain.responsibility.handing_over import ROAD_ANSWER_WITHIN
from tests.integration.conftest import NOW
from tests.stopping import Stopped, stopped_after

CALM = Condition(seen_and_spoken_to=True, fed=True, injuries="none seen", said="")
GIVER, TAKER = Named("PC Shap", "1042"), Named("PC Bootle", "7781")
KNOWSLEY, LANCASHIRE = "Knowsley Council", "Lancashire Council"
AT_WORK = {KNOWSLEY: "Beth", LANCASHIRE: "Olive"}
OTHER = {KNOWSLEY: LANCASHIRE, LANCASHIRE: KNOWSLEY}
CRASH = st.none() | st.integers(1, 6)


def machine(world):
    """Give the model of one event between two councils; `world` gives the fixtures."""

    class Between(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.savepoint()
            self.minutes, self.offer, self.answer_by, self.leg = 0, None, None, None
            self.owner = LANCASHIRE

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

        @property
        def now(self):
            return NOW + timedelta(minutes=self.minutes)

        def act(self, name, crash, does):
            """Do something as somebody, or be killed on the way; tell whether it was done."""
            with suppress(Stopped), transaction.atomic():
                with world.acting(name) as somebody:
                    wrapper = stopped_after(crash) if crash is not None else None
                    if wrapper is None:
                        return does(somebody)
                    with connection.execute_wrapper(wrapper):
                        done = does(somebody)
                if crash is not None:
                    raise Stopped
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
        @precondition(lambda self: self.offer is None)
        def owner_hands_over_on_the_road(self, crash):
            key = uuid4()
            made = [self.act(AT_WORK[self.owner], crash if time == 0 else None, lambda acting: hand_over_here(
                acting=acting, event=self.event, to_contact=world.desks[OTHER[self.owner]], key=key, place="A lay-by",
                giver=GIVER, condition=CALM, digest_of=str, at=self.now)) for time in range(2)]
            assert made[0] in (None, made[1]), "sent twice, it is one leg"
            self.offer, self.answer_by, self.leg = made[1], self.now + ROAD_ANSWER_WITHIN, made[1]

        @rule(crash=CRASH, by_code=st.booleans(), takes=st.booleans())
        @precondition(lambda self: self.offer is not None and self.offer == self.leg and not self.late())
        def receiver_answers_on_the_road(self, crash, by_code, takes):
            refusal = None if takes else Refusal("no car free", self.owner, "R1")
            if self.act(AT_WORK[self.owner], crash, lambda _: (answer_by_code(
                    digest=str(self.leg), officer=TAKER, refusal=refusal, at=self.now) if by_code else answer_here(
                    transfer=self.leg, officer=TAKER, refusal=refusal, at=self.now)) or True):
                self.owner, self.offer = OTHER[self.owner] if takes else self.owner, None

        @rule(crash=CRASH)
        def worker_reads_the_child_and_makes_the_packs(self, crash):
            with (suppress(Stopped), world.as_worker(), transaction.atomic(),
                  connection.execute_wrapper(stopped_after(crash or 10_000))):
                flow.read_news(at=lambda: self.now)
            with world.as_worker(), at_task("test"), connection.cursor() as cursor:
                cursor.execute("select count(*) from responsibility_pack p"
                               " full join responsibility_packcontent c on c.pack_id = p.id"
                               " where p.id is null or c.pack_id is null")
                assert cursor.fetchone() == (0,)

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
