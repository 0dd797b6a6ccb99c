"""Olga and Sid of Merseyside Police, who manage offenders; and Ellie, 8, who lives at 14 Mill Lane in Huyton."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import Acting, at_task
from sightline.apps.access.actions import keep_officer, start_work
from sightline.apps.access.queries import memberships_of
from sightline.apps.offenders.actions import Told, Wanted, append, keep_offenders
from sightline.domain.vocabulary.offender import TellingKind
from sightline.flow import read_news
from tests.integration.conftest import NOW

ROLL = "upn,laestab,event,on,forename,surname,dob,sex,postcode,address\n"
ELLIE = "H243278544154,3404001,joined,2026-01-05,Ellie-Mae,Crosby,2018-03-14,F,L36 9YZ,{address}\n"
HOME = "14 Mill Lane"


@pytest.fixture
def managers(partnership, as_worker):
    """Add Olga, an offender manager, and Sid, her supervisor."""
    people = {"Olga": ("Merseyside Police", "offender-manager"), "Sid": ("Merseyside Police", "offender-supervisor")}
    with as_worker(), at_task("test"):
        for name, (agency, role) in people.items():
            id_ = keep_officer(email=f"{name.lower()}@agency.example", name=name, password=None,
                               agency=partnership.agencies[agency], role=role, on=date(2026, 1, 1))
            member = memberships_of(id_, on=NOW.date())[0]
            work = start_work(officer=id_, membership=member.id, purpose="offenders", because="a test", at=NOW)
            partnership.officers[name] = id_
            partnership.work[name] = Acting(officer=id_, officer_name=name, agency=member.agency.id,
                                            agency_name=agency, role_code=role, work=work, purpose="offenders")
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

    def telling(*wanted: tuple[TellingKind, date, str, dict], until: date | None = None) -> UUID:
        reference = "M-1"
        agency = managers.agencies["Merseyside Police"]
        with as_worker(), at_task("test"):
            offender = keep_offenders({reference: "Dale Storr"}, agency=agency, at=NOW)[reference]
            append([Wanted(n, offender, kind, on, key, facts, until) for n, (kind, on, key, facts) in
                    enumerate(wanted)], told=Told(agency), at=NOW)
        with as_worker():
            read_news(at=lambda: NOW)
        return offender

    return telling


REGISTERED = (TellingKind.REGISTER, date(2020, 3, 2), "register", {
    "name": "Dale Storr", "category": "1", "level": "1", "risk": "high", "manager": "olga@agency.example"})


def lives(address: str = HOME, *, on: date = date(2026, 5, 18), key: str = "address/1", there: str = "lives"):
    """Give the telling of an address."""
    return (TellingKind.ADDRESS, on, key, {"address": address, "postcode": "L36 9YZ", "there": there})
