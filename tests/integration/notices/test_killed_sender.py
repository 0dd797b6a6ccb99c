"""Kill the sender with -9 at every step, over GOV.UK Notify: nothing is lost, nobody gets a second text message."""

import os
import signal

import pytest

from tests.integration.notices import notify_stand_in
from tests.integration.notices.notify_stand_in import KEY, TEXT_TEMPLATE
from tests.partnership_at_hand import COUNCIL, SCHOOL, exclusion, killed_in_trap

SEND = "from sightline.interfaces.jobs.post import send_notices\nsend_notices()"
WAITS = "select count(*) from duties_notice where next_try_at is not null"


@pytest.fixture
def notify():
    with notify_stand_in.serving(notify_stand_in.Handler, notify_stand_in.NotifyStandIn()) as stand_in:
        yield stand_in


@pytest.mark.parametrize(("number", "where"), [
    (72_001, "after the claim"), (72_002, "before the answer"), (72_003, "before the outcome")])
def test_killed_at_any_step_the_text_goes_once_and_the_inbox_shows_it_once(at_hand, notify, number, where):
    given = {"SIGHTLINE_NOTIFY_KEY": KEY, "SIGHTLINE_NOTIFY_URL": notify.url,
             "SIGHTLINE_NOTIFY_TEXT_TEMPLATE": TEXT_TEMPLATE}
    at_hand.ask("update duties_notice set next_try_at = null")
    at_hand.ask("update access_contact set channels = '{text}', phone = '07700 900123' where agency_id ="
                " (select id from access_agency where name = %s)", COUNCIL)
    path = at_hand.file(f"killed-{number}.csv", [exclusion(number)])
    assert at_hand.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    at_hand.ask("update duties_notice n set next_try_at = null from access_contact c"
                " where c.id = n.to_contact_id and c.phone <> '07700 900123'")
    ((there,),) = at_hand.ask(WAITS)
    assert there > 0
    if where == "before the answer":
        started = []
        notify.on_taking = lambda: os.kill(started[0].pid, signal.SIGKILL)
        started.append(at_hand.start_code(SEND, **given))
        started[0].communicate(timeout=60)
        notify.on_taking = None
    else:
        trap = {"after the claim": {"when": "new.outcome = 'trying'", "event": "before insert"},
                "before the outcome": {"when": "new.outcome = 'accepted'"}}[where]
        with at_hand.trap("duties_delivery", **trap):
            killed_in_trap(at_hand, at_hand.start_code(SEND, **given))
    assert at_hand.ask(WAITS) == [(there,)], "nothing is lost"
    assert len(notify.messages) == (0 if where == "after the claim" else 1)
    at_hand.ask("update duties_notice set next_try_at = now() where next_try_at is not null")
    sender = at_hand.start_code(SEND, **given)
    _, errors = sender.communicate(timeout=60)
    assert sender.returncode == 0, errors
    assert len(notify.messages) == 1, "one text message"
    assert at_hand.ask(WAITS) == [(0,)]
    assert at_hand.ask("select count(*) from duties_notice n join access_contact c on c.id = n.to_contact_id"
                       " where c.phone = '07700 900123' and n.sent_at is null and n.channel = 'text'") == [(0,)]
