"""An arrest of a child creates its referral: drafted, addressed, sent by its clock or sooner; nobody prevents it."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.custody import referred
from sightline.apps.custody.referred import ReferralRefused, send_due
from sightline.apps.record.actions import Origin, Telling, append, note_news
from sightline.domain.custody.referral import SENT_AFTER, TOLD_WITHIN
from sightline.domain.intake.row import Told, Withdrawn
from tests.integration.conftest import NOW
from tests.stopping import Stopped, stopped_after

KNOWN = NOW - timedelta(hours=3)
GOES = KNOWN + SENT_AFTER
REFERRAL = "select id, state, sends_at, sent_at, sent_by_id, words::text, event_id from custody_referral"
SENT = "select to_agency_id, count(*) from duties_notice where key like 'referral:%%:sent:%%' group by 1"


def due(held, at=GOES, most=50) -> int:
    with held.as_worker(), at_task("referrals"):
        return send_due(book=agency_book(), at=at, most=most)


def read(held, at=NOW) -> None:
    with held.as_worker():
        flow.read_news(at=lambda: at)


def referral(held):
    (row,) = held.everything(REFERRAL)
    return row


def duty(held, code):
    return held.everything(
        "select state, owed_by_words from duties_owedduty where code = %s and state <> 'ended'", code)


def does(held, name, action, at=KNOWN, **told):
    with held.acting(name) as me:
        return action(acting=me, referral=referral(held)[0], at=at, **told)


def test_an_arrest_drafts_its_referral_and_says_when_it_goes_by_itself(held):
    _, state, goes, sent, _, words, event = referral(held)
    assert (state, goes, sent) == ("drafted", GOES, None)
    assert event == held.event().id
    for part in ("Amara Okafor", "03/04/2011", "supplying drugs", "Custody suite: Preston", "Lancashire Constabulary"):
        assert part in words


def test_it_is_addressed_to_the_council_of_the_suite_and_to_the_home_council_with_the_rule(held, force):
    rows = held.everything("select name, agency_id, because from custody_referralto order by name")
    assert [(name, agency) for name, agency, _ in rows] == [
        (name, force.agencies[name]) for name in ("Knowsley Council", "Lancashire Council")]
    assert all("rule R5" in because for _, _, because in rows)


def test_it_says_nothing_that_only_another_agency_told(amara, held):
    assert "Excluded" not in referral(held)[5]
    assert "Not known to the force. Ask the school." in referral(held)[5]
    assert held.everything("select count(*) from record_entry where kind = 'school.exclusion'")[0][0] > 0


def test_the_clock_sends_it_tells_both_councils_meets_the_duty_and_starts_the_councils_own(held, force):
    assert due(held, GOES - timedelta(seconds=1)) == 0
    assert due(held) > 0
    assert due(held) == 0
    read(held)
    assert dict(held.everything(SENT)) == {force.agencies[n]: 1 for n in ("Knowsley Council", "Lancashire Council")}
    assert referral(held)[1:5] == ("sent", GOES, GOES, None)
    assert held.everything("select facts->>'source', officer_id from record_entry where kind = 'care.referral'") == [
        ("6", None)]
    assert duty(held, "D-ARR-4")[0][0] == "met"
    assert duty(held, "D-REF-1") == [("open", "Knowsley Council")]


def test_an_officer_sends_it_at_once_under_the_own_name(held, force):
    does(held, "Sam", referred.send_now)
    read(held)
    assert referral(held)[1:5] == ("sent", GOES, KNOWN, force.officers["Sam"])
    assert due(held) == 0
    assert sum(number for _, number in held.everything(SENT)) == 2
    with pytest.raises(ReferralRefused, match="gone already"):
        does(held, "Sam", referred.send_now)


def test_what_officers_add_is_kept_and_goes_after_whom_it_went_to(held):
    does(held, "Sam", referred.add, words="He fears one man")
    due(held)
    assert held.everything("select count(*) from duties_notice where key like 'referral:%%:added:%%'") == [(0,)]
    does(held, "Sue", referred.add, words="A debt of 400 pounds", at=NOW)
    assert held.everything("select count(*) from duties_notice where key like 'referral:%%:added:%%'") == [(2,)]
    assert held.everything("select words from custody_referraladdition order by id") == [
        ("He fears one man",), ("A debt of 400 pounds",)]


@pytest.mark.parametrize("name", ["Beth", "Carl", "Pat", "Olive", "Dawn"])
def test_only_the_force_of_the_arrest_sends_or_adds(held, name):
    for action, told in ((referred.send_now, {}), (referred.add, {"words": "x"})):
        with pytest.raises(ReferralRefused, match="Only the force"):
            does(held, name, action, **told)


@pytest.mark.parametrize("change", [
    "state = 'ended', ended_because = 'not needed'", "sends_at = now() + interval '1 year'", "words = '[]'",
    "state = 'told-late'", "agency_id = agency_id + 1", "sends_at = null", "person_id = gen_random_uuid()",
    "state = 'sent', sent_at = now(), entry_id = arrest_id", "ended_because = 'x'",
])
def test_the_database_lets_no_officer_prevent_change_or_put_it_off(held, change):
    with held.acting("Sam"), connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(f"update custody_referral set {change}")
    assert referral(held)[1] == "drafted"


@pytest.mark.parametrize("statement", [
    "delete from custody_referral", "delete from custody_referralto", "delete from custody_referraladdition",
    "update custody_referraladdition set words = ''", "truncate custody_referral cascade",
])
def test_the_database_lets_no_officer_remove_anything_of_it(held, statement):
    does(held, "Sam", referred.add, words="He fears one man")
    with held.acting("Sam"), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)
    assert held.everything("select count(*) from custody_referralto") == [(2,)]


@pytest.mark.parametrize("change", [
    "state = 'ended', ended_because = 'every date of birth that was told says 18 or older'",
    "sends_at = sends_at + interval '1 hour'", "state = 'told-late'",
])
def test_even_the_worker_ends_it_for_facts_alone_and_never_puts_it_off(held, change):
    with (held.as_worker(), at_task("test"), connection.cursor() as cursor, pytest.raises(IntegrityError),
          transaction.atomic()):
        cursor.execute(f"update custody_referral set {change}")


def test_what_was_sent_stays_as_it_was(held):
    due(held)
    for change in ("words = '[]'", "state = 'drafted', sent_at = null, entry_id = null", "sent_at = now()"):
        with (held.as_worker(), at_task("test"), connection.cursor() as cursor, pytest.raises(IntegrityError),
              transaction.atomic()):
            cursor.execute(f"update custody_referral set {change}")


def test_dates_of_birth_that_all_say_adult_end_it_and_one_that_is_put_right_lets_it_go_on(held):
    born = held.everything("select identity_id, source_key, told_by_id from record_entry where kind = 'child.born'")
    assert len(born) > 1
    tell(held, born[:-1], lambda key: Told("child.born", date(2006, 4, 3), key))
    assert referral(held)[1] == "drafted", "one date of birth still says that it is a child"
    tell(held, born, lambda key: Told("child.born", date(2006, 4, 4), key))
    assert held.everything("select state, ended_because from custody_referral") == [
        ("ended", "every date of birth that was told says 18 or older")]
    assert due(held) == 0
    tell(held, born[:1], lambda key: Told("child.born", date(2011, 4, 3), key))
    assert referral(held)[1:3] == ("drafted", GOES)
    assert due(held) > 0


def test_an_arrest_that_was_withdrawn_ends_it_and_it_says_so(held):
    arrest = held.everything(
        "select identity_id, source_key, told_by_id from record_entry where kind = 'police.arrest'")
    tell(held, arrest, lambda key: Withdrawn(key, "wrong person"))
    assert held.everything("select state, ended_because from custody_referral") == [
        ("ended", "the arrest was withdrawn by who told it")]
    assert due(held) == 0


def tell(held, what, telling) -> None:
    """Tell again, by who told it, what was told before."""
    at = KNOWN + timedelta(minutes=5)
    with held.as_worker(), at_task("test"):
        for identity, key, agency in what:
            append([Telling(0, identity, telling(key))], origin=Origin(agency=agency, agency_name="who told it"), at=at)
    read(held, at)


def test_a_worker_killed_at_any_statement_sends_nothing_and_the_next_one_sends_once(held):
    died = 0
    for statements in range(1, 60):
        done = False
        with suppress(Stopped), transaction.atomic(), connection.execute_wrapper(stopped_after(statements)):
            due(held)
            done = True
        if done:
            break
        died += 1
        assert referral(held)[1] == "drafted"
        assert held.everything(SENT) == []
        assert held.everything("select count(*) from record_entry where kind = 'care.referral'") == [(0,)]
    assert died >= 5
    assert due(held) == 0
    assert [number for _, number in held.everything(SENT)] == [1, 1]
    assert held.everything("select count(*) from record_entry where kind = 'care.referral'") == [(1,)]


def test_an_arrest_told_days_after_sends_nothing_and_is_counted(amara, force, custody, as_worker, everything):
    custody(arrested=NOW - TOLD_WITHIN - timedelta(minutes=1), released=NOW - TOLD_WITHIN, mode="collected",
            received="mother", at=NOW)
    assert everything("select state, sends_at from custody_referral") == [("told-late", None)]
    with as_worker(), at_task("referrals"):
        assert send_due(book=agency_book(), at=NOW + timedelta(days=9), most=50) == 0
    assert everything("select count(*) from record_entry where kind = 'care.referral'") == [(0,)]


def test_an_arrest_told_with_its_release_is_referred_all_the_same(amara, force, custody, as_worker, everything):
    custody(released=NOW - timedelta(hours=1), mode="collected", received="mother", at=NOW)
    assert everything("select state, event_id from custody_referral") == [("drafted", None)]
    with as_worker(), at_task("referrals"):
        assert send_due(book=agency_book(), at=NOW + SENT_AFTER, most=50) > 0
    assert everything("select state from custody_referral") == [("sent",)]


def test_reading_again_drafts_nothing_twice(held):
    for _ in range(2):
        with held.as_worker():
            with at_task("test"):
                note_news([held.amara], at=NOW)
            flow.read_news(at=lambda: NOW)
    assert len(held.everything(REFERRAL)) == 1
    assert held.everything("select count(*) from custody_referralto") == [(2,)]
