"""S13 in the browser: 400 open duties and three people at once, by keyboard and by mouse, with scripts and without."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from steps import addresses_on, carl_finds_nothing, press, send_file, tab_to, type_into, wait_for, wait_until

from sightline.demonstration.identifiers import upn
from sightline.domain.duties.danger import CLASSES
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

HEADINGS = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"
GIVEN = ("Ada", "Bram", "Cleo", "Drew", "Elin", "Finn", "Gaia", "Hugo", "Isla", "Jude")
FAMILY = ("Aldgate", "Birkrigg", "Coniston", "Dovedale", "Eskmeals", "Furness", "Grizedale", "Haweswater",
          "Ingleborough", "Jervaulx", "Kirkstone", "Langdale", "Mardale", "Nethermost", "Oxenholme", "Patterdale",
          "Quernmore", "Rydalmere", "Swindale", "Thirlmere")
EXCLUDED = 200
OPEN_DUTIES = 400
LONGEST_READING_SECONDS = 150
PLACE = "[window.scrollY, document.querySelectorAll('.sightline-duty')[4].getBoundingClientRect().top]"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}


def exclusions(file: Path, numbers: range) -> Path:
    """Write a school's file of permanent exclusions of a week ago, of children nobody else in the tests knows."""
    on = datetime.now(LONDON).date() - timedelta(days=7)
    rows = [",".join((
        "3404001", "Lord Derby Academy", upn("340", 970_000 + n, 2017), GIVEN[n % 10], FAMILY[n // 10 % 20],
        f"{date(2011, 1, 1) + timedelta(days=n * 7):%d/%m/%Y}", "F", "L36 9YZ", "PERM", f"{on:%d/%m/%Y}", "", "DB",
        f"S13-{n}")) for n in numbers]
    file.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def sent() -> list[bool]:
    """Remember whether the morning's file has been sent."""
    return []


@pytest.fixture
def morning(visit: Callable[..., Page], tmp_path: Path, sent: list[bool]) -> Page:
    """Begin the morning: the school has excluded 200, and the three of the council open their inboxes."""
    if not sent:
        send_file(visit("Alison Reece"), exclusions(tmp_path / "morning.csv", range(EXCLUDED)),
                  "exclusions and suspensions")
        sent.append(True)
    imran = visit("Imran Siddique")
    imran.goto("/inbox/")
    wait_for(imran, lambda: _at_least(imran, OPEN_DUTIES), seconds=LONGEST_READING_SECONDS)
    return imran


def _at_least(page: Page, number: int) -> None:
    found = re.search(r"(\d+) duties in this list", page.locator("main").inner_text())
    if not found or int(found[1]) < number:
        page.wait_for_timeout(1000)
    assert found, "the inbox says how much there is"
    assert int(found[1]) >= number, found[0]


def check(page: Page, name: str, tools: tuple[Callable, ...]) -> None:
    """See a page on a desk and on a phone, without a fault and without scrolling sideways."""
    axe, fits, screenshot = tools
    for size in SIZES.values():
        page.set_viewport_size(size)
        screenshot(page, name)
        fits(page)
        axe(page)
    page.set_viewport_size(SIZES["desktop"])


@pytest.fixture
def tools(axe, fits, screenshot) -> tuple[Callable, ...]:
    """Give what checks a page."""
    return axe, fits, screenshot


def test_the_queue_stands_by_law_and_clock_over_all_its_pages(morning: Page, tools) -> None:
    check(morning, "s13-inbox", tools)
    order = [one.heading for one in CLASSES if one.critical] + [
        "Late", "Due today", "Due tomorrow", "Due in the next seven days", "Due later",
        "As soon as possible: the law gives no number"]
    expect(morning.get_by_role("link", name="Next page")).to_be_visible()
    seen, pages = [], 0
    while True:
        headings = [words for words in morning.locator("main h2").all_inner_texts() if words in order]
        assert headings
        seen += headings
        pages += 1
        further = morning.get_by_role("link", name="Next page")
        if not further.count():
            break
        with morning.expect_navigation():
            further.click()
    assert pages > OPEN_DUTIES // 25
    assert [order.index(words) for words in seen[:-1]] == sorted(order.index(words) for words in seen[:-1])
    assert "Late" in seen
    last = morning.locator(".sightline-duty").last.get_attribute("id")
    morning.goto("/inbox/?last=1")
    assert morning.locator(".sightline-duty").last.get_attribute("id") == last
    morning.get_by_role("link", name="First page").click()
    expect(morning.get_by_role("link", name="Previous page")).to_have_count(0)


def test_one_press_takes_a_duty_on_and_of_two_the_second_is_told(
    morning: Page, visit: Callable[..., Page], tools
) -> None:
    beth, adaeze = visit("Beth Ashworth"), visit("Adaeze Nwosu")
    for one in (beth, adaeze):
        one.goto("/inbox/?kind=duties")
    row = beth.locator(".sightline-duty").filter(has=beth.get_by_role("button", name="Take it on")).first
    anchor = str(row.get_attribute("id"))
    title = row.get_by_role("heading").inner_text()
    press(beth, row.get_by_role("button", name="Take it on"))
    expect(beth.locator("main")).to_contain_text(f"You have taken it on: {title}")
    expect(beth.locator(f"#{anchor}")).to_contain_text("You have taken it on")
    adaeze.locator(f"#{anchor}").get_by_role("button", name="Take it on").click()
    expect(adaeze.get_by_role("alert")).to_contain_text("Somebody else has taken this on")
    expect(adaeze.locator("main")).to_contain_text("Beth Ashworth has taken it on")
    expect(adaeze.get_by_role("button", name="Take it over from Beth Ashworth")).to_be_visible()
    check(adaeze, "s13-taken-meanwhile", tools)


def test_a_manager_gives_many_at_once_by_keyboard_alone(
    morning: Page, visit: Callable[..., Page], tools
) -> None:
    morning.goto("/inbox/?kind=duties&whose=safeguarding")
    boxes = morning.get_by_role("checkbox", name="Choose")
    given = [str(boxes.nth(number).get_attribute("value")) for number in range(3)]
    for number in range(3):
        tab_to(morning, boxes.nth(number), most=200)
        morning.keyboard.press("Space")
        expect(boxes.nth(number)).to_be_checked()
    again = morning.get_by_role("button", name="Give the ticked duties to somebody (end of the list)")
    tab_to(morning, again, most=400)
    with morning.expect_navigation():
        morning.keyboard.press("Enter")
    expect(morning.get_by_role("heading", level=1)).to_have_text("Give 3 duties to somebody")
    check(morning, "s13-give", tools)
    to = morning.get_by_label("Give to")
    tab_to(morning, to)
    morning.keyboard.type("Officer: Adaeze")
    expect(to).to_have_value(re.compile("officer .+"))
    type_into(morning, morning.get_by_label("Why"), "Beth has too much")
    press(morning, morning.get_by_role("button", name="Give them over"))
    expect(morning.locator("main")).to_contain_text("You have given over 3 duties")
    adaeze = visit("Adaeze Nwosu")
    adaeze.goto("/inbox/?whose=mine&kind=duties")
    for duty in given:
        row = adaeze.locator(f"#duty-{duty}")
        expect(row).to_contain_text("Given to you; you have not taken it on yet")
    press(adaeze, adaeze.locator(f"#duty-{given[0]}").get_by_role("button", name="Take it on"))
    expect(adaeze.locator(f"#duty-{given[0]}")).to_contain_text("You have taken it on")


def test_what_can_wait_is_put_off_for_a_reason_and_brought_back(
    morning: Page, visit: Callable[..., Page], tools
) -> None:
    beth = visit("Beth Ashworth")
    beth.goto("/inbox/?kind=duties&last=1")
    row = beth.locator(".sightline-duty").filter(has=beth.get_by_role("button", name="Take it on")).last
    duty = str(row.get_attribute("id")).removeprefix("duty-")
    row.get_by_role("button", name="Take it on").click()
    beth.goto(f"/duties/{duty}/")
    tab_to(beth, beth.locator("summary").filter(has_text="Put it off"))
    beth.keyboard.press("Enter")
    check(beth, "s13-put-off", tools)
    press(beth, beth.get_by_role("button", name="Put it off"))
    expect(beth.get_by_role("alert")).to_contain_text("Choose until when")
    until = beth.get_by_role("group", name="Until when?").get_by_role("radio").first
    tab_to(beth, until)
    beth.keyboard.press("Space")
    expect(until).to_be_checked()
    type_into(beth, beth.get_by_label("Why can it wait?"), "The provider opens next week")
    press(beth, beth.get_by_role("button", name="Put it off"))
    expect(beth.locator("main")).to_contain_text("It is off the list until")
    morning.goto("/inbox/?state=put-off")
    expect(morning.locator(f"#duty-{duty}")).to_contain_text("Put off until")
    morning.goto(f"/duties/{duty}/")
    expect(morning.locator("main")).to_contain_text("The provider opens next week")
    check(morning, "s13-put-off-seen", tools)
    morning.get_by_role("button", name="Bring it back now").click()
    expect(morning.locator("main")).to_contain_text("It stands in the list again")


def _choose_by_key(page: Page, box: Locator, words: str) -> None:
    tab_to(page, box)
    page.keyboard.type(words)
    expect(box.locator("option:checked")).to_have_text(words)


def test_while_one_is_away_another_covers_and_it_ends(morning: Page, visit: Callable[..., Page], tools) -> None:
    adaeze = visit("Adaeze Nwosu")
    morning.goto("/inbox/away/")
    today = datetime.now(LONDON).date()
    until = today + timedelta(days=3)
    _choose_by_key(morning, morning.get_by_label("Who will be away?"), "Beth Ashworth, Social worker")
    for group, day in (("Away from", today), ("Away until", until)):
        boxes = morning.get_by_role("group", name=group)
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            type_into(morning, boxes.get_by_label(label, exact=True), str(part))
    _choose_by_key(morning, morning.get_by_label("Who covers?"), "Adaeze Nwosu, Duty manager")
    press(morning, morning.get_by_role("button", name="Record the absence"))
    expect(morning.locator("main")).to_contain_text("Beth Ashworth, covered by Adaeze Nwosu")
    check(morning, "s13-away", tools)
    adaeze.goto("/inbox/?whose=mine&kind=duties")
    expect(adaeze.locator("main")).to_contain_text("You cover for Beth Ashworth: what lies with them shows here")
    expect(adaeze.locator(".sightline-duty").first).to_be_visible()
    wait_until(adaeze, lambda: adaeze.get_by_text("You cover for Beth Ashworth, who is away").count() > 0,
               "what is Beth's stands in the list")
    check(adaeze, "s13-covering", tools)
    press(morning, morning.get_by_role("button", name="Back already : Beth Ashworth"))
    expect(morning.locator("main")).to_contain_text("Nobody is away")
    adaeze.goto("/inbox/?whose=mine&kind=duties")
    expect(adaeze.get_by_text("You cover for")).to_have_count(0)


def test_who_is_overloaded_is_said_in_words_and_shown_in_a_table(morning: Page, tools) -> None:
    morning.goto("/inbox/")
    press(morning, morning.get_by_role("link", name="Who has how much"))
    expect(morning.locator("main")).to_contain_text(re.compile(r"Beth Ashworth: \d+ open against a median of \d+"))
    row = morning.get_by_role("row").filter(has_text="Beth Ashworth").last
    assert int(row.get_by_role("cell").first.inner_text().split()[-1]) >= OPEN_DUTIES // 3
    check(morning, "s13-workload", tools)


def test_what_is_new_is_said_without_moving_what_is_read(
    morning: Page, visit: Callable[..., Page], tmp_path: Path, tools
) -> None:
    beth = visit("Beth Ashworth")
    beth.goto("/inbox/")
    beth.evaluate("window.scrollTo(0, 900)")
    before = beth.evaluate(PLACE)
    one_more = exclusions(tmp_path / "more.csv", range(EXCLUDED, EXCLUDED + 1))
    send_file(visit("Alison Reece"), one_more, "exclusions and suspensions")
    line = beth.locator("#inbox-new")
    deadline = 60
    while "new" not in line.inner_text() and deadline:
        beth.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        beth.wait_for_timeout(1000)
        deadline -= 1
    expect(line).to_contain_text(re.compile(r"^\d+ new: show them$"))
    assert beth.evaluate(PLACE) == before, "nothing moved"
    assert re.match(r"^\(\d+\) Inbox", beth.title())
    check(beth, "s13-new", tools)
    beth.get_by_role("link", name="show them").click()
    expect(line).to_have_text("")


def test_the_whole_of_it_works_without_scripts(morning: Page, visit: Callable[..., Page], fits) -> None:
    imran = visit("Imran Siddique", scripts=False, size="phone")
    imran.goto("/inbox/?kind=duties&whose=safeguarding")
    fits(imran)
    imran.get_by_role("link", name="all of this page ticked").click()
    expect(imran.locator("input[name=chosen]:checked")).to_have_count(25)
    imran.get_by_role("button", name="Give the ticked duties to somebody").first.click()
    expect(imran.get_by_role("heading", level=1)).to_have_text("Give 25 duties to somebody")
    fits(imran)
    imran.get_by_label("Give to").select_option(label="Officer: Imran Siddique, Duty manager")
    imran.get_by_label("Why").fill("I begin with these")
    imran.get_by_role("button", name="Give them over").click()
    expect(imran.locator("main")).to_contain_text("You have given over 25 duties")


def test_carl_sees_nothing_of_it_anywhere(morning: Page, visit: Callable[..., Page]) -> None:
    morning.goto("/inbox/?kind=duties")
    places = addresses_on(morning)
    carl = visit("Carl Denby")
    carl_finds_nothing(carl, places, name="Ada Aldgate", upn=upn("340", 970_000, 2017))
    answer = carl.goto("/inbox/workload/")
    assert answer is not None
    assert answer.status == 403
    for place in ("/inbox/away/", "/inbox/?last=1", "/inbox/?kind=doubts", "/inbox/?state=put-off"):
        carl.goto(place)
        for word in ("Aldgate", "Knowsley", "Beth Ashworth"):
            expect(carl.locator("main")).not_to_contain_text(word)
