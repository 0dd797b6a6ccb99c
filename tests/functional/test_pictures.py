"""The pictures that README and docs show are taken from the demonstration: `make pictures` writes them again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from served import Served
from steps import find, open_child

pytestmark = pytest.mark.functional

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "docs" / "images"
NAMES = ("child", "inbox", "find")
MOST_BYTES = 250_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder into which pictures are written: where SIGHTLINE_PICTURES says, else one to throw away."""
    named = os.environ.get("SIGHTLINE_PICTURES")
    given = ROOT / named if named else tmp_path
    given.mkdir(parents=True, exist_ok=True)
    return given


def test_the_pictures_are_taken_from_the_demonstration(
    visit: Callable[..., Page], served: Served, folder: Path
) -> None:
    beth = visit("Beth Ashworth")
    upn = served.story("S01", "exclusions")[0]["upn"]
    beth.goto("/inbox/")
    take(beth, folder / "inbox.png", height=900)
    assert find(beth, upn=upn)
    take(beth, folder / "find.png", height=620)
    open_child(beth, upn=upn)
    take(beth, folder / "child.png", height=1150)


def take(page: Page, file: Path, *, height: int) -> None:
    """Take the upper part of a page as people see it on a desk."""
    page.set_viewport_size({"width": 1280, "height": height})
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=file)
    assert 10_000 < file.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_is_kept_and_small(name: str) -> None:
    kept = KEPT / f"{name}.png"
    assert kept.read_bytes().startswith(b"\x89PNG")
    assert kept.stat().st_size < MOST_BYTES
