"""The command `sightline code`: in a demonstration, the code that an invented officer's app would show now."""

import json
import os
import sys

import click
import django


@click.command()
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def code(email: str, as_json: bool) -> None:
    """Show the code with which the demonstration's officer EMAIL signs in now."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    django.setup()
    from sightline.interfaces.web.sign_in.demonstration import NotADemonstration, code_of

    try:
        shown = code_of(email)
    except NotADemonstration as refused:
        click.echo(str(refused), err=True)
        if as_json:
            click.echo(json.dumps({"email": email, "code": None, "why": str(refused)}))
        sys.exit(1)
    click.echo(json.dumps({"email": email, "code": shown}) if as_json else shown)
