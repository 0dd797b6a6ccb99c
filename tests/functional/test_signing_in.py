"""Signing in as people do it: password and code, passkey, wrong ones, too many, and nothing without the second."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect
from signing_in import BETH, PASSWORD, App, enter_code, enter_password, give_app, officer

from sightline.apps.access.models import Officer

pytestmark = pytest.mark.functional

WHO = "Who you are here"


def signed_in_as(page: Page, name: str) -> None:
    expect(page.get_by_role("region", name=WHO)).to_contain_text(name)


def nobody_is_signed_in(page: Page) -> None:
    expect(page.get_by_role("region", name=WHO)).to_have_count(0)


@pytest.fixture
def beth(live_server: Any) -> Officer:
    return officer()


@pytest.fixture
def app(beth: Officer) -> App:
    return give_app(beth)


@pytest.fixture
def passkey_device(page: Page) -> Iterator[Page]:
    """Put a device with passkeys into the browser, as a laptop or a phone with a fingerprint reader has one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})
    yield page
    devtools.detach()


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


def test_a_wrong_password_is_refused_without_saying_whether_the_address_is_known(page: Page, beth, axe) -> None:
    said = []
    for email in (BETH, "nobody@knowsley.example"):
        enter_password(page, email, "not the password")
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    assert "The e-mail address or the password is not right" in said[0]
    axe(page)


def test_what_is_missing_is_named(desk: Page, live_server) -> None:
    desk.goto("/account/sign-in/")
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter the e-mail address")
    expect(desk.get_by_role("alert")).to_contain_text("Enter the password")
    expect(desk).to_have_title("Error: Sign in – Sightline")


def test_a_wrong_code_is_refused_and_the_right_one_still_opens(page: Page, app: App, axe, screenshot) -> None:
    enter_password(page)
    enter_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    nobody_is_signed_in(page)
    screenshot(page, "sign-in-code-wrong")
    axe(page)
    enter_code(page, app.code())
    signed_in_as(page, "Beth Okafor")


def test_a_code_opens_once(open_page: Callable[..., Page], app: App) -> None:
    code = app.code()
    first, second = open_page(), open_page()
    for page in (first, second):
        enter_password(page)
        enter_code(page, code)
    signed_in_as(first, "Beth Okafor")
    expect(second.get_by_role("alert")).to_contain_text("This code is not right")


def test_five_wrong_passwords_lock_the_address_for_that_place(page: Page, app: App, axe, fits, screenshot) -> None:
    for _ in range(5):
        enter_password(page, password="not the password")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in is locked for 15 minutes")
    screenshot(page, "sign-in-locked")
    fits(page)
    axe(page)
    enter_password(page)
    expect(page.get_by_role("alert")).to_contain_text("Too many tries")
    nobody_is_signed_in(page)


def test_five_wrong_codes_stop_the_guessing(desk: Page, app: App) -> None:
    enter_password(desk)
    for wrong in range(6):
        enter_code(desk, f"00000{wrong}")
    expect(desk.get_by_role("alert")).to_contain_text("Too many tries")
    enter_code(desk, app.code())
    expect(desk.get_by_role("alert")).to_contain_text("Too many tries")
    nobody_is_signed_in(desk)


def test_nobody_can_sign_up(page: Page, live_server, axe, fits, screenshot) -> None:
    page.goto("/account/sign-up/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody can sign up here")
    expect(page.get_by_role("textbox")).to_have_count(0)
    screenshot(page, "sign-up-closed")
    fits(page)
    axe(page)
    answer = page.request.post("/account/sign-up/", form={
        "email": "new@knowsley.example", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status == 403
    assert not Officer.objects.exists()


def test_an_officer_without_a_second_factor_is_led_to_set_one_up(page: Page, beth: Officer, axe, fits, screenshot):
    enter_password(page, after="/_look/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    screenshot(page, "second-factor-needed")
    fits(page)
    axe(page)
    for elsewhere in ("/_look/record/", "/account/sessions/", "/account/password/", "/account/recovery-codes/new/"):
        page.goto(elsewhere)
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".sightline-code--secret").inner_text().replace(" ", "")
    screenshot(page, "app-set-up")
    fits(page)
    axe(page)
    app = App(secret)
    enter_code(page, "000000", "Finish")
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    enter_code(page, app.code(), "Finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator(".sightline-recovery li")).to_have_count(10)
    screenshot(page, "recovery-codes")
    fits(page)
    axe(page)
    page.goto("/_look/record/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amara")


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


def test_a_forgotten_password_is_set_anew_by_a_link_and_the_code_is_still_asked(page: Page, app: App, axe, fits,
                                                                               screenshot) -> None:
    page.goto("/account/sign-in/")
    page.get_by_role("link", name="I have forgotten my password").click()
    screenshot(page, "password-forgotten")
    fits(page)
    axe(page)
    page.get_by_label("E-mail address").fill(BETH)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    axe(page)
    [message] = mail.outbox
    assert message.to == [BETH]
    assert "Beth" not in message.body
    link = re.search(r"http://\S+", str(message.body))
    assert link is not None
    page.goto(link.group())
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a new password")
    screenshot(page, "password-new")
    axe(page)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password again").fill("short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("alert")).to_contain_text("too short")
    page.get_by_label("New password", exact=True).fill("violet harbour engine")
    page.get_by_label("New password again").fill("violet harbour engine")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password is changed")
    axe(page)
    enter_password(page, password="violet harbour engine")
    nobody_is_signed_in(page)
    enter_code(page, app.code())
    signed_in_as(page, "Beth Okafor")
    page.goto(link.group())
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    axe(page)


def test_no_message_goes_to_an_address_that_has_no_account(desk: Page, live_server) -> None:
    desk.goto("/account/password/forgotten/")
    desk.get_by_label("E-mail address").fill("nobody@knowsley.example")
    desk.get_by_role("button", name="Send the link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    assert mail.outbox == []


def test_the_password_is_changed_after_the_present_one(page: Page, app: App, axe, fits, screenshot) -> None:
    enter_password(page)
    enter_code(page, app.code())
    page.get_by_role("link", name="Change your password").click()
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the present password")
    screenshot(page, "password-change-wrong")
    fits(page)
    axe(page)
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("violet harbour engine")
    page.get_by_label("New password again").fill("violet harbour engine")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("alert")).to_contain_text("Your password is changed")
    assert [one.subject for one in mail.outbox] == ["Your password was changed"]


def test_the_last_second_factor_cannot_be_removed(page: Page, app: App, axe, screenshot) -> None:
    enter_password(page)
    enter_code(page, app.code())
    page.get_by_role("link", name="Remove the authenticator app").click()
    expect(page.get_by_role("alert")).to_contain_text("You must keep one second factor")
    screenshot(page, "second-factor-kept")
    axe(page)
    assert Authenticator.objects.filter(type="totp").exists()


def test_one_of_two_second_factors_can_be_removed(passkey_device: Page, app: App, axe, screenshot) -> None:
    page = passkey_device
    enter_password(page)
    enter_code(page, app.code())
    page.goto("/account/passkeys/add/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Rename").click()
    axe(page)
    page.get_by_label("Name of the passkey").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Old laptop")).to_be_visible()
    page.goto("/account/app/remove/")
    screenshot(page, "app-remove")
    axe(page)
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_role("alert")).to_contain_text("Your authenticator app is removed")
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_role("alert")).to_contain_text("You must keep one second factor")


