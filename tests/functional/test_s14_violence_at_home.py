"""S14 in the browser: the school must be told before its next day, told or not told is seen, and only so much."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, carl_finds_nothing, decide_to_share, duty_of, find, open_child, wait_for

from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

TELL_THE_SCHOOL = "School told of violence at home"
HEADINGS = ("record_ref,record_type,occurred_at,postcode,forename,surname,dob,sex,home_postcode,offence,grade,"
            "child_seen,school")


@pytest.fixture(scope="module")
def poppy(served: Served) -> dict:
    """Say how to find Poppy."""
    row = served.story("S14", "police-events")[0]
    return {"given": row["forename"].capitalize(), "family": row["surname"].capitalize(),
            "born_on": datetime.strptime(row["dob"], "%d/%m/%Y").date()}  # noqa: DTZ007 a day has no zone


def test_the_third_incident_asks_for_a_strategy_discussion_and_shows_that_the_school_was_not_told(
    visit: Callable[..., Page], poppy: dict, screenshot
) -> None:
    kelly = visit("Kelly Bispham")
    open_child(kelly, **poppy)
    sign = kelly.locator(".sightline-sign").filter(has_text="Domestic abuse where the child lives")
    expect(sign).to_contain_text("the third incident in 365 days: ask for a strategy discussion")
    expect(sign).to_contain_text("graded higher than the one before")
    expect(duty_of(kelly, TELL_THE_SCHOOL)).to_contain_text("Missed")
    screenshot(kelly, "s14-poppy")


def test_the_school_is_owed_a_notice_before_its_next_day_and_telling_it_meets_the_duty(
    visit: Callable[..., Page], served: Served, poppy: dict, tmp_path: Path, screenshot
) -> None:
    at = datetime.now(LONDON) - timedelta(minutes=30)
    file = tmp_path / "tonight.csv"
    file.write_text(f"{HEADINGS}\nLE/T/4,domestic-incident,{at.isoformat()},FY4 1AL,POPPY,ORMEROD,"
                    f"{poppy['born_on']:%d/%m/%Y},F,FY4 1AL,violence,high,yes,South Shore Academy\n", encoding="utf-8")
    status, _ = served.command("import", str(file), "--feed", "police-events", "--from", "Lancashire Constabulary")
    assert status == 0
    jack = visit("Jack Hoghton")
    jack.goto("/inbox/")
    duty = jack.locator(".sightline-duty").filter(has_text=TELL_THE_SCHOOL)
    wait_for(jack, lambda: expect(duty).to_have_count(1))
    _, clock = served.command("clock", "PRE", "--from", at.isoformat(), "--nation", "england")
    due = datetime.fromisoformat(clock["due_at"])
    expect(duty).to_contain_text(f"{due.day} {due:%B %Y}")
    expect(duty).to_contain_text("Poppy Ormerod")
    gareth = visit("Gareth Probert")
    assert not find(gareth, **poppy), "the school sees nothing until it is told"
    duty.get_by_role("button", name="Act").click()
    jack.get_by_label("To whom").fill("South Shore Academy, safeguarding lead")
    screenshot(jack, "s14-tell-the-school")
    jack.get_by_role("button", name="Record that it was told").click()
    wait_for(jack, lambda: expect(jack.locator(".sightline-clock--met")).to_be_visible())


def test_by_a_decision_the_school_sees_that_it_happened_and_nothing_else(
    visit: Callable[..., Page], poppy: dict, screenshot
) -> None:
    kelly = visit("Kelly Bispham")
    open_child(kelly, **poppy)
    incident = kelly.get_by_role("heading", name="Domestic abuse incident")
    kelly.locator(".sightline-entry").filter(has=incident).first.get_by_role("link", name="Decide about this").click()
    kelly.get_by_role("link", name="Decide whether to share").click()
    kelly.get_by_label("Who is it about telling?").select_option("South Shore Academy")
    decide_to_share(kelly, purpose="Look after her at school.", because="She may come tired and frightened.")
    kelly.get_by_role("button", name="Record the decision").click()
    expect(kelly.get_by_role("heading", level=1)).to_have_text("Blackpool shared this")
    gareth = visit("Gareth Probert")
    gareth.goto("/notices/")
    wait_for(gareth, lambda: expect(gareth.get_by_role("listitem").filter(has_text="Poppy Ormerod")).to_have_count(1))
    gareth.get_by_role("link", name="shared something of a child with you by a decision").click()
    gareth.get_by_role("link", name="See what was shared, and say what you do with it").click()
    gareth.get_by_label("What do you do with it?").fill("Her form tutor meets her at the gate.")
    gareth.get_by_role("button", name="We have it").click()
    expect(gareth.locator("main")).to_contain_text("Gareth Probert")
    gareth.get_by_role("link", name="Poppy Ormerod").click()
    expect(gareth.locator(".sightline-entry")).to_have_count(1)
    expect(gareth.locator(".sightline-sign")).to_have_count(0)
    expect(gareth.get_by_text("tired and frightened")).to_have_count(0)
    screenshot(gareth, "s14-school-sees-one-entry")


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], poppy: dict) -> None:
    kelly = visit("Kelly Bispham")
    places = [open_child(kelly, **poppy), *addresses_on(kelly)]
    carl_finds_nothing(visit("Carl Denby"), places, name="Poppy Ormerod", born_on=poppy["born_on"])
