"""The command `sightline story`: the reported failures that the demonstration tells."""

import json

import click

from sightline.demonstration.stories import STORIES
from sightline.demonstration.stories.story import Story


@click.group()
def story() -> None:
    """Name the stories of the demonstration, or tell one of them."""


@story.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def list_stories(as_json: bool) -> None:
    """Name all stories with the rows of the mission that they show."""
    if as_json:
        click.echo(json.dumps({"stories": [_document(one) for one in STORIES]}))
        return
    for one in STORIES:
        click.echo(f"{one.code}  {one.title:<32}{' '.join(one.rows)}")


@story.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.pass_context
def show(ctx: click.Context, code: str, as_json: bool) -> None:
    """Tell one story: what happens, what must be seen, who is in it, and from which files.

    Exit status 1: there is no such story.
    """
    found = next((one for one in STORIES if one.code == code.upper()), None)
    if found is None:
        words = f"No such story. They go from {STORIES[0].code} to {STORIES[-1].code}: see sightline story list."
        click.echo(json.dumps({"refused": words}) if as_json else words, err=not as_json)
        ctx.exit(1)
    click.echo(json.dumps(_document(found)) if as_json else _in_words(found))


def _document(one: Story) -> dict[str, object]:
    return {"code": one.code, "title": one.title, "rows": list(one.rows), "happens": one.happens,
            "seen": list(one.seen), "cast": dict(one.cast), "files": one.files}


def _in_words(one: Story) -> str:
    seen = [f"  - {line}" for line in one.seen]
    return "\n".join([f"{one.code} {one.title} ({', '.join(one.rows)})", "", one.happens, "", "What must be seen:",
                      *seen, "", f"In it: {'; '.join(one.cast.values())}.", f"Files: {one.files}.",
                      "Everybody in it is invented."])
