"""Our own lists from the record to the page: counted, estimated, kept, and shown to those who oversee alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from sightline.apps.insight import extents
from sightline.apps.insight.estimating_own import answer_request, estimate_own
from sightline.apps.insight.extents import ExtentAskedAlready
from sightline.domain.insight.own_lists import DEFINITION
from tests.integration.conftest import NOW

PAGE = "/oversight/extent/"
PERIOD = {"first_day": "1", "first_month": "6", "first_year": "2025", "last_day": "31", "last_month": "5",
          "last_year": "2026"}
START = NOW - timedelta(days=365)
COUNCIL, POLICE, SCHOOL = "Knowsley Council", "Merseyside Police", "Brook High School"
LISTS = {1: COUNCIL, 2: POLICE, 4: SCHOOL}
MANY = {1: 100, 2: 80, 4: 60, 3: 20, 5: 15, 6: 12, 7: 3}
"""Children by the lists on which they stand: 290 known, 50 of them on two lists or more."""

# Each child as agencies told of it: an identity and an entry for each, and one sign that rests on all of them.
LIVES = """
with child as (select gen_random_uuid() as person, h.history, n from json_each_text(%s::json) as h(history, number)
    cross join lateral generate_series(1, h.number::int) as n),
person as (insert into people_person (id, made_at) select person, %s from child returning id),
side as (select gen_random_uuid() as identity, gen_random_uuid() as entry, c.person, a.id as agency
  from child c join json_each_text(%s::json) as l(bit, name) on (c.history::int & l.bit::int) > 0
    join access_agency a on a.name = l.name),
identity as (insert into people_identity (id, agency_id, scheme, key, keys, person_id)
  select identity, agency, 'timeline', identity::text, '{}', person from side),
described as (insert into people_description (identity_id, digest, born_on, told_at, identifiers,
    also_known_as)
  select identity, decode(md5(identity::text), 'hex'), date '2011-04-03', %s, '{}', '{}' from side),
joined as (insert into people_joining (identity_id, to_person_id, how, because, at)
  select identity, person, 'comparison', '[]', %s from side
  where identity <> (select min(o.identity::text)::uuid from side o where o.person = side.person)),
told as (insert into record_entry (id, identity_id, told_by_id, by, source_key, revision, digest, kind, at, starts,
    facts, people, things, recorded_at)
  select entry, identity, agency, 'a person', entry::text, 1, decode(md5(entry::text), 'hex'), 'observed.sign', %s, %s,
    '{}', '[]', '[]', %s from side)
insert into signs_found (person_id, code, family, critical, title, because, reasons, first_at, last_at, edition, source,
  verified, found_at, changed_at, against, against_words)
select person, 'C11', 'wealth', false, 'Money', array_agg(entry), '{}', '', '', '1', 'x', true, %s, %s, '{}', '{}'
from side group by person
"""
DOUBTS = """
insert into people_doubt (one_id, other_id, because, opened_at, answer, answered_at, reason, bits, within_id)
select least(a.id, b.id), greatest(a.id, b.id), '[]', %(at)s, case when a.n %% 20 > 0 then %(usual)s
  else %(seldom)s end,
  %(at)s, '', 5, case when %(within)s then a.person_id end
from (select *, row_number() over (order by id) as n from people_identity) a
  join (select *, row_number() over (order by id) as n from people_identity) b on b.n = a.n + %(far)s
