"""The command `sightline import`: files that agencies send, read the same way as those that come by page."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from sightline.interfaces.cli.at_hand import NotAllowedHere, database_at_hand
from sightline.interfaces.cli.bar import bar


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--feed", required=True, help="The format of the files; sightline feeds lists them.")
@click.option("--from", "sender", required=True, metavar="AGENCY", help="The agency that sends: its name or code.")
@click.option("--as", "email", envvar="SIGHTLINE_AS", default=None, metavar="EMAIL", help="The officer who sends.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def import_files(files: tuple[Path, ...], feed: str, sender: str, email: str | None, *, as_json: bool) -> None:
    """Import FILES: keep what is well formed, say what is not, change nothing where nothing is new."""
    from sightline.domain.intake.feeds import FEEDS

    if feed not in FEEDS:
        raise click.UsageError(f"There is no feed {feed!r}. There are: {', '.join(FEEDS)}.")
    with database_at_hand(role="worker", as_json=as_json):
        documents = [_import(path, feed, sender, email) for path in files]
    if as_json:
        click.echo(json.dumps(documents[0] if len(documents) == 1 else {"files": documents}, ensure_ascii=False))
    else:
        for path, document in zip(files, documents, strict=True):
            _say(path, document)
    if any(document["turned_back"] or document["refused"] for document in documents):
        raise click.exceptions.Exit(1)


def _import(path: Path, feed: str, sender: str, email: str | None) -> dict[str, Any]:
    from sightline import flow
    from sightline.apps.access.acting import at_task
    from sightline.apps.access.actions import keep_audit
    from sightline.apps.intake.actions import FileTooLarge
    from sightline.interfaces.jobs.story import ask_to_send

    agency, officer = _who(sender, email, feed)
    with at_task("receive"), path.open("rb") as stream:
        try:
            submission = flow.receive(stream=stream, feed=feed, agency=agency, officer=officer, file_name=path.name,
                                      at=_now())
        except FileTooLarge as refused:
            raise NotAllowedHere(str(refused)) from None
        keep_audit(None, act="import file", writes=True, about={"submission": submission, "agency": agency})
    with bar(f"Reading {path.name}") as shown:
        facts = _work_through(submission, shown)
    with bar("Looking for signs and duties") as shown:
        flow.read_news(at=_now, progress=lambda people: shown(people, 0))
        flow.ask_of_places(at=_now)
    ask_to_send()
    return _document(submission, facts)


def _work_through(submission: int, shown: Callable[[int, int], None]) -> Any:
    """Read the file; should the worker have come first, wait until it is done or has let go of it."""
    from sightline import flow
    from sightline.apps.intake.actions import ReadBySomebodyElse

    while True:
        try:
            return flow.work_through(submission, at=_now, progress=shown)
        except ReadBySomebodyElse:
            time.sleep(0.5)


def _who(sender: str, email: str | None, feed: str) -> tuple[int, Any]:
    from sightline.apps.access.queries import agencies, agency_named, memberships_of, officer_by_email
    from sightline.domain.access.roles import ROLES, may_send

    agency = agency_named(sender)
    if agency is None:
        known = ", ".join(a.name for a in agencies()[:30])
        raise NotAllowedHere(f"No agency is called {sender!r}. Add it with sightline agency add. There are: {known}.")
    if email is None:
        return agency.id, None
    officer = officer_by_email(email)
    roles = [m for m in memberships_of(officer.id, on=_now().date()) if m.agency.id == agency.id] if officer else []
    if officer is None or not any(may_send(ROLES[m.role], feed) for m in roles):
        raise NotAllowedHere("This officer may not send files of this feed for this agency.")
    return agency.id, officer.id


def _document(submission: int, facts: Any) -> dict[str, Any]:
    from sightline.apps.access.acting import at_task
    from sightline.apps.intake.queries import faults_of

    with at_task("import"):
        faults = faults_of(submission, most=10_000)
    told = [{"row": f.row, "column": f.column, "value": f.value, "fault": f.fault} for f in faults if f.turns_back]
    notes = [{"row": f.row, "column": f.column, "value": f.value, "note": f.fault} for f in faults if not f.turns_back]
    return {
        "submission": submission, "rows": facts.rows, "accepted": facts.accepted, "already_held": facts.already_held,
        "turned_back": facts.turned_back, "faults": told, "notes": notes, "refused": facts.refused_because or None,
    }


def _say(path: Path, document: dict[str, Any]) -> None:
    if document["refused"]:
        click.echo(f"{path.name}: refused whole, nothing was kept. {document['refused']}")
        return
    click.echo(f"{path.name}: {document['rows']} rows, {document['accepted']} accepted, "
               f"{document['already_held']} held already, {document['turned_back']} turned back.")
    for fault in document["faults"]:
        click.echo(f"  row {fault['row']}, {fault['column']}: {fault['fault']}")


def _now() -> datetime:
    return datetime.now(UTC)
