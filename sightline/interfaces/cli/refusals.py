"""How every command tells that something was refused: in words and with exit status 1, in JSON if asked for."""

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sightline.config.refusal import Refusal


@contextmanager
def told_in_words(*, as_json: bool) -> Iterator[None]:
    """Turn a Refusal in the block into its words and exit status 1; with JSON into `{"refused": "..."}`."""
    try:
        yield
    except Refusal as refusal:
        words = str(refusal)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        # What the error says may hold values; its kind and place do not.
        place = traceback.extract_tb(error.__traceback__)[-1]
        words = (
            f"This did not work, for a reason that Sightline did not foresee ({type(error).__name__}, "
            f"{Path(place.filename).name} line {place.lineno}). Please report these words."
        )
    else:
        return
    if as_json:
        click.echo(json.dumps({"refused": words}))
    click.echo(words, err=True)
    raise click.exceptions.Exit(1)
