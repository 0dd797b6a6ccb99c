"""Desks, rotas and who leaves things unread: seen and kept by those who may, of their own agency alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_officer
from sightline.apps.access.addresses import enter_address, keep_channels, prove_address
from sightline.apps.access.queries import agency_book, contacts
from sightline.apps.access.rota import (
    NotYourDesk,
    TurnRefused,
    colleagues,
    end_turn,
    keep_hours,
    keep_turn,
    rota_at,
    turns_of,
)
from sightline.apps.duties.unread import by_agency, by_desk, by_person, unopened
from sightline.domain.duties.rota import Turn
from sightline.interfaces.jobs.post import send_test
from sightline.interfaces.web.desks.reach import MOST_WRONG
from tests.integration.conftest import NOW
from tests.integration.notices.conftest import OFFICE, london

AMARAS = ("Amara", "Okafor", "A950000178301", "L36")
TURN = Turn(NOW, NOW + timedelta(hours=8), "Nia Night", "07700 900123")


def desk_of(partnership, agency, desk="safeguarding"):
    return next(c.id for c in contacts(partnership.agencies[agency]) if c.desk == desk)


def post_turn(client, desk, **changed):
    told = {"officer": "", "name": "Nia Night", "phone": "07700 900123",
            "from_at_day": "1", "from_at_month": "6", "from_at_year": "2090", "from_at_time": "17:00",
            "until_at_day": "2", "until_at_month": "6", "until_at_year": "2090", "until_at_time": "09:00"}
    return client.post(f"/desks/{desk}/turns/", told | changed)


def test_a_manager_keeps_the_hours_and_the_rota_of_the_own_agency(partnership, acting):
    desk = desk_of(partnership, "Knowsley Council")
    with acting("Mary") as mary:
        keep_hours(contact=desk, spans=OFFICE)
        keep_turn(contact=desk, turn=TURN)
        ((turn,),) = [turns_of(mary.agency, at=NOW)]
        assert (turn.name, turn.phone) == ("Nia Night", "07700 900123")
        now = rota_at(london("2026-05-22 12:00"), book=agency_book()).on_duty(mary.agency)
        assert (now.name, now.contact.desk) == ("Nia Night", "safeguarding")
        assert rota_at(london("2026-05-22 21:00"), book=agency_book()).on_duty(mary.agency).name == "Mary Manager"
        end_turn(turn=turn.id, at=NOW)
        assert turns_of(mary.agency, at=NOW) == []
        with pytest.raises(TurnRefused, match="ends after it begins"):
            keep_turn(contact=desk, turn=Turn(NOW, NOW, "Nia"))


@pytest.mark.parametrize("who", ["Beth", "Carl", "Dawn", "Pat"])
def test_nobody_else_keeps_it_and_nobody_of_another_agency(partnership, acting, who):
    knowsley, essex = desk_of(partnership, "Knowsley Council"), desk_of(partnership, "Essex Council")
    for keep in (lambda: keep_hours(contact=knowsley, spans=()), lambda: keep_turn(contact=knowsley, turn=TURN),
                 lambda: end_turn(turn=1, at=NOW)):
        with acting(who), pytest.raises(NotYourDesk):
            keep()
    with acting("Mary"), pytest.raises(NotYourDesk):
        keep_hours(contact=essex, spans=())


def test_an_officer_of_another_agency_cannot_be_put_on_the_rota(partnership, acting):
    turn = Turn(NOW, NOW + timedelta(hours=1), "Carl", officer=str(partnership.officers["Carl"]))
    with acting("Mary") as mary:
        assert {name for _, name in colleagues(mary.agency)} == {"Beth", "Mary"}
        with pytest.raises(NotYourDesk):
            keep_turn(contact=desk_of(partnership, "Knowsley Council"), turn=turn)


def test_the_pages_of_desks_say_who_is_on_duty_and_keep_what_is_entered(partnership, browse):
    desk = desk_of(partnership, "Knowsley Council")
    with browse("Mary") as client:
        page = client.get("/desks/").content.decode()
        assert "On duty now: Duty desk" in page
        assert "Always" in page
        assert client.post(f"/desks/{desk}/hours/", {"hours": "mon-fri 09:00-17:00"}).status_code == 302
        page = client.get(f"/desks/{desk}/").content.decode()
        assert "Monday to Friday 09:00 to 17:00" in page
        refused = client.post(f"/desks/{desk}/hours/", {"hours": "nine to five"})
        assert refused.status_code == 422
        assert "Write hours as mon-fri" in refused.content.decode()
        assert post_turn(client, desk).status_code == 302
        assert "Nia Night" in client.get(f"/desks/{desk}/").content.decode()
        for changed, words in (({"name": ""}, "Choose an officer, or enter a name"),
                               ({"from_at_time": ""}, "Enter the time of day as well"),
                               ({"until_at_day": "1", "until_at_time": "16:00"}, "A turn ends after it begins"),
                               ({"until_at_month": "13"}, "Enter a real day")):
            answer = post_turn(client, desk, **changed)
            assert answer.status_code == 422
            assert words in answer.content.decode(), words
        with connection.cursor() as cursor:
            cursor.execute("select id from access_rotaturn")
            ((turn,),) = cursor.fetchall()
        assert client.post(f"/desks/{desk}/turns/{turn}/end/").status_code == 302
        assert "Nia Night" not in client.get(f"/desks/{desk}/").content.decode()
        elsewhere = desk_of(partnership, "Essex Council")
        for answer in (client.get(f"/desks/{elsewhere}/"), post_turn(client, elsewhere),
                       client.post(f"/desks/{elsewhere}/hours/", {"hours": ""})):
            assert answer.status_code == 404


def test_the_keeper_of_officers_keeps_the_rota_too_and_sees_no_child(partnership, acting, as_worker):
    with as_worker(), at_task("test"):
        keep_officer(email="kay@agency.example", name="Kay", password=None, role="officer-keeper", on=NOW.date(),
                     agency=partnership.agencies["Knowsley Council"])
    from sightline.apps.access.acting import begin_work
    from sightline.apps.access.actions import start_work
    from sightline.apps.access.queries import memberships_of, officer_by_email

    kay = officer_by_email("kay@agency.example")
    with as_worker(), at_task("test"):
        member = memberships_of(kay.pk, on=NOW.date())[0]
        work = start_work(officer=kay.pk, membership=member.id, purpose="records", because="", at=NOW)
    with acting("Mary"):
        assert begin_work(kay.pk, work, at=NOW)
        keep_turn(contact=desk_of(partnership, "Knowsley Council"), turn=TURN)


@pytest.fixture
def leaving(settings):
    """Let e-mails leave, into Django's outbox of tests; gives the codes that were sent, by address."""
    settings.MAIL_LEAVES = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    cache.clear()
    return lambda: [(one.to[0], re.search(r"code (\d{6})", one.body)[1]) for one in mail.outbox]


