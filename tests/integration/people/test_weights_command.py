"""`sightline weights` on a running database: trained on own records, kept and used; killed, none is kept."""

import json
from hashlib import blake2b
from uuid import UUID

import psycopg
import pytest

from benchmarks.invented_records import records
from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model
from tests.partnership_at_hand import COUNCIL, SCHOOL, PartnershipAtHand, ended, exclusion, killed_in_trap
from tests.running import wait_until

CHILDREN = 1_500
MARY, PAT = "mary@knowsley.example", "pat@knowsley.example"
PASSWORD = "green-kettle-sings-9"


def load(at_hand: PartnershipAtHand, children: int) -> int:
    """Put invented records into the database, each child a person; give how many."""
    ((agency,),) = at_hand.ask("select id from access_agency where name = %s", COUNCIL)
    told = list(records(children, seed=31))
    with psycopg.connect(at_hand.server.dsn("administrator")) as session, session.cursor() as cursor:
        with cursor.copy("copy people_person (id, made_at) from stdin") as copy:
            for number in {record.child.number for record in told}:
                copy.write_row((UUID(int=number + 1), "2026-05-01"))
        with cursor.copy("copy people_identity (id, agency_id, scheme, key, person_id, keys) from stdin") as copy:
            for one in told:
                scheme = one.kind.replace(" ", "-")
                copy.write_row((_id(one.number), agency, scheme, str(one.number), UUID(int=one.child.number + 1), "{}"))
        with cursor.copy("copy people_description (identity_id, digest, given, family, also_known_as, born_on, sex,"
                         " identifiers, postcode, told_at) from stdin") as copy:
            for one in told:
                copy.write_row((_id(one.number), str(one.number).encode(), one.given, one.family, "{}", one.born_on,
                                one.sex, json.dumps(one.identifiers), one.home, "2026-05-01"))
    return len(told)


def _id(number: int) -> UUID:
    """Give an id as the database would: those that come first are no particular ones."""
    return UUID(bytes=blake2b(str(number).encode(), digest_size=16).digest())


@pytest.fixture
def loaded(at_hand):
    if at_hand.ask("select count(*) from people_identity") == [(0,)]:
        load(at_hand, CHILDREN)
        for email, role in ((MARY, "duty-manager"), (PAT, "social-worker")):
            assert at_hand.run("user", "add", email, "--name", email.partition("@")[0].title(), "--agency", COUNCIL,
                               "--role", role, "--password", PASSWORD)[0] == 0
    return at_hand


TRAIN = ("weights", "train", "--strangers", "40000")
KEPT = "select digest, in_use from people_weights where digest <> 'first' order by id"


def test_without_records_nothing_is_trained_and_it_says_how_many_there_are(at_hand):
    status, document = at_hand.run("weights", "train")
    assert status == 1
    assert document["refused"].startswith("There are 0 records to learn from, and 1,000 are the fewest.")
    assert at_hand.ask(KEPT) == []


def test_too_few_pairs_of_one_child_are_refused_with_how_many_there_are(loaded):
    status, document = loaded.run(*TRAIN, "--most", "1000")
    assert status == 1
    assert document["refused"].startswith("Among 1,000 records there are about 2")
    assert "pairs of one child, and 1,000 are the fewest to learn from. Nothing was kept." in document["refused"]
    assert loaded.ask(KEPT) == []


def test_killed_half_way_nothing_is_kept_and_nobody_waits_for_it(loaded):
    with loaded.trap("people_weights", when="true", event="before insert"):
        process = loaded.start(*TRAIN)
        wait_until(lambda: loaded.trapped() == 1, seconds=200)
        file = loaded.file("meanwhile.csv", [exclusion(1)])
        status, imported = loaded.run("import", str(file), "--feed", "exclusions", "--from", SCHOOL)
        assert (status, imported["accepted"]) == (0, 1), "what arrives meanwhile does not wait"
        killed_in_trap(loaded, process)
    assert loaded.ask(KEPT) == []
    assert loaded.ask("select count(*) from access_auditentry where act = 'train weights'") == [(0,)]


