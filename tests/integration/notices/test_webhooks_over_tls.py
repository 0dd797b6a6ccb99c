"""A webhook over TLS: whom we trust, and what every failure says before it goes the way of a failed channel."""

import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import contacts
from sightline.apps.access.rota import keep_desk
from sightline.apps.duties.sending import outbox
from sightline.config.notify import UnusableNotify, webhook_authority
from sightline.interfaces.channels import webhook
from sightline.interfaces.channels.message import Message
from sightline.interfaces.channels.webhook import secret_of, send
from sightline.interfaces.jobs.post import send_notices
from tests.integration.notices import webhook_stand_in
from tests.integration.notices.https_receiver import Authority, before_any_tls, drip, hang_up, over_tls

CONTACT = 7


@pytest.fixture
def authority(tmp_path, settings):
    made = Authority(tmp_path)
    settings.WEBHOOK_CA = str(made.file)
    return made


@pytest.fixture
def receiving():
    @contextmanager
    def serving(certificate, **more):
        with over_tls(certificate, **more) as hook:
            hook.secret = secret_of(contact=CONTACT, edition=1)
            yield hook

    return serving


def call(url):
    return send(Message(address=url, name="m.1", notices=(uuid4(),), inbox="http://localhost/inbox/",
                        at=datetime.now(UTC), again=False, contact=CONTACT, edition=1))


def test_a_good_certificate_of_the_own_authority_is_trusted_and_the_message_arrives_signed(authority, receiving):
    with receiving(authority.certificate("localhost")) as hook:
        outcome = call(f"{hook.url}/hook")
    assert (outcome.taken, outcome.delivered, outcome.words) == (True, True, "")
    assert (len(hook.received), hook.refused) == (1, [])


def test_an_address_in_numbers_must_stand_in_the_certificate(authority, receiving):
    with receiving(authority.certificate("127.0.0.1")) as hook:
        assert call(hook.url.replace("localhost", "127.0.0.1")).delivered
    with receiving(authority.certificate("localhost")) as hook:
        outcome = call(hook.url.replace("localhost", "127.0.0.1"))
    assert outcome.words == "The webhook's certificate was refused: it is for another address."
    assert hook.calls == []


@pytest.mark.parametrize(("hosts", "more", "words"), [
    (("other.example",), {}, "it is for another host name"),
    (("localhost",), {"begins": -timedelta(days=9), "lasts": timedelta(days=8)}, "it has expired"),
    (("localhost",), {"begins": timedelta(days=1)}, "it is not valid yet"),
    (("localhost",), {"itself": True}, "it is signed by itself alone")])
def test_a_certificate_that_is_not_good_is_refused_in_words_and_nothing_is_sent(
    authority, receiving, hosts, more, words
):
    with receiving(authority.certificate(*hosts, **more)) as hook:
        outcome = call(f"{hook.url}/hook")
    assert not outcome.taken
    assert not outcome.for_good, "somebody may put it right: it is tried again, and then the next channel is taken"
    assert outcome.words == f"The webhook's certificate was refused: {words}."
    assert hook.calls == []


def test_an_authority_that_nobody_named_is_not_trusted(authority, receiving, settings, tmp_path):
    other = Authority(tmp_path, "Somebody else")
    with receiving(other.certificate("localhost")) as hook:
        outcome = call(hook.url)
    assert outcome.words == "The webhook's certificate was refused: nobody whom we trust vouches for it."
    settings.WEBHOOK_CA = ""
    with receiving(authority.certificate("localhost")) as hook:
        assert not call(hook.url).taken
        assert hook.calls == []


def test_a_redirect_is_not_followed_over_tls_either(authority, receiving):
    with receiving(authority.certificate("localhost")) as hook:
        hook.answer_next = [(307, f"{hook.url}/elsewhere")]
        outcome = call(f"{hook.url}/hook")
        assert outcome.words == "The webhook answered 307. A redirect is not followed."
        assert len(hook.calls) == 1


def test_an_answer_that_drips_for_ever_ends_over_tls(authority, receiving, monkeypatch):
    monkeypatch.setattr(webhook, "ALL_SECONDS", 0.6)
    with receiving(authority.certificate("localhost")) as hook:
        hook.drip = True
        begun = time.monotonic()
        outcome = call(hook.url)
    assert outcome.words.startswith("The webhook did not answer")
    assert time.monotonic() - begun < 5


def test_a_handshake_that_drips_for_ever_ends(authority, monkeypatch):
    monkeypatch.setattr(webhook, "ALL_SECONDS", 0.6)
    with before_any_tls(drip) as url:
        begun = time.monotonic()
        outcome = call(url)
    assert outcome.words.startswith("The webhook did not answer")
    assert time.monotonic() - begun < 5


def test_a_line_that_is_cut_before_and_after_the_handshake_is_a_failure_in_words(authority, receiving):
    with before_any_tls(hang_up) as url:
        assert call(url).words.startswith("The webhook did not answer")

    class HangsUp(webhook_stand_in.Handler):
        """Take the call, and close the line without an answer."""

        def do_POST(self):
            """Read, and hang up in the middle of the answer."""
            self.rfile.read(int(self.headers["Content-Length"]))
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 2")
                self.connection.close()

    with receiving(authority.certificate("localhost"), handler=HangsUp) as hook:
        outcome = call(hook.url)
    assert not outcome.taken
    assert outcome.words.startswith("The webhook did not answer")


def test_who_speaks_no_tls_at_all_is_a_failure_in_words(authority):
    with before_any_tls(lambda line: (line.sendall(b"HTTP/1.1 200 OK\r\n\r\n"), line.close())) as url:
        assert call(url).words.startswith("The webhook did not answer")


def test_a_refused_certificate_takes_the_way_of_a_failed_channel(
    amara, authority, receiving, partnership, as_worker
):
    desk = next(c for c in contacts(partnership.agencies["Knowsley Council"]) if c.desk == "safeguarding")
    with receiving(authority.certificate("other.example")) as hook:
        with as_worker(), at_task("test"):
            keep_desk(contact=desk.id, channels=["webhook", "e-mail"], webhook=hook.url)
        with as_worker():
            send_notices()
    assert outbox().failing > 0
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("select distinct outcome, words from duties_delivery where channel = 'webhook'")
        assert cursor.fetchall() == [
            ("failed", "The webhook's certificate was refused: it is for another host name.")]


def test_a_file_of_an_authority_that_cannot_be_read_is_refused_in_words(tmp_path, authority):
    assert webhook_authority(str(authority.file)) == str(authority.file)
    assert webhook_authority("") == ""
    nothing = tmp_path / "nothing.pem"
    for path in (str(nothing), str(tmp_path)):
        with pytest.raises(UnusableNotify, match="SIGHTLINE_WEBHOOK_CA"):
            webhook_authority(path)
    nothing.write_text("no certificate", encoding="utf-8")
    with pytest.raises(UnusableNotify, match="SIGHTLINE_WEBHOOK_CA"):
        webhook_authority(str(nothing))
