"""GOV.UK Notify tells by itself what became of a message: only with our token, only of our messages, only once."""

import json
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import contacts
from sightline.config.notify import NotifyService, UnusableNotify, notify_service
from sightline.interfaces.jobs.post import ask_whether_arrived, note_arrival, send_notices
from sightline.interfaces.web.callbacks import notify as callback
from tests.integration.notices import notify_stand_in
from tests.integration.notices.notify_stand_in import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE

TOKEN = "a-token-that-nobody-guesses"
NUMBER = "07700 900123"


@pytest.fixture
def notify(settings, amara, as_worker, partnership):
    cache.clear()
    with notify_stand_in.serving(notify_stand_in.Handler, notify_stand_in.NotifyStandIn()) as stand_in:
        settings.NOTIFY = NotifyService(KEY, stand_in.url, TEXT_TEMPLATE, EMAIL_TEMPLATE, TOKEN)
        desk = next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "safeguarding")
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute("update access_contact set phone = %s, channels = '{text}' where id = %s", [NUMBER, desk.id])
        with as_worker():
            send_notices()
        assert stand_in.messages
        yield stand_in
    cache.clear()


@pytest.fixture
def call(as_web):
    """Call as Notify does, and give the status of our answer."""
    def calling(told, *, token=TOKEN, scheme="Bearer", method="post"):
        body = told if isinstance(told, str) else json.dumps(told)
        with as_web():
            return getattr(Client(), method)("/callbacks/notify/", body, content_type="application/json",
                                             HTTP_AUTHORIZATION=f"{scheme} {token}").status_code

    return calling


@pytest.fixture
def outcomes(as_worker):
    """Do the jobs that calls made, and give what stands of each delivery by text."""
    def doing():
        with as_worker():
            for job in ProcrastinateJob.objects.filter(task_name="post.note_arrival", status="todo").order_by("id"):
                note_arrival(**job.args)
            with at_task("test"), connection.cursor() as cursor:
                cursor.execute("select distinct d.outcome, d.words, n.delivered_at is not null, n.channel_failed"
                               " from duties_delivery d join duties_notice n on n.id = d.notice_id"
                               " where d.channel = 'text'")
                return cursor.fetchall()

    return doing


def receipt(notify, status="delivered", **changed):
    """Give what the documentation of Notify says that a receipt holds (its technical documentation, Callbacks)."""
    id_, message = next(iter(notify.messages.items()))
    return {"id": id_, "reference": message["reference"], "to": NUMBER, "status": status,
            "created_at": "2026-05-20T22:30:00.000000Z", "completed_at": "2026-05-20T22:30:09.000000Z",
            "sent_at": "2026-05-20T22:30:01.000000Z", "notification_type": "sms", "template_id": TEXT_TEMPLATE,
            "template_version": 1} | changed


def test_what_arrived_is_known_at_once_and_is_asked_for_no_more(notify, call, outcomes, as_worker):
    assert outcomes() == [("accepted", "", False, False)]
    assert call(receipt(notify)) == 204
    assert outcomes() == [("delivered", "", True, False)]
    asked = len(notify.asked)
    with as_worker():
        ask_whether_arrived(timestamp=0)
    assert len(notify.asked) == asked


@pytest.mark.parametrize(("status", "words"), [
    ("permanent-failure", "The number or address does not exist."),
    ("temporary-failure", "The telephone or mailbox could not be reached for three days."),
    ("technical-failure", "GOV.UK Notify could not send it.")])
def test_what_never_arrives_is_said_in_words_and_the_channel_is_given_up(notify, call, outcomes, status, words):
    assert call(receipt(notify, status)) == 204
    assert outcomes() == [("failed", words, False, True)]


def test_calls_that_come_twice_late_or_of_something_else_change_nothing(notify, call, outcomes):
    for told in (receipt(notify), receipt(notify), receipt(notify, "temporary-failure"), receipt(notify, "sending"),
                 receipt(notify, id=str(uuid4())), receipt(notify, "a status of next year"), receipt(notify)):
        assert call(told) == 204
    assert outcomes() == [("delivered", "", True, False)]


def test_without_our_token_nothing_is_heard_and_who_guesses_is_stopped(notify, call, outcomes, settings):
    told = receipt(notify)
    for token, scheme in (("", "Bearer"), (TOKEN[:-1], "Bearer"), (f"{TOKEN}x", "Bearer"), (TOKEN, "Basic"),
                          ("ü" * 20, "Bearer")):
        assert call(told, token=token.encode().decode("latin-1"), scheme=scheme) == 403
    for _ in range(callback.MOST_WRONG):
        last = call(told, token="guess")
    assert last == 429
    assert outcomes() == [("accepted", "", False, False)]
    assert call(told) == 204, "who has the token is heard all the same"
    settings.NOTIFY = NotifyService(KEY, notify.url, TEXT_TEMPLATE, EMAIL_TEMPLATE)
    assert call(told) == 404, "without a token of ours there is no such address"
    settings.NOTIFY = None
    assert call(told) == 404


@pytest.mark.parametrize("told", [
    "", "nonsense", "[]", "1", "null", '{"id": 7, "status": "delivered"}', '{"status": "delivered"}', "[" * 5000,
    '{"id": "x", "status": "delivered"}'])
def test_what_cannot_be_read_is_refused_without_a_word(notify, call, outcomes, told):
    assert call(told) == 400
    assert outcomes() == [("accepted", "", False, False)]


def test_a_call_that_is_too_long_or_no_post_is_refused(notify, call):
    assert call(receipt(notify, reference="x" * callback.MOST_BYTES)) == 413
    assert call("", method="put") == 405


def test_too_many_calls_from_one_place_are_put_off(notify, call, monkeypatch):
    monkeypatch.setattr(callback, "MOST_TOLD", 2)
    assert [call(receipt(notify)) for _ in range(4)] == [204, 204, 429, 429]


def test_nothing_of_whom_it_went_to_is_kept_or_logged(notify, call, outcomes, caplog):
    caplog.set_level("DEBUG")
    assert call(receipt(notify, "permanent-failure", to="07700900987")) == 204
    assert call(receipt(notify, to="07700900987"), token="wrong") == 403
    outcomes()
    jobs = [job.args for job in ProcrastinateJob.objects.filter(task_name="post.note_arrival")]
    assert jobs
    assert all(set(one) == {"remote", "status"} for one in jobs)
    assert "07700900987" not in caplog.text + json.dumps(jobs)
    assert TOKEN not in caplog.text


def test_a_token_that_is_too_short_is_refused_in_words():
    given = {"SIGHTLINE_NOTIFY_KEY": KEY, "SIGHTLINE_NOTIFY_CALLBACK_TOKEN": TOKEN}
    assert notify_service(given).callback_token == TOKEN
    with pytest.raises(UnusableNotify, match="SIGHTLINE_NOTIFY_CALLBACK_TOKEN"):
        notify_service(given | {"SIGHTLINE_NOTIFY_CALLBACK_TOKEN": "short"})
