"""How every command tells that something was refused: in words and with exit status 1, in JSON if asked for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from sightline.config.refusal import Refusal


@contextmanager
def told_in_words(*, as_json: bool) -> Iterator[None]:
    """Turn a Refusal in the block into its words and exit status 1; with JSON into `{"refused": "..."}`."""
    try:
        yield
    except Refusal as refusal:
        if as_json:
            click.echo(json.dumps({"refused": str(refusal)}))
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from None
