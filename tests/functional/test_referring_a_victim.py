"""The boy of S07 is referred to the National Referral Mechanism: filled, typed, crossed, submitted, decided."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from served import Served
from steps import carl_finds_nothing, wait_for

pytestmark = pytest.mark.functional

NAME = "Nathan Sefton-Hughes"
NOT_TOLD = "Not known yet"


def open_referral(page: Page) -> str:
    """Open the boy's referral from the list of children that the force protects, by the custody case."""
    page.goto("/protecting/")
    wait_for(page, lambda: expect(page.get_by_role("link", name=NAME)).to_be_visible())
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Plan the release").click()
    page.get_by_role("link", name="Refer the child to the National Referral Mechanism").click()
    page.wait_for_url("**/slavery/")
    return page.url


def questions(page: Page) -> list[Locator]:
    """Give what is asked and to be seen in the form of what only a person can answer."""
    return [one for one in page.locator("#answering .govuk-form-group").all() if one.is_visible()]


def answer(page: Page) -> int:
    """Answer what is asked: a choice by its last option, which never asks for more, else in words; counts the keys."""
    keys = 0
    page.get_by_label("Forced to commit a crime").check()
    for group in questions(page):
        radios, box = group.get_by_role("radio"), group.get_by_role("textbox")
        if radios.count():
            radios.last.check()
            keys += 1
        elif box.count() and not group.get_by_role("checkbox").count():
            box.first.fill(NOT_TOLD)
            keys += len(NOT_TOLD)
    return keys


def test_a_referral_is_filled_typed_crossed_submitted_and_decided(
    visit: Callable[..., Page], screenshot, checked
) -> None:
    neil, grace = visit("Neil Penruddock"), visit("Grace Osei")
    place = open_referral(neil)
    main = neil.locator("main")
    expect(main).to_contain_text("Not ready")
    expect(main).to_contain_text("no consent is needed")
    expect(main).to_contain_text("from: Cumbria Constabulary")
    expect(main).to_contain_text("the Home Office’s page")
    expect(neil.locator("#said-pv-name-last-name")).to_have_text("Sefton-Hughes")
    happened = neil.locator("#said-what-happened")
    expect(happened).to_contain_text("for supplying drugs, with class A drugs, cash, a phone, a SIM card and a weapon")
    assert not re.search("nathan|sefton|hughes", happened.inner_text(), re.IGNORECASE)
    checked(neil, "nrm-what-is-missing")

    neil.get_by_role("button", name="Record that it was submitted").click()
    expect(neil.get_by_role("alert")).to_contain_text("cannot be recorded as submitted yet")

    grace.goto(place)
    neil.get_by_label("Place of birth").fill("Birkenhead")
    neil.get_by_label("Their family").click()
    expect(neil.locator("#answering [data-saved]")).to_contain_text("Kept at")
    neil.goto(place)
    expect(neil.locator("#said-birthplace")).to_have_text("Birkenhead")
    expect(main).to_contain_text("by: Neil Penruddock")

    grace.get_by_label("Place of birth").fill("Liverpool")
    grace.get_by_label("Their family").click()
    expect(grace.locator("#answering [data-saved]")).to_contain_text("Somebody else answered this while you wrote")
    neil.goto(place)
    expect(main).to_contain_text("Two people answered at the same time")
    expect(main).to_contain_text(re.compile("Neil Penruddock, .*: Birkenhead"))
    screenshot(neil, "nrm-crossed")

    answer(neil)
    with neil.expect_navigation():
        neil.get_by_role("button", name="Save and see what is left").click()
    expect(main).to_contain_text("Ready to submit")
    checked(neil, "nrm-ready")
    neil.get_by_role("link", name="See the answers as a sheet, to print").click()
    expect(neil.get_by_role("heading", level=1)).to_have_text("Referral to the National Referral Mechanism")
    copy = neil.locator("[data-copy='said-pv-name-last-name']")
    copy.click()
    expect(copy).to_contain_text("Copied")
    checked(neil, "nrm-sheet")

    neil.goto(place)
    neil.get_by_role("button", name="Record that it was submitted").click()
    expect(neil.get_by_role("alert")).to_contain_text("Enter the reference that the Home Office gave")
    neil.get_by_label("Reference that the Home Office gave").fill("NRM-2026-0042")
    neil.get_by_role("button", name="Record that it was submitted").click()
    expect(main).to_contain_text("NRM-2026-0042")
    expect(main).to_contain_text("does not change any more")
    checked(neil, "nrm-submitted")
    _decided(neil, place, checked)


def _decided(neil: Page, place: str, checked: Callable[[Page, str], None]) -> None:
    child = place.removesuffix("slavery/")
    neil.goto(child)
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("Trafficking guardian"))
    open_before = neil.locator(".sightline-duty").count()
    neil.goto(f"{place}decision/")
    checked(neil, "nrm-decision")
    neil.get_by_label("Reasonable grounds").check()
    neil.get_by_label("Negative").check()
    neil.get_by_label("Day").fill("1")
    neil.get_by_role("button", name="Record the decision").click()
    expect(neil.get_by_role("alert")).to_contain_text("a month and a year")
    today = date.today()  # noqa: DTZ011 a day as the form takes it
    for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        neil.get_by_label(label, exact=True).fill(str(part))
    neil.get_by_role("button", name="Record the decision").click()
    expect(neil.locator("main")).to_contain_text("Reasonable grounds decision: negative")
    neil.goto(child)
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("Reasonable grounds decision"))
    expect(neil.locator("main")).to_contain_text("Trafficking guardian")
    assert neil.locator(".sightline-duty").count() >= open_before


def test_the_form_works_without_scripts(visit: Callable[..., Page], fits) -> None:
    grace = visit("Grace Osei", size="phone", scripts=False)
    place = open_referral(grace)
    grace.get_by_role("link", name="Begin a new referral of this child").click()
    fits(grace)
    grace.get_by_label("Place of birth").fill("Birkenhead")
    grace.get_by_role("button", name="Save and see what is left").click()
    expect(grace.locator("#said-birthplace")).to_have_text("Birkenhead")
    expect(grace.locator("[data-copy='said-birthplace']")).to_be_hidden()
    assert grace.url == place


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], served: Served) -> None:
    neil = visit("Neil Penruddock")
    place = urlsplit(open_referral(neil)).path
    day, month, year = map(int, served.story("S07", "police-custody")[0]["dob"].split("/"))
    carl_finds_nothing(visit("Carl Denby"), [place, f"{place}sheet/", f"{place}decision/"], name=NAME,
                       born_on=date(year, month, day))
