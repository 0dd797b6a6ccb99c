"""Each story is told in files that say what the story says, whatever the day on which it is told."""

import csv
import json
from datetime import date, datetime, timedelta

import pytest

from sightline.demonstration.agencies import agencies
from sightline.demonstration.chance import LONDON
from sightline.demonstration.school_year import is_school_day
from sightline.demonstration.stories import STORIES, write_stories
from sightline.demonstration.stories.s11_eleven_doors import REPORTS, WARRANTS
from sightline.reference.geography import at_a_distance, place_of

TODAYS = [date(2026, 11, 20), date(2026, 8, 16), date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 29),
          date(2026, 10, 26)]


@pytest.fixture(params=TODAYS, ids=str)
def told(request, tmp_path):
    """Give the day, the folder and the files of all stories, on an ordinary day, in holidays, on odd dates."""
    return request.param, tmp_path, write_stories(tmp_path, today=request.param)


def rows_of(folder, sent):
    with (folder / sent.path).open(encoding="utf-8", newline="") as file:
        if sent.path.endswith(".csv"):
            return list(csv.DictReader(file))
        return [json.loads(line) for line in file]


def story(told, code, feed):
    _, folder, sent = told
    return [row for one in sent if one.story == code and one.feed == feed for row in rows_of(folder, one)]


def day(text):
    return date.fromisoformat("-".join(reversed(text.split("/"))))


def test_there_are_fifteen_stories_each_with_its_words():
    assert [one.code for one in STORIES] == [f"S{number:02}" for number in range(1, 16)]
    for one in STORIES:
        assert one.title
        assert one.happens.endswith(".")
        assert one.seen
        assert one.cast
        assert all(row[0] == "M" and row[1:].isdigit() for row in one.rows)
    elsewhere = {"M09", "M12", "M23"}
    assert {row for one in STORIES for row in one.rows} == {f"M{number:02}" for number in range(1, 24)} - elsewhere


def test_every_file_came_before_today_and_after_what_it_tells(told):
    today, folder, sent = told
    midnight = datetime.combine(today, datetime.min.time(), LONDON)
    names = {agency.name for agency in agencies()}
    for one in sent:
        assert one.arrived_at < midnight
        assert one.sent_by in names
        assert one.rows == len(rows_of(folder, one))
        for row in rows_of(folder, one):
            for column in ("occurred_at", "arrested_at", "released_at", "appropriate_adult_told_at"):
                if row.get(column):
                    assert datetime.fromisoformat(row[column]) <= one.arrived_at, (one.path, column)
            if "start_date" in row:
                assert day(row["start_date"]) <= one.arrived_at.date()


def test_every_postcode_of_the_stories_is_a_real_one(told):
    _, folder, sent = told
    for one in sent:
        for row in rows_of(folder, one):
            for column in ("postcode", "home_postcode", "suite_postcode", "arrest_postcode"):
                if row.get(column):
                    assert place_of(row[column]).exact, row[column]


def test_s01_the_boy_is_missing_two_days_after_an_exclusion_without_crime(told):
    excluded, = story(told, "S01", "exclusions")
    report, found = story(told, "S01", "police-events")
    assert (excluded["category"], excluded["reason1"], excluded["reason2"]) == ("PERM", "DB", "")
    assert (report["record_type"], found["record_type"]) == ("missing-report", "missing-found")
    reported_on = datetime.fromisoformat(report["occurred_at"]).date()
    assert reported_on - day(excluded["start_date"]) == timedelta(days=2)
    assert datetime.fromisoformat(found["occurred_at"]).date() == reported_on + timedelta(days=1)
    assert excluded["surname"].upper() == report["surname"]
    assert place_of(excluded["postcode"]).council == "Knowsley"


def test_s02_three_pupils_show_first_signs_within_sixty_days_of_his_arrival(told):
    his = [row for row in story(told, "S02", "school-roll") if row["surname"] == "Tarleton"]
    left, joined = sorted(his, key=lambda row: row["event"] == "joined")
    assert (left["event"], left["destination"], left["on"]) == ("left", joined["school"], joined["on"])
    events = story(told, "S02", "police-events")
    since = day(joined["on"])
    told_on = [datetime.fromisoformat(row["occurred_at"]).date() for row in events]
    suspended = next(row for row in story(told, "S02", "exclusions") if row["category"] == "SUSP")
    assert {row["surname"] for row in events} == {"BLUNDELL", "LATHOM"}
    assert suspended["school"] == joined["school"]
    assert all(timedelta(0) < found - since <= timedelta(days=60) for found in (*told_on, day(suspended["start_date"])))
    pupils = [row for row in story(told, "S02", "school-roll") if row["surname"] in {"Rimmer", "Blundell", "Lathom"}]
    assert len(pupils) == 3
    assert all(day(row["on"]) < since - timedelta(days=100) for row in pupils)


def test_s03_he_is_in_custody_far_from_home_and_nobody_has_come(told):
    custody, = story(told, "S03", "police-custody")
    assert custody["arrested_at"][11:16] == "21:40"
    assert custody["released_at"] == custody["received_by"] == custody["referral_sent_at"] == ""
    assert place_of(custody["arrest_postcode"]).police_force == "Cumbria"
    assert place_of(custody["home_postcode"]).council == "Liverpool"


def test_s04_she_is_under_police_protection_in_cumbria_and_lives_in_knowsley(told):
    protected = next(row for row in story(told, "S04", "police-events") if row["record_type"] == "police-protection")
    assert place_of(protected["postcode"]).police_force == "Cumbria"
    assert place_of(protected["home_postcode"]).council == "Knowsley"


