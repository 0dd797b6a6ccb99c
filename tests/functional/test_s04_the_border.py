"""S04 in the browser: Amara is driven from Cumbria to Merseyside in legs, and each receiver takes over by name."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, wait_for

pytestmark = pytest.mark.functional

CUMBRIA, LANCASHIRE, MERSEYSIDE = "Cumbria Constabulary", "Lancashire Constabulary", "Merseyside Police"
TEBAY, CHARNOCK, HUYTON = "Tebay services, M6 southbound", "Charnock Richard services, M6", "Huyton police station"
NAME, BRUISE = "Amara Adeyemi", "Bruise on the left wrist"
TAKES_OVER = "Name of the officer who takes over"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}


def born(served: Served) -> date:
    day, month, year = served.story("S04", "police-events")[0]["dob"].split("/")
    return date(int(year), int(month), int(day))


def event_of(page: Page) -> str:
    """Open Amara's event from the list of children whom the agency protects, and give its address."""
    page.goto("/protecting/")
    wait_for(page, lambda: expect(page.get_by_role("link", name=re.compile(NAME)).first).to_be_visible())
    page.get_by_role("link", name=re.compile(NAME)).first.click()
    page.wait_for_url("**/events/*/")
    return page.url


def hand_over_here(page: Page, *, to: str, place: str, name: str, number: str, said: str = "") -> str:
    """Fill in what stands at each leg, and give the address of the offer."""
    page.get_by_role("button", name="Hand over here").click()
    contact = page.get_by_label("Who takes the child over?")
    value = contact.locator("option").filter(has_text=to).first.get_attribute("value")
    contact.select_option(value)
    page.get_by_label("Where are you?").fill(place)
    for question in ("Have you seen the child", "Has the child eaten"):
        page.get_by_role("group", name=re.compile(question)).get_by_label("Yes").check()
    page.get_by_label("Injuries that you see").fill(BRUISE)
    page.get_by_label("What did the child say?").fill(said)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your collar number").fill(number)
    page.get_by_role("button", name="Show the code").click()
    page.wait_for_url("**/transfers/*/")
    return page.url


def the_first_refuses(laura: Page, jack: Page, event: str, check: Callable[[Page, str], None]) -> str:
    """Let the first receiver refuse to sign, with whose and which rule: the giver stays the owner."""
    first = hand_over_here(laura, to=LANCASHIRE, place=TEBAY, name="PC Laura Threlkeld", number="2214",
                           said="I do not want to go back to that house.")
    check(laura, "s04-code")
    jack.goto("/protecting/")
    wait_for(jack, lambda: expect(jack.get_by_role("link", name=re.compile(f"{CUMBRIA} offers you"))).to_be_visible())
    jack.get_by_role("link", name=re.compile(f"{CUMBRIA} offers you")).click()
    wait_for(jack, lambda: expect(jack.locator("main")).to_contain_text("What the pack will hold"))
    expect(jack.get_by_role("heading", level=1)).to_have_text("A girl, 15 years old")
    expect(jack.locator("body")).not_to_contain_text("Adeyemi")
    expect(jack.locator("main")).to_contain_text(BRUISE)
    expect(jack.locator("main")).not_to_contain_text("that house")
    check(jack, "s04-preview")
    jack.get_by_text("Refuse", exact=True).click()
    jack.get_by_role("button", name="Refuse, with these reasons").click()
    expect(jack.get_by_role("alert")).to_contain_text("Say whose it is: not ours is no answer")
    jack.get_by_label("Why do you refuse?").fill("We have no car free before six.")
    jack.get_by_label("Whose is it to protect the child now?").fill(CUMBRIA)
    jack.get_by_label("By which rule?").select_option("R2")
    jack.get_by_role("button", name="Refuse, with these reasons").click()
    expect(jack.locator("main")).to_contain_text(f"{CUMBRIA} still protects the child")
    laura.goto(event)
    expect(laura.locator("main")).to_contain_text(f"{CUMBRIA} protects the child now")
    expect(laura.locator("main")).to_contain_text("Refused by Jack Hoghton")
    return first


def taken_over_on_the_givers_phone(laura: Page, event: str, check: Callable[[Page, str], None]) -> str:
    """Let the receiver type a name and a collar number on the giver's phone; a field left empty loses no word."""
    made = hand_over_here(laura, to=LANCASHIRE, place=TEBAY, name="PC Laura Threlkeld", number="2214")
    laura.get_by_label(TAKES_OVER).first.fill("PC Shahid Iqbal")
    laura.get_by_role("button", name=f"I take the child over for {LANCASHIRE}").click()
    expect(laura.get_by_role("alert")).to_contain_text("Give your collar number")
    expect(laura.get_by_label(TAKES_OVER)).to_have_value("PC Shahid Iqbal")
    check(laura, "s04-take-here")
    laura.get_by_label("Collar number", exact=True).fill("L3307")
    laura.get_by_role("button", name=f"I take the child over for {LANCASHIRE}").click()
    expect(laura.locator("main")).to_contain_text("PC Shahid Iqbal (L3307) of Lancashire Constabulary accepted")
    expect(laura.locator("main")).to_contain_text("on the giver's device")
    laura.goto(event)
    expect(laura.locator("main")).to_contain_text(f"{LANCASHIRE} protects the child now")
    return made


