"""E-mails go out through a real SMTP server: none lost, none double in the inbox, none with a word of any child."""

import os
import re
import signal
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.duties.sending import BACKOFF, Outcome, claim, outbox, settle
from sightline.interfaces.jobs.post import send_notices
from tests.integration.config.server_elsewhere import free_port
from tests.partnership_at_hand import SCHOOL, exclusion

AMARAS_WORDS = re.compile("amara|okafor|L36|A950000178301|brook high|03/04/2011|2011|exclu|school|knowsley council",
                          re.IGNORECASE)
DESK = "desk@a.example"
SEND = "from sightline.interfaces.jobs.post import send_notices\nsend_notices()"
ASK_AGAIN = "from sightline.interfaces.jobs.story import ask_to_send\nask_to_send()\n"
RUN = "from sightline.interfaces.jobs.worker import run_jobs\nrun_jobs(wait=False)\n"
RETRY_STALLED = ("from sightline.interfaces.jobs.upkeep import retry_stalled_jobs\n"
                 "retry_stalled_jobs.defer(timestamp=0)\n")


class Post:
    """A mail server's desk: it keeps what it takes, and refuses or interrupts as it is told."""

    def __init__(self):
        self.taken, self.refuse_next, self.fail_after_taking, self.on_taking = [], 0, False, None

    async def handle_DATA(self, _server, _session, envelope):
        """Take or refuse one message."""
        if self.refuse_next:
            self.refuse_next -= 1
            return "451 4.3.0 Try again later"
        self.taken.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content, policy=policy.default)))
        if self.on_taking:
            self.on_taking()
        return "451 4.3.0 Taken, and the sender does not hear it" if self.fail_after_taking else "250 taken"


