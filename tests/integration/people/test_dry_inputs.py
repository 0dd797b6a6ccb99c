"""An input that dries up is found from what was really sent, and its people are told once for each dry spell."""

from datetime import timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.duties.silence import tell_of_dry_inputs
from sightline.apps.people.dry_spells import LONGEST, dry_now
from sightline.apps.people.how_good import count_links
from sightline.apps.signs.relinked import SETTLING
from sightline.demonstration.identifiers import upn
from sightline.interfaces.serve.condition import condition
from tests.integration.conftest import EXCLUSION, NOW
from tests.integration.people.test_review_page import shown

HEADER = EXCLUSION.partition("\n")[0] + "\n"
FORTNIGHT = timedelta(weeks=2)
TOLD = ("select a.name, n.about, n.person_id, c.desk from duties_notice n join access_agency a on a.id = n.to_agency_id"
        " join access_contact c on c.id = n.to_contact_id where n.key like 'input:%%' order by a.name")


def row(number: int, postcode: str, on: str) -> str:
    given = "".join(chr(97 + number // 26**place % 26) for place in range(3)).title()
    return (f"3404001,Brook High School,{upn('340', number, 15)},Q{given},Z{given[::-1].lower()},"
            f"{number % 28 + 1:02}/0{number % 9 + 1}/2011,F,{postcode},PERM,{on},,DB,X{number}\n")


@pytest.fixture
def story(send, as_worker, everything):
    """Send files of a school, count what they told, tell who must know, and ask what was told."""

    class Story:
        sent = 0

        def send(self, at, *, postcode, rows=40):
            content = HEADER + "".join(row(self.sent + n, postcode, at.strftime("%d/%m/%Y")) for n in range(rows))
            self.sent += rows
            facts = send("exclusions", "Brook High School", content, at=at)
            assert (facts.state, facts.turned_back) == ("done", 0)

        def count(self, at):
            with as_worker(), at_task("measure"):
                count_links(settling=SETTLING, at=at)
                return [(one.agency_name, one.name, one.before, one.now) for one in dry_now()]

        def tell(self, at):
            with as_worker(), at_task("steps"):
                return tell_of_dry_inputs(book=agency_book(), at=at, most=50)

        def told(self):
            return everything(TOLD)

    return Story()


DRY = ("Brook High School", "postcode", 1.0, 0.0)


@pytest.fixture
def dried(story):
    """Let a school send postcodes, and a fortnight later none."""
    story.send(NOW - FORTNIGHT, postcode="L36 9YZ")
    assert story.count(NOW - FORTNIGHT) == []
    story.send(NOW, postcode="")
    assert story.count(NOW) == [DRY]
    return story


def test_a_school_that_sends_no_postcode_any_more_is_found_and_its_people_are_told_once(dried, partnership):
    assert dried.tell(NOW) == 1
    assert dried.tell(NOW) == 0
    assert dried.count(NOW + timedelta(hours=1)) == [DRY], "counted again it is the same spell"
    assert dried.tell(NOW + timedelta(hours=1)) == 0
    told = {name: (about, person, desk) for name, about, person, desk in dried.told()}
    about, person, desk = told["Brook High School"]
    assert about.startswith("A postcode stood in 100 % of what we tell, and now stands in 0 %.")
    assert (person, desk) == (None, "manager")
    assert not {"Qaaa", "Zaaa", "L36"} & set(about.split())


def test_the_councils_around_the_school_are_told_too(dried, everything, partnership):
    everything("insert into access_cover (agency_id, covered_id) values (%s, %s)",
               partnership.agencies["Brook High School"], partnership.agencies["Knowsley Council"])
    assert dried.tell(NOW) == 1
    told = {name: about for name, about, *_ in dried.told()}
    assert set(told) == {"Brook High School", "Knowsley Council"}
    assert told["Knowsley Council"].startswith("Brook High School told a postcode in 100 % of what it tells, and now")


def test_killed_while_it_tells_nobody_is_forgotten(dried, as_worker):
    with pytest.raises(KeyboardInterrupt), as_worker(), at_task("steps"):
        assert tell_of_dry_inputs(book=agency_book(), at=NOW, most=50) == 1
        raise KeyboardInterrupt
    assert dried.tell(NOW) == 1


def test_the_check_that_everything_runs_and_the_page_say_it(dried, as_web, browse):
    with as_web():
        (found,) = condition(["inputs"])
    assert not found.well
    assert "Inputs that dried up: 1 (Brook High School, a postcode, 100 % before, 0 % since 18 May 2026)" in found.says
    with browse("Mary") as mary:
        assert "Brook High School used to tell a postcode in 100 % of what it tells." in shown(
            mary.get("/oversight/links/"))


def test_before_anything_dried_up_all_is_well(as_web, partnership):
    with as_web():
        (found,) = condition(["inputs"])
    assert (found.well, found.says) == (True, "Nothing that records are compared by has dried up.")


def test_weeks_later_it_is_still_dry_and_told_once(dried):
    dried.tell(NOW)
    for weeks in range(1, 7):
        at = NOW + timedelta(weeks=weeks)
        dried.send(at, postcode="")
        assert dried.count(at) == [DRY], "although the weeks before are dry by now as well"
        assert dried.tell(at) == 0


def test_what_comes_again_ends_the_spell_and_the_next_one_is_told_anew(dried, as_web):
    assert dried.tell(NOW) == 1
    again = NOW + timedelta(weeks=1)
    dried.send(again, postcode="L36 9YZ")
    assert dried.count(again) == []
    with as_web():
        assert condition(["inputs"])[0].well
    later = again + timedelta(weeks=1)
    dried.send(later, postcode="")
    assert len(dried.count(later)) == 1
    assert dried.tell(later) == 1
    assert len([1 for name, *_ in dried.told() if name == "Brook High School"]) == 2


def test_after_twelve_weeks_it_is_what_is_usual(dried):
    late = NOW + LONGEST - timedelta(days=1)
    assert dried.count(late) == [DRY]
    assert dried.count(NOW + LONGEST) == []
    assert dried.count(NOW + LONGEST + timedelta(hours=1)) == []
