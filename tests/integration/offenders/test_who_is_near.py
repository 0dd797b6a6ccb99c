"""A managed offender near a child is found from either side, and told to social care and the manager alone."""

from datetime import date, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.offenders import reading
from sightline.apps.offenders.models import Clock, Join, Offender
from sightline.apps.signs.queries import signs_of
from sightline.domain.offenders.told import standing_of
from sightline.domain.vocabulary.offender import TellingKind
from sightline.flow import read_news
from tests.integration.conftest import NOW
from tests.integration.offenders.conftest import HOME, REGISTERED, lives

AWAY = (TellingKind.AWAY, date(2024, 1, 10), "away/1", {"where": "custody"})


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def notices(as_worker):
    with as_worker(), at_task("test"):
        return rows("select a.name, n.person_id is not null, n.about from duties_notice n"
                    " join access_agency a on a.id = n.to_agency_id where n.key like 'near:%%' order by a.name")


def joined(as_worker):
    with as_worker(), at_task("test"):
        return list(Join.objects.order_by("id").values_list("way", "since", "check_first", "gone_at"))


def test_an_offender_who_moves_in_is_found_and_social_care_and_the_manager_are_told(ellie, tell, as_worker):
    child = ellie()
    tell(REGISTERED, lives())
    assert joined(as_worker) == [("lives", date(2026, 5, 18), "", None)]
    told = notices(as_worker)
    assert [(agency, about_a_child) for agency, about_a_child, _ in told] == [
        ("Knowsley Council", True), ("Merseyside Police", False)]
    assert not any(word in about for _, _, about in told for word in ("Dale", "Storr", "Ellie", "Crosby", "Mill"))
    assert child


def test_a_child_who_moves_in_is_found(ellie, tell, as_worker):
    ellie("3 Other Road")
    tell(REGISTERED, lives())
    assert joined(as_worker) == []
    ellie(HOME, on="2026-05-20")
    assert joined(as_worker) == [("lives", date(2026, 5, 20), "", None)]
    assert [one[0] for one in notices(as_worker)] == ["Knowsley Council", "Merseyside Police"]


def test_a_child_who_moves_away_is_no_longer_near_and_who_comes_back_is_told_anew(ellie, tell, as_worker):
    ellie()
    tell(REGISTERED, lives())
    ellie("3 Other Road", on="2026-05-20")
    assert [gone is not None for *_, gone in joined(as_worker)] == [True]
    ellie(HOME, on="2026-05-21")
    assert sorted((gone is None) for *_, gone in joined(as_worker)) == [False, True]
    assert len(notices(as_worker)) == 4


def test_social_care_sees_the_sign_and_who_the_adult_is(ellie, tell, acting):
    child = ellie()
    tell(REGISTERED, lives())
    with acting("Beth"):
        assert [one.code for one in signs_of(child)] == ["X07"]
        (near,) = rows("select name, category, risk, agency, manager, way from sightline_offenders_near(%s)", child)
        assert near == ("Dale Storr", "1", "high", "Merseyside Police", "Olga", "lives")


def test_a_violent_offender_shows_the_other_sign(ellie, tell, acting):
    child = ellie()
    tell((*REGISTERED[:3], {**REGISTERED[3], "category": "2"}), lives())
    with acting("Beth"):
        assert [one.code for one in signs_of(child)] == ["H06"]


@pytest.mark.parametrize("name", ["Carl", "Lee", "Pat", "Dawn"])
def test_nobody_else_sees_the_offender_the_join_or_the_sign(name, ellie, tell, acting):
    child = ellie()
    offender = tell(REGISTERED, lives())
    with acting(name):
        assert list(Offender.objects.all()) == list(Clock.objects.all()) == []
        assert rows("select * from offenders_telling") == []
        assert rows("select * from sightline_offenders_near(%s)", child) == []
        assert rows("select * from sightline_joins_of(%s, %s)", offender, NOW.date()) == []
        assert [one.code for one in signs_of(child)] == []


