"""The commands `sightline serve` and `sightline up`: everything that must run, until Ctrl-C."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace

import click

from sightline.config.environment import Environment, read_environment
from sightline.config.folders import DataFolder
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.demonstrating import CHILDREN, load_demonstration
from sightline.interfaces.serve.demonstration import demonstration_log_ins
from sightline.interfaces.serve.supervisor import Supervisor


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; else PORT, else 8000.")
@click.option("--no-worker", is_flag=True, help="Serve pages only; jobs run elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document when pages are served.")
def serve(port: int | None, *, no_worker: bool, as_json: bool) -> None:
    """Run database, pages and jobs until Ctrl-C.

    What dies is started again. A second Ctrl-C stops at once.
    """
    with told_in_words(as_json=as_json):
        _serve(_environment(port), as_json=as_json, with_worker=not no_worker)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; else PORT, else 8000.")
@click.option("--children", type=click.IntRange(1, 100_000), default=CHILDREN, show_default=True,
              help="How many children to invent besides those of the stories, the first time.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document when pages are served.")
def up(port: int | None, *, children: int, as_json: bool) -> None:
    """Run everything for a first look, with the demonstration's log-ins shown."""
    with told_in_words(as_json=as_json):
        environment = _environment(port)
        _serve(environment, as_json=as_json, with_worker=True,
               before_serving=lambda: load_demonstration(environment, children=children, say=_say))


def _environment(port: int | None) -> Environment:
    environment = read_environment()
    if port is None:
        return environment
    default = environment.address == f"http://localhost:{environment.port}"
    return replace(
        environment, port=port, address=f"http://localhost:{port}" if default else environment.address
    )


def _serve(
    environment: Environment, *, as_json: bool, with_worker: bool,
    before_serving: Callable[[], None] = lambda: None,
) -> None:
    def ready() -> None:
        with suppress(OSError):
            _tell_address(environment, as_json=as_json)

    Supervisor(environment, say=_say, with_worker=with_worker).run(ready=ready, before_serving=before_serving)
    _say("Stopped.")


def _say(words: str) -> None:
    # The terminal may be gone while we still run; that is no reason to stop serving.
    with suppress(OSError):
        click.echo(words, err=True)


def _tell_address(environment: Environment, *, as_json: bool) -> None:
    log_ins = demonstration_log_ins(DataFolder(environment.data).demonstration)
    if as_json:
        click.echo(json.dumps({"address": environment.address, "log_ins": [asdict(one) for one in log_ins]}))
        return
    click.echo(f"\nSightline is at {environment.address}")
    for one in log_ins:
        click.echo(f"  {one.who}: {one.email}  {one.password}")
    click.echo("Ctrl-C stops it; the data stays.\n")
