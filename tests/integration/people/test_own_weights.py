"""A deployment puts weights of its own into use, and its own thresholds: one model at a time, with who and why."""

import json
import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.people import queries
from sightline.apps.people.actions import attribute
from sightline.apps.people.again import weigh_again
from sightline.apps.people.choosing import (
    NoSuchWeights,
    WeightsNeedReason,
    keep_weights,
    other_side,
    set_thresholds,
    use_weights,
)
from sightline.apps.people.models import Weights, WeightsChange
from sightline.apps.people.weights import FIRST, in_use, kept_models
from sightline.domain.linkage.deciding import Thresholds
from sightline.domain.linkage.model import Model
from sightline.domain.vocabulary.identity import Identity
from sightline.reference.linkage import first_model
from tests.integration.conftest import NOW
from tests.integration.people.test_review_page import shown

OTHER = replace(Model.read(first_model()), same_per_record=1.5, trained_on="a test", records=5_000)


def child(key: str, **told: object) -> Identity:
    told = {"given": "Aaliyah", "family": "Featherstone", "born_on": date(2011, 4, 3), "sex": "F",
            "postcode": "L36 9YZ", **told}
    return Identity("timeline", key, **told)


@pytest.fixture
def kept(as_worker, partnership):
    """Keep the other weights beside the first, and act for Mary."""

    class Kept:
        mary = partnership.officers["Mary"]

        @contextmanager
        def at_work(self):
            with as_worker(), at_task("test"):
                yield

        def use(self, digest, reason="They find more"):
            with self.at_work():
                return use_weights(digest, officer=self.mary, reason=reason, at=NOW)

        def set(self, *thresholds, reason="The sample says so"):
            with self.at_work():
                return set_thresholds(Thresholds(*thresholds), officer=self.mary, reason=reason, at=NOW)

        def in_use(self):
            with self.at_work():
                return in_use()

        def tell(self, agency, *told):
            with self.at_work():
                attribute(told, agency=partnership.agencies[agency], submission=None, at=NOW)

    made = Kept()
    with made.at_work():
        assert keep_weights(OTHER, trained_on=4_000, at=NOW)
    return made


def test_at_first_the_first_model_is_in_use_with_the_thresholds_that_were_measured(kept):
    used = kept.in_use()
    assert (used.digest, used.thresholds) == (FIRST, Thresholds())
    assert used.model.digest == Model.read(first_model()).digest


def test_trained_weights_are_kept_once_and_not_in_use(kept):
    with kept.at_work():
        assert not keep_weights(OTHER, trained_on=4_000, at=NOW)
        other, first = sorted(kept_models(), key=lambda one: one.digest == FIRST)
    assert (other.digest, other.in_use, other.trained_on, other.of_records) == (OTHER.digest, False, 4_000, 5_000)
    assert (first.digest, first.in_use, first.trained_on) == (FIRST, True, None)


def test_weights_are_put_into_use_once_and_back_with_who_when_and_why(kept, everything):
    assert kept.use(OTHER.digest)
    assert not kept.use(OTHER.digest, reason="Again")
    assert kept.in_use().model.digest == OTHER.digest
    with kept.at_work():
        (used,) = next(one for one in kept_models() if one.in_use).used
    assert (used.officer, used.at, used.reason) == ("Mary", NOW, "They find more")
    assert kept.use(Model.read(first_model()).digest, reason="Back"), "the first is known by its digest, too"
    assert kept.in_use().digest == FIRST
    assert not kept.use(FIRST)
    rows = everything("select about from access_auditentry where act = 'put weights into use' order by id")
    assert [json.loads(about)["officer"] for (about,) in rows] == [str(kept.mary)] * 2


def test_weights_that_nobody_kept_are_refused_and_so_is_a_change_without_a_reason(kept):
    with pytest.raises(NoSuchWeights):
        kept.use("0123456789abcdef")
    with pytest.raises(WeightsNeedReason):
        kept.use(OTHER.digest, reason="  ")
    with pytest.raises(WeightsNeedReason):
        kept.set(12, 4, 0, reason="")
    assert kept.in_use().digest == FIRST


