"""S02 in the browser: the old school owes the boy's file and sends it after a look; the new one receives it by name."""

import csv
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument
from served import Served
from steps import addresses_on, carl_finds_nothing, open_child, send_file, wait_for

from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

NAME, OTHER = "Reece Tarleton", "Ivy Formby-Lund"
FILE = "Safeguarding file sent to the new school"
WORDS = "He was excluded for drugs and a weapon. Please ring before his first day of work experience."
WORD = re.compile(r"\w{3,}")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}


@pytest.fixture(scope="module")
def reece(served: Served) -> dict[str, str]:
    """Give what the two schools have told of the boy's move: the leaving first."""
    his = [row for row in served.story("S02", "school-roll") if row["surname"] == NAME.split()[1]]
    left, joined = sorted(his, key=lambda row: row["event"] == "joined")
    assert (left["event"], joined["event"], left["destination"]) == ("left", "joined", joined["school"])
    return {**left, "new_school": joined["school"]}


@pytest.fixture
def look_at(screenshot: Callable[[Page, str], None], axe: Callable[[Page], None], fits: Callable[[Page], None]):
    """Look at a page on a desk and on a phone: a picture, no sideways scroll, no fault by axe."""

    def looking(page: Page, name: str) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            screenshot(page, name)
            fits(page)
            axe(page)

    return looking


def sent_after_a_look(wasim: Page, new_school: str, look_at: Callable[[Page, str], None]) -> tuple[str, str]:
    """Let the old school's lead go from the duty to the form, see what will go, and send it; gives both places."""
    wasim.goto("/inbox/")
    row = wasim.locator(".sightline-duty--late").filter(has_text=FILE).filter(has_text=NAME)
    expect(row).to_contain_text("Late by")
    row.get_by_role("button", name="Act").click()
    expect(wasim.locator("main")).to_contain_text("within 5 days")
    duty = wasim.url
    look_at(wasim, "s02-the-duty")
    wasim.get_by_role("button", name="Send the safeguarding file").click()
    expect(wasim.get_by_label("To whom?").locator("option:checked")).to_contain_text(new_school)
    wasim.get_by_role("button", name="See what will go").click()
    expect(wasim.get_by_role("alert")).to_contain_text("Say why, and what you ask of them")
    look_at(wasim, "s02-the-form")
    wasim.get_by_label("Why, and what do you ask of them?").fill(WORDS)
    wasim.get_by_role("button", name="See what will go").click()
    expect(wasim.get_by_role("heading", level=1)).to_have_text(f"What will go to {new_school}")
    expect(wasim.locator("main")).to_contain_text("Nothing has gone yet")
    for words in ("School", "What they do not get, and why"):
        expect(wasim.locator("main")).to_contain_text(words)
    look_at(wasim, "s02-what-will-go")
    wasim.get_by_role("button", name="Change it").click()
    expect(wasim.get_by_label("Why, and what do you ask of them?")).to_have_value(WORDS)
    wasim.get_by_role("button", name="See what will go").click()
    wasim.get_by_role("button", name="Hand it over").click()
    wasim.wait_for_url("**/transfers/*/")
    expect(wasim.locator("main")).to_contain_text("until a named person")
    return duty, wasim.url


def received_by_name(orla: Page, made: str, look_at: Callable[[Page, str], None]) -> None:
    """Let the new school's lead come by the notice, see what will come, receive it, and read the pack."""
    orla.goto("/notices/")
    notice = orla.get_by_role("listitem").filter(has_text="a school's safeguarding file")
    wait_for(orla, lambda: expect(notice.first).to_be_visible())
    notice.first.get_by_role("link").first.click()
    orla.get_by_role("link", name="See the handover, and answer").click()
    assert orla.url == made
    wait_for(orla, lambda: expect(orla.locator("main")).to_contain_text("What the pack will hold"))
    expect(orla.locator("main")).to_contain_text(WORDS)
    look_at(orla, "s02-what-comes")
    orla.get_by_role("button", name="Receive it, and give the receipt").click()
    expect(orla.locator("main")).to_contain_text("Orla Kearney of")
    wait_for(orla, lambda: expect(orla.get_by_role("button", name="Read the handover pack")).to_be_visible())
    orla.get_by_role("button", name="Read the handover pack").click()
    for words in (NAME, "Why now", "Excluded or suspended", "What was withheld from you, and why", "Whom to ring"):
        expect(orla.locator("main")).to_contain_text(words)
    look_at(orla, "s02-the-pack")


