"""Legs on the road: the giver stays the owner until the receiver has answered by name, however often it is sent."""

import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection

from sightline.apps.responsibility.queries import leg_by_code, legs_of, time_without_owner, transfer
from sightline.apps.responsibility.road import Condition, Named, answer_by_code, answer_here, hand_over_here
from sightline.apps.responsibility.transfers import Refusal, TransferRefused, accept, withdraw
from tests.integration.conftest import NOW

LATER = NOW + timedelta(minutes=5)
CALM = Condition(seen_and_spoken_to=True, fed=True, injuries="none seen", said="I want to go home")
GIVER, TAKER = Named("PC Shap", "1042"), Named("PC Bootle", "7781")
NOT_OURS = Refusal("no car free", "Lancashire", "R1")


def digest_of(transfer):
    return f"digest of {transfer}"


@pytest.fixture
def leg(scene):
    """Let Olive hand Amara over beside the road to an agency; gives the transfer."""

    def handing(to="Merseyside Police", key=None, at=NOW):
        desk, event = scene.desk(to), scene.event().pk
        with scene.acting("Olive") as olive:
            return hand_over_here(acting=olive, event=event, to_contact=desk, key=key or uuid4(), at=at,
                                  place="Charnock Richard services", giver=GIVER, condition=CALM, digest_of=digest_of)

    return handing


def owner(scene):
    return scene.event().owner_agency.name


def test_a_leg_says_place_time_condition_and_the_giver_stays_the_owner(leg, scene):
    made = leg()
    assert owner(scene) == "Lancashire Council"
    event = scene.event().pk
    with scene.acting("Pat"):
        (one,) = legs_of(event, most=5)
        assert (one.transfer.id, one.place, one.met_at) == (made, "Charnock Richard services", NOW)
        assert (one.giver, one.giver_number, one.said) == ("PC Shap", "1042", "I want to go home")


@pytest.mark.parametrize("way", ["giver's device", "code"])
def test_a_name_and_a_number_move_the_owner_and_the_record_says_how(leg, scene, way):
    made = leg()
    if way == "code":
        with scene.acting("Carl"):  # whoever holds the code; that somebody else is signed in there changes nothing
            answer_by_code(digest=digest_of(made), officer=TAKER, refusal=None, at=LATER)
    else:
        with scene.acting("Olive"):
            answer_here(transfer=made, officer=TAKER, refusal=None, at=LATER)
    assert owner(scene) == "Merseyside Police"
    event = scene.event().pk
    with scene.acting("Pat"):
        found = transfer(made)
        assert (found.state, found.answered_by, way in found.how) == ("accepted", "PC Bootle (7781)", True)
        assert time_without_owner(event) == timedelta()
    told = scene.everything("select a.name from duties_notice n join access_agency a on a.id = n.to_agency_id"
                            " where n.key like %s order by 1", f"transfer:{made}:%")
    assert [name for (name,) in told] == ["Lancashire Council", "Merseyside Police", "Merseyside Police"]


def test_the_code_shows_age_sex_and_condition_and_no_name(leg, scene, as_web):
    made = leg()
    with as_web():
        seen = leg_by_code(digest_of(made), at=LATER)
        assert (seen.age, seen.sex, seen.injuries, seen.state) == (15, "F", "none seen", "offered")
        assert "Okafor" not in repr(seen)
        assert "home" not in repr(seen)
        assert leg_by_code("digest of nothing", at=LATER) is None
        assert leg_by_code(digest_of(made), at=NOW + timedelta(minutes=30)) is None, "the code ends with the offer"


@pytest.mark.parametrize("by_code", [True, False])
def test_sent_twice_it_is_one_leg_and_one_answer(leg, scene, by_code):
    key = uuid4()
    made = leg(key=key)
    assert leg(key=key) == made
    assert scene.everything("select count(*) from responsibility_transfer") == [(1,)]
    for _ in range(2):
        with scene.acting("Olive"):
            if by_code:
                answer_by_code(digest=digest_of(made), officer=TAKER, refusal=None, at=LATER)
            else:
                answer_here(transfer=made, officer=TAKER, refusal=None, at=LATER)
    assert scene.everything("select count(*) from responsibility_ownerchange where transfer_id is not null") == [(1,)]


