"""Every page as it is served: no fault by axe, no sideways scroll, on a desk and on a phone, and without scripts."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from inspecting import draw, freeze_now, grade
from keyboard import walk_through
from playwright.sync_api import Page, expect
from served import Served
from steps import addresses_on, decide_to_share, find, open_child, send_file, wait_for

from sightline.demonstration.identifiers import upn
from sightline.domain.disclosure.gateways import BY_CODE as GATEWAYS
from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.responsibility.rules import RULES as RESPONSIBILITY
from sightline.domain.signs.catalogue import BY_CODE as SIGNS
from sightline.domain.vocabulary.moment import LONDON

pytestmark = pytest.mark.functional

SCHOOL_HEADINGS = "laestab,school,upn,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"
NOBODY = "00000000-0000-4000-8000-000000000000"
OPEN_TO_ALL = {"start": "/", "story": "/stories/S01/", "story-not-yet": "/stories/S12/", "help": "/help/",
               "rules": "/rules/", "sign-in": "/account/sign-in/", "road": "/road/?code=K7PX-3MWD",
               "rule-of-a-sign": "/rules/signs/C05/", "rules-of-signs": "/rules/signs/",
               "rule-of-what-people-see": "/rules/signs/X09/", "signs-found": "/rules/signs/?words=phone&by=person",
               "signs-none-found": "/rules/signs/?words=nothing-like-it", "rule-of-a-duty": "/rules/duties/D-EX-4/",
               "rules-of-duties": "/rules/duties/", "rules-found": "/rules/duties/?words=return&nation=england",
               "rules-none-found": "/rules/duties/?words=nothing-like-it", "rule-that-waits": "/rules/duties/D-LAC-3/",
               "rules-of-responsibility": "/rules/responsibility/", "rules-of-sharing": "/rules/gateways/"}
UNSEEN = "A child whom you may not see"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}


@pytest.fixture(scope="module")
def jayden(served: Served) -> str:
    """Give the number of the boy of S01, whose record has signs, duties and a decision to make."""
    return str(served.story("S01", "exclusions")[0]["upn"])


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a file with rows that are turned back, and one that is kept with a fault."""
    file = tmp_path_factory.mktemp("faulty") / "faulty.csv"
    today = datetime.now(LONDON)
    good = upn("340", 990_900, 2016)
    file.write_text(
        f"{SCHOOL_HEADINGS}\n"
        f"3404001,Lord Derby Academy,{good},Mila,Sutton,14/05/2012,F,L36 9YZ,PERM,31/02/2026,,DB,F-1\n"
        f"3404001,Lord Derby Academy,Z000,Noor,Sutton,14/05/2012,F,L36 9YZ,PERM,{today:%d/%m/%Y},,DB,F-2\n"
        f"3404001,Lord Derby Academy,{good},Mila,Sutton,14/05/2012,F,L36 9YZ,WRONG,{today:%d/%m/%Y},,DB,F-3\n",
        encoding="utf-8")
    return file


def kinds(addresses: list[str]) -> Mapping[str, str]:
    """Give one address of each kind of page."""
    return {address.strip("/").split("/")[0] + "-".join(["", *address.strip("/").split("/")[2:]]): address
            for address in addresses}


