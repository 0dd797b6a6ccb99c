"""The commands `sightline agency` and `sightline user`: who takes part, and who may act for whom."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from sightline.domain.access.roles import ROLES
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.interfaces.cli.at_hand import NotAllowedHere, database_at_hand

OTHER_DESKS = ("education", "manager", "director", "out-of-hours")


@click.group()
def agency() -> None:
    """Add and list agencies."""


@agency.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in AgencyKind]), required=True)
@click.option("--area", default="", help="The council or police force area it answers for, such as Knowsley.")
@click.option("--code", default="", help="GSS code, LAESTAB or other public code.")
@click.option("--nation", default="england", show_default=True)
@click.option("--contact", required=True, help="Name of the person or desk on whom duties fall.")
@click.option("--job", default="Safeguarding desk", show_default=True)
@click.option("--phone", default="")
@click.option("--email", default="")
@click.option("--manager", default="", help="Name of the manager who is told when time runs out.")
@click.option("--manager-email", default="")
@click.option("--desk", "others", multiple=True, type=(click.Choice(OTHER_DESKS), str, str, str),
              metavar="DESK NAME PHONE EMAIL",
              help=f"Another desk: {', '.join(OTHER_DESKS)}. Write \"\" for what it has not.")
@click.option("--covers", multiple=True, help="An agency in whose area it works; may be given several times.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def add_agency(
    *, name: str, kind: str, area: str, code: str, nation: str, contact: str, job: str, phone: str, email: str,
    manager: str, manager_email: str, others: tuple[tuple[str, str, str, str], ...], covers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add the agency NAME, or renew what is kept of it; it must have somebody on whom duties fall."""
    desks = {"safeguarding": {"name": contact, "job": job, "phone": phone, "email": email}}
    if manager:
        desks["manager"] = {"name": manager, "job": "Manager", "phone": phone, "email": manager_email}
    desks |= {desk: {"name": who, "job": desk.replace("-", " ").capitalize(), "phone": number, "email": address}
              for desk, who, number, address in others}
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.actions import AreaTaken, keep_agency

        try:
            id_ = keep_agency(name=name, kind=kind, area=_known_area(kind, area), code=code, nation=nation,
                              desks=desks, covers=_known(covers))
        except AreaTaken as refused:
            raise NotAllowedHere(str(refused)) from None
    _say({"agency": id_, "name": name}, f"{name} is kept.", as_json=as_json)


def _known_area(kind: str, area: str) -> str:
    """Give the area by the name under which addresses lie in it; a council or force needs one."""
    from sightline.reference.geography.authorities import UnknownAuthority, authority
    from sightline.reference.geography.forces import UnknownForce, force

    try:
        if kind == AgencyKind.COUNCIL.value:
            return authority(area).name
        return force(area).name if kind == AgencyKind.POLICE.value else area
    except (UnknownAuthority, UnknownForce) as unknown:
        raise NotAllowedHere(f"--area: {unknown}") from None


def _known(covers: tuple[str, ...]) -> list[str]:
    """Give the names of the agencies that are meant by name or code; all must be kept already."""
    from sightline.apps.access.queries import agency_named

    found = {words: agency_named(words) for words in covers}
    unknown = [repr(words) for words, one in found.items() if one is None]
    if unknown:
        raise NotAllowedHere(f"--covers: no agency is called {', '.join(unknown)}. Add it first.")
    return [one.name for one in found.values() if one is not None]


@agency.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def list_agencies(*, as_json: bool) -> None:
    """List the agencies."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.queries import agencies

        found = [{"name": a.name, "kind": a.kind, "area": a.area, "code": a.code} for a in agencies()]
    _say({"agencies": found}, "\n".join(f"{a['name']} ({a['kind']})" for a in found), as_json=as_json)


@click.group()
def user() -> None:
    """Add officers who may sign in."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--agency", "agency_name", required=True, help="The agency: its name or code.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.option("--desk", type=click.Choice(["safeguarding", *OTHER_DESKS]),
              help="The desk of the agency at which the officer sits.")
@click.password_option(help="At least 12 characters; asked for where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def add_user(
    *, email: str, name: str, agency_name: str, role: str, desk: str | None, password: str, as_json: bool
) -> None:
    """Add an officer with the log-in EMAIL; a second factor is set at the first sign-in."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.actions import AlreadyKept, keep_officer
        from sightline.apps.access.queries import agency_named

        _require_good(password)
        found = agency_named(agency_name)
        if found is None:
            raise NotAllowedHere(f"No agency is called {agency_name!r}. Add it with sightline agency add.")
        try:
            id_ = keep_officer(email=email, name=name, password=password, agency=found.id, role=role,
                               on=datetime.now(UTC).date(), desk=desk)
        except (AlreadyKept, ValueError) as refused:
            raise NotAllowedHere(str(refused)) from None
    _say({"officer": str(id_)}, f"{name} may sign in as {email}.", as_json=as_json)


@user.command("end")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def end_user(email: str, *, as_json: bool) -> None:
    """End the access of the officer EMAIL at once: the sign-in and every role. What was done stays under the name."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.actions import NoSuchOfficer, end_access

        try:
            left = end_access(email=email, on=datetime.now(UTC).date())
        except NoSuchOfficer as refused:
            raise NotAllowedHere(str(refused)) from None
    words = [f"{email} may no longer sign in.", *(f"Name somebody else for the desk: {desk}." for desk in left)]
    _say({"ended": email, "desks": left}, "\n".join(words), as_json=as_json)


@user.command("reset")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def reset_user(email: str, *, as_json: bool) -> None:
    """Remove all second factors of the officer EMAIL, who lost them: another is set up at the next sign-in.

    Make sure that it is the officer who asks: until then the password alone opens the account.
    """
    with database_at_hand(role="web", as_json=as_json):
        from sightline.apps.access.queries import officer_by_email
        from sightline.interfaces.web.sign_in.second_factor import forget_second_factors

        officer = officer_by_email(email)
        if officer is None:
            raise NotAllowedHere("There is no officer with this e-mail who may sign in.")
        removed = forget_second_factors(officer.id)
    _say({"reset": email, "removed": removed},
         f"{email} sets up a second factor at the next sign-in; {removed} removed.", as_json=as_json)


def _require_good(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as weak:
        raise NotAllowedHere(" ".join(weak.messages)) from None


def _say(document: dict[str, Any], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else words)
