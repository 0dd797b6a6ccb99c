"""S01 in the browser: an exclusion is seen at once, screened by a named person, shared by a decision, and escalated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from served import Served
from steps import (
    addresses_on,
    carl_finds_nothing,
    choose,
    decide_to_share,
    duty_of,
    find,
    open_child,
    press,
    send_file,
    type_into,
    wait_for,
)

from sightline.demonstration.identifiers import upn
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

SCREEN = "Screen the exclusion for exploitation"
SCREEN_TITLE = "Safeguarding screen of an exclusion"
A_MINUTE_AND_MORE = 80
"""Who must be told of what has lapsed is told once a minute."""
SCHOOL_HEADINGS = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"
POLICE_HEADINGS = "record_ref,record_type,occurred_at,postcode,upn,forename,surname,dob,sex,home_postcode,grade,reason"
BORN = "14/05/2012"


@dataclass(frozen=True)
class Excluded:
    """Hold one of the children whom the school excludes today."""

    given: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.given} Okafor"

    @property
    def upn(self) -> str:
        return upn("340", 990_000 + self.number, 2016)


AMARA, NIA, ZURI = Excluded("Amara", 1), Excluded("Nia", 2), Excluded("Zuri", 3)
ADA = Excluded("Ada", 4)
"""Ada was excluded a fortnight ago, and the school tells it today: her screen is late at once."""


@pytest.fixture(scope="module")
def the_schools_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what the school sends today: permanent exclusions for persistent disruption."""
    file = tmp_path_factory.mktemp("school") / "exclusions-today.csv"
    today = datetime.now(LONDON).date()
    days = {AMARA: today, NIA: today, ZURI: today, ADA: today - timedelta(days=14)}
    rows = [f"3404001,Lord Derby Academy,{c.upn},{c.given},Okafor,{BORN},F,L36 9YZ,PERM,{on:%d/%m/%Y},,DB,"
            f"LDA-T{c.number}" for c, on in days.items()]
    file.write_text("\n".join([SCHOOL_HEADINGS, *rows, ""]), encoding="utf-8")
    return file


def test_the_exclusion_is_seen_the_same_minute_with_a_screen_that_somebody_owns(
    visit: Callable[..., Page], served: Served, the_schools_file: Path, screenshot
) -> None:
    alison = visit("Alison Reece")
    sent_at = datetime.now(UTC)
    send_file(alison, the_schools_file, "exclusions and suspensions")
    expect(alison.locator("main")).to_contain_text("Nothing to put right")
    screenshot(alison, "s01-file-read")
    beth = visit("Beth Ashworth")
    open_child(beth, upn=AMARA.upn)
    assert datetime.now(UTC) - sent_at < timedelta(minutes=1)
    expect(beth.get_by_role("heading", level=1)).to_contain_text(AMARA.name)
    expect(beth.get_by_role("heading", name="Excluded or suspended from school")).to_be_visible()
    _, clock = served.command("clock", "WD2", "--from", sent_at.astimezone(LONDON).date().isoformat(),
                              "--nation", "england")
    due = datetime.fromisoformat(clock["due_at"])
    screen = duty_of(beth, SCREEN)
    expect(screen).to_contain_text("Beth Ashworth")
    expect(screen).to_contain_text(f"{due.day} {due:%B %Y}")
    expect(screen).to_contain_text("Due in")


def test_the_same_is_told_on_the_command_line(served: Served) -> None:
    status, found = served.command("child", "find", "--upn", AMARA.upn, who="Beth Ashworth")
    assert (status, [child["name"] for child in found["children"]]) == (0, [AMARA.name])
    child = found["children"][0]["child"]
    _, timeline = served.command("child", "timeline", child, who="Beth Ashworth")
    assert "school.exclusion" in [entry["kind"] for entry in timeline["entries"]]
    _, duties = served.command("child", "duties", child, who="Beth Ashworth")
    screen = next(duty for duty in duties["duties"] if duty["code"] == "D-EX-4")
    assert (screen["state"], screen["owner"], screen["owed_by"]) == ("open", "Beth Ashworth", "Knowsley")
    status, refused = served.command("child", "timeline", child, who="Carl Denby")
    assert status == 1
    assert "no such child" in refused["refused"]
    assert served.command("child", "find", "--upn", AMARA.upn, who="Carl Denby") == (0, {"children": []})