def test_new_recovery_codes_are_shown_once(page: Page, app: App, axe, fits, screenshot) -> None:
    enter_password(page)
    enter_code(page, app.code())
    page.get_by_role("link", name="Make new ones").click()
    screenshot(page, "recovery-codes-new")
    axe(page)
    page.get_by_role("button", name="Make new codes").click()
    expect(page.locator(".sightline-recovery li")).to_have_count(10)
    page.reload()
    expect(page.get_by_text("cannot be shown again")).to_be_visible()
    screenshot(page, "recovery-codes-shown")
    fits(page)
    axe(page)


def test_every_page_of_signing_in_is_free_of_faults_and_fits(passkey_device: Page, app: App, axe, fits, screenshot):
    page = passkey_device
    enter_password(page)
    enter_code(page, app.code())
    page.goto("/account/passkeys/add/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    key = Authenticator.objects.get(type="webauthn").pk
    signed_in = ("prove/", "prove/code/", "prove/passkey/", "passkeys/", f"passkeys/{key}/name/",
                 f"passkeys/{key}/remove/", "app/remove/", "recovery-codes/", "recovery-codes/new/", "sessions/",
                 "password/", "sign-out/", "")
    signed_out = ("inactive/", "sign-up/", "password/forgotten/sent/", "password/new/done/", "password/new/a-b/")
    for place in signed_in:
        page.goto(f"/account/{place}")
        assert page.url.endswith(f"/account/{place}")
        screenshot(page, "account-" + place.strip("/").replace("/", "-").replace(str(key), "n"))
        fits(page)
        axe(page)
    page.get_by_role("button", name="Sign out").first.click()
    for place in signed_out:
        page.goto(f"/account/{place}")
        screenshot(page, "account-" + place.strip("/").replace("/", "-"))
        fits(page)
        axe(page)


def test_an_officer_with_only_a_passkey_can_set_a_password(passkey_device: Page, app: App, beth, axe, screenshot):
    page = passkey_device
    enter_password(page)
    enter_code(page, app.code())
    page.goto("/account/passkeys/add/")
    page.get_by_label("Let this passkey sign me in without my password").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    Officer.objects.update(password="!nobody can use this")
    page.goto("/account/sign-in/?next=/account/password/set/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    signed_in_as(page, "Beth Okafor")
    page.goto("/account/password/set/")
    screenshot(page, "account-password-set")
    axe(page)
    page.get_by_label("New password", exact=True).fill("violet harbour engine")
    page.get_by_label("New password again").fill("violet harbour engine")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("alert")).to_contain_text("Your password is set")


def test_sessions_elsewhere_can_be_ended(open_page: Callable[..., Page], app: App, axe, fits, screenshot) -> None:
    here, there = open_page(), open_page("phone")
    for page in (here, there):
        enter_password(page)
        enter_code(page, app.code())
        signed_in_as(page, "Beth Okafor")
    here.goto("/account/sessions/")
    there.goto("/account/sessions/")
    for page in (here, there):
        screenshot(page, "sessions")
        fits(page)
        axe(page)
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_text("You are signed in nowhere else")).to_be_visible()
    there.goto("/account/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_signing_out_is_asked_for_and_then_done(page: Page, app: App, axe, screenshot) -> None:
    enter_password(page)
    enter_code(page, app.code())
    page.goto("/account/sign-out/")
    screenshot(page, "sign-out")
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    nobody_is_signed_in(page)
    axe(page)


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
