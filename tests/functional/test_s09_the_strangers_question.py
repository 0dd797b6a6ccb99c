"""S09 in the browser: an officer on a platform at night asks, on a phone; the desk that is on duty hears at once."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, wait_for

from sightline.domain.disclosure.asking import ANSWERS, MOST_OF_AN_OFFICER, Answered

pytestmark = pytest.mark.functional

WHY = "A boy of about 14, alone on platform 4, says that he is on his way home."
NUMBER = "07700 900456"
SEFTON = ("Joe Brennan", "Anita Desai")
"""The safeguarding desk, and the out-of-hours desk."""


@pytest.fixture(scope="module")
def kacper(served: Served) -> dict[str, str]:
    """Give what the police have told of the boy."""
    return served.story("S09", "police-events")[0]


def born(kacper: dict[str, str]) -> date:
    day, month, year = (int(part) for part in kacper["dob"].split("/"))
    return date(year, month, day)


def ask(page: Page, *, given: str, family: str, born_on: date) -> None:
    page.goto("/known/")
    page.get_by_label("First name").fill(given)
    page.get_by_label("Surname").fill(family)
    for label, part in (("Day", born_on.day), ("Month", born_on.month), ("Year", born_on.year)):
        page.get_by_label(label, exact=True).fill(str(part))
    page.get_by_label("Why do you ask?").fill(WHY)
    page.get_by_label("Which council’s area are you in?").select_option("Cumberland")
    page.get_by_label("On which number can you be rung?").fill(NUMBER)
    with page.expect_navigation():
        page.get_by_role("button", name="Ask", exact=True).click()


def answer(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_the_officer_gets_yes_and_a_number_on_a_phone_and_the_desk_hears_at_once(
    visit: Callable[..., Page], kacper: dict[str, str], screenshot, axe, fits
) -> None:
    dylan, joe = visit("Dylan Fairweather", size="phone"), visit("Joe Brennan")
    joe.goto("/notices/")
    dylan.goto("/known/")
    screenshot(dylan, "s09-asking")
    fits(dylan)
    axe(dylan)
    ask(dylan, given="Kacper", family="Wisniewski", born_on=born(kacper))
    assert answer(dylan) == ANSWERS[Answered.YES]
    shown = dylan.locator("main").inner_text()
    assert "Sefton" in shown
    assert any(name in shown for name in SEFTON), shown
    expect(dylan.locator("main a[href^='tel:']")).to_be_visible()
    for content in ("Wisniewski", "Kacper", "Kasper", "missing", "Merseyside", "PR8", kacper["upn"]):
        assert content not in shown, content
    assert "Wisniewski" not in dylan.content()
    assert "/known/" in dylan.url
    assert "?" not in dylan.url
    screenshot(dylan, "s09-answer")
    fits(dylan)
    axe(dylan)
    heard = joe.get_by_role("listitem").filter(has_text="Dylan Fairweather of British Transport Police asked at")
    wait_for(joe, lambda: expect(heard.first).to_be_visible())
    heard.first.get_by_role("link").first.click()
    screenshot(joe, "s09-notice")
    joe.get_by_role("link", name="See who asked, and ring back").click()
    expect(joe.locator("main")).to_contain_text(WHY)
    expect(joe.get_by_role("link", name=NUMBER)).to_have_attribute("href", f"tel:{NUMBER.replace(' ', '')}")
    screenshot(joe, "s09-who-asked")
    fits(joe)
    axe(joe)
    joe.get_by_role("link", name="Kasper Wisniewski").click()
    expect(joe.get_by_role("heading", level=1)).to_contain_text("Wisniewski")


def test_a_misheard_name_is_answered_ring_and_a_stranger_no(
    visit: Callable[..., Page], kacper: dict[str, str], screenshot
) -> None:
    dylan = visit("Dylan Fairweather", size="phone")
    ask(dylan, given="Kacpar", family="Visniewski", born_on=born(kacper))
    assert answer(dylan) in (ANSWERS[Answered.NO], ANSWERS[Answered.RING])
    ask(dylan, given="Kacpar", family="Wisniewska", born_on=born(kacper))
    assert answer(dylan) == ANSWERS[Answered.RING]
    expect(dylan.locator("main")).to_contain_text("Sefton")
    ask(dylan, given="Nobody", family="Nowhere", born_on=date(2012, 1, 31))
    assert answer(dylan) == ANSWERS[Answered.NO]
    expect(dylan.locator("main")).to_contain_text("Cumberland")
    expect(dylan.locator("main")).to_contain_text("no proof of safety")
    screenshot(dylan, "s09-not-known")


def test_what_is_missing_is_asked_for_and_it_works_without_scripts(visit: Callable[..., Page], screenshot) -> None:
    dylan = visit("Dylan Fairweather", size="phone", scripts=False)
    dylan.goto("/known/")
    dylan.get_by_role("button", name="Ask", exact=True).click()
    expect(dylan.get_by_role("alert")).to_contain_text("Say in a sentence why you ask")
    expect(dylan.get_by_role("alert")).to_contain_text("Choose in which council’s area you are")
    screenshot(dylan, "s09-wrong")


def test_the_same_is_answered_on_the_command_line(served: Served, kacper: dict[str, str]) -> None:
    asked = ["known", "--given", "Kacper", "--family", "Wisniewski", "--born", born(kacper).isoformat(), "--why", WHY,
             "--ring-back", NUMBER]
    status, told = served.command(*asked, "--here", "Cumberland", who="Dylan Fairweather")
    assert (status, told["answer"], told["ring"]["agency"]) == (0, "yes", "Sefton")
    assert set(told) == {"answer", "says", "ring"}
    assert "Wisniewski" not in str(told)
    status, refused = served.command(*asked, "--here", "Atlantis", who="Dylan Fairweather")
    assert (status, "No council of that name" in refused["refused"]) == (1, True)
    status, refused = served.command(*asked, "--here", "Cumberland", who="Alison Reece")
    assert (status, "Your role does not allow this" in refused["refused"]) == (1, True)


def test_no_name_left_by_e_mail(served: Served) -> None:
    assert served.mailbox.messages
    for message in served.mailbox.messages:
        assert "Wisniewski" not in message.as_string()


def test_carl_asks_too_often_and_is_stopped_and_finds_nothing(
    visit: Callable[..., Page], kacper: dict[str, str], screenshot
) -> None:
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, [], name="Kacper Wisniewski", born_on=born(kacper))
    for n in range(MOST_OF_AN_OFFICER):
        ask(carl, given=f"Nobody{'abcdef'[n]}", family="Nowhere", born_on=date(2012, 1, 31))
        assert answer(carl) == ANSWERS[Answered.NO]
    ask(carl, given="Kacper", family="Wisniewski", born_on=born(kacper))
    assert answer(carl) == ANSWERS[Answered.TOO_OFTEN]
    shown = carl.locator("main").inner_text()
    assert "Cumberland" in shown
    assert not re.search("Sefton|known\\.", shown)
    screenshot(carl, "s09-too-often")
