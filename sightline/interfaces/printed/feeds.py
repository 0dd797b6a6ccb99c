"""Print the formats that can be imported, column by column, from the feeds themselves."""

from collections.abc import Iterator
from pathlib import Path

from sightline.domain.intake.feed import Feed, Table
from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES, LARGEST_JSON_BYTES, LONGEST_LINE_BYTES
from sightline.domain.vocabulary.agency import AGENCY_KIND_WORDS, AgencyKind
from sightline.interfaces.printed.table import table

ROOT = Path(__file__).parents[3]
EXAMPLES = Path("tests") / "samples" / "own"
LARGEST_MB, JSON_MB, LINE_MB = (size // 1_000_000 for size in (
    LARGEST_FILE_BYTES, LARGEST_JSON_BYTES, LONGEST_LINE_BYTES))

INTRODUCTION = f"""\
# Feeds

Written by `make docs` from `sightline/domain/intake`; do not edit. `sightline feeds NAME` prints the same.

A feed is a file format that an agency can send. How to send one, and what comes back, is told in
[Import your council's files](../how-to/import-your-councils-files.md).

- A **needed** column must have a value in every row. Others may be left out; what is absent is unknown, never "no".
- Headings are found in any order; case, spaces and underscores do not matter.
- **Becomes** says where a value ends: *identity* (who the child is, in the sender's words), *key* (which event of the
  sender's it is), or a kind of entry with its facts ([Kinds of entries](kinds.md)).
- A file is refused whole above {LARGEST_MB} MB, a JSON document above {JSON_MB} MB, and where one line is longer than
  {LINE_MB} MB.
- The examples named here are read in the tests and hold no fault.
"""


def page() -> str:
    """Give docs/reference/feeds.md."""
    overview = table(["feed", "what it is", "sent by", "read from"], [
        [f"[{feed.name}](#{feed.name})", feed.title, _senders(feed), ", ".join(feed.formats)]
        for feed in FEEDS.values()])
    sections = ["\n".join(_section(feed)) for feed in FEEDS.values()]
    return "\n".join([INTRODUCTION, overview, "", *sections])


def _section(feed: Feed) -> Iterator[str]:
    yield f"## {feed.name}\n"
    yield f"**{feed.title}.** {feed.about}\n"
    yield f"- Sent by: {_senders(feed)}"
    yield f"- Read from: {', '.join(feed.formats)}"
    yield f"- Source: {feed.source}"
    yield f"- Examples: {', '.join(_examples(feed))}\n"
    for one in feed.tables:
        yield from _table(one, alone=len(feed.tables) == 1)


def _table(one: Table, *, alone: bool) -> Iterator[str]:
    yield f"{one.title}.\n" if alone else f"### {one.name}\n\n{one.title}.\n"
    yield table(["column", "needed", "means", "written as", "becomes"], [
        [f"`{column.name}`", "yes" if column.required else "", column.means, column.format, column.becomes]
        for column in one.columns])
    yield ""


def _senders(feed: Feed) -> str:
    """Say who may send it, as lower-case words with the capitals that a name has."""
    if set(feed.sent_by) == {kind.value for kind in AgencyKind} - {AgencyKind.INSPECTORATE.value}:
        return "every agency but an inspectorate"
    words = [AGENCY_KIND_WORDS[AgencyKind(kind)] for kind in feed.sent_by]
    return ", ".join(f"{word[:1].lower()}{word[1:]}" for word in words)


def _examples(feed: Feed) -> list[str]:
    """Name the example files of a feed, which the tests read."""
    found = sorted((ROOT / EXAMPLES).glob(f"{feed.name}*"))
    return [f"[`{file.name}`](../../{(EXAMPLES / file.name).as_posix()})" for file in found]