def test_who_refuses_on_the_road_says_whose_and_by_which_rule_and_the_giver_stays_the_owner(leg, scene):
    made = leg()
    with scene.acting("Olive"):
        answer_here(transfer=made, officer=TAKER, refusal=NOT_OURS, at=LATER)
    assert owner(scene) == "Lancashire Council"
    assert scene.everything("select count(*) from responsibility_dispute where settled_at is null") == [(1,)]
    again = leg(at=LATER)
    with scene.acting("Pat"):
        accept(transfer=again, at=LATER)
    assert owner(scene) == "Merseyside Police"
    assert scene.everything("select count(*) from responsibility_dispute where settled_at is null") == [(0,)]


@pytest.mark.parametrize("named", [("", "7781"), ("PC Bootle", " ")])
def test_nobody_takes_over_without_a_name_and_a_number(leg, scene, named):
    made = leg()
    with pytest.raises(TransferRefused):
        Named(*named)
    with scene.acting("Olive"), connection.cursor() as cursor:
        cursor.execute("select sightline_answer_here(%s, 'accepted', %s, %s, null, null, null, null, %s)",
                       [made, *named, LATER])
        assert cursor.fetchone() == ("not yours",)
    assert owner(scene) == "Lancashire Council"


def test_only_the_givers_own_device_answers_for_the_receiver(leg, scene):
    made = leg()
    for name in ("Beth", "Pat", "Carl", "Rob", "Lee", "Dawn"):
        with pytest.raises(TransferRefused, match="not yours"), scene.acting(name):
            answer_here(transfer=made, officer=TAKER, refusal=None, at=LATER)
    assert owner(scene) == "Lancashire Council"


def test_an_offer_that_has_ended_is_not_taken_over(leg, scene):
    made = leg()
    with scene.acting("Olive"):
        withdraw(transfer=made, at=LATER)
    with pytest.raises(TransferRefused, match="withdrawn"), scene.acting("Olive"):
        answer_by_code(digest=digest_of(made), officer=TAKER, refusal=None, at=LATER)
    late = leg(at=LATER)
    with pytest.raises(TransferRefused, match="expired"), scene.acting("Olive"):
        answer_here(transfer=late, officer=TAKER, refusal=None, at=LATER + timedelta(minutes=30))
    assert owner(scene) == "Lancashire Council"


def test_a_leg_is_added_by_the_giver_alone_and_never_changed(leg, scene):
    made = leg()
    for name in ("Pat", "Beth", "Carl"):
        with pytest.raises(DatabaseError), scene.acting(name), connection.cursor() as cursor:
            cursor.execute(
                "insert into responsibility_roadleg (transfer_id, key, place, met_at, giver, giver_number,"
                " seen_and_spoken_to, fed, injuries, said, code_digest)"
                " values (%s, gen_random_uuid(), 'x', now(), 'x', '1', true, true, 'x', '', 'x')", [made])
    for statement in ("update responsibility_roadleg set said = 'x'", "delete from responsibility_roadleg"):
        with pytest.raises(DatabaseError), scene.acting("Olive"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("round_", range(3))
def test_of_three_who_take_one_leg_over_at_once_one_is_heard(leg, scene, border, postgres, round_):
    made = leg()
    start, answers = threading.Barrier(3), {}
    calls = {
        "here": ("select sightline_answer_here(%s, 'accepted', 'PC Bootle', '7781', null, null, null, null, %s)", made),
        "code": ("select sightline_answer_by_code(%s, 'accepted', 'PC Formby', '5501', null, null, null, null, %s)",
                 digest_of(made)),
        "signed in": ("select sightline_answer_transfer(%s, 'accepted', null, null, null, null, %s)", made)}

    def take(how):
        statement, which = calls[how]
        acting = border.work["Pat" if how == "signed in" else "Olive"]
        with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
            if how != "code":
                session.execute("select * from sightline_begin_work(%s, %s, %s)", [acting.officer, acting.work, NOW])
            start.wait(timeout=20)
            answers[how] = session.execute(statement, [which, LATER]).fetchone()[0]

    threads = [threading.Thread(target=take, args=(how,)) for how in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == dict.fromkeys(calls, "accepted")
    assert owner(scene) == "Merseyside Police"
    assert scene.everything("select count(*) from responsibility_ownerchange where transfer_id is not null") == [(1,)]
    taken = scene.everything("select answered_by_id is not null, answerer from responsibility_transfer")
    assert taken in ([(True, "")], [(False, "PC Bootle")], [(False, "PC Formby")])
