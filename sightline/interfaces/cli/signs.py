"""The command `sightline signs`: which warning signs one child's timeline shows, why, and how soon to look."""

import json
import sys
from datetime import UTC, datetime
from typing import Any, BinaryIO, NoReturn

import click

from sightline.domain.intake.row import Fault, FileRefused
from sightline.domain.signs.gaps import latest
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.moment import UnreadableMoment, read_moment, write_moment
from sightline.domain.vocabulary.sign import Reading, Sign
from sightline.interfaces.cli.timeline_file import read_timeline

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


@click.command()
@click.argument("timeline", type=click.File("rb"))
@click.option("--at", type=InstantOrDay(), help="Read as known at this instant, or at the end of this day; else now.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def signs(timeline: BinaryIO, at: datetime | None, as_json: bool) -> None:
    """Show the warning signs in TIMELINE, a file of JSON Lines with the entries of one child."""
    try:
        life, faults = read_timeline(timeline)
    except FileRefused as refused:
        _refuse(refused.because, [], as_json=as_json)
    except OSError as error:
        raise click.UsageError("The file cannot be read: check that it is a file and that you may open it.") from error
    if any(fault.column == "child" and "another child" in fault.fault for fault in faults):
        raise click.UsageError("The file holds entries of more than one child. Give each child a file of its own.")
    if not life.entries:
        _refuse("No line of the file could be read as an entry.", faults, as_json=as_json)
    reading = read(life, at=at or datetime.now(UTC))
    if as_json:
        document = _document(reading)
        click.echo(json.dumps(document | {"faults": _faults(faults)} if faults else document, indent=1))
    else:
        hint = [] if at or reading.signs else ["This is as known now; --at reads an earlier instant or day."]
        click.echo("\n".join([*_lines(reading), *hint, *_fault_lines(faults)]))
    sys.exit(1 if faults else 0)


def _refuse(because: str, faults: list[Fault], *, as_json: bool) -> NoReturn:
    document = {"child": None, "refused": because, "faults": _faults(faults)}
    click.echo(json.dumps(document, indent=1) if as_json else "\n".join([because, *_fault_lines(faults)]))
    sys.exit(1)


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


def _faults(faults: list[Fault]) -> list[dict[str, Any]]:
    return [{"row": f.row, "column": f.column, "value": f.value, "fault": f.fault} for f in faults]


def _fault_lines(faults: list[Fault]) -> list[str]:
    head = ["", f"{len(faults)} faults: those lines were left out."] if faults else []
    return head + [f"  Line {f.row}{f', {f.column}' if f.column else ''}: {f.fault}" for f in faults]
