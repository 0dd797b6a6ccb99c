"""`sightline feeds`: the formats that can be imported, column by column."""

import json
from dataclasses import asdict
from textwrap import indent, wrap

import click

from sightline.domain.intake.feed import Feed, Table
from sightline.domain.intake.feeds import FEEDS

WIDTH = 96


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def feeds(name: str | None, as_json: bool) -> None:
    """List the formats that can be imported, or describe the one called NAME column by column."""
    if name is not None and name not in FEEDS:
        raise click.UsageError(f"There is no feed '{name}'. Choose one of: {', '.join(FEEDS)}.")
    if as_json:
        document = as_document(FEEDS[name]) if name else [as_document(feed) for feed in FEEDS.values()]
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif name:
        click.echo(in_words(FEEDS[name]))
    else:
        widest = max(map(len, FEEDS))
        for feed in FEEDS.values():
            click.echo(f"{feed.name:{widest}}  {feed.title} ({', '.join(feed.formats)})")


def as_document(feed: Feed) -> dict[str, object]:
    """Give a feed as a document of JSON."""
    return {
        "name": feed.name,
        "title": feed.title,
        "about": feed.about,
        "sent_by": list(feed.sent_by),
        "formats": list(feed.formats),
        "source": feed.source,
        "tables": [asdict(table) for table in feed.tables],
    }


def in_words(feed: Feed) -> str:
    """Describe a feed for a person at a terminal."""
    head = [
        f"{feed.title} ({feed.name})",
        "",
        *wrap(feed.about, WIDTH),
        f"Sent by: {', '.join(feed.sent_by)}. Read from: {', '.join(feed.formats)}.",
        *wrap(f"Source: {feed.source}", WIDTH),
    ]
    return "\n".join([*head, *(line for table in feed.tables for line in _table_in_words(table))])


def _table_in_words(table: Table) -> list[str]:
    lines = ["", f"{table.name}: {table.title}", ""]
    for column in table.columns:
        lines.append(f"  {column.name}{' (needed)' if column.required else ''}")
        text = f"{column.means}. Written as: {column.format}. Becomes: {column.becomes}."
        lines.append(indent("\n".join(wrap(text, WIDTH - 6)), "      "))
    return lines
