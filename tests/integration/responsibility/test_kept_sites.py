"""Custody suites that a partnership keeps: told, renewed, ended, never removed; an arrest is where its suite is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.responsibility.models import KeptSite
from sightline.apps.responsibility.sites import keep_sites, kept_sites
from sightline.domain.responsibility.sites import Site, SiteKind, SitesRefused, UnknownSite
from tests.integration.conftest import NOW
from tests.integration.responsibility.conftest import FOUND

HEADINGS = "custody_ref,custody_suite,forename,surname,dob,sex,home_postcode,arrested_at,arrest_postcode\n"
WORKINGTON = Site(SiteKind.SUITE, "Workington", "CA14 3YD", None, "Cumbria", date(2010, 1, 1))


@pytest.fixture
def keep(border, as_worker):
    """Keep sites as the worker does, and give what is kept."""

    def keeping(*sites):
        with as_worker(), at_task("test"):
            keep_sites(sites, at=NOW)
            return kept_sites()

    return keeping


@pytest.fixture
def arrest(send, border):
    """Send the custody record of Amara, arrested in Preston and held at a suite."""

    def arresting(suite):
        row = f"C1,{suite},Amara,Okafor,03/04/2011,F,L36 9YZ,{FOUND.isoformat()},PR1 8BH\n"
        facts = send("police-custody", "Lancashire Constabulary", HEADINGS + row, at=FOUND)
        assert (facts.state, facts.accepted) == ("done", 1), facts

    return arresting


def test_a_site_that_is_told_again_with_its_last_day_answers_for_its_time(keep):
    keep(WORKINGTON)
    kept = keep(Site(SiteKind.SUITE, "Workington", "CA14 3YD", None, "Cumbria", date(2010, 1, 1), date(2025, 12, 31)))
    assert len(kept.all) == 1
    assert kept.at(SiteKind.SUITE, "Workington", on=date(2025, 6, 1)).postcode == "CA14 3YD"
    with pytest.raises(UnknownSite, match="was not open"):
        kept.at(SiteKind.SUITE, "Workington", on=date(2026, 1, 1))


def test_two_tellings_of_a_site_for_the_same_days_are_refused_whole(keep):
    keep(WORKINGTON)
    with pytest.raises(SitesRefused, match="told twice for the same days"):
        keep(Site(SiteKind.SUITE, "Kendal", "LA9 4RJ", None, "Cumbria"),
             Site(SiteKind.SUITE, "Workington", "CA14 2XG", None, "Cumbria", date(2020, 1, 1)))
    assert [site.name for site in keep().all] == ["Workington"]


def test_the_database_refuses_a_site_that_is_nowhere_or_ends_before_it_begins(keep, as_worker):
    for wrong in ({"since": date(2026, 1, 2), "until": date(2026, 1, 1), "council": "Sefton"}, {"council": ""}):
        with as_worker(), at_task("test"), pytest.raises(IntegrityError), transaction.atomic():
            KeptSite.objects.create(kind="custody-suite", name="X", postcode="", force="", kept_at=NOW, **wrong)


def test_a_child_who_is_held_at_a_suite_that_is_kept_is_enquired_for_where_the_suite_is(amara, keep, arrest, event_of):
    keep(WORKINGTON)
    arrest("Workington custody suite")
    now = event_of(amara)
    assert (now.owner_agency.name, now.rule) == ("Lancashire Constabulary", "R5")
    assert "Cumberland" in now.tell


def test_a_suite_that_nobody_has_told_changes_nothing(amara, keep, arrest, event_of):
    arrest("Workington custody suite")
    now = event_of(amara)
    assert (now.owner_agency.name, now.rule) == ("Lancashire Constabulary", "R5")
    assert "Lancashire" in now.tell
    assert "Cumberland" not in now.tell
