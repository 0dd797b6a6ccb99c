"""S08 in the browser: a doubtful link is settled by a person, explained, and undone with both timelines restored."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import (
    addresses_on,
    carl_finds_nothing,
    open_child,
    press,
    tab_to,
    type_into,
    wait_for,
    wait_until,
)

pytestmark = pytest.mark.functional

MISSING = "Reported missing"


@pytest.fixture(scope="module")
def upn(served: Served) -> str:
    """Give Aaliyah's number, as her school sent it."""
    return str(served.story("S08", "exclusions")[0]["upn"])


def born(served: Served) -> date:
    day, month, year = served.story("S08", "exclusions")[0]["dob"].split("/")
    return date(int(year), int(month), int(day))


def titles(page: Page) -> list[str]:
    return page.locator(".sightline-entry h4").all_inner_texts()


def signs_on(page: Page) -> list[str]:
    return page.locator(".sightline-sign h3").all_inner_texts()


def answer(page: Page, words: str, because: str) -> None:
    page.get_by_label(words, exact=True).check()
    page.get_by_label("Why?").fill(because)
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Answer recorded: {words.lower()}")


def answer_by_keyboard(page: Page, words: str, because: str) -> None:
    """Answer without a mouse."""
    tab_to(page, page.get_by_label("The same child", exact=True))
    page.keyboard.press("Space")
    expect(page.get_by_label(words, exact=True)).to_be_checked()
    type_into(page, page.get_by_label("Why?"), because)
    press(page, page.get_by_role("button", name="Record the answer"))
    expect(page.get_by_role("alert")).to_contain_text(f"Answer recorded: {words.lower()}")


def confirm(page: Page, doubt: str, screenshot) -> None:
    """Let a second officer find what waits, look at it and confirm it."""
    page.goto("/doubts/")
    expect(page.locator("main")).to_contain_text("Waits for a second officer")
    page.goto(doubt)
    expect(page.locator("main")).to_contain_text("It was a cousin of the same name.")
    page.get_by_label("I confirm it: they are not the same child").check()
    page.get_by_label("Why?").fill("I rang the mother: a cousin.")
    screenshot(page, "s08-second-officer")
    page.get_by_role("button", name="Record your answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer recorded")


def test_her_twin_is_another_child(visit: Callable[..., Page], served: Served, upn: str) -> None:
    farah = visit("Farah Hussain")
    hers = open_child(farah, upn=upn)
    expect(farah.get_by_role("heading", level=1)).to_contain_text("Aaliyah Hussain")
    twin = served.story("S08", "attendance")
    hers_too = open_child(farah, upn=next(row["upn"] for row in twin if row["forename"] == "Amina"))
    expect(farah.get_by_role("heading", level=1)).to_contain_text("Amina Hussain")
    assert hers != hers_too


def test_a_doubt_is_settled_by_a_person_and_undone_with_both_timelines_restored(
    visit: Callable[..., Page], upn: str, screenshot
) -> None:
    farah = visit("Farah Hussain")
    hers = open_child(farah, upn=upn)
    before, signs = titles(farah), signs_on(farah)
    assert MISSING not in before
    farah.goto("/doubts/")
    screenshot(farah, "s08-doubts")
    farah.get_by_role("link", name="Merseyside Police").filter(has_text="Fazakerley").click()
    for words in ("first names spelt alike", "day and month of birth swapped", "same postcode", "What hangs on it"):
        expect(farah.locator("main")).to_contain_text(words)
    screenshot(farah, "s08-doubt")
    answer_by_keyboard(farah, "The same child", "The mother says so; the police swapped day and month.")
    farah.goto(hers)
    wait_for(farah, lambda: expect(farah.locator(".sightline-entry h4").filter(has_text=MISSING)).to_have_count(1))
    wait_until(farah, lambda: len(signs_on(farah)) > len(signs), "the signs are read again")
    screenshot(farah, "s08-joined")

    farah.get_by_role("link", name="joined, because somebody said that they are the same child").click()
    expect(farah.locator("main")).to_contain_text("The mother says so; the police swapped day and month.")
    farah.get_by_text("This answer is wrong: change it").click()
    doubt = farah.url
    answer(farah, "Not the same child", "It was a cousin of the same name.")
    expect(farah.get_by_role("alert")).to_contain_text("Another officer must confirm it before they are parted")
    farah.goto(doubt)
    expect(farah.locator("main")).to_contain_text("You asked for this yourself")
    screenshot(farah, "s08-waits-for-a-second-officer")
    farah.goto(hers)
    expect(farah.locator(".sightline-entry h4").filter(has_text=MISSING)).to_have_count(1)
    confirm(visit("Peter Whelan"), doubt, screenshot)
    farah.goto(hers)
    wait_for(farah, lambda: expect(farah.locator(".sightline-entry h4").filter(has_text=MISSING)).to_have_count(0))
    assert titles(farah) == before
    wait_until(farah, lambda: signs_on(farah) == signs, "the signs are read again")
    farah.get_by_role("link", name="kept apart, because somebody said that they are not").click()
    farah.get_by_role("link", name=re.compile("^Aliyah")).click()
    expect(farah.locator(".sightline-entry h4").filter(has_text=MISSING)).to_have_count(1)


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], served: Served, upn: str) -> None:
    farah = visit("Farah Hussain")
    places = [open_child(farah, upn=upn), *addresses_on(farah)]
    assert any("/doubts/" in place for place in places)
    carl_finds_nothing(visit("Carl Denby"), places, name="Aaliyah Hussain", upn=upn, born_on=born(served))
