"""The command `sightline check`: is everything that must run running?"""

import json
import os

import click

from sightline.config.environment import read_environment
from sightline.config.server import server_of
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.at_hand import require_started


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def check(*, as_json: bool) -> None:
    """Say whether database, worker, jobs, notices, feeds, inputs, seals and disk are well; exit status 1 if not."""
    with told_in_words(as_json=as_json):
        environment = read_environment()
        require_started(environment)
        # Asked directly: Django's pool would go on trying for ten seconds.
        answers = server_of(environment).answers()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")

        import django

        django.setup()
    from sightline.interfaces.serve.condition import as_document, condition

    found = condition(answers=answers)
    if as_json:
        click.echo(json.dumps(as_document(found)))
    else:
        width = max(len(finding.name) for finding in found)
        for finding in found:
            mark = "well" if finding.well else "NOT WELL"
            click.echo(f"{mark:8}  {finding.name.replace('_', ' '):{width}}  {finding.says}")
    if not all(finding.well for finding in found):
        raise click.exceptions.Exit(1)