def do_tests(as_worker):
    with as_worker():
        for job in ProcrastinateJob.objects.filter(task_name="post.send_test", status="todo").order_by("id"):
            send_test(**job.args)


def email_of(partnership):
    return next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "safeguarding").email


def test_an_address_counts_only_when_the_code_of_its_test_message_was_entered(
    partnership, browse, as_worker, leaving
):
    desk = desk_of(partnership, "Knowsley Council")
    with browse("Mary") as client:
        assert "Entered by an operator" in client.get(f"/desks/{desk}/").content.decode()
        told = {"channel": "e-mail", "address": "new-desk@knowsley.example"}
        assert client.post(f"/desks/{desk}/address/", told).status_code == 302
    do_tests(as_worker)
    ((address, code),) = leaving()
    assert address == "new-desk@knowsley.example"
    assert not any(word in mail.outbox[0].body for word in AMARAS)
    assert email_of(partnership) == "desk@a.example", "the one before holds"
    with browse("Mary") as client:
        page = client.get(f"/desks/{desk}/").content.decode()
        assert "Not yet proven" in page
        assert "The test message was sent." in page
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        answer = client.post(f"/desks/{desk}/prove/", {"channel": "e-mail", "code": wrong}, follow=True)
        assert "That is not the code" in answer.content.decode()
        assert email_of(partnership) == "desk@a.example"
        answer = client.post(f"/desks/{desk}/prove/", {"channel": "e-mail", "code": code}, follow=True)
        page = answer.content.decode()
        assert "The address is proven, and holds from now" in page
        assert "Not yet proven" not in page
    assert email_of(partnership) == "new-desk@knowsley.example"


