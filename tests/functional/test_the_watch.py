"""The guards of the browser tests see what they are there to see."""

import pytest
from playwright.sync_api import Browser, Page
from watching import Watch

pytestmark = pytest.mark.functional


def test_the_watch_sees_what_the_browser_refuses_and_misses(browser: Browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url)
    watch = Watch(context)
    page = context.new_page()
    page.goto("/_look/error/404/")
    assert watch.complaints == [], "the status of the page itself is no complaint"
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: '/static/none.png'}))")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    page.wait_for_timeout(500)
    context.close()
    said = " ".join(watch.complaints)
    assert "style-src" in said and "script-src" in said and "none.png" in said


def test_axe_and_the_width_are_measured(desk: Page, axe, fits) -> None:
    desk.goto("/_look/")
    desk.evaluate("document.documentElement.removeAttribute('lang')")
    with pytest.raises(AssertionError, match="html-has-lang"):
        axe(desk)
    desk.evaluate("document.body.append(Object.assign(document.createElement('canvas'), {width: 3000}))")
    with pytest.raises(AssertionError, match="scrolls sideways"):
        fits(desk)
