"""The invented partnership: the same every time, in the formats that it claims, and nobody real in it."""

import csv
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.validators import EmailValidator
from lxml import etree

from sightline.demonstration.agencies import agencies
from sightline.demonstration.outgoing import FIRST_CSV_ROW
from sightline.demonstration.partnership import write
from sightline.demonstration.school_census import TABLES
from sightline.demonstration.sent_by_councils import EPISODES, HEADER, MISSING
from sightline.demonstration.sent_by_police import CUSTODY, EVENTS, OFFENDERS
from sightline.demonstration.sent_by_schools import ATTENDANCE, EXCLUSIONS, SCHOOL_ROLL
from sightline.domain.vocabulary.kinds import KINDS
from sightline.reference.geography import place_of

TODAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/London"))
SCHEMA = Path(__file__).parents[2] / "samples" / "formats" / "cin_census_2026.xsd"
COLUMNS = {"exclusions": EXCLUSIONS, "attendance": ATTENDANCE, "school-roll": SCHOOL_ROLL, "police-custody": CUSTODY,
           "police-events": EVENTS, "offenders": OFFENDERS}
RETURN = {"header": HEADER, "episodes": EPISODES, "missing": MISSING}
INSTANTS = [name for name in (*CUSTODY, *EVENTS) if name.endswith("_at")]


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path):
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]


def read_day(text):
    if "/" in text:
        text = "-".join(reversed(text.split("/")))
    return date.fromisoformat(text)


