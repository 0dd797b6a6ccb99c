"""Open the database for a command, in the role that the command needs, and say who acts with which purpose."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sightline.config.environment import read_environment
from sightline.config.refusal import Refusal
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.at_hand import require_started, server_at_hand

if TYPE_CHECKING:
    from sightline.apps.access.acting import Acting

Command = TypeVar("Command", bound=Callable[..., Any])


class NotAllowedHere(Refusal):
    """Who acts, in which role or with which purpose, does not allow this; the message says what to do."""


@contextmanager
def database_at_hand(*, role: str, as_json: bool) -> Iterator[None]:
    """Connect as the role (web, worker) for a block, with the embedded server started if it does not run.

    What goes wrong is told in words; nothing of it is a traceback.
    """
    with told_in_words(as_json=as_json):
        os.environ["SIGHTLINE_ROLE"] = role
        environment = read_environment()
        require_started(environment)
        with server_at_hand(environment):
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
            import django

            django.setup()
            from django.db import connections

            try:
                yield
            finally:
                connections.close_all()


def acting_options(command: Command) -> Command:
    """Add the options that say who acts, and why."""
    for option in (
        click.option("--because", default="", help="Why, in a sentence, where the purpose asks for it."),
        click.option("--purpose", envvar="SIGHTLINE_PURPOSE", required=True,
                     help="Why you look: protect, assess, custody, missing, education, records, inspect, other."),
        click.option("--as", "email", envvar="SIGHTLINE_AS", required=True, metavar="EMAIL",
                     help="The officer who acts; rights are that officer's."),
        click.option("--agency", default=None, help="For which agency, where the officer works for several."),
    ):
        command = option(command)
    return command


@contextmanager
def acting_on_command(email: str, *, purpose: str, because: str, agency: str | None) -> "Iterator[Acting]":
    """Begin a piece of work for an officer and act in it for a block, as a page would: one transaction.

    What the block kept in the audit stays there when it refuses by NotAllowedHere: refusals are looks too.
    """
    from django.db import connection, transaction

    from sightline.apps.access.acting import begin_work
    from sightline.apps.access.actions import PurposeNeedsReason, PurposeNotAllowed, start_work
    from sightline.apps.access.queries import memberships_of, officer_by_email
    from sightline.domain.vocabulary.moment import day_of

    at = datetime.now(UTC)
    refusal: NotAllowedHere | None = None
    with transaction.atomic():
        officer = officer_by_email(email)
        members = memberships_of(officer.id, on=day_of(at)) if officer else []
        members = [m for m in members if agency is None or agency.lower() in (m.agency.name.lower(), m.agency.slug)]
        if officer is None or not members:
            raise NotAllowedHere("There is no such officer with a role today. Check --as and --agency.")
        with connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.officer', %s, true)", [str(officer.id)])
        try:
            work = start_work(officer=officer.id, membership=members[0].id, purpose=purpose, because=because, at=at)
        except (PurposeNotAllowed, PurposeNeedsReason) as refused:
            raise NotAllowedHere(str(refused)) from None
        acting = begin_work(officer.id, work, at=at)
        assert acting is not None
        try:
            yield acting
        except NotAllowedHere as refused:
            refusal = refused
    if refusal is not None:
        raise refusal
