"""Every relative link in a document leads to a file, and to a heading where it names one."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"`[^`\n]+`")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def documents() -> list[Path]:
    """List the documents that belong to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=PROJECT, capture_output=True, text=True, check=True)
    return [PROJECT / name for name in listed.stdout.splitlines() if (PROJECT / name).is_file()]


def links(document: Path) -> list[str]:
    """Give the addresses of all links of a document, those in code left out."""
    return LINK.findall(QUOTED.sub("", FENCED.sub("", document.read_text(encoding="utf-8"))))


def dead_links(document: Path) -> Iterator[str]:
    """Give the links of a document that lead nowhere."""
    for address in links(document):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, heading = address.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists():
            yield f"{address} is not there"
        elif heading and heading not in anchors(target):
            yield f"{address} names no heading"


def anchors(document: Path) -> set[str]:
    """Give the names under which the headings of a document can be linked to."""
    headings = HEADING.findall(FENCED.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_link_of_a_document_is_dead(document):
    assert list(dead_links(document)) == []


def test_a_dead_link_would_be_found(tmp_path):
    (tmp_path / "there.md").write_text("# One Heading\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#one-heading) [c](https://gone.example) `[d](code.md)`\n"
        "[e](gone.md) [f](there.md#two) ![g](gone.png)\n```\n[h](fenced.md)\n```\n", encoding="utf-8")
    assert list(dead_links(page)) == ["gone.md is not there", "there.md#two names no heading", "gone.png is not there"]


def test_every_page_of_the_documents_can_be_reached_from_the_index():
    index = PROJECT / "docs" / "index.md"
    reached, waiting = set(), [index]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for address in links(page):
            target = (page.parent / address.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file() and target.is_relative_to(PROJECT / "docs"):
                waiting.append(target)
    pages = set((PROJECT / "docs").rglob("*.md"))
    assert {str(page.relative_to(PROJECT)) for page in pages - reached} == set()
