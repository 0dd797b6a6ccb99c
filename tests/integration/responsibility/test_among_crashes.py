"""Sessions end in the middle of offers and answers while newer words come in: one owner all the time, both sides told.

The same questions are asked of ten thousand events by `python -m benchmarks one_owner`.
"""

import random
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from benchmarks.one_owner import MUST_BE_NONE
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.responsibility.transfers import TransferRefused, expire_offers, offer
from tests.integration.conftest import NOW

ANSWER = "select sightline_answer_transfer(%s, %s, 'no bed', 'Lancashire', 'R1', null, %s)"
SIDES = {"Lancashire Council": ("Olive", "Knowsley Council"), "Knowsley Council": ("Beth", "Lancashire Council"),
         "Merseyside Police": ("Pat", "Knowsley Council")}
PLACES = {"missing-report": ("", ""), "missing-found": ("PR1 8BH", "L13 5TF")}


@pytest.fixture
def answer_and_perhaps_die(transactional_db, border, postgres):
    """Answer a transfer in a session of the pages' role that may be ended before, within or after its transaction."""
    name = connection.settings_dict["NAME"]

    def answering(transfer, officer, answer, at, *, dies):
        acting = border.work[officer]
        with suppress(psycopg.OperationalError), psycopg.connect(postgres.dsn("web", name)) as session:
            session.execute("select * from sightline_begin_work(%s, %s, %s)", [acting.officer, acting.work, NOW])
            if dies == "before":
                end(session)
            session.execute(ANSWER, [transfer, answer, at])
            if dies == "within":
                end(session)
            session.commit()
            if dies == "after":
                end(session)

    def end(session):
        with psycopg.connect(postgres.dsn("administrator", name), autocommit=True) as administrator:
            administrator.execute("select pg_terminate_backend(%s)", [session.info.backend_pid])

    return answering


@pytest.mark.parametrize("seed", range(3))
def test_nobody_is_without_an_owner_and_both_sides_know(scene, tell, answer_and_perhaps_die, seed):
    rng, at = random.Random(seed), NOW
    for round_ in range(16):
        at += timedelta(minutes=1)
        event = scene.event()
        (officer, receiver), answered_by = SIDES[event.owner_agency.name], ""
        with suppress(TransferRefused), scene.acting(officer) as acting:
            made = offer(acting=acting, event=event.pk, to_contact=scene.desk(receiver), words="Please take over.",
                         answer_by=at + timedelta(minutes=rng.choice((1, 2))), at=at)
            answered_by, answer = rng.choice((
                (SIDES[receiver][0], "accepted"), (SIDES[receiver][0], "refused"), (officer, "withdrawn"), ("", "")))
        if answered_by:
            answer_and_perhaps_die(made, answered_by, answer, at, dies=rng.choice(("before", "within", "after", "")))
        if rng.random() < 0.4:
            what = rng.choice(sorted(PLACES))
            tell(f"C{seed}-{round_}", what, at, postcode=rng.choice(PLACES[what]))
        with scene.as_worker(), at_task("test"):
            expire_offers(book=agency_book(), at=at + timedelta(seconds=50), most=10)
        assert scene.everything("select count(*) from responsibility_safetyevent where closed_at is null") == [(1,)]
    for question, statement in MUST_BE_NONE.items():
        if "still open" not in question:
            assert scene.everything(statement.replace("%", "%%")) == [(0,)], question
    assert scene.everything("select count(*) > 5 from responsibility_transfer") == [(True,)]
