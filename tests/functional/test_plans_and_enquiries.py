"""A plan and an enquiry handed over in the browser, both sides at once: who is responsible, and what moves."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, carl_finds_nothing, open_child, wait_for

from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}
MOVED = "New council told that a child moved during enquiries"
CONFER, REVIEW = "Transfer of a protection plan", "Review of a child protection plan"
PLANNED = {"given": "Corey", "family": "Halsnead", "born_on": "2015-02-09", "sex": "M", "postcode": "L36 9YZ"}
ENQUIRED = {"given": "Tilly", "family": "Stockbridge", "born_on": "2012-08-21", "sex": "F", "postcode": "L36 9YZ"}


def now() -> datetime:
    return datetime.now(LONDON)


@pytest.fixture(scope="module")
def children(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let Knowsley tell of a boy with a plan, and of a girl who moves to Liverpool while enquiries run."""
    days = {number: (now() - timedelta(days=number)).date().isoformat() for number in (3, 9, 20, 900)}
    told = [
        ("plan", PLANNED, "child.home", days[900], {"postcode": "L36 9YZ"}, "L36 9YZ"),
        ("plan", PLANNED, "care.plan", days[20], {"type": "child protection", "decision": "NEG"}, None),
        ("enquiry", ENQUIRED, "child.home", days[900], {"postcode": "L36 9YZ"}, "L36 9YZ"),
        ("enquiry", ENQUIRED, "care.enquiry", days[9], {"attendees": ["Knowsley", "Merseyside Police"]}, None),
        ("enquiry", ENQUIRED, "child.home", days[3], {"postcode": "L13 5TF"}, "L13 5TF")]
    lines = [{"id": f"{key}-{number}", "child": f"knowsley-{key}", "kind": kind, "at": at, "by": "Knowsley",
              "facts": facts, "identity": who, **({"place": {"postcode": place}} if place else {})}
             for number, (key, who, kind, at, facts, place) in enumerate(told)]
    file = tmp_path_factory.mktemp("plans") / "knowsley.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    status, answer = served.command("import", str(file), "--feed", "timeline", "--from", "Knowsley")
    assert (status, answer["accepted"]) == (0, len(lines)), answer


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


def opened(page: Page, who: dict[str, str]) -> str:
    return open_child(page, given=who["given"], family=who["family"], born_on=date.fromisoformat(who["born_on"]))


def sent(page: Page, words: str) -> str:
    """Fill in the words, look at what will go, and hand it over; gives the address of the handover."""
    page.get_by_label("Why, and what do you ask of them?").fill(words)
    page.get_by_role("button", name="See what will go").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What will go to Liverpool")
    page.get_by_role("button", name="Hand it over").click()
    page.wait_for_url("**/transfers/*/")
    return page.url


def come_by_the_notice(page: Page, words: str) -> None:
    page.goto("/notices/")
    notice = page.get_by_role("listitem").filter(has_text=words)
    wait_for(page, lambda: expect(notice.first).to_be_visible())
    notice.first.get_by_role("link").first.click()
    page.get_by_role("link", name="See the handover, and answer").click()
    wait_for(page, lambda: expect(page.locator("main")).to_contain_text("What the pack will hold"))


