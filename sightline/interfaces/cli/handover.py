"""The commands `sightline handover ...`: what pages do with handovers, for an officer with a purpose, and no more."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import click

from sightline.domain.access.verbs import Verb
from sightline.domain.responsibility.handing_over import ANSWER_WITHIN, TransferState
from sightline.domain.responsibility.sections import HandoverKind
from sightline.interfaces.cli.at_hand import NotAllowedHere, acting_on_command, acting_options, database_at_hand

if TYPE_CHECKING:
    from sightline.apps.access.acting import Acting
    from sightline.apps.responsibility.queries import TransferFacts

MOST = 100
LATELY = timedelta(days=14)
KINDS = [kind.value for kind in HandoverKind if kind is not HandoverKind.SAFETY]
NOT_THERE = "There is no such handover, or none in which your agency takes part."


@dataclass(frozen=True, slots=True)
class Who:
    """Hold who acts on the command line, why, and how to answer."""

    email: str
    purpose: str
    because: str
    agency: str | None
    as_json: bool


class AtWork(click.Command):
    """Take the options that say who acts out of a command's own, and give them to it as one object."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command with who acts first."""
        ctx.obj = Who(*(ctx.params.pop(name) for name in ("email", "purpose", "because", "agency", "as_json")))
        return super().invoke(ctx)


as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
to_agency = click.option("--to", required=True, metavar="AGENCY", help="The agency that receives, by name or code.")
to_desk = click.option("--desk", default="safeguarding", show_default=True, help="Which of its desks.")
words = click.option("--words", required=True, help="Why, and what you ask of them; name nobody here.")


@click.group()
def handover() -> None:
    """Offer, hand over, answer and read: a child's safety, a plan, a file, a placement's notice."""


