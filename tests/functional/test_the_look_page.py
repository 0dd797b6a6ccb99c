"""Every part of the pages, on a desk and on a phone, with scripts and without, by eye, by axe and by keyboard."""

from collections.abc import Callable

import pytest
from keyboard import walk_through
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.functional

ERRORS = (400, 403, 404, 409, 429, 500)
PLACES = ("", "record/", "list/", "said/", "form/", *(f"error/{status}/" for status in ERRORS))


def test_every_part_is_free_of_faults_and_fits(page: Page, axe, fits, screenshot) -> None:
    for place in PLACES:
        page.goto(f"/_look/{place}")
        screenshot(page, "look-" + (place.strip("/").replace("/", "-") or "parts"))
        fits(page)
        axe(page)


def test_what_is_wrong_with_a_form_is_said_at_its_top_and_at_its_fields(page: Page, axe, fits, screenshot) -> None:
    page.goto("/_look/form/")
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2026")
    page.get_by_role("button", name="Record the decision").click()
    screenshot(page, "look-form-wrong")
    expect(page).to_have_title("Error: Decide about a sign – Sightline")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Choose what you decide")
    expect(summary).to_contain_text("Day to look again must be a real day")
    summary.get_by_role("link", name="Enter your reasons").click()
    expect(page.get_by_label("Why?")).to_be_focused()
    fits(page)
    axe(page)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: Callable[..., Page]) -> None:
    for place in ("", "record/", "list/", "form/"):
        desk = open_page()
        desk.goto(f"/_look/{place}")
        walk_through(desk)


def test_the_first_step_of_the_keyboard_skips_to_the_content(desk: Page) -> None:
    desk.goto("/_look/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to main content")).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main-content"


def test_a_reason_leads_to_its_entry(desk: Page) -> None:
    desk.goto("/_look/record/")
    desk.get_by_role("link", name="Reported missing overnight, 11 May 2026").click()
    expect(desk.locator("#entry-e7")).to_be_focused()


def test_the_menu_opens_by_a_button_on_a_phone_and_lies_open_without_scripts(open_page: Callable[..., Page]) -> None:
    phone = open_page("phone")
    phone.goto("/_look/")
    inbox = phone.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")
    expect(inbox).to_be_hidden()
    phone.get_by_role("button", name="Menu").click()
    expect(inbox).to_be_visible()
    plain = open_page("phone", scripts=False)
    plain.goto("/_look/")
    expect(plain.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")).to_be_visible()


def test_without_scripts_everything_can_be_read_and_sent(without_scripts: Page, fits, screenshot) -> None:
    for place in ("", "record/", "list/"):
        without_scripts.goto(f"/_look/{place}")
        fits(without_scripts)
    without_scripts.goto("/_look/form/")
    without_scripts.get_by_role("button", name="Record the decision").click()
    expect(without_scripts.get_by_role("alert")).to_contain_text("Enter your reasons")
    screenshot(without_scripts, "look-form-wrong-without-scripts")


def test_a_filter_loads_only_its_part_of_the_page(page: Page, axe, fits) -> None:
    page.goto("/_look/list/")
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.get_by_label("Stands").select_option("Late only")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("1 duty,")
    expect(page.locator(".sightline-duty")).to_have_count(1)
    assert page.evaluate("document.querySelector('h1').dataset.kept") == "yes"
    assert "state=late" in page.url
    left = page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)]")
    here = "/_look/list/?team=adolescents&state=late&law="
    assert left == [["htmx-current-path-for-history", here]], "a page may leave its address behind, nothing else"
    fits(page)
    axe(page)
    page.reload()
    expect(page.locator(".sightline-duty")).to_have_count(1)


def test_a_filter_works_without_scripts(without_scripts: Page) -> None:
    without_scripts.goto("/_look/list/")
    without_scripts.get_by_label("Stands").select_option("Late only")
    without_scripts.get_by_role("button", name="Show").click()
    expect(without_scripts.locator(".sightline-duty")).to_have_count(1)


def test_there_is_no_look_page_where_it_is_not_switched_on(desk: Page, settings) -> None:
    settings.SHOW_LOOK = False
    answer = desk.goto("/_look/")
    assert answer is not None
    assert answer.status == 404
