"""What people do on the pages in many stories: find a child, send a file, wait until something has been read."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

LONGEST_WAIT_SECONDS = 20


def find(
    page: Page, *, upn: str = "", given: str = "", family: str = "", born_on: date | None = None
) -> list[Locator]:
    """Fill the form that finds a child, and give the hits."""
    page.goto("/find/")
    if upn:
        page.get_by_label("Unique pupil number (UPN)").fill(upn)
    if born_on:
        page.get_by_label("First name").fill(given)
        page.get_by_label("Surname").fill(family)
        for label, part in (("Day", born_on.day), ("Month", born_on.month), ("Year", born_on.year)):
            page.get_by_label(label, exact=True).fill(str(part))
    with page.expect_navigation():
        page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    return page.get_by_role("status").get_by_role("heading", level=3).get_by_role("link").all()


def open_child(
    page: Page, *, upn: str = "", given: str = "", family: str = "", born_on: date | None = None
) -> str:
    """Find a child, open the first hit, and give the address of the page."""
    hits = find(page, upn=upn, given=given, family=family, born_on=born_on)
    assert hits, "nobody was found"
    hits[0].click()
    page.wait_for_url("**/children/*/")
    return page.url


def send_file(page: Page, file: Path, what: str) -> None:
    """Send a file by the page, and wait until it has been read."""
    page.goto("/import/")
    page.get_by_label(what).check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    page.wait_for_url("**/import/*/")
    wait_for(page, lambda: expect(page.locator("main")).to_contain_text("Held already"))


PATIENCE_MILLISECONDS = 15_000
"""What a browser is given to show what was asked for, on a machine that does other work beside."""
expect.set_options(timeout=PATIENCE_MILLISECONDS)


def wait_for(page: Page, seen: Callable[[], None], *, seconds: float = LONGEST_WAIT_SECONDS) -> None:
    """Load a page anew until something is seen on it: the worker reads what was told within moments."""
    deadline = time.monotonic() + seconds
    expect.set_options(timeout=500)
    try:
        while True:
            try:
                return seen()
            except AssertionError:
                if time.monotonic() > deadline:
                    raise
                page.reload()
    finally:
        expect.set_options(timeout=PATIENCE_MILLISECONDS)


def wait_until(page: Page, true: Callable[[], bool], words: str) -> None:
    """Load a page anew until something holds of it."""
    def seen() -> None:
        if not true():
            page.wait_for_timeout(300)
        assert true(), words

    wait_for(page, seen)


def choose(page: Page, question: str, answer: str) -> None:
    """Choose an answer of one question among radios."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def decide_to_share(page: Page, *, purpose: str, because: str) -> None:
    """Fill what a decision to share asks for; whom and what stand there already."""
    page.get_by_label("What do they need it for?").fill(purpose)
    choose(page, "May it help them do that?", "Yes")
    page.get_by_label("How, or why not?").fill(because)
    choose(page, "Would it harm the child more to share it than not to?", "No")
    page.get_by_label("Why, or why not?", exact=True).fill("Nobody who could harm the child hears of it.")
    choose(page, "What do you decide?", "Share it")
    page.get_by_role("radio", name="Working together for a child’s welfare").check()
    choose(page, "Who of the family has been told that you share it?", "A parent or carer")
    choose(page, "Have you made sure that it is still right?", "Yes, today, with who told it or in their record")
    page.get_by_label("Who could be harmed if it went further?").fill("Nobody")


def duty_of(page: Page, words: str) -> Locator:
    """Give the row of one duty on a page."""
    return page.locator(".sightline-duty").filter(has_text=words).first


def carl_finds_nothing(
    page: Page, addresses: Iterable[str], *, name: str, upn: str = "", born_on: date | None = None
) -> None:
    """Let Carl try what he should not: search, the addresses of others, and every list and count of his."""
    given, _, family = name.partition(" ")
    assert not find(page, upn=upn, given=given, family=family, born_on=born_on)
    expect(page.locator("main")).to_contain_text("Not known to your agency")
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
        expect(page.locator("body")).not_to_contain_text(family)
    for place in ("/inbox/", "/inbox/?whose=watched", "/notices/"):
        page.goto(place)
        expect(page.locator("body")).not_to_contain_text(family)
    page.goto("/inbox/")
    expect(page.locator("main")).to_contain_text("0 unread notices")
    for place in ("/doubts/", "/import/", "/oversight/"):
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 403, place


def addresses_on(page: Page) -> list[str]:
    """Give the addresses of records to which a page leads: children, duties, notices, signs, doubts."""
    found = page.locator("main a").evaluate_all("links => links.map(link => link.pathname)")
    return sorted({path for path in found if re.search(r"/[0-9a-f]{8}-", path)})


def tab_to(page: Page, wanted: Locator, *, most: int = 120) -> None:
    """Press Tab until the keyboard stands on what is wanted."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {wanted} in {most} steps")


def press(page: Page, wanted: Locator) -> None:
    """Reach something by the keyboard alone, and press Enter on it."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, wanted: Locator, text: str) -> None:
    """Reach a field by the keyboard alone, and type into it."""
    tab_to(page, wanted)
    page.keyboard.type(text)
