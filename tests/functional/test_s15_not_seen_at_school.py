"""S15 in the browser: the duty of the sixth day is late, and says so to the council's education lead."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, carl_finds_nothing, open_child, wait_for

pytestmark = pytest.mark.functional

SIXTH_DAY = "Full-time education from the sixth school day"


@pytest.fixture(scope="module")
def upn(served: Served) -> str:
    """Give Alfie's number, as his school sent it."""
    return str(served.story("S15", "exclusions")[0]["upn"])


def test_the_education_lead_sees_that_it_is_late_and_what_was_provided_meets_it(
    visit: Callable[..., Page], served: Served, upn: str, screenshot
) -> None:
    nadeem = visit("Nadeem Akhtar")
    nadeem.goto("/inbox/?whose=mine")
    row = nadeem.locator(".sightline-duty--late").filter(has_text=SIXTH_DAY)
    expect(row).to_contain_text("Alfie Pimblett")
    expect(row).to_contain_text("Late by")
    expect(row).to_contain_text("Law: by")
    screenshot(nadeem, "s15-inbox")
    nadeem.goto("/notices/?whose=mine")
    expect(nadeem.get_by_role("listitem").filter(has_text="Alfie Pimblett").first).to_be_visible()
    assert served.mailbox.to(served.email("Nadeem Akhtar")), "the e-mail says that something waits"

    nadeem.goto("/inbox/")
    nadeem.get_by_role("button", name=f"Take it on : {SIXTH_DAY}").click()
    expect(nadeem.locator(".sightline-duty").filter(has_text=SIXTH_DAY)).to_contain_text("You have taken it on")
    nadeem.get_by_role("button", name=f"Act : {SIXTH_DAY}").click()
    nadeem.get_by_label("Where the education takes place").fill("The Hope Centre, pupil referral unit")
    screenshot(nadeem, "s15-record-the-provision")
    nadeem.get_by_role("button", name="Record the education provided").click()
    wait_for(nadeem, lambda: expect(nadeem.locator(".sightline-clock--met")).to_be_visible())


def test_the_same_stands_on_the_command_line(served: Served, upn: str) -> None:
    _, found = served.command("child", "find", "--upn", upn, who="Nadeem Akhtar")
    child = found["children"][0]["child"]
    _, answer = served.command("child", "duties", child, who="Nadeem Akhtar")
    duty = next(duty for duty in answer["duties"] if duty["code"] == "D-EX-6")
    assert duty["owner"] == "Nadeem Akhtar"
    assert duty["state"] in ("met", "late")


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], upn: str) -> None:
    nadeem = visit("Nadeem Akhtar")
    places = [open_child(nadeem, upn=upn), *addresses_on(nadeem)]
    carl_finds_nothing(visit("Carl Denby"), places, name="Alfie Pimblett", upn=upn)
