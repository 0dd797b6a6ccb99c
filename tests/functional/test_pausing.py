"""A session that was left alone asks again who it is, and nothing that was being written is lost."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from signing_in import PASSWORD, App, enter_code, enter_password

pytestmark = pytest.mark.functional


@pytest.fixture
def at_work(page: Page, app: App, settings) -> Page:
    """Sign Beth in and open the form on which she will be interrupted."""
    enter_password(page, after="/_look/form/")
    enter_code(page, app.code())
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide about a sign")
    settings.SESSION_IDLE = timedelta(seconds=1)
    return page


def left_alone() -> None:
    time.sleep(1.2)


def fill(page: Page) -> None:
    page.get_by_label("Offer support without telling").check()
    page.get_by_label("Why?").fill("Her mother asked for help & she knows the worker <well>")
    for part, written in (("Day", "17"), ("Month", "5"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(written)
    page.get_by_label("Your telephone number").fill("0151 496 0000")
    page.get_by_label("Password", exact=True).fill("anything")
    page.get_by_label("I have read the child’s timeline").check()


def test_what_was_sent_into_a_paused_session_goes_on_after_the_proof(at_work: Page, axe, fits, screenshot) -> None:
    fill(at_work)
    left_alone()
    at_work.get_by_role("button", name="Record the decision").click()
    expect(at_work.get_by_role("heading", level=1)).to_have_text("Prove that it is you")
    expect(at_work.get_by_text("What you sent is kept")).to_be_visible()
    screenshot(at_work, "prove")
    fits(at_work)
    axe(at_work)
    at_work.get_by_label("Password", exact=True).fill("not the password")
    at_work.get_by_role("button", name="Continue").click()
    expect(at_work.get_by_role("alert").last).to_contain_text("The password is not right")
    at_work.get_by_label("Password", exact=True).fill(PASSWORD)
    at_work.get_by_role("button", name="Continue").click()
    expect(at_work.get_by_role("alert")).to_contain_text("Her mother asked for help & she knows the worker <well>")


def test_a_page_that_was_asked_for_opens_after_the_proof_by_code(at_work, app, axe, fits, screenshot) -> None:
    left_alone()
    at_work.goto("/_look/record/?seen=1")
    at_work.get_by_role("link", name="Use a code").click()
    screenshot(at_work, "prove-code")
    fits(at_work)
    axe(at_work)
    enter_code(at_work, app.code())
    expect(at_work.get_by_role("heading", level=1)).to_contain_text("Amara")
    assert at_work.url.endswith("/_look/record/?seen=1")


def test_a_paused_session_opens_nothing(at_work: Page) -> None:
    left_alone()
    for place in ("/_look/record/", "/account/", "/account/password/", "/account/sessions/"):
        at_work.goto(place)
        expect(at_work.get_by_role("heading", level=1)).to_have_text("Prove that it is you")
    at_work.get_by_label("Password", exact=True).fill(PASSWORD)
    at_work.get_by_role("button", name="Continue").click()
    expect(at_work.get_by_role("heading", level=1)).to_have_text("Where you are signed in")
