"""The commands `sightline desk`: hours, rota, channels and webhook of an agency's desk."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from sightline.interfaces.cli.at_hand import NotAllowedHere, database_at_hand

DESKS = ("safeguarding", "education", "manager", "director", "out-of-hours")
CHANNELS = ("e-mail", "text", "notify-email", "webhook")


@click.group()
def desk() -> None:
    """Keep the hours and the rota of desks, and how they are told."""


@desk.command("show")
@click.argument("agency")
@click.option("--at", "at_text", default="", help="An instant with its offset; else now.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def show(agency: str, at_text: str, *, as_json: bool) -> None:
    """Show the desks of AGENCY, and who is on duty now or at an instant."""
    with database_at_hand(role="worker", as_json=as_json):
        at = _instant(at_text) if at_text else datetime.now(UTC)
        from sightline.apps.access.queries import agency_book, contacts
        from sightline.apps.access.rota import rota_at
        from sightline.domain.duties.hours import say_hours

        id_ = _agency(agency)
        rota = rota_at(at, book=agency_book())
        now = rota.on_duty(id_)
        mine = contacts(id_)
        found = [{"desk": c.desk, "name": c.name, "at_the_desk": rota.at_desk(c).name,
                  "hours": list(say_hours(c.hours)), "channels": list(c.channels), "webhook": bool(c.webhook)}
                 for c in mine]
    words = [f"On duty: {now.name}, {now.phone or 'no number'} ({now.because}).",
             *(f"{c.desk}: {c.name}. {'; '.join(say_hours(c.hours))}." for c in mine)]
    _say({"on_duty": {"desk": now.contact.desk, "name": now.name, "phone": now.phone, "because": now.because},
          "desks": found}, "\n".join(words), as_json=as_json)


@desk.command("hours")
@click.argument("agency")
@click.argument("name", type=click.Choice(DESKS), metavar="DESK")
@click.option("--open", "spans", multiple=True, metavar="HOURS",
              help="When it is open, such as \"mon-fri 09:00-17:00\"; may be given several times.")
@click.option("--always", is_flag=True, help="It is always open.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def hours(agency: str, name: str, *, spans: tuple[str, ...], always: bool, as_json: bool) -> None:
    """Keep the hours of a DESK of AGENCY."""
    from sightline.domain.duties.hours import read_spans, say_hours
    from sightline.domain.duties.rota import HoursRefused

    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.rota import keep_desk

        if bool(spans) == always:
            raise NotAllowedHere("Give --open with hours, or --always.")
        try:
            read = read_spans(spans)
        except HoursRefused as refused:
            raise NotAllowedHere(str(refused)) from None
        keep_desk(contact=_desk(agency, name), spans=read)
    _say({"hours": list(say_hours(read))}, f"Open: {'; '.join(say_hours(read))}.", as_json=as_json)


@desk.command("turn")
@click.argument("agency")
@click.argument("name", type=click.Choice(DESKS), metavar="DESK")
@click.argument("person")
@click.option("--from", "from_text", required=True, metavar="INSTANT", help="With its offset.")
@click.option("--until", "until_text", required=True, metavar="INSTANT", help="With its offset.")
@click.option("--phone", default="")
@click.option("--email", default="")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def turn(
    agency: str, name: str, person: str, *, from_text: str, until_text: str, phone: str, email: str, as_json: bool
) -> None:
    """Put PERSON on the rota of a DESK of AGENCY."""
    from sightline.domain.duties.rota import Turn

    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.rota import TurnRefused, keep_desk

        given = Turn(_instant(from_text), _instant(until_text), person, phone, email)
        try:
            keep_desk(contact=_desk(agency, name), turns=[given])
        except TurnRefused as refused:
            raise NotAllowedHere(str(refused)) from None
    _say({"turn": person}, f"{person} is on the rota.", as_json=as_json)


@desk.command("reach")
@click.argument("agency")
@click.argument("name", type=click.Choice(DESKS), metavar="DESK")
@click.option("--by", "channels", multiple=True, type=click.Choice(CHANNELS),
              help="A channel, in the order in which they are tried; none gives the usual ones.")
@click.option("--webhook", default=None, metavar="URL",
              help="The address to call, with a new secret; \"\" removes it.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def reach(agency: str, name: str, *, channels: tuple[str, ...], webhook: str | None, as_json: bool) -> None:
    """Choose how a DESK of AGENCY is told; prints the secret with which a new webhook is signed."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.queries import contacts
        from sightline.apps.access.rota import keep_desk
        from sightline.interfaces.channels.webhook import secret_of

        if webhook:
            _require_callable(webhook)
        contact = _desk(agency, name)
        keep_desk(contact=contact, channels=channels, webhook=webhook)
        kept = next(c for c in contacts() if c.id == contact)
        secret = secret_of(contact=contact, edition=kept.webhook_edition) if webhook else None
    said = ", then ".join(channels) or "the usual channels"
    words = f"Told by {said}." + (f"\nThe secret of the webhook, shown once: {secret}" if secret else "")
    _say({"channels": list(channels), "secret": secret}, words, as_json=as_json)


def _require_callable(url: str) -> None:
    from django.conf import settings

    from sightline.interfaces.channels.webhook import WebhookRefused, endpoint_of

    try:
        endpoint_of(url, networks=settings.WEBHOOK_NETWORKS)
    except WebhookRefused as refused:
        raise NotAllowedHere(f"--webhook: {refused}") from None


def _agency(words: str) -> int:
    from sightline.apps.access.queries import agency_named

    found = agency_named(words)
    if found is None:
        raise NotAllowedHere(f"No agency is called {words!r}. Add it with sightline agency add.")
    return found.id


def _desk(agency: str, name: str) -> int:
    from sightline.apps.access.queries import contacts

    found = next((c for c in contacts(_agency(agency)) if c.desk == name), None)
    if found is None:
        raise NotAllowedHere("The agency has no such desk. Add the desk first, with sightline agency add.")
    return found.id


def _instant(text: str) -> datetime:
    from sightline.domain.vocabulary.moment import UnreadableMoment, read_instant

    try:
        return read_instant(text)
    except UnreadableMoment:
        raise NotAllowedHere("Write an instant with its offset, such as 2026-05-20T17:00:00+01:00.") from None


def _say(document: dict[str, Any], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else words)
