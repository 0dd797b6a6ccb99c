"""The commands `sightline backup` and `sightline restore`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.secrets import MFA_KEY
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.at_hand import require_started, server_at_hand
from sightline.interfaces.serve.backup import DUMP, Manifest, back_up
from sightline.interfaces.serve.restore import restore as bring_back

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def backup(folder: Path, *, as_json: bool) -> None:
    """Copy the whole database into a new FOLDER while people go on working."""
    with told_in_words(as_json=as_json):
        environment = read_environment()
        require_started(environment)
        data = DataFolder(environment.data)
        with server_at_hand(environment) as server:
            manifest = back_up(server, data, folder.absolute(), at=datetime.now(UTC))
    _tell(manifest, folder, as_json=as_json, done="Backed up")
    click.echo(
        f"Keep a copy of {data.secrets / MFA_KEY} in another place than this backup: "
        "without it every officer has to set up a new second factor.",
        err=True,
    )


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--replace", is_flag=True, help="Let go of the records that are in this Sightline now.")
@click.option("--key-lost", is_flag=True, help="The key of the second factors is lost: remove them.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def restore(folder: Path, *, replace: bool, key_lost: bool, as_json: bool) -> None:
    """Bring the backup in FOLDER back; Sightline must not be running."""
    with told_in_words(as_json=as_json):
        environment = read_environment()
        with server_at_hand(environment) as server:
            manifest = bring_back(
                environment,
                server,
                folder.absolute(),
                replace=replace,
                key_lost=key_lost,
                at=datetime.now(UTC),
                say=lambda words: click.echo(words, err=True),
            )
    _tell(manifest, folder, as_json=as_json, done="Restored")


def _tell(manifest: Manifest, folder: Path, *, as_json: bool, done: str) -> None:
    rows, size = sum(manifest.rows.values()), (folder / DUMP).stat().st_size
    document = {"folder": str(folder), "made_at": manifest.made_at, "rows": rows, "bytes": size}
    words = f"{done} {rows} rows in {len(manifest.rows)} tables, as of {manifest.made_at}."
    click.echo(json.dumps(document | {"tables": dict(manifest.rows)}) if as_json else words)
