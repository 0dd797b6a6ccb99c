"""A sergeant at night: every child in the building, what is owed next, one click; and nothing typed is ever lost."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from keyboard import walk_through
from playwright.sync_api import Locator, Page, expect
from served import CUSTODY, Served
from steps import carl_finds_nothing, press, send_file, tab_to, wait_for

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

DESK = "/custody/desk/"
HEADINGS = ("custody_ref,force,custody_suite,suite_postcode,arrested_at,arrest_postcode,forename,surname,dob,sex,"
            "home_postcode,offence")
BOYS = (("Perran", "Tregear", "Carlisle", "CA1 3HD"), ("Ned", "Askew", "Carlisle", "CA1 3HD"),
        ("Kit", "Lowther", "Kendal", "LA9 4RJ"))
WORDS = "He says he owes money. He will not say to whom, & looks at the door <often>"
SIZES = ({"width": 375, "height": 812}, {"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def arrested(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the night's custody records of three boys, the first arrested twelve minutes ago."""
    now = datetime.now(LONDON).replace(microsecond=0)
    rows = [f"DESK/{n},Cumbria,{suite},{postcode},{(now - timedelta(minutes=12 + 50 * n)).isoformat()},{postcode},"
            f"{given},{family},0{n + 2}/05/2011,M,{postcode},drugs-supply"
            for n, (given, family, suite, postcode) in enumerate(BOYS)]
    file = tmp_path_factory.mktemp("desk") / "custody.csv"
    file.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def at_desk(visit: Callable[..., Page], arrested: Path) -> Callable[..., Page]:
    """Open the desk as somebody of the force, once the arrests are told and read."""
    grace = visit("Grace Osei")
    grace.goto(f"{DESK}?suite=")
    if not grace.get_by_role("heading", name="Perran Tregear").count():
        send_file(grace, arrested, "Police custody records of")

    def opened(name: str = "Neil Penruddock", *, suite: str = "", **told: object) -> Page:
        page = visit(name, **told)
        page.goto(f"{DESK}?suite={suite}")
        wait_for(page, lambda: expect(card(page, "Perran")).to_contain_text(re.compile("In|Late by|As soon")))
        return page

    return opened


def card(page: Page, given: str) -> Locator:
    """Give the card of one boy."""
    return page.locator(".sightline-desk__child").filter(has=page.get_by_role("heading", name=re.compile(given)))