def test_beth_decides_and_the_police_see_what_she_shared_and_nothing_else(
    visit: Callable[..., Page], screenshot
) -> None:
    nicola = visit("Nicola Kirkdale")
    assert not find(nicola, upn=AMARA.upn), "nothing goes to the police by itself"
    beth = visit("Beth Ashworth")
    child = open_child(beth, upn=AMARA.upn)
    duty_of(beth, SCREEN).get_by_role("button", name="Act").click()
    beth.get_by_role("button", name="Decide whether to share").click()
    expect(beth.get_by_label("Merseyside Police")).to_be_checked()
    expect(beth.get_by_role("checkbox", name="Excluded or suspended")).to_be_checked()
    decide_to_share(beth, purpose="Look out for her near the station.", because="Second concern in a month.")
    screenshot(beth, "s01-decide")
    beth.get_by_role("button", name="Record the decision").click()
    expect(beth.get_by_role("heading", level=1)).to_have_text("Knowsley shared this")
    screenshot(beth, "s01-decision-kept")
    beth.goto(child)
    wait_for(beth, lambda: expect(beth.locator("#met")).to_contain_text(SCREEN))
    expect(beth.get_by_role("heading", name="Decision made")).to_be_visible()
    screenshot(beth, "s01-decided")

    nicola.goto("/notices/")
    notice = nicola.get_by_role("listitem").filter(has_text=AMARA.name)
    notice.get_by_role("link", name="shared something of a child with you by a decision").click()
    screenshot(nicola, "s01-notice-to-police")
    nicola.get_by_role("link", name="See what was shared, and say what you do with it").click()
    expect(nicola.locator(".sightline-entry")).to_contain_text("Excluded or suspended from school")
    expect(nicola.get_by_text("Second concern in a month")).to_have_count(0)
    nicola.get_by_label("What do you do with it?").fill("Briefed the neighbourhood team.")
    nicola.get_by_role("button", name="We have it").click()
    expect(nicola.locator("main")).to_contain_text("Nicola Kirkdale")
    screenshot(nicola, "s01-received")
    nicola.get_by_role("link", name=AMARA.name).click()
    expect(nicola.locator(".sightline-entry")).to_have_count(1)
    expect(nicola.locator(".sightline-entry")).to_contain_text("Excluded or suspended from school")
    expect(nicola.locator(".sightline-sign")).to_have_count(0)
    expect(nicola.get_by_text("Second concern in a month")).to_have_count(0)
    screenshot(nicola, "s01-police-see-one-entry")
    beth.get_by_role("link", name="What was shared, and what was not").click()
    expect(beth.locator("main")).to_contain_text("Merseyside Police: received by Nicola Kirkdale")
    screenshot(beth, "s01-what-was-shared")


def test_a_night_missing_brings_two_families_of_signs_and_a_look_the_next_working_day(
    visit: Callable[..., Page], served: Served, tmp_path: Path, screenshot
) -> None:
    night = (datetime.now(LONDON) - timedelta(hours=3)).replace(hour=2, minute=0)  # over by now, whatever the hour is
    file = tmp_path / "missing.csv"
    row = (f"MM/T/1,missing-report,{night.isoformat()},L36 9YZ,{AMARA.upn},AMARA,OKAFOR,{BORN},F,L36 9YZ,medium,"
           "did not come home")
    file.write_text(f"{POLICE_HEADINGS}\n{row}\n", encoding="utf-8")
    send_file(visit("Amina Yusuf"), file, "Police records of a child")
    beth = visit("Beth Ashworth")
    open_child(beth, upn=AMARA.upn)
    wait_for(beth, lambda: expect(beth.get_by_text("Look by next working day")).to_be_visible())
    families = {words.split("·")[1].strip() for words in
                beth.locator(".sightline-sign .sightline-card__under").all_inner_texts()}
    assert {"education", "movement"} <= families
    screenshot(beth, "s01-two-families")
    child = beth.url.rstrip("/").rpartition("/")[2]
    _, signs = served.command("child", "signs", child, who="Beth Ashworth")
    assert signs["attention"] == "next-working-day"
    assert {"education", "movement"} <= {sign["family"] for sign in signs["signs"]}