@pytest.fixture
def post():
    """Serve real SMTP on loopback; gives the desk and the port."""
    desk = Post()
    controller = Controller(desk, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield desk, controller.port
    controller.stop()


@pytest.fixture
def mail(post, settings):
    """Let this process send over that server."""
    desk, port = post
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_LEAVES = "127.0.0.1", port, True
    return desk


@pytest.fixture
def ask(as_worker):
    """Ask or change the database as the worker."""

    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return asking


@pytest.fixture
def send_now(as_worker):
    """Run the job that sends."""

    def sending():
        with as_worker():
            send_notices()

    return sending


def everything_is_due(ask):
    ask("update duties_notice set next_try_at = now() - interval '1 second' where next_try_at is not null")


def waiting(ask):
    return ask("select count(*) from duties_notice where next_try_at is not null")[0][0]


def test_a_message_says_how_many_things_wait_and_where_and_no_word_of_the_child(amara, mail, send_now, ask, settings):
    notices = Counter(email for (email,) in ask(
        "select c.email from duties_notice n join access_contact c on c.id = n.to_contact_id"))
    assert notices[DESK] >= 2
    send_now()
    assert len(mail.taken) == len(notices)
    for to, message in mail.taken:
        assert not AMARAS_WORDS.search(message.as_string()), message.as_string()
        assert f"{settings.SIGHTLINE_ADDRESS}/inbox/" in message.get_content()
        assert f"{notices[to[0]]} things wait" in message.get_content()
        assert str(amara) not in message.as_string()
    assert waiting(ask) == 0
    send_now()
    assert len(mail.taken) == len(notices), "what was sent is not sent again"


def test_what_the_server_puts_off_is_tried_again_with_the_same_message_and_told_by_the_check(
    amara, mail, send_now, ask,
):
    mail.refuse_next = 1
    send_now()
    assert mail.taken == []
    with_failure = outbox()
    assert with_failure.failing == waiting(ask) > 0
    assert with_failure.because == "The mail server did not take it (SMTPDataError)."
    send_now()
    assert mail.taken == [], "not before a minute has gone"
    everything_is_due(ask)
    mail.refuse_next = 1
    send_now()
    everything_is_due(ask)
    send_now()
    assert len(mail.taken) == 1
    assert waiting(ask) == outbox().failing == 0
    outcomes = Counter(row[0] for row in ask("select outcome from duties_delivery"))
    assert outcomes["failed"] == 2 * outcomes["sent"]


def test_news_that_came_meanwhile_goes_in_its_own_message_and_the_old_one_stays_the_same(
    amara, mail, send_now, ask,
):
    first = ask("select id from duties_notice order by id")
    ask("update duties_notice set next_try_at = null where id <> %s", first[0][0])
    mail.fail_after_taking = True
    send_now()
    assert len(mail.taken) == 1
    mail.fail_after_taking = False
    ask("update duties_notice set next_try_at = now() - interval '1 second', tries = 0 where id <> %s", first[0][0])
    everything_is_due(ask)
    send_now()
    ids = [message["Message-ID"] for _, message in mail.taken]
    assert len(ids) == 3
    assert Counter(ids)[ids[0]] == 2, "the reader's program knows it for the same"
    assert waiting(ask) == 0


@pytest.mark.usefixtures("amara", "mail")
def test_a_server_that_is_down_loses_nothing_and_each_try_waits_longer(send_now, ask, settings, as_worker):
    settings.EMAIL_PORT = free_port()
    there = waiting(ask)
    at, waits = datetime.now(UTC), []
    with as_worker():
        for _ in range(len(BACKOFF) + 1):
            with at_task("send"):
                claimed = claim(at=at, most=500)
            with at_task("send"):
                settle(claimed, Outcome(taken=False, words="The mail server did not take it (x)."), at=at)
            (after,) = {row[0] for row in ask("select next_try_at from duties_notice where id = %s",
                                              claimed.notices[0])}
            waits.append(after - at)
            at = after
    assert waits == [*BACKOFF, BACKOFF[-1]]
    everything_is_due(ask)
    send_now()
    assert waiting(ask) == there
    assert outbox().because == "The mail server did not take it (ConnectionRefusedError)."


def test_an_address_that_cannot_be_written_holds_up_nobody_else(amara, mail, send_now, ask):
    ask("update duties_notice set next_try_at = next_try_at - interval '1 hour'")
    ask("insert into access_contact (agency_id, desk, name, job, phone, email)"
        " select agency_id, 'spoilt', name, job, phone, %s from access_contact where desk = 'safeguarding' limit 1",
        "a@b.example\nBcc: carl@b.example")
    ask("update duties_notice set to_contact_id = (select id from access_contact where desk = 'spoilt'),"
        " next_try_at = next_try_at - interval '1 day' where id = (select id from duties_notice order by id limit 1)")
    send_now()
    assert [to for to, _ in mail.taken] == [[DESK]]
    assert waiting(ask) == outbox().failing == 1
    assert "look at this contact's e-mail address" in outbox().because


def test_without_a_mail_server_the_check_says_what_to_set(amara, send_now, ask, settings):
    settings.MAIL_LEAVES = False
    there = waiting(ask)
    send_now()
    assert waiting(ask) == there
    assert "SIGHTLINE_SMTP_URL" in outbox().because


def test_killed_after_the_server_took_it_it_is_sent_again_as_the_same_message_and_stands_once_in_the_inbox(
    at_hand, post,
):
    desk, port = post
    at_hand.ask("update duties_notice set next_try_at = null")
    path = at_hand.file("killed-sender.csv", [exclusion(70_000)])
    assert at_hand.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    waits = "select count(*) from duties_notice n join access_contact c on c.id = n.to_contact_id"
    waits += " where n.next_try_at is not null and c.email <> ''"
    ((there,),) = at_hand.ask(waits)
    assert there > 0
    started = []
    desk.on_taking = lambda: os.kill(started[0].pid, signal.SIGKILL)
    started.append(at_hand.start_code(SEND, SIGHTLINE_SMTP_URL=f"smtp://127.0.0.1:{port}"))
    started[0].communicate(timeout=60)
    assert started[0].returncode == -signal.SIGKILL
    assert len(desk.taken) == 1
    desk.on_taking = None
    assert at_hand.ask(waits) == [(there,)]
    at_hand.ask("update duties_notice set next_try_at = now() where next_try_at is not null")
    again = at_hand.start_code(SEND, SIGHTLINE_SMTP_URL=f"smtp://127.0.0.1:{port}")
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert at_hand.ask(waits) == [(0,)]
    (_, first), (_, second) = desk.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert at_hand.ask("select count(*), count(distinct key) from duties_notice") == at_hand.ask(
        "select count(distinct key), count(*) from duties_notice"), "each once in the inbox"


def test_a_worker_that_is_killed_while_it_sends_stops_no_other_sending(at_hand, post):
    """Another job of the kind waits by then: neither may hold up the other, for an hour or for ever."""
    desk, port = post
    at_hand.ask("update duties_notice set next_try_at = null")
    path = at_hand.file("killed-worker.csv", [exclusion(70_100)])
    assert at_hand.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    waits = "select count(*) from duties_notice n join access_contact c on c.id = n.to_contact_id"
    waits += " where n.next_try_at is not null and c.email <> ''"
    assert at_hand.ask(waits) != [(0,)]
    at_hand.ask("delete from procrastinate_jobs")
    started = []

    def kill_the_worker():
        at_hand.start_code(ASK_AGAIN).communicate(timeout=60)
        os.kill(started[0].pid, signal.SIGKILL)

    desk.on_taking = kill_the_worker
    given = {"SIGHTLINE_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    started.append(at_hand.start_code(ASK_AGAIN + RUN, **given))
    started[0].communicate(timeout=60)
    assert started[0].returncode == -signal.SIGKILL
    desk.on_taking = None
    sending = "select status::text from procrastinate_jobs where task_name = 'post.send_notices' order by id"
    assert at_hand.ask(sending) == [("doing",), ("todo",)]
    at_hand.ask("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    at_hand.ask("update duties_notice set next_try_at = now() where next_try_at is not null")
    _, errors = at_hand.start_code(RETRY_STALLED + RUN + RUN, **given).communicate(timeout=60)
    assert at_hand.ask(waits) == [(0,)], errors
    # What a new minute asks for while they run waits for the next worker: of these two, neither is left.
    assert {status for (status,) in at_hand.ask(sending)[:2]} <= {"aborted", "succeeded"}


def test_two_senders_at_once_send_each_message_once(at_hand, post):
    desk, port = post
    rows = [exclusion(71_000 + n) for n in range(20)]
    path = at_hand.file("senders.csv", rows)
    assert at_hand.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    at_hand.ask("update duties_notice set next_try_at = null")
    at_hand.ask("insert into access_contact (agency_id, desk, name, job, phone, email)"
                " select a.id, 'd' || n, 'Desk', 'Desk', '', 'd' || n || '@a.example'"
                " from access_agency a, generate_series(1, 20) n where a.name = 'Knowsley Council'")
    at_hand.ask("with numbered as (select n.id, 1 + row_number() over (order by n.id) %% 20 as number"
                " from duties_notice n join access_contact c on c.id = n.to_contact_id where c.email <> '')"
                " update duties_notice n set to_contact_id = c.id, next_try_at = now(), tries = 0, sent_at = null"
                " from numbered, access_contact c where numbered.id = n.id and c.desk = 'd' || numbered.number")
    senders = [at_hand.start_code(SEND, SIGHTLINE_SMTP_URL=f"smtp://127.0.0.1:{port}") for _ in range(2)]
    for sender in senders:
        _, errors = sender.communicate(timeout=60)
        assert sender.returncode == 0, errors
    reached = Counter(to[0] for to, _ in desk.taken)
    assert len(reached) == 20
    assert set(reached.values()) == {1}
    assert at_hand.ask("select count(*) from duties_notice n join access_contact c on c.id = n.to_contact_id"
                       " where c.email like 'd%%@a.example' and n.sent_at is null") == [(0,)]