def of_beth(page: Page, jayden: str) -> dict[str, str]:
    """Find the addresses of everything that a social worker works with."""
    child = open_child(page, upn=jayden)
    day = datetime.now(LONDON).date() - timedelta(days=1)
    found = {"child": child, "child-all": f"{child}?all=1", "child-field": f"{child}?field=police",
             "child-known": f"{child}?known_day={day.day}&known_month={day.month}&known_year={day.year}",
             "child-known-wrong": f"{child}?known_day=31&known_month=2&known_year=2026",
             "decide": f"{child}decide/", "record-sign": f"{child}sign/", "hand-over": f"{child}hand-over/",
             "look-back": f"{child}look-back/", "look-back-then": f"{child}look-back/?rules=then",
             "look-back-day": f"{child}look-back/?on_day={day.day}&on_month={day.month}&on_year={day.year}",
             "look-back-wrong": f"{child}look-back/?on_day=31&on_month=2&on_year=2026",
             "share": f"{child}share/", "disclosures": f"{child}disclosures/",
             "disclosure": shared_with_the_police(page, child), "known": "/known/"}
    page.goto(child)
    found |= {f"of-a-child-{kind}": address for kind, address in kinds(addresses_on(page)).items()}
    page.goto("/notices/")
    found |= {"notice": next(a for a in addresses_on(page) if a.startswith("/notices/"))}
    page.goto("/inbox/")
    seen: set[str] = set()
    for row in page.locator(".sightline-duty").all():
        title = row.get_by_role("heading").inner_text()
        if title not in seen:
            seen.add(title)
            act = row.get_by_role("button", name="Act").get_attribute("href")
            found[f"duty-{len(seen)}"] = str(act)
    return found | {"inbox": "/inbox/", "inbox-late": "/inbox/?state=late", "inbox-empty": "/inbox/?whose=watched",
                    "inbox-mine": "/inbox/?whose=mine", "inbox-last": "/inbox/?last=1", "away": "/inbox/away/",
                    "inbox-put-off": "/inbox/?state=put-off",
                    "signs-here": "/oversight/signs/", "local-settings": "/oversight/signs/settings/",
                    "notices": "/notices/", "notices-mine": "/notices/?whose=mine&state=new", "find": "/find/",
                    "doubts-none": "/doubts/", "purpose": "/purpose/", "start-at-work": "/", "forbidden": "/oversight/",
                    "nowhere": f"/children/{NOBODY}/"}


def of_who_protects(page: Page) -> dict[str, str]:
    """Find the pages of an officer whose agency owns a safety event, and offer it so that there is an offer to see."""
    page.goto("/protecting/")
    event = next(address for address in addresses_on(page) if address.startswith("/events/"))
    page.goto(event)
    page.get_by_text("Hand over to another agency").click()
    page.get_by_label("Offer to").select_option(index=1)
    page.get_by_label("What do you ask of them").fill("He is at our desk and has eaten. Please collect him.")
    page.get_by_role("button", name="Offer the handover").click()
    page.wait_for_url("**/transfers/*/")
    return {"protecting": "/protecting/", "event": event, "transfer": page.url}


def of_neil(page: Page) -> dict[str, str]:
    """Find the pages of a custody sergeant, and the release of a child whom the force still holds."""
    page.goto("/protecting/")
    events = [address for address in addresses_on(page) if address.startswith("/events/")]
    found = {"journeys": "/custody/", "custody-desk": "/custody/desk/?suite=", "start-in-custody": "/"}
    for event in events:
        page.goto(event)
        plan = page.get_by_role("button", name="Plan the release")
        if plan.count():
            release = str(plan.get_attribute("href"))
            page.goto(release)
            referral = page.get_by_role("link", name="Refer the child to the National Referral Mechanism")
            place = str(referral.get_attribute("href"))
            return found | {"release": release, "referral": f"{release}referral/",
                            "screen": f"{custody_of(event)}screen/", "charging": f"{custody_of(event)}charging/",
                            "path": f"{custody_of(event)}path/",
                            "victim-referral": place, "victim-referral-sheet": f"{place}sheet/",
                            "victim-referral-decision": f"{place}decision/"}
    return found


def custody_of(event: str) -> str:
    """Give where the pages of a case in custody stand."""
    return event.replace("/events/", "/custody/")


def of_an_operation(page: Page) -> dict[str, str]:
    """Find the pages of an operation."""
    page.goto("/operations/")
    return {"operations": "/operations/", "enter-operation": "/operations/enter/", "operation": addresses_on(page)[0]}


