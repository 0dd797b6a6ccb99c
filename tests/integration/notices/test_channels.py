"""Each channel against a real server on loopback: GOV.UK Notify by its own client, a webhook by its signature."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import jwt
import pytest
import requests
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import contacts
from sightline.apps.access.rota import keep_desk
from sightline.apps.duties.sending import outbox
from sightline.config.notify import NotifyService, UnusableNotify, notify_service, webhook_networks
from sightline.interfaces.channels import webhook
from sightline.interfaces.channels.webhook import WebhookRefused, endpoint_of, secret_of
from sightline.interfaces.jobs.post import ask_whether_arrived, send_notices
from tests.integration.notices import notify_stand_in, webhook_stand_in
from tests.integration.notices.notify_stand_in import EMAIL_TEMPLATE, KEY, SECRET, SERVICE, TEXT_TEMPLATE

AMARAS_WORDS = re.compile("amara|okafor|L36|A950000178301|brook|2011|exclu|school|knowsley", re.IGNORECASE)
CHILD_NOTICES = "from duties_notice n join access_contact c on c.id = n.to_contact_id where c.id = %s"


@pytest.fixture
def notify(settings):
    with notify_stand_in.serving(notify_stand_in.Handler, notify_stand_in.NotifyStandIn()) as stand_in:
        settings.NOTIFY = NotifyService(KEY, stand_in.url, TEXT_TEMPLATE, EMAIL_TEMPLATE)
        yield stand_in


@pytest.fixture
def hook():
    with notify_stand_in.serving(webhook_stand_in.Handler, webhook_stand_in.WebhookStandIn()) as stand_in:
        yield stand_in


@pytest.fixture
def ask(as_worker):
    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return asking


@pytest.fixture
def desk(amara, as_worker, partnership, ask):
    """Give Knowsley's desk, a mobile telephone, and the notices of Amara alone."""
    found = next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "safeguarding")
    ask("update access_contact set phone = '07700 900123' where id = %s", found.id)
    ask("update duties_notice set next_try_at = null where to_contact_id <> %s", found.id)
    assert ask("select count(*) from duties_notice where next_try_at is not null")[0][0] >= 2
    return found.id


@pytest.fixture
def by(as_worker):
    """Let a desk be told by some channels, in order."""

    def choosing(contact, *channels, url=None):
        with as_worker(), at_task("test"):
            keep_desk(contact=contact, channels=channels, webhook=url)

    return choosing


@pytest.fixture
def send_now(as_worker):
    def sending():
        with as_worker():
            send_notices()

    return sending


@pytest.fixture
def arrived_now(as_worker):
    def asking():
        with as_worker():
            ask_whether_arrived(timestamp=0)

    return asking


def again(ask):
    ask("update duties_notice set next_try_at = now() - interval '1 second' where next_try_at is not null")


def test_the_stand_in_holds_to_the_published_contract(notify):
    url = f"{notify.url}/v2/notifications/sms"

    def post(told, *, secret=SECRET, service=SERVICE, at=None, algorithm="HS256"):
        at = at or datetime.now(UTC)
        token = jwt.encode({"iss": service, "iat": int(at.timestamp())}, secret, algorithm=algorithm)
        return requests.post(url, json=told, headers={"Authorization": f"Bearer {token}"}, timeout=5)

    good = {"phone_number": "07700900123", "template_id": TEXT_TEMPLATE, "reference": "r",
            "personalisation": {"things": "1 thing waits", "inbox": "x"}}
    made = post(good)
    assert made.status_code == 201
    assert set(made.json()) >= {"id", "reference", "content", "uri", "template"}
    assert set(made.json()["template"]) == {"id", "version", "uri"}
    late = datetime.now(UTC) - timedelta(seconds=40)
    for answer, status, error in (
        (post(good, secret="x" * 36), 403, "AuthError"), (post(good, service="y"), 403, "AuthError"),
        (post(good, at=late), 403, "AuthError"), (post(good | {"phone_number": "1"}), 400, "ValidationError"),
        (post(good | {"extra": 1}), 400, "ValidationError"), (post(good, algorithm="HS384"), 403, "AuthError"),
        (post({"template_id": TEXT_TEMPLATE}), 400, "ValidationError")):
        assert answer.status_code == status
        assert answer.json()["status_code"] == status
        assert answer.json()["errors"][0]["error"] == error


