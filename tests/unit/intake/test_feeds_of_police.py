"""Custody records from arrest to release, and the other police records of a child."""

import json
from datetime import UTC, date, datetime

import pytest
from sorting import LANCASHIRE, faults_of, kinds, only, sort, sort_cells, told

from sightline.domain.intake.offences import offence_of, property_of
from sightline.domain.intake.row import Sender
from sightline.domain.vocabulary.entry import Companion, Thing
from sightline.domain.vocabulary.kinds import OFFENCES, PROPERTY

CUSTODY = {
    "custody_ref": "CU/417", "force": "Lancashire Constabulary", "custody_suite": "Preston",
    "suite_postcode": "PR1 2HE",
    "pnc_id": "02/73319Z", "forename": "Amara", "surname": "Okafor", "dob": "14/03/2011", "sex": "F",
    "home_postcode": "L36 9YZ", "arrested_at": "2026-05-09T23:40:00+01:00", "arrest_postcode": "PR1 8BH",
    "offence": "Possession with intent to supply class A", "property": "£340 cash; crack; phone with 2 SIM cards",
}  # fmt: skip


def custody(sender=LANCASHIRE, **changes):
    return only(sort_cells("police-custody", CUSTODY | changes, sender=sender))


def at(day, hour, minute):
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def test_an_arrest_is_told_with_its_place_offence_and_what_was_found():
    row = custody()
    arrest = told(row, "police.arrest")
    assert arrest.at == at(9, 22, 40)
    assert arrest.facts == {
        "offence": "drugs-supply", "property": ("cash", "class-a", "sim", "phone"), "custody_suite": "Preston",
    }  # fmt: skip
    assert arrest.place.postcode == "PR1 8BH"
    assert kinds(row) == ["police.arrest", "child.born", "child.home"]
    assert (row.identity.scheme, row.identity.key) == ("police-custody", "CU/417")
    assert row.identity.identifiers == {"pnc": "02/73319Z"}


def test_everything_that_happened_in_custody_becomes_an_entry_of_its_own():
    row = custody(
        appropriate_adult="Grandmother", interviewed_at="10/05/2026 03:30", charged_at="10/05/2026 05:00",
        no_further_action_at="10/05/2026 05:10", disposal="community resolution", disposed_at="10/05/2026 05:20",
        released_at="10/05/2026 06:15", release_mode="Public transport alone", received_by="nobody",
        home_council="Knowsley", home_council_told_at="10/05/2026 02:00", referral_sent_at="10/05/2026 00:30",
        referral_to="Knowsley",
    )  # fmt: skip
    assert kinds(row) == [
        "police.arrest", "police.interview", "police.charge", "police.no-further-action", "police.disposal",
        "police.release", "notice.sent", "care.referral", "child.born", "child.home",
    ]  # fmt: skip
    assert told(row, "police.interview").facts["appropriate_adult"] == "Grandmother"
    assert told(row, "police.disposal").facts["decision"] == "community resolution"
    release = told(row, "police.release")
    assert release.facts == {"mode": "public-transport-alone", "received_by": "nobody", "home_council_told": True}
    assert (release.at, release.place.postcode) == (at(10, 5, 15), "PR1 2HE")
    assert (told(row, "notice.sent").at, told(row, "notice.sent").facts) == (at(10, 1, 0), {"to": "Knowsley"})
    assert told(row, "care.referral").facts == {"source": "6"}
    assert len({one.key for one in row.told}) == len(row.told)


def test_a_home_council_that_was_not_told_is_unknown_not_no():
    assert "home_council_told" not in told(custody(released_at="10/05/2026 06:15"), "police.release").facts


def test_a_record_that_is_sent_again_with_more_keeps_its_keys():
    first, second = custody(), custody(pnc_id="", charged_at="10/05/2026 05:00")
    assert first.identity.key == second.identity.key
    assert told(first, "police.arrest").key == told(second, "police.arrest").key


def test_another_force_that_sends_names_the_force_of_the_record():
    row = custody(sender=Sender("Merseyside Police", "police"))
    assert {one.by for one in row.told} == {"Lancashire Constabulary"}
    assert {one.by for one in custody().told} == {None}


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"arrested_at": "09/05/2026"}, "arrested_at", "no date with a time"),
        ({"arrested_at": "29/03/2026 01:30"}, "arrested_at", "did not exist"),
        ({"arrested_at": "25/10/2025 01:30", "released_at": "26/10/2025 01:30"}, "released_at", "was twice"),
        ({"released_at": "09/05/2026 20:00"}, "released_at", "lies before arrested_at"),
        ({"charged_at": "10/06/2026 10:00"}, "charged_at", "lies in the future"),
        ({"dob": "01/01/2001"}, "dob", "18 or over"),
        ({"dob": "10/05/2026"}, "dob", "after the event"),
        ({"custody_ref": ""}, "custody_ref", "is missing"),
    ],
)
def test_what_cannot_be_is_turned_back(changes, column, words):
    row = custody(**changes)
    assert row.identity is None
    assert [(name, words in said) for name, said in faults_of([row], turns_back=True)] == [(column, True)]


