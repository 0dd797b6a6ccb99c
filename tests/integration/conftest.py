"""The cast, and the partnership they work in: Amara's record comes from files, as everybody's does."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from sightline import flow
from sightline.apps.access.acting import Acting, at_task, begin_work
from sightline.apps.access.actions import keep_agency, keep_officer, start_work
from sightline.apps.access.models import Officer
from sightline.apps.access.queries import memberships_of
from tests.partnership_at_hand import PartnershipAtHand, as_it_began, partnership_at_hand

NOW = datetime(2026, 5, 22, 10, 0, tzinfo=UTC)
DESKS = {
    "safeguarding": {"name": "Duty desk", "job": "Safeguarding", "phone": "01632 960001", "email": "desk@a.example"},
    "manager": {"name": "Mary Manager", "job": "Service manager", "email": "manager@a.example"},
}


@pytest.fixture(scope="session")
def partnership_that_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PartnershipAtHand]:
    """Run a server with two agencies for the real commands, once for a run."""
    with partnership_at_hand(tmp_path_factory.mktemp("at-hand")) as made:
        yield made


@pytest.fixture(scope="module")
def at_hand(partnership_that_runs: PartnershipAtHand) -> Iterator[PartnershipAtHand]:
    """Give the two agencies to the tests of one file; each test sends children of its own."""
    with as_it_began(partnership_that_runs) as made:
        yield made


@dataclass
class Partnership:
    """Hold the agencies and officers by name."""

    agencies: dict[str, int]
    officers: dict[str, UUID]
    work: dict[str, Acting]


@pytest.fixture
def partnership(as_worker) -> Partnership:
    """Keep four agencies and the cast."""
    with as_worker(), at_task("test"):
        agencies = {
            "Knowsley Council": keep_agency(name="Knowsley Council", kind="council", area="Knowsley", desks=DESKS),
            "Essex Council": keep_agency(name="Essex Council", kind="council", area="Essex", desks=DESKS),
            "Merseyside Police": keep_agency(
                name="Merseyside Police", kind="police", area="Merseyside", desks=DESKS, covers=["Knowsley Council"]),
            "Brook High School": keep_agency(
                name="Brook High School", kind="school", code="3404001", desks=DESKS, covers=[]),
            "The Inspectorate": keep_agency(name="The Inspectorate", kind="inspectorate", desks=DESKS),
        }
        people = {"Beth": ("Knowsley Council", "social-worker", "assess"),
                  "Carl": ("Essex Council", "social-worker", "assess"),
                  "Dawn": ("The Inspectorate", "inspector", "inspect"),
                  "Lee": ("Brook High School", "safeguarding-lead", "education"),
                  "Pat": ("Merseyside Police", "police-safeguarding", "protect"),
                  "Mary": ("Knowsley Council", "duty-manager", "protect")}
        made = Partnership(agencies, {}, {})
        employ(made, people)
    return made


def employ(partnership: Partnership, people: Mapping[str, tuple[str, str, str]]) -> None:
    """Add officers at work, by name: agency, role and purpose. The caller is the worker, at a task."""
    for name, (agency, role, purpose) in people.items():
        officer = keep_officer(email=f"{name.lower().replace(' ', '.')}@agency.example", name=name,
                               password=None, agency=partnership.agencies[agency], role=role, on=date(2026, 1, 1))
        member = memberships_of(officer, on=NOW.date())[0]
        work = start_work(officer=officer, membership=member.id, purpose=purpose, because="a test", at=NOW)
        partnership.officers[name] = officer
        partnership.work[name] = Acting(officer=officer, officer_name=name, agency=member.agency.id,
                                        agency_name=agency, role_code=role, work=work, purpose=purpose)


@pytest.fixture
def acting(as_web, partnership) -> Callable[[str], AbstractContextManager[Acting]]:
    """Step into the pages' role as one of the cast."""

    @contextmanager
    def step(name: str) -> Iterator[Acting]:
        with as_web():
            work = partnership.work[name]
            assert begin_work(work.officer, work.work, at=NOW) == work
            yield work
            with connection.cursor() as cursor:
                for setting in ("officer", "agency", "sight", "work", "purpose"):
                    cursor.execute("select set_config(%s, '', true)", [f"sightline.{setting}"])

    return step


def signed_in(officer: UUID, work: UUID | None) -> Client:
    """Give a browser in which an officer has just proved both factors, within a piece of work or none."""
    found = Officer.objects.get(pk=officer)
    client = Client()
    session = client.session
    session["_auth_user_id"] = str(officer)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = found.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(officer)
    if work is not None:
        session["work"] = str(work)
    session.save()
    return client


@pytest.fixture
def browse(partnership, as_web, as_worker) -> Callable[[str], AbstractContextManager[Client]]:
    """Give a browser in which somebody of the cast is signed in and at work now."""

    @contextmanager
    def browsing(name: str) -> Iterator[Client]:
        now = datetime.now(UTC)
        officer = partnership.officers[name]
        with as_worker(), at_task("test"):
            member = memberships_of(officer, on=now.date())[0]
            work = start_work(officer=officer, membership=member.id, because="a test",
                              purpose=partnership.work[name].purpose, at=now)
        with as_web():
            yield signed_in(officer, work)
            with connection.cursor() as cursor:  # what a request sets ends with its transaction: here, the test's
                cursor.execute("select set_config('sightline.' || one, '', true)"
                               " from unnest(array['work', 'officer', 'agency', 'sight']) as t(one)")

    return browsing


@pytest.fixture
def everything(as_worker):
    """Ask for what the database really holds, as the worker at a task."""

    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return asking


@pytest.fixture
def send(as_worker, partnership):
    """Send a file as an agency, and read everybody it tells of; gives how the file stands."""

    def sending(feed: str, agency: str, content: str | bytes, *, at: datetime = NOW):
        data = content if isinstance(content, bytes) else content.encode()
        with as_worker():
            with at_task("receive"):
                id_ = flow.receive(stream=BytesIO(data), feed=feed, agency=partnership.agencies[agency], officer=None,
                                   file_name=f"{feed}.csv", at=at)
            facts = flow.work_through(id_, at=lambda: at, progress=lambda done, rows: None)
            flow.read_news(at=lambda: at)
            flow.ask_of_places(at=lambda: at)
        return facts

    return sending


EXCLUSION = (
    "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference\n"
    "3404001,Brook High School,A950000178301,Amara,Okafor,{dob},F,L36 9YZ,PERM,{on},,DB,X1\n"
)


@pytest.fixture
def amara(send, as_worker) -> UUID:
    """Exclude Amara from school two days ago, and give her person."""
    content = EXCLUSION.format(dob="03/04/2011", on=(NOW - timedelta(days=2)).strftime("%d/%m/%Y"))
    facts = send("exclusions", "Brook High School", content)
    assert (facts.state, facts.accepted, facts.turned_back) == ("done", 1, 0)
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("select person_id from people_identity")
        return cursor.fetchone()[0]
