"""Exactly one agency owns a child's safety at every instant: by the rule first, then by who accepted by name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import ProgrammingError

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.responsibility.queries import (
    event,
    handed_over_by,
    offered_to,
    open_event_of,
    owned_by,
    owners_of,
    transfer,
)
from sightline.apps.responsibility.transfers import (
    Refusal,
    TransferRefused,
    accept,
    escalate_disputes,
    expire_offers,
    offer,
    refuse,
    withdraw,
)
from tests.integration.conftest import NOW
from tests.integration.responsibility.conftest import FOUND

SOON = NOW + timedelta(minutes=60)


@pytest.fixture
def offered(found_in_preston, acting, border, event_of, desk_in):
    """Let Olive of Lancashire offer Amara's safety to Knowsley; gives the transfer."""
    with acting("Olive") as olive:
        return offer(acting=olive, event=event_of(found_in_preston).pk, to_contact=desk_in("Knowsley Council"),
                     words="She is at our office and wants to go home.", answer_by=SOON, at=NOW)


def test_the_force_that_searches_owns_first_and_the_council_where_found_from_the_first_minute(
        amara, tell, event_of):
    tell("M1", "missing-report", FOUND - timedelta(hours=3))
    assert event_of(amara).owner_agency.name == "Merseyside Police"
    tell("M2", "missing-found", FOUND, postcode="PR1 8BH", agency="Lancashire Constabulary")
    now = event_of(amara)
    assert (now.owner_agency.name, now.rule, now.watched) == ("Lancashire Council", "R1", False)
    assert now.happening == "FOUND"


def test_every_owner_is_written_down_by_the_database(found_in_preston, event_of, acting):
    with acting("Beth"):
        owners = owners_of(event_of(found_in_preston).pk)
    assert [(o.agency, o.by_transfer) for o in owners] == [("Merseyside Police", False), ("Lancashire Council", False)]


def test_the_owner_is_told_in_the_same_transaction(found_in_preston, everything):
    told = everything("select a.name from duties_notice n join access_agency a on a.id = n.to_agency_id"
                      " where n.key like %s order by n.made_at", "safety:%")
    assert [row[0] for row in told] == ["Merseyside Police", "Lancashire Council"]


def test_the_owner_sees_the_child_as_long_as_it_protects_and_no_longer(
        found_in_preston, acting, tell, everything):
    with acting("Olive"):
        assert open_event_of(found_in_preston).owner_agency == "Lancashire Council"
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from record_entry where kind = 'school.exclusion'")
            assert cursor.fetchone()[0] == 1
    tell("M3", "missing-found", NOW - timedelta(minutes=5), postcode="L36 9YZ")
    parts = everything("select until is null from people_involvement where person_id = %s and part like %s",
                       found_in_preston, "council that protects%")
    assert parts == [(False,)]
    with acting("Olive"), connection.cursor() as cursor:
        cursor.execute("select count(*) from record_entry where kind = 'school.exclusion'")
        assert cursor.fetchone()[0] == 0


def test_found_at_home_closes_the_event(found_in_preston, tell, event_of):
    tell("M3", "missing-found", NOW - timedelta(minutes=5), postcode="L36 9YZ")
    assert event_of(found_in_preston).closed_at == NOW - timedelta(minutes=5)


def test_an_owner_who_is_not_kept_here_is_named_and_somebody_here_watches(amara, tell, event_of):
    tell("M2", "missing-found", FOUND, postcode="CA1 1AA")
    now = event_of(amara)
    assert (now.owner_words, now.watched, now.owner_agency.name) == ("Cumberland", True, "Knowsley Council")


def test_an_event_of_2022_names_the_council_that_there_was_by_today_s_postcode(amara, tell, event_of):
    tell("M2", "missing-found", FOUND.replace(year=2022), postcode="CA1 1AA")
    assert (event_of(amara).owner_words, event_of(amara).rule) == ("Cumbria", "R1")


def test_the_giver_stays_the_owner_until_a_named_person_accepts(offered, found_in_preston, acting, event_of):
    assert event_of(found_in_preston).owner_agency.name == "Lancashire Council"
    with acting("Beth") as beth:
        assert [t.id for t in offered_to(beth.agency, most=5)] == [offered]
        accept(transfer=offered, at=NOW + timedelta(minutes=10))
        now = open_event_of(found_in_preston)
        assert (now.owner_agency, now.accepted) == ("Knowsley Council", True)
        assert transfer(offered).answered_by == "Beth"
        assert [e.id for e in owned_by(beth.agency, most=5)] == [now.id]
        assert offered_to(beth.agency, most=5) == []


