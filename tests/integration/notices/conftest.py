"""A night: a council and a force keep office hours, with an out-of-hours desk and a rota; time is given."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.access.queries import agency_book, contacts
from sightline.apps.access.rota import keep_desk
from sightline.apps.duties.escalation import take_steps
from sightline.apps.duties.following import follow, note_acted
from sightline.apps.duties.night import hand_over_duties, route_duties
from sightline.apps.duties.sending import Outcome, claim, settle
from sightline.apps.responsibility.night import hand_over_events, route_events
from sightline.domain.duties.hours import read_spans
from sightline.domain.duties.rota import Turn
from sightline.domain.vocabulary.moment import LONDON
from tests.integration.conftest import DESKS

TAKEN = Outcome(taken=True)
OFFICE = read_spans(["mon-fri 09:00-17:00"])
NIGHT = {"name": "Emergency duty team", "job": "Out-of-hours team", "phone": "01632 960100", "email": "edt@a.example"}
WITH_NIGHT = {**DESKS, "out-of-hours": NIGHT,
              "director": {"name": "Dora Director", "job": "Director", "email": "director@a.example"}}
JOBS = (hand_over_duties, hand_over_events, route_duties, route_events, take_steps)


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Night:
    """Hold the fixtures of a night in one hand."""

    as_worker: object
    send_file: object
    served: frozenset
    agencies: dict

    def contact(self, agency, desk):
        return next(c for c in contacts(self.agencies[agency]) if c.desk == desk)

    def ask(self, statement, *values):
        with self.as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def minute(self, at):
        """Do what the job of a minute does, at a given time, sending apart."""
        with self.as_worker():
            with at_task("steps"):
                note_acted(at=at)
            for steps in (*JOBS, partial(follow, served=self.served)):
                with at_task("steps"):
                    while steps(book=agency_book(), at=at, most=500):
                        pass

    def post(self, at, *, outcome=TAKEN):
        """Send what waits, as the sender does at a given time; gives each message as (channel, address, notices)."""
        told = []
        with self.as_worker():
            while True:
                with at_task("send"):
                    waiting = claim(at=at, most=500, served=self.served)
                if waiting is None:
                    return told
                told.append((waiting.channel, waiting.address, waiting.notices))
                how = outcome(waiting) if callable(outcome) else outcome
                with at_task("send"):
                    settle(waiting, how, at=at)

    def run(self, start, minutes, *, every=5, outcome=TAKEN):
        """Let time go by; gives what was sent as (HH:MM, channel, address)."""
        told = []
        for passed in range(0, minutes + 1, every):
            at = start + timedelta(minutes=passed)
            self.minute(at)
            told += [(f"{at:%H:%M}", channel, address) for channel, address, _ in self.post(at, outcome=outcome)]
        return told

    def missing(self, at, *, reference="m1"):
        """Let the police tell, at an instant, that Amara is missing."""
        line = {"id": reference, "child": "p1", "kind": "missing.reported", "at": at.isoformat(),
                "by": "Merseyside Police", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",
                                                        "upn": "A950000178301"}}
        assert self.send_file("timeline", "Merseyside Police", json.dumps(line), at=at).accepted == 1


@pytest.fixture
def night(partnership, as_worker, send):
    """Give the desks hours, a night desk and a mobile telephone."""
    with as_worker(), at_task("test"):
        for name, kind, area in (("Knowsley Council", "council", "Knowsley"), ("Merseyside Police", "police",
                                                                               "Merseyside")):
            keep_agency(name=name, kind=kind, area=area, desks=WITH_NIGHT)
    made = Night(as_worker, send, frozenset({"text"}), partnership.agencies)
    with as_worker(), at_task("test"):
        for name in ("Knowsley Council", "Merseyside Police"):
            keep_desk(contact=made.contact(name, "safeguarding").id, spans=OFFICE)
            turn = Turn(london("2026-05-20 17:00"), london("2026-05-21 09:00"), "Nia Night", "07700 900123",
                        "nia@a.example")
            keep_desk(contact=made.contact(name, "out-of-hours").id, turns=[turn])
    return made