@pytest.mark.usefixtures("children")
def test_a_plan_stays_with_the_origin_until_the_receiving_conference_accepts_it(
    visit: Callable[..., Page], look_at: Callable[[Page, str], None]
) -> None:
    beth, farah, name = visit("Beth Ashworth"), visit("Farah Hussain"), f"{PLANNED['given']} {PLANNED['family']}"
    child = opened(beth, PLANNED)
    wait_for(beth, lambda: expect(beth.locator("main")).to_contain_text(REVIEW))
    expect(beth.get_by_label("Responsibility")).to_contain_text("Council that holds the protection plan")
    beth.get_by_role("link", name="Hand a plan or a file to another agency").click()
    beth.get_by_label("A child protection plan").check()
    to = beth.get_by_label("To whom?")
    to.select_option(to.locator("option").filter(has_text="Liverpool:").get_attribute("value"))
    look_at(beth, "plan-form")
    made = sent(beth, "The family moves to you on Friday.")

    come_by_the_notice(farah, "a child protection plan")
    expect(farah.get_by_role("heading", level=1)).to_have_text(re.compile(r"^A boy, \d\d years old$"))
    expect(farah.locator("body")).not_to_contain_text(PLANNED["family"])
    look_at(farah, "plan-before-the-receipt")
    farah.get_by_role("button", name="Receive it, and give the receipt").click()
    wait_for(farah, lambda: expect(farah.get_by_role("link", name="Record the conference")).to_be_visible())
    expect(farah.locator("main")).to_contain_text("Knowsley is responsible for the plan until the conference of "
                                                  "Liverpool accepts it")
    look_at(farah, "plan-received")
    beth.goto(made)
    expect(beth.locator("main")).to_contain_text("Farah Hussain of Liverpool received it")
    expect(beth.locator("main")).to_contain_text("Knowsley is responsible for the plan until")

    farah.get_by_role("link", name="Record the conference").click()
    expect(farah.get_by_role("heading", level=1)).to_have_text(CONFER)
    expect(farah.locator("main")).to_contain_text("15 working days")
    farah.get_by_role("button", name="Record the conference").click()
    expect(farah.get_by_role("alert")).to_contain_text("Choose: whether it took over another council's plan")
    look_at(farah, "plan-conference")
    farah.get_by_label("Yes: we are responsible for the plan from now on").check()
    farah.get_by_role("button", name="Record the conference").click()
    wait_for(farah, lambda: expect(farah.locator(".sightline-clock--met")).to_be_visible())

    # The receiver holds the plan and owes its review; the giver keeps the outcome and its own words.
    farah.goto(made)
    wait_for(farah, lambda: expect(farah.locator("main")).to_contain_text("Liverpool is responsible for the plan."))
    farah.goto(child)
    wait_for(farah, lambda: expect(farah.get_by_label("Responsibility")).to_contain_text("Liverpool"))
    expect(farah.locator("main")).to_contain_text(REVIEW)
    look_at(farah, "plan-held-by-the-receiver")
    beth.goto(made)
    expect(beth.locator("main")).to_contain_text("Liverpool is responsible for the plan.")
    look_at(beth, "plan-outcome")
    beth.goto(child)
    wait_for(beth, lambda: expect(beth.locator("main")).to_contain_text("Which council is responsible is part of the"))
    expect(beth.locator("main")).not_to_contain_text("Child protection conference")
    beth.goto("/notices/")
    expect(beth.get_by_role("listitem").filter(has_text="Liverpool is responsible for it now").first).to_be_visible()
    carl_finds_nothing(visit("Carl Denby"), [child, made, f"{made}pack/", f"{child}hand-over/", *addresses_on(farah)],
                       name=name, born_on=date.fromisoformat(PLANNED["born_on"]))


@pytest.mark.usefixtures("children")
def test_the_council_that_enquires_tells_the_new_one_and_the_receipt_meets_its_duty(
    visit: Callable[..., Page], look_at: Callable[[Page, str], None]
) -> None:
    beth, farah, name = visit("Beth Ashworth"), visit("Farah Hussain"), f"{ENQUIRED['given']} {ENQUIRED['family']}"
    beth.goto("/inbox/")
    owed = beth.locator(".sightline-duty").filter(has_text=MOVED).filter(has_text=name)
    wait_for(beth, lambda: expect(owed).to_be_visible())
    owed.get_by_role("button", name="Act").click()
    duty = beth.url
    beth.get_by_role("button", name="Tell the new council of the move").click()
    expect(beth.get_by_label("To whom?").locator("option:checked")).to_contain_text("Liverpool")
    expect(beth.get_by_label("A child who moves during a section 47 enquiry")).to_be_checked()
    made = sent(beth, "She lives with her aunt since Thursday. We finish the enquiry.")
    come_by_the_notice(farah, "a child who moves during a section 47 enquiry")
    look_at(farah, "enquiry-before-the-receipt")
    farah.get_by_role("button", name="Receive it, and give the receipt").click()
    wait_for(farah, lambda: expect(farah.get_by_role("button", name="Read the handover pack")).to_be_visible())
    farah.get_by_role("button", name="Read the handover pack").click()
    for words in (name, "She lives with her aunt", "Section 47 enquiry", "Whom to ring"):
        expect(farah.locator("main")).to_contain_text(words)
    beth.goto(duty)
    wait_for(beth, lambda: expect(beth.locator(".sightline-clock--met")).to_be_visible())
    look_at(beth, "enquiry-told")
    carl_finds_nothing(visit("Carl Denby"), [duty, made, f"{made}pack/"], name=name,
                       born_on=date.fromisoformat(ENQUIRED["born_on"]))