def test_the_manager_sees_that_there_is_a_child_and_whom_to_ring_and_no_name(ellie, tell, acting):
    child = ellie()
    offender = tell(REGISTERED, lives())
    with acting("Olga"):
        (join,) = rows("select way, age, council, phone from sightline_joins_of(%s, %s)", offender, NOW.date())
        assert join == ("lives", 8, "Knowsley Council", "01632 960001")
        assert rows("select * from sightline_offenders_near(%s)", child) == []
        assert rows("select * from people_person") == rows("select * from record_entry") == []


def test_who_was_released_is_under_the_three_days_and_a_day_later_the_clock_has_run_out(tell, as_worker, acting):
    tell(REGISTERED, AWAY)
    released = NOW.date() - timedelta(days=1)
    offender = tell(AWAY, until=released)
    with acting("Olga"):
        (clock,) = Clock.objects.filter(offender_id=offender, code="N-RELEASE")
        assert (clock.began_on, clock.due_on, clock.state) == (released, released + timedelta(days=2), "running")
    later = NOW + timedelta(days=2)
    with as_worker():
        read_news(at=lambda: later)
    with acting("Olga"):
        assert Clock.objects.get(offender_id=offender, code="N-RELEASE").state == "missed"


def test_told_again_changes_nothing_and_taken_back_ends_the_join(ellie, tell, as_worker, managers):
    from sightline.apps.offenders.actions import Told, Wanted, append

    ellie()
    offender = tell(REGISTERED, lives())
    agency = managers.agencies["Merseyside Police"]
    with as_worker(), at_task("test"):
        kind, on, key, facts = lives()
        assert append([Wanted(1, offender, kind, on, key, facts)], told=Told(agency), at=NOW) == frozenset()
        assert append([Wanted(1, offender, kind, on, "address", gone=True)], told=Told(agency), at=NOW) == {1}
    with as_worker():
        read_news(at=lambda: NOW)
    assert [gone is not None for *_, gone in joined(as_worker)] == [True]


def alarms(as_worker):
    with as_worker(), at_task("test"):
        return [about for (about,) in rows("select about from duties_notice where key like 'alarm:%%' order by key")]


def test_silence_after_release_is_an_alarm_once_and_a_visit_ends_it(tell, as_worker, acting):
    released = NOW.date() - timedelta(days=4)
    tell(REGISTERED)
    offender = tell((TellingKind.AWAY, date(2024, 1, 10), "away/1", {"where": "custody"}), until=released)
    tell()
    (told,) = alarms(as_worker)
    assert "nobody has told anything" in told
    assert "Storr" not in told
    with acting("Olga"):
        assert Clock.objects.get(offender_id=offender, code="V-SILENCE").state == "missed"
    tell((TellingKind.VISIT, NOW.date(), "visit/1", {"seen": True}))
    with acting("Olga"):
        assert not Clock.objects.filter(offender_id=offender, code="V-SILENCE").exists()
    assert len(alarms(as_worker)) == 1


@pytest.mark.parametrize("checked", [False, True])
def test_an_address_is_checked_before_a_release(checked, tell, as_worker, acting):
    expected = (NOW.date() - timedelta(days=1)).isoformat()
    told = [(TellingKind.RELEASE_DUE, date(2026, 3, 1), "release/1", {"due_on": expected})]
    if checked:
        told.append((TellingKind.ADDRESS_CHECKED, date(2026, 5, 11), "check/1", {"outcome": "No child known"}))
    offender = tell(REGISTERED, *told)
    with acting("Olga"):
        assert Clock.objects.get(offender_id=offender, code="A-CHECK").state == ("met" if checked else "missed")
    assert len(alarms(as_worker)) == (0 if checked else 1)


def test_a_child_found_near_brings_visits_back(ellie, tell, acting):
    ellie("3 Other Road")
    offender = tell(REGISTERED, lives(on=date(2026, 4, 1)), (
        TellingKind.MANAGEMENT, date(2026, 5, 1), "management/1", {"mode": "reactive", "reason": "Low risk"}))
    with acting("Olga"):
        assert Clock.objects.get(offender_id=offender, code="V-PLAN").state == "remote"
    ellie(HOME, on="2026-05-20")
    tell((TellingKind.MET, date(2026, 5, 2), "met/1", {"postcode": "L1 1JD"}))
    with acting("Olga"):
        clock = Clock.objects.get(offender_id=offender, code="V-PLAN")
        assert (clock.state, "about a child" in clock.words) == ("not-set", True)


