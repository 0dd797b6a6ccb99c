"""A real browser before the real pages: it fails a test on any complaint of its console or of the content policy."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from served import Served, serving
from signing_in import App, give_app, officer, put_passkey_device
from watching import Watch

from sightline.apps.access.models import Officer

# Playwright keeps an event loop in this thread, and Django then refuses its database there; ours is used by one thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}
MISSING = "These tests drive Debian's browser. Install it: apt-get install chromium"

pytestmark = pytest.mark.functional


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    """Serve static files as they lie, show the look page, and hash passwords quickly."""
    settings.SHOW_LOOK = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh browser: open_page("phone"), open_page(scripts=False)."""
    cache.clear()  # its table belongs to no model, so nothing else empties it of the last test's tries
    with watched(browser, live_server.url) as open_context:
        yield lambda size="desktop", *, scripts=True: open_context(size, scripts).new_page()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the whole product with the demonstration, once for the run."""
    with serving(tmp_path_factory.mktemp("served") / "data") as running:
        yield running


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open a page of what is served, signed in and with a purpose: visit("Beth Ashworth", size="phone")."""

    def open_one(name: str | None = None, *, size: str = "desktop", scripts: bool = True) -> Page:
        context = open_context(size, scripts)
        if name is not None:
            served.sign_in(context, name)
        return context.new_page()

    with watched(browser, served.address) as open_context:
        yield open_one


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Callable[[str, bool], BrowserContext]]:
    """Open fresh browsers, and fail at the end on whatever they complained of."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_context(size: str, scripts: bool) -> BrowserContext:
        context = browser.new_context(
            base_url=address, viewport=SIZES[size], java_script_enabled=scripts, locale="en-GB")
        opened.append((context, Watch(context)))
        context.set_default_timeout(30_000)
        return context

    yield open_context
    complaints = []
    for context, watch in opened:
        context.close()
        complaints += watch.complaints
    assert not complaints, "The browser complained: " + "; ".join(complaints)


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    """Open a page on a desk and on a phone, one test each."""
    return open_page(request.param)


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Page:
    """Open a page on a desk alone, where the width cannot matter."""
    return open_page("desktop")


@pytest.fixture
def without_scripts(open_page: Callable[..., Page]) -> Page:
    """Open a page in a browser that runs no script."""
    return open_page("desktop", scripts=False)


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture of the whole page in the folder that SIGHTLINE_SCREENSHOTS names; without it, do nothing."""
    folder = os.environ.get("SIGHTLINE_SCREENSHOTS")

    def keep(page: Page, name: str) -> None:
        if folder:
            size = page.viewport_size
            assert size is not None
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)

    return keep


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Find no fault by axe-core: WCAG 2.0 to 2.2 at A and AA, and its best practice."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(source)
        found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags},"
                              " resultTypes: ['violations']})", AXE_RULES)
        faults = [
            f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes']][:4]}"
            for fault in found["violations"]
        ]
        assert not faults, f"{page.url}: " + "; ".join(faults)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Find nothing that makes the page scroll sideways."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        wide = page.evaluate(
            """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
            [...document.body.querySelectorAll("*")]
              .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .slice(0, 5).map((e) => `${e.tagName} ${e.className}`)"""
        )
        assert not wide, f"{page.url} scrolls sideways because of {wide}"

    return check


@pytest.fixture
def checked(axe, fits, screenshot) -> Callable[[Page, str], None]:
    """Check that a page fits on a phone and on a desk and has no fault, and take its pictures."""

    def check(page: Page, name: str) -> None:
        for size in ({"width": 375, "height": 812}, {"width": 1280, "height": 900}):
            page.set_viewport_size(size)
            fits(page)
            screenshot(page, name)
        axe(page)

    return check


@pytest.fixture
def beth(live_server: Any) -> Officer:
    """Make Beth, who has a password and no second factor."""
    return officer()


@pytest.fixture
def app(beth: Officer) -> App:
    """Give Beth an authenticator app."""
    return give_app(beth)


@pytest.fixture
def passkey_device(desk: Page) -> Page:
    """Open a page on a laptop with a fingerprint reader."""
    put_passkey_device(desk)
    return desk