where a.n <= %(many)s
"""


@pytest.fixture
def lives(everything, partnership):
    """Put children into the record, by the lists on which they are to stand."""
    def put(histories: dict[int, int], *, days: float = 100) -> None:
        then = NOW - timedelta(days=days)
        everything(LIVES, json.dumps(histories), then, json.dumps(LISTS), *[then] * 7)
        # As it would by itself within the minute: the database plans by what it has counted.
        with connection.cursor() as cursor:
            cursor.execute("reset role")
            cursor.execute("analyze people_person, people_identity, people_description, record_entry, signs_found")

    return put


@pytest.fixture
def answers(everything):
    """Let people answer doubts: one in 20 of those between two children with "the same", of joined ones with "not"."""
    def answer(many: int = 40) -> None:
        for within, usual, seldom, far in ((False, "not-same", "same", 1), (True, "same", "not-same", 2)):
            everything(DOUBTS.replace("%(at)s", f"timestamptz '{NOW.isoformat()}'").replace("%(usual)s", f"'{usual}'")
                       .replace("%(seldom)s", f"'{seldom}'").replace("%(within)s", str(within))
                       .replace("%(far)s", str(far)).replace("%(many)s", str(many)))

    return answer


@pytest.fixture
def estimate(as_worker):
    """Estimate the last year, as the worker does."""
    def estimating(**more):
        with as_worker():
            return estimate_own(start=START, until=NOW, at=lambda: datetime.now(UTC), replicates=20, **more).facts

    return estimating


def test_own_lists_whose_links_were_judged_have_a_range(lives, answers, estimate):
    lives(MANY)
    answers()
    found = estimate()
    assert found.histories == MANY
    assert found.answer["refused"] == []
    low, high = found.range
    assert 290 * 0.9 < low < high
    fixed = found.answer["corrected"]
    assert (fixed["missed_links"], fixed["false_links"]) == (0.0, pytest.approx(0.05))
    assert fixed["range_without_correction"] != fixed["range"]
    assert len(fixed["limits"]) == 2


def test_own_lists_whose_links_nobody_judged_have_none(lives, estimate):
    lives(MANY)
    found = estimate()
    assert found.range is None
    assert [one["code"] for one in found.answer["refused"]] == ["linkage-unmeasured"]
    assert found.links["measured"]["short_of"]


def test_nobody_on_any_list_is_refused_in_words(estimate, partnership):
    found = estimate()
    assert (found.range, found.known, [one["code"] for one in found.answer["refused"]]) == (None, 0, ["no-lists"])


def test_a_kind_of_agency_that_began_to_tell_late_is_refused(lives, answers, estimate):
    lives(MANY, days=300)
    answers()
    found = estimate()
    assert [one["code"] for one in found.answer["refused"]] == []  # all three began alike
    lives({2: 1}, days=364)
    assert [one["code"] for one in estimate().answer["refused"]] == ["different-periods"]


def test_the_same_counts_and_seed_give_the_same_answer(lives, answers, estimate):
    lives(MANY)
    answers()
    assert estimate().answer == estimate().answer


@pytest.fixture
def asked(acting):
    def asking(who: str, *, at: datetime = NOW):
        with acting(who) as officer:
            return extents.ask(start=START, until=NOW, officer=officer.officer, at=at)

    return asking


def test_one_estimate_is_asked_for_at_a_time_and_one_that_was_lost_again(asked):
    asked("Mary")
    with pytest.raises(ExtentAskedAlready):
        asked("Dawn", at=NOW + timedelta(minutes=59))
    asked("Dawn", at=NOW + timedelta(minutes=61))


def test_a_request_is_answered_once(asked, as_worker, lives):
    lives({1: 3, 2: 2, 3: 1})
    request = asked("Mary")
    with as_worker():
        assert answer_request(request, at=lambda: NOW)
        assert not answer_request(request, at=lambda: NOW)
    asked("Mary")


@pytest.mark.parametrize("who", ["Beth", "Carl", "Lee", "Pat"])
def test_who_does_not_oversee_asks_for_nothing_and_sees_nothing(who, estimate, lives, acting, asked):
    lives({1: 3, 2: 2, 3: 1})
    estimate()
    asked("Mary")
    with acting(who):
        assert extents.extents() == []
        assert extents.asked(at=NOW) is None
    with pytest.raises(DatabaseError, match="row-level security"):
        asked(who, at=NOW + timedelta(days=1))


@pytest.mark.parametrize("who", ["Beth", "Carl", "Lee", "Pat"])
def test_the_page_and_its_files_are_closed_to_who_does_not_oversee(who, browse):
    with browse(who) as client:
        assert [client.get(PAGE).status_code, client.post(PAGE).status_code,
                client.get(f"{PAGE}lists/").status_code] == [403] * 3


def test_an_officer_asks_for_nobody_else(acting, partnership):
    with acting("Mary"), pytest.raises(DatabaseError, match="row-level security"):
        extents.ask(start=START, until=NOW, officer=partnership.officers["Dawn"], at=NOW)


@pytest.mark.parametrize("table", ["insight_extent", "insight_extentrequest"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set from_at = from_at"])
def test_nobody_changes_an_estimate_or_a_request(table, change, everything, asked, as_worker):
    request = asked("Mary")
    with as_worker():
        answer_request(request, at=lambda: NOW)
    with pytest.raises(DatabaseError, match="permission denied"):
        everything(change.format(table))


def test_a_manager_reads_the_known_first_then_a_range_and_never_its_middle(lives, answers, estimate, browse):
    lives(MANY)
    answers()
    found = estimate()
    with browse("Mary") as client:
        text = client.get(PAGE).content.decode()
    low, high = found.range
    assert 0 < text.index("know of 290 children") < text.index(f"between {low:,} and {high:,} children")
    assert DEFINITION.not_said in text
    for words in ("What is never counted", "In which direction it is wrong", "What each model says, by its weight",
                  "the range would be", "published figures of councils"):
        assert words in text, words
    middle = next(one["estimate"] for one in found.answer["corrected"]["estimates"] if one["method"] == "averaging")
    assert f"{middle:,.0f}" not in text


def test_without_a_range_no_figure_of_a_method_or_model_is_on_the_page(lives, estimate, browse):
    lives(MANY)
    found = estimate()
    with browse("Mary") as client:
        text = client.get(PAGE).content.decode()
        assert client.get(f"{PAGE}methods/").status_code == 404
    assert "No range can be given" in text
    assert "more answers to doubts whether two records are of one child" in text
    for one in found.answer["estimates"]:
        assert f"{one['upper']:,.0f}" not in text


def test_an_inspector_is_told_no_count_of_one_to_four(lives, estimate, browse):
    lives({1: 3, 2: 63, 4: 2, 3: 31, 5: 1, 6: 2})
    estimate()
    with browse("Dawn") as client:
        text, file = client.get(PAGE).content.decode(), client.get(f"{PAGE}combinations/").content.decode()
    assert "know of about 100 children" in text
    assert file.splitlines()[1:7] == [
        "Police,65", "Children’s social care and Police,30", "Children’s social care,Fewer than 5",
        "Schools and education,Fewer than 5", "Police and Schools and education,Fewer than 5",
        "Children’s social care and Schools and education,Fewer than 5"]
    assert "Only 34" not in text
    with browse("Mary") as client:
        assert "Police,63" in client.get(f"{PAGE}combinations/").content.decode()


def test_every_table_on_the_page_is_a_file_with_where_it_comes_from(lives, answers, estimate, browse):
    lives(MANY)
    answers()
    found = estimate()
    with browse("Mary") as client:
        for slug in ("lists", "overlaps", "combinations", "methods", "models", "all-models", "every-model",
                     "without-one-list", "each-list-as-truth"):
            answer = client.get(f"{PAGE}{slug}/?made={found.id}")
            assert answer.status_code == 200, slug
            assert f"Estimate {found.id}" in answer.content.decode()
        assert client.get(f"{PAGE}nothing/").status_code == 404
        assert client.get(f"{PAGE}?made=5").status_code == 404
        assert client.get(f"{PAGE}?made={found.id}").status_code == 200


@pytest.mark.parametrize(("changed", "words"), [
    ({"last_year": "2099"}, "The period must have ended"),
    ({"last_year": "2024"}, "The last day lies before the first"),
    ({"first_year": "2020"}, "5 years at the most"),
    ({"first_day": "31"}, "must be a real day"),
    (dict.fromkeys(PERIOD, ""), "There is a problem"),
])
def test_a_period_that_cannot_be_estimated_is_refused_in_words(changed, words, browse, everything):
    with browse("Mary") as client:
        answer = client.post(PAGE, {**PERIOD, **changed})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert everything("select count(*) from insight_extentrequest") == [(0,)]


def test_the_period_that_is_asked_for_is_estimated(browse, everything):
    with browse("Mary") as client:
        client.post(PAGE, PERIOD)
    ((start, until),) = everything("select from_at at time zone 'Europe/London', until_at at time zone 'Europe/London'"
                                   " from insight_extentrequest")
    assert (start, until) == (datetime(2025, 6, 1), datetime(2026, 6, 1))  # noqa: DTZ001


def test_a_button_asks_and_a_second_press_is_told_to_wait(browse, everything):
    with browse("Mary") as client:
        assert client.get(PAGE).status_code == 200
        first = client.post(PAGE, PERIOD, follow=True).content.decode()
        assert "It is being computed" in first
        assert "Estimate from our own lists" not in first
        assert "Wait until it is there" in client.post(PAGE, PERIOD, follow=True).content.decode()
    assert everything("select count(*) from insight_extentrequest") == [(1,)]
    assert everything("select count(*) from procrastinate_jobs where task_name = 'insight.estimate_extent'") == [(1,)]