def test_a_text_message_says_how_many_wait_and_no_word_of_the_child_and_accepted_is_not_delivered(
    desk, by, notify, *, send_now, arrived_now, ask
):
    by(desk, "text")
    send_now()
    ((_, message),) = notify.messages.items()
    assert (message["type"], message["phone_number"]) == ("sms", "07700 900123")
    assert not AMARAS_WORDS.search(message["body"] + message["reference"]), message
    assert "things wait" in message["body"]
    states = f"select count(*), count(sent_at), count(delivered_at) {CHILD_NOTICES}"
    ((there, sent, delivered),) = ask(states, desk)
    assert sent == there > delivered == 0
    arrived_now()
    assert ask(states, desk)[0][2] == 0, "created is not delivered"
    notify.status("delivered")
    arrived_now()
    assert ask(states, desk)[0][2] == there
    asked = len(notify.asked)
    arrived_now()
    assert len(notify.asked) == asked, "what arrived is not asked for again"


@pytest.mark.parametrize(("status", "words"), [
    ("permanent-failure", "The number or address does not exist."),
    ("temporary-failure", "The telephone or mailbox could not be reached for three days."),
    ("technical-failure", "GOV.UK Notify could not send it.")])
def test_what_never_arrives_is_written_down_and_the_next_channel_is_taken(
    desk, by, notify, *, send_now, arrived_now, ask, status, words
):
    by(desk, "text", "notify-email")
    send_now()
    notify.status(status)
    arrived_now()
    assert Counter(ask("select outcome, words from duties_delivery")).keys() == {("failed", words)}
    assert ask(f"select count(*) {CHILD_NOTICES} and not n.channel_failed", desk) == [(0,)]


@pytest.mark.parametrize(("error", "words", "for_good"), [
    ((429, "RateLimitError", "Exceeded rate limit"), "GOV.UK Notify takes no more from us just now (429).", False),
    ((403, "AuthError", "Invalid token"), "does not know our key", False),
    ((500, "Exception", "Internal server error"), "did not take it (500)", False),
    ((400, "BadRequestError", "trial mode"), "look at this contact's number", True)])
def test_what_notify_refuses_is_said_in_words_and_tried_again_unless_in_vain(
    desk, by, notify, *, send_now, ask, error, words, for_good
):
    by(desk, "text", "e-mail")
    notify.fail_next = [error]
    send_now()
    assert notify.messages == {}
    assert words in outbox().because
    assert "07700" not in outbox().because
    assert ask(f"select distinct n.channel_failed {CHILD_NOTICES}", desk) == [(for_good,)]
    again(ask)
    send_now()
    assert len(notify.messages) == 1


def test_a_service_that_does_not_answer_loses_nothing(desk, by, notify, *, send_now, ask, settings):
    by(desk, "text")
    settings.NOTIFY = NotifyService(KEY, "http://127.0.0.1:9", TEXT_TEMPLATE, EMAIL_TEMPLATE)
    send_now()
    assert outbox().failing == ask(f"select count(*) {CHILD_NOTICES}", desk)[0][0] > 0
    settings.NOTIFY = None
    again(ask)
    send_now()
    assert "SIGHTLINE_NOTIFY_KEY" in outbox().because


def test_a_text_whose_answer_was_not_heard_is_not_sent_a_second_time(desk, by, notify, send_now, ask):
    by(desk, "text")
    send_now()
    ask("update duties_notice set next_try_at = now(), tries = 1, sent_at = null where to_contact_id = %s", desk)
    send_now()
    assert len(notify.messages) == 1, "it was asked for by its reference"
    assert ask(f"select count(*) {CHILD_NOTICES} and n.sent_at is null", desk) == [(0,)]


def test_an_email_over_notify_is_the_same_shape(desk, by, notify, send_now):
    by(desk, "notify-email")
    send_now()
    ((_, message),) = notify.messages.items()
    assert (message["type"], message["email_address"]) == ("email", "desk@a.example")


