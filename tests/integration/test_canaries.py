"""The watch over the whole suite finds a canary wherever one may get out; or its silence would prove nothing."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django import app

from sightline.interfaces.jobs.post import send_notices
from tests import canaries
from tests.running import command


def noted():
    """Give what was noted, in one text, so that this test does not fail for it."""
    return "\n".join(canaries.found())


def test_in_a_line_of_a_log():
    logging.config.dictConfig(settings.LOGGING)  # as every process does at its start, which turns listeners away
    canaries.listen()
    log = logging.getLogger("sightline.record")
    log.error("read %s", "Amara")
    assert "the log of sightline.record" in noted()
    log.error("GET /find?name=Amara")
    assert noted() == "", "the product's own formatter takes it out"


def test_in_an_address_whatever_hides_it(db):
    Client().get("/children/Amara/")
    assert "an address" in noted()
    Client().get("/help/?of=am%61ra")
    assert "an address" in noted()


def test_on_an_error_page(db, monkeypatch):
    monkeypatch.setattr("sightline.interfaces.web.urls.handler404", lambda request, exception: HttpResponse(
        "No page of Amara here", status=404))
    Client().get("/nowhere/")
    assert "an error page 404" in noted()


def test_in_an_e_mail():
    mail.outbox = []
    EmailMessage("Amara was excluded", "x", to=["desk@a.example"]).send()
    for message in mail.outbox:
        canaries.look("an e-mail", message.message().as_string())
    mail.outbox.clear()
    assert "an e-mail" in noted()


@pytest.mark.parametrize("hidden", ["arguments", "lock"])
def test_in_the_arguments_of_a_job(db, hidden):
    told = {"task_kwargs": {"child": "Amara"}} if hidden == "arguments" else {"lock": "Amara"}
    app.configure_task(send_notices.name, **told).defer()
    assert "a job post.send_notices" in noted()


def test_in_what_a_process_says_and_in_its_logs(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "web.log.1").write_text("refused Amara\n")
    canaries.look_at_process(tmp_path, "warning: A950000178301\n")
    found = noted()
    assert "the log web.log.1" in found
    assert "standard error" in found
    command(tmp_path / "data", "identifier", "upn", "A950000178301", "--no-such-option-as-Amara")
    assert "standard error" in noted()


def test_in_the_files_of_a_demonstration_each_child_is_a_canary(tmp_path):
    (tmp_path / "demonstration-files").mkdir()
    (tmp_path / "demonstration-files" / "x.csv").write_text("upn,Forename,Surname\nK123,Zuri,Mensah\n")
    canaries.look_at_process(tmp_path, "read Zuri Mensah")
    assert "Zuri Mensah" in noted()
