"""Invented lives come to the published rates, in families as families are."""

import csv
from collections import Counter, defaultdict

import pytest

from sightline.demonstration.measured import MEASURES, measure
from sightline.demonstration.pathways import ASSUMED, SHARES, WEIGHTS, Pathway, shared
from sightline.demonstration.places import AREAS_OF_COUNCIL
from sightline.demonstration.rates import rate, rates
from sightline.reference.codes import special_need_types


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.event)
def test_what_is_invented_comes_to_what_was_published(thousands, one):
    """Allowed: a tenth, and three times the spread that so few cases have by chance (twice it for bunched events)."""
    _, manifest = thousands
    found = next(m for m in measure(manifest.counts) if m.measure == one)
    bunched = 6 if one.event.startswith("suspensions") else 3
    chance = bunched * max(found.cases, found.published * found.of / one.per) ** 0.5 / found.of * one.per
    assert abs(found.invented - found.published) <= 0.1 * found.published + chance


def test_each_rate_names_its_official_table_and_row():
    for one in rates().values():
        assert one.source.endswith(".csv")
        assert one.row
        assert one.value >= 0


def test_a_rate_keeps_its_average_when_it_is_shared_among_pathways():
    for kind in SHARES:
        parts = shared(0.05, kind)
        assert sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True)) == pytest.approx(0.05)
        assert sum(SHARES[kind]) == pytest.approx(1)


def test_the_rates_of_a_council_are_its_own():
    assert rate("permanent exclusions, secondary", "E08000011") == 0.652
    assert rate("permanent exclusions, secondary", "E10000017") == 0.502
    assert {one.area_code for one in rates().values() if one.rate == "looked after"} == set(AREAS_OF_COUNCIL)


def test_there_are_twins_siblings_and_step_families(thousands):
    folder, _ = thousands
    children = read(folder / "truth/children.csv")
    families = defaultdict(list)
    for child in children:
        families[child["family"]].append(child)
    twins = [child for child in children if child["twin_of"]]
    by_id = {child["child"]: child for child in children}
    assert 0.005 < len(twins) / len(children) < 0.04
    for twin in twins:
        other = by_id[twin["twin_of"]]
        assert (twin["dob"], twin["family"]) == (other["dob"], other["family"])
        assert twin["forename"] != other["forename"]
    assert sum(len(found) > 1 for found in families.values()) > 0.3 * len(families)
    assert all(len({child["forename"] for child in found}) == len(found) for found in families.values())
    british = [found for found in families.values() if len(found) > 1 and found[0]["naming_tradition"] == "british"]
    two_surnames = sum(len({child["surname"] for child in found}) > 1 for found in british)
    assert 0.02 < two_surnames / len(british) < 0.2


def test_no_name_dominates_and_all_communities_are_there(thousands):
    folder, _ = thousands
    children = read(folder / "truth/children.csv")
    for column, most in (("forename", 0.012), ("surname", 0.012)):
        name, count = Counter(child[column] for child in children).most_common(1)[0]
        assert count / len(children) < most, name
    groups = Counter(child["ethnicity"] for child in children)
    assert {"WBRI", "WIRI", "WOTH", "APKN", "AIND", "ABAN", "CHNE", "BAFR", "BCRB", "MWBC", "OOTH"} <= set(groups)
    assert 0.75 < groups["WBRI"] / len(children) < 0.92
    assert len({child["forename"] for child in children}) > 1000


def test_agencies_make_their_mistakes_and_a_school_fewer_than_the_police(thousands):
    folder, _ = thousands
    wrong, all_of = Counter(), Counter()
    kinds = Counter()
    for record in read(folder / "truth/records.csv"):
        kind = "police" if record["agency"] in {"Merseyside", "Lancashire", "Cumbria"} else (
            "school" if record["agency"][-7:].isdigit() else "other")
        all_of[kind] += 1
        wrong[kind] += bool(record["mistakes"])
        kinds.update(record["mistakes"].split("; ") if record["mistakes"] else [])
    assert wrong["school"] / all_of["school"] < 0.3 < wrong["police"] / all_of["police"]
    assert {"typing", "short form", "other spelling", "other surname", "day and month swapped", "old postcode",
            "temporary UPN", "wrong UPN", "no postcode", "no birth", "day unknown, written as the 15th",
            "given and family name swapped"} <= set(kinds)


def test_schools_send_what_they_provide_for_special_educational_needs(thousands):
    """About one pupil in five, as assumed."""
    folder, manifest = thousands
    told = {}
    for sent in manifest.files:
        column = {"attendance": "sen_provision", "school-census": "senprovision"}.get(sent.feed)
        for row in read(folder / sent.path) if column and sent.path.endswith(".csv") else ():
            if row.get(column):
                told[sent.path, row.get("upn") or row.get("pupilonrolltableid")] = row[column]
    counts = Counter(told.values())
    pupils = sum(counts.values())
    assert pupils > 3000
    assert set(counts) == {"N", "K", "E"}
    assert counts["K"] / pupils == pytest.approx(0.14, abs=0.02)
    assert counts["E"] / pupils == pytest.approx(0.05, abs=0.015)


def test_a_child_who_was_drawn_in_has_a_plan_as_often_as_those_cautioned_or_sentenced():
    assert shared(ASSUMED["share of pupils with an education, health and care plan"],
                  "education, health and care plan")[Pathway.DRAWN_IN] == pytest.approx(0.13, abs=0.005)


def test_the_census_names_the_types_of_need_of_those_with_a_need_and_of_no_other(thousands):
    folder, manifest = thousands
    tables = {}
    for name in ("pupilonroll", "senneeds"):
        tables[name] = [(sent.path.split("_")[:2], row) for sent in manifest.files if f"_{name}-" in sent.path
                        for row in read(folder / sent.path)]
    needing = {(term[0], term[1], row["pupilonrolltableid"]) for term, row in tables["pupilonroll"]
               if row["senprovision"] in ("K", "E")}
    named = {(term[0], term[1], row["pupilonrolltableid"]) for term, row in tables["senneeds"]}
    assert needing == named
    assert len(named) > 300
    assert {row["sentype"] for _, row in tables["senneeds"]} <= set(special_need_types())