def test_a_code_is_for_one_address_and_guessing_is_stopped(partnership, browse, as_worker, leaving):
    desk = desk_of(partnership, "Knowsley Council")
    with browse("Mary") as client:
        for address in ("first@knowsley.example", "second@knowsley.example"):
            client.post(f"/desks/{desk}/address/", {"channel": "e-mail", "address": address})
            do_tests(as_worker)
        first, second = (code for _, code in leaving()[:1] + leaving()[-1:])
        for _ in range(MOST_WRONG):
            client.post(f"/desks/{desk}/prove/", {"channel": "e-mail", "code": first})
        answer = client.post(f"/desks/{desk}/prove/", {"channel": "e-mail", "code": second}, follow=True)
        assert "Too many wrong codes" in answer.content.decode()
    assert email_of(partnership) == "desk@a.example"


def test_what_cannot_be_an_address_is_refused_and_a_test_that_fails_says_why(
    partnership, browse, as_worker, settings
):
    desk = desk_of(partnership, "Knowsley Council")
    settings.MAIL_LEAVES = False
    with browse("Mary") as client:
        for told, words in (({"channel": "e-mail", "address": "nonsense"}, "Enter an e-mail address"),
                            ({"channel": "text", "address": "01632 960001"}, "Enter a mobile number"),
                            ({"channel": "e-mail", "address": ""}, "Enter the address")):
            answer = client.post(f"/desks/{desk}/address/", told, follow=True)
            assert words in answer.content.decode(), words
        client.post(f"/desks/{desk}/address/", {"channel": "e-mail", "address": "x@knowsley.example"})
        do_tests(as_worker)
        page = client.get(f"/desks/{desk}/").content.decode()
        assert "The test message failed. No mail server is set: set SIGHTLINE_SMTP_URL." in page


def test_the_order_of_the_channels_is_chosen_out_of_what_the_desk_has(partnership, browse):
    desk = desk_of(partnership, "Knowsley Council")
    with browse("Mary") as client:
        assert client.post(f"/desks/{desk}/channels/", {"order": "e-mail"}).status_code == 302
        assert next(c for c in contacts() if c.id == desk).channels == ("e-mail",)
        answer = client.post(f"/desks/{desk}/channels/", {"order": "text,e-mail"}, follow=True)
        assert "Choose one of the orders offered" in answer.content.decode(), "its number is no mobile"
        assert next(c for c in contacts() if c.id == desk).channels == ("e-mail",)


@pytest.mark.parametrize("who", ["Beth", "Carl", "Dawn", "Pat"])
def test_nobody_else_chooses_how_a_desk_is_told(partnership, acting, who):
    knowsley, essex = desk_of(partnership, "Knowsley Council"), desk_of(partnership, "Essex Council")
    for keep in (lambda: keep_channels(contact=knowsley, channels=["e-mail"]),
                 lambda: enter_address(contact=knowsley, channel="e-mail", address="carl@essex.example"),
                 lambda: prove_address(contact=knowsley, channel="e-mail", address="")):
        with acting(who), pytest.raises(NotYourDesk):
            keep()
    with acting("Mary"), pytest.raises(NotYourDesk):
        enter_address(contact=essex, channel="e-mail", address="mary@knowsley.example")
    with acting("Mary"), pytest.raises(NotYourDesk):
        prove_address(contact=knowsley, channel="e-mail", address="never-entered@knowsley.example")


def read_by_beth(partnership, as_worker, minutes):
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update duties_notice set opened_at = made_at + %s, opened_by_id = %s, acknowledged_at = made_at"
                       " + %s where to_agency_id = %s and person_id is not null", [
                           timedelta(minutes=minutes), partnership.officers["Beth"], timedelta(minutes=2 * minutes),
                           partnership.agencies["Knowsley Council"]])
        return cursor.rowcount


