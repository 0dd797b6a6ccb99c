"""Dawn draws cases and grades them, Idris a fifth again; they differ, it is settled, and Carl sees nothing of it."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SIZES
from inspecting import TOPICS, draw, freeze_now, grade
from keyboard import walk_through
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from served import Served
from steps import choose

TITLE, SIZE = "The North West, autumn", 12
STANDS = "It stands as requires improvement"


@pytest.fixture
def checked(axe, fits, screenshot) -> Callable[[Page, str], None]:
    """Look at a page on a desk and on a phone, and for faults of access."""

    def looked(page: Page, name: str) -> None:
        for size in SIZES.values():
            page.set_viewport_size(size)
            screenshot(page, name)
            fits(page)
        axe(page)
        page.set_viewport_size(SIZES["desktop"])

    return looked


@pytest.fixture
def drawn(visit: Callable[..., Page], served: Served, checked) -> str:
    """Let Dawn freeze what is measured, see what a form lacks, and draw; gives the address of the inspection."""
    dawn = visit("Dawn Prescott")
    freeze_now(served)
    dawn.goto("/oversight/inspections/open/")
    dawn.get_by_role("button", name="Draw the cases").click()
    expect(dawn.get_by_role("alert")).to_contain_text("Enter how many cases")
    checked(dawn, "inspection-open-wrong")
    inspection = draw(dawn, title=TITLE, size=SIZE)
    checked(dawn, "inspection")
    return inspection


def reads_and_grades(dawn: Page, case: str, checked) -> str:
    """Let Dawn read a case whole, look back on it and grade it; gives the child's name."""
    dawn.goto(case)
    name = dawn.get_by_role("heading", level=1).inner_text().removeprefix("Record of ").strip()
    expect(dawn.get_by_role("heading", name="Timeline")).to_be_visible()
    checked(dawn, "inspected-case")
    dawn.get_by_role("link", name="Look back", exact=True).click()
    expect(dawn.get_by_role("heading", name="What this look back finds")).to_be_visible()
    checked(dawn, "inspected-case-back")
    grade(dawn)
    dawn.goto(f"{case}grades/")
    expect(dawn.locator("main")).to_contain_text("The other reader has not finished")
    checked(dawn, "inspected-case-grades")
    return name


def grades_again_blind(idris: Page, case: str) -> None:
    """Let Idris grade what Dawn has graded: he sees nothing of hers before he has finished."""
    idris.goto(f"{case}grades/")
    expect(idris.locator("main")).to_contain_text("Nothing that you may see yet")
    expect(idris.locator("main .sightline-card")).to_have_count(0)
    idris.goto(case)
    grade(idris, different="Investigation")
    idris.goto(f"{case}grades/")
    expect(idris.locator("main .sightline-card")).to_have_count(2 * len(TOPICS))
    expect(idris.get_by_role("button", name="Keep my grades")).to_have_count(0)


def settles(idris: Page, inspection: str, number: int, checked) -> None:
    """Let Idris say which grade stands, and look at the results with each picture's table."""
    idris.goto(f"{inspection}results/")
    expect(idris.locator("main")).to_contain_text(f"From 1 of {SIZE} cases")
    idris.get_by_role("link", name=f"Case {number}: Investigation").click()
    expect(idris.locator("main")).to_contain_text("You are one of the two")
    checked(idris, "inspection-settle")
    choose(idris, "Which grade stands?", "Requires improvement")
    idris.get_by_label("Why?").fill("We read the interview together")
    idris.get_by_role("button", name="This grade stands").click()
    expect(idris.locator("main")).to_contain_text(STANDS)
    for one in idris.locator("main figure").all():
        assert one.locator("details").count() == 1, "each picture has its table"
        one.locator("summary").click()
    checked(idris, "inspection-results")


