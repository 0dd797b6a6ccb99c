"""Steps of signing in that several tests share: officers, their codes, and the forms as a person fills them."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import Page, expect

from sightline.apps.access.models import Officer

PASSWORD = "copper lantern meadow"
BETH = "beth.okafor@knowsley.example"
CARL = "carl.ainsworth@cumbria.example"
WHO = "Who you are here"


@dataclass
class App:
    """Stand for an authenticator app: it shows each code once, as a person who waits for the next would use it."""

    secret: str
    step: int = 0

    def code(self) -> str:
        """Show the next code that was not shown yet."""
        self.step = max(self.step + 1, int(time.time()) // 30)
        return format_hotp_value(hotp_value(self.secret, self.step))


def officer(email: str = BETH, name: str = "Beth Okafor") -> Officer:
    """Make an officer with a password and no second factor."""
    return Officer.objects.create_user(email, PASSWORD, name=name)


def give_app(of: Officer) -> App:
    """Give an officer an authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(of, secret)
    return App(secret)


def enter_password(page: Page, email: str = BETH, password: str = PASSWORD, after: str = "/account/") -> None:
    """Fill the first form of signing in."""
    page.goto(f"/account/sign-in/?next={after}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def enter_code(page: Page, code: str, button: str = "Continue") -> None:
    """Fill the form that asks for a code."""
    page.get_by_label("Code", exact=True).fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def signed_in_as(page: Page, name: str) -> None:
    """See that the page says that this officer is signed in."""
    expect(page.get_by_role("region", name=WHO)).to_contain_text(name)


def nobody_is_signed_in(page: Page) -> None:
    """See that the page names no officer."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("region", name=WHO)).to_have_count(0)


def put_passkey_device(page: Page) -> None:
    """Put a device with passkeys into the browser, as a laptop or a phone with a fingerprint reader has one."""
    devtools = page.context.new_cdp_session(page)
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
