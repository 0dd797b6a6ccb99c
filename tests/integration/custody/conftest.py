"""Arrested far from home: Amara of Knowsley in the custody of Lancashire, with a sergeant and an inspector."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.access.queries import agency_book, contacts
from sightline.apps.custody import planning
from sightline.apps.custody.alarms import raise_alarms
from sightline.apps.custody.queries import release_of
from sightline.apps.responsibility.queries import EventFacts, open_event_of
from sightline.domain.custody.plan import By, Leg, Receiver
from tests.integration.conftest import DESKS, NOW, employ

ARRESTED = NOW - timedelta(hours=4)
RELEASED = NOW - timedelta(minutes=10)
HEADER = ("custody_ref,custody_suite,suite_postcode,arrested_at,arrest_postcode,forename,surname,dob,sex,home_postcode,"
          "offence,released_at,release_mode,received_by\n")
SUITE = "Preston,PR1 8BH"
MOTHER = planning.ReceivingAdult(
    name="Grace Okafor", phone="01632 960777", receiver=Receiver.PARENT, relation="mother", at_least_18=True,
    checked="", known_to_child=True, collects=False)
AUNT = planning.ReceivingAdult(
    name="Gail Orme", phone="01632 960778", receiver=Receiver.ADULT, relation="aunt", at_least_18=True,
    checked="PNC and local records: nothing held", known_to_child=True, collects=False)


def leg(**changed: object) -> Leg:
    """Give the drive home, an hour and a half from the release."""
    told = {"by": By.POLICE, "escort": "PC 1204 Holt", "start": "Preston custody", "end": "L36 9YZ",
            "departs_at": NOW, "arrives_at": NOW + timedelta(minutes=90), **changed}
    return Leg(**told)  # type: ignore[arg-type]


DRIVE = (leg(),)
TRAIN_ALONE = {"by": By.TRAIN, "escort": ""}


@pytest.fixture
def force(partnership, as_worker):
    """Add Lancashire's council with Olive, and its police: Sam the sergeant, Sue of the safeguarding desk, Ines."""
    people = {"Sam": ("Lancashire Constabulary", "custody-sergeant"), "Olive": ("Lancashire Council", "social-worker"),
              "Sue": ("Lancashire Constabulary", "police-safeguarding"),
              "Ines": ("Lancashire Constabulary", "duty-manager"), "Mia": ("Lancashire Council", "duty-manager"),
              "Ivo": ("Merseyside Police", "duty-manager")}
    with as_worker(), at_task("test"):
        for name, kind in (("Lancashire Council", "council"), ("Lancashire Constabulary", "police")):
            partnership.agencies[name] = keep_agency(name=name, kind=kind, area="Lancashire", desks=DESKS)
        employ(partnership, {name: (*of, "custody") for name, of in people.items()})
    return partnership


@pytest.fixture
def custody(send, force):
    """Send one custody record of Amara."""

    def telling(ref="C1", *, released="", mode="", received="", arrested=ARRESTED, at=None, postcode="L36 9YZ"):
        row = (f"{ref},{SUITE},{arrested.isoformat()},PR1 8BH,Amara,Okafor,03/04/2011,F,{postcode},drugs-supply,"
               f"{released and released.isoformat()},{mode},{received}\n")
        facts = send("police-custody", "Lancashire Constabulary", HEADER + row, at=at or NOW - timedelta(hours=3))
        assert (facts.state, facts.accepted) == ("done", 1), facts
        return facts

    return telling


@dataclass(frozen=True)
class Held:
    """Hold Amara, arrested in Preston, and the ways to act."""

    amara: UUID
    acting: Callable
    as_worker: Callable
    everything: Callable
    desks: dict[str, int]

    def event(self) -> EventFacts:
        """Give the open safety event, as the force sees it."""
        with self.acting("Sam"):
            found = open_event_of(self.amara)
            assert found is not None
            return found

    def does(self, name: str, action: Callable, *, event: EventFacts | None = None, at=NOW, **told: object):
        """Let somebody do one thing."""
        event = event or self.event()
        with self.acting(name) as me:
            return action(acting=me, event=event, at=at, **told)

    def plan(self, *, adult=MOTHER, legs=DRIVE, home="Moira Quinn, out-of-hours team", accepted=True) -> None:
        """Plan everything that the gate asks."""
        event = self.event()
        self.does("Sam", planning.assess, event=event, words="Calm, no injuries", assessed_at=NOW - timedelta(hours=1))
        self.does("Sam", planning.name_adult, event=event, adult=adult)
        if accepted:
            self.does("Sam", planning.adult_accepted, event=event, how="by telephone to me",
                      accepted_at=NOW - timedelta(minutes=50))
        for one in legs:
            self.does("Sam", planning.add_leg, event=event, leg=one)
        if home:
            self.does("Sam", planning.home_told, event=event, whom=home, told_at=NOW - timedelta(minutes=40))

    def release(self):
        """Give the release as the force sees it."""
        event = self.event()
        with self.acting("Sam"):
            return release_of(event.id)

    def alarms(self, at) -> int:
        """Let the job raise what is due."""
        with self.as_worker(), at_task("steps"):
            return raise_alarms(book=agency_book(), at=at, most=50)


@pytest.fixture
def held(amara, custody, acting, as_worker, everything) -> Held:
    """Arrest Amara in Preston; gives the ways to ask and act."""
    custody()
    with as_worker(), at_task("test"):
        desks = {c.agency: c.id for c in contacts() if c.desk == "safeguarding"}
    return Held(amara, acting, as_worker, everything, desks)
