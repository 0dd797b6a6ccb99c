"""The commands `sightline settings ...`: try an area's settings of warning signs, propose them, and apply them."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from sightline.domain.signs.local import MOST_BYTES, assure, read_settings
from sightline.interfaces.cli.at_hand import NotAllowedHere, acting_on_command, acting_options, database_at_hand

if TYPE_CHECKING:
    from sightline.apps.access.acting import Acting

as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def settings() -> None:
    """Change numbers of warning signs for an area, or add signs of its own: each with children that prove it."""


@settings.command()
@file
@as_json
def check(file: Path, as_json: bool) -> None:
    """Try the children in FILE against its signs, and say in words what fails; nothing is kept."""
    text = _text(file)
    failing = assure(text)
    document: dict[str, object] = {"holds": not failing, "failing": failing}
    if not failing:
        told = read_settings(text)
        document |= {"area": told.area, "edition": told.edition, "from": told.from_on.isoformat(), "signs": [
            {"code": one.rule.code, "title": one.rule.title, "differs": one.differs} for one in told.signs]}
    if as_json:
        click.echo(json.dumps(document, indent=1))
    elif failing:
        click.echo("\n".join(failing))
    else:
        click.echo(f"Every case holds. Edition {told.edition} of {told.area}, from {told.from_on}:")
        click.echo("\n".join(f"{one.rule.code} {one.rule.title}: {one.differs}" for one in told.signs))
    sys.exit(1 if failing else 0)


@settings.command()
@file
@acting_options
@as_json
def propose(*, file: Path, email: str, purpose: str, because: str, agency: str | None, as_json: bool) -> None:
    """Propose the settings in FILE for your council; another officer applies them."""
    text = _text(file)
    with _at_work(email, purpose, because, agency, as_json=as_json) as (acting, at):
        from sightline.apps.signs.local import propose as keep

        with _refusals(acting, "propose local settings"):
            made = keep(acting=acting, text=text, at=at)
        _audit(acting, "propose local settings", writes=True)
    _answer({"proposed": str(made)}, f"Proposed, as {made}. Another manager of your council applies it.", as_json)


@settings.command()
@click.argument("edition", type=click.UUID)
@click.option("--reason", required=True, help="What you checked, and with whom; name no real child.")
@click.option("--send-back", is_flag=True, help="Send it back instead.")
@acting_options
@as_json
def apply(
    *, edition: UUID, reason: str, send_back: bool, email: str, purpose: str, because: str, agency: str | None,
    as_json: bool,
) -> None:
    """Apply the settings proposed as EDITION from their day on, if every case still holds."""
    with _at_work(email, purpose, because, agency, as_json=as_json) as (acting, at):
        from sightline.apps.signs.local import review

        with _refusals(acting, "review local settings"):
            review(acting=acting, settings_id=edition, applied=not send_back, reason=reason, at=at)
        _audit(acting, "review local settings", writes=True)
    said = "sent-back" if send_back else "applied"
    _answer({"edition": str(edition), "outcome": said}, f"Recorded: {said}.", as_json)


def _text(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise click.UsageError(f"{file} is longer than {MOST_BYTES} bytes.")
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        raise click.UsageError(f"{file} cannot be read as UTF-8 text.") from None


def _answer(document: dict[str, str], words: str, as_json: bool) -> None:
    click.echo(json.dumps(document, indent=1) if as_json else words)


@contextmanager
def _at_work(
    email: str, purpose: str, because: str, agency: str | None, *, as_json: bool
) -> "Iterator[tuple[Acting, datetime]]":
    """Act as the officer for a block, in one transaction."""
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting:
        yield acting, datetime.now(UTC)


@contextmanager
def _refusals(acting: "Acting", act: str) -> Iterator[None]:
    """Say why something was refused, and keep in the audit that it was."""
    from sightline.apps.signs.local import SettingsRefused
    from sightline.domain.access.roles import RoleNotAllowed

    failing: Sequence[str] = ()
    try:
        yield
    except SettingsRefused as refused:
        failing = refused.failing
    except RoleNotAllowed as refused:
        failing = [str(refused)]
    if failing:
        _audit(acting, act, refused=True)
        raise NotAllowedHere("\n".join(failing))


def _audit(acting: "Acting", act: str, *, writes: bool = False, refused: bool = False) -> None:
    from sightline.apps.access.actions import keep_audit

    keep_audit(acting, act=act, children=[], writes=writes, refused=refused)
