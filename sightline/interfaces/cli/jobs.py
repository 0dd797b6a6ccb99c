"""The command `sightline jobs`: what failed, and what to do with it."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import click

from sightline.config.environment import read_environment
from sightline.interfaces.cli.refusals import told_in_words
from sightline.interfaces.serve.at_hand import require_started, server_at_hand


@click.command()
@click.option("--again", type=int, multiple=True, metavar="NUMBER", help="Run this failed job again.")
@click.option("--let-go", type=int, multiple=True, metavar="NUMBER", help="Remove this failed job for good.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def jobs(again: tuple[int, ...], let_go: tuple[int, ...], *, as_json: bool) -> None:
    """List the jobs that failed; run them again or let go of them. What went wrong is in logs/worker.log."""
    with told_in_words(as_json=as_json):
        environment = read_environment()
        require_started(environment)
        with server_at_hand(environment):
            document = _done(again, let_go)
    if as_json:
        click.echo(json.dumps(document))
    else:
        for job in document["failed"]:
            click.echo(f"{job['id']}  {job['task']}  tried {job['attempts']} times, last {job['failed_at']}")
        if not document["failed"]:
            click.echo("No job failed.")
        for number in document["unknown"]:
            click.echo(f"There is no failed job {number}.", err=True)
    if document["unknown"]:
        raise click.exceptions.Exit(1)


def _done(again: tuple[int, ...], let_go: tuple[int, ...]) -> dict[str, list[Any]]:
    """Do what was asked as the role that runs jobs, and tell what is left."""
    os.environ["SIGHTLINE_ROLE"] = "worker"
    os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.config.settings"

    import django

    django.setup()
    from sightline.interfaces.jobs import failed

    now = datetime.now(UTC)
    unknown = [number for number in again if not failed.run_again(number, at=now)]
    unknown += [number for number in let_go if not failed.let_go(number)]
    left = [
        {
            "id": job.id,
            "task": job.task,
            "attempts": job.attempts,
            "failed_at": job.failed_at and job.failed_at.isoformat(timespec="seconds"),
        }
        for job in failed.failed_jobs()
    ]
    return {"failed": left, "unknown": unknown}
