"""S03: a boy of 15 in Workington at night, home in Liverpool: the gate, an override, a silent journey, the alarm."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, open_child, wait_for

from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

ALARM_WITHIN_SECONDS = 100
"""The job looks once a minute."""


@pytest.fixture(scope="module")
def marcus(served: Served) -> dict:
    """Give by what the boy is found."""
    row = served.story("S03", "police-custody")[0]
    day, month, year = map(int, row["dob"].split("/"))
    return {"given": "Marcus", "family": "Fairclough", "born_on": date(year, month, day)}


def act(page: Page, name: str, told: dict[str, str | datetime | bool], button: str) -> None:
    """Open one act of the release, fill its form, and send it."""
    form = page.locator(f"#{name}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for label, value in told.items():
        fill(form, label, value)
    with page.expect_navigation():
        form.get_by_role("button", name=button).click()


def fill(form, label: str, value: str | datetime | bool) -> None:
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        boxes = form.get_by_role("group", name=label)
        for part, text in (("Day", local.day), ("Month", local.month), ("Year", local.year),
                           ("Time", f"{local:%H:%M}")):
            boxes.get_by_label(part, exact=True).fill(str(text))
    elif isinstance(value, bool):
        form.get_by_label(label).check()
    elif form.get_by_role("combobox", name=label).count():
        form.get_by_label(label).select_option(value)
    else:
        form.get_by_label(label).fill(value)


def open_release(page: Page) -> str:
    """Open the boy's release from the list of children that the force protects."""
    page.goto("/protecting/")
    wait_for(page, lambda: expect(page.get_by_role("link", name="Marcus Fairclough")).to_be_visible())
    page.get_by_role("link", name="Marcus Fairclough").click()
    page.get_by_role("button", name="Plan the release").click()
    page.wait_for_url("**/custody/*/")
    return page.url


def test_the_last_train_is_refused_overridden_watched_and_missed(
    visit: Callable[..., Page], marcus: dict, screenshot, checked
) -> None:
    now = datetime.now(LONDON).replace(second=0, microsecond=0)
    evening = datetime.combine(now.date() - timedelta(days=1), time(22, 0), LONDON)
    leaves, arrives = max(evening, now - timedelta(hours=4)), now - timedelta(minutes=62)
    neil, grace = visit("Neil Penruddock"), visit("Grace Osei")
    place = open_release(neil)
    screenshot(neil, "s03-nothing-recorded")
    neil.get_by_role("button", name="Release the child").click()
    expect(neil.get_by_role("alert")).to_contain_text("The child cannot be released yet")
    expect(neil.locator("main")).to_contain_text("Name the adult who receives the child")
    expect(neil.locator("main")).to_contain_text("journey plan is needed")

    act(neil, "assess", {"What did you find": "Calm. No injuries. He says he owes money and is afraid of one man.",
                           "When was it": leaves},
        "Record the assessment")
    act(neil, "adult", {"Full name": "Denise Fairclough", "Telephone": "0151 496 0888", "Parent or guardian": True,
                        "In the child’s words": "mother", "Waits at the end": True}, "Keep this adult")
    act(neil, "accepted", {"How did the adult accept": "By telephone to me; she meets him at Lime Street",
                             "When was it": leaves},
        "Record that the adult accepted")
    act(neil, "home", {"Whom did you tell": "Moira Quinn, Liverpool out-of-hours team", "When was it": leaves},
        "Record that the council is told")
    act(neil, "leg", {"How does the child travel": "train", "From": "Workington station", "To": "Liverpool Lime Street",
                      "When does it depart": leaves, "When does it arrive": arrives}, "Add the leg")
    expect(neil.locator("main")).to_contain_text("Nobody may send a child alone")
    checked(neil, "s03-alone-refused")
    neil.get_by_role("button", name="Release the child").click()
    expect(neil.get_by_role("alert")).to_contain_text("The child cannot be released yet")
    expect(neil.locator("#override")).to_have_count(0)

    grace.goto(place)
    act(grace, "override", {"Why?": "His mother stands on the platform, and no car is free before six",
                             "When did you decide": leaves},
        "Override: the child travels alone")
    expect(grace.locator("main")).to_contain_text("Overridden")
    screenshot(grace, "s03-overridden")

    neil.goto(place)
    expect(neil.locator("main")).to_contain_text("May be released")
    form = neil.locator("form", has=neil.get_by_role("button", name="Release the child"))
    fill(form, "When did the child leave custody", leaves)
    neil.get_by_role("button", name="Release the child").click()
    expect(neil.locator("main")).to_contain_text("On the way")
    act(neil, "departed", {"Who saw the child depart": "PC 2210 Hayton, on the platform",
                           "When did they depart": leaves}, "Record the departure")
    _the_alarm(visit, place, checked)
    _the_sign_of_silence(visit("Farah Hussain"), marcus, checked)
    _the_end(visit, neil, place, marcus, checked)


