"""S11: one morning's operation in five forces: two reports that differ, and each child with a screen and a referral."""

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from served import Served
from steps import carl_finds_nothing, wait_for

from sightline.demonstration.stories.s11_eleven_doors import ARRESTED, REPORTS, SCREENED
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

NAMES = [one[0] for one in ARRESTED]
MADDOCK = "Maddock"


def open_doors(page: Page, since: str = "/protecting/") -> str:
    """Open the operation from the page on which somebody works."""
    page.goto(since)
    page.get_by_role("link", name="Police operations").click()
    page.get_by_role("link", name="Eleven doors").click()
    page.wait_for_url("**/operations/*-*/")
    return page.url


def born(told: dict[str, str]) -> date:
    """Give the day of birth of a row."""
    day, month, year = (int(part) for part in told["dob"].split("/"))
    return date(year, month, day)


def kieran_of(served: Served) -> dict[str, str]:
    """Give the custody record of the boy of whom nothing more was told."""
    return next(row for row in served.story("S11", "police-custody") if row["surname"] == MADDOCK.upper())


def child_of(page: Page, name: str) -> Locator:
    """Give the card of one child."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=re.compile(name, re.IGNORECASE)))


def row_of(page: Page, force: str) -> list[str]:
    """Give the numbers of one force in the table of children."""
    row = page.get_by_role("table", name="Children by force").get_by_role("row", name=force)
    return [one.inner_text().splitlines()[-1].strip() for one in row.get_by_role("cell").all()]


def test_both_totals_stand_with_their_sources_and_nothing_is_averaged(visit: Callable[..., Page], checked) -> None:
    nicola = visit("Nicola Kirkdale")
    open_doors(nicola)
    main = nicola.locator("main")
    expect(main).to_contain_text("Sources tell different numbers of arrests")
    for report in REPORTS:
        row = nicola.get_by_role("table", name="As each source told it").get_by_role("row", name=report.source)
        expect(row).to_contain_text(str(report.arrests))
        for force, number in report.by_force:
            expect(row).to_contain_text(f"{force} {number}")
    average = sum(report.arrests for report in REPORTS) // len(REPORTS)
    expect(main).not_to_contain_text(str(average))
    expect(nicola.locator("figure#arrests, figure").first).to_contain_text("Lancashire Constabulary")
    checked(nicola, "s11-operation")


def test_each_force_sees_its_children_and_only_the_numbers_of_the_others(visit: Callable[..., Page], checked) -> None:
    neil, jack, dylan = visit("Neil Penruddock"), visit("Jack Hoghton"), visit("Dylan Fairweather")
    open_doors(neil)
    wait_for(neil, lambda: expect(child_of(neil, "Jodie Tyson")).to_contain_text("her grandmother"))
    assert row_of(neil, "Cumbria Constabulary") == ["1", "1", "1", "1", "1", "0"]
    assert row_of(neil, "Lancashire Constabulary")[:4] == ["2", "1", "1", "1"]
    assert row_of(neil, "British Transport Police")[-1] == "1"
    open_doors(jack)
    expect(child_of(jack, "Tyler Gaskell")).to_contain_text("Done")
    open_doors(dylan)
    expect(child_of(dylan, "Rhys Probert")).to_contain_text("In police protection: British Transport Police")
    for page, own in ((neil, "Tyson"), (jack, "Gaskell"), (dylan, "Probert")):
        for name in (*NAMES, "Rhys Probert", "Lewis Menzies"):
            if own not in name:
                expect(page.locator("body")).not_to_contain_text(name.split()[1], ignore_case=True)
    checked(dylan, "s11-children-of-a-force")


def test_what_was_missing_for_one_child_shows_until_it_is_told(
    visit: Callable[..., Page], served: Served, tmp_path: Path, checked
) -> None:
    nicola = visit("Nicola Kirkdale")
    open_doors(nicola)
    kieran = child_of(nicola, "Kieran Maddock")
    wait_for(nicola, lambda: expect(kieran).to_be_visible())
    expect(kieran.get_by_text("Not recorded").first).to_be_visible()
    told = kieran_of(served)
    at = datetime.fromisoformat(told["arrested_at"]) + timedelta(hours=2)
    send(served, tmp_path / "custody.csv", "police-custody", told | {"referral_sent_at": at.isoformat()})
    send(served, tmp_path / "screen.jsonl", "timeline", {
        "id": "S11-late", "child": "S11-screen-1", "kind": "decision.made", "at": at.isoformat(),
        "by": "Merseyside Police", "facts": {"about": "D-ARR-4-SCREEN", "outcome": SCREENED[2], "reasons": "debts"},
        "identity": {"given": told["forename"], "family": told["surname"], "sex": told["sex"],
                     "born_on": born(told).isoformat(),
                     "postcode": told["home_postcode"]}})
    wait_for(nicola, lambda: expect(kieran.get_by_text("Done")).to_have_count(2))
    assert row_of(nicola, "Merseyside Police")[:4] == ["5", "2", "2", "2"]
    checked(nicola, "s11-all-screened-and-referred")


def send(served: Served, file: Path, feed: str, told: dict) -> None:
    """Send one row as Merseyside Police do."""
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, told)
            writer.writeheader()
            writer.writerow(told)
    else:
        file.write_text(json.dumps(told) + "\n", encoding="utf-8")
    status, answer = served.command("import", str(file), "--feed", feed, "--from", "Merseyside Police",
                                    who="Amina Yusuf")
    assert (status, answer["turned_back"]) == (0, 0), answer


def test_a_council_sees_its_own_children_and_the_inspector_no_child_at_all(visit: Callable[..., Page], checked) -> None:
    farah, dawn = visit("Farah Hussain"), visit("Dawn Prescott")
    open_doors(farah)
    wait_for(farah, lambda: expect(child_of(farah, "Ayaan Malik")).to_be_visible())
    expect(child_of(farah, "Rhys Probert")).to_be_visible()
    expect(farah.get_by_role("table", name="Children by force")).to_have_count(0)
    for name in ("Maddock", "Gaskell", "Tyson", "Menzies"):
        expect(farah.locator("body")).not_to_contain_text(name, ignore_case=True)
    checked(farah, "s11-council")
    open_doors(dawn, "/oversight/")
    assert row_of(dawn, "Merseyside Police")[1] == "Fewer than 5"
    assert row_of(dawn, "Whole operation")[1] == "5"
    for name in (*NAMES, "Rhys Probert", "Lewis Menzies"):
        expect(dawn.locator("body")).not_to_contain_text(name.split()[1], ignore_case=True)
    checked(dawn, "s11-inspector")


def enter(page: Page, told: dict[str, str | date]) -> None:
    """Fill fields by their labels."""
    for label, value in told.items():
        if isinstance(value, date):
            boxes = page.get_by_role("group", name=label)
            for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
                boxes.get_by_label(part, exact=True).fill(str(number))
        elif page.get_by_role("combobox", name=label).count():
            page.get_by_label(label).select_option(label=value)
        else:
            page.get_by_label(label).fill(value)


def test_an_operation_is_entered_by_hand_with_a_force_a_total_and_a_child(
    visit: Callable[..., Page], screenshot, axe, fits
) -> None:
    amina = visit("Amina Yusuf")
    yesterday = datetime.now(UTC).astimezone(LONDON).date() - timedelta(days=1)
    amina.goto("/operations/")
    amina.get_by_role("button", name="Enter an operation").click()
    enter(amina, {"Reference": "evening  doors", "Name": "Evening doors", "Which day": yesterday + timedelta(days=9)})
    amina.get_by_role("button", name="Enter the operation").click()
    expect(amina.get_by_role("alert")).to_contain_text("still to come")
    screenshot(amina, "s11-enter")
    enter(amina, {"Which day": yesterday})
    amina.get_by_role("button", name="Enter the operation").click()
    amina.wait_for_url("**/operations/*-*/")
    expect(amina.locator("main")).to_contain_text("EVENING DOORS")
    amina.get_by_text("Add a force that takes part").click()
    enter(amina, {"Which force": "Lancashire Constabulary", "How many warrants": "3"})
    amina.get_by_role("button", name="Add this force").click()
    expect(amina.get_by_role("row", name="Lancashire Constabulary")).to_contain_text("3")
    amina.get_by_text("Add what a source tells").click()
    enter(amina, {"Who told it": "Force press office", "On which day": yesterday, "What does it count": "Arrests",
                  "How many?": "7"})
    amina.get_by_role("button", name="Add this number").click()
    expect(amina.get_by_role("row", name="Force press office")).to_contain_text("7")
    amina.get_by_text("Say that another record").click()
    screenshot(amina, "s11-join")
    fits(amina)
    axe(amina)
    amina.get_by_label(re.compile(f"{MADDOCK}.*arrested", re.IGNORECASE)).check()
    amina.get_by_role("button", name="Record that it was part of it").click()
    wait_for(amina, lambda: expect(child_of(amina, MADDOCK)).to_be_visible())
    amina.get_by_text("No part of it").click()
    enter(amina, {"Why was it no part": "Another address on the same morning"})
    amina.get_by_role("button", name="Take it back").click()
    wait_for(amina, lambda: expect(child_of(amina, MADDOCK)).to_have_count(0))


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], served: Served) -> None:
    place = open_doors(visit("Nicola Kirkdale"))
    told = kieran_of(served)
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, [place], name="Kieran Maddock", born_on=born(told))
    carl.goto("/operations/")
    expect(carl.locator("main")).to_contain_text("No operation is open to you")
    expect(carl.locator("body")).not_to_contain_text("Eleven doors")
