"""Steps of signing in that several tests share: officers, their codes, and the forms as a person fills them."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import Page

from sightline.apps.access.models import Officer

PASSWORD = "copper lantern meadow"
BETH = "beth.okafor@knowsley.example"
CARL = "carl.ainsworth@cumbria.example"


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