@handover.command("list", cls=AtWork)
@acting_options
@as_json
@click.pass_obj
def list_handovers(who: Who) -> None:
    """List whom your agency protects, what is offered to it, and what it handed over in the last 14 days."""
    with _at_work(who, Verb.SEE_QUEUE, act="see whom we protect") as (acting, at):
        from sightline.apps.responsibility.queries import handed_over_by, offered_to, owned_by, protected_names

        events, offers = owned_by(acting.agency, most=MOST), offered_to(acting.agency, most=MOST)
        handed = handed_over_by(acting.agency, since=at - LATELY, most=MOST)
        names = protected_names([event.id for event in events])
        _audit(acting, "see whom we protect", [*(e.person for e in events), *(o.person for o in offers)])
        document = {
            "protecting": [{"event": e.id, "child": e.person, "name": names.get(e.id), "happening": e.happening.value,
                            "since": e.owner_since, "rule": e.rule} for e in events],
            "offered": [_told(one) for one in offers], "handed_over": [_told(one) for one in handed]}
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("transfer", type=click.UUID)
@as_json
@click.pass_obj
def show(who: Who, *, transfer: UUID) -> None:
    """Show a handover to either side: how it stands, and what its pack will hold and what not."""
    act = "see an offer"
    with _at_work(who, Verb.SEE_QUEUE, act=act) as (acting, _), _refusals(acting, act):
        found = _found(transfer)
        document = _shown(found)
        _audit(acting, act, [found.person])
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("event", type=click.UUID)
@to_agency
@to_desk
@words
@click.option("--minutes", type=click.IntRange(min=1), default=int(ANSWER_WITHIN.total_seconds() // 60),
              show_default=True, help="How long they have to answer.")
@as_json
@click.pass_obj
def offer(who: Who, *, event: UUID, to: str, desk: str, words: str, minutes: int) -> None:
    """Offer a child's safety, by its event, to another agency: it stays yours until a named person there accepts."""
    act = "offer a child's safety"
    with _at_work(who, Verb.DECIDE, act=act) as (acting, at), _refusals(acting, act):
        from sightline.apps.responsibility.transfers import offer as offer_event

        made = offer_event(acting=acting, event=event, to_contact=_desk(to, desk), words=words,
                           answer_by=at + timedelta(minutes=minutes), at=at)
        document = _done(acting, made, act=act)
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("child", type=click.UUID)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What is handed over.")
@to_agency
@to_desk
@words
@as_json
@click.pass_obj
def give(who: Who, *, child: UUID, kind: str, to: str, desk: str, words: str) -> None:
    """Hand a plan, an enquiry, a school's file or a placement's notice over; the receipt is by name."""
    act = "hand something of a child over"
    with _at_work(who, Verb.DECIDE, act=act) as (acting, at), _refusals(acting, act):
        from sightline.apps.people.queries import is_known
        from sightline.apps.responsibility.transfers import TransferRefused, hand_over
        from sightline.interfaces.web.handover.receipts import tell_of_sending

        if not is_known(child):
            raise TransferRefused("There is no such child, or none in whose life your agency has a part.")
        made = hand_over(acting=acting, person=child, kind=HandoverKind(kind), to_contact=_desk(to, desk), words=words,
                         at=at)
        tell_of_sending(acting, made, at=at)
        document = _done(acting, made, act=act)
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("transfer", type=click.UUID)
@click.option("--seen", type=click.IntRange(min=1, max=10**9), default=None,
              help="The version of the pack that you saw; where a newer one is there, nothing is accepted.")
@as_json
@click.pass_obj
def accept(who: Who, *, transfer: UUID, seen: int | None) -> None:
    """Accept by name: from this instant your agency protects the child, or has received what was handed over."""
    act = "answer an offer"
    with _at_work(who, Verb.DECIDE, act=act) as (acting, at), _refusals(acting, act):
        from sightline.apps.responsibility.transfers import accept as accept_transfer
        from sightline.interfaces.web.handover.receipts import tell_of_receipt

        found = _found(transfer)
        accept_transfer(transfer=transfer, at=at, seen_version=seen)
        if found.state == TransferState.OFFERED:
            tell_of_receipt(acting, found, at=at)
        document = _done(acting, transfer, act=act)
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("transfer", type=click.UUID)
@click.option("--reason", required=True, help="Why you refuse.")
@click.option("--whose", required=True, help="Whose it is instead: not ours is no answer.")
@click.option("--by-rule", default="", help="For a child's safety: by which rule, R1 to R21.")
@as_json
@click.pass_obj
def refuse(who: Who, *, transfer: UUID, reason: str, whose: str, by_rule: str) -> None:
    """Refuse, with reasons, whose it is instead, and for a child's safety by which rule."""
    act = "answer an offer"
    with _at_work(who, Verb.DECIDE, act=act) as (acting, at), _refusals(acting, act):
        from sightline.apps.responsibility.transfers import Refusal
        from sightline.apps.responsibility.transfers import refuse as refuse_transfer

        found = _found(transfer)
        refusal = Refusal(reason, whose, by_rule, of_safety=found.kind is HandoverKind.SAFETY)
        refuse_transfer(transfer=transfer, refusal=refusal, at=at)
        document = _done(acting, transfer, act=act)
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("transfer", type=click.UUID)
@as_json
@click.pass_obj
def withdraw(who: Who, *, transfer: UUID) -> None:
    """Withdraw what your agency offered and nobody has answered."""
    act = "answer an offer"
    with _at_work(who, Verb.DECIDE, act=act) as (acting, at), _refusals(acting, act):
        from sightline.apps.responsibility.transfers import withdraw as withdraw_transfer

        _found(transfer)
        withdraw_transfer(transfer=transfer, at=at)
        document = _done(acting, transfer, act=act)
    _answer(document, who)


@handover.command(cls=AtWork)
@acting_options
@click.argument("transfer", type=click.UUID)
@click.option("--version", type=click.IntRange(min=1), default=None, help="Which version; the newest where not given.")
@as_json
@click.pass_obj
def pack(who: Who, *, transfer: UUID, version: int | None) -> None:
    """Read the pack of one handover that you accepted: one child, and there is no list of several."""
    act = "read a handover pack"
    with _at_work(who, Verb.SEE_QUEUE, act=act) as (acting, _), _refusals(acting, act):
        from sightline.apps.responsibility.queries import packs_of
        from sightline.apps.responsibility.transfers import TransferRefused

        found = _found(transfer)
        packs = [one for one in packs_of(transfer, most=MOST) if one.sections is not None]
        shown = next((one for one in packs if version in (None, one.number)), None)
        if shown is None:
            raise TransferRefused("There is no such pack, or it is not yours to read: only who accepted reads it.")
        _audit(acting, act, [found.person])
        document = {"transfer": transfer, "child": found.person, **asdict(shown)}
    _answer(document, who)


@contextmanager
def _at_work(who: Who, verb: Verb, *, act: str) -> "Iterator[tuple[Acting, datetime]]":
    """Act as the officer for a block, where the role allows it."""
    with database_at_hand(role="web", as_json=who.as_json), acting_on_command(
            who.email, purpose=who.purpose, because=who.because, agency=who.agency) as acting:
        from sightline.domain.access.roles import RoleNotAllowed, require_may

        try:
            require_may(acting.role, verb)
        except RoleNotAllowed as refused:
            _refuse(acting, act, str(refused))
        yield acting, datetime.now(UTC)


@contextmanager
def _refusals(acting: "Acting", act: str) -> Iterator[None]:
    """Undo what was refused, keep that it was, and say why."""
    from django.db import transaction

    from sightline.apps.responsibility.transfers import TransferRefused

    try:
        with transaction.atomic():
            yield
    except TransferRefused as refused:
        _refuse(acting, act, str(refused))


def _refuse(acting: "Acting", act: str, why: str) -> NoReturn:
    _audit(acting, act, refused=True)
    raise NotAllowedHere(why)


def _audit(
    acting: "Acting", act: str, children: Iterable[UUID] = (), *, writes: bool = False, refused: bool = False
) -> None:
    from sightline.apps.access.actions import keep_audit

    keep_audit(acting, act=act, children=children, writes=writes, refused=refused)


def _desk(agency: str, desk: str) -> int:
    """Give the desk of an agency that receives. Raises TransferRefused."""
    from sightline.apps.access.queries import agency_named, contacts
    from sightline.apps.responsibility.transfers import TransferRefused

    found = agency_named(agency)
    if found is None:
        raise TransferRefused("No agency of that name or code is kept here. Check --to.")
    desks = {contact.desk: contact.id for contact in contacts(found.id)}
    if desk not in desks:
        raise TransferRefused(f"That agency has no such desk. It has: {', '.join(sorted(desks))}.")
    return desks[desk]


def _found(transfer: UUID) -> "TransferFacts":
    """Give a handover in which the agency takes part. Raises TransferRefused."""
    from sightline.apps.responsibility.queries import transfer as transfer_of
    from sightline.apps.responsibility.transfers import TransferRefused

    found = transfer_of(transfer)
    if found is None:
        raise TransferRefused(NOT_THERE)
    return found


def _done(acting: "Acting", transfer: UUID, *, act: str) -> dict[str, Any]:
    """Keep what was done, have the child read, and show how the handover stands."""
    from sightline.interfaces.jobs.story import read_news

    found = _found(transfer)
    _audit(acting, act, [found.person], writes=True)
    read_news.defer()
    return _shown(found)


def _told(found: "TransferFacts") -> dict[str, Any]:
    """Tell how a handover stands, as both sides may know it."""
    return {"transfer": found.id, "kind": found.kind.value, "what": found.what, "state": found.state,
            "from": found.from_agency, "to": found.to_agency, "to_contact": found.to_contact,
            "offered_by": found.offered_by, "offered_at": found.offered_at, "answer_by": found.answer_by,
            "words": found.words, "answered_by": found.answered_by, "answered_at": found.answered_at,
            "how": found.how if found.answered_at else None, "reason": found.reason or None,
            "whose": found.whose or None, "by_rule": found.by_rule or None}


def _shown(found: "TransferFacts") -> dict[str, Any]:
    from sightline.apps.responsibility.queries import offered_child, packs_of

    child, packs, answered = offered_child(found.id), packs_of(found.id, most=1), found.conference
    return {**_told(found), "event": found.event, "child": None if child is None else asdict(child),
            "pack": _preview(packs[0].number, packs[0].preview, packs[0].withheld) if packs else None,
            "conference": None if answered is None else asdict(answered)}


def _preview(number: int, preview: Mapping[str, Any], withheld: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {"version": number, "sections": [{"section": title, "items": items} for title, items in preview["sections"]],
            "withheld": list(withheld)}


def _answer(document: Any, who: Who) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, default=str, indent=None if who.as_json else 2))
