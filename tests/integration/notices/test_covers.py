"""While somebody is away: what is sent to them reaches who covers, from the minute it begins until it ends."""

from datetime import date, timedelta

import pytest
from django.db import connection

from sightline.apps.access.absences import begun, end_absence, record_absence
from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_officer
from sightline.apps.access.models import Absence, Contact
from sightline.apps.access.queries import agency_book
from sightline.apps.access.rota import keep_desk, rota_at
from sightline.apps.duties.covering import tell_covers
from sightline.apps.duties.queue import Line, Whose, hands_of, notices_in_line
from tests.integration.conftest import NOW
from tests.integration.notices.conftest import OFFICE, london
from tests.spec.notices.test_cover import LINES, absence, instant

MORNING, THEN, EVENING = london("2026-05-20 10:00"), london("2026-05-20 10:10"), london("2026-05-20 23:30")
FOREVER = london("2026-06-20 09:00")


@pytest.fixture
def staff(night, partnership):
    """Let Beth be the police desk, Mary its manager and Dora its director, and let Tom, Una and Vic work there."""
    agency = partnership.agencies["Merseyside Police"]
    with night.as_worker(), at_task("test"):
        for name in ("Bea", "Tom", "Una", "Vic", "Mia", "Dora"):
            partnership.officers[name] = keep_officer(
                email=f"{name.lower()}@police.example", name=name, password=None, agency=agency,
                role="police-safeguarding", on=date(2026, 1, 1))
        for name, desk in (("Bea", "safeguarding"), ("Mia", "manager"), ("Dora", "director")):
            Contact.objects.filter(agency_id=agency, desk=desk).update(
                officer=partnership.officers[name], email=f"{name.lower()}@police.example")
        keep_desk(contact=night.contact("Merseyside Police", "safeguarding").id, spans=())
    return partnership.officers


@pytest.fixture
def away(night, staff, partnership):
    def being(who, covered_by, begins, ends=FOREVER):
        with night.as_worker(), at_task("test"):
            return Absence.objects.create(
                agency_id=partnership.agencies["Merseyside Police"], officer_id=staff[who],
                covered_by_id=staff[covered_by], recorded_by_id=staff["Mia"], from_at=begins, until_at=ends,
                recorded_at=min(begins, MORNING)).pk

    return being


def covers(night, at):
    with night.as_worker():
        night.minute(at)
        with at_task("steps"):
            while tell_covers(book=agency_book(), at=at, most=10):
                pass
    return [(channel, address) for channel, address, _ in night.post(at) if "police" in address]


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_the_database_says_who_sees_to_it_as_the_table_does(night, partnership, line):
    _, told, leaders, at, officer, expected = (one.strip() for one in line)
    agency = partnership.agencies["Essex Council"]
    with night.as_worker(), at_task("test"):
        people = {name: keep_officer(email=f"{name.lower()}@essex.example", name=name, password=None, agency=agency,
                                     role="social-worker", on=date(2026, 1, 1))
                  for name in ("Beth", "Tom", "Una", "Vic", "Mary", "Dora")}
        Contact.objects.filter(agency_id=agency, desk="manager").delete()
        for name, desk in zip(leaders.split(), ("manager", "director"), strict=False):
            Contact.objects.create(agency_id=agency, desk=desk, name=name, job=desk, officer_id=people[name])
        for one in map(absence, filter(None, told.split(";"))):
            Absence.objects.create(agency_id=agency, officer_id=people[one.officer], recorded_at=NOW,
                                   covered_by_id=people[one.covered_by], recorded_by_id=people["Vic"],
                                   from_at=one.from_at, until_at=one.until_at)
        rota = rota_at(instant(*at.split(" ")), book=agency_book())
        cover = rota.seeing_to(agency, people[officer])
        away_now = officer in {one.officer for one in map(absence, filter(None, told.split(";")))
                               if one.from_at <= rota.at < one.until_at}
        found = cover.name if cover else "nobody" if away_now else officer
    assert found == expected


