"""Agencies and officers are added in words, access ends at once, and lost second factors can be removed."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from sightline.apps.access.acting import at_task, begin_work
from sightline.apps.access.actions import (
    AreaTaken,
    NoSuchDesk,
    NoSuchOfficer,
    end_access,
    keep_agency,
    keep_officer,
)
from sightline.apps.access.models import AuditEntry
from sightline.apps.access.queries import contacts, memberships_of, officer_by_email
from sightline.interfaces.web.sign_in.second_factor import forget_second_factors
from tests.integration.conftest import DESKS, NOW

TODAY = NOW.date()
BETH = "beth@agency.example"


def test_an_area_has_one_council(partnership, as_worker):
    with as_worker(), at_task("test"), pytest.raises(AreaTaken):
        keep_agency(name="Knowsley", kind="council", area="Knowsley", desks=DESKS)


def test_a_council_is_renewed_by_its_own_name(partnership, as_worker):
    with as_worker(), at_task("test"):
        desks = {"safeguarding": {"name": "New desk", "job": "Safeguarding"}}
        again = keep_agency(name="Knowsley Council", kind="council", area="Knowsley", desks=desks)
        assert again == partnership.agencies["Knowsley Council"]
        assert {c.name for c in contacts(again)} == {"New desk", "Mary Manager"}


def test_nobody_is_seated_at_a_desk_that_is_not_there(partnership, as_worker):
    with as_worker(), at_task("test"):
        with pytest.raises(NoSuchDesk):
            keep_officer(email="new@agency.example", name="New", password=None, role="duty-manager", on=TODAY,
                         agency=partnership.agencies["Knowsley Council"], desk="director")
        assert officer_by_email("new@agency.example") is None


def test_who_leaves_can_do_nothing_more_at_once_and_the_desk_is_named(partnership, as_worker, as_web):
    beth = partnership.officers["Beth"]
    with as_worker(), at_task("test"):
        keep_officer(email="deb@agency.example", name="Deb", password=None, role="social-worker", on=date(2026, 1, 1),
                     agency=partnership.agencies["Knowsley Council"], desk="safeguarding")
        assert end_access(email="DEB@agency.example", on=TODAY) == ["safeguarding of Knowsley Council"]
        assert end_access(email=BETH, on=TODAY) == []
        assert officer_by_email(BETH) is None
        assert {(m.agency.name, m.role) for m in memberships_of(beth, on=date(2026, 5, 23))} == set()
        assert [c.officer for c in contacts(partnership.agencies["Knowsley Council"])] == [None, None]
    with as_web():
        assert begin_work(beth, partnership.work["Beth"].work, at=NOW) is None


def test_an_open_session_of_who_left_is_worth_nothing(partnership, browse, as_worker, as_web):
    with browse("Beth") as client:
        assert client.get("/inbox/").status_code == 200
    with as_worker(), at_task("test"):
        end_access(email=BETH, on=TODAY)
    with as_web():
        assert client.get("/inbox/").headers["Location"].startswith("/account/sign-in/")


def test_ending_twice_is_refused_in_words(partnership, as_worker):
    with as_worker(), at_task("test"):
        end_access(email=BETH, on=TODAY)
        with pytest.raises(NoSuchOfficer, match="no officer with this e-mail"):
            end_access(email=BETH, on=TODAY)


def test_lost_second_factors_are_removed_and_the_audit_says_so(partnership, as_web):
    beth, carl = partnership.officers["Beth"], partnership.officers["Carl"]
    with as_web():
        for officer in (beth, beth, carl):
            kind = Authenticator.Type.RECOVERY_CODES if officer == beth and officer_has(beth) else "totp"
            Authenticator.objects.create(user_id=officer, type=kind, data={})
        assert forget_second_factors(beth) == 2
        assert not officer_has(beth)
        assert officer_has(carl)
    kept = AuditEntry.objects.get(act="remove second factors")
    assert (kept.about, kept.writes, kept.children) == ({"officer": str(beth)}, True, [])


def officer_has(officer) -> bool:
    """Tell whether an officer has any second factor."""
    return Authenticator.objects.filter(user_id=officer).exists()
