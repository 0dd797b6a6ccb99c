"""How good our links are: counted by a job, shown without a name, and an input that dries up is said in words."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.people.dry_spells import follow_inputs
from sightline.apps.people.how_good import count_links, how_good
from sightline.apps.people.models import FillRate
from sightline.apps.signs.relinked import SETTLING
from tests.integration.conftest import NOW
from tests.integration.people.conftest import record_of
from tests.integration.people.test_review_page import shown

MONDAY = date(2026, 5, 18)


@pytest.fixture
def count(as_worker):
    def counting(at=NOW):
        with as_worker(), at_task("test"):
            count_links(settling=SETTLING, at=at)
            return how_good()

    return counting


def test_links_and_what_was_parted_are_counted_by_who_made_them(pair, count):
    pair.say("Beth", "same")
    pair.say("Beth", "not-same", instead_of="same")
    assert count().number("parting", "waits") == 1
    pair.second("Mary", "not-same")
    found = count()
    assert (found.number("joined", "people"), found.number("parted", "people")) == (1, 1)
    assert found.number("parted", "comparison") == found.number("parting", "waits") == 0
    assert found.number("answer not-same", "below 0") == 1
    assert count() == found, "counted twice, it is the same"


def test_doubts_wait_with_their_age_and_those_that_nobody_sees_whole_are_counted(pair, count, send, everything):
    assert count().number("waiting", "up to a week") == 1
    assert count().number("waiting", "seen by nobody") == 0, "Knowsley sees both"
    far, _ = record_of(send, everything, "Essex Council", "far", place={"postcode": "CM1 1QH"}, identity={
        "given": "Ada", "family": "Bello", "born_on": "2011-01-01", "postcode": "CM1 1QH"})
    pair.ask(pair.hers, far, bits=2.0)
    found = count(NOW + timedelta(days=40))
    assert found.number("waiting", "seen by nobody") == 1
    assert (found.number("waiting", "longer"), found.number("waiting", "days of the oldest")) == (2, 40)


def test_fill_rates_are_counted_by_agency_and_week_and_anew(pair, count, send, everything):
    (school,) = [one for one in count().filled if one.agency == "Brook High School"]
    assert (school.week, school.tellings, school.names, school.birthday, school.postcode, school.numbers) == (
        MONDAY, 1, 1, 1, 1, 1)
    record_of(send, everything, "Brook High School", "b2", identity={"given": "Bo", "born_on": "2011-01-01"})
    (school,) = [one for one in count().filled if one.agency == "Brook High School"]
    assert (school.tellings, school.names, school.birthday, school.postcode, school.numbers) == (2, 1, 2, 1, 1)


def test_the_page_shows_shares_with_intervals_suppresses_small_numbers_and_names_nobody(
        pair, count, browse, everything, partnership):
    everything("update people_doubt set answer = 'same', bits = 5")
    count()
    everything("update people_linkcount set number = 18 where what = 'answer same'")
    everything("insert into people_linkcount (what, part, number, at) values"
               " ('answer not-same', '4 to 10', 2, now()), ('answer same', '0 to 4', 3, now())")
    with pair.as_worker(), at_task("test"):
        FillRate.objects.all().delete()
        for back, born in ((0, 5), (1, 40), (2, 40), (3, 40), (4, 40)):
            FillRate.objects.create(
                agency_id=partnership.agencies["Brook High School"], week=MONDAY - timedelta(weeks=back), tellings=40,
                names=40, birthday=born, postcode=40, numbers=0, school=0, carers=0, phones=0)
        follow_inputs(at=NOW)
    for name in ("Mary", "Dawn"):
        with browse(name) as client:
            text = shown(client.get("/oversight/links/"))
        assert "90 % (95 % interval 70 % to 97 %)" in text
        assert "Too few answers to say" in text
        assert re.search(r"4 to 10 bits</span></th>.*?18</span>.*?Fewer than 5", text)
        assert "Brook High School used to tell a date of birth in 100 % of what it tells." in text
        assert "it is 12 %" in text
        assert not {"Amara", "Okafor", "Zora", "Mensah"} & set(re.findall(r"\w+", text))
    for name in ("Beth", "Carl", "Lee", "Pat"):
        with browse(name) as client:
            assert client.get("/oversight/links/").status_code == 403


def test_before_anything_was_counted_the_page_says_so(partnership, browse):
    with browse("Dawn") as dawn:
        assert "Nothing was counted yet" in shown(dawn.get("/oversight/links/"))


def test_a_week_begins_on_a_monday_in_london(pair, count, everything):
    everything("update people_description set told_at = %s", datetime(2026, 5, 17, 23, 30, tzinfo=UTC))
    assert {one.week for one in count(NOW).filled} == {MONDAY}
