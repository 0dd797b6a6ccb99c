"""A child of England is found in Scotland and comes home: always one owner, and no clock is lost on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from sightline.apps.access.acting import Acting, at_task
from sightline.apps.access.actions import keep_agency, keep_officer, start_work
from sightline.apps.access.queries import memberships_of
from sightline.apps.responsibility.queries import owners_of
from sightline.apps.responsibility.transfers import accept, offer
from tests.integration.conftest import DESKS, NOW
from tests.integration.responsibility.conftest import FOUND, REPORTED

GRETNA = "DG16 5EA"
DUTIES = "select code, started_key, due_at, act_by, state from duties_owedduty where person_id = %s"


@dataclass(frozen=True)
class Border:
    """Hold Amara of Knowsley, and the ways to ask and act on both sides."""

    amara: UUID
    acting: Callable
    event_of: Callable
    desk_in: Callable
    everything: Callable

    def owner(self) -> tuple[str, str, bool]:
        """Give who owns the child's safety, by which rule, and whether somebody only watches for them."""
        event = self.event_of(self.amara)
        return event.owner_agency.name, event.rule, event.watched

    def open_duties(self) -> dict[tuple[str, str], tuple[object, object]]:
        """Give what is owed about the child, with its clocks."""
        return {(code, key): (due, act_by) for code, key, due, act_by, state in self.everything(DUTIES, self.amara)
                if state in ("open", "late")}


@pytest.fixture
def north(request, amara, border, as_worker):
    """Add the council of Dumfries and Galloway with Isla, and Police Scotland."""
    with as_worker(), at_task("test"):
        for name, kind, area in (("Dumfries and Galloway Council", "council", "Dumfries and Galloway"),
                                 ("Police Scotland", "police", "Police Scotland")):
            border.agencies[name] = keep_agency(name=name, kind=kind, area=area, desks=DESKS)
        id_ = keep_officer(email="isla@agency.example", name="Isla", password=None, role="social-worker",
                           agency=border.agencies["Dumfries and Galloway Council"], on=date(2026, 1, 1))
        member = memberships_of(id_, on=NOW.date())[0]
        work = start_work(officer=id_, membership=member.id, purpose="protect", because="a test", at=NOW)
        border.work["Isla"] = Acting(
            officer=id_, officer_name="Isla", agency=member.agency.id, agency_name=member.agency.name,
            role_code=member.role, work=work, purpose="protect")
    return Border(amara, *map(request.getfixturevalue, ("acting", "event_of", "desk_in", "everything")))


def test_over_a_border_there_is_one_owner_at_every_instant_and_no_clock_is_lost(north, tell):
    tell("M1", "missing-report", REPORTED, at=NOW)
    before = north.open_duties()
    assert {"D-MIS-3", "D-EX-6"} <= {code for code, _ in before}

    tell("M2", "missing-found", FOUND, postcode=GRETNA, agency="Police Scotland", at=NOW)
    assert north.owner() == ("Dumfries and Galloway Council", "R16", False)
    there = north.open_duties()
    kept = set(before) & set(there)
    assert "D-EX-6" in {code for code, _ in kept}
    assert {key: there[key] for key in kept} == {key: before[key] for key in kept}
    assert "D-MIS-5" in {code for code, _ in there}, "a return interview is owed across the border, too"

    with north.acting("Isla") as isla:
        handed = offer(acting=isla, event=north.event_of(north.amara).pk, to_contact=north.desk_in("Knowsley Council"),
                       words="On her way home", answer_by=NOW + timedelta(hours=1), at=NOW)
    assert north.owner()[0] == "Dumfries and Galloway Council", "the giver owns until somebody accepts by name"
    with north.acting("Beth"):
        accept(transfer=handed, at=NOW + timedelta(minutes=5))
        owners = owners_of(north.event_of(north.amara).pk)
    assert [owner.agency for owner in owners] == [
        "Merseyside Police", "Dumfries and Galloway Council", "Knowsley Council"]
    assert north.open_duties().items() >= {key: there[key] for key in kept}.items()
