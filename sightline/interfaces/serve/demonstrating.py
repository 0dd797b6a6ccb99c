"""Load the demonstration partnership: write its files, keep its agencies and officers, import as real files are.

It runs in a process of its own, as the worker. Killed half-way and begun again, it goes on: nothing is kept twice.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sightline.config.environment import Environment, read_environment, variables_for_child
from sightline.config.folders import DataFolder
from sightline.config.refusal import Refusal
from sightline.demonstration.manifest import Agency, Manifest, Officer, SentFile
from sightline.demonstration.places import CUSTODY_SUITES
from sightline.domain.responsibility.sites import Site, SiteKind

SEED = 7
CHILDREN = 2_000
"""Enough for every rate to show, and loaded within a minute or two on a slow machine."""
PASSWORD = "nobody-here-exists"  # nosec: the invented officers' own, shown on the sign-in page of a demonstration

ROLES = {
    "social worker": ("social-worker", "safeguarding"), "team manager": ("duty-manager", "manager"),
    "out-of-hours duty social worker": ("social-worker", "out-of-hours"),
    "education safeguarding lead": ("education-lead", "education"),
    "director of children's services": ("duty-manager", "director"),
    "safeguarding officer": ("police-safeguarding", "safeguarding"), "custody sergeant": ("custody-sergeant", None),
    "duty inspector": ("duty-manager", "manager"),
    "designated safeguarding lead": ("safeguarding-lead", "safeguarding"),
    "named nurse for safeguarding": ("safeguarding-lead", "safeguarding"),
    "youth worker": ("safeguarding-lead", "safeguarding"), "registered manager": ("safeguarding-lead", "safeguarding"),
    "offender manager": ("offender-manager", "offenders"),
    "supervisor of offender managers": ("offender-supervisor", None),
    "housing officer": ("safeguarding-lead", "safeguarding"),
    "inspector": ("inspector", "safeguarding"),
}
SHOWN = ("Beth Ashworth", "Imran Siddique", "Adaeze Nwosu", "Alison Reece", "Nicola Kirkdale", "Amina Yusuf",
         "Farah Hussain", "Kelly Bispham", "Jack Hoghton", "Gareth Probert", "Nadeem Akhtar", "Abena Mensah",
         "Neil Penruddock", "Grace Osei", "Moira Quinn", "Dylan Fairweather", "Joe Brennan", "Orla Kearney",
         "Wasim Chaudhry", "Anita Desai", "Laura Threlkeld", "Zoe Entwistle", "Khalid Mirza", "Peter Whelan",
         "Hannah Skelton", "Megan Pritchard", "Carl Denby", "Dawn Prescott",
         "Idris Bevan", "Olga Finch", "Sid Marlow", "Kasia Nowak", "Judith Ainsdale", "Derek Sale")
"""Who is offered on the sign-in page: both sides of the stories, Carl who sees nothing, and the inspectors."""

FILES = "demonstration-files"
"""Where in the data folder the invented files are written."""

Say = Callable[[str], None]


HOLDS_OTHERS = 3
"""The exit status of the loading process where there are agencies that no demonstration has brought."""


class NotLoaded(Refusal):
    """The demonstration could not be loaded; the message says where to look."""


def load_demonstration(environment: Environment, *, children: int = CHILDREN, say: Say) -> None:
    """Load the demonstration where it is not loaded yet, and give its officers their apps. Raises NotLoaded."""
    folder = DataFolder(environment.data)
    if not folder.demonstration.exists():
        say("Loading the demonstration: nobody in it exists. This takes a minute, once.")
        _run("load", str(children), environment=environment, role="worker")
    _run("enrol", environment=environment, role="web")


def _run(*step: str, environment: Environment, role: str) -> None:
    logs = DataFolder(environment.data).logs
    with (logs / "demonstration.log").open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", __name__, *step], env=variables_for_child(environment, role),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, check=False)
    if done.returncode == HOLDS_OTHERS:
        raise NotLoaded("This Sightline holds agencies of its own, and invented children must not come among real "
                        "ones. Start it with sightline serve, or give the demonstration a data folder of its own.")
    if done.returncode:
        raise NotLoaded(f"The demonstration could not be loaded. What happened is in {logs}/demonstration.log.")


def enrol_officers() -> None:
    """Give every officer whose log-in is shown an authenticator app, as a real officer would set one up."""
    from sightline.apps.access.queries import officer_by_email
    from sightline.interfaces.web.sign_in.demonstration import enrol, log_ins

    for one in log_ins():
        officer = officer_by_email(one.email)
        if officer is not None:
            enrol(officer)


def holds_others(folder: DataFolder) -> bool:
    """Tell whether agencies are kept here although no demonstration was ever begun."""
    from sightline.apps.access.queries import agencies

    return not (folder.path / FILES).exists() and bool(agencies())


def load(folder: DataFolder, *, children: int, today: datetime) -> None:
    """Write and import everything, as of the given day, and write the log-ins last: they say that all is there."""
    from sightline import flow
    from sightline.demonstration.partnership import write

    files = folder.path / FILES
    manifest = write(files, seed=SEED, children=children, today=today.date())
    ids = keep_partnership(manifest.agencies, today=today)
    with _committed_later():
        for sent in manifest.files:
            import_file(files, sent, ids)
    enter_operation(ids, today=today)
    flow.read_news(at=lambda: datetime.now(UTC))
    flow.ask_of_places(at=lambda: datetime.now(UTC))
    _write_log_ins(folder.demonstration, manifest)


@contextmanager
def _committed_later() -> Iterator[None]:
    """Do not wait for the disk at each commit: the next one outside waits for all, and what is lost is begun again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("reset synchronous_commit")