def of_a_hub(page: Page) -> dict[str, str]:
    """Find the pages on which a council's hub is asked about a school."""
    page.goto("/places/hypotheses/")
    return {"hypotheses": "/places/hypotheses/", "hypothesis": addresses_on(page)[0]}


def addresses_shared(visit: Callable[..., Page]) -> str:
    """Give the address of what was shared with the police, as their notice leads to it."""
    nicola = visit("Nicola Kirkdale")
    nicola.goto("/notices/")
    nicola.get_by_role("link", name="shared something of a child with you").first.click()
    nicola.get_by_role("link", name="See what was shared, and say what you do with it").click()
    nicola.wait_for_url("**/disclosures/*/")
    return nicola.url


def shared_with_the_police(page: Page, child: str) -> str:
    """Share something of the child, and give the address of the decision."""
    page.goto(f"{child}share/")
    page.get_by_label("Who is it about telling?").select_option("Merseyside Police")
    decide_to_share(page, purpose="Look out for him.", because="They patrol there.")
    page.get_by_label("A summary in your words").fill("Out at night with older boys.")
    page.get_by_role("button", name="Record the decision").click()
    page.wait_for_url("**/disclosures/*/")
    return page.url


@pytest.fixture(scope="module")
def met_together(jayden: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write files in which Jayden and others were met with one phone and one man: of his council, and of another."""
    today = datetime.now(LONDON).date()
    homes = {"jay": "L36 9YZ", "mia": "L36 9YZ", "ben": "L36 9YZ", "eve": "PR1 8RL"}
    lines: list[dict[str, object]] = []
    for number, (who, home) in enumerate(homes.items()):
        named = {"given": who.capitalize(), "family": f"Haw{who}", "born_on": f"2011-0{number + 2}-11"}
        told = {"child": who, "by": "Merseyside Police", "identity": {"upn": jayden} if who == "jay" else named}
        if who != "jay":
            lines.append(told | {"id": f"{who}-h", "kind": "child.home", "at": "2025-01-01",
                                 "place": {"postcode": home}})
        stopped = told | {"kind": "police.stop", "at": str(today - timedelta(days=9 + number)), "grade": "B2"}
        lines.append(stopped | {"id": f"{who}-1", "things": [{"kind": "phone", "id": "07700 900461"}],
                                "people": [{"id": "P77", "role": "found-with", "age": 31}]})
        if who in ("jay", "ben"):
            lines.append(stopped | {"id": f"{who}-2", "things": [{"kind": "vehicle", "id": "AB12 CDE"}]})
    here, elsewhere = (tmp_path_factory.mktemp("met") / f"{name}.jsonl" for name in ("here", "elsewhere"))
    for file, theirs in ((here, False), (elsewhere, True)):
        told = [json.dumps(line) for line in lines if (line["child"] == "eve") is theirs]
        file.write_text("\n".join(told) + "\n", encoding="utf-8")
    return here, elsewhere


@pytest.fixture(scope="module")
def files(faulty: Path, met_together: tuple[Path, Path]) -> tuple[Path, Path, Path]:
    """Give the files that are sent: one with faults, two of children who were met together."""
    return faulty, *met_together


def of_a_circle(page: Page, child: str) -> dict[str, str]:
    """Find the pages of a child's circle, of which one link is confirmed and one dismissed."""
    page.goto(f"{child}circle/")
    wait_for(page, lambda: expect(page.locator("td").filter(has_text=UNSEEN).first).to_be_visible())
    for what, words in (("Phone", "Confirm it"), ("Vehicle", "Dismiss it")):
        page.get_by_role("link", name=re.compile(f"Say what it is.*{what}")).click()
        page.get_by_label(words).check()
        page.get_by_label("Why?").fill("He told his worker.")
        page.get_by_role("button", name="Record what you say").click()
        expect(page.get_by_role("alert")).to_contain_text("Recorded: ")
    return {"circle": f"{child}circle/", "link": str(page.get_by_role(
        "link", name=re.compile("Say what it is.*Phone")).get_attribute("href"))}


def test_a_childs_circle_names_whom_the_reader_may_see_and_keeps_what_was_said(
    visit: Callable[..., Page], places: dict[str, dict[str, str]], screenshot
) -> None:
    imran, circle = visit("Imran Siddique"), places["Imran Siddique"]["circle"]
    imran.goto(circle)
    for words in ("Mia Hawmia", "Ben Hawben", UNSEEN, "Imran Siddique, Knowsley", "Confirmed",
                  "He told his worker."):
        expect(imran.locator("main")).to_contain_text(words)
    expect(imran.locator("body")).not_to_contain_text("Haweve")
    expect(imran.locator("svg.sightline-circle .sightline-circle__other")).to_have_count(3)
    assert "Haweve" not in imran.content()
    imran.get_by_text("1 link dismissed").click()
    expect(imran.locator("details[open]")).to_contain_text("AB12 CDE")
    for size in SIZES.values():
        imran.set_viewport_size(size)
        screenshot(imran, "circle")
    for name in ("Nicola Kirkdale", "Carl Denby"):
        other = visit(name)
        other.goto(circle)
        expect(other.locator("body")).not_to_contain_text("Haw")
        expect(other.locator("body")).not_to_contain_text("07700")


def of_others(
    visit: Callable[..., Page], served: Served, jayden: str, files: tuple[Path, Path, Path]
) -> dict[str, dict[str, str]]:
    """Find the addresses of the pages of a manager, a school, another social worker, and the inspector."""
    imran = visit("Imran Siddique")
    child = open_child(imran, upn=jayden)
    send_file(imran, files[1], "Timeline")
    send_file(visit("Khalid Mirza"), files[2], "Timeline")
    alison = visit("Alison Reece")
    send_file(alison, files[0], "exclusions and suspensions")
    farah = visit("Farah Hussain")
    farah.goto("/doubts/")
    doubt = addresses_on(farah)[0]
    girl = open_child(farah, upn=str(served.story("S08", "exclusions")[0]["upn"]))
    return {
        "Imran Siddique": {"looks": f"{child}looks/", "records": f"{child}records/", "links": "/oversight/links/",
                           "extent": "/oversight/extent/", "figures": "/oversight/figures/",
                           "measures-none": "/oversight/measures/",
                           "oversight": "/oversight/", "unread": "/unread/",
                           "feeds": "/feeds/", "desks": "/desks/", "import": "/import/",
                           "inbox-of-a-manager": "/inbox/?kind=duties", "workload": "/inbox/workload/",
                           "away-of-a-manager": "/inbox/away/", "signs-of-a-manager": "/oversight/signs/",
                           "switch-never": "/oversight/signs/C02/switch/",
                           "switch-sign": "/oversight/signs/C05/switch/", **of_a_circle(imran, child)},
        "Alison Reece": {"file": alison.url, "files": "/import/", "inbox-of-a-school": "/inbox/"},
        "Joe Brennan": of_a_hub(visit("Joe Brennan")),
        "Farah Hussain": {"doubts": "/doubts/", "doubt": doubt, "records-of-a-joined-child": f"{girl}records/"},
        "Dawn Prescott": {**of_an_inspection(visit("Dawn Prescott"), visit("Idris Bevan"), served),
                          "purpose-of-an-inspector": "/purpose/", "oversight-of-an-inspector": "/oversight/",
                          "unread-of-an-inspector": "/unread/", "feeds-of-an-inspector": "/feeds/",
                          "hypotheses-counted": "/oversight/hypotheses/",
                          "signs-of-an-inspector": "/oversight/signs/", "links-of-an-inspector": "/oversight/links/",
                          "extent-of-an-inspector": "/oversight/extent/",
                          "figures-of-an-inspector": "/oversight/figures/?council=E06000016"},
        "Nicola Kirkdale": {"disclosure-received": addresses_shared(visit), "inbox-of-police": "/inbox/"},
        "Neil Penruddock": of_neil(visit("Neil Penruddock")),
        "Grace Osei": {"releases-counted": "/oversight/releases/", "referrals-counted": "/oversight/referrals/",
                       "charge-counts": "/oversight/charges/", "readings": "/oversight/readings/",
                       "reading": previewed(visit("Grace Osei"))},
        "Dylan Fairweather": {"rail": "/rail/"},
        "Amina Yusuf": of_an_operation(visit("Amina Yusuf")),
        "Jack Hoghton": of_who_protects(visit("Jack Hoghton")),
        "Olga Finch": of_who_manages_offenders(visit("Olga Finch")),
        "Sid Marlow": {"offenders-overdue": "/offenders/overdue/", "offenders-of-all": "/offenders/?of=all"},
        "Derek Sale": {"offenders-none": "/offenders/"},
        "Kasia Nowak": of_a_child_near(visit("Kasia Nowak"), served),
    }


def of_who_manages_offenders(page: Page) -> dict[str, str]:
    """Find the pages of an offender manager: the day, an offender with a child near, and every form."""
    page.goto("/offenders/")
    page.get_by_role("link", name="Dale Storr", exact=True).last.click()
    page.wait_for_url("**/offenders/*-*/")
    forms = page.locator('main a[href*="/tell/"]').evaluate_all("links => links.map(link => link.pathname)")
    assert len(forms) > 5
    return {"offenders": "/offenders/", "offender": page.url, "offenders-register": "/offenders/register/",
            **{f"offender-{form.strip('/').split('/')[-1]}": form for form in forms}}


def of_a_child_near(page: Page, served: Served) -> dict[str, str]:
    """Find what social care sees of a child near an offender, and of one near whom nobody is."""
    children = [open_child(page, upn=str(served.story(code, feed)[0]["upn"]))
                for code, feed in (("S10", "school-roll"), ("S15", "exclusions"))]
    near, none = (f"{child}near/" for child in children)
    return {"child-with-offender-near": children[0], "near-child": near, "near-child-none": none}


def of_an_inspection(dawn: Page, idris: Page, served: Served) -> dict[str, str]:
    """Draw cases, let both grade one that both read, differently; find the pages of the inspection."""
    freeze_now(served)
    inspection = draw(dawn, title="Every page", size=12)
    again = dawn.locator(".sightline-card").filter(has_text="and again by Idris Bevan").first
    case = str(again.get_by_role("link").get_attribute("href"))
    alone = dawn.locator(".sightline-card").filter(has_not_text="and again by Idris Bevan").first
    by_one = str(alone.get_by_role("link").get_attribute("href"))
    for page, different in ((dawn, ""), (idris, "Leadership")):
        page.goto(case)
        grade(page, different=different)
    return {"inspections": "/oversight/inspections/", "open-inspection": "/oversight/inspections/open/",
            "inspection": inspection, "inspection-end": f"{inspection}end/",
            "inspection-results": f"{inspection}results/", "inspected-case": case,
            "inspected-back": f"{case}look-back/", "grade-case": f"{case}grades/",
            "settle-grade": f"{case}grades/leadership/", "hand-on-case": f"{by_one}hand-on/"}


def previewed(page: Page) -> str:
    """Ask what taking a sign out would do, wait until everybody was read, and give the page that tells it."""
    page.goto("/oversight/readings/")
    page.get_by_label("Which sign?").select_option("C05")
    page.get_by_label("It is taken out of the rule book").check()
    page.get_by_role("button", name="Show what it would do").click()
    page.wait_for_url("**/oversight/readings/*/")
    wait_for(page, lambda: expect(page.get_by_text("By council of the child")).to_be_visible(), seconds=120)
    expect(page.locator("main")).to_contain_text("C05 ")
    return page.url


@pytest.fixture(scope="module")
def addresses() -> dict[str, dict[str, str]]:
    """Hold the addresses of each person's pages, once they have been found."""
    return {}


@pytest.fixture
def places(
    visit: Callable[..., Page], served: Served, jayden: str, files: tuple[Path, Path, Path],
    addresses: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Give the addresses of all pages by who sees them."""
    if not addresses:
        addresses |= {"": OPEN_TO_ALL, "Beth Ashworth": of_beth(visit("Beth Ashworth"), jayden),
                      **of_others(visit, served, jayden, files)}
    return addresses


NOT_LINKED = """codes => {
  const word = new RegExp(`(?<![\\\\w-])(${codes.join("|")})(?![\\\\w-]| \\\\d[A-Z]{2}\\\\b)`), found = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    const free = 'a[href*="/rules/"], label, option, textarea, script, pre, svg';
    if (word.test(walk.currentNode.data) && !holder.closest(free))
      found.push(walk.currentNode.data.trim().slice(0, 80));
  }
  return found;
}"""
CODES = [*SIGNS, *(rule.code for rule in DUTIES), *(rule.code for rule in RESPONSIBILITY), *GATEWAYS]


def test_every_page_fits_on_a_desk_and_on_a_phone_without_a_fault_and_each_code_leads_to_its_rule(
    visit: Callable[..., Page], places: dict[str, dict[str, str]], axe, fits, screenshot
) -> None:
    seen, faults = 0, []
    for who, pages in places.items():
        page = visit(who or None)
        for name, address in pages.items():
            page.goto(address)
            for size in SIZES.values():
                page.set_viewport_size(size)
                screenshot(page, f"page-{name}")
                faults += [str(fault) for fault in (_fault(fits, page),) if fault]
            faults += [str(fault) for fault in (_fault(axe, page),) if fault]
            if not address.startswith("/rules/"):
                seen += page.locator('main a[href*="/rules/"]').count()
                faults += [f"{name}: no link at {words}" for words in page.evaluate(NOT_LINKED, CODES)]
    assert not faults, "\n".join(sorted(set(faults)))
    assert seen > 20, "no page shows a code, so nothing was tried"


def _fault(check: Callable[[Page], None], page: Page) -> AssertionError | None:
    try:
        check(page)
    except AssertionError as fault:
        return fault
    return None


def test_every_page_can_be_read_without_scripts(
    visit: Callable[..., Page], places: dict[str, dict[str, str]], fits, screenshot
) -> None:
    for who, pages in places.items():
        page = visit(who or None, size="phone", scripts=False)
        for address in pages.values():
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            fits(page)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    visit: Callable[..., Page], places: dict[str, dict[str, str]]
) -> None:
    own = places["Beth Ashworth"]
    for name in ("inbox", "child", "decide", "duty-1", "find", "purpose", "notices", "away"):
        beth = visit("Beth Ashworth")
        beth.goto(own[name])
        walk_through(beth)


def test_what_was_found_and_what_is_wrong_is_said_without_a_fault(
    visit: Callable[..., Page], jayden: str, axe, fits, screenshot
) -> None:
    page = visit("Beth Ashworth")

    def check(name: str) -> None:
        for size in SIZES.values():
            page.set_viewport_size(size)
            screenshot(page, name)
            fits(page)
            axe(page)

    assert find(page, upn=jayden)
    check("find-hit")
    assert not find(page, given="Nobody", family="Nowhere", born_on=date(2012, 5, 14))
    check("find-no-hit")
    page.goto("/find/")
    page.get_by_label("NHS number").fill("123 456 7890")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    check("find-wrong")
    open_child(page, upn=jayden)
    page.get_by_role("button", name="Record a decision").click()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what you decided")
    check("decide-wrong")
    dawn = visit("Dawn Prescott")
    dawn.goto("/inbox/")
    expect(dawn.get_by_role("heading", level=1)).to_have_text("You cannot open this page")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reason_is_asked_for_only_where_the_purpose_needs_one(
    visit: Callable[..., Page], axe, *, scripts: bool
) -> None:
    beth = visit("Beth Ashworth", scripts=scripts)
    beth.goto("/purpose/")
    if scripts:
        axe(beth)
    expect(beth.get_by_label("Your reason")).to_be_hidden()
    beth.get_by_label("Another lawful purpose").check()
    expect(beth.get_by_label("Your reason")).to_be_visible()
    if scripts:
        axe(beth)
    beth.get_by_role("button", name="Begin").click()
    expect(beth.get_by_role("alert")).to_be_visible()
    expect(beth.get_by_label("Your reason")).to_be_visible()
    dawn = visit("Dawn Prescott", scripts=scripts)
    dawn.goto("/purpose/")
    if scripts:
        axe(dawn)


SETTINGS = Path(__file__).parents[1] / "spec/settings/knowsley.toml"


def test_a_sign_is_reviewed_and_doubted_and_an_area_adds_its_own(
    visit: Callable[..., Page], served: Served, jayden: str, tmp_path: Path, *, axe, fits, screenshot
) -> None:
    beth, imran = visit("Beth Ashworth"), visit("Imran Siddique")

    def check(page: Page, name: str) -> None:
        for size in SIZES.values():
            page.set_viewport_size(size)
            screenshot(page, name)
            fits(page)
        axe(page)

    child = open_child(beth, upn=jayden)
    sign = beth.locator("#sign-C05")
    expect(sign).to_contain_text("What would cancel it")
    expect(sign).to_contain_text("How often it was right")
    expect(sign).to_contain_text("Shown until")
    check(beth, "child-with-signs")
    sign.get_by_role("link", name="Review it, and keep it for longer").click()
    beth.get_by_role("button", name="Keep the sign").click()
    expect(beth.get_by_role("alert")).to_contain_text("Say in a sentence why it still holds")
    check(beth, "keep-sign-wrong")
    beth.get_by_label("Why does it still hold?").fill("Still out of school, and met with older boys")
    beth.get_by_role("button", name="Keep the sign").click()
    expect(beth.locator("#sign-C05")).to_contain_text("Still out of school, and met with older boys")
    imran.goto("/oversight/signs/C05/switch/")
    expect(imran.locator("main")).to_contain_text("It is not below its floor, so it cannot be switched off")
    check(imran, "switch-sign")
    tomorrow = datetime.now(LONDON).date() + timedelta(days=1)
    file = tmp_path / "settings.toml"
    council = served.agency("Beth Ashworth")
    file.write_text(SETTINGS.read_text("utf-8").replace("2026-12-01", tomorrow.isoformat()).replace(
        "Knowsley Council", council), encoding="utf-8")
    status, told = served.command("settings", "propose", str(file), who="Beth Ashworth")
    assert status == 0
    imran.goto("/oversight/signs/settings/")
    imran.get_by_role("link", name="edition 2026-12").click()
    check(imran, "edition-of-settings")
    imran.get_by_label("Apply it from its day").check()
    imran.get_by_label("Why?").fill("Read every case with the partnership")
    imran.get_by_role("button", name="Record what you say").click()
    expect(imran.locator("main")).to_contain_text("Read every case with the partnership")
    imran.goto("/oversight/signs/settings/")
    check(imran, "local-settings")
    again, _ = served.command("settings", "apply", told["proposed"], "--reason", "x", who="Imran Siddique")
    assert again == 1
    for who, name in (("Dawn Prescott", "signs-of-an-inspector"), ("Imran Siddique", "signs-of-a-manager")):
        page = visit(who)
        page.goto("/oversight/signs/")
        check(page, name)
    carl = visit("Carl Denby")
    for address in (child, f"/signs/{NOBODY}/keep/"):
        carl.goto(address)
        expect(carl.locator("main")).not_to_contain_text("Still out of school")
