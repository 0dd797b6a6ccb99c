"""Signing in as people do it: password and code, passkey, wrong ones, too many, and nothing without the second."""

import json
import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from signing_in import BETH, PASSWORD, App, enter_code, enter_password, nobody_is_signed_in, signed_in_as

from sightline.apps.access.models import Officer

pytestmark = pytest.mark.functional


def test_password_and_code_open_the_account(page: Page, app: App, axe, fits, screenshot) -> None:
    page.goto("/account/sign-in/")
    screenshot(page, "sign-in")
    fits(page)
    axe(page)
    enter_password(page)
    nobody_is_signed_in(page)
    screenshot(page, "sign-in-code")
    fits(page)
    axe(page)
    enter_code(page, app.code())
    signed_in_as(page, "Beth Okafor")
    screenshot(page, "your-sign-in")
    fits(page)
    axe(page)


def test_a_wrong_password_is_refused_without_saying_whether_the_address_is_known(desk: Page, beth, axe) -> None:
    said = []
    for email in (BETH, "nobody@knowsley.example"):
        enter_password(desk, email, "not the password")
        said.append(desk.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    assert "The e-mail address or the password is not right" in said[0]
    axe(desk)


def test_what_is_missing_is_named(desk: Page, live_server) -> None:
    desk.goto("/account/sign-in/")
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter the e-mail address")
    expect(desk.get_by_role("alert")).to_contain_text("Enter the password")
    expect(desk).to_have_title("Error: Sign in – Sightline")


def test_a_wrong_code_is_refused_and_the_right_one_still_opens(desk: Page, app: App, axe, screenshot) -> None:
    enter_password(desk)
    enter_code(desk, "000000")
    expect(desk.get_by_role("alert")).to_contain_text("This code is not right")
    nobody_is_signed_in(desk)
    screenshot(desk, "sign-in-code-wrong")
    axe(desk)
    enter_code(desk, app.code())
    signed_in_as(desk, "Beth Okafor")


def test_a_code_opens_once(open_page: Callable[..., Page], app: App) -> None:
    code = app.code()
    first, second = open_page(), open_page()
    for page in (first, second):
        enter_password(page)
        enter_code(page, code)
    signed_in_as(first, "Beth Okafor")
    expect(second.get_by_role("alert")).to_contain_text("This code is not right")


def test_five_wrong_passwords_lock_the_address_for_that_place(desk: Page, app: App, axe, fits, screenshot) -> None:
    for _ in range(5):
        enter_password(desk, password="not the password")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign-in is locked for 15 minutes")
    screenshot(desk, "sign-in-locked")
    fits(desk)
    axe(desk)
    enter_password(desk)
    expect(desk.get_by_role("alert")).to_contain_text("Too many tries")
    nobody_is_signed_in(desk)


def test_five_wrong_codes_stop_the_guessing(desk: Page, app: App) -> None:
    enter_password(desk)
    for wrong in range(6):
        enter_code(desk, f"00000{wrong}")
    expect(desk.get_by_role("alert")).to_contain_text("Too many tries")
    enter_code(desk, app.code())
    expect(desk.get_by_role("alert")).to_contain_text("Too many tries")
    nobody_is_signed_in(desk)


def test_nobody_can_sign_up(desk: Page, live_server, axe, fits, screenshot) -> None:
    desk.goto("/account/sign-up/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Nobody can sign up here")
    expect(desk.get_by_role("textbox")).to_have_count(0)
    screenshot(desk, "sign-up-closed")
    fits(desk)
    axe(desk)
    answer = desk.request.post("/account/sign-up/", form={
        "email": "new@knowsley.example", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status == 403
    assert not Officer.objects.exists()


def test_a_recovery_code_opens_once(desk: Page, beth: Officer) -> None:
    enter_password(desk)
    desk.goto("/account/app/set-up/")
    desk.get_by_text("I cannot scan it").click()
    enter_code(desk, App(desk.locator(".sightline-code--secret").inner_text().replace(" ", "")).code(), "Finish")
    code = desk.locator(".sightline-recovery li").first.inner_text()
    for expected in ("Your sign-in", "Enter your code"):
        desk.get_by_role("button", name="Sign out").click()
        enter_password(desk)
        enter_code(desk, code)
        expect(desk.get_by_role("heading", level=1)).to_have_text(expected)
    nobody_is_signed_in(desk)


def test_a_passkey_opens_without_password(passkey_device: Page, beth: Officer, axe, fits, screenshot) -> None:
    page = passkey_device
    enter_password(page)
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a passkey")
    screenshot(page, "passkey-add")
    fits(page)
    axe(page)
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_label("Let this passkey sign me in without my password").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("button", name="Sign out").click()
    nobody_is_signed_in(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    signed_in_as(page, "Beth Okafor")
    page.goto("/account/passkeys/")
    expect(page.get_by_role("heading", name="Work laptop")).to_be_visible()
    screenshot(page, "passkeys")
    fits(page)
    axe(page)


def test_a_passkey_is_the_second_factor_after_the_password(passkey_device: Page, beth: Officer) -> None:
    page = passkey_device
    enter_password(page)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("button", name="Sign out").click()
    enter_password(page)
    nobody_is_signed_in(page)
    page.get_by_role("button", name="Use your passkey").click()
    signed_in_as(page, "Beth Okafor")


def test_a_passkey_that_is_not_there_is_said_in_words(passkey_device: Page, live_server, axe) -> None:
    passkey_device.goto("/account/sign-in/")
    passkey_device.get_by_role("button", name="Sign in with a passkey").click()
    expect(passkey_device.get_by_role("heading", name="Your passkey was not used")).to_be_visible()
    axe(passkey_device)


def test_a_passkey_of_nobody_is_refused(desk: Page, live_server) -> None:
    desk.goto("/account/sign-in/")
    token = desk.locator("#mfa_login input[name=csrfmiddlewaretoken]").input_value()
    for sent in ("", "not json", json.dumps({"id": "x"}), json.dumps([1, 2])):
        answer = desk.request.post("/account/sign-in/passkey/", headers={"Referer": desk.url},
                                   form={"csrfmiddlewaretoken": token, "credential": sent})
        assert answer.status == 200
        assert "/account/sign-in/" in answer.url


def test_a_forgotten_password_is_set_anew_by_a_link_and_the_code_is_still_asked(desk: Page, app: App, axe, fits,
                                                                               screenshot) -> None:
    desk.goto("/account/sign-in/")
    desk.get_by_role("link", name="I have forgotten my password").click()
    screenshot(desk, "password-forgotten")
    fits(desk)
    axe(desk)
    desk.get_by_label("E-mail address").fill(BETH)
    desk.get_by_role("button", name="Send the link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    axe(desk)
    [message] = mail.outbox
    assert message.to == [BETH]
    assert "Beth" not in message.body
    link = re.search(r"http://\S+", str(message.body))
    assert link is not None
    desk.goto(link.group())
    expect(desk.get_by_role("heading", level=1)).to_have_text("Set a new password")
    screenshot(desk, "password-new")
    axe(desk)
    desk.get_by_label("New password", exact=True).fill("short")
    desk.get_by_label("New password again").fill("short")
    desk.get_by_role("button", name="Set the password").click()
    expect(desk.get_by_role("alert")).to_contain_text("too short")
    desk.get_by_label("New password", exact=True).fill("violet harbour engine")
    desk.get_by_label("New password again").fill("violet harbour engine")
    desk.get_by_role("button", name="Set the password").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Your password is changed")
    axe(desk)
    enter_password(desk, password="violet harbour engine")
    nobody_is_signed_in(desk)
    enter_code(desk, app.code())
    signed_in_as(desk, "Beth Okafor")
    desk.goto(link.group())
    expect(desk.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    axe(desk)


def test_no_message_goes_to_an_address_that_has_no_account(desk: Page, live_server) -> None:
    desk.goto("/account/password/forgotten/")
    desk.get_by_label("E-mail address").fill("nobody@knowsley.example")
    desk.get_by_role("button", name="Send the link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    assert mail.outbox == []


def test_signing_out_is_asked_for_and_then_done(desk: Page, app: App, axe, screenshot) -> None:
    enter_password(desk)
    enter_code(desk, app.code())
    desk.goto("/account/sign-out/")
    screenshot(desk, "sign-out")
    axe(desk)
    desk.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("alert")).to_contain_text("You are signed out")
    nobody_is_signed_in(desk)
    axe(desk)


def test_an_account_that_is_switched_off_does_not_open(desk: Page, app: App, beth: Officer) -> None:
    Officer.objects.update(is_active=False)
    enter_password(desk)
    nobody_is_signed_in(desk)


def test_everything_but_passkeys_works_without_scripts(without_scripts: Page, app: App, screenshot) -> None:
    without_scripts.goto("/account/sign-in/")
    expect(without_scripts.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    screenshot(without_scripts, "sign-in-without-scripts")
    enter_password(without_scripts)
    enter_code(without_scripts, app.code())
    signed_in_as(without_scripts, "Beth Okafor")
    without_scripts.get_by_role("button", name="Sign out").click()
    nobody_is_signed_in(without_scripts)


def test_signing_in_by_keyboard_alone(desk: Page, app: App) -> None:
    desk.goto("/account/sign-in/?next=/account/")
    desk.get_by_label("E-mail address").focus()
    desk.keyboard.type(BETH)
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    desk.get_by_label("Code", exact=True).focus()
    desk.keyboard.type(app.code())
    desk.keyboard.press("Enter")
    signed_in_as(desk, "Beth Okafor")
