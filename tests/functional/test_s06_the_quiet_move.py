"""S06 in the browser: Wandsworth moves a girl to Blackpool and tells nobody; what is owed and what is silent shows."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, carl_finds_nothing, choose, decide_to_share, duty_of, open_child, wait_for

pytestmark = pytest.mark.functional

NAME = "Shanelle Beckford"
POLICE_TOLD = "Police told of a placement with signs"
OF_HOST = "Only one side told of a placement: the area’s council"
OF_PLACING = "Only one side told of a placement: the placing council"
LANCASHIRE, METROPOLITAN = "Lancashire Constabulary", "Metropolitan Police Service"


@pytest.fixture(scope="module")
def shanelle(served: Served) -> dict[str, str]:
    """Give what the school in Blackpool has told of the girl."""
    return served.story("S06", "school-roll")[0]


def born(shanelle: dict[str, str]) -> date:
    day, month, year = (int(part) for part in shanelle["dob"].split("/"))
    return date(year, month, day)


def test_the_notices_that_are_owed_are_listed_and_the_silent_side_is_an_alarm_on_both_sides(
    visit: Callable[..., Page], shanelle: dict[str, str], screenshot
) -> None:
    abena = visit("Abena Mensah")
    open_child(abena, upn=shanelle["upn"])
    owed = abena.locator(".sightline-duty").all_inner_texts()
    for title in ("Notice of a placement", "Notice of a placement to the area's council", POLICE_TOLD, OF_PLACING):
        assert any(title in words.replace("’", "'") or title in words for words in owed), (title, owed)
    screenshot(abena, "s06-what-wandsworth-owes")
    kelly = visit("Kelly Bispham")
    kelly.goto("/inbox/")
    alarm = kelly.locator(".sightline-duty").filter(has_text=OF_HOST).filter(has_text=NAME)
    expect(alarm).to_be_visible()
    kelly.goto("/notices/")
    expect(kelly.get_by_role("listitem").filter(has_text=NAME).filter(
        has_text="Ask the side that is silent why").first).to_be_visible()
    screenshot(kelly, "s06-alarm-of-blackpool")


def test_the_police_of_both_areas_are_told_by_a_recorded_decision(
    visit: Callable[..., Page], shanelle: dict[str, str], screenshot, axe, fits
) -> None:
    jack = visit("Jack Hoghton")
    jack.goto("/notices/")
    expect(jack.locator("main")).not_to_contain_text(NAME)
    abena = visit("Abena Mensah")
    child = open_child(abena, upn=shanelle["upn"])
    duty_of(abena, POLICE_TOLD).get_by_role("button", name="Act").click()
    abena.get_by_role("button", name="Decide whether to share").click()
    expect(abena.get_by_label(LANCASHIRE)).to_be_checked()
    expect(abena.get_by_label(METROPOLITAN)).to_be_checked()
    signs = abena.get_by_role("group", name="Warning signs").get_by_role("checkbox")
    assert signs.count() > 0
    assert all(sign.is_checked() for sign in signs.all())
    abena.get_by_role("button", name="Record the decision").click()
    expect(abena.get_by_role("alert")).to_contain_text("Choose whether to share")
    screenshot(abena, "s06-nothing-is-decided-for-her")
    decide_to_share(abena, purpose="Look out for her at the stations; ring us if she is found.",
                    because="They meet her where she is missing.")
    abena.get_by_label("A summary in your words").fill("Missing three times; assessed for criminal exploitation.")
    axe(abena)
    fits(abena)
    abena.get_by_role("button", name="Record the decision").click()
    expect(abena.get_by_role("heading", level=1)).to_have_text("Wandsworth shared this")
    abena.goto(child)
    wait_for(abena, lambda: expect(abena.locator("#met")).to_contain_text(POLICE_TOLD))

    told = jack.get_by_role("listitem").filter(has_text="Wandsworth shared something of a child with you")
    wait_for(jack, lambda: expect(told.first).to_be_visible())
    told.first.get_by_role("link").first.click()
    jack.get_by_role("link", name="See what was shared, and say what you do with it").click()
    main = jack.locator("main")
    expect(main).to_contain_text("Missing three times; assessed for criminal exploitation.")
    expect(main).to_contain_text("Warning sign")
    expect(main).not_to_contain_text("They meet her where she is missing")
    jack.get_by_label("What do you do with it?").fill("Briefed the railway and neighbourhood teams.")
    jack.get_by_role("button", name="We have it").click()
    expect(jack.locator("main")).to_contain_text("Received")
    screenshot(jack, "s06-lancashire-has-it")
    axe(jack)


def test_what_was_wrong_is_taken_back_and_the_police_see_it_no_more(
    visit: Callable[..., Page], shanelle: dict[str, str], screenshot, axe, fits
) -> None:
    abena, jack = visit("Abena Mensah"), visit("Jack Hoghton", size="phone")
    open_child(abena, upn=shanelle["upn"])
    abena.get_by_role("link", name="What was shared, and what was not").click()
    screenshot(abena, "s06-what-was-shared")
    abena.get_by_role("link", name="Wandsworth to").first.click()
    place = abena.url
    jack.goto(place)
    expect(jack.locator("main")).to_contain_text("Missing three times")
    abena.get_by_text("Take it back", exact=True).first.click()
    choose(abena, "Why do you take it back?", "What was told was wrong")
    abena.get_by_label("What happened?").fill("The assessment was of her sister.")
    abena.get_by_role("button", name="Take it back").click()
    expect(abena.locator("main")).to_contain_text("Copies not confirmed removed")
    jack.reload()
    expect(jack.locator("main")).to_contain_text("Do not act on it")
    expect(jack.locator("main")).not_to_contain_text("Missing three times")
    expect(jack.locator("main")).not_to_contain_text("her sister")
    screenshot(jack, "s06-taken-back")
    fits(jack)
    axe(jack)
    jack.get_by_label("Where were your copies, and who removed them?").fill("Briefing sheet, shredded by me.")
    jack.get_by_role("button", name="We have removed our copies").click()
    expect(jack.locator("main")).to_contain_text("Copies removed")
    abena.reload()
    expect(abena.locator("main")).to_contain_text("Jack Hoghton")


def test_wandsworths_notice_with_the_care_plan_ends_the_alarm_on_both_sides(
    visit: Callable[..., Page], shanelle: dict[str, str], screenshot, axe, fits
) -> None:
    abena = visit("Abena Mensah")
    child = open_child(abena, upn=shanelle["upn"])
    duty_of(abena, "to the area").get_by_role("button", name="Act").first.click()
    abena.get_by_role("button", name="Send the notice with the care plan").click()
    expect(abena.get_by_label("To whom?").locator("option:checked")).to_contain_text("Blackpool")
    abena.get_by_label("Why, and what do you ask of them?").fill("She came on short notice; her school is not settled.")
    abena.get_by_role("button", name="See what will go").click()
    expect(abena.locator("main")).to_contain_text("Care and placements")
    screenshot(abena, "s06-what-blackpool-gets")
    fits(abena)
    axe(abena)
    abena.get_by_role("button", name="Hand it over").click()
    abena.wait_for_url("**/transfers/*/")
    made = abena.url
    abena.goto(child)
    wait_for(abena, lambda: expect(abena.locator("#met")).to_contain_text(OF_PLACING))
    kelly = visit("Kelly Bispham")
    kelly.goto("/inbox/")
    alarm = kelly.locator(".sightline-duty").filter(has_text=OF_HOST).filter(has_text=NAME)
    wait_for(kelly, lambda: expect(alarm).to_have_count(0))
    screenshot(kelly, "s06-no-alarm")
    kelly.goto(made)
    wait_for(kelly, lambda: expect(kelly.locator("main")).to_contain_text("What the pack will hold"))
    kelly.get_by_role("button", name="Receive it, and give the receipt").click()
    wait_for(kelly, lambda: expect(kelly.get_by_role("button", name="Read the handover pack")).to_be_visible())
    kelly.get_by_role("button", name="Read the handover pack").click()
    for words in (NAME, "Social care: referrals, assessments, decisions", "Care and placements", "her school is not"):
        expect(kelly.locator("main")).to_contain_text(words)
    screenshot(kelly, "s06-the-notice-received")
    abena.goto(made)
    expect(abena.locator("main")).to_contain_text("Kelly Bispham of Blackpool received it")
    answer = visit("Carl Denby").goto(made)
    assert answer is not None
    assert answer.status == 404


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], shanelle: dict[str, str]) -> None:
    abena = visit("Abena Mensah")
    child = open_child(abena, upn=shanelle["upn"])
    places = [child, f"{child}share/", f"{child}disclosures/", *addresses_on(abena)]
    abena.goto(f"{child}disclosures/")
    places += addresses_on(abena)
    assert any("/disclosures/" in place for place in places)
    carl_finds_nothing(visit("Carl Denby"), places, name=NAME, upn=shanelle["upn"], born_on=born(shanelle))