def everything(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(partnership, tmp_path):
    folder, _ = partnership
    write(tmp_path, seed=1, children=300, today=TODAY)
    assert everything(folder) == everything(tmp_path)


def test_another_seed_gives_other_children(partnership, tmp_path):
    folder, _ = partnership
    write(tmp_path, seed=2, children=300, today=TODAY)
    assert everything(folder)["truth/children.csv"] != everything(tmp_path)["truth/children.csv"]


def test_the_manifest_lists_every_file_that_is_to_be_imported_and_no_other(partnership):
    folder, manifest = partnership
    listed = {sent.path for sent in manifest.files}
    apart = {*manifest.truth, "manifest.json", "README.txt"}
    assert listed | apart == set(everything(folder))
    assert not listed & apart
    assert {sent.feed for sent in manifest.files} == {
        "exclusions", "attendance", "school-roll", "school-census", "ssda903", "cin-census", "social-care-api",
        "police-custody", "police-events", "offenders", "timeline"}
    document = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "invented" in document["note"]
    assert [sent["path"] for sent in document["files"]] == [sent.path for sent in manifest.files]


def test_every_sender_is_an_agency_of_the_partnership(partnership):
    _, manifest = partnership
    names = [agency.name for agency in manifest.agencies]
    assert len(names) == len(set(names))
    assert {sent.sent_by for sent in manifest.files} <= set(names)


def test_every_csv_file_has_the_columns_of_its_feed_and_as_many_rows_as_the_manifest_says(partnership):
    folder, manifest = partnership
    for sent in manifest.files:
        if not sent.path.endswith(".csv"):
            continue
        rows = read_csv(folder / sent.path)
        table = re.sub(r"^\d{4}_[a-z]+_|-.*$", "", sent.path)
        expected = COLUMNS.get(sent.feed) or TABLES.get(table) or RETURN[sent.path.split("-")[1]]
        assert tuple(rows[0]) == tuple(expected), sent.path
        assert len(rows) == sent.rows
        assert all(None not in row for row in rows)


def test_every_json_file_opens_and_has_as_many_objects_as_the_manifest_says(partnership):
    folder, manifest = partnership
    kinds = Counter()
    for sent in manifest.files:
        if not sent.path.endswith((".json", ".jsonl")):
            continue
        items = read_json(folder / sent.path)
        assert len(items) == sent.rows
        for item in items:
            if sent.feed == "timeline":
                assert set(item["facts"]) <= {fact.key for fact in KINDS[item["kind"]].facts}
            elif sent.feed == "social-care-api":
                assert set(item) == {"la_code", "Children"}
            else:
                assert set(item) <= set(COLUMNS[sent.feed])
            kinds[sent.feed] += 1
    assert min(kinds.values()) > 0


def test_the_census_of_children_in_need_is_valid(thousands):
    folder, manifest = thousands
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    files = [sent.path for sent in manifest.files if sent.feed == "cin-census"]
    assert len(files) == 5
    for name in files:
        document = etree.parse(folder / name)
        assert schema.validate(document), schema.error_log
        assert "invented" in (folder / name).read_text(encoding="utf-8")


def test_every_payload_names_the_council_and_the_child(partnership):
    folder, manifest = partnership
    for sent in manifest.files:
        if sent.feed == "social-care-api":
            for item in read_json(folder / sent.path):
                assert item["la_code"] in {212, 341, 342, 343, 344, 889, 943}
                assert item["Children"]["la_child_id"]
                assert item["Children"]["child_details"]["surname"]


def test_nothing_that_is_told_lies_in_the_future(thousands):
    folder, manifest = thousands
    told = 0
    for sent in manifest.files:
        assert sent.arrived_at < MIDNIGHT, sent.path
        if sent.feed in {"police-custody", "police-events"}:
            rows = read_csv(folder / sent.path) if sent.path.endswith(".csv") else read_json(folder / sent.path)
            for row in rows:
                for name in INSTANTS:
                    if row.get(name):
                        assert datetime.fromisoformat(row[name]) <= sent.arrived_at, (sent.path, row)
                        told += 1
        elif sent.feed == "timeline":
            for entry in read_json(folder / sent.path):
                assert entry["at"] < "2026-11-20"
                assert len(entry["at"]) == 10 or datetime.fromisoformat(entry["at"]) <= sent.arrived_at
                told += 1
        elif sent.feed == "exclusions":
            for row in read_csv(folder / sent.path):
                assert read_day(row["start_date"]) < TODAY
    assert told > 1000


def test_each_arrest_takes_its_course_in_order(thousands):
    folder, manifest = thousands
    steps = ("arrested_at", "appropriate_adult_told_at", "appropriate_adult_arrived_at", "interviewed_at",
             "released_at")
    seen = 0
    for sent in manifest.files:
        if sent.feed == "police-custody":
            for row in read_csv(folder / sent.path) if sent.path.endswith(".csv") else read_json(folder / sent.path):
                times = [datetime.fromisoformat(row[step]) for step in steps if row.get(step)]
                assert times == sorted(times)
                seen += 1
    assert seen > 30


def test_every_home_postcode_exists_in_the_directory(partnership):
    folder, manifest = partnership
    seen = set()
    for sent in manifest.files:
        if sent.feed in {"attendance", "exclusions"}:
            seen |= {row["postcode"] for row in read_csv(folder / sent.path) if row["postcode"]}
    assert len(seen) > 60
    assert all(place_of(postcode).exact for postcode in seen)


def test_the_truth_tells_of_every_row_which_child_it_is_about(partnership):
    folder, manifest = partnership
    children = {row["child"] for row in read_csv(folder / "truth/children.csv")}
    records = {row["record"]: row for row in read_csv(folder / "truth/records.csv")}
    assert len(children) == 300
    rows = Counter()
    for row in read_csv(folder / "truth/rows.csv"):
        assert row["child"] in children
        assert records[row["record"]]["child"] == row["child"]
        rows[row["file"]] += 1
    assert rows == Counter({sent.path: sent.rows for sent in manifest.files if sent.story is None})
    stories = Counter(row["file"] for row in read_csv(folder / "truth/stories.csv"))
    assert stories == Counter({sent.path: sent.rows for sent in manifest.files if sent.story})


def test_the_row_numbers_of_the_truth_count_as_a_spreadsheet_does(partnership):
    folder, manifest = partnership
    name = next(sent.path for sent in manifest.files if sent.feed == "exclusions" and sent.story is None)
    rows = read_csv(folder / name)
    records = {row["record"]: row for row in read_csv(folder / "truth/records.csv")}
    for told in read_csv(folder / "truth/rows.csv"):
        if told["file"] == name:
            row = rows[int(told["row"]) - FIRST_CSV_ROW]
            assert (row["forename"], row["surname"]) == (records[told["record"]]["forename"],
                                                        records[told["record"]]["surname"])


def test_nobody_can_be_rung_or_written_to(partnership):
    _, manifest = partnership
    drama = re.compile(r"0151 496 0\d{3}|020 7946 0\d{3}|01632 960\d{3}")
    for agency in manifest.agencies:
        for reachable in (agency, *agency.officers):
            assert drama.fullmatch(reachable.phone)
            assert reachable.email.endswith(".example")
        assert drama.fullmatch(agency.duty_phone)
    phones = [one for agency in manifest.agencies for one in (agency.phone, agency.duty_phone)]
    assert len(phones) == len(set(phones))


def test_the_cast_works_where_the_stories_say(partnership):
    _, manifest = partnership
    where = {officer.name.split()[0]: (agency.name, officer.role)
             for agency in manifest.agencies for officer in agency.officers if officer.name.split()[0] in
             {"Beth", "Carl", "Dawn"}}
    assert where["Beth"] == ("Knowsley", "social worker")
    assert where["Carl"] == ("Cheshire Constabulary", "safeguarding officer")
    assert where["Dawn"][1] == "inspector"
    assert not any(sent.sent_by == "Cheshire Constabulary" for sent in manifest.files)


@pytest.mark.parametrize("children", [0, 1, 7])
def test_a_partnership_may_be_very_small(tmp_path, children):
    manifest = write(tmp_path, seed=3, children=children, today=TODAY)
    assert len(read_csv(tmp_path / "truth/children.csv")) == children
    assert manifest.counts.get("children", 0) == children


def test_every_officer_has_an_address_that_the_sign_in_form_takes():
    for agency in agencies():
        for one in agency.officers:
            EmailValidator()(one.email)