def test_a_webhook_gets_ids_and_a_count_truly_signed_and_that_is_its_delivery(
    desk, by, hook, *, send_now, ask, settings
):
    by(desk, "webhook", url=f"{hook.url}/hook")
    hook.secret = secret_of(contact=desk, edition=1)
    send_now()
    ((name, told),) = hook.received.items()
    assert hook.refused == []
    assert set(told) == {"message", "count", "notices", "inbox"}
    assert told["message"] == name
    assert told["count"] == len(told["notices"])
    assert {str(i) for (i,) in ask(f"select n.id {CHILD_NOTICES}", desk)} == set(told["notices"])
    assert told["inbox"] == f"{settings.SIGHTLINE_ADDRESS}/inbox/"
    assert ask(f"select count(*) {CHILD_NOTICES} and n.delivered_at is null", desk) == [(0,)]


def test_a_webhook_with_another_secret_is_refused_by_its_receiver_and_tried_again_under_the_same_name(
    desk, by, hook, send_now, ask
):
    by(desk, "webhook", url=f"{hook.url}/hook")
    hook.secret = secret_of(contact=desk, edition=2)
    send_now()
    assert hook.received == {}
    assert outbox().because == "The webhook answered 401."
    hook.secret = secret_of(contact=desk, edition=1)
    again(ask)
    send_now()
    assert len({name for name, _ in hook.calls}) == 1
    assert len(hook.received) == 1


def test_a_redirect_is_not_followed(desk, by, hook, send_now):
    by(desk, "webhook", url=f"{hook.url}/hook")
    hook.secret = secret_of(contact=desk, edition=1)
    hook.answer_next = [(302, f"{hook.url}/elsewhere")]
    send_now()
    assert len(hook.calls) == 1
    assert outbox().because == "The webhook answered 302. A redirect is not followed."


def test_an_answer_that_drips_for_ever_ends(desk, by, hook, send_now, monkeypatch):
    monkeypatch.setattr(webhook, "ALL_SECONDS", 0.6)
    by(desk, "webhook", url=f"{hook.url}/hook")
    hook.secret, hook.drip = secret_of(contact=desk, edition=1), True
    send_now()
    assert outbox().because.startswith("The webhook did not answer")


@pytest.mark.parametrize(("url", "words"), [
    ("http://8.8.8.8/hook", "Write https"), ("ftp://8.8.8.8/", "Write https"), ("https://10.1.2.3/", "private network"),
    ("https://169.254.169.254/latest/", "private network"), ("https://[fd00::1]/", "private network"),
    ("https://[::ffff:10.0.0.1]/", "private network"), ("https://0.0.0.0/", "private network"),
    ("https://user:pw@8.8.8.8/", "without a user name"), ("https://", "Write https"), ("nonsense", "Write https"),
    ("https://8.8.8.8:99999/", "Write https"), ("https://no-such-host.invalid/", "No such host"),
    ("https://127.0.0.2/", "private network"), ("https://8.8.8.8/a\r\nX: 1", "Write https")])
def test_where_a_webhook_may_not_call_is_refused_in_words(url, words):
    with pytest.raises(WebhookRefused, match=words):
        endpoint_of(url, networks=())


def test_a_private_network_that_is_named_may_be_called():
    assert endpoint_of("https://10.1.2.3/x?y=1", networks=(ip_network("10.1.0.0/16"),)).path == "/x?y=1"
    assert endpoint_of("http://127.0.0.1:8080/", networks=()).addresses == ("127.0.0.1",)


def test_settings_that_mean_nothing_are_refused_in_words():
    assert notify_service({}) is None
    made = notify_service({"SIGHTLINE_NOTIFY_KEY": KEY, "SIGHTLINE_NOTIFY_TEXT_TEMPLATE": TEXT_TEMPLATE})
    assert (made.text_template, made.email_template) == (TEXT_TEMPLATE, "")
    for wrong in ({"SIGHTLINE_NOTIFY_KEY": "x"}, {"SIGHTLINE_NOTIFY_KEY": KEY, "SIGHTLINE_NOTIFY_TEXT_TEMPLATE": "x"},
                  {"SIGHTLINE_NOTIFY_KEY": KEY, "SIGHTLINE_NOTIFY_URL": "http://notify.example"}):
        with pytest.raises(UnusableNotify, match="SIGHTLINE_NOTIFY") as refused:
            notify_service(wrong)
        assert SECRET not in str(refused.value)
    with pytest.raises(UnusableNotify, match="SIGHTLINE_WEBHOOK_NETWORKS"):
        webhook_networks("everything")