def test_beth_looks_back_on_who_could_have_seen_what_and_takes_it_to_a_review_without_scripts(
    visit: Callable[..., Page], screenshot
) -> None:
    beth = visit("Beth Ashworth", scripts=False)
    open_child(beth, upn=AMARA.upn)
    beth.get_by_role("link", name="Look back").click()
    expect(beth.get_by_role("heading", level=1)).to_have_text("Look back")
    main = beth.locator("main")
    wait_for(beth, lambda: expect(main).to_contain_text("Had the agencies told each other everything as it happened"))
    expect(beth.get_by_role("img", name="When each sign could have been seen")).to_be_visible()
    row = beth.get_by_role("row").filter(has=beth.get_by_role("rowheader", name="Missing at night"))
    expect(row).to_contain_text("Never")
    today = datetime.now(LONDON).date()
    for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        beth.get_by_label(label, exact=True).fill(str(part))
    beth.get_by_role("button", name="Show what each agency knew").click()
    school = beth.locator(".sightline-card").filter(has=beth.get_by_role("heading", name="Lord Derby Academy"))
    expect(school).to_contain_text("Alone it could have seen: Permanently excluded")
    expect(school).not_to_contain_text("Missing at night")
    screenshot(beth, "s01-look-back")
    with beth.expect_download(timeout=60_000) as download:
        beth.get_by_role("button", name="Export as PDF").click(timeout=60_000)
    assert download.value.suggested_filename == "look-back.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_the_same_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    beth = visit("Beth Ashworth")
    beth.goto("/find/")
    type_into(beth, beth.get_by_label("Unique pupil number (UPN)"), NIA.upn)
    press(beth, beth.get_by_role("button", name="Find", exact=True))
    press(beth, beth.get_by_role("link", name=NIA.name))
    press(beth, beth.get_by_role("button", name=f"Act : {SCREEN_TITLE}"))
    press(beth, beth.get_by_role("button", name="Take it on"))
    expect(beth.get_by_role("alert")).to_contain_text("You have taken it on")
    type_into(beth, beth.get_by_label("What was decided"), "Not shared with the police")
    type_into(beth, beth.get_by_label("Why", exact=True), "Seen with her mother; no sign of exploitation.")
    press(beth, beth.get_by_role("button", name="Record a decision"))
    expect(beth.get_by_role("alert")).to_contain_text("Recorded: Decision made")
    wait_for(beth, lambda: expect(beth.locator(".sightline-clock--met")).to_be_visible())


def test_the_same_without_scripts(visit: Callable[..., Page], screenshot) -> None:
    beth = visit("Beth Ashworth", scripts=False)
    open_child(beth, upn=ZURI.upn)
    duty_of(beth, SCREEN).get_by_role("button", name="Take it on").click()
    expect(duty_of(beth, SCREEN)).to_contain_text("You have taken it on")
    duty_of(beth, SCREEN).get_by_role("button", name="Act").click()
    beth.get_by_role("button", name="Record a decision").click()
    expect(beth.get_by_role("alert")).to_contain_text("Enter: what was decided")
    beth.get_by_label("What was decided").fill("Not shared with the police")
    beth.get_by_label("Why", exact=True).fill("Seen with her mother; no sign of exploitation.")
    beth.get_by_role("button", name="Record a decision").click()
    wait_for(beth, lambda: expect(beth.locator(".sightline-clock--met")).to_be_visible())
    screenshot(beth, "s01-met-without-scripts")