def _the_alarm(visit: Callable[..., Page], place: str, checked) -> None:
    nicola, moira = visit("Nicola Kirkdale"), visit("Moira Quinn")
    for page in (nicola, moira):
        page.goto("/notices/")
        told = page.get_by_role("link", name="A child has not arrived after release from custody").first
        wait_for(page, lambda told=told: expect(told).to_be_visible(), seconds=ALARM_WITHIN_SECONDS)
        told.click()
        page.get_by_role("link", name="See the release and the journey").click()
        page.wait_for_url(place)
        expect(page.get_by_role("textbox", name="Missing report")).to_have_value(
            re.compile("Marcus Fairclough, born .* has not arrived"))
    checked(moira, "s03-overdue")
    expect(moira.locator("main")).to_contain_text("Cumbria Constabulary")
    nicola.get_by_role("button", name="Report the child missing").click()
    expect(nicola.locator("main")).to_contain_text("Reported missing by Nicola Kirkdale")


def _the_sign_of_silence(farah: Page, marcus: dict, checked) -> None:
    """See what no record told: that an hour after the planned arrival nobody has said that he came."""
    open_child(farah, **marcus)
    sign = farah.locator(".sightline-sign").filter(has_text="Released from custody, and nobody told of an arrival")
    wait_for(farah, lambda: expect(sign).to_contain_text("nobody told that the child arrived"),
             seconds=ALARM_WITHIN_SECONDS)
    checked(farah, "s03-silent")


def _the_end(visit: Callable[..., Page], neil: Page, place: str, marcus: dict, checked) -> None:
    neil.goto(place)
    act(neil, "arrived", {"Who says that the child has arrived": "Denise Fairclough",
                          "How do you know": "I rang the number above"}, "Record the arrival")
    expect(neil.locator("main")).to_contain_text("Denise Fairclough said so")
    checked(neil, "s03-arrived")
    farah = visit("Farah Hussain")
    open_child(farah, **marcus)
    wait_for(farah, lambda: expect(farah.locator("main")).to_contain_text("Arrived after release, and received"))
    wait_for(farah, lambda: expect(farah.locator(".sightline-sign", has_text="nobody told of an arrival"))
             .to_contain_text("Arrived, told late"))
    grace = visit("Grace Osei")
    grace.goto("/oversight/releases/")
    expect(grace.locator("main")).to_contain_text("by an inspector’s override")
    expect(grace.locator("main")).to_contain_text("no car is free before six")
    checked(grace, "s03-counted")
    dawn = visit("Dawn Prescott")
    dawn.goto("/oversight/releases/")
    expect(dawn.locator("main")).to_contain_text("Cumbria Constabulary")
    expect(dawn.locator("body")).not_to_contain_text("Fairclough")


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], marcus: dict) -> None:
    neil = visit("Neil Penruddock")
    places = [open_child(neil, **marcus)]
    grace = visit("Grace Osei")
    grace.goto("/oversight/releases/")
    wait_for(grace, lambda: expect(grace.locator("main a[href*='/custody/']").first).to_be_visible())
    places += grace.locator("main a").evaluate_all("links => links.map(l => l.pathname).filter(p => p.includes('-'))")
    assert [one for one in places if "/custody/" in one]
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, places, name="Marcus Fairclough", born_on=marcus["born_on"])
    for place in ("/custody/", "/protecting/"):
        carl.goto(place)
        expect(carl.locator("body")).not_to_contain_text("Fairclough")
