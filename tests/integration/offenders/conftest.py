"""Olga and Sid of Merseyside Police, who manage offenders; and Ellie, 8, who lives at 14 Mill Lane in Huyton."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.offenders.actions import Told, Wanted, append, keep_offenders
from sightline.domain.vocabulary.offender import TellingKind
from sightline.flow import read_news
from tests.integration.conftest import NOW, employ

ROLL = "upn,laestab,event,on,forename,surname,dob,sex,postcode,address\n"
ELLIE = "H243278544154,3404001,joined,2026-01-05,Ellie-Mae,Crosby,2018-03-14,F,L36 9YZ,{address}\n"
HOME = "14 Mill Lane"


@pytest.fixture
def managers(partnership, as_worker):
    """Add Olga, an offender manager, and Sid, her supervisor."""
    people = {"Olga": ("Merseyside Police", "offender-manager"), "Sid": ("Merseyside Police", "offender-supervisor")}
    with as_worker(), at_task("test"):
        employ(partnership, {name: (*of, "offenders") for name, of in people.items()})
    return partnership


@pytest.fixture
def ellie(send, partnership) -> Callable[..., UUID]:
    """Tell where Ellie lives, by her school; gives her id."""

    def told(address: str = HOME, *, on: str = "2026-01-05") -> UUID:
        row = ELLIE.replace("2026-01-05", on).format(address=f'"{address}"')
        send("school-roll", "Brook High School", ROLL + row)
        with connection.cursor() as cursor:
            cursor.execute("select i.person_id from people_identity i join people_description d on d.identity_id = i.id"
                           " where d.given = 'Ellie-Mae' order by d.id desc limit 1")
            return cursor.fetchone()[0]

    return told


@pytest.fixture
def tell(managers, as_worker) -> Callable[..., UUID]:
    """Tell things of Dale Storr, whom Merseyside Police manage, as a file would; gives his id."""

    def telling(
        *wanted: tuple[TellingKind, date, str, dict], until: date | None = None, reference: str = "M-1",
        at: datetime = NOW
    ) -> UUID:
        agency = managers.agencies["Merseyside Police"]
        with as_worker(), at_task("test"):
            offender = keep_offenders({reference: "Dale Storr"}, agency=agency, at=at)[reference]
            append([Wanted(n, offender, kind, on, key, facts, until) for n, (kind, on, key, facts) in
                    enumerate(wanted)], told=Told(agency), at=at)
        with as_worker():
            read_news(at=lambda: at)
        return offender

    return telling


REGISTERED = (TellingKind.REGISTER, date(2020, 3, 2), "register", {
    "name": "Dale Storr", "category": "1", "level": "1", "risk": "high", "manager": "olga@agency.example"})


def lives(address: str = HOME, *, on: date = date(2026, 5, 18), key: str = "address/1", there: str = "lives"):
    """Give the telling of an address."""
    return (TellingKind.ADDRESS, on, key, {"address": address, "postcode": "L36 9YZ", "there": there})
