"""A boy on the platform in Carlisle at night: one form on a phone, R21, a council that accepts, and the same gate."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
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
    expect_the_same_gate(dylan, hannah, event)


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


def expect_the_same_gate(dylan: Page, hannah: Page, event: str) -> None:
    """See that the boy goes home by the gate: nothing is released before it holds, and nobody travels alone."""
    dylan.get_by_role("button", name="Plan the journey home").click()
    dylan.wait_for_url("**/custody/*/")
    dylan.get_by_role("button", name="Release the child").click()
    expect(dylan.get_by_role("alert")).to_contain_text("The child cannot be released yet")
    now = datetime.now(LONDON)
    form = dylan.locator("#leg")
    form.locator("summary").click()
    form.get_by_label("How does the child travel").select_option("train")
    for label, text in (("From", "Carlisle"), ("To", "Wigan North Western")):
        form.get_by_label(label, exact=True).fill(text)
    for label, at in (("When does it depart", now + timedelta(minutes=20)),
                      ("When does it arrive", now + timedelta(hours=2))):
        boxes = form.get_by_role("group", name=label)
        for part, text in (("Day", at.day), ("Month", at.month), ("Year", at.year), ("Time", f"{at:%H:%M}")):
            boxes.get_by_label(part, exact=True).fill(str(text))
    form.get_by_role("button", name="Add the leg").click()
    expect(dylan.locator("main")).to_contain_text("Nobody may send a child alone")


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
