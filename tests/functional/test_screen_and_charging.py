"""Nathan, 16, in custody for supply: a charge is refused, he is screened, a supervisor says no, and he is charged."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import carl_finds_nothing, open_child, wait_for
from test_s03_the_last_train import act, fill

from sightline.domain.custody.tools import ASKED

pytestmark = pytest.mark.functional

SAID = "If I go back without it they come to my mum's door"


@pytest.fixture(scope="module")
def nathan(served: Served) -> dict:
    """Give by what the boy is found."""
    row = served.story("S07", "police-custody")[0]
    day, month, year = map(int, row["dob"].split("/"))
    return {"given": "Nathan", "family": "Sefton-Hughes", "born_on": date(year, month, day)}


def open_case(page: Page, link: str) -> None:
    """Open the boy's case from the list of children that the force protects."""
    page.goto("/protecting/")
    wait_for(page, lambda: expect(page.get_by_role("link", name="Nathan Sefton-Hughes")).to_be_visible())
    page.get_by_role("link", name="Nathan Sefton-Hughes").click()
    page.get_by_role("link", name=link).click()
    page.wait_for_url("**/custody/*/*/")


def decide(page: Page, outcome: str, reasons: str) -> None:
    """Fill in the decision on the charge, and send it."""
    form = page.locator("#decide")
    form.get_by_label(outcome).check()
    fill(form, "Why?", reasons)
    with page.expect_navigation():
        form.get_by_role("button", name="Record the decision").click()


def test_a_child_is_screened_first_and_charged_only_through_the_gate(
    visit: Callable[..., Page], nathan: dict, checked
) -> None:
    neil, grace = visit("Neil Penruddock"), visit("Grace Osei")
    open_case(neil, "Charging gate")
    gate = neil.url
    checked(neil, "charging-nothing-considered")
    decide(neil, "Proceed to charge", "Third time")
    expect(neil.get_by_role("alert")).to_contain_text("This cannot be decided yet")
    expect(neil.get_by_role("alert")).to_contain_text("Decide the victim screen first")
    expect(neil.get_by_role("alert")).to_contain_text("Answer each tool")

    _screened(neil, checked)
    neil.goto(gate)
    _considered(neil)
    decide(neil, "Proceed to charge", "He planned it, and nobody stood behind it")
    expect(neil.get_by_role("alert")).to_contain_text("needs a supervisor of your force")
    expect(neil.get_by_role("alert")).to_contain_text("You decided the victim screen")
    checked(neil, "charging-waits-for-a-supervisor")

    grace.goto(gate)
    act(grace, "same", {"Why?": "No other officer is on duty in Barrow tonight"}, "Let one officer decide both")
    act(grace, "no", {"Why?": "I read the phone record: he gave the orders"}, "Stand by the")
    expect(grace.locator("main")).to_contain_text("A supervisor stands by it")

    neil.goto(gate)
    decide(neil, "Proceed to charge", "He planned it, and nobody stood behind it")
    expect(neil.locator("main")).to_contain_text("Decided: the child may be charged")
    checked(neil, "charging-decided")
    with neil.expect_navigation():
        neil.locator("#charge").get_by_role("button", name="Charge the child").click()
    expect(neil.locator("main")).to_contain_text("Charged")
    neil.get_by_role("link", name="Summary for the prosecutor").click()
    expect(neil.locator("main")).to_contain_text("he gave the orders")
    expect(neil.locator("main")).not_to_contain_text(SAID)
    checked(neil, "charging-summary")
    _counted(visit, neil, nathan, checked)