@pytest.mark.parametrize("statement", [
    "update people_weights set in_use = true",
    "delete from people_weights where not in_use",
    "update people_weights set document = '{}' where not in_use",
    "update people_weights set digest = 'x'",
    "update people_weights set join_at = 3",
    "update people_weights set ask_from = 5",
    "update people_weights set join_at = 'infinity'",
    "update people_weightschange set reason = 'x'",
    "delete from people_weightschange",
])
def test_the_database_keeps_weights_as_they_were_and_the_thresholds_in_order(kept, statement):
    kept.set(12, 4, 0)
    with pytest.raises(DatabaseError), kept.at_work(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_some_weights_are_always_in_use(kept):
    with pytest.raises(DatabaseError, match="always in use"), kept.at_work(), connection.cursor() as cursor:
        cursor.execute("update people_weights set in_use = false")
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("statement", [
    "update people_weights set in_use = false", "update people_weights set join_at = 20",
    "insert into people_weights (made_at, digest, document, in_use) values (now(), 'x', '', false)",
    ("insert into people_weightschange (weights_id, what, officer_id, at, reason, join_at, keep_from, ask_from)"
     " select 1, 'put into use', id, now(), 'x', 1, 0, 0 from access_officer limit 1"),
    ("insert into people_dryspell (agency_id, name, week, before, now, found_at)"
     " select id, 'names', now(), 1, 0, now() from access_agency limit 1"),
    "delete from people_dryspell", "delete from people_weights"])
def test_the_pages_may_write_none_of_it(kept, acting, statement):
    with pytest.raises(DatabaseError, match="permission denied"), acting("Mary"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_arrives_next_is_weighed_by_the_weights_of_now(kept, everything):
    kept.tell("Knowsley Council", child("k1"))
    kept.use(OTHER.digest)
    kept.tell("Essex Council", child("e1"))
    ((model,),) = everything("select model from people_joining where how = 'comparison'")
    assert model == OTHER.digest


def test_a_higher_threshold_asks_where_a_lower_one_joins(kept, everything):
    kept.tell("Knowsley Council", child("k1"))
    assert kept.set(60, 4, 0)
    assert not kept.set(60, 4, 0), "the same again changes nothing"
    kept.tell("Essex Council", child("e1"))
    assert everything("select count(*) from people_joining") == [(0,)]
    ((bits, answer),) = everything("select bits, answer from people_doubt")
    assert (bits > 10, answer) == (True, "open")
    with kept.at_work():
        effect = other_side(Thresholds())
        assert (effect.links, effect.doubts, effect.joinable, effect.unasked) == (0, 1, 1, 0)
        assert other_side(Thresholds(90, 60, 60)).unasked == 1


def test_by_night_what_would_not_be_kept_any_more_is_asked_and_nothing_moves(kept, everything, as_worker):
    kept.tell("Knowsley Council", child("k1"))
    kept.tell("Essex Council", child("e1"))
    before = everything("select id, person_id from people_identity order by id")
    assert len({person for _, person in before}) == 1
    with kept.at_work():
        effect = other_side(Thresholds(60, 50, 0))
    assert (effect.links, effect.unjoined, effect.questioned) == (1, 1, 1)
    kept.set(60, 50, 0)
    with as_worker():
        weigh_again(at=lambda: NOW)
    assert everything("select id, person_id from people_identity order by id") == before
    assert everything("select within_id is not null from people_doubt") == [(True,)]


def test_a_search_says_that_a_child_fits_by_the_thresholds_of_now(kept, everything, acting, amara):
    asked = Identity("", "", given="Amara", family="Okafor", born_on=date(2011, 4, 3))
    with acting("Beth"):
        (hit,) = queries.find(asked, most=5)
    assert hit.fits
    kept.set(60, 4, 0)
    with acting("Beth"):
        (hit,) = queries.find(asked, most=5)
    assert not hit.fits


def test_of_two_who_change_it_at_once_one_waits(kept):
    """The lock is the first thing that is taken: a second change sees what the first one left."""
    kept.use(OTHER.digest)
    with kept.at_work(), connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
                       " and objid = (hashtext('people.weights')::bigint & 4294967295)::oid")
        assert cursor.fetchone() == (1,)
        with pytest.raises(IntegrityError), transaction.atomic():
            Weights.objects.update(in_use=True)
        assert Weights.objects.filter(in_use=True).count() == 1
        assert WeightsChange.objects.count() == 1


def test_the_page_shows_the_weights_and_thresholds_in_use(kept, everything, browse, as_worker):
    everything("insert into people_linkcount (what, part, number, at) values ('parting', 'waits', 0, now())")
    with browse("Dawn") as dawn:
        text = shown(dawn.get("/oversight/links/"))
    assert "The first weights, learnt from invented children" in text
    assert "10 bits" in text
    kept.use(OTHER.digest)
    kept.set(12.5, 4, 1)
    with browse("Dawn") as dawn:
        text = shown(dawn.get("/oversight/links/"))
    assert "Learnt from 4,000 of 5,000 records here" in text
    assert OTHER.digest in text
    assert re.search(r"22 May 2026, 11(:00)?am, by Mary", text), re.findall(".{30}by Mary", text)
    assert "12.5 bits" in text
