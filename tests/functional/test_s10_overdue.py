"""S10 in the browser: an offender released to a child's home, the three days, who is told, and a visit that lapses."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from conftest import SIZES
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, choose, find, open_child, wait_for

from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

DALE, ELLIE = "Dale Storr", "Ellie-Mae Crosby"
WORDS = ("Storr", "Crosby", "Ellie")


@pytest.fixture(scope="module")
def upn(served: Served) -> str:
    """Give Ellie-Mae's number, as her council sent it."""
    (payload,) = served.story("S10", "social-care-api")
    return str(payload["Children"]["child_details"]["unique_pupil_number"])


@pytest.fixture
def looked(axe, fits, screenshot) -> Callable[[Page, str], None]:
    """See a page on a desk and on a phone, without a fault and without scrolling sideways."""

    def look(page: Page, name: str) -> None:
        for size in SIZES.values():
            page.set_viewport_size(size)
            screenshot(page, name)
            fits(page)
            axe(page)
        page.set_viewport_size(SIZES["desktop"])

    return look


def offender(page: Page) -> str:
    """Open Dale Storr from the day of who manages him, and give the address."""
    page.goto("/offenders/")
    page.get_by_role("link", name=DALE, exact=True).last.click()
    page.wait_for_url("**/offenders/*-*/")
    return page.url


def test_the_manager_sees_the_three_days_and_that_a_child_is_near_and_no_name(
    visit: Callable[..., Page], looked
) -> None:
    olga = visit("Olga Finch")
    olga.goto("/offenders/")
    released = datetime.now(LONDON).date() - timedelta(days=4)
    last = released + timedelta(days=2)
    clock = olga.get_by_role("listitem").filter(has_text=f"{DALE}: Release")
    expect(clock).to_contain_text("Overdue")
    expect(clock).to_contain_text("within 3 days beginning with that day")
    expect(clock).to_contain_text(f"{last.day} {last:%B %Y}")
    expect(olga.get_by_role("listitem").filter(has_text=f"{DALE}: Visit")).to_contain_text("2 days over")
    expect(olga.get_by_role("listitem").filter(has_text=f"{DALE}: Silence")).to_be_visible()
    looked(olga, "s10-day")
    offender(olga)
    near = olga.get_by_role("listitem").filter(has_text="A child of 8")
    expect(near).to_contain_text("lives at the child's address")
    expect(near).to_contain_text("St Helens")
    body = olga.locator("body").inner_text()
    assert not [word for word in ("Crosby", "Ellie") if word in body]
    looked(olga, "s10-offender")


def test_social_care_sees_who_it_is_and_whom_to_ring(visit: Callable[..., Page], upn: str, looked) -> None:
    kasia = visit("Kasia Nowak")
    kasia.goto("/notices/")
    told = kasia.get_by_role("listitem").filter(has_text="An adult whom Merseyside Police manages")
    expect(told.first).to_be_visible()
    open_child(kasia, upn=upn)
    expect(kasia.locator("#sign-X07")).to_contain_text("the register of adults whom police and probation manage")
    kasia.get_by_role("link", name="Managed offenders near the child").click()
    main = kasia.locator("main")
    expect(main).to_contain_text(f"{DALE} lives at the child's address")
    expect(main).to_contain_text("Olga Finch, Merseyside Police")
    expect(main).to_contain_text("High")
    looked(kasia, "s10-near-the-child")


def test_the_supervisor_sees_the_overdue_visit_and_it_goes_when_it_is_made(
    visit: Callable[..., Page], looked
) -> None:
    sid, olga = visit("Sid Marlow"), visit("Olga Finch")
    sid.goto("/offenders/overdue/")
    main = sid.locator("main")
    late = main.get_by_role("listitem").filter(has_text=DALE)
    expect(late).to_contain_text("2 days over")
    expect(late).to_contain_text("Risk as recorded: high. Managed by Olga Finch.")
    by_risk = sid.get_by_role("table", name="By risk, as recorded by people")
    high = by_risk.get_by_role("row").nth(2)  # after the headings and very high
    expect(high).to_contain_text("High")
    expect(high.get_by_role("cell").nth(1)).to_contain_text("1")
    expect(sid.get_by_role("table", name="By offender manager")).to_contain_text("Olga Finch")
    expect(sid.get_by_role("figure")).to_contain_text("Visits made by the day that was set")
    looked(sid, "s10-supervisor")

    at = offender(olga)
    olga.get_by_role("link", name="Record a visit").click()
    looked(olga, "s10-record-a-visit")
    olga.get_by_role("button", name="Record the visit").click()
    expect(olga.get_by_role("alert")).to_contain_text("Write it in a sentence")
    choose(olga, "Was the visit announced?", "No")
    choose(olga, "Did you see the offender?", "Yes")
    olga.get_by_label("What did you see?").fill("A child’s coat in the hall")
    olga.get_by_label("Is there any contact with children?").fill("Says none; see the coat")
    olga.get_by_role("button", name="Record the visit").click()
    olga.wait_for_url(at)
    wait_for(olga, lambda: expect(olga.locator("#due ~ ul").first).to_contain_text("the next visit is not set"))
    wait_for(sid, lambda: expect(sid.locator("main").get_by_role("listitem").filter(has_text=DALE)).to_have_count(0))
    expect(sid.locator("main")).to_contain_text("No visit is overdue")