def takes_away(idris: Page, name: str, folder: Path) -> None:
    """Download each table: it calls a case by its number."""
    for words, table in (("the results", "results"), ("the log", "log"), ("the drawn cases", "cases")):
        with idris.expect_download() as download:
            idris.get_by_role("link", name=f"Download {words} as CSV").click()
        file = folder / f"{table}.csv"
        download.value.save_as(file)
        text = file.read_text("utf-8")
        assert len(list(csv.reader(text.splitlines()))) > len(TOPICS), table
        assert name.rsplit(maxsplit=1)[-1] not in text, table
    with idris.expect_download() as download:
        idris.get_by_role("link", name="Download the report as PDF").click()
    file = folder / "report.pdf"
    download.value.save_as(file)
    report = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert TITLE in report
    assert name.rsplit(maxsplit=1)[-1] not in report


def test_two_inspectors_read_a_sample_differ_settle_it_and_end_it(
    visit: Callable[..., Page], drawn: str, checked, tmp_path: Path
) -> None:
    dawn, idris = visit("Dawn Prescott"), visit("Idris Bevan")
    dawn.goto(drawn)
    again = dawn.locator(".sightline-card").filter(has_text="and again by Idris Bevan")
    number = int(re.sub(r"\D", "", again.first.get_by_role("link").inner_text()))
    case = f"{drawn}cases/{number}/"
    name = reads_and_grades(dawn, case, checked)
    grades_again_blind(idris, case)
    settles(idris, drawn, number, checked)
    takes_away(idris, name, tmp_path)
    dawn.goto("/find/")
    expect(dawn.get_by_role("heading", level=1)).to_have_text("You cannot open this page")
    dawn.goto(drawn)
    dawn.get_by_role("button", name="End the inspection").click()
    checked(dawn, "inspection-end")
    dawn.get_by_role("button", name="End the inspection").click()
    expect(dawn.locator("main")).to_contain_text("The children’s records are closed to it")
    for address in (case, f"{case}look-back/"):
        dawn.goto(address)
        expect(dawn.locator("main")).to_contain_text("This record is closed to you")
        expect(dawn.locator("body")).not_to_contain_text(name)
    dawn.goto(f"{drawn}results/")
    expect(dawn.locator("main")).to_contain_text(STANDS)


def test_carl_a_manager_and_a_social_worker_see_nothing_of_an_inspection(
    visit: Callable[..., Page], served: Served
) -> None:
    freeze_now(served)
    dawn = visit("Dawn Prescott")
    inspection = draw(dawn, title=TITLE, size=SIZE)
    addresses = ("/oversight/inspections/", inspection, f"{inspection}cases/1/", f"{inspection}cases/1/look-back/",
                 f"{inspection}cases/1/grades/", f"{inspection}results/", f"{inspection}results/log/")
    for who, oversees in (("Carl Denby", False), ("Imran Siddique", True), ("Beth Ashworth", False)):
        other = visit(who)
        for address in addresses:
            answer = other.goto(address)
            assert answer is not None
            assert answer.status == 403, (who, address)
            expect(other.locator("body")).not_to_contain_text(TITLE)
        answer = other.goto("/oversight/")
        assert answer is not None
        assert (answer.status == 200) is oversees
        expect(other.get_by_role("link", name="Inspections")).to_have_count(0)
    dawn.goto(f"{inspection}end/")
    dawn.get_by_role("button", name="End the inspection").click()


def test_a_case_is_graded_by_keyboard_and_without_scripts(visit: Callable[..., Page], served: Served) -> None:
    freeze_now(served)
    dawn = visit("Dawn Prescott")
    inspection = draw(dawn, title="By keyboard", size=SIZE)
    for address in ("/oversight/inspections/open/", f"{inspection}cases/1/grades/"):
        dawn.goto(address)
        walk_through(dawn)
    plain = visit("Dawn Prescott", scripts=False, size="phone")
    plain.goto(f"{inspection}cases/1/")
    grade_without_choose(plain)
    plain.goto(f"{inspection}end/")
    plain.get_by_role("button", name="End the inspection").click()
    expect(plain.locator("main")).to_contain_text("The children’s records are closed to it")


def grade_without_choose(page: Page) -> None:
    """Grade one topic alone, as somebody does who stops half-way."""
    page.get_by_role("link", name="Grades", exact=True).click()
    choose(page, "Leadership", "Adequate")
    page.get_by_label("Reasons: Leadership").fill("Nobody had asked for a month")
    page.get_by_role("button", name="Keep my grades").click()
    expect(page.locator("main")).to_contain_text("Your grades are kept")
