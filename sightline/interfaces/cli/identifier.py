"""`sightline identifier`: check one number of a child, a school or an address."""

import json
from datetime import UTC, datetime

import click

from sightline.domain.vocabulary.identifier import CHECKS, check


@click.command()
@click.argument("kind")
@click.argument("value")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def identifier(ctx: click.Context, kind: str, value: str, as_json: bool) -> None:
    """Check VALUE as an identifier of this KIND: upn, former-upn, nhs, pnc, cro, laestab, urn or postcode.

    Exit status 0: valid; 1: not valid; 2: no such kind.
    """
    if kind not in CHECKS:
        raise click.UsageError(f"There is no kind '{kind}'. Choose one of: {', '.join(CHECKS)}.")
    answer = check(kind, value, year=datetime.now(UTC).year)
    if as_json:
        click.echo(json.dumps({"valid": answer.valid, "normal": answer.normal, "why": answer.why}))
    else:
        shown = answer.normal.encode("utf-8", "backslashreplace").decode()
        click.echo(f"{'valid' if answer.valid else 'not valid'}: {shown}")
        click.echo(answer.why)
    ctx.exit(0 if answer.valid else 1)