def taken_over_by_code(jack: Page, stranger: Page, check: Callable[[Page, str], None]) -> str:
    """Let Merseyside's officer, who has no sign-in here, take over by the code on an own phone."""
    event_of(jack)
    made = hand_over_here(jack, to=MERSEYSIDE, place=CHARNOCK, name="PC Shahid Iqbal", number="L3307")
    code = jack.get_by_label("The code").inner_text()
    stranger.goto("/road/")
    check(stranger, "s04-road")
    stranger.get_by_label("The code").fill("2222-2222")
    stranger.get_by_role("button", name="Show the handover").click()
    expect(stranger.get_by_role("alert")).to_contain_text("No handover stands under this code")
    stranger.get_by_label("The code").fill(code.lower())
    stranger.get_by_role("button", name="Show the handover").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("A girl, 15 years old")
    expect(stranger.locator("body")).not_to_contain_text("Adeyemi")
    check(stranger, "s04-by-code")
    stranger.get_by_label(TAKES_OVER).first.fill("PC Ellen Formby")
    stranger.get_by_label("Collar number").first.fill("M5512")
    stranger.get_by_role("button", name=f"I take the child over for {MERSEYSIDE}").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(f"{MERSEYSIDE} protects the child now")
    check(stranger, "s04-taken")
    jack.goto(made)
    expect(jack.locator("main")).to_contain_text("PC Ellen Formby (M5512) of Merseyside Police accepted")
    return made


def received_by_the_council(nicola: Page, beth: Page, check: Callable[[Page, str], None]) -> str:
    """Let Beth's council accept the last leg signed in, and read the pack."""
    event_of(nicola)
    made = hand_over_here(nicola, to="Knowsley", place=HUYTON, name="PC Ellen Formby", number="M5512",
                          said="Can I ring my nan?")
    beth.goto(made)
    wait_for(beth, lambda: expect(beth.locator("main")).to_contain_text("What the pack will hold"))
    beth.get_by_role("button", name="Accept: we protect the child now").click()
    expect(beth.locator("main")).to_contain_text("Beth Ashworth of Knowsley accepted")
    beth.get_by_role("button", name="Read the handover pack").click()
    for words in (NAME, "Can I ring my nan?", TEBAY, CHARNOCK, "Why now", "Warning signs, with their reasons",
                  "Who has been told, and who has not", "Whom to ring", "What was withheld from you, and why"):
        expect(beth.locator("main")).to_contain_text(words)
    check(beth, "s04-pack")
    beth.set_viewport_size(PHONE)
    check(beth, "s04-pack")
    beth.set_viewport_size(DESK)
    return made


def test_three_legs_each_taken_over_by_name_and_the_first_refused(
    visit: Callable[..., Page], served: Served, axe, fits, screenshot
) -> None:
    def check(page: Page, name: str) -> None:
        screenshot(page, name)
        fits(page)
        axe(page)

    laura, jack = visit("Laura Threlkeld", size="phone"), visit("Jack Hoghton", size="phone")
    event = event_of(laura)
    expect(laura.locator("main")).to_contain_text(f"{CUMBRIA} protects the child now")
    offers = [the_first_refuses(laura, jack, event, check), taken_over_on_the_givers_phone(laura, event, check),
              taken_over_by_code(jack, visit(size="phone"), check)]
    beth = visit("Beth Ashworth")
    offers.append(received_by_the_council(visit("Nicola Kirkdale"), beth, check))

    # The record shows place, time and condition at each leg, and no time without an owner.
    beth.goto(event)
    legs = beth.get_by_role("table", name="Legs on the road").get_by_role("row")
    expect(legs).to_have_count(5)
    for number, words in enumerate((
            (TEBAY, "Refused by Jack Hoghton"), (TEBAY, "PC Shahid Iqbal (L3307), on the giver's device"),
            (CHARNOCK, "PC Ellen Formby (M5512), by the code"), (HUYTON, "Accepted by Beth Ashworth")), start=1):
        for told in (*words, BRUISE):
            expect(legs.nth(number)).to_contain_text(told)
    expect(beth.locator("main")).to_contain_text("Time without an owner, counted from these changes: 0 seconds")
    check(beth, "s04-event")
    carl_finds_nothing(visit("Carl Denby"), [event, *offers, f"{offers[-1]}pack/", f"{event}here/"], name=NAME,
                       born_on=born(served))


def test_the_qr_code_leads_to_the_page_with_the_code_filled_in_and_opens_nothing_by_itself(
    visit: Callable[..., Page]
) -> None:
    page = visit(size="phone", scripts=False)
    page.goto("/road/?code=K7PX-3MWD")
    expect(page.get_by_label("The code")).to_have_value("K7PX-3MWD")
    assert parse_qs(urlsplit(page.url).query) == {"code": ["K7PX-3MWD"]}
    expect(page.get_by_role("alert")).to_have_count(0)
