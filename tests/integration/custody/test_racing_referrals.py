"""Two officers and the clock send one referral at the same instant, each in a session of its own: it goes once."""

import threading

import pytest
from django.db import connection, transaction

from sightline.apps.access.acting import at_task, begin_work
from sightline.apps.access.queries import agency_book
from sightline.apps.custody.referred import ReferralRefused, send_due, send_now
from tests.integration.conftest import NOW


@pytest.fixture
def racing(transactional_db, held, force):
    """Let officers of the force and the worker send at once; gives what each heard."""

    def race(referral, *names):
        start, heard = threading.Barrier(len(names)), [None] * len(names)

        def act(number, name):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"set local role sightline_{'worker' if name == 'clock' else 'web'}")
                    start.wait(timeout=20)
                    heard[number] = _sends(name, referral, force)
            except ReferralRefused as refused:
                heard[number] = str(refused)
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=(number, name)) for number, name in enumerate(names)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert None not in heard, "somebody never heard"
        return heard

    return race


def _sends(name, referral, force) -> str:
    if name == "clock":
        with at_task("referrals"):
            send_due(book=agency_book(), at=NOW, most=50)
        return "sent, or sent before"
    work = force.work[name]
    acting = begin_work(work.officer, work.work, at=NOW)
    assert acting is not None
    send_now(acting=acting, referral=referral, at=NOW)
    return "sent"


@pytest.mark.parametrize("names", [("Sam", "Sue"), ("Sam", "clock"), ("clock", "clock")])
def test_of_all_who_send_at_once_one_sends(held, racing, names):
    ((referral,),) = held.everything("select id from custody_referral")
    heard = racing(referral, *names)
    assert all(words.startswith(("sent", "This referral has gone already")) for words in heard), heard
    assert heard.count("sent") == (1 if "clock" not in names else heard.count("sent"))
    assert held.everything("select state from custody_referral") == [("sent",)]
    assert held.everything("select count(*) from record_entry where kind = 'care.referral'") == [(1,)]
    assert sorted(held.everything("select count(*) from duties_notice where key like 'referral:%%'"
                                  " group by to_agency_id")) == [(1,), (1,)]