def test_who_moves_out_and_in_again_is_told_of_anew(ellie, tell, as_worker):
    ellie()
    tell(REGISTERED, lives())
    gone = (TellingKind.ADDRESS, date(2026, 5, 18), "address/1", {"address": "9 Far Road", "postcode": "L36 9YZ",
                                                                "there": "lives"})
    tell(gone)
    assert [one[3] is None for one in joined(as_worker)] == [False]
    assert len(notices(as_worker)) == 2
    tell(lives(), at=NOW + timedelta(hours=1))
    assert [one[3] is None for one in joined(as_worker)] == [True]
    assert len(notices(as_worker)) == 4


FOUND = ("record_ref,record_type,occurred_at,postcode,upn,forename,surname,dob,things\n"
         "F/1,missing-found,{at},{postcode},H243278544154,Ellie-Mae,Crosby,14/03/2018,address:{address}\n")
REMOTE = (TellingKind.MANAGEMENT, date(2026, 5, 2), "management/1", {"mode": "reactive", "reason": "Low risk"})


def test_a_child_found_at_an_offenders_address_brings_visits_back_and_is_told(ellie, tell, send, as_worker, acting):
    ellie("3 Other Road")
    offender = tell(REGISTERED, lives(on=date(2026, 5, 1)), REMOTE)
    with acting("Olga"):
        assert Clock.objects.get(offender=offender, code="V-PLAN").state == "remote"
    found_at = NOW - timedelta(hours=3)
    send("police-events", "Merseyside Police",
         FOUND.format(at=found_at.isoformat(), postcode="L36 9YZ", address=HOME))
    assert joined(as_worker) == [("found-there", found_at.date(), "", None)]
    assert [one[0] for one in notices(as_worker)] == ["Knowsley Council", "Merseyside Police"]
    with as_worker():
        read_news(at=lambda: NOW + timedelta(minutes=1))
    with acting("Olga"):
        clock = Clock.objects.get(offender=offender, code="V-PLAN")
        assert clock.state == "not-set"
        assert "child" in clock.words
    with acting("Beth"):
        assert "X07" not in [one.code for one in signs_of(ellie("3 Other Road"))]


def test_a_child_found_elsewhere_in_the_postcode_is_not_near(ellie, tell, send, as_worker):
    ellie("3 Other Road")
    tell(REGISTERED, lives(on=date(2026, 5, 1)))
    send("police-events", "Merseyside Police",
         FOUND.format(at=NOW.isoformat(), postcode="L36 9YZ", address="the car park"))
    assert joined(as_worker) == []


def test_an_offender_who_cannot_be_read_holds_up_nobody_and_is_tried_again(ellie, tell, as_worker, monkeypatch):
    dale = tell(REGISTERED)
    tell(*((REGISTERED[0], REGISTERED[1], "register", {**REGISTERED[3], "name": name}) for name in ("Bob Teale",)),
         reference="M-2")

    def unless_dale(tellings, *, on):
        found = standing_of(tellings, on=on)
        if found.name == "Dale Storr":
            raise ZeroDivisionError(found.name)
        return found

    monkeypatch.setattr(reading, "standing_of", unless_dale)
    tell(lives())
    tell(lives(), reference="M-2", at=NOW + timedelta(hours=2))
    child = ellie()
    with as_worker(), at_task("test"):
        assert [(one.person_id, one.offender_id != dale) for one in Join.objects.all()] == [(child, True)]
    monkeypatch.undo()
    with as_worker():
        read_news(at=lambda: NOW + timedelta(hours=4))
    with as_worker(), at_task("test"):
        assert Join.objects.count() == 2


def test_social_care_may_decide_to_share_the_sign_and_no_name_goes_with_it(ellie, tell, browse):
    child = ellie()
    tell(REGISTERED, lives())
    with browse("Beth") as client:
        assert f"/children/{child}/share/" in client.get(f"/children/{child}/near/").content.decode()
        page = client.get(f"/children/{child}/share/").content.decode()
        assert "An adult under notification at the child" in page
        assert "Managing a dangerous offender" in page
        assert "Storr" not in page
