"""Custody suites and children's homes: read from a file or refused in words, and found by name on a day."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.responsibility.sites import Site, SiteKind, Sites, SitesRefused, UnknownSite, read_sites
from sightline.interfaces.cli.main import main

FILE = """kind,name,postcode,council,force,from,to
custody-suite,Workington,CA14 3YD,,Cumbria,2010-01-01,
custody-suite,Old Street,PR1 2DP,,Lancashire,,31/12/2024
custody-suite,Preston,PR1 2DP,,Lancashire,01/01/2025,
custody-suite,Preston,L3 3HJ,,Merseyside,2020-01-01,
childrens-home,Sea View,,Blackpool,,2019-04-01,
"""


def sites():
    return Sites(read_sites(FILE))


@pytest.mark.parametrize(
    "told", ["Workington", "workington custody suite", "WORKINGTON POLICE STATION", " Workington "])
def test_a_suite_is_found_however_its_name_is_written(told):
    assert sites().at(SiteKind.SUITE, told, on=date(2026, 5, 10)).postcode == "CA14 3YD"


def test_a_suite_that_closed_answers_for_its_time_and_says_when_it_was_open():
    assert sites().at(SiteKind.SUITE, "Old Street", on=date(2024, 12, 31)).force == "Lancashire"
    with pytest.raises(UnknownSite, match="was not open on 1 January 2025: to 31 December 2024"):
        sites().at(SiteKind.SUITE, "Old Street", on=date(2025, 1, 1))
    with pytest.raises(UnknownSite, match="was not open"):
        sites().at(SiteKind.SUITE, "Old Street", on=None)


def test_of_two_with_one_name_the_force_says_which():
    day = date(2026, 5, 10)
    with pytest.raises(UnknownSite, match="Say which: Preston, Lancashire; Preston, Merseyside"):
        sites().at(SiteKind.SUITE, "Preston", on=day)
    assert sites().at(SiteKind.SUITE, "Preston, Merseyside", on=day).postcode == "L3 3HJ"
    assert sites().at(SiteKind.SUITE, "Preston", on=day, force="Lancashire Constabulary").postcode == "PR1 2DP"
    assert sites().at(SiteKind.SUITE, "Preston", on=date(2023, 1, 1)).postcode == "L3 3HJ", "only one was open then"


def test_a_home_is_no_suite():
    assert sites().at(SiteKind.HOME, "Sea View", on=None).where == "Blackpool"
    with pytest.raises(UnknownSite, match="No custody suite of that name is kept"):
        sites().at(SiteKind.SUITE, "Sea View", on=None)


@pytest.mark.parametrize(("text", "words"), [
    ("", "The headings must be"), ("kind,name\n", "no site in it"), ("kind,place\ncustody-suite,X\n", "headings"),
    ("kind,name,council\nprison,X,Sefton\n", "Line 2: kind must be one of custody-suite, childrens-home"),
    ("kind,name,council\ncustody-suite,,Sefton\n", "Line 2 has no name"),
    ("kind,name\ncustody-suite,X\n", "Line 2: give the postcode, or the council"),
    ("kind,name,council,from\ncustody-suite,X,Sefton,31/02/2024\n", "Line 2: write days as"),
    ("kind,name,council,from,to\ncustody-suite,X,Sefton,2024-02-01,2024-01-01\n", "ends .* before it begins"),
    ("kind,name,council\ncustody-suite,X,Sefton,more\n", "more columns than headings"),
    ("kind,name,council\ncustody-suite,X,Sefton\ncustody-suite,x custody,Sefton\n", "told twice for the same days"),
    ('kind,name,council\ncustody-suite,"X,Sefton\n', "is not CSV"),
])
def test_what_cannot_be_kept_is_refused_by_its_line(text, words):
    with pytest.raises(SitesRefused, match=words):
        read_sites(text)


@given(text=st.text() | st.text(alphabet='kind,name\n"custody-suite'))
def test_any_text_is_read_or_refused(text):
    try:
        assert all(isinstance(site, Site) for site in read_sites(text))
    except SitesRefused as why:
        assert str(why)


def asked(tmp_path, facts, *more):
    (tmp_path / "facts.json").write_text(json.dumps(facts), "utf-8")
    (tmp_path / "sites.csv").write_text(FILE, "utf-8")
    sites = ["--sites", str(tmp_path / "sites.csv")] if not more else list(more)
    return CliRunner().invoke(main, ["responsibility", str(tmp_path / "facts.json"), "--json", *sites])


def test_the_command_takes_a_suite_by_name_and_knows_the_council_of_the_day(tmp_path):
    facts = {"custody_suite": "Workington", "home_in": "Liverpool", "status": ["arrested"]}
    then = json.loads(asked(tmp_path, facts | {"at": "2022-05-10T23:15:00+01:00"}).stdout)
    now = json.loads(asked(tmp_path, facts | {"at": "2026-05-10T23:15:00+01:00"}).stdout)
    assert (then["owner_now"], then["rule"], then["enquires"]) == ("Cumbria Constabulary", "R5", "Cumbria")
    assert (now["owner_now"], now["rule"], now["enquires"]) == ("Cumbria Constabulary", "R5", "Cumberland")


def test_the_command_takes_a_home_by_name_and_names_its_host(tmp_path):
    facts = {"childrens_home": "Sea View", "looked_after_by": "Wandsworth", "at": "2026-05-10T23:15:00+01:00"}
    given = json.loads(asked(tmp_path, facts).stdout)
    assert (given["owner_now"], given["enquires"]) == ("Wandsworth", "Blackpool")
    assert "Lancashire Constabulary" in given["tell"]


def test_the_command_refuses_in_words_a_name_that_is_not_kept_and_a_file_that_is_none(tmp_path):
    refused = asked(tmp_path, {"custody_suite": "Nowhere"})
    assert refused.exit_code == 1
    assert "custody_suite: No custody suite of that name is kept" in json.loads(refused.stdout)["refused"]
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00kind")
    for file in ("bytes.csv", "facts.json", "nothing.csv"):
        wrong = asked(tmp_path, {"custody_suite": "Workington"}, "--sites", str(tmp_path / file))
        assert wrong.exit_code == 2
        assert "The file of sites" in wrong.output
