"""Two councils and a border: Amara lives in Knowsley, and is found in Lancashire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.access.queries import contacts
from sightline.apps.responsibility.models import SafetyEvent
from tests.integration.conftest import DESKS, NOW, employ

HEADER = "record_ref,record_type,occurred_at,postcode,forename,surname,dob,sex,home_postcode,reason\n"
AMARA = "Amara,Okafor,03/04/2011,F,L36 9YZ,"
REPORTED, FOUND = NOW - timedelta(hours=5), NOW - timedelta(hours=2)


@pytest.fixture
def border(partnership, as_worker):
    """Add Lancashire's council with Olive and Max, and its police with Rob, to the partnership."""
    desks = {**DESKS, "director": {"name": "Dora Director", "job": "Director", "email": "director@a.example"}}
    people = {"Olive": ("Lancashire Council", "social-worker"), "Max": ("Lancashire Council", "duty-manager"),
              "Rob": ("Lancashire Constabulary", "police-safeguarding")}
    with as_worker(), at_task("test"):
        for name, kind, area in (("Lancashire Council", "council", "Lancashire"),
                                 ("Lancashire Constabulary", "police", "Lancashire")):
            partnership.agencies[name] = keep_agency(name=name, kind=kind, area=area, desks=desks)
        employ(partnership, {name: (*of, "protect") for name, of in people.items()})
    return partnership


@pytest.fixture
def tell(send, border):
    """Send one police record of Amara."""

    def telling(ref, record_type, when, *, postcode="", agency="Merseyside Police", at=None):
        row = f"{ref},{record_type},{when.isoformat()},{postcode},{AMARA}\n"
        facts = send("police-events", agency, HEADER + row, at=at or when)
        assert (facts.state, facts.accepted) == ("done", 1), facts
        return facts

    return telling


@pytest.fixture
def found_in_preston(amara, tell):
    """Report Amara missing and find her in Preston; gives her person."""
    tell("M1", "missing-report", REPORTED)
    tell("M2", "missing-found", FOUND, postcode="PR1 8BH", agency="Lancashire Constabulary")
    return amara


@dataclass(frozen=True)
class Scene:
    """Hold Amara, found in Preston, and the ways to ask and act."""

    amara: UUID
    acting: Callable
    as_worker: Callable
    event: Callable
    desk: Callable
    everything: Callable


@pytest.fixture
def scene(found_in_preston, acting, as_worker, everything, border):
    """Give Amara, found in Preston, and the ways to ask and act."""

    def event():
        with as_worker(), at_task("test"):
            return SafetyEvent.objects.select_related("owner_agency").filter(
                person_id=found_in_preston).order_by("-opened_at").first()

    def desk(agency):
        with as_worker(), at_task("test"):
            return next(c.id for c in contacts(border.agencies[agency]) if c.desk == "safeguarding")

    return Scene(found_in_preston, acting, as_worker, event, desk, everything)


@pytest.fixture
def event_of(as_worker):
    """Give the newest safety event of a person, as it stands."""

    def asking(person):
        with as_worker(), at_task("test"):
            return SafetyEvent.objects.select_related("owner_agency").filter(
                person_id=person).order_by("-opened_at").first()

    return asking


@pytest.fixture
def desk_in(as_worker):
    """Give the safeguarding desk of an agency."""
    def asking(agency):
        with as_worker(), at_task("test"):
            return next(c.id for c in contacts() if c.agency == agency and c.desk == "safeguarding")

    return asking