def end_session(served: Served, page: Page) -> None:
    """Remove the session of this browser from the database, as an administrator would."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sightline-session")
    dsn = EmbeddedPostgres(DataFolder(served.data)).dsn("administrator")
    with psycopg.connect(dsn) as session:
        assert session.execute("delete from django_session where session_key = %s", [key]).rowcount == 1


def sign_in_again(served: Served, page: Page, name: str) -> None:
    """Sign in by the forms on the page that asks for it, and state the purpose; it leads back by itself."""
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(CUSTODY).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").click()
    served.cookies[name] = page.context.cookies()


def test_every_child_of_the_building_stands_there_with_minutes_and_one_click_to_act(
    at_desk, checked
) -> None:
    neil = at_desk()
    neil.goto("/")
    neil.get_by_role("button", name="Go to the custody desk").click()
    expect(neil.get_by_role("navigation").get_by_role("link", name="Custody", exact=True)).to_have_count(1)
    expect(card(neil, "Perran")).to_contain_text("Held 12 minutes")
    expect(card(neil, "Kit")).to_contain_text(re.compile("Late by"))
    expect(card(neil, "Perran")).to_contain_text("Release: not yet. Missing: risk assessed in person, and 5 more.")
    neil.get_by_role("link", name=re.compile("^Carlisle")).click()
    expect(neil.get_by_role("heading", level=1)).to_have_text("Custody desk: Carlisle")
    expect(card(neil, "Kit")).to_have_count(0)
    expect(card(neil, "Ned")).to_have_count(1)
    checked(neil, "custody-desk")
    neil.goto(DESK)
    expect(neil.get_by_role("heading", level=1)).to_have_text("Custody desk: Carlisle")
    # What is owed next depends on the minute: it leads to the duty, or to the form by which it is done.
    card(neil, "Ned").get_by_role("button").first.click()
    neil.wait_for_url(re.compile(r"/(duties|custody)/[0-9a-f]"))
    neil.goto(DESK)
    card(neil, "Ned").get_by_role("button", name=re.compile("Assess the risk")).click()
    neil.wait_for_url("**/custody/*/?do=assess#assess")
    expect(neil.get_by_label("What did you find, with the child in front of you?")).to_be_visible()


def test_the_minutes_count_on_with_scripts_and_stand_without(at_desk, visit) -> None:
    page = at_desk()
    page.clock.install()
    page.goto(f"{DESK}?suite=")
    first = card(page, "Perran").locator("[data-since]").inner_text()
    page.clock.fast_forward("02:10:00")
    held = card(page, "Perran").locator("[data-since]")
    expect(held).to_have_text(re.compile("^2 hours"))
    assert held.inner_text() != first
    expect(card(page, "Perran").locator("[data-until]").first).to_have_text(re.compile("^Late by 1 hour|^Late by 2"))
    quiet = at_desk(scripts=False, size="phone")
    expect(card(quiet, "Perran")).to_contain_text(re.compile("Held 1[2-9] minutes"))
    expect(quiet.locator("main")).to_contain_text("As of")


def test_the_desk_says_that_it_has_changed_and_moves_nothing(at_desk) -> None:
    neil, laura = at_desk(), at_desk("Laura Threlkeld")
    order = neil.locator("#desk h3").all_inner_texts()
    card(laura, "Kit").get_by_role("button", name=re.compile("Assess the risk")).click()
    laura.get_by_label("What did you find").fill("Calm, has eaten")
    laura.locator("#assess").get_by_role("button", name="Record the assessment").click()
    expect(laura.locator("main")).to_contain_text("Calm, has eaten")
    neil.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(neil.get_by_role("status").first).to_contain_text("The desk has changed: show it")
    assert neil.locator("#desk h3").all_inner_texts() == order
    expect(card(neil, "Kit")).to_contain_text("Missing: risk assessed in person")
    neil.get_by_role("link", name="show it").click()
    expect(card(neil, "Kit")).to_contain_text("Missing: who receives the child, and 4 more.")


def test_words_that_were_being_typed_are_there_after_a_new_sign_in(
    at_desk, visit, served: Served, checked
) -> None:
    neil = at_desk()
    card(neil, "Perran").get_by_role("button", name=re.compile("Assess the risk")).click()
    neil.wait_for_load_state()  # the browser takes the focus away when it goes to the form that the address names
    neil.get_by_label("What did you find").press_sequentially(WORDS)
    expect(neil.locator("#assess [role=status]")).to_contain_text("Kept as you typed it, ")
    place = neil.url.partition("?")[0]
    end_session(served, neil)
    neil.reload()
    expect(neil.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in_again(served, neil, "Neil Penruddock")
    neil.wait_for_url(f"{place}*")
    expect(neil.get_by_label("What did you find")).to_have_value(WORDS)
    expect(neil.locator("#assess")).to_contain_text("We kept what you typed at")
    checked(neil, "kept-as-typed")
    grace = visit("Grace Osei")
    grace.goto(place)
    expect(grace.locator("body")).not_to_contain_text("owes money")
    assert grace.locator("textarea").first.input_value() == ""
    neil.locator("#assess").get_by_role("button", name="Record the assessment").click()
    expect(neil.locator("main")).not_to_contain_text("We kept what you typed")
    expect(neil.locator("#step-assess > p")).to_have_text(WORDS)


def test_a_form_whose_session_has_gone_is_not_sent_into_nothing(at_desk, served: Served, screenshot) -> None:
    neil = at_desk()
    card(neil, "Ned").get_by_role("button", name=re.compile("Assess the risk")).click()
    end_session(served, neil)
    neil.get_by_label("What did you find").fill("Typed after the session had ended")
    form = neil.locator("#assess")
    expect(form.get_by_role("status")).to_contain_text("Not kept: your session has ended")
    screenshot(neil, "not-kept")
    form.get_by_role("button", name="Record the assessment").click()
    expect(neil.get_by_label("What did you find")).to_have_value("Typed after the session had ended")
    with neil.context.expect_page() as opened:
        form.get_by_role("link", name="Sign in again in a new window").click()
    sign_in_again(served, opened.value, "Neil Penruddock")
    opened.value.close()
    form.get_by_role("button", name="Record the assessment").click()
    expect(neil.locator("#step-assess > p")).to_have_text("Typed after the session had ended")
    expect(neil.locator("#assess")).not_to_have_attribute("open", "")


def test_by_keyboard_alone_from_the_desk_to_a_kept_form(at_desk) -> None:
    neil = at_desk()
    walk_through(neil)
    neil.goto(f"{DESK}?suite=")
    press(neil, card(neil, "Kit").get_by_role("button", name=re.compile("Name who receives|Assess the risk")))
    neil.wait_for_url("**/custody/*/?do=*")
    box = neil.locator("details[open] input:not([type=hidden]), details[open] textarea").first
    tab_to(neil, box)
    neil.keyboard.type("Jean Lowther")
    expect(neil.locator("details[open] [role=status]").first).to_contain_text("Kept as you typed it")


def test_without_scripts_a_button_keeps_what_was_typed(at_desk) -> None:
    neil = at_desk(scripts=False, size="phone")
    card(neil, "Kit").get_by_role("button", name=re.compile("Name who receives|Assess the risk")).click()
    neil.locator("#home summary").click()
    neil.get_by_label("Whom did you tell?").fill("Moira of the out-of-hours team")
    neil.locator("#home").get_by_role("button", name="Save what I have typed").click()
    expect(neil.get_by_label("Whom did you tell?")).to_have_value("Moira of the out-of-hours team")
    expect(neil.locator("#home")).to_contain_text("We kept what you typed at")
    neil.locator("#home").get_by_role("button", name="Throw it away").click()
    expect(neil.locator("main")).not_to_contain_text("Moira")


def test_carl_has_no_desk_and_finds_nobody(at_desk, visit) -> None:
    neil = at_desk()
    places = [path for path in neil.locator("main a").evaluate_all("links => links.map(link => link.pathname)")
              if re.search("[0-9a-f]{8}-", path)]
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, sorted(set(places)), name="Perran Tregear", born_on=date(2011, 5, 2))
    carl.goto(f"{DESK}?suite=")
    expect(carl.get_by_role("heading", level=1)).to_have_text("Custody desk")
    expect(carl.locator("body")).not_to_contain_text(re.compile("Tregear|Askew|Lowther|Carlisle|Kendal"))