def test_after_acceptance_the_giver_sees_the_outcome_and_nothing_else(offered, tell, scene):
    with scene.acting("Beth"):
        accept(transfer=offered, at=NOW + timedelta(minutes=10))
    tell("M9", "stop", NOW + timedelta(minutes=20), postcode="L36 9YZ")
    with scene.acting("Olive") as olive:
        assert [t.state for t in handed_over_by(olive.agency, since=NOW, most=5)] == ["accepted"]
        assert event(transfer(offered).event).owner_agency == "Knowsley Council"
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from record_entry where kind = 'school.exclusion'")
            assert cursor.fetchone()[0] == 0


def test_what_was_accepted_holds_until_something_newer_is_told(offered, tell, scene):
    with scene.acting("Beth"):
        accept(transfer=offered, at=NOW + timedelta(minutes=10))
    tell("M9", "stop", NOW + timedelta(minutes=20), postcode="L36 9YZ")
    assert scene.event().owner_agency.name == "Knowsley Council"
    tell("M10", "missing-report", NOW + timedelta(hours=2))
    assert scene.event().owner_agency.name == "Merseyside Police"
    tell("M11", "missing-found", NOW + timedelta(hours=3), postcode="PR1 8BH", agency="Lancashire Constabulary")
    assert scene.event().owner_agency.name == "Lancashire Council"


def test_a_refusal_names_whose_and_by_which_rule(offered, acting):
    for reason, whose, rule in (("", "Lancashire", "R1"), ("Not ours", "", "R1"), ("Not ours", "Lancashire", "")):
        with pytest.raises(TransferRefused):
            Refusal(reason, whose, rule)
    with acting("Beth"):
        refuse(transfer=offered, refusal=Refusal("She was found there", "Lancashire", "R1"), at=NOW)
        assert transfer(offered).state == "refused"


def test_the_database_itself_refuses_a_refusal_without_a_rule(offered, acting):
    with pytest.raises(IntegrityError), acting("Beth"), connection.cursor() as cursor:
        cursor.execute("select sightline_answer_transfer(%s, 'refused', 'Not ours', '', '', null, %s)", [offered, NOW])