def test_a_child_is_one_until_the_eighteenth_birthday():
    assert custody(dob="10/05/2008").identity is not None
    assert custody(dob="09/05/2008").identity is None


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"pnc_id": "02/73319A"}, "pnc_id", "check letter"),
        ({"cro": "1/91H"}, "cro", "check letter"),
        ({"suite_postcode": "x"}, "suite_postcode", "names no place"),
        ({"offence": "mischief"}, "offence", "not recognised"),
        ({"property": "cash;teddy bear"}, "property", "'teddy bear'"),
        ({"released_at": "10/05/2026 06:15", "release_mode": "walked"}, "release_mode", "left open"),
        ({"disposal": "caution"}, "disposed_at", "without its time"),
        ({"pnc_id": "", "forename": "", "surname": ""}, "surname", "a person must link"),
    ],
)
def test_what_is_doubtful_is_kept_with_a_note(changes, column, words):
    row = custody(**changes)
    assert row.identity is not None
    assert [(name, words in said) for name, said in faults_of([row])] == [(column, True)]


def test_the_same_record_in_json_says_the_same():
    from_cells = custody()
    listed = CUSTODY | {"property": ["£340 cash", "crack", "phone with 2 SIM cards"], "charged_at": None}
    for content in (json.dumps(listed), json.dumps([listed]), json.dumps(listed) + "\n"):
        row = only(sort("police-custody", content, sender=LANCASHIRE))
        assert (row.identity, row.told) == (from_cells.identity, from_cells.told)


def test_an_object_where_text_belongs_is_a_fault_and_a_strange_key_a_note():
    row = only(sort("police-custody", json.dumps(CUSTODY | {"surname": {"x": 1}, "shoe": 7}), sender=LANCASHIRE))
    assert faults_of([row], turns_back=True)[0][0] == "surname"
    assert faults_of([row], turns_back=False)[0] == ("shoe", "This is no key of this feed; it was not read.")


EVENT = {
    "record_ref": "R/1", "record_type": "missing-report", "occurred_at": "2026-05-08T21:30:00+01:00", "postcode":
    "L36 9YZ", "forename": "Amara", "surname": "Okafor", "dob": "14/03/2011",
}  # fmt: skip


def event(**changes):
    return only(sort_cells("police-events", EVENT | changes, sender=LANCASHIRE))


def test_a_missing_report_with_its_end_is_also_the_return():
    row = event(ended_at="2026-05-09T23:40:00+01:00", grade="medium", reason="argument")
    assert kinds(row) == ["missing.reported", "missing.found", "child.born"]
    reported = told(row, "missing.reported")
    assert (reported.facts, reported.grade) == ({"grade": "medium", "reason": "argument"}, "medium")
    assert (reported.until, told(row, "missing.found").at) == (at(9, 22, 40), at(9, 22, 40))
    assert told(row, "missing.found").place is None


def test_the_school_that_police_know_is_told_of_the_child():
    assert event(school="Brook High School").identity.school == "Brook High School"
    assert event().identity.school is None


def test_who_and_what_was_found_with_a_child_is_told():
    row = event(record_type="missing found", companions="P77:found-with:34; P78:found-with:; P79",
                things="phone:07700900123; line:Max; address:12 Meadow Street: flat 2")  # fmt: skip
    found = told(row, "missing.found")
    assert found.people == (Companion("P77", "found-with", 34), Companion("P78", "found-with"), Companion("P79"))
    assert found.things == (
        Thing("phone", "07700900123"),
        Thing("line", "Max"),
        Thing("address", "12 Meadow Street: flat 2"),
    )
    assert found.place.postcode == "L36 9YZ"