def test_without_a_decision_by_the_due_time_a_named_manager_is_told(
    visit: Callable[..., Page], served: Served, screenshot
) -> None:
    imran = visit("Imran Siddique")
    imran.goto("/notices/?whose=mine&state=new")
    notice = imran.get_by_role("listitem").filter(has_text=ADA.name).filter(has_text=SCREEN).first
    wait_for(imran, lambda: expect(notice).to_be_visible(), seconds=A_MINUTE_AND_MORE)
    notice.get_by_role("link").first.click()
    expect(imran.locator("main")).to_contain_text("Imran Siddique, Knowsley")
    imran.get_by_role("link", name="See what is owed, and act").click()
    expect(imran.locator("main")).to_contain_text("Told named manager: Imran Siddique")
    expect(imran.locator(".sightline-clock--late")).to_be_visible()
    screenshot(imran, "s01-escalated")
    told = served.mailbox.to(served.email("Imran Siddique"))
    assert told
    for message in told:
        assert "Okafor" not in message.as_string(), "a name left the house by e-mail"


def test_beth_records_what_only_people_see_and_withdraws_it_again(
    visit: Callable[..., Page], screenshot, axe, fits
) -> None:
    beth = visit("Beth Ashworth", scripts=False)
    child = open_child(beth, upn=AMARA.upn)
    beth.get_by_role("link", name="Record a sign that was seen").click()
    screenshot(beth, "s01-record-a-sign")
    beth.get_by_role("button", name="Record the sign").click()
    expect(beth.get_by_role("alert")).to_contain_text("Choose the sign")
    choose(beth, "Which sign is it?", "A child tells of sexual abuse, or shows physical signs of it")
    expect(beth.locator("main")).to_contain_text("Report of child sexual abuse")
    beth.get_by_label("What was seen or heard?").fill("She told her form tutor.")
    beth.get_by_label("Why do you take it for this sign?").fill("Her own words.")
    beth.get_by_role("button", name="Record the sign").click()
    wait_for(beth, lambda: expect(beth.get_by_text("Look now")).to_be_visible())
    sign = beth.locator("#sign-X09")
    expect(sign).to_contain_text("Seen and recorded by a person")
    screenshot(beth, "s01-seen-by-a-person")
    seen = visit("Beth Ashworth")
    for size in ({"width": 1280, "height": 900}, {"width": 375, "height": 812}):
        seen.set_viewport_size(size)
        for name, place in (("child", child), ("form", f"{child}sign/")):
            seen.goto(place)
            screenshot(seen, f"s01-seen-{name}")
            fits(seen)
            axe(seen)
    sign.get_by_role("link", name="X09", exact=True).click()
    expect(beth.get_by_role("heading", level=1)).to_have_text(
        "A child tells of sexual abuse, or shows physical signs of it")
    beth.goto(child)
    beth.get_by_role("link", name="Withdraw this, which you recorded").click()
    screenshot(beth, "s01-withdraw")
    beth.get_by_label("Why do you withdraw it?").fill("I wrote it on the wrong record.")
    beth.get_by_role("button", name="Withdraw it").click()
    wait_for(beth, lambda: expect(beth.locator("#sign-X09")).to_have_count(0))
    expect(beth.locator("#timeline ~ *").get_by_text("I wrote it on the wrong record.").first).to_be_visible()
    screenshot(beth, "s01-withdrawn")


def test_carl_sees_nothing_of_it_anywhere(visit: Callable[..., Page], served: Served) -> None:
    beth = visit("Beth Ashworth")
    places = [open_child(beth, upn=AMARA.upn), *addresses_on(beth)]
    assert any("/duties/" in place for place in places)
    assert any("/signs/" in place for place in places)
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, places, name=AMARA.name, upn=AMARA.upn, born_on=date(2012, 5, 14))
    assert served.mailbox.to(served.email("Carl Denby")) == []