def test_a_dispute_goes_to_the_managers_of_both_sides_and_never_changes_the_owner(offered, scene):
    with scene.acting("Beth"):
        refuse(transfer=offered, refusal=Refusal("She was found there", "Lancashire", "R1"), at=NOW)
    for minutes in (29, 30, 60, 120, 500):
        with scene.as_worker(), at_task("test"):
            escalate_disputes(book=agency_book(), at=NOW + timedelta(minutes=minutes), most=10)
        assert scene.event().owner_agency.name == "Lancashire Council"
    told = scene.everything(
        "select a.name, c.desk, n.made_at from duties_notice n join access_contact c on c.id = n.to_contact_id"
        " join access_agency a on a.id = c.agency_id where n.key like %s order by n.made_at, a.name", "dispute:%")
    minutes = [(name, desk, int((at - NOW).total_seconds() // 60)) for name, desk, at in told]
    assert minutes == [("Knowsley Council", "manager", 30), ("Lancashire Council", "manager", 30),
                       ("Knowsley Council", "manager", 60), ("Lancashire Council", "director", 60),
                       ("Knowsley Council", "manager", 120), ("Lancashire Council", "director", 120)]


def test_an_acceptance_after_all_settles_the_dispute(offered, scene):
    with scene.acting("Beth"):
        refuse(transfer=offered, refusal=Refusal("She was found there", "Lancashire", "R1"), at=NOW)
    with scene.acting("Olive") as olive:
        again = offer(acting=olive, event=scene.event().pk, to_contact=scene.desk("Knowsley Council"),
                      words="Managers have agreed.", answer_by=SOON, at=NOW)
    with scene.acting("Beth"):
        accept(transfer=again, at=NOW + timedelta(minutes=40))
    assert scene.everything("select settled_at, next_step_at from responsibility_dispute") == [
        (NOW + timedelta(minutes=40), None)]


def test_an_offer_that_nobody_answers_expires_and_the_giver_is_told(offered, scene):
    with scene.as_worker(), at_task("test"):
        book = agency_book()
        assert expire_offers(book=book, at=SOON - timedelta(minutes=1), most=10) == 0
        assert expire_offers(book=book, at=SOON, most=10) == 1
        assert expire_offers(book=book, at=SOON, most=10) == 0
    assert scene.event().owner_agency.name == "Lancashire Council"
    told = scene.everything("select count(*) from duties_notice where key = %s", f"transfer:{offered}:expired")
    assert told == [(1,)]
    with pytest.raises(TransferRefused, match="expired"), scene.acting("Beth"):
        accept(transfer=offered, at=SOON + timedelta(minutes=1))


def test_the_clock_counts_before_the_job_has_run(offered, acting):
    with pytest.raises(TransferRefused, match="expired"), acting("Beth"):
        accept(transfer=offered, at=SOON)


def test_something_newer_takes_an_offer_back(offered, tell, scene):
    tell("M4", "missing-report", NOW + timedelta(minutes=5), agency="Lancashire Constabulary")
    with pytest.raises(TransferRefused, match="withdrawn"), scene.acting("Beth"):
        accept(transfer=offered, at=NOW + timedelta(minutes=6))
    assert scene.event().owner_agency.name == "Lancashire Constabulary"


def test_only_the_two_sides_move_a_transfer(offered, acting):
    for name in ("Carl", "Dawn", "Lee", "Pat", "Olive"):
        with pytest.raises(TransferRefused, match="not yours"), acting(name):
            accept(transfer=offered, at=NOW)
    for name in ("Carl", "Beth", "Rob"):
        with pytest.raises(TransferRefused, match="not yours"), acting(name):
            withdraw(transfer=offered, at=NOW)


def test_carl_sees_no_event_no_offer_and_no_owner(offered, found_in_preston, acting, everything):
    id_ = everything("select id from responsibility_safetyevent")[0][0]
    for name in ("Carl", "Dawn", "Lee"):
        with acting(name) as somebody:
            assert (event(id_), open_event_of(found_in_preston), transfer(offered)) == (None, None, None)
            assert owners_of(id_) == []
            assert owned_by(somebody.agency, most=5) == offered_to(somebody.agency, most=5) == []


def test_nobody_can_offer_what_another_owns(found_in_preston, acting, event_of, desk_in):
    with pytest.raises(TransferRefused, match="do not own"), acting("Beth") as beth:
        offer(acting=beth, event=event_of(found_in_preston).pk, to_contact=desk_in("Essex Council"), words="Yours",
              answer_by=SOON, at=NOW)


def test_a_page_cannot_write_an_owner_a_change_or_an_answer(offered, acting):
    for statement in (
        "update responsibility_safetyevent set owner_words = 'nobody'",
        ("insert into responsibility_ownerchange (event_id, at, agency_id, contact_id, rule)"
         " select event_id, at, agency_id, contact_id, rule from responsibility_ownerchange"),
        "update responsibility_transfer set state = 'accepted'",
        "delete from responsibility_transfer",
        "update responsibility_dispute set settled_at = now()",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), acting("Beth"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("statement", [
    "update responsibility_safetyevent set owner_agency_id = null",
    "update responsibility_safetyevent set owner_contact_id = null",
    ("update responsibility_safetyevent set owner_contact_id = (select id from access_contact"
     " where agency_id <> owner_agency_id limit 1)"),
    "update responsibility_transfer set state = 'accepted', answered_at = now(), answered_by_id = offered_by_id",
    "update responsibility_transfer set state = 'refused', answered_at = now(), answered_by_id = offered_by_id",
    "update responsibility_transfer set state = 'accepted', answered_at = now()",
    "update responsibility_transfer set to_agency_id = from_agency_id",
    ("insert into responsibility_transfer (offered_at, answer_by, words, state, reason, whose, by_rule, event_id,"
     " from_agency_id, offered_by_id, person_id, to_agency_id, to_contact_id) select offered_at, answer_by, words,"
     " state, reason, whose, by_rule, event_id, from_agency_id, offered_by_id, person_id, to_agency_id, to_contact_id"
     " from responsibility_transfer"),
    ("insert into responsibility_safetyevent (opened_at, happening, ground_at, owner_words, watched, owner_since, rule,"
     " authority, verified, because, tell, ground_id, opened_by_id, owner_agency_id, owner_contact_id, person_id)"
     " select opened_at, happening, ground_at, owner_words, watched, owner_since, rule, authority, verified, because,"
     " tell, ground_id, (select id from record_entry e where e.id <> opened_by_id limit 1), owner_agency_id,"
     " owner_contact_id, person_id from responsibility_safetyevent"),
    "update responsibility_ownerchange set at = now()",
    "delete from responsibility_ownerchange",
])
def test_the_database_refuses_a_second_owner_none_and_a_history_that_changes(offered, as_worker, statement):
    with pytest.raises((IntegrityError, InternalError, ProgrammingError)), as_worker(), at_task("test"), \
            transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")