@pytest.mark.parametrize(
    ("record_type", "changes", "kind", "facts"),
    [
        ("stop", {"offence": "cannabis possession", "suspect": "yes"}, "police.stop",
         {"offence": "drugs-possession", "suspect": True}),
        ("domestic-incident", {"child_seen": "no", "grade": "high", "offence": "violence"}, "police.domestic-incident",
         {"child_seen": False, "grade": "high", "offence": "violence"}),
        ("victim", {"offence": "robbery"}, "police.victim", {"offence": "robbery"}),
        ("intelligence", {"grade": "B2A"}, "police.intelligence", {"grade": "B2A"}),
        ("police-protection", {"designated_officer": "Inspector 4411"}, "police.protection",
         {"designated_officer": "Inspector 4411"}),
        ("rail-contact", {"station": "Preston", "reason": "Fare"}, "rail.contact",
         {"station": "Preston", "reason": "fare"}),
        ("missing-found", {"premises": "Cuckooed-Home"}, "missing.found", {"premises": "cuckooed-home"}),
        ("domestic-incident", {"suspect": "yes"}, "police.domestic-incident", {"suspect": True}),
        ("victim", {"offence": "sexual", "online": "yes"}, "police.victim", {"offence": "sexual", "online": True}),
        ("crime-outcome", {"offence": "violence", "withdrew": "yes", "accused_known": "no"}, "police.crime-outcome",
         {"offence": "violence", "withdrew": True, "accused_known": False}),
        ("abduction-warning", {"companions": "P77:warned:34"}, "police.abduction-warning", {}),
        ("high-risk-case", {}, "police.high-risk-case", {}),
        ("online-package", {"sent_by": "NCMEC"}, "police.online-package", {"sent_by": "NCMEC"}),
        ("return-interview", {}, "missing.return-interview", {"offered": True, "held": True}),
        ("return-interview", {"reason": "declined"}, "missing.return-interview", {"offered": True, "held": False}),
        ("return-interview", {"reason": "not offered"}, "missing.return-interview", {"offered": False, "held": False}),
    ],
)  # fmt: skip
def test_each_record_type_becomes_its_kind(record_type, changes, kind, facts):
    row = event(record_type=record_type, **changes)
    assert told(row, kind).facts == facts
    assert row.faults == ()


def test_premises_of_an_unknown_kind_are_left_open_and_said():
    row = event(record_type="stop", premises="a nice house")
    assert told(row, "police.stop").facts == {}
    assert faults_of([row]) == [("premises", "Write dealing-address or cuckooed-home. It was left open.")]


def test_a_package_ends_when_the_police_acted_on_it():
    row = event(record_type="online-package", ended_at="2026-05-09T09:00:00+01:00")
    assert told(row, "police.online-package").until == at(9, 8, 0)


def test_a_record_of_which_only_the_day_is_known_stays_a_day():
    assert told(event(record_type="intelligence", occurred_at="01/05/2026"), "police.intelligence").at == date(
        2026, 5, 1
    )


def test_what_a_record_type_does_not_have_is_noted_and_left_out():
    row = event(record_type="stop", station="Preston", designated_officer="x")
    assert told(row, "police.stop").facts == {}
    assert [name for name, _ in faults_of([row])] == ["station", "designated_officer"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"record_type": "sighting"}, "record_type"),
        ({"ended_at": "2026-05-07"}, "ended_at"),
        ({"companions": "P77:found-with:old"}, "companions"),
        ({"companions": ":found-with:34"}, "companions"),
        ({"things": "boat:1"}, "things"),
        ({"things": "phone"}, "things"),
        ({"occurred_at": "2026-06-09"}, "occurred_at"),
    ],
)
def test_what_cannot_be_read_in_a_record_is_turned_back(changes, column):
    row = event(**changes)
    assert row.identity is None
    assert [name for name, _ in faults_of([row], turns_back=True)] == [column]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Possession with intent to supply a controlled drug of class A - crack cocaine", "drugs-supply"),
        ("PWITS class B", "drugs-supply"),
        ("Being concerned in the supply of heroin", "drugs-supply"),
        ("Production of cannabis", "drugs-supply"),
        ("Possess a controlled drug of Class B - Cannabis/Cannabis Resin", "drugs-possession"),
        ("Possession of a bladed article in a public place", "weapon"),
        ("Possess offensive weapon", "weapon"),
        ("Robbery with a knife", "robbery"),
        ("Assault with intent to rob", "robbery"),
        ("Common assault and battery", "violence"),
        ("Assault on a female by sexual touching", "sexual"),
        ("Section 18 GBH wounding", "violence"),
        ("Theft from shop", "theft"),
        ("Shoplifting", "theft"),
        ("TWOC", "theft"),
        ("Criminal damage to a dwelling", "criminal-damage"),
        ("Affray", "public-order"),
        ("Burglary dwelling", "other"),
        ("Drug driving", "other"),
        ("Dangerous driving", "other"),
        ("drugs-possession", "drugs-possession"),
        ("mischief", None),
        ("", None),
    ],
)
def test_offences_are_grouped_by_what_they_say_and_left_open_otherwise(text, group):
    assert offence_of(text) == group
    assert group is None or group in OFFENCES


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("£50 in notes", ("cash",)), ("3 wraps of heroin", ("class-a",)), ("cannabis joint", ("class-b",)),
        ("iPhone 12", ("phone",)), ("2 SIM cards", ("sim",)), ("Nokia with SIM", ("sim", "phone")),
        ("train ticket to Preston", ("ticket",)), ("kitchen knife", ("weapon",)), ("Class-A", ("class-a",)),
        ("similar coat", ()), ("teddy bear", ()),
    ],
)  # fmt: skip
def test_found_things_are_known_by_what_they_are_called(item, words):
    assert property_of(item) == words
    assert set(words) <= set(PROPERTY)
