"""A child is found while the desk is closed: the night owns it, is told by name, and who leaves it unread is seen.

The browser lives in real time, so the half hours until the text message and the manager are in the tests of a night
with time given (tests/integration/notices/test_a_night.py); here the desk is closed for the hour of the test.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, open_child, wait_for, wait_until

from sightline.demonstration.identifiers import upn
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

COUNCIL, FOUND_AT = "E08000013", "WA10 1HB"
A_MINUTE_AND_MORE = 150.0
"""What the clock brings about is looked for every minute."""
NUMBER = upn("342", 990_700, 2016)
CHILD = {"given": "Tariq", "family": "Lowther", "born_on": datetime(2012, 6, 2, tzinfo=LONDON).date()}
SIZES = ({"width": 1280, "height": 900}, {"width": 375, "height": 812})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture(scope="module")
def closed(served: Served) -> Iterator[None]:
    """Close the safeguarding desk of St Helens today, and put Nia Price on the night's rota."""
    now = datetime.now(LONDON)
    other_day = DAYS[(now.weekday() + 3) % 7]
    assert served.command("desk", "hours", COUNCIL, "safeguarding", "--open", f"{other_day} 09:00-17:00")[0] == 0
    assert served.command(
        "desk", "turn", COUNCIL, "out-of-hours", "Nia Price", "--phone", "0151 496 0777", "--email",
        "nia.price@st-helens.example", "--from", (now - timedelta(hours=1)).isoformat(), "--until",
        (now + timedelta(hours=12)).isoformat())[0] == 0
    yield
    assert served.command("desk", "hours", COUNCIL, "safeguarding", "--always")[0] == 0


