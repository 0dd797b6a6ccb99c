"""A child met by transport police: they own by R21, the station's council hears of it once, and sees the child."""

import json

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency, keep_officer, start_work
from sightline.apps.access.queries import memberships_of
from sightline.apps.responsibility.queries import owned_by
from sightline.domain.custody.railway import Met, Next, lines_of
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import DESKS, NOW

BTP = "British Transport Police"


@pytest.fixture
def railway(partnership, as_worker):
    """Keep transport police with Tess."""
    with as_worker(), at_task("test"):
        partnership.agencies[BTP] = keep_agency(name=BTP, kind="transport-police", desks=DESKS)
        tess = keep_officer(email="tess@agency.example", name="Tess", password=None, agency=partnership.agencies[BTP],
                            role="police-safeguarding", on=NOW.date())
        member = memberships_of(tess, on=NOW.date())[0]
        start_work(officer=tess, membership=member.id, purpose="protect", because="a test", at=NOW)
    return partnership


def met(next_: Next, *, reason: str = "fare") -> str:
    child = Identity("", "", given="Nat", family="Arkwell")
    told = Met(child, NOW, "Huyton", "Knowsley", reason, "Alone, no ticket", next_)
    return "".join(f"{json.dumps(line)}\n" for line in lines_of(told, key=f"rail/{next_}", by=BTP))


def held(as_worker, statement: str, *values: object) -> list[tuple]:
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.mark.parametrize(("next_", "rule"), [(Next.STAYS, "R21"), (Next.PROTECTED, "R2")])
def test_transport_police_own_whom_they_keep_with_them(send, railway, as_worker, next_, rule):
    assert send("timeline", BTP, met(next_)).turned_back == 0
    found = held(as_worker, "select owner_agency_id, rule from responsibility_safetyevent where closed_at is null")
    assert found == [(railway.agencies[BTP], rule)]


def test_a_child_who_travels_on_after_a_word_about_the_fare_is_recorded_and_nobody_is_told(send, railway, as_worker):
    assert send("timeline", BTP, met(Next.TRAVELS)).accepted == 1
    assert held(as_worker, "select count(*) from responsibility_safetyevent") == [(0,)]
    assert held(as_worker, "select count(*) from record_entry where kind = 'rail.contact'") == [(1,)]


def test_the_council_of_the_station_hears_of_it_once_and_can_see_whom_it_is_about(send, railway, as_worker, acting):
    for _ in range(2):
        send("timeline", BTP, met(Next.STAYS))
    told = held(as_worker, "select to_agency_id, about from duties_notice where key like 'railway:%%'")
    assert told == [(railway.agencies["Knowsley Council"],
                     f"{BTP} protects a child at a station in your area. Ring it, and see what it offers you.")]
    with acting("Beth") as beth, connection.cursor() as cursor:
        assert owned_by(beth.agency, most=9) == []
        cursor.execute("select count(*) from responsibility_safetyevent")
        assert cursor.fetchone() == (1,)
    with acting("Carl"), connection.cursor() as cursor:
        cursor.execute("select count(*) from responsibility_safetyevent")
        assert cursor.fetchone() == (0,)