def test_what_was_recorded_wrongly_is_corrected_and_taken_back(visit: Callable[..., Page], looked) -> None:
    olga = visit("Olga Finch")
    at = offender(olga)
    olga.get_by_role("link", name="Record custody, hospital or time abroad").click()
    olga.get_by_label("Where?").select_option("Abroad")
    olga.get_by_role("button", name="Record where the offender is").click()
    olga.wait_for_url(at)
    told = olga.locator("#told ~ ul > li").first
    expect(told).to_contain_text("Abroad")
    told.get_by_role("link", name="Correct").click()
    expect(olga.get_by_label("Where?")).to_have_value("abroad")
    looked(olga, "s10-correct")
    olga.get_by_label("Where?").select_option("In hospital")
    olga.get_by_role("button", name="Keep the correction").click()
    olga.wait_for_url(at)
    expect(told).to_contain_text("In hospital")
    expect(told).to_contain_text("corrected")
    told.get_by_role("link", name="Take back").click()
    olga.get_by_role("button", name="Take it back").click()
    expect(olga.get_by_role("alert")).to_contain_text("Write it in a sentence")
    looked(olga, "s10-take-back")
    olga.get_by_label("Why does it not hold?").fill("It was somebody else")
    olga.get_by_role("button", name="Take it back").click()
    olga.wait_for_url(at)
    expect(told).to_contain_text("Taken back")
    expect(told).to_contain_text("It was somebody else")
    looked(olga, "s10-taken-back")


@pytest.mark.parametrize("who", ["Carl Denby", "Gareth Probert", "Nicola Kirkdale", "Beth Ashworth"])
def test_nobody_else_sees_anything_of_it(who: str, visit: Callable[..., Page], upn: str) -> None:
    olga, kasia, other = visit("Olga Finch"), visit("Kasia Nowak"), visit(who)
    here = [offender(olga), *addresses_on(olga), "/offenders/", "/offenders/overdue/", "/offenders/register/"]
    child = open_child(kasia, upn=upn)
    for address in (*here, child, f"{child}near/"):
        answer = other.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
        body = other.locator("body").inner_text()
        assert not [word for word in WORDS if word in body], address
    assert not find(other, upn=upn)
    for place in ("/inbox/", "/notices/"):
        other.goto(place)
        body = other.locator("body").inner_text()
        assert not [word for word in (*WORDS, "manages") if word in body], place


def test_the_school_that_told_the_house_sees_its_pupil_and_nothing_of_the_adult(
    visit: Callable[..., Page], upn: str
) -> None:
    olga, kasia = visit("Olga Finch"), visit("Kasia Nowak")
    judith, derek = visit("Judith Ainsdale"), visit("Derek Sale")
    dale = offender(olga)
    child = open_child(kasia, upn=upn)
    expect(kasia.locator("#sign-X07")).to_be_visible()
    assert open_child(judith, upn=upn) == child
    expect(judith.locator("main")).to_contain_text(ELLIE)
    for address in (child, f"{child}?all=1", f"{child}disclosures/", "/inbox/", "/inbox/?whose=watched", "/notices/"):
        judith.goto(address)
        body = judith.locator("body").inner_text()
        assert not [word for word in ("Storr", "X07", "offender", "whom Merseyside") if word in body], address
    for other in (judith, derek):
        answers = [other.goto(address) for address in (dale, f"{child}near/")]
        assert [answer and answer.status in (403, 404) for answer in answers] == [True, True]
        assert "Storr" not in other.locator("body").inner_text()
    derek.goto("/offenders/?of=all")
    expect(derek.locator("main")).to_contain_text("Nobody is on the register")


def test_who_manages_offenders_finds_no_child(visit: Callable[..., Page], upn: str) -> None:
    olga, kasia = visit("Olga Finch"), visit("Kasia Nowak")
    child = open_child(kasia, upn=upn)
    for address in (child, "/find/", "/inbox/", f"{child}near/"):
        answer = olga.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
