"""Release one child in a real browser, as a sergeant does, and count the pages, clicks and keys as they happen."""

import shutil
from datetime import datetime, timedelta
from typing import Any

from benchmarks.installation import Row
from sightline.domain.vocabulary.moment import LONDON


class Hands:
    """Do in a browser what a sergeant does, and count it: pages that were loaded, clicks and choices, keys typed."""

    def __init__(self, page: Any) -> None:
        self.page, self.loaded, self.clicks, self.keys = page, 0, 0, 0
        page.on("domcontentloaded", lambda _: self._load())

    def _load(self) -> None:
        self.loaded += 1

    def click(self, what: Any) -> None:
        """Click, or choose, one thing."""
        self.clicks += 1
        what.click()

    def send(self, what: Any) -> None:
        """Click a button that loads a page, and wait for it."""
        with self.page.expect_navigation():
            self.click(what)

    def type(self, into: Any, text: str) -> None:
        """Go into a box (one click), and type letter after letter."""
        self.click(into)
        into.press("Control+a")
        into.press_sequentially(text)
        self.keys += len(text)


def release_in_browser(session: str, port: int) -> list[Row]:
    """Release one child from the desk, escorted to Liverpool; every act as a sergeant does it."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("This drives Debian's browser. Install it: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        context = browser.new_context(base_url=f"http://localhost:{port}", locale="en-GB")
        context.add_cookies([{"name": "sightline-session", "value": session, "domain": "localhost", "path": "/"}])
        page = context.new_page()
        hands = Hands(page)
        _do_it(page, hands)
        assert page.locator("main").get_by_text("On the way").count(), "the child was not released"
        browser.close()
    return [("a release, pages loaded", hands.loaded, ""), ("a release, clicks and choices", hands.clicks, ""),
            ("a release, keys typed", hands.keys, "")]


def _do_it(page: Any, hands: Hands) -> None:
    now = datetime.now(LONDON)
    page.goto("/custody/desk/?suite=Workington")
    card = page.locator(".sightline-desk__child").filter(has_text="Marcus Fairweather")
    hands.send(card.get_by_role("button", name="Assess the risk of release"))
    box = page.locator("#assess")
    hands.type(box.get_by_label("What did you find"), "Calm. No injuries. He says he owes money and fears one man.")
    hands.send(box.get_by_role("button", name="Record the assessment"))
    box = _opened(page, hands, "adult")
    hands.type(box.get_by_label("Full name"), "Denise Fairweather")
    hands.type(box.get_by_label("Telephone"), "0151 496 0888")
    hands.click(box.get_by_label("Parent or guardian"))
    hands.type(box.get_by_label("In the child’s words"), "mother")
    hands.click(box.get_by_label("Waits at the end"))
    hands.send(box.get_by_role("button", name="Keep this adult"))
    box = _opened(page, hands, "accepted")
    hands.type(box.get_by_label("How did the adult accept"), "By telephone to me")
    hands.send(box.get_by_role("button", name="Record that the adult accepted"))
    box = _opened(page, hands, "leg")
    hands.clicks += 1
    box.get_by_label("How does the child travel").select_option("police vehicle")
    hands.type(box.get_by_label("Who travels with the child"), "PC 2210 Hayton")
    hands.type(box.get_by_label("From"), "Workington")
    hands.type(box.get_by_label("To", exact=True), "L4 2TU")
    for words, at in (("When does it depart", now), ("When does it arrive", now + timedelta(hours=3))):
        group = box.get_by_role("group", name=words)
        for part, text in (("Day", at.day), ("Month", at.month), ("Year", at.year), ("Time", f"{at:%H:%M}")):
            hands.type(group.get_by_label(part, exact=True), str(text))
    hands.send(box.get_by_role("button", name="Add the leg"))
    box = _opened(page, hands, "home")
    hands.type(box.get_by_label("Whom did you tell"), "Moira Quinn, out-of-hours team")
    hands.send(box.get_by_role("button", name="Record that the council is told"))
    hands.send(page.get_by_role("button", name="Release the child"))


def _opened(page: Any, hands: Hands, name: str) -> Any:
    box = page.locator(f"#{name}")
    hands.click(box.locator("summary"))
    return box
