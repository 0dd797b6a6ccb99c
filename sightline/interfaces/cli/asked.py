"""Options by which a command is told which child is meant: identifiers, or name and date of birth."""

from datetime import date

import click

from sightline.domain.vocabulary.identity import Identity
from sightline.interfaces.cli.at_hand import Command


def child_options(command: Command) -> Command:
    """Add the options upn, nhs, pnc, given, family and born to a command."""
    for option in reversed((
            click.option("--upn", help="Unique pupil number."), click.option("--nhs", help="NHS number."),
            click.option("--pnc", help="Police national computer number."), click.option("--given", help="First name."),
            click.option("--family", help="Surname."), click.option("--born", help="Date of birth, as 2011-04-03."))):
        command = option(command)
    return command


def asked_child(
    *, upn: str | None, nhs: str | None, pnc: str | None, given: str | None, family: str | None, born: str | None
) -> Identity:
    """Give whom the options mean.

    Raises click.UsageError where they name nobody, or the date of birth cannot be read.
    """
    identifiers = {kind: value for kind, value in (("upn", upn), ("nhs", nhs), ("pnc", pnc)) if value}
    if not identifiers and not (given and family and born):
        raise click.UsageError("Give an identifier, or first name, surname and date of birth.")
    try:
        born_on = date.fromisoformat(born) if born else None
    except ValueError:
        raise click.UsageError("Write the date of birth as 2011-04-03.") from None
    return Identity("", "", given=given, family=family, born_on=born_on, identifiers=identifiers)