def test_s05_she_is_found_in_preston_at_a_quarter_past_eleven(told):
    found = next(row for row in story(told, "S05", "police-events") if row["record_type"] == "missing-found")
    assert found["occurred_at"][11:16] == "23:15"
    assert place_of(found["postcode"]).council == "Preston"
    assert place_of(found["home_postcode"]).council == "Liverpool"


def test_s06_only_the_home_gives_notice_of_a_placement_at_a_distance(told):
    payload, = story(told, "S06", "social-care-api")
    placement = payload["Children"]["social_care_episodes"][0]["child_looked_after_placements"][-1]
    host = place_of(placement["postcode"]).childrens_services_authority
    assert (host, placement["placement_type"]) == ("Blackpool", "K2")
    assert at_a_distance("Wandsworth", host)
    notices = [row for row in story(told, "S06", "timeline") if row["kind"] == "notice.sent"]
    assert [(row["by"], row["facts"]["to"]) for row in notices] == [
        ("Fairhaven House (invented children's home)", "Blackpool")]


def test_s07_three_supply_arrests_in_three_forces_and_no_referral(told):
    arrests = story(told, "S07", "police-custody")
    assert [row["force"] for row in arrests] == ["Merseyside", "Lancashire", "Cumbria"]
    assert {row["offence"] for row in arrests} == {"drugs-supply"}
    assert not any(row["referral_sent_at"] for row in arrests)


def test_s08_four_agencies_write_one_girl_in_four_ways_and_know_her_twin(told):
    school = next(row for row in story(told, "S08", "exclusions"))
    police = story(told, "S08", "police-events")[0]
    entries = story(told, "S08", "timeline")
    hospital = next(row["identity"] for row in entries if row["kind"] == "health.attendance")
    charity = next(row["identity"] for row in entries if row["kind"] == "charity.contact")
    twin = next(row for row in story(told, "S08", "attendance") if row["forename"] == "Amina")
    assert (school["forename"], police["forename"], hospital["given"], charity["given"]) == (
        "Aaliyah", "ALIYAH", "Alia", "A.")
    born = day(school["dob"])
    assert day(police["dob"]) == date(born.year, born.day, born.month) != born
    assert hospital["born_on"] == born.isoformat()
    assert hospital["postcode"] != school["postcode"] == police["home_postcode"] == charity["postcode"]
    assert "born_on" not in charity
    assert (twin["dob"], twin["postcode"], twin["surname"]) == (school["dob"], school["postcode"], school["surname"])
    assert twin["upn"] != school["upn"]


def test_s11_there_are_children_among_those_arrested_in_five_forces(told):
    forces = {row["force"] for row in story(told, "S11", "police-custody")}
    assert forces == {"Merseyside", "Lancashire", "Cumbria"}
    assert [row["record_type"] for row in story(told, "S11", "police-events")] == ["rail-contact", "police-protection"]
    told_alone = story(told, "S11", "timeline")
    assert [row["by"] for row in told_alone if row["kind"] == "police.arrest"] == ["Police Scotland"]
    screened = [row for row in told_alone if row["kind"] == "decision.made"]
    referred = [row["surname"] for row in story(told, "S11", "police-custody") if row["referral_sent_at"]]
    assert {row["facts"]["about"] for row in screened} == {"D-ARR-4-SCREEN"}
    assert sorted(row["identity"]["family"].upper() for row in screened) == sorted(referred)
    assert len(referred) == len(forces), "one of them nobody has screened or referred yet"


def test_s11_the_reports_differ_and_each_adds_up_to_its_own_total():
    assert len({report.arrests for report in REPORTS}) == 2
    assert all(sum(number for _, number in report.by_force) == report.arrests for report in REPORTS)
    assert sum(number for _, number in WARRANTS) == 11


def test_s14_the_third_incident_is_at_three_in_the_night_of_a_school_day(told):
    today, *_ = told
    incidents = story(told, "S14", "police-events")
    assert [row["grade"] for row in incidents] == ["standard", "medium", "high"]
    last = datetime.fromisoformat(incidents[-1]["occurred_at"])
    assert (last.hour, last.minute) == (3, 0)
    assert last.date().weekday() < 5
    assert today - last.date() <= timedelta(days=14)
    first = datetime.fromisoformat(incidents[0]["occurred_at"])
    assert last - first < timedelta(days=365)


def test_s15_seven_school_days_have_gone_by_since_the_exclusion(told):
    today, *_ = told
    excluded, = story(told, "S15", "exclusions")
    first = day(excluded["start_date"])
    days = [first + timedelta(days=i) for i in range((today - first).days)]
    if is_school_day(first) and is_school_day(today - timedelta(days=1)):
        assert sum(map(is_school_day, days)) == 7
    assert sum(one.weekday() < 5 for one in days) >= 7
    assert excluded["category"] == "PERM"


def test_every_story_says_who_is_in_it(told):
    _, folder, sent = told
    with (folder / "truth/stories.csv").open(encoding="utf-8", newline="") as file:
        told_of = {(row["file"].split("/")[1], row["child"]) for row in csv.DictReader(file)}
    for one in STORIES:
        assert {child for code, child in told_of if code == one.code} <= set(one.cast)
        assert (one.tell is None) == (one.code not in {code for code, _ in told_of})
    assert sent
