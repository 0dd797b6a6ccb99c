"""The command `sightline signs`: which warning signs one child's timeline shows, why, and how soon to look."""

import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import click

from sightline.domain.signs.gaps import latest
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.moment import UnreadableMoment, read_moment, write_moment
from sightline.domain.vocabulary.sign import Reading, Sign
from sightline.interfaces.cli.timeline_file import TimelineFile, read_timeline

OTHERS = {"preview": "sightline.interfaces.cli.signs_preview:preview"}
ATTENTION_WORDS = {
    "now": "a person must look now",
    "next-working-day": "a person must look by the next working day",
    "worker": "for the allocated worker",
    "none": "nothing is shown",
}


class InstantOrDay(click.ParamType[datetime]):
    """Take an instant with its offset, or a day, which means the end of that day."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the text; words for what is neither."""
        if isinstance(value, datetime):
            return value
        try:
            return latest(read_moment(str(value)))
        except UnreadableMoment:
            self.fail(f"{value!r} is neither an instant with its offset (2026-05-10T23:15:00+01:00) nor a day "
                      "(2026-05-10).", param, ctx)


class ReadsOrNamed(click.Group):
    """Read a timeline, unless what comes first is the name of another command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `read` before what names no command."""
        named = args[:1] and (args[0] in OTHERS or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["read", *args])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands."""
        return ["read", *OTHERS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the one command that was asked for: reading a timeline needs no database."""
        if cmd_name not in OTHERS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = OTHERS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # nosec B101
        return command


@click.group(cls=ReadsOrNamed, subcommand_metavar="TIMELINE | preview")
def signs() -> None:
    """Show the warning signs in TIMELINE, a file of JSON Lines with the entries of one child; or preview a change."""


@signs.command(name="read")
@click.argument("timeline")
@click.option("--at", type=InstantOrDay(), help="Read as known at this instant, or at the end of this day; else now.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def read_file(timeline: str, at: datetime | None, as_json: bool) -> None:
    """Show the warning signs in TIMELINE, a file of JSON Lines with the entries of one child."""
    file = read_timeline(timeline)
    if file.refused is not None:
        _refuse(file, as_json=as_json)
    else:
        reading = read(file.life, at=at or datetime.now(UTC))
        if as_json:
            click.echo(json.dumps(_document(reading) | file.document(), indent=1))
        else:
            hint = [] if at or reading.signs else ["This is as known now; --at reads an earlier instant or day."]
            click.echo("\n".join([*_lines(reading), *hint]))
            click.echo("\n".join(file.words()), err=True, nl=bool(file.words()))
    sys.exit(0 if file.is_whole else 1)


def _refuse(file: TimelineFile, *, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {"child": None, "signs": [], "attention": None, "refused": file.refused}
        click.echo(json.dumps(told | file.document(), indent=1))
    else:
        click.echo("\n".join([str(file.refused), *file.words()]), err=True)


def _document(reading: Reading) -> dict[str, Any]:
    look_again_at = reading.look_again_at
    return {
        "child": reading.child,
        "at": write_moment(reading.at),
        "signs": [_sign(sign) for sign in reading.signs],
        "attention": reading.attention.value,
        "because": reading.because,
        "families": reading.families,
        "look_again_at": write_moment(look_again_at) if look_again_at else None,
    }


def _sign(sign: Sign) -> dict[str, Any]:
    return {
        "code": sign.code,
        "family": sign.family.value,
        "critical": sign.critical,
        "title": sign.title,
        "because": list(sign.because),
        "reasons": list(sign.reasons),
        "first_at": write_moment(sign.first_at),
        "last_at": write_moment(sign.last_at),
        "edition": sign.edition,
        "source": sign.source,
        "verified": sign.verified,
    }


def _lines(reading: Reading) -> list[str]:
    lines = [f"Attention: {ATTENTION_WORDS[reading.attention.value]}.", reading.because]
    for sign in reading.signs:
        marks = ", ".join([*(["critical"] if sign.critical else []), sign.family.value,
                           *([] if sign.verified else ["not verified"])])
        lines += ["", f"{sign.code} {sign.title} ({marks})"]
        lines += [f"  {reason} [{entry}]" for entry, reason in zip(sign.because, sign.reasons, strict=True)]
        lines += [f"  Source: {sign.source}. Edition {sign.edition}."]
    return lines
