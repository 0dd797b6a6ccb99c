"""A visitor is inside within two clicks, by the real forms, and no real officer's code is ever shown."""

import json

import pytest
from playwright.sync_api import Page, expect
from signing_in import BETH, CARL, PASSWORD, enter_password, give_app, officer

from sightline.interfaces.web.sign_in.demonstration import enrol

pytestmark = pytest.mark.functional


@pytest.fixture
def demonstration(live_server, settings, tmp_path) -> None:
    """Load two invented officers, as the demonstration does."""
    file = tmp_path / "demonstration.json"
    file.write_text(json.dumps({"log_ins": [
        {"email": BETH, "password": PASSWORD, "name": "Beth Okafor", "who": "Social worker in Knowsley"},
        {"email": CARL, "password": PASSWORD, "name": "Carl Ainsworth", "who": "Police officer in Cumbria"},
    ]}))
    settings.DEMONSTRATION, settings.DEMONSTRATION_FILE = True, file
    for email, name in ((BETH, "Beth Okafor"), (CARL, "Carl Ainsworth")):
        enrol(officer(email, name))


def test_two_clicks_and_the_visitor_is_inside(page: Page, demonstration, axe, fits, screenshot) -> None:
    page.goto("/account/sign-in/?next=/account/")
    screenshot(page, "demonstration-sign-in")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Sign in as Beth Okafor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    screenshot(page, "demonstration-code")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("region", name="Who you are here")).to_contain_text("Beth Okafor")
    expect(page.get_by_text("Nobody here exists")).to_be_visible()


def test_the_same_officer_is_inside_again_at_once(desk: Page, demonstration) -> None:
    for _ in range(2):
        desk.goto("/account/sign-in/?next=/account/")
        desk.get_by_role("button", name="Sign in as Carl Ainsworth").click()
        desk.get_by_role("button", name="Continue").click()
        expect(desk.get_by_role("region", name="Who you are here")).to_contain_text("Carl Ainsworth")
        desk.get_by_role("button", name="Sign out").click()
        expect(desk.get_by_role("alert")).to_contain_text("You are signed out")


def test_the_code_is_checked_like_any_other(desk: Page, demonstration) -> None:
    desk.goto("/account/sign-in/")
    desk.get_by_role("button", name="Sign in as Beth Okafor").click()
    desk.get_by_label("Code", exact=True).fill("000000")
    desk.get_by_role("button", name="Continue").click()
    expect(desk.get_by_role("alert")).to_contain_text("This code is not right")


@pytest.mark.parametrize("email", ["dawn.mercer@inspectorate.example", "dawn.mercer@inspectorate.gov.uk"])
def test_the_code_of_an_officer_whom_the_demonstration_does_not_name_is_not_shown(desk, demonstration, email) -> None:
    give_app(officer(email, "Dawn Mercer"))
    enter_password(desk, email)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Enter your code")
    expect(desk.locator("#demonstration-code")).to_have_count(0)
    expect(desk.get_by_label("Code", exact=True)).to_have_value("")


def test_outside_a_demonstration_nothing_is_offered_and_no_code_is_shown(desk: Page, demonstration, settings) -> None:
    settings.DEMONSTRATION, settings.DEMONSTRATION_FILE = False, None
    desk.goto("/account/sign-in/")
    expect(desk.get_by_text("choose who you are")).to_have_count(0)
    enter_password(desk)
    expect(desk.locator("#demonstration-code")).to_have_count(0)