def keep_partnership(agencies: Iterable[Agency], *, today: datetime) -> dict[str, int]:
    """Keep the agencies with their desks and officers, and the custody suites; give the agencies' ids by name."""
    from django.contrib.auth.hashers import make_password

    from sightline.apps.access.acting import at_task
    from sightline.apps.access.actions import keep_agency
    from sightline.apps.responsibility.sites import keep_sites

    ids: dict[str, int] = {}
    # Hashing is slow on purpose, and the officers share one password: hashed once for all of them.
    kept_password = make_password(PASSWORD)
    with at_task("demonstration"):
        known = {agency.code: agency.name for agency in agencies if agency.code}
        for agency in sorted(agencies, key=lambda a: a.kind.value != "council"):
            ids[agency.name] = keep_agency(
                name=agency.name, kind=agency.kind.value, area=_area(agency), code=agency.code or "",
                desks=_desks(agency), covers=[known[code] for code in agency.covers if code in known])
            _keep_hours(agency, ids[agency.name])
            for officer in agency.officers:
                _keep_officer(officer, ids[agency.name], kept_password=kept_password, today=today)
        keep_sites([Site(SiteKind.SUITE, spot.name, spot.postcode, None, spot.force) for spot in CUSTODY_SUITES],
                   at=today)
    return ids


def import_file(files: Path, sent: SentFile, ids: dict[str, int]) -> None:
    """Import one file, as at the time when it came."""
    from sightline import flow
    from sightline.apps.access.acting import at_task

    def came() -> datetime:
        return sent.arrived_at

    path = files / sent.path
    with at_task("demonstration"), path.open("rb") as stream:
        submission = flow.receive(stream=stream, feed=sent.feed, agency=ids[sent.sent_by], officer=None,
                                  file_name=path.name, at=came())
    flow.work_through(submission, at=came, progress=lambda done, rows: None)


