"""What our own lists say of children whom nobody knows, in a browser: asked for, read, and downloaded."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SIZES
from keyboard import focused, reachable
from playwright.sync_api import Page, expect
from served import Served
from steps import wait_for

from tests.running import surroundings

PAGE = "/oversight/extent/"
ASK = "Estimate from our own lists"


@pytest.fixture(scope="module")
def kept(served: Served) -> None:
    """Keep an estimate with a range: the demonstration has too few children for one."""
    made = subprocess.run([sys.executable, str(Path(__file__).with_name("keeping_extent.py"))], check=False,
                          capture_output=True, text=True, timeout=120,
                          env=surroundings(served.data))
    assert made.returncode == 0, made.stderr


def test_a_manager_asks_and_reads_why_no_range_is_given(
    visit: Callable[..., Page], checked: Callable[[Page, str], None]
) -> None:
    page = visit("Imran Siddique")
    page.goto("/oversight/")
    page.get_by_role("link", name="Children whom nobody knows").click()
    expect(page.get_by_text("Nothing was computed yet")).to_be_visible()
    checked(page, "extent-nothing-yet")
    page.get_by_role("group", name="First day").get_by_label("Year").fill("2099")
    page.get_by_role("button", name=ASK).click()
    expect(page.get_by_role("alert")).to_contain_text("The last day lies before the first")
    checked(page, "extent-period-refused")
    page.goto(PAGE)
    page.get_by_role("button", name=ASK).click()
    expect(page.get_by_text("It is being computed.")).to_be_visible()
    checked(page, "extent-being-computed")
    wait_for(page, lambda: expect(page.get_by_role("heading", name="No range can be given")).to_be_visible(),
             seconds=120)
    expect(page.get_by_text("What would help:").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"Agencies here know of \d+ children"))).to_be_visible()
    expect(page.get_by_role("button", name=ASK)).to_be_visible()
    open_all(page)
    checked(page, "extent-refused")


@pytest.mark.parametrize("size", SIZES)
def test_a_range_is_read_with_its_pictures_and_each_table_beside_them(
    visit: Callable[..., Page], checked: Callable[[Page, str], None], kept: None, size: str
) -> None:
    page = visit("Imran Siddique", size=size)
    page.goto(PAGE)
    expect(page.get_by_text("Agencies here know of 2,744 children who meet")).to_be_visible()
    expect(page.get_by_text(re.compile(r"between [\d,]+ and [\d,]+ children met it"))).to_be_visible()
    figures = page.locator("main figure")
    assert figures.count() == 2
    for one in figures.all():
        assert one.locator("details").count() == 1, "each picture has its table"
    checked(page, "extent-range")
    open_all(page)
    checked(page, "extent-range-open")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download as CSV.*Children on exactly these lists")).click()
    assert download.value.suggested_filename == "extent-combinations.csv"


def test_all_of_it_is_reached_by_keyboard_without_scripts_and_an_inspector_reads_rounded_counts(
    visit: Callable[..., Page], kept: None
) -> None:
    page = visit("Dawn Prescott", scripts=False)
    page.goto(PAGE)
    expect(page.get_by_text("Agencies here know of about 2,745 children")).to_be_visible()
    seen = set()
    for _ in range(reachable(page)):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now is not None
        assert now["seen"], now["what"]
        seen.add(now["what"])
    assert any("govuk-button" in what for what in seen)
    assert sum("<summary" in what for what in seen) >= 2


def open_all(page: Page) -> None:
    """Open every folded table."""
    for one in page.locator("main details").all():
        one.locator("summary").click()
