"""The command `sightline known`: is this child known, and whom do I ring? An answer and a contact, as on the page."""

import json
import sys
from datetime import UTC, datetime

import click

from sightline.domain.access.verbs import Verb
from sightline.interfaces.cli.asked import asked_child, child_options
from sightline.interfaces.cli.at_hand import NotAllowedHere, acting_on_command, acting_options, database_at_hand


@click.command()
@acting_options
@child_options
@click.option("--why", required=True, help="Why you ask, in a sentence without the child's name.")
@click.option("--here", required=True, help="The council in whose area you are.")
@click.option("--ring-back", required=True, help="The number on which you can be rung.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def known(
    *, email: str, purpose: str, because: str, agency: str | None, upn: str | None, nhs: str | None, pnc: str | None,
    given: str | None, family: str | None, born: str | None, why: str, here: str, ring_back: str, as_json: bool,
) -> None:
    """Ask whether a child is known, and whom to ring: yes, no or ring, and nothing of the record."""
    told = asked_child(upn=upn, nhs=nhs, pnc=pnc, given=given, family=family, born=born)
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting:
        from sightline.apps.access.actions import keep_audit
        from sightline.apps.access.queries import agency_book
        from sightline.apps.disclosure.asking import NotForThisAgency, ask_if_known
        from sightline.domain.access.roles import RoleNotAllowed, require_may
        from sightline.domain.disclosure.asking import ANSWERS, Answered

        council = agency_book().council(here)
        if council is None:
            raise NotAllowedHere("No council of that name is kept here. Write the area's name, such as Knowsley.")
        try:
            require_may(acting.role, Verb.ASK_IF_KNOWN)
            reply = ask_if_known(
                told, because=why, here=council.id, ring_back=ring_back, at=datetime.now(UTC))
        except (RoleNotAllowed, NotForThisAgency) as refused:
            keep_audit(acting, act="ask if a child is known", writes=True, refused=True)
            raise NotAllowedHere(str(refused)) from None
        keep_audit(acting, act="ask if a child is known", writes=True, about={"question": str(reply.question)})
        ring = reply.ring and {"agency": reply.ring.contact.agency, "name": reply.ring.name, "phone": reply.ring.phone}
        document = {"answer": reply.answer.value, "says": ANSWERS[reply.answer], "ring": ring}
    click.echo(json.dumps(document, ensure_ascii=False, indent=None if as_json else 2))
    if reply.answer in (Answered.TOO_OFTEN, Answered.NOT_ANSWERED):
        sys.exit(1)
