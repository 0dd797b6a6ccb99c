"""S02 in the browser: three pupils' first signs are a question about their school, and nobody's label."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, carl_finds_nothing, choose, open_child, wait_for

pytestmark = pytest.mark.functional

PUPILS = ("Callum Rimmer", "Theo Blundell", "Freya Lathom")
SCHOOL = "The Hawthorne's Free School"


@pytest.fixture(scope="module")
def told(served: Served) -> dict[str, str]:
    """Give the numbers of the children, as their schools sent them, by surname."""
    return {str(row["surname"]): str(row["upn"]) for row in served.story("S02", "school-roll")}


def open_hypothesis(page: Page) -> str:
    """Open what is asked about the school from the list, and give its address."""
    page.goto("/places/hypotheses/")
    page.get_by_role("link", name=f"First signs at {SCHOOL}").click()
    page.wait_for_url("**/places/hypotheses/*/")
    return page.url


def test_the_hub_and_the_police_judge_it_and_of_two_at_once_one_is_heard(
    visit: Callable[..., Page], axe, fits, screenshot
) -> None:
    joe, nicola = visit("Joe Brennan"), visit("Nicola Kirkdale")
    joe.goto("/notices/")
    joe.get_by_role("link", name=f"at {SCHOOL}").first.click()
    joe.get_by_role("link", name="See what it rests on, and confirm or dismiss it").click()
    joe.wait_for_url("**/places/hypotheses/*/")
    main = joe.locator("main")
    for words in ("What is it?", "Why is it shown?", "What speaks against it?", "What can you do?", *PUPILS,
                  "reason given: drugs or alcohol", "Arrival", "Waits for a person"):
        expect(main).to_contain_text(words)
    expect(main).not_to_contain_text("Tarleton")
    expect(main).not_to_contain_text("recruit")
    screenshot(joe, "s02-hypothesis")

    open_hypothesis(nicola)
    expect(nicola.locator("main")).to_contain_text("3 pupils whose record is not open to you")
    for name in PUPILS:
        expect(nicola.locator("main")).not_to_contain_text(name)
    choose(nicola, "What do you say of it?", "Dismiss it: there is another explanation, or nothing in it")
    nicola.get_by_label("Why?").fill("Three different things, as far as our records say.")
    nicola.get_by_role("button", name="Record what you say").click()
    expect(nicola.locator("body")).to_contain_text("Recorded: dismissed")

    choose(joe, "What do you say of it?", "Confirm it: something at this school needs people to act together")
    joe.get_by_label("Why?").fill("All three name the same flat behind the station.")
    joe.get_by_role("button", name="Record what you say").click()
    expect(joe.get_by_role("alert")).to_contain_text("Somebody has said something of this meanwhile")
    expect(joe.get_by_label("Why?")).to_have_value("All three name the same flat behind the station.")
    expect(main).to_contain_text("Three different things, as far as our records say.")
    axe(joe)
    screenshot(joe, "s02-somebody-was-first")
    choose(joe, "What do you say of it?", "Open it again")
    joe.get_by_role("button", name="Record what you say").click()
    expect(main).to_contain_text("Opened again")
    choose(joe, "What do you say of it?", "Confirm it: something at this school needs people to act together")
    joe.get_by_label("Why?").fill("All three name the same flat behind the station.")
    joe.get_by_role("button", name="Record what you say").click()
    wait_for(nicola, lambda: expect(nicola.locator("main")).to_contain_text("same flat behind the station"))
    nicola.set_viewport_size({"width": 375, "height": 812})
    fits(nicola)
    axe(nicola)
    screenshot(nicola, "s02-hypothesis-of-police")


def test_nothing_on_the_page_of_who_arrived_says_that_it_was_asked(
    visit: Callable[..., Page], told: dict[str, str], screenshot
) -> None:
    beth = visit("Beth Ashworth")
    address = open_child(beth, upn=told["Tarleton"])
    for page in (address, f"{address}?all=1", f"{address}disclosures/"):
        beth.goto(page)
        for words in ("hypothes", "recruit", "C25", *PUPILS):
            expect(beth.locator("main")).not_to_contain_text(words)
    beth.goto("/places/hypotheses/")
    expect(beth.locator("main")).not_to_contain_text(SCHOOL)


def test_the_school_sees_its_pupils_as_before_and_nothing_of_the_hypothesis(
    visit: Callable[..., Page], told: dict[str, str]
) -> None:
    joe, orla = visit("Joe Brennan"), visit("Orla Kearney")
    hypothesis = open_hypothesis(joe)
    open_child(orla, upn=told["Rimmer"])
    expect(orla.locator("main")).to_contain_text("Callum Rimmer")
    expect(orla.locator("main")).not_to_contain_text("hypothes")
    for place in (hypothesis, "/places/hypotheses/", "/oversight/hypotheses/"):
        answer = orla.goto(place)
        assert answer is not None
        assert answer.status == 403, place
    for place in ("/inbox/", "/notices/"):
        orla.goto(place)
        expect(orla.locator("body")).not_to_contain_text("First signs")
        expect(orla.get_by_role("link", name="Places", exact=True)).to_have_count(0)


def test_an_inspector_counts_and_carl_sees_nothing_of_it_anywhere(
    visit: Callable[..., Page], told: dict[str, str], screenshot
) -> None:
    dawn = visit("Dawn Prescott")
    dawn.goto("/oversight/")
    dawn.get_by_role("link", name="How often first signs at a school followed an arrival").click()
    expect(dawn.get_by_role("row").filter(has_text="Sefton")).to_be_visible()
    expect(dawn.locator("main")).not_to_contain_text(SCHOOL)
    screenshot(dawn, "s02-counts")
    joe = visit("Joe Brennan")
    places = [open_hypothesis(joe), *addresses_on(joe)]
    carl_finds_nothing(visit("Carl Denby"), places, name="Callum Rimmer", upn=told["Rimmer"])
