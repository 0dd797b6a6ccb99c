"""The command `sightline audit verify`: was a row of the audit changed, removed, reordered or cut off?"""

import json
from pathlib import Path

import click

from sightline.interfaces.cli.at_hand import database_at_hand


@click.group()
def audit() -> None:
    """Check who looked at what."""


@audit.command()
@click.option("--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The file of anchors, if not the usual one.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def verify(*, anchors: Path | None, as_json: bool) -> None:
    """Check every sealed row, the chain of seals and the anchors outside; exit status 1 if one is wrong."""
    with database_at_hand(role="worker", as_json=as_json):
        from django.conf import settings

        from sightline.apps.access.acting import at_task
        from sightline.apps.access.anchors import anchors_in
        from sightline.apps.access.sealing import verify as verify_seals

        outside = anchors_in(anchors or Path(settings.AUDIT_ANCHORS))
        with at_task("verify"):
            verdict = verify_seals(outside)
    if as_json:
        click.echo(json.dumps({
            "intact": not verdict.faults, "entries": verdict.entries, "seals": verdict.seals,
            "unsealed": verdict.unsealed, "newest": verdict.newest, "anchors": verdict.anchors,
            "restored": list(outside.let_go), "faults": list(verdict.faults)}))
    else:
        click.echo(f"{verdict.entries} rows under {verdict.seals} seals, {verdict.unsealed} not sealed yet; "
                   f"{verdict.anchors} anchors outside.")
        for words in outside.let_go:
            click.echo(words)
        click.echo("\n".join(verdict.faults) or "Nothing was changed, removed, reordered or cut off.")
    if verdict.faults:
        raise click.exceptions.Exit(1)
