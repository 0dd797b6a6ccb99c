"""What the tutorial and the how-to pages quote from a page of the product in bold is written there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
QUOTING = [PROJECT / "docs/tutorial/your-first-morning.md", PROJECT / "docs/how-to/import-your-councils-files.md",
           PROJECT / "docs/explanation/matching.md", PROJECT / "docs/explanation/who-sees-what.md",
           PROJECT / "docs/how-to/prove-the-audit.md", PROJECT / "docs/how-to/work-the-queue.md"]
SAID_BY_US = {
    "docs/explanation/who-sees-what.md": {"A sign-in", "A role in an agency", "A piece of work",
                                          "A part of the agency in the child's life."},
    "docs/how-to/prove-the-audit.md": {"Nobody may change a row.", "Rows are sealed.", "Seals are anchored."},
}


def written() -> str:
    """Give everything that the product can write on a page, in one text."""
    files = [*(PROJECT / "sightline/interfaces/web").rglob("*.html"), *(PROJECT / "sightline").rglob("*.py")]
    return plain(" ".join(file.read_text(encoding="utf-8") for file in files))


def plain(text: str) -> str:
    """Level line ends and the two apostrophes."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


def quoted(page: Path) -> list[str]:
    """Give the words in bold of a page: one after another, without those that are the page's own."""
    own = SAID_BY_US.get(str(page.relative_to(PROJECT)), set())
    found = [plain(words) for words in re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))]
    return [words for words in found if words not in own]


@pytest.mark.parametrize("page", QUOTING, ids=lambda page: page.stem)
def test_what_is_quoted_from_a_page_is_written_there(page):
    product = written()
    # "Sign in as Beth Ashworth" is put together from a word of the page and a name of the demonstration.
    parts = {words: re.split(r" as (?=[A-Z])", words.rstrip(".")) for words in quoted(page)}
    assert [words for words, some in parts.items() if not all(part in product for part in some)] == []