@pytest.fixture(scope="module")
def found(served: Served, closed: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the police tell that they found a boy in St Helens a minute ago."""
    at = datetime.now(LONDON) - timedelta(minutes=1)
    line = {"id": "night-1", "child": "t1", "kind": "missing.found", "at": at.isoformat(), "by": "Merseyside Police",
            "place": {"postcode": FOUND_AT}, "identity": {**CHILD, "born_on": str(CHILD["born_on"]), "upn": NUMBER}}
    file: Path = tmp_path_factory.mktemp("night") / "night.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    status, told = served.command("import", str(file), "--feed", "timeline", "--from", "Merseyside Police")
    assert (status, told["accepted"]) == (0, 1), told


@pytest.mark.usefixtures("found")
def test_the_night_owns_it_within_the_minute_and_the_person_of_the_rota_gets_the_message(
    visit: Callable[..., Page], served: Served, screenshot, axe, fits
) -> None:
    nadeem = visit("Nadeem Akhtar")
    nadeem.goto("/notices/")
    tonight = nadeem.get_by_role("link", name="Out of hours this falls to you: protect a child now")
    wait_for(nadeem, lambda: expect(tonight.first).to_be_visible(), seconds=A_MINUTE_AND_MORE)
    tonight.first.click()
    nadeem.wait_for_url("**/notices/*/")
    wait_until(nadeem, lambda: "E-mail" in nadeem.locator("main").inner_text(), "the e-mail left")
    expect(nadeem.locator("main")).to_contain_text("How far it has come")
    expect(nadeem.locator("main")).to_contain_text("If it is not acknowledged by")
    expect(nadeem.locator("main")).to_contain_text("E-mail to Nia Price")
    for size in SIZES:
        nadeem.set_viewport_size(size)
        screenshot(nadeem, "night-notice")
        axe(nadeem)
        fits(nadeem)
    wait_until(nadeem, lambda: bool(served.mailbox.to("nia.price@st-helens.example")), "Nia has her message")
    message = served.mailbox.to("nia.price@st-helens.example")[0].as_string()
    assert "Lowther" not in message
    assert "Tariq" not in message
    nadeem.get_by_role("link", name="See who protects the child, and answer").click()
    nadeem.wait_for_url("**/events/*/")
    expect(nadeem.locator("main")).to_contain_text("protects the child now")
    expect(nadeem.locator("aside, .sightline-record")).to_contain_text(["Lorraine Pilkington"])
    screenshot(nadeem, "night-owner")


@pytest.mark.usefixtures("found")
def test_acknowledging_is_the_receipt_and_stands_on_the_notice(visit: Callable[..., Page]) -> None:
    nadeem = visit("Nadeem Akhtar")
    nadeem.goto("/notices/")
    tonight = nadeem.get_by_role("link", name="Out of hours this falls to you: protect a child now")
    wait_for(nadeem, lambda: expect(tonight.first).to_be_visible(), seconds=A_MINUTE_AND_MORE)
    tonight.first.click()
    nadeem.wait_for_url("**/notices/*/")
    nadeem.get_by_role("button", name="Acknowledge").click()
    row = nadeem.locator(".govuk-summary-list__row").filter(has=nadeem.get_by_text("Acknowledged", exact=True))
    wait_for(nadeem, lambda: expect(row).not_to_contain_text("Not yet"))


def test_a_manager_keeps_the_rota_by_the_page_and_sees_who_is_on_duty(
    visit: Callable[..., Page], screenshot, axe, fits
) -> None:
    imran = visit("Imran Siddique")
    imran.goto("/desks/")
    expect(imran.get_by_text("On duty now:")).to_be_visible()
    imran.get_by_role("link", name="Out of hours:").click()
    imran.wait_for_url("**/desks/*/")
    imran.get_by_text("Add a turn").click()
    imran.get_by_label("Name, where it is somebody else").fill("Nia Price")
    imran.get_by_label("Telephone").fill("07700 900123")
    for group, (day, month, year, clock) in {"From": ("1", "6", "2090", "17:00"),
                                             "Until": ("1", "6", "2090", "16:00")}.items():
        boxes = imran.get_by_role("group", name=group, exact=True)
        for label, value in (("Day", day), ("Month", month), ("Year", year), ("Time", clock)):
            boxes.get_by_label(label, exact=True).fill(value)
    imran.get_by_role("button", name="Put on the rota").click()
    expect(imran.get_by_role("alert")).to_contain_text("A turn ends after it begins")
    screenshot(imran, "desk-with-a-fault")
    boxes = imran.get_by_role("group", name="Until", exact=True)
    boxes.get_by_label("Day", exact=True).fill("2")
    imran.get_by_role("button", name="Put on the rota").click()
    expect(imran.get_by_role("alert")).to_contain_text("Nia Price is on the rota")
    for size in reversed(SIZES):
        imran.set_viewport_size(size)
        screenshot(imran, "desk")
        axe(imran)
        fits(imran)
    imran.get_by_role("button", name="Take off Nia Price").click()
    expect(imran.get_by_role("alert")).to_contain_text("off the rota")
    for place in ("/desks/", "/unread/"):
        imran.goto(place)
        for size in SIZES:
            imran.set_viewport_size(size)
            axe(imran)
            fits(imran)
            screenshot(imran, f"reach-{place.strip('/')}")


def test_a_manager_enters_an_address_and_it_counts_when_its_code_was_entered(
    visit: Callable[..., Page], served: Served, screenshot, axe, fits
) -> None:
    imran = visit("Imran Siddique")
    imran.goto("/desks/")
    imran.get_by_role("link", name="Safeguarding:").click()
    imran.wait_for_url("**/desks/*/")
    imran.locator("summary").filter(has_text="Change how the desk is told").click()
    imran.get_by_label("Another e-mail address").fill("new-desk@knowsley.example")
    imran.get_by_role("button", name="Send a test message").first.click()
    expect(imran.get_by_role("alert")).to_contain_text("A test message is on its way")
    wait_until(imran, lambda: bool(served.mailbox.to("new-desk@knowsley.example")), "the code is sent")
    wait_for(imran, lambda: expect(imran.locator("main")).to_contain_text("The test message was sent."))
    expect(imran.locator("main")).to_contain_text("Not yet proven")
    imran.locator("summary").filter(has_text="Change how the desk is told").click()
    for size in reversed(SIZES):
        imran.set_viewport_size(size)
        screenshot(imran, "desk-not-yet-proven")
        axe(imran)
        fits(imran)
    code = re.search(r"code (\d{6})", served.mailbox.to("new-desk@knowsley.example")[0].as_string())
    assert code is not None
    imran.get_by_label("Code of six digits").fill(code[1])
    imran.get_by_role("button", name="Prove the address").click()
    expect(imran.get_by_role("alert")).to_contain_text("The address is proven")
    expect(imran.locator("main")).to_contain_text("new-desk@knowsley.example")
    expect(imran.get_by_text("Not yet proven")).to_have_count(0)


@pytest.mark.usefixtures("found")
def test_who_leaves_things_unread_is_seen_by_a_manager_and_by_an_inspector_without_a_child(
    visit: Callable[..., Page], screenshot
) -> None:
    imran = visit("Imran Siddique")
    imran.goto("/unread/")
    expect(imran.get_by_role("heading", level=1)).to_have_text("Who leaves things unread")
    expect(imran.get_by_role("heading", name="What nobody has opened")).to_be_visible()
    dawn = visit("Dawn Prescott")
    dawn.goto("/unread/")
    expect(dawn.locator("main")).to_contain_text("St Helens")
    expect(dawn.locator("main")).not_to_contain_text("What nobody has opened")
    expect(dawn.locator("main")).not_to_contain_text("Lowther")
    screenshot(dawn, "unread-of-an-inspector")


@pytest.mark.usefixtures("found")
def test_carl_sees_nothing_of_it(visit: Callable[..., Page]) -> None:
    nadeem = visit("Nadeem Akhtar")
    child = open_child(nadeem, upn=NUMBER)
    nadeem.goto("/notices/")
    notice = nadeem.get_by_role("link", name="Out of hours this falls to you").first.get_attribute("href")
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, [child, str(notice)], name="Tariq Lowther", upn=NUMBER, born_on=CHILD["born_on"])
    for place in ("/unread/", "/desks/"):
        answer = carl.goto(place)
        assert answer is not None
        assert answer.status == 403, place
