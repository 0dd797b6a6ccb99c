"""An officer sets up and changes the ways of signing in, and cannot lock itself out by it."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect
from signing_in import PASSWORD, App, enter_code, enter_password, put_passkey_device, signed_in_as

from sightline.apps.access.models import Officer

pytestmark = pytest.mark.functional


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


def test_the_password_is_changed_after_the_present_one(desk: Page, app: App, axe, fits, screenshot) -> None:
    enter_password(desk)
    enter_code(desk, app.code())
    desk.get_by_role("link", name="Change your password").click()
    desk.get_by_role("button", name="Change the password").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter the present password")
    screenshot(desk, "password-change-wrong")
    fits(desk)
    axe(desk)
    desk.get_by_label("Present password").fill(PASSWORD)
    desk.get_by_label("New password", exact=True).fill("violet harbour engine")
    desk.get_by_label("New password again").fill("violet harbour engine")
    desk.get_by_role("button", name="Change the password").click()
    expect(desk.get_by_role("alert")).to_contain_text("Your password is changed")
    assert [one.subject for one in mail.outbox] == ["Your password was changed"]


def test_the_last_second_factor_cannot_be_removed(desk: Page, app: App, axe, screenshot) -> None:
    enter_password(desk)
    enter_code(desk, app.code())
    desk.get_by_role("link", name="Remove the authenticator app").click()
    expect(desk.get_by_role("alert")).to_contain_text("You must keep one second factor")
    screenshot(desk, "second-factor-kept")
    axe(desk)
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


def test_new_recovery_codes_are_shown_once(desk: Page, app: App, axe, fits, screenshot) -> None:
    enter_password(desk)
    enter_code(desk, app.code())
    desk.get_by_role("link", name="Make new ones").click()
    screenshot(desk, "recovery-codes-new")
    axe(desk)
    desk.get_by_role("button", name="Make new codes").click()
    expect(desk.locator(".sightline-recovery li")).to_have_count(10)
    desk.reload()
    expect(desk.get_by_text("cannot be shown again")).to_be_visible()
    screenshot(desk, "recovery-codes-shown")
    fits(desk)
    axe(desk)


def test_every_page_of_signing_in_is_free_of_faults_and_fits(page: Page, app: App, axe, fits, screenshot) -> None:
    put_passkey_device(page)
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
