"""The parts that rules are made of: gaps between moments, areas, episodes, what counts, what is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.domain.signs.areas import council_area, force_area, in_other_force, placed_at_a_distance
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.counting import MOST_NAMED, windows
from sightline.domain.signs.finding import Evidence
from sightline.domain.signs.gaps import END_OF_TIME, after_days, later_by, latest, least_gap, most_gap
from sightline.domain.signs.known import MATTERS_DAYS, Known, adult_from
from sightline.domain.signs.reading import read
from sightline.domain.signs.wording import listed, ordinal, when
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Attention
from sightline.domain.vocabulary.timeline import Timeline

AT = datetime(2026, 6, 1, tzinfo=UTC)
HUYTON = Place(council="Knowsley", force="Merseyside", lat=53.41, lon=-2.84)
BLACKPOOL = Place(council="Blackpool", force="Lancashire", lat=53.82, lon=-3.05)
BOOTLE = Place(council="Sefton", force="Merseyside", lat=53.45, lon=-2.99)


def entry(id_, kind, at, by="police", **more):
    return Entry(id_, "Amara", kind, at, by, **more)


def episodes(*entries, at=AT):
    return [(e.report.id, e.found.id if e.found else None, e.returned)
            for e in Known.of(Timeline.of("Amara", entries), at=at).episodes]


def test_a_clock_change_adds_no_hour_between_two_instants_of_one_zone():
    evening, next_evening = datetime(2026, 3, 28, 22, tzinfo=LONDON), datetime(2026, 3, 29, 22, tzinfo=LONDON)
    assert least_gap(evening, next_evening) == most_gap(evening, next_evening) == timedelta(hours=23)


@pytest.mark.parametrize(("later", "least"), [(date(2026, 3, 28), 0), (date(2026, 3, 29), 1), (date(2026, 6, 26), 90)])
def test_two_days_are_compared_as_days(later, least):
    assert least_gap(date(2026, 3, 28), later) == timedelta(days=least)
    assert most_gap(date(2026, 3, 28), later) < timedelta(days=least + 1)


def test_a_day_and_an_instant_are_as_near_as_they_can_be():
    assert least_gap(date(2026, 5, 1), datetime(2026, 5, 2, 12, tzinfo=LONDON)) == timedelta(hours=12, microseconds=1)
    assert least_gap(date(2026, 5, 1), datetime(2026, 5, 1, 12, tzinfo=LONDON)) < timedelta(0)
    assert most_gap(date(2026, 5, 1), datetime(2026, 5, 2, 12, tzinfo=LONDON)) == timedelta(hours=36)


def test_nothing_reaches_beyond_the_calendar():
    assert latest(date.max) == later_by(date.max, timedelta(1)) == after_days(date.max, 1) == END_OF_TIME


@pytest.mark.parametrize(("born_on", "adult_on"), [
    (date(2008, 5, 2), date(2026, 5, 2)), (date(2008, 2, 29), date(2026, 3, 1)), (date(9990, 1, 1), None),
    (None, None)])
def test_a_child_is_an_adult_from_the_eighteenth_birthday(born_on, adult_on):
    assert adult_from(born_on) == adult_on


@pytest.mark.parametrize("name", [
    "Merseyside", "Merseyside Police", "MERSEYSIDE POLICE FORCE", " merseyside  constabulary"])
def test_a_force_is_the_same_however_it_is_styled(name):
    assert force_area(Place(force=name)) == "merseyside"


@pytest.mark.parametrize("name", ["British Transport Police", "BTP", "Ministry of Defence Police", "", None])
def test_a_force_without_an_area_tells_no_place(name):
    assert force_area(Place(force=name)) is None


def test_a_council_is_the_same_however_it_is_styled():
    assert council_area("Knowsley Metropolitan Borough Council") == council_area("KNOWSLEY") == "knowsley"
    assert council_area("London Borough of Barnet") == council_area("Barnet")
    assert council_area("City of London") != council_area("London Borough of Barnet")
    assert council_area("Derby City Council") != council_area("Derbyshire County Council")


def test_an_unknown_place_is_in_no_other_force():
    assert not in_other_force(HUYTON, None)
    assert not in_other_force(HUYTON, Place(postcode="PR1 2HE"))
    assert in_other_force(HUYTON, BLACKPOOL)


def test_the_table_of_councils_decides_before_kilometres_where_it_knows_them():
    assert placed_at_a_distance(HUYTON, "Knowsley", BLACKPOOL)
    assert not placed_at_a_distance(HUYTON, "Knowsley", BOOTLE)
    assert not placed_at_a_distance(HUYTON, None, BLACKPOOL)
    nowhere = replace(BLACKPOOL, council="A council that nobody knows")
    assert placed_at_a_distance(HUYTON, "Knowsley", nowhere)
    assert not placed_at_a_distance(HUYTON, "Knowsley", replace(BOOTLE, council="A council that nobody knows"))


def test_a_return_that_was_never_told_does_not_swallow_the_next_episode():
    first, second = entry("m1", "missing.reported", datetime(2026, 1, 5, 22, tzinfo=UTC)), entry(
        "m2", "missing.reported", datetime(2026, 3, 5, 22, tzinfo=UTC))
    found = entry("f2", "missing.found", datetime(2026, 3, 6, 6, tzinfo=UTC))
    assert episodes(first, second, found) == [("m1", None, False), ("m2", "f2", True)]


def test_a_report_with_its_own_end_holds_what_the_same_agency_reports_within_it():
    whole = entry("m1", "missing.reported", date(2026, 3, 2), until=date(2026, 3, 6))
    within = entry("m2", "missing.reported", datetime(2026, 3, 4, 12, tzinfo=UTC))
    after = entry("m3", "missing.reported", date(2026, 3, 6), until=date(2026, 3, 7))
    assert episodes(whole, within, after) == [("m1", None, True), ("m3", None, True)]


def test_an_end_that_lies_in_the_future_is_no_end_yet():
    back_at = datetime(2026, 6, 3, tzinfo=UTC)
    report = entry("m1", "missing.reported", datetime(2026, 5, 30, 22, tzinfo=UTC), until=back_at)
    known = Known.of(Timeline.of("Amara", [report]), at=AT)
    assert known.episodes[0].end is None
    assert known.turns_at == back_at


def test_of_two_agencies_the_one_that_told_more_episodes_is_counted():
    night = [entry(f"p{n}", "missing.reported", datetime(2026, 3, 2 + n, 22, tzinfo=UTC),
                   until=datetime(2026, 3, 3 + n, 6, tzinfo=UTC)) for n in range(2)]
    long = entry("c", "missing.reported", date(2026, 3, 2), "council", until=date(2026, 3, 4))
    assert [e[0] for e in episodes(long, *night)] == ["p0", "p1"]


def test_a_withdrawal_that_is_withdrawn_takes_nothing_away():
    exclusion = entry("x", "school.exclusion", date(2026, 5, 19), facts={"category": "PERM"})
    gone = entry("w1", "record.withdrawn", datetime(2026, 5, 20, tzinfo=UTC), facts={"withdraws": ["x"]})
    back = entry("w2", "record.withdrawn", datetime(2026, 5, 21, tzinfo=UTC), facts={"withdraws": "w1"})
    shown = [[s.code for s in read(Timeline.of("Amara", told), at=AT).signs]
             for told in ([exclusion], [exclusion, gone], [exclusion, gone, back])]
    assert shown == [["C05"], [], ["C05"]]


def test_reasons_say_that_only_the_day_is_known_and_what_an_entry_made_of_the_others():
    nights = [entry(f"m{n}", "missing.reported", date(2026, 5, n), until=date(2026, 5, n)) for n in (1, 8, 15)]
    sign = next(s for s in read(Timeline.of("Amara", nights), at=AT).signs if s.code == "C03")
    assert sign.reasons[0] == "Reported missing on 1 May 2026 (only the day is known)"
    assert sign.reasons[2] == ("Reported missing on 15 May 2026 (only the day is known); the third episode in 90 days; "
                               "the third episode in 30 days")


def test_a_reason_says_so_where_an_exclusion_followed_an_arrest():
    arrest = entry("a", "police.arrest", datetime(2026, 5, 1, 21, tzinfo=UTC))
    exclusions = [entry(f"x{day}", "school.exclusion", date(2026, month, day), facts={"category": "PERM"})
                  for month, day in ((4, 30), (5, 2), (5, 31))]
    sign = next(s for s in read(Timeline.of("Amara", [arrest, *exclusions]), at=AT).signs if s.code == "C05")
    assert ["may be a consequence" in reason for reason in sign.reasons] == [False, True, True]


def test_a_rising_rate_is_remarked():
    nights = [entry(f"m{n}", "missing.reported", day, until=day) for n, day in enumerate(
        [date(2026, 1, 20), date(2026, 4, 25), date(2026, 5, 10)])]
    sign = next(s for s in read(Timeline.of("Amara", nights), at=AT).signs if s.code == "C03")
    assert sign.reasons[-1].endswith("the second episode in 30 days, 2 in the last 90 days after 1 in those before")


def test_a_third_incident_or_a_higher_grade_asks_for_a_strategy_discussion():
    incidents = [entry(f"d{n}", "police.domestic-incident", datetime(2026, n, 1, tzinfo=UTC), facts={"grade": grade})
                 for n, grade in ((3, "medium"), (4, "standard"), (5, "high"))]
    sign = next(s for s in read(Timeline.of("Amara", incidents), at=AT).signs if s.code == "H01")
    assert ["strategy discussion" in reason for reason in sign.reasons] == [False, False, True]
    assert "the third incident in 365 days" in sign.reasons[2]
    assert "graded higher" in sign.reasons[2]


def test_the_grade_of_intelligence_stays_with_the_police():
    report = entry("i", "police.intelligence", date(2026, 5, 4), facts={"grade": "B2"}, grade="Z9")
    sign = next(s for s in read(Timeline.of("Amara", [report]), at=AT).signs if s.code == "C24")
    assert not any(secret in repr((sign.reasons, sign.title)) for secret in ("B2", "Z9"))
    assert next(rule for rule in RULES if rule.code == "C24").police_detail


def test_attention_is_explained_in_one_sentence():
    exclusion = entry("x", "school.exclusion", date(2026, 5, 19), facts={"category": "PERM"})
    incident = entry("d", "police.domestic-incident", datetime(2026, 5, 20, tzinfo=UTC))
    worker = entry("w", "care.worker", date(2026, 1, 1))
    nothing, one, two = (read(Timeline.of("Amara", told), at=AT)
                         for told in ([], [exclusion], [exclusion, incident, worker]))
    assert nothing.attention is Attention.NONE
    assert nothing.because == (
        "No sign is shown. That is no proof of safety: it covers only what agencies have told.")
    assert one.attention is Attention.WORKER
    assert one.because == (
        "For the allocated worker: Permanently excluded, or suspended with drugs or a weapon as the reason (C05).")
    assert two.attention is Attention.NEXT_WORKING_DAY
    assert two.because == (
        "A person must look by the next working day: within 90 days, signs in 2 parts of the child's life "
        "(education and home).")


def test_titles_name_facts_and_never_accuse():
    for rule in RULES:
        assert not rule.title.endswith(".")
        words = (rule.title + rule.explanation + rule.not_evidence_of).casefold()
        assert not any(word in words for word in ("offender", "suspect ", "nominal", "perpetrator", "runner", "score"))


def test_every_rule_says_all_that_a_rule_must_say():
    for rule in RULES:
        assert all((rule.title, rule.explanation, rule.source, rule.source_key, rule.needs, rule.cancelled_by,
                    rule.not_evidence_of)), rule.code
        assert rule.edition_name == f"{rule.code}/1"


def test_what_is_passed_over_as_too_old_can_no_longer_be_shown():
    counted = [rule for rule in RULES if rule.code != "C05"]  # it counts nothing: each exclusion stands alone
    assert max(rule.shown_days for rule in counted) + 180 < MATTERS_DAYS


@pytest.mark.parametrize("moment", [datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1)])
def test_a_feed_gone_wrong_names_no_more_than_a_hundred_at_once(moment):
    stops = [entry(f"s{n}", "police.stop", moment) for n in range(1000)]
    given = list(windows([Evidence(stop, "") for stop in stops], days=90, since=datetime(2020, 1, 1, tzinfo=UTC)))
    assert [len(window) for window in given] == [min(n + 1, MOST_NAMED) for n in range(1000)]
    assert [window[-1].entry.id for window in given] == [stop.id for stop in stops]


@pytest.mark.parametrize(("number", "words"), [(1, "first"), (10, "tenth"), (11, "11th"), (22, "22nd"), (113, "113th")])
def test_ordinals_are_written_as_people_do(number, words):
    assert ordinal(number) == words


def test_moments_and_lists_are_written_as_people_do():
    assert when(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "on 1 July 2026 at 23:05"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
