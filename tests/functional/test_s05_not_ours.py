"""S05 in the browser: Lancashire owns from the first minute, whoever says "not ours", until Liverpool accepts."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, wait_for

pytestmark = pytest.mark.functional

NAME = "Libby Rourke"


def born(served: Served) -> date:
    day, month, year = served.story("S05", "police-events")[0]["dob"].split("/")
    return date(int(year), int(month), int(day))


def offer(page: Page, words: str) -> str:
    """Offer the event that is open to Liverpool's duty team, and give the address of the offer."""
    page.get_by_text("Hand over to another agency").click()
    contact = page.get_by_label("Offer to")
    contact.select_option(contact.locator("option").filter(has_text="Liverpool:").first.get_attribute("value"))
    page.get_by_label("What do you ask of them").fill(words)
    page.get_by_role("button", name="Offer the handover").click()
    page.wait_for_url("**/transfers/*/")
    return page.url


def liverpool_refuses(farah: Page, place: str, check: Callable[[Page, str], None]) -> None:
    """Let Liverpool say "not ours", and have to say whose, and by which rule."""
    farah.goto(place)
    wait_for(farah, lambda: expect(farah.locator("main")).to_contain_text("What the pack will hold"))
    check(farah, "s05-offer")
    farah.set_viewport_size({"width": 375, "height": 812})
    check(farah, "s05-offer")
    farah.set_viewport_size({"width": 1280, "height": 900})
    farah.get_by_text("Refuse", exact=True).click()
    farah.get_by_label("Why do you refuse?").fill("Not ours.")
    farah.get_by_role("button", name="Refuse, with these reasons").click()
    expect(farah.get_by_role("alert")).to_contain_text("not ours is no answer")
    expect(farah.get_by_role("alert")).to_contain_text("Choose the rule")
    expect(farah.get_by_label("Why do you refuse?")).to_have_value("Not ours.")
    farah.get_by_label("Whose is it to protect the child now?").fill("Lancashire")
    farah.get_by_label("By which rule?").select_option("R1")
    farah.get_by_role("button", name="Refuse, with these reasons").click()
    expect(farah.locator("main")).to_contain_text("Lancashire still protects the child")
    expect(farah.locator("main")).to_contain_text("after 30, 60 and 120 minutes")


def liverpool_accepts(peter: Page, again: str) -> None:
    """Let Liverpool's manager accept by name, and read the pack."""
    peter.goto(again)
    wait_for(peter, lambda: expect(peter.locator("main")).to_contain_text("What the pack will hold"))
    peter.get_by_role("button", name="Accept: we protect the child now").click()
    expect(peter.locator("main")).to_contain_text("Peter Whelan of Liverpool accepted")
    peter.get_by_role("button", name="Read the handover pack").click()
    expect(peter.locator("main")).to_contain_text(NAME)
    peter.goto("/protecting/")
    expect(peter.get_by_role("link", name=re.compile(NAME))).to_be_visible()


def lancashire_keeps_the_outcome(khalid: Page, event: str, again: str) -> None:
    """See that who handed over sees how it goes on, and nothing else of the child."""
    khalid.goto("/protecting/")
    wait_for(khalid, lambda: expect(khalid.get_by_role("link", name=re.compile(NAME))).to_have_count(0))
    expect(khalid.locator("main")).to_contain_text("To Liverpool")
    khalid.goto(event)
    wait_for(khalid, lambda: expect(khalid.locator("body")).not_to_contain_text("Rourke"))
    expect(khalid.locator("main")).to_contain_text("Liverpool protects the child now")
    answer = khalid.goto(f"{again}pack/")
    assert answer is not None
    assert answer.status == 404


def test_nobody_is_without_an_owner_while_two_councils_argue(
    visit: Callable[..., Page], served: Served, axe, fits, screenshot
) -> None:
    def check(page: Page, name: str) -> None:
        screenshot(page, name)
        fits(page)
        axe(page)

    zoe, farah = visit("Zoe Entwistle"), visit("Farah Hussain")
    zoe.goto("/protecting/")
    wait_for(zoe, lambda: expect(zoe.get_by_role("link", name=re.compile(NAME))).to_be_visible())
    zoe.get_by_role("link", name=re.compile(NAME)).click()
    zoe.wait_for_url("**/events/*/")
    event, main = zoe.url, zoe.locator("main")
    expect(main).to_contain_text("Lancashire protects the child now")
    owners = zoe.get_by_role("table", name="Who protected the child").get_by_role("row")
    expect(owners).to_have_count(2)
    expect(owners.nth(1)).to_contain_text("Lancashire")
    expect(owners.nth(1)).to_contain_text("Rule R1")
    place = offer(zoe, "She lives with you. Please take her over tonight.")
    liverpool_refuses(farah, place, check)

    zoe.goto(event)
    expect(main).to_contain_text("Lancashire protects the child now")
    expect(main).to_contain_text("Refused by Farah Hussain")
    expect(main).to_contain_text("Time without an owner, counted from these changes: 0 seconds")
    expect(owners).to_have_count(2)
    check(zoe, "s05-event")

    again = offer(zoe, "As the managers agreed: please collect her at ten.")
    liverpool_accepts(visit("Peter Whelan"), again)
    lancashire_keeps_the_outcome(visit("Khalid Mirza"), event, again)
    carl_finds_nothing(visit("Carl Denby"), [event, place, again, f"{again}pack/"], name=NAME, born_on=born(served))
