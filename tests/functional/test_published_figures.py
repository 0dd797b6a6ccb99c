"""Published figures in a browser: chosen, read and downloaded by keyboard alone, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from conftest import SIZES
from keyboard import focused, reachable
from playwright.sync_api import Page, expect

PAGE = "/oversight/figures/"


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_reads_what_a_council_recorded_and_opens_each_table(
    visit: Callable[..., Page], axe: Callable[[Page], None], fits: Callable[[Page], None],
    screenshot: Callable[[Page, str], None], size: str
) -> None:
    page = visit("Imran Siddique", size=size)
    page.goto("/oversight/")
    page.get_by_role("link", name="Published figures").click()
    screenshot(page, "figures-own")
    page.get_by_label("Council", exact=True).select_option("Leicester")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="What assessments found: Leicester")).to_be_visible()
    expect(page.get_by_text("That measures recording, not children.")).to_be_visible()
    screenshot(page, "figures-closed")
    folded = page.locator("main details")
    for one in page.locator("main figure").all():
        assert one.locator("details").count() == 1, "each picture has its table"
    for one in folded.all():
        one.locator("summary").click()
    axe(page)
    fits(page)
    screenshot(page, "figures-open")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download as CSV.*Gangs, by year")).click()
    assert download.value.suggested_filename == "gangs-E06000016.csv"


def test_everything_on_it_is_reached_by_keyboard_and_works_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit("Dawn Prescott", scripts=False)
    page.goto(f"{PAGE}?council=E09000019")
    expect(page.get_by_text("It recorded none in 2023. That measured recording, too.")).to_be_visible()
    seen = set()
    for _ in range(reachable(page)):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now is not None
        assert now["seen"], now["what"]
        seen.add(now["what"])
    assert any("figures-council" in what for what in seen)
    assert sum("<summary" in what for what in seen) >= 1
