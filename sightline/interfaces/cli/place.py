"""The command `sightline place`: where a postcode lies."""

import dataclasses
import json

import click

from sightline.reference.geography import PlaceAnswer, UnknownPostcode, place_of


@click.command()
@click.argument("postcode", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.pass_context
def place(ctx: click.Context, postcode: tuple[str, ...], as_json: bool) -> None:
    """Say in which council, police force and nation POSTCODE lies, and whether that is exact.

    POSTCODE may be written with or without its space. A part of one ("L36 9", "L36") is answered for the most of it.
    Exit status 1: no such postcode is known.
    """
    text = " ".join(postcode)
    try:
        answer = place_of(text)
    except UnknownPostcode as refusal:
        words = json.dumps({"postcode": text, "refused": str(refusal)}) if as_json else str(refusal)
        click.echo(words, err=not as_json)
        ctx.exit(1)
    click.echo(json.dumps(dataclasses.asdict(answer)) if as_json else _in_words(answer))


def _in_words(answer: PlaceAnswer) -> str:
    def named(name: str | None, code: str | None) -> str:
        return "not known" if name is None else f"{name} ({code})"

    lines = [
        ("Postcode", answer.postcode),
        ("Council", named(answer.council, answer.council_code)),
        ("Children's services",
         named(answer.childrens_services_authority, answer.childrens_services_authority_code)),
        ("Police force", named(answer.police_force, answer.police_force_code)),
        ("Nation", answer.nation),
        ("Position", "not known" if answer.lat is None else f"{answer.lat}, {answer.lon}"),
    ]
    return "\n".join([*(f"{label + ':':<21}{value}" for label, value in lines), "", answer.why])
