"""Measures in a browser: a manager makes a snapshot, reads it and opens a child behind it; the inspector the figure."""

import re
from collections.abc import Callable

import pytest
from conftest import SIZES
from playwright.sync_api import Page, expect

PAGE = "/oversight/measures/"
CASES = re.compile("^See the cases ?: Not charged")


def ready(page: Page) -> None:
    """Wait until the snapshot that was asked for stands there."""
    for _ in range(120):
        page.goto(PAGE)
        if page.get_by_role("heading", name="Take them with you").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("no snapshot was made")


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_makes_a_snapshot_and_opens_the_cases_behind_a_figure(
    visit: Callable[..., Page], axe: Callable[[Page], None], fits: Callable[[Page], None],
    screenshot: Callable[[Page, str], None], size: str
) -> None:
    page = visit("Imran Siddique", size=size)
    page.goto("/oversight/")
    page.get_by_role("link", name=re.compile("^Measures")).click()
    page.get_by_role("button", name="Make a snapshot").click()
    expect(page.get_by_text("A new snapshot was asked for")).to_be_visible()
    ready(page)
    screenshot(page, "measures")
    axe(page)
    fits(page)
    page.get_by_role("link", name=re.compile("^K2 .*: permanent exclusion")).click()
    expect(page.get_by_role("heading", name="What is counted")).to_be_visible()
    screenshot(page, "measure")
    axe(page)
    fits(page)
    page.get_by_role("link", name=re.compile("^See the cases ?: Permanent exclusion")).first.click()
    expect(page.get_by_role("heading", name="The cases behind the figure")).to_be_visible()
    assert page.locator("main a[href^='/children/']").count() >= 1
    screenshot(page, "measured-cases")
    axe(page)
    fits(page)
    page.go_back()
    page.go_back()
    for words in ("Download as CSV, with", "Download as PDF, with", "Download as CSV to give"):
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(words)).click()
        assert download.value.suggested_filename.startswith("measures-")


def test_the_inspector_sees_figures_of_all_and_no_child(visit: Callable[..., Page]) -> None:
    page = visit("Imran Siddique")
    page.goto(PAGE)
    page.get_by_role("button", name="Make a snapshot").click()
    ready(page)
    dawn = visit("Dawn Prescott")
    dawn.goto(PAGE)
    dawn.get_by_role("link", name=re.compile("^K6 .*: not charged")).click()
    dawn.get_by_role("link", name=CASES).first.click()
    expect(dawn.get_by_role("heading", name="No case that you may see")).to_be_visible()
    assert dawn.locator("a[href^='/children/']").count() == 0