def test_what_waits_when_the_absence_begins_reaches_who_covers_within_the_minute(night, away, staff):
    night.missing(MORNING)
    assert covers(night, MORNING) == [("e-mail", "bea@police.example")]
    away("Bea", "Tom", THEN)
    assert covers(night, THEN - timedelta(minutes=1)) == []
    assert covers(night, THEN) == [("e-mail", "tom@police.example")]
    assert covers(night, THEN + timedelta(minutes=1)) == [], "once"
    words = night.ask("select distinct d.words from duties_delivery d where d.outcome = 'covered'")
    assert words == [("Bea is away: it goes to Tom.",)]


def test_what_is_told_meanwhile_goes_to_who_covers_and_afterwards_to_who_is_back(night, away):
    away("Bea", "Tom", MORNING, THEN)
    night.missing(MORNING + timedelta(minutes=1))
    assert covers(night, MORNING + timedelta(minutes=1)) == [("e-mail", "tom@police.example")]
    night.ask("update duties_notice set sent_at = null, tries = 0, next_try_at = %s where key like 'safety:%%'", THEN)
    sent = covers(night, THEN)
    assert ("e-mail", "bea@police.example") in sent
    assert ("e-mail", "tom@police.example") not in sent


def test_what_waits_for_an_officer_by_name_reaches_who_covers(night, away, staff):
    desk = night.contact("Merseyside Police", "safeguarding")
    night.ask("insert into duties_notice (key, to_agency_id, to_contact_id, to_officer_id, about, made_at, tries,"
              " next_try_at) values ('given:x', %s, %s, %s, 'Mia gave you: 2 duties.', %s, 0, %s)",
              desk.agency_id, desk.id, staff["Vic"], MORNING, MORNING)
    assert covers(night, MORNING) == [("e-mail", "vic@police.example")]
    away("Vic", "Una", THEN)
    assert covers(night, THEN) == [("e-mail", "una@police.example")]
    assert night.ask("select d.words, d.to_name from duties_delivery d where d.outcome in ('covered', 'sent')"
                     " order by d.id") == [
        ("", "Vic"), ("Vic is away: it goes to Una.", ""), ("", "Una")]


def test_what_was_opened_is_not_sent_again(night, away):
    night.missing(MORNING)
    covers(night, MORNING)
    night.ask("update duties_notice set opened_at = %s", MORNING)
    away("Bea", "Tom", THEN)
    assert covers(night, THEN) == []


def test_who_covers_for_one_who_covers_gets_it_and_a_circle_ends_with_the_manager(night, away):
    night.missing(MORNING)
    covers(night, MORNING)
    away("Bea", "Tom", MORNING)
    assert covers(night, MORNING + timedelta(minutes=1)) == [("e-mail", "tom@police.example")]
    away("Tom", "Una", MORNING + timedelta(minutes=2))
    assert covers(night, MORNING + timedelta(minutes=2)) == [("e-mail", "una@police.example")]
    away("Una", "Bea", MORNING + timedelta(minutes=3))
    assert covers(night, MORNING + timedelta(minutes=3)) == [("e-mail", "mia@police.example")]


def test_the_next_on_the_chain_is_covered_too(night, away):
    away("Mia", "Una", MORNING)
    night.missing(MORNING)
    sent = night.run(MORNING, 70)
    addresses = [address for _, _, address in sent if "police" in address]
    assert "una@police.example" in addresses
    assert "mia@police.example" not in addresses


def test_who_sits_at_night_by_the_rota_is_covered_and_a_text_never_goes_to_who_is_away(night, away, staff):
    with night.as_worker(), at_task("test"):
        keep_desk(contact=night.contact("Merseyside Police", "safeguarding").id, spans=OFFICE)
        night.ask("insert into access_rotaturn (contact_id, from_at, until_at, officer_id, name, phone, email)"
                  " values (%s, %s, %s, %s, 'Vic', '07700 900777', 'vic@police.example')",
                  night.contact("Merseyside Police", "out-of-hours").id, london("2026-05-20 22:00"),
                  london("2026-05-21 09:00"), staff["Vic"])
    away("Vic", "Una", EVENING)
    night.missing(EVENING)
    sent = [(channel, address) for _, channel, address in night.run(EVENING, 40)]
    assert ("e-mail", "una@police.example") in sent
    assert not [one for one in sent if one[1] in ("vic@police.example", "07700 900777")]


