"""S07: the third supply arrest at 16, whom nobody has referred: the arrest itself does, and asks who the adult is.

The steps of the story follow each other in one test, each a function of its own.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, open_child, wait_for

pytestmark = pytest.mark.functional

CLOCK_WITHIN_SECONDS = 150
"""The job looks once a minute."""
NAME = "Nathan Sefton-Hughes"


@pytest.fixture(scope="module")
def nathan(served: Served) -> dict:
    """Give by what the boy is found."""
    row = served.story("S07", "police-custody")[0]
    day, month, year = map(int, row["dob"].split("/"))
    return {"given": "Nathan", "family": "Sefton-Hughes", "born_on": date(year, month, day)}


def open_referral(page: Page, name: str) -> str:
    """Open the referral of a child from the list of whom the force protects."""
    page.goto("/protecting/")
    wait_for(page, lambda: expect(page.get_by_role("link", name=name)).to_be_visible())
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Referral of the child").click()
    page.wait_for_url("**/referral/")
    return page.url


def test_charged_like_an_adult(visit: Callable[..., Page], nathan: dict, checked) -> None:
    neil = visit("Neil Penruddock")
    place = the_arrest_refers_him(neil, checked)
    the_council_reads_it(visit("Megan Pritchard"), neil, place, checked)
    who_is_the_adult(neil, visit("Megan Pritchard"), place, checked)
    it_is_counted(visit, checked)
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, [place, open_child(neil, **nathan)], name=NAME, born_on=nathan["born_on"])


def the_arrest_refers_him(neil: Page, checked) -> str:
    """Nobody has done anything, and it has gone: to the home council, and to where the suite is."""
    place = open_referral(neil, NAME)
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("by its clock"), seconds=CLOCK_WITHIN_SECONDS)
    main = neil.locator("main")
    expect(main).to_contain_text(re.compile(r"\d+ minutes after the arrest"))
    for words in ("Wirral", "Westmorland and Furness", "rule R5", "supplying drugs", "Custody suite: Barrow"):
        expect(main).to_contain_text(words)
    expect(main, "what another force told is not Cumbria's to tell").not_to_contain_text("Preston")
    expect(main, "nor what a charity told").not_to_contain_text("owes money")
    checked(neil, "s07-referral-sent")
    return place


def the_council_reads_it(megan: Page, neil: Page, place: str, checked) -> None:
    """The home council is told, opens and acknowledges; the sergeant sees when."""
    megan.goto("/notices/")
    told = megan.get_by_role("link", name="A child was arrested, and is referred to you").first
    wait_for(megan, lambda: expect(told).to_be_visible())
    told.click()
    megan.get_by_role("button", name="Acknowledge").click()
    megan.get_by_role("link", name="See the referral, and what the police know").click()
    megan.wait_for_url("**/referral/")
    expect(megan.locator("main")).to_contain_text("Warning signs, with their reasons")
    expect(megan.get_by_role("button", name="Add it to the referral")).to_have_count(0)
    checked(megan, "s07-referral-at-the-council")
    neil.goto(place)
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("acknowledged"))
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("What the council owes"))


def who_is_the_adult(neil: Page, megan: Page, place: str, checked) -> None:
    """What is known of the adult is the force's own, and the home council's who sees the whole record."""
    neil.goto(place)
    wait_for(neil, lambda: expect(neil.locator("#adult")).to_contain_text("To be recorded by"))
    neil.get_by_text("Record what is known of the adult").click()
    neil.get_by_role("button", name="Record it").click()
    expect(neil.get_by_role("alert")).to_contain_text("Choose what is known")
    checked(neil, "s07-adult-asked")
    form = neil.locator("form", has=neil.get_by_role("button", name="Record it"))
    form.get_by_label("Something, but not who it is").check()
    form.get_by_label("What is known?").fill("Called Tee. Drove him here in a grey van, and waits for the money.")
    form.get_by_label("Phone, as told").fill("07700 900321")
    form.get_by_label("Who or what says so?").fill("The boy, to the appropriate adult")
    form.get_by_label("Who leads the enquiry?").fill("DC 4410 Rana")
    neil.get_by_role("button", name="Record it").click()
    expect(neil.locator("#adult")).to_contain_text("Called Tee")
    wait_for(neil, lambda: expect(neil.locator("#adult")).to_contain_text("Met"))
    checked(neil, "s07-adult-recorded")
    megan.goto(place)
    wait_for(megan, lambda: expect(megan.locator("#adult")).to_contain_text("Called Tee"))


def it_is_counted(visit: Callable[..., Page], checked) -> None:
    """The manager counts the own force; the inspector every force, and no child."""
    grace = visit("Grace Osei")
    grace.goto("/oversight/referrals/")
    expect(grace.locator("main")).to_contain_text("None is left unsent past its time")
    expect(grace.locator("main")).to_contain_text("Cumbria Constabulary")
    checked(grace, "s07-referrals-counted")
    dawn = visit("Dawn Prescott")
    dawn.goto("/oversight/referrals/")
    expect(dawn.locator("main")).to_contain_text("Cumbria Constabulary")
    expect(dawn.locator("body")).not_to_contain_text("Sefton-Hughes")


def test_a_sergeant_adds_what_the_child_said_and_does_not_wait(
    visit: Callable[..., Page], served: Served, tmp_path: Path, checked
) -> None:
    arrested = datetime.now(UTC) - timedelta(minutes=12)
    file = tmp_path / "custody.csv"
    file.write_text(
        "custody_ref,custody_suite,suite_postcode,arrested_at,arrest_postcode,forename,surname,dob,sex,home_postcode,"
        "offence\n"
        f"CC/T07/1,Barrow,LA14 2LE,{arrested.isoformat()},LA14 2LE,Rowan,Askam,{arrested.year - 15}-01-01,M,L13 4WX,"
        "drugs-supply\n", encoding="utf-8")
    status, told = served.command("import", str(file), "--feed", "police-custody", "--from", "Cumbria Constabulary")
    assert (status, told["accepted"]) == (0, 1), told
    neil = visit("Neil Penruddock")
    open_referral(neil, "Rowan Askam")
    expect(neil.locator("main")).to_contain_text(re.compile(r"It goes by itself in \d+ minutes"))
    checked(neil, "s07-referral-drafted")
    neil.get_by_text("Add to it", exact=True).click()
    neil.get_by_label("What do you add?").fill("He says that he owes a man 400 pounds.")
    neil.get_by_role("button", name="Add it to the referral").click()
    expect(neil.locator("main")).to_contain_text("Added by Neil Penruddock")
    neil.get_by_role("button", name="Send it now").click()
    expect(neil.locator("main")).to_contain_text("by Neil Penruddock")
    expect(neil.get_by_role("button", name="Send it now")).to_have_count(0)
    checked(neil, "s07-referral-sent-now")