def test_what_waits_and_how_long_it_takes_is_counted_by_desk_and_by_person(partnership, amara, acting, as_worker):
    after = NOW - timedelta(days=30)
    with acting("Mary") as mary:
        (desk,) = by_desk(mary.agency, after=after)
        assert desk.name == "Duty desk, Safeguarding"
        assert desk.waiting == desk.told == len(unopened(mary.agency, most=50)) > 0
        assert (desk.oldest, desk.to_open) == (NOW, None)
        assert by_person(mary.agency, after=after) == []
    number = read_by_beth(partnership, as_worker, 90)
    with acting("Mary") as mary:
        (desk,) = by_desk(mary.agency, after=after)
        assert (desk.waiting, desk.told, desk.to_open, desk.to_acknowledge) == (0, number, 90, 180)
        (person,) = by_person(mary.agency, after=after)
        assert (person.name, person.told, person.to_open) == ("Beth", number, 90)
        assert unopened(mary.agency, most=50) == []


def test_an_inspector_sees_counts_by_agency_and_everybody_else_none_of_them(partnership, amara, acting):
    with acting("Dawn"):
        found = {r.name: r for r in by_agency(after=NOW - timedelta(days=30))}
        assert found["Knowsley Council"].waiting > 0
        assert unopened(partnership.agencies["Knowsley Council"], most=50) == []
        assert by_desk(partnership.agencies["Knowsley Council"], after=NOW - timedelta(days=30)) == []
    for who in ("Beth", "Carl", "Mary", "Pat"):
        with acting(who):
            assert by_agency(after=NOW - timedelta(days=30)) == [], who


def test_the_page_shows_a_manager_the_notices_and_an_inspector_only_counts(
    partnership, amara, browse
):
    with browse("Mary") as client:
        page = client.get("/unread/").content.decode()
        assert "What nobody has opened" in page
        assert "/notices/" in page
        assert not any(word in page for word in AMARAS)
    with browse("Dawn") as client:
        page = client.get("/unread/").content.decode()
        assert "Knowsley Council" in page
        assert "What nobody has opened" not in page
        assert not any(word in page for word in AMARAS)
        assert str(amara) not in page
    for who in ("Beth", "Carl"):
        with browse(who) as client:
            assert client.get("/unread/").status_code == 403


def test_the_notice_of_a_morning_lists_what_the_night_did_not_finish(night, browse):
    night.missing(london("2026-05-20 23:30"))
    night.minute(london("2026-05-20 23:31"))
    night.minute(london("2026-05-21 09:00"))
    ((notice, about),) = night.ask("select n.id, n.about from duties_notice n join access_agency a"
                                   " on a.id = n.to_agency_id where n.key like 'morning:%%'"
                                   " and a.name = 'Merseyside Police'")
    assert "The night hands over" in about
    with browse("Pat") as client:
        page = client.get(f"/notices/{notice}/").content.decode()
        assert "Protect a child now" in page
        assert "Emergency duty team" in page
        assert "Several children" in client.get("/notices/").content.decode()
        assert client.post(f"/notices/{notice}/acknowledge/").status_code == 302
    for who in ("Carl", "Beth"):
        with browse(who) as client:
            assert client.get(f"/notices/{notice}/").status_code == 404


def test_the_page_of_a_notice_tells_its_story_in_words(night, browse):
    night.missing(london("2026-05-20 23:30"))
    night.run(london("2026-05-20 23:30"), 40)
    ((notice,),) = night.ask("select id from duties_notice where key like 'night:%%:%%:%%'")
    with browse("Pat") as client:
        page = client.get(f"/notices/{notice}/").content.decode()
    for words in ("Not opened by 00:00: a text message is next.", "Text message to Nia Night", "Too late", "Acted on",
                  "If it is not acknowledged by 21 May 2026, 12:30am",
                  "See who protects the child"):
        assert words in page, words
