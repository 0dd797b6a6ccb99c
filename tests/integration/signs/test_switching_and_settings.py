"""How often a sign was right, switching one off for an area, and settings of an area: who may, and what follows."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_officer
from sightline.apps.record.actions import note_news
from sightline.apps.signs.actions import close
from sightline.apps.signs.local import SettingsRefused, edition, editions, local_rules, propose, review
from sightline.apps.signs.measuring import (
    AlreadySwitched,
    NeverSwitchedOff,
    NotBelowItsFloor,
    SwitchNeedsReason,
    measure,
    measured,
    shown_in,
    switch_off,
    switch_on,
    switches,
)
from sightline.apps.signs.models import Measurement
from sightline.apps.signs.queries import attention_of, signs_of
from sightline.domain.access.roles import RoleNotAllowed
from tests.integration.conftest import NOW

TEXT = (Path(__file__).parents[2] / "spec/settings/knowsley.toml").read_text("utf-8").replace(
    "from = 2026-12-01", "from = 2026-05-23")
UNTIL = NOW + timedelta(days=60)
TOMORROW = NOW + timedelta(days=1)


def wrong_often(partnership, as_worker, *, code: str = "C05", of: int = 60) -> None:
    """Let a sign have been confirmed once among many, everywhere here."""
    with as_worker(), at_task("test"):
        Measurement.objects.create(code=code, area=None, confirmed=1, other=of - 1, wrong_person=0, wrong_data=0,
                                   stale=2, at=NOW)


def off(acting, code: str = "C05", *, who: str = "Mary", until: datetime = UNTIL, reason: str = "Mostly wrong",
        passed: int = 0) -> None:
    with acting(who) as me:
        switch_off(acting=me, code=code, until=until, reason=reason, passed=passed, at=NOW)


def read_again(person, as_worker, *, at: datetime) -> None:
    with as_worker():
        with at_task("test"):
            note_news([person], at=at)
        flow.read_news(at=lambda: at)


def test_a_sign_counts_once_by_what_was_said_of_it_last(amara, acting, as_worker, partnership):
    for who, outcome in (("Beth", "other-explanation"), ("Mary", "confirmed")):
        with acting(who) as me:
            sign = next(s for s in signs_of(amara) if s.code == "C05")
            at = NOW + timedelta(hours=who == "Mary")
            close(sign=sign.id, outcome=outcome, reason="x", officer=me.officer, at=at)
    with as_worker(), at_task("measure"):
        measure(at=NOW)
        measure(at=TOMORROW)
    with acting("Mary") as mary:
        everywhere, here = measured(area=mary.agency, codes=["C05"])
    assert (everywhere.area, here.area) == (None, "Knowsley Council")
    for told in (everywhere, here):
        assert (told.confirmed, told.n, told.at) == (1, 1, TOMORROW)
    with acting("Carl") as carl:
        assert [one.area for one in measured(area=carl.agency, codes=["C05"])] == [None]
    with acting("Dawn"):
        assert len(measured(everywhere=True)) == 2


def test_the_reason_for_closing_is_kept_for_the_agency_that_closed_and_for_no_other(amara, acting):
    with acting("Mary"):
        sign = next(s for s in signs_of(amara) if s.code == "C05")
    with (pytest.raises(DatabaseError, match="row-level security"), acting("Mary") as mary,
          connection.cursor() as cursor):
        cursor.execute("insert into signs_closing (sign_id, because, outcome, reason, officer_id, agency_id, at)"
                       " select %s, '{}', 'stale', 'x', %s, a.id, now() from access_agency a where a.name like 'Ess%%'",
                       [sign.id, mary.officer])


def test_a_sign_that_is_off_is_still_shown_asks_nobody_and_says_so(amara, acting, as_worker, partnership, browse):
    wrong_often(partnership, as_worker)
    with acting("Beth"):
        before = attention_of(amara)
    assert before is not None
    assert "C05" in before.because
    off(acting)
    with as_worker(), at_task("test"):
        assert shown_in(area=partnership.agencies["Knowsley Council"], code="C05") == [amara]
        assert shown_in(area=partnership.agencies["Essex Council"], code="C05") == []
    with as_worker():
        flow.read_after_switch("C05", area=partnership.agencies["Knowsley Council"], at=lambda: NOW)
    with acting("Beth"):
        told, sign = attention_of(amara), next(s for s in signs_of(amara) if s.code == "C05")
    assert told is not None
    assert "C05" not in told.because
    assert sign.off is not None
    assert (sign.off.area, sign.off.until, sign.off.reason) == ("Knowsley Council", UNTIL, "Mostly wrong")
    with browse("Beth") as client:
        page = client.get(f"/children/{amara}/").content.decode()
    assert "Below its floor" in page
    assert "confirmed in 1 of 60 that were closed with a finding: 2%" in page
    read_again(amara, as_worker, at=UNTIL + timedelta(minutes=1))
    with acting("Beth"):
        assert "C05" in attention_of(amara).because, "it asks again by itself"


def test_a_switch_comes_with_its_end_to_be_looked_at_again(amara, acting, as_worker, partnership):
    wrong_often(partnership, as_worker)
    off(acting)
    read_again(amara, as_worker, at=NOW)
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("select look_again_at from signs_personreading where person_id = %s", [amara])
        assert cursor.fetchone()[0] <= UNTIL


def test_only_a_councils_manager_switches_and_only_what_may_be(amara, acting, as_worker, partnership):
    with pytest.raises(NotBelowItsFloor):
        off(acting)
    wrong_often(partnership, as_worker)
    for code in ("C02", "F01", "no such", "C28"):
        with pytest.raises(NeverSwitchedOff):
            off(acting, code)
    for who in ("Beth", "Lee", "Pat", "Dawn"):
        with pytest.raises(RoleNotAllowed):
            off(acting, who=who)
    for wrong in ({"reason": " "}, {"until": NOW}, {"until": NOW + timedelta(days=182)}):
        with pytest.raises(SwitchNeedsReason):
            off(acting, **wrong)
    off(acting)
    for passed in (0, 1, 7):
        with pytest.raises(AlreadySwitched):
            off(acting, passed=passed)
    with acting("Mary") as mary:
        switch_on(acting=mary, code="C05", reason="It was right after all", passed=1, at=NOW)
        with pytest.raises(AlreadySwitched):
            switch_on(acting=mary, code="C05", reason="again", passed=2, at=NOW)
        told = switches(area=mary.agency, at=NOW, most=9)
    assert [(one.off, one.holds, one.number) for one in told] == [(False, False, 2), (True, False, 1)]
    with acting("Carl") as carl:
        assert switches(area=carl.agency, at=NOW, most=9) == []
    with acting("Dawn"):
        assert {one.area for one in switches(area=None, at=NOW, most=9)} == {"Knowsley Council"}


def test_a_force_whose_manager_may_switch_nothing_is_refused_by_the_database(acting, as_worker, partnership):
    wrong_often(partnership, as_worker)
    with as_worker(), at_task("test"):
        keep_officer(email="ida@agency.example", name="Ida", password=None,
                     agency=partnership.agencies["Merseyside Police"], role="duty-manager", on=date(2026, 1, 1))
    with acting("Pat"), connection.cursor() as cursor:
        cursor.execute("select sightline_switch_sign('C05', 0, true, %s, 'x', %s)", [UNTIL, NOW])
        assert cursor.fetchone()[0] is False
        cursor.execute("select sightline_propose_settings('x', %s, 'x', %s)", [NOW.date(), NOW])
        assert cursor.fetchone()[0] is None


def test_the_pages_of_signs_show_each_their_own(amara, acting, as_worker, partnership, browse):
    wrong_often(partnership, as_worker)
    with browse("Mary") as client:
        page = client.get("/oversight/signs/").content.decode()
        assert "/oversight/signs/C05/switch/" in page
        assert "/oversight/signs/C02/switch/" not in page, "critical"
        assert "never switched off" in client.get("/oversight/signs/C02/switch/").content.decode()
        assert client.get("/oversight/signs/X99/switch/").status_code == 404
        day = datetime.now(NOW.tzinfo) + timedelta(days=30)
        form = {"passed": "0", "until_day": day.day, "until_month": day.month, "until_year": day.year}
        assert client.post("/oversight/signs/C05/switch/", form).status_code == 422, "no reason"
        answer = client.post("/oversight/signs/C05/switch/", {**form, "reason": "Wrong in 59 of 60"})
        assert answer.status_code == 302
        assert "Off now" in client.get("/oversight/signs/").content.decode()
        assert "Switch the sign on again" in client.get("/oversight/signs/C05/switch/").content.decode()
        assert "Your agency has switched it off" in client.get("/rules/signs/C05/").content.decode()
    with browse("Beth") as client:
        assert "Switched off by Knowsley Council until" in client.get(f"/children/{amara}/").content.decode()
    with browse("Dawn") as client:
        page = client.get("/oversight/signs/").content.decode()
        assert "Knowsley Council" in page
        assert "Wrong in 59 of 60" in page
        assert "/switch/" not in page
    with browse("Carl") as client:
        page = client.get("/oversight/signs/").content.decode()
        assert "Knowsley" not in page
        assert "Below its floor" in page


def test_a_sign_is_kept_on_its_page(amara, acting, browse):
    with acting("Beth"):
        sign = next(s for s in signs_of(amara) if s.code == "C05")
    with browse("Beth") as client:
        assert "180 days" in client.get(f"/signs/{sign.id}/keep/").content.decode()
        assert client.post(f"/signs/{sign.id}/keep/", {"reason": " "}).status_code == 422
        assert client.post(f"/signs/{sign.id}/keep/", {"reason": "Still out of school"}).status_code == 302
        page = client.get(f"/children/{amara}/").content.decode()
    assert "Still out of school" in page
    assert "Shown until" in page
    with browse("Lee") as client:
        assert client.get(f"/signs/{sign.id}/keep/").status_code == 403
    with browse("Carl") as client:
        assert client.get(f"/signs/{sign.id}/keep/").status_code == 404


def test_the_page_says_who_never_answered_what_they_usually_send_and_since_when(amara, browse, send):
    fine = {"id": "n1", "child": "z1", "kind": "police.stop", "at": "2026-05-02T10:00:00+01:00", "by": "M",
            "identity": {"given": "Zed", "family": "Nobody", "born_on": "2011-01-01"}}
    assert send("timeline", "Merseyside Police", json.dumps(fine)).accepted == 1
    with browse("Beth") as client:
        page = client.get(f"/children/{amara}/").content.decode()
    assert "Merseyside Police</strong>: usually sends" in page
    assert "We first heard of this child on" in page


def test_settings_take_two_people_hold_from_their_day_and_name_their_edition(amara, send, acting, as_worker, browse):
    homes = "".join(json.dumps({
        "id": f"a{day}", "child": "p1", "kind": "missing.absent", "at": f"2026-05-{day:02}", "by": "Brook High School",
        "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "upn": "A950000178301"}}) + "\n"
        for day in (1, 10, 20))
    assert send("timeline", "Brook High School", homes).accepted == 3
    with acting("Beth") as beth:
        made = propose(acting=beth, text=TEXT, at=NOW)
        with pytest.raises(SettingsRefused, match="already"):
            propose(acting=beth, text=TEXT, at=NOW)
        with pytest.raises(RoleNotAllowed):
            review(acting=beth, settings_id=made, applied=True, reason="Mine", at=NOW)
        assert local_rules([beth.agency], on=TOMORROW.date()) == {}, "nobody has applied it"
    with browse("Carl") as client:
        assert "2026-12" in client.get("/oversight/signs/settings/").content.decode()
        assert "Review it" not in client.get(f"/oversight/signs/settings/{made}/").content.decode()
        assert client.post(f"/oversight/signs/settings/{made}/", {"outcome": "applied"}).status_code == 404
    with acting("Mary") as mary:
        with pytest.raises(SettingsRefused, match="Say in a sentence"):
            review(acting=mary, settings_id=made, applied=True, reason=" ", at=NOW)
        with pytest.raises(SettingsRefused, match="a day to come"):
            review(acting=mary, settings_id=made, applied=True, reason="x", at=TOMORROW)
        review(acting=mary, settings_id=made, applied=True, reason="Read every case", at=NOW)
        with pytest.raises(SettingsRefused, match="only once"):
            review(acting=mary, settings_id=made, applied=False, reason="x", at=NOW)
        assert local_rules([mary.agency], on=NOW.date()) == {}
        assert [rule.code for rule in local_rules([mary.agency], on=TOMORROW.date())[mary.agency]] == ["L-C04", "L01"]
        found = edition(made, on=TOMORROW.date())
        assert found is not None
        assert (found.author, found.reviewer, found.holds) == ("Beth", "Mary", True)
    read_again(amara, as_worker, at=NOW)
    with acting("Beth"):
        assert {s.code for s in signs_of(amara)} & {"C04", "L-C04"} == set()
    read_again(amara, as_worker, at=TOMORROW)
    with acting("Beth"):
        (local,) = [s for s in signs_of(amara) if s.code == "L-C04"]
    assert local.edition == "L-C04/2026-12 of Knowsley Council"
    assert len(local.because) == 3
    with browse("Beth") as client:
        page = client.get(f"/children/{amara}/").content.decode()
        assert "numbers of the area" in page
        assert "In force" in client.get(f"/oversight/signs/settings/{made}/").content.decode()


def test_who_wrote_settings_does_not_apply_them(acting, as_worker):
    with acting("Mary") as mary:
        made = propose(acting=mary, text=TEXT, at=NOW)
        with pytest.raises(SettingsRefused, match="Another manager"):
            review(acting=mary, settings_id=made, applied=True, reason="Mine", at=NOW)
    with (pytest.raises(DatabaseError, match="somebody else"), as_worker(), at_task("test"),
          connection.cursor() as cursor):
        cursor.execute("insert into signs_settingsreview (settings_id, outcome, reason, reviewer_id, at)"
                       " select id, 'applied', 'x', author_id, now() from signs_localsettings")


def test_settings_whose_cases_fail_or_of_another_area_are_not_even_proposed(acting):
    with acting("Beth") as beth:
        with pytest.raises(SettingsRefused, match="nine days apart"):
            propose(acting=beth, text=TEXT.replace("days = 7", "days = 20"), at=NOW)
        with pytest.raises(SettingsRefused, match="you act for Knowsley Council"):
            propose(acting=beth, text=TEXT.replace("Knowsley Council", "Essex Council"), at=NOW)
        assert editions(on=NOW.date(), most=9) == []
    with acting("Lee") as lee, pytest.raises(RoleNotAllowed):
        propose(acting=lee, text=TEXT, at=NOW)