def printed_each_sheet_says_whose_it_is(orla: Page) -> None:
    """Print the pack: no navigation, every word of the page inside the sheets, child and version on each of them."""
    orla.emulate_media(media="print")
    for screen_only in (".sightline-destinations", ".govuk-back-link", ".govuk-footer", ".govuk-skip-link"):
        for one in orla.locator(screen_only).all():
            expect(one).to_be_hidden()
    paper = PdfDocument(orla.pdf(format="A4", path=os.environ.get("SIGHTLINE_PAPER")))
    texts = []
    for sheet in paper:
        words = sheet.get_textpage()
        texts.append(words.get_text_range())
        width, height = sheet.get_size()
        for number in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(number)
            assert left >= 0 and bottom >= 0 and right <= width and top <= height, (len(texts), number)
        words.close()
    paper.close()
    assert len(texts) > 1, "the test needs a second sheet"
    for number, text in enumerate(texts, start=1):
        assert f"{NAME}: handover pack, version 1." in " ".join(text.split()), number
        assert f"Page {number} of {len(texts)}" in text, number
    printed = set(WORD.findall(" ".join(texts)))
    unseen = " ".join(orla.locator("main .govuk-visually-hidden").all_inner_texts())
    assert set(WORD.findall(orla.locator("main").inner_text())) - printed == set(WORD.findall(unseen)) - printed
    orla.emulate_media(media="screen")


def test_the_file_that_is_owed_is_sent_after_a_look_and_received_by_name(
    visit: Callable[..., Page], reece: dict[str, str], look_at: Callable[[Page, str], None]
) -> None:
    wasim, orla = visit("Wasim Chaudhry"), visit("Orla Kearney")
    duty, made = sent_after_a_look(wasim, reece["new_school"], look_at)
    carl = visit("Carl Denby")
    for place in (made, f"{made}pack/"):
        answer = carl.goto(place)
        assert answer is not None
        assert answer.status == 404, place
    received_by_name(orla, made, look_at)
    pack = orla.url
    printed_each_sheet_says_whose_it_is(orla)

    # The receipt meets the duty, late, and the old school keeps the receipt and not the pack.
    child = open_child(wasim, upn=reece["upn"])
    wait_for(wasim, lambda: expect(wasim.locator("#met")).to_contain_text(FILE))
    wasim.goto(duty)
    expect(wasim.locator("main")).to_contain_text("Met late")
    look_at(wasim, "s02-met")
    wasim.goto(made)
    expect(wasim.locator("main")).to_contain_text("Orla Kearney of")
    answer = wasim.goto(pack)
    assert answer is not None
    assert answer.status == 404
    carl_finds_nothing(carl, [child, made, pack, f"{child}hand-over/", *addresses_on(orla)], name=NAME,
                       upn=reece["upn"])


def test_a_pupil_who_leaves_today_starts_a_clock_of_five_days(
    visit: Callable[..., Page], reece: dict[str, str], tmp_path: Path, look_at: Callable[[Page, str], None]
) -> None:
    wasim = visit("Wasim Chaudhry")
    today = datetime.now(LONDON).date()
    row = {**{key: value for key, value in reece.items() if key != "new_school"}, "upn": "", "forename": "Ivy",
           "surname": "Formby-Lund", "dob": "14/02/2012", "sex": "F", "on": f"{today:%d/%m/%Y}", "reason": "moved"}
    file = tmp_path / "roll.csv"
    with file.open("w", newline="") as out:
        written = csv.DictWriter(out, row)
        written.writeheader()
        written.writerow(row)
    send_file(wasim, file, "Changes of a school")
    wasim.goto("/inbox/")
    owed = wasim.locator(".sightline-duty").filter(has_text=FILE).filter(has_text=OTHER)
    wait_for(wasim, lambda: expect(owed).to_be_visible())
    due = today + timedelta(days=5)
    expect(owed).to_contain_text(f"{due.day} {due:%B}")
    look_at(wasim, "s02-inbox")