def enter_operation(ids: dict[str, int], *, today: datetime) -> None:
    """Enter the operation of the story of eleven doors, with what its invented news reports tell, as its force would.

    All of it or nothing: a second time it is there already.
    """
    from sightline.apps.access.acting import at_task
    from sightline.apps.operations.actions import By, OperationRefused, add_force, enter, tell_total
    from sightline.demonstration.chance import moment
    from sightline.demonstration.stories import s11_eleven_doors as doors
    from sightline.domain.operations.counted import Counts

    on_day = today.date() - timedelta(days=1)
    by = By(ids[doors.MERSEYSIDE], None)
    with at_task("demonstration"):
        try:
            made = enter(by=by, reference=doors.REFERENCE, name="Eleven doors", on_day=on_day,
                         warrants=dict(doors.WARRANTS)[doors.MERSEYSIDE], at=moment(on_day, 12.0))
        except OperationRefused:
            return
        for force, warrants in doors.WARRANTS[1:]:
            add_force(by=by, operation=made, agency=ids[force], warrants=warrants, at=moment(on_day, 12.0))
        for report in doors.REPORTS:
            for agency, number in ((None, report.arrests), *((ids[name], n) for name, n in report.by_force)):
                tell_total(by=by, operation=made, source=report.source, told_on=on_day, counts=Counts.ARRESTS,
                           number=number, agency=agency, at=moment(on_day, report.hour))


def _area(agency: Agency) -> str:
    """Give the area that places are told by: a council's own name, a force's short one."""
    from sightline.reference.geography import forces

    if agency.kind.value == "council":
        return agency.name
    force = next((one for one in forces().values() if one.full_name == agency.name), None)
    return force.name if force is not None and force.kind == "territorial" else ""


def _desks(agency: Agency) -> dict[str, dict[str, str]]:
    desks = {}
    for officer in agency.officers:
        desk = ROLES[officer.role][1]
        if desk is not None:
            phone = agency.duty_phone if desk == "out-of-hours" else officer.phone
            desks[desk] = {"name": officer.name, "job": officer.role.capitalize(), "phone": phone,
                           "email": officer.email}
    return {"safeguarding": {"name": "Duty desk", "job": "Safeguarding", "phone": agency.duty_phone,
                             "email": agency.email}, **desks}


def _keep_hours(agency: Agency, id_: int) -> None:
    from sightline.apps.access.queries import contacts
    from sightline.apps.access.rota import keep_desk
    from sightline.demonstration.agencies import OPEN
    from sightline.domain.duties.hours import read_spans

    for contact in contacts(id_) if agency.kind in OPEN else ():
        keep_desk(contact=contact.id, spans=read_spans(OPEN[agency.kind]))


def _keep_officer(officer: Officer, agency: int, *, kept_password: str, today: datetime) -> None:
    from sightline.apps.access.actions import AlreadyKept, keep_officer

    role, desk = ROLES[officer.role]
    try:
        keep_officer(email=officer.email, name=officer.name, password=None, agency=agency, role=role, on=today.date(),
                     desk=desk, kept_password=kept_password if officer.name in SHOWN else None)
    except AlreadyKept:
        logging.getLogger(__name__).info("an officer is kept already")


def _write_log_ins(file: Path, manifest: Manifest) -> None:
    offered: list[dict[str, Any]] = []
    for name in SHOWN:
        agency, officer = next((a, o) for a in manifest.agencies for o in a.officers if o.name == name)
        offered.append({"email": officer.email, "password": PASSWORD, "name": name,
                        "who": f"{officer.role}, {agency.name}"})
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"log_ins": offered}, indent=1), encoding="utf-8")
    draft.replace(file)


def main() -> int:
    """Load it in this process; gives the exit status."""
    import django

    django.setup()
    try:
        if sys.argv[1:] == ["enrol"]:
            enrol_officers()
            return 0
        folder = DataFolder(read_environment().data)
        if holds_others(folder):
            return HOLDS_OTHERS
        load(folder, children=int(sys.argv[2]), today=datetime.now(UTC))
    except Exception:
        logging.getLogger(__name__).exception("the demonstration was not loaded")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
