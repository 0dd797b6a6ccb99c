"""A boy on the platform in Carlisle at night: one form on a phone, R21, a council that accepts, and the same gate."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from steps import carl_finds_nothing, choose, wait_for

from sightline.domain.disclosure.asking import ANSWERS, Answered
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

SEEN = "A boy of about 15 with a new phone and no ticket. He says that somebody waits for him in Glasgow."
BORN_ON = date(datetime.now(LONDON).year - 15, 1, 17)


def meet(page: Page, *, given: str = "", family: str = "", what: str) -> None:
    """Fill the form on the platform, and send it."""
    page.goto("/known/")
    page.get_by_role("link", name="You are with the child now").click()
    page.get_by_label("Which station, or which train?").fill("Carlisle, platform 4")
    page.get_by_label("In which council’s area").select_option(label="Cumberland")
    choose(page, "Why did you speak to the child?", "Ticket or fare")
    page.get_by_label("What do you see and hear?").fill(SEEN)
    if family:
        page.get_by_label("First name").fill(given)
        page.get_by_label("Surname").fill(family)
        for label, part in (("Day", BORN_ON.day), ("Month", BORN_ON.month), ("Year", BORN_ON.year)):
            page.get_by_label(label, exact=True).fill(str(part))
    page.get_by_role("group", name="What happens now?").get_by_label(re.compile(what)).check()
    page.get_by_label("On which number can you be rung?").fill("07700 900456")
    page.get_by_role("button", name="Record it").click()


def test_one_form_asks_and_opens_the_event_and_a_council_takes_over_by_name(
    visit: Callable[..., Page], screenshot, axe, fits
) -> None:
    dylan, hannah = visit("Dylan Fairweather", size="phone"), visit("Hannah Skelton")
    dylan.goto("/rail/")
    fits(dylan)
    axe(dylan)
    screenshot(dylan, "rail-form")
    dylan.get_by_role("button", name="Record it").click()
    expect(dylan.get_by_role("alert")).to_contain_text("Choose what happens now")
    meet(dylan, given="Nathaniel", family="Arkwell", what="stays with us")
    expect(dylan.get_by_role("heading", level=1)).to_have_text(ANSWERS[Answered.NO])
    expect(dylan.locator("main")).to_contain_text("Your force protects the child now")
    expect(dylan.locator("main a[href^='tel:']")).to_be_visible()
    assert "Arkwell" not in dylan.content()
    assert "Arkwell" not in dylan.url
    fits(dylan)
    axe(dylan)
    screenshot(dylan, "rail-told")
    dylan.get_by_role("button", name="Children you protect now").click()
    link = dylan.get_by_role("link", name="Nathaniel Arkwell: on the railway")
    wait_for(dylan, lambda: expect(link).to_be_visible())
    link.click()
    expect(dylan.locator("main")).to_contain_text("British Transport Police protects the child now")
    expect(dylan.locator("main")).to_contain_text("R21")
    event = dylan.url
    _offered_and_accepted(dylan, hannah, event, screenshot)
    _home_by_the_same_gate(dylan, hannah, screenshot, fits, axe)


def _offered_and_accepted(dylan: Page, hannah: Page, event: str, screenshot) -> None:
    dylan.get_by_text("Hand over to another agency").click()
    offers = dylan.get_by_label("Offer to")
    wanted = next(one for one in offers.locator("option").all_inner_texts() if "Cumberland" in one)
    offers.select_option(label=wanted)
    dylan.get_by_label("What do you ask of them").fill("He is with us in the office on platform 4. Please collect him.")
    dylan.get_by_role("button", name="Offer the handover").click()
    dylan.wait_for_url("**/transfers/*/")
    hannah.goto("/protecting/")
    expect(hannah.locator("main")).to_contain_text("British Transport Police offers you")
    dylan.goto(event)
    expect(dylan.locator("main")).to_contain_text("British Transport Police protects the child now")
    hannah.get_by_role("link", name="British Transport Police offers you").first.click()
    screenshot(hannah, "rail-offered")
    hannah.get_by_role("button", name="Accept: we protect the child now").click()
    expect(hannah.locator("main")).to_contain_text("Hannah Skelton of Cumberland accepted")
    wait_for(dylan, lambda: expect(dylan.locator("main")).to_contain_text("Cumberland protects the child now"))


def fill(form: Locator, told: dict[str, str | datetime]) -> None:
    """Fill a form by its labels."""
    for label, value in told.items():
        if isinstance(value, datetime):
            at, boxes = value.astimezone(LONDON), form.get_by_role("group", name=label)
            for part, text in (("Day", at.day), ("Month", at.month), ("Year", at.year), ("Time", f"{at:%H:%M}")):
                boxes.get_by_label(part, exact=True).fill(str(text))
        elif form.get_by_role("combobox", name=label).count():
            form.get_by_label(label).select_option(value)
        else:
            form.get_by_label(label).first.fill(value)


def act(page: Page, name: str, told: dict[str, str | datetime], button: str) -> None:
    """Open one act of the release, fill its form, and send it."""
    form = page.locator(f"#{name}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    fill(form, told)
    with page.expect_navigation():
        form.get_by_role("button", name=button).click()


def _home_by_the_same_gate(dylan: Page, hannah: Page, screenshot, fits, axe) -> None:
    """See that nothing is released before the gate holds, how far it is, and that a phone confirms the journey."""
    now = datetime.now(LONDON).replace(second=0, microsecond=0)
    dylan.get_by_role("button", name="Plan the journey home").click()
    dylan.wait_for_url("**/custody/*/")
    dylan.get_by_role("button", name="Release the child").click()
    expect(dylan.get_by_role("alert")).to_contain_text("The child cannot be released yet")
    there = now + timedelta(minutes=40)
    act(dylan, "leg", {"How does the child travel": "train", "From": "Carlisle station, CA1 1QZ",
                       "To": "Workington, CA14 3YD", "When does it depart": now, "When does it arrive": there},
        "Add the leg")
    expect(dylan.locator("main")).to_contain_text("Nobody may send a child alone")
    expect(dylan.locator("main")).to_contain_text(re.compile("About [0-9]+ km in a straight line, from postcodes"))
    expect(dylan.locator("#areas")).to_contain_text("Cumberland (Cumbria)")
    dylan.get_by_role("button", name="Take leg 1 out").click()
    act(dylan, "leg", {"How does the child travel": "police vehicle", "Who travels": "PC 4471 Harraby",
                       "From": "Carlisle station, CA1 1QZ", "To": "Cumberland duty desk, CA14 3YD",
                       "When does it depart": now, "When does it arrive": there}, "Add the leg")
    act(dylan, "assess", {"What did you find": "Tired, no injuries. He is afraid of who waits in Glasgow.",
                          "When was it": now}, "Record the assessment")
    act(dylan, "home", {"Whom did you tell": "Hannah Skelton, duty desk", "When was it": now},
        "Record that the council is told")
    dylan.get_by_role("button", name=re.compile("Cumberland")).first.click()
    expect(dylan.locator("main")).to_contain_text("May be released")
    screenshot(dylan, "rail-gate")
    into_the_next_minute(dylan)
    dylan.reload()
    dylan.get_by_role("button", name="Release the child").click()
    expect(dylan.locator("main")).to_contain_text("On the way")
    _two_taps_on_a_phone(dylan, hannah, screenshot, fits, axe)


def into_the_next_minute(page: Page) -> None:
    """Wait until the minute has passed: what follows must be later, and times are told in minutes."""
    page.wait_for_timeout(60_500 - datetime.now(LONDON).timestamp() % 60 * 1000)


def _two_taps_on_a_phone(dylan: Page, hannah: Page, screenshot, fits, axe) -> None:
    """Confirm departure and arrival with a name, a tap into its field and a tap on the button, and nothing else."""
    dylan.get_by_label("Who saw the child depart?").click()
    dylan.keyboard.type("PC 4471 Harraby")
    screenshot(dylan, "rail-departed")
    dylan.get_by_role("button", name="Record the departure").click()
    expect(dylan.locator("main")).to_contain_text("PC 4471 Harraby")
    place = dylan.url
    hannah.goto("/custody/")
    expect(hannah.locator("main")).to_contain_text("km in a straight line")
    hannah.set_viewport_size({"width": 375, "height": 812})
    hannah.goto(place)
    fits(hannah)
    axe(hannah)
    screenshot(hannah, "rail-arrived")
    into_the_next_minute(hannah)
    hannah.reload()
    hannah.get_by_label("Who says that the child has arrived?").click()
    hannah.keyboard.type("Hannah Skelton")
    hannah.get_by_role("button", name="Arrived: they stand before me").click()
    expect(hannah.locator("main")).to_contain_text("Hannah Skelton said so")


def test_a_child_who_says_no_name_is_protected_all_the_same(visit: Callable[..., Page], screenshot) -> None:
    dylan = visit("Dylan Fairweather", size="phone")
    meet(dylan, what="police protection")
    expect(dylan.get_by_role("heading", level=1)).to_contain_text("Nobody could be asked")
    expect(dylan.locator("main")).to_contain_text("Ring the duty desk of Cumberland")
    dylan.goto("/protecting/")
    link = dylan.get_by_role("link", name="Name not told: in police protection")
    wait_for(dylan, lambda: expect(link.first).to_be_visible())


def test_only_transport_police_have_the_form_and_carl_finds_nothing(visit: Callable[..., Page]) -> None:
    neil, dylan = visit("Neil Penruddock"), visit("Dylan Fairweather")
    answer = neil.goto("/rail/")
    assert answer is not None
    assert answer.status == 404
    dylan.goto("/protecting/")
    places = dylan.locator("main a").evaluate_all(
        "links => links.map(l => l.pathname).filter(p => p.startsWith('/events/'))")
    assert places
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, places, name="Nathaniel Arkwell", born_on=BORN_ON)
