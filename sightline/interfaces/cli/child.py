"""The commands `sightline child ...`: what pages show of a child, for an officer with a purpose, and no more."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.moment import UnreadableMoment, read_instant
from sightline.interfaces.cli.asked import asked_child, child_options
from sightline.interfaces.cli.at_hand import NotAllowedHere, acting_on_command, acting_options, database_at_hand

if TYPE_CHECKING:
    from sightline.apps.access.acting import Acting

Document = Callable[[UUID, datetime | None], dict[str, Any]]


@click.group()
def child() -> None:
    """Find a child and show what may be seen of the record."""


@child.command()
@acting_options
@child_options
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def find(
    *, email: str, purpose: str, because: str, agency: str | None, upn: str | None, nhs: str | None, pnc: str | None,
    given: str | None, family: str | None, born: str | None, as_json: bool,
) -> None:
    """Find a child by an identifier, or by name and date of birth; nobody can list children."""
    told = asked_child(upn=upn, nhs=nhs, pnc=pnc, given=given, family=family, born=born)
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting:
        from sightline.apps.people.queries import find as find_people

        _require(acting, Verb.FIND_CHILD, act="find a child")
        hits = find_people(told, most=10)
        _audit(acting, "find a child", [hit.person for hit in hits])
        document = {"children": [
            {"child": hit.person, "name": hit.said.name, "born_on": hit.said.born_on, "told_by": hit.said.agency,
             "fits": hit.fits, "because": hit.because} for hit in hits]}
    _answer(document, as_json=as_json)


def _show(person: UUID, known_at: datetime | None) -> dict[str, Any]:
    """Show who the child is, who has a part, and how soon somebody must look."""
    from sightline.apps.people.queries import parts_of, said_of
    from sightline.apps.signs.queries import attention_of

    attention = attention_of(person)
    return {
        "said": [{"agency": s.agency, "name": s.name, "born_on": s.born_on, "told_at": s.told_at}
                 for s in said_of([person]).get(person, [])],
        "parts": [{"agency": p.agency, "part": p.part, "since": p.since} for p in parts_of(person)],
        "attention": attention and {"level": attention.attention, "because": attention.because}}


def _timeline(person: UUID, known_at: datetime | None) -> dict[str, Any]:
    """Show what was told of the child, newest first."""
    from sightline.apps.record.queries import told_of

    return {"entries": [
        {"id": t.entry.id, "kind": t.entry.kind, "at": t.entry.at, "by": t.entry.by, "facts": dict(t.entry.facts),
         "recorded_at": t.recorded_at, "corrected": t.corrected, "withdrawn": t.withdrawn}
        for t in told_of(person, most=1000, known_at=known_at)]}


def _signs(person: UUID, known_at: datetime | None) -> dict[str, Any]:
    """Show the warning signs on the child, each with its reasons."""
    from sightline.apps.signs.queries import attention_of, signs_of

    attention = attention_of(person)
    return {"attention": attention.attention if attention else None, "signs": [
        {"code": s.code, "family": s.family, "critical": s.critical, "title": s.title, "because": s.because,
         "reasons": s.reasons, "first_at": s.first_at, "last_at": s.last_at, "edition": s.edition, "source": s.source,
         "closed": s.closed.words if s.closed else None} for s in signs_of(person)]}


def _duties(person: UUID, known_at: datetime | None) -> dict[str, Any]:
    """Show what is owed for the child, by whom and until when."""
    from sightline.apps.duties.queries import duties_of

    return {"duties": [
        {"id": d.id, "code": d.code, "what": d.what, "owed_by": d.owed_by, "owner": d.owner, "owed_to": d.owed_to,
         "due_at": d.due_at, "local_target_at": d.local_target_at, "state": d.state, "met_at": d.met_at,
         "authority": d.authority, "verified": d.verified} for d in duties_of(person, most=500)]}


def _command(name: str, document: Document) -> click.Command:
    @click.command(name, help=document.__doc__)
    @acting_options
    @click.argument("person", type=click.UUID)
    @click.option("--known-at", help="As known at this instant, as 2026-05-10T12:00:00+01:00 (timeline only).")
    @click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
    def shown(
        *, email: str, purpose: str, because: str, agency: str | None, person: UUID, known_at: str | None,
        as_json: bool,
    ) -> None:
        instant = _instant(known_at) if known_at else None
        with database_at_hand(role="web", as_json=as_json), acting_on_command(
                email, purpose=purpose, because=because, agency=agency) as acting, looking(acting, person, name):
            told = {"child": person, **document(person, instant)}
        _answer(told, as_json=as_json)

    return shown


for _name, _document in (("show", _show), ("timeline", _timeline), ("signs", _signs), ("duties", _duties)):
    child.add_command(_command(_name, _document))


@contextmanager
def looking(acting: "Acting", person: UUID, what: str) -> Iterator[None]:
    """Look at a child for a block, under the rights of who acts, and keep that in the audit.

    Raises NotAllowedHere.
    """
    from sightline.apps.people.queries import is_known

    act = f"see a child: {what}"
    _require(acting, Verb.SEE_CHILD, act=act, person=person)
    if not is_known(person):
        _audit(acting, act, refused=person)
        raise NotAllowedHere("There is no such child, or none in whose life your agency has a part.")
    _audit(acting, act, [person])
    yield


def _audit(acting: "Acting", act: str, children: Iterable[UUID] = (), *, refused: UUID | bool = False) -> None:
    from sightline.apps.access.actions import keep_audit

    about = {"person": str(refused)} if isinstance(refused, UUID) else {}
    keep_audit(acting, act=act, children=children, refused=bool(refused), about=about)


def _require(acting: "Acting", verb: Verb, *, act: str, person: UUID | None = None) -> None:
    from sightline.domain.access.roles import RoleNotAllowed, require_may

    try:
        require_may(acting.role, verb)
    except RoleNotAllowed as refused:
        _audit(acting, act, refused=person or True)
        raise NotAllowedHere(str(refused)) from None


def _answer(document: Any, *, as_json: bool) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, default=str, indent=None if as_json else 2))


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except UnreadableMoment as unreadable:
        raise click.UsageError(str(unreadable)) from None