def test_own_weights_are_trained_kept_shown_used_and_left(loaded):
    links = loaded.ask("select id, person_id from people_identity order by id")
    status, trained = ended(loaded.start(*TRAIN))
    assert status == 0, trained
    digest = trained["digest"]
    assert trained["new"]
    assert trained["records"] == trained["of_records"] == len(links)
    assert trained["pairs"] == trained["of_pairs"] > 4_000
    assert {one["comparison"] for one in trained["stayed"]} >= {"nhs", "school", "carer", "phone"}
    assert trained["changes"]
    assert sum(one["pairs"] for one in trained["sides"]) < trained["pairs"] / 4
    assert loaded.ask(KEPT) == [(digest, False)]

    assert not ended(loaded.start(*TRAIN))[1]["new"], "the same records give the same weights"
    assert loaded.ask(KEPT) == [(digest, False)]

    status, shown = loaded.run("weights", "show")
    assert (shown["in_use"]["name"], shown["in_use"]["digest"]) == ("first", Model.read(first_model()).digest)
    assert {one["digest"] for one in shown["kept"]} == {"first", digest}

    for refused in (("use", digest, "--reason", "x"), ("use", digest, "--reason", "x", "--as", PAT),
                    ("thresholds", "--join", "12", "--reason", "x", "--as", "nobody@b.example")):
        status, document = loaded.run("weights", *refused)
        assert (status, "a duty manager" in document["refused"]) == (1, True)
    status, document = loaded.run("weights", "use", "0" * 16, "--reason", "x", "--as", MARY)
    assert (status, "sightline weights show lists them" in document["refused"]) == (1, True)

    for changed in (True, False):
        status, document = loaded.run("weights", "use", digest, "--reason", "Our own names", "--as", MARY)
        assert (status, document["in_use"], document["changed"]) == (0, digest, changed)
    shown = loaded.run("weights", "show")[1]
    assert shown["in_use"]["digest"] == digest
    assert shown["in_use"]["trained_on"].startswith(f"{len(links)} of {len(links)} records of this deployment")
    (own,) = [one for one in shown["kept"] if one["digest"] == digest]
    assert (own["in_use"], own["trained_on"], own["of_records"]) == (True, len(links), len(links))
    assert [(used["by"], used["reason"]) for used in own["put_into_use"]] == [("Mary", "Our own names")]
    first_name = shown["in_use"]["comparisons"]["first_name"]
    assert first_name[0]["words"] == "same first name"
    assert first_name[0]["against_relatives"] > 5 > first_name[-1]["against_relatives"]

    assert loaded.run("weights", "use", "first", "--reason", "Back", "--as", MARY)[0] == 0
    assert loaded.ask("select id, person_id from people_identity order by id") == links, "nothing moves by it"
    assert loaded.ask("select act, count(*) from access_auditentry where act like '%%weights%%' group by 1 order by 1"
                      ) == [("put weights into use", 2), ("train weights", 1)]


def test_thresholds_are_tried_before_they_are_set(loaded):
    status, tried = loaded.run("weights", "thresholds", "--join", "12")
    assert (status, tried["changed"]) == (0, False)
    assert (tried["before"], tried["thresholds"]) == (
        {"join": 10, "keep": 4, "ask": 0}, {"join": 12, "keep": 4, "ask": 0})
    assert {"links", "links_under_join", "links_under_keep", "doubts_from_join", "doubts_under_ask"} <= set(tried)
    assert loaded.run("weights", "show")[1]["in_use"]["thresholds"]["join"] == 10
    status, document = loaded.run("weights", "thresholds", "--join", "3", "--reason", "x", "--as", MARY)
    assert (status, "join is above keep" in document["refused"]) == (1, True)
    for changed in (True, False):
        status, document = loaded.run("weights", "thresholds", "--join", "12", "--keep", "5", "--reason",
                                      "Our sample", "--as", MARY)
        assert (status, document["changed"]) == (0, changed)
    assert loaded.run("weights", "show")[1]["in_use"]["thresholds"] == {"join": 12, "keep": 5, "ask": 0}
    assert loaded.ask("select count(*) from access_auditentry where act = 'set thresholds'") == [(1,)]