def _screened(neil: Page, checked) -> None:
    neil.get_by_role("link", name="Screen the child").click()
    neil.wait_for_url("**/screen/")
    expect(neil.locator("main")).to_contain_text("Not screened yet")
    checked(neil, "screen-not-yet")
    form = neil.locator("#talk")
    form.get_by_label("Yes, with nobody but me").check()
    fill(form, "Appropriate adult who was there", "Joan Hale, volunteer")
    fill(form, "What did the child say?", SAID)
    fill(form, "How did the child seem?", "Frightened. Looked at the phone all the time.")
    fill(form, "Injuries, old and new", "An old bruise on the left arm")
    question = "Do you owe anybody money or things, or does somebody say that you do?"
    neil.locator("#asked summary").click()
    form.get_by_label(question).select_option("Yes")
    neil.locator("#talk-words-debt").fill("Two hundred, he says three")
    with neil.expect_navigation():
        form.get_by_role("button", name="Record what the child said").click()
    expect(neil.locator("main")).to_contain_text(SAID)
    neil.get_by_label("Treat the child as a possible victim").check()
    neil.locator("#decide-reasons").fill("He owes money and was threatened; a third arrest in a third area")
    with neil.expect_navigation():
        neil.get_by_role("button", name="Decide the screen").click()
    expect(neil.locator("main")).to_contain_text("Neil Penruddock decided so")
    checked(neil, "screen-decided")


def _considered(neil: Page) -> None:
    act(neil, "offence", {"What would the charge be": "Possession of a class A drug with intent to supply",
                          "Which kind of offence": "drugs-supply"}, "Keep this")
    form = neil.locator("#law")
    form.locator("summary").click()
    for group, why in (("Was the act a direct consequence", "He owes money; whether it began there is not known"),
                       ("Would a reasonable person", "Of 16, alone, threatened at home")):
        form.get_by_role("group", name=group).get_by_label("Not known").check()
        form.get_by_label("Why do you say so?").nth(0 if "direct" in group else 1).fill(why)
    form.get_by_role("group", name="Does the offence stand in Schedule 4").get_by_label("No", exact=True).check()
    fill(form, "How did you check it?", "Read the Schedule: supply does not stand in it")
    with neil.expect_navigation():
        form.get_by_role("button", name="Keep the answers").click()
    act(neil, "referral", {"Not referred": True, "If there is no referral": "The desk writes it now"},
        "Keep this")
    act(neil, "evidence", {"For coercion": True, "What is it?": "He says that he owes money",
                           "where is it from": "Custody record, 17:40"}, "Add it")
    act(neil, "evidence", {"Against it": True, "What is it?": "Messages in which he gives times and places",
                           "where is it from": "Exhibit NP/2"}, "Add it")
    form = neil.locator("#tools")
    form.locator("summary").click()
    for tool in ASKED:
        form.get_by_role("group", name=tool.name).get_by_label("Being considered").check()
        fill(form, f"Because: {tool.name}", "The number that rings him is being traced")
    with neil.expect_navigation():
        form.get_by_role("button", name="Keep the answers").click()
    act(neil, "conclude", {"The defence does not apply": True, "Why?": "He ran it himself"}, "Keep the conclusion")


def _counted(visit: Callable[..., Page], neil: Page, nathan: dict, checked) -> None:
    open_child(neil, **nathan)
    wait_for(neil, lambda: expect(neil.locator("main")).to_contain_text("Defence of a victim considered (D-CHG-1)"))
    expect(neil.locator("main")).to_contain_text("Charged")
    grace = visit("Grace Osei")
    grace.goto("/oversight/charges/")
    expect(grace.locator("main")).to_contain_text("I read the phone record: he gave the orders")
    checked(grace, "charges-counted")
    dawn = visit("Dawn Prescott")
    dawn.goto("/oversight/charges/")
    expect(dawn.locator("main")).to_contain_text("Cumbria Constabulary")
    expect(dawn.locator("body")).not_to_contain_text("Sefton-Hughes")
    expect(dawn.locator("body")).not_to_contain_text("he gave the orders")


def test_carl_finds_no_screen_and_no_charging_decision(visit: Callable[..., Page], nathan: dict) -> None:
    neil = visit("Neil Penruddock")
    places = [open_child(neil, **nathan)]
    open_case(neil, "Victim screen")
    places += [neil.url, neil.url.replace("screen/", "charging/"), neil.url.replace("screen/", "charging/summary/")]
    carl_finds_nothing(visit("Carl Denby"), places, name="Nathan Sefton-Hughes", born_on=nathan["born_on"])