def test_the_own_list_of_who_covers_and_of_a_manager_shows_what_was_sent_to_the_absent(night, away, staff, partnership):
    night.missing(MORNING)
    agency = partnership.agencies["Merseyside Police"]

    def listed(who, at):
        with night.as_worker(), at_task("test"):
            line = Line(agency, at, Whose.MINE, hands=hands_of(agency, officer=staff[who], at=at))
            return len(notices_in_line(line, most=50))

    away("Bea", "Tom", THEN, EVENING)
    assert (listed("Tom", MORNING), listed("Tom", EVENING)) == (0, 0)
    assert listed("Tom", THEN) == listed("Bea", THEN) > 0
    assert listed("Mia", THEN) == 0
    away("Tom", "Bea", THEN + timedelta(hours=1), EVENING)
    assert listed("Mia", THEN + timedelta(hours=2)) == listed("Bea", THEN)
    assert listed("Dora", THEN + timedelta(hours=2)) == 0


def test_whoever_sits_at_a_desk_by_the_rota_has_its_notices_in_the_own_list(night, staff, partnership):
    night.missing(MORNING)
    agency = partnership.agencies["Merseyside Police"]
    night.ask("insert into access_rotaturn (contact_id, from_at, until_at, officer_id, name, phone, email)"
              " values (%s, %s, %s, %s, 'Vic', '', '')", night.contact("Merseyside Police", "safeguarding").id,
              MORNING, THEN, staff["Vic"])
    with night.as_worker(), at_task("test"):
        hands = [hands_of(agency, officer=staff["Vic"], at=at)[0] for at in (MORNING, THEN)]
    assert [len(hand.desks) for hand in hands] == [1, 0]


def test_a_worker_that_is_killed_has_told_nobody_and_the_next_tells_once(night, away):
    night.missing(MORNING)
    covers(night, MORNING)
    away("Bea", "Tom", THEN)

    class Killed(Exception):
        """Stand for a process that ends in the middle."""

    def killed():
        with night.as_worker(), at_task("steps"):
            assert tell_covers(book=agency_book(), at=THEN, most=10)
            raise Killed

    with pytest.raises(Killed):
        killed()
    assert covers(night, THEN) == [("e-mail", "tom@police.example")]


def test_an_absence_that_was_over_before_anybody_looked_tells_nobody(night, away):
    night.missing(MORNING)
    covers(night, MORNING)
    away("Bea", "Tom", THEN, THEN + timedelta(minutes=1))
    assert covers(night, THEN + timedelta(minutes=2)) == []
    with night.as_worker(), at_task("test"):
        assert begun(at=THEN + timedelta(hours=1), most=10) == ([], 0)


def test_a_page_of_another_agency_is_told_only_who_sits_at_a_desk(night, away, acting, staff, partnership):
    away("Bea", "Tom", NOW - timedelta(days=1))
    away("Vic", "Una", NOW - timedelta(days=1))
    with acting("Carl") as carl, connection.cursor() as cursor:
        cursor.execute("select officer_id, name from sightline_covers(%s)", [NOW])
        assert cursor.fetchall() == [(staff["Bea"], "Tom")]
        cursor.execute("select count(*) from access_absence")
        assert cursor.fetchone() == (0,)
        assert carl.agency != partnership.agencies["Merseyside Police"]
        rota = rota_at(NOW, book=agency_book())
        assert rota.on_duty(partnership.agencies["Merseyside Police"]).name == "Tom"


def test_an_absence_recorded_on_the_page_is_the_one_that_is_told(night, acting, partnership):
    with night.as_worker(), at_task("test"):
        tom = keep_officer(email="tom@council.example", name="Tom", password=None, role="social-worker",
                           agency=partnership.agencies["Knowsley Council"], on=date(2026, 1, 1))
    with acting("Mary") as mary:
        made = record_absence(agency=mary.agency, officer=partnership.officers["Beth"], covered_by=tom, from_at=NOW,
                              until_at=NOW + timedelta(days=1), by=mary.officer, at=NOW)
        assert end_absence(absence=made, agency=mary.agency, officer=None, at=NOW + timedelta(hours=1))
    with night.as_worker(), at_task("test"):
        found, number = begun(at=NOW, most=10)
    assert [(one.name, one.through) for one in found] == [("Beth", frozenset({partnership.officers["Beth"]}))]
    assert number == 1
