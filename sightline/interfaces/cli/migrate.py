"""The command `sightline migrate`: bring the database up to date without serving anything."""

import json

import click

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.at_hand import server_at_hand
from sightline.interfaces.serve.preparing import bring_up_to_date


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def migrate(*, as_json: bool) -> None:
    """Prepare roles and database, apply migrations and grants, collect static files. May be repeated."""
    with told_in_words(as_json=as_json):
        environment = read_environment()
        DataFolder(environment.data).make()
        with server_at_hand(environment) as server:
            warnings = bring_up_to_date(environment, server, always=True)
    for warning in warnings:
        click.echo(warning, err=True)
    click.echo(json.dumps({"migrated": True, "warnings": warnings}) if as_json else "The database is up to date.")
