"""Parting what was joined wrongly: as it was before, by two people where somebody works on the child, and all told."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.people.answers import AlreadyAnswered, KeptApart, SecondOfficerNeeded, answer, answered
from sightline.apps.people.models import Doubt, Identity, Parting
from sightline.apps.people.queries import resolved
from sightline.apps.record.queries import timelines_of
from tests.integration.conftest import NOW
from tests.integration.people.conftest import record_of

HOUR = timedelta(hours=1)


@pytest.fixture
def lives(as_worker):
    """Give the kinds of each child's entries, the duties open and the signs shown."""

    def looking(*people):
        with as_worker(), at_task("test"):
            timelines = timelines_of(list(people))
            with connection.cursor() as cursor:
                told = []
                for person in people:
                    cursor.execute("select code from duties_owedduty where person_id = %s and state in ('open','late')"
                                   " union all select code from signs_found where person_id = %s and gone_at is null"
                                   " order by 1", [person, person])
                    told.append((sorted(e.kind for e in timelines[person]), [row[0] for row in cursor.fetchall()]))
                return told

    return looking


def waiting(everything):
    return everything("select count(*) from people_parting where answer = ''")[0][0]


def test_a_wrong_link_of_an_active_child_is_parted_by_two_people_and_both_lives_are_as_before(pair, lives, everything):
    before = lives(pair.amara, pair.zora)
    pair.say("Beth", "same")
    assert pair.person_of(pair.hers) == pair.person_of(pair.others)
    kept = pair.person_of(pair.hers)
    assert lives(kept) != before[:1]
    pair.say("Beth", "not-same", instead_of="same", at=NOW + HOUR)
    assert pair.person_of(pair.hers) == pair.person_of(pair.others), "somebody works on her: one person is not enough"
    assert waiting(everything) == 1
    ((told,),) = everything("select about from duties_notice where key like 'second:%%'")
    assert "another officer must confirm" in told
    with pytest.raises(SecondOfficerNeeded), pair.acting("Beth"):
        pair.second("Beth", "not-same")
    pair.second("Mary", "not-same", at=NOW + HOUR)
    assert (pair.person_of(pair.hers), pair.person_of(pair.others)) == (pair.amara, pair.zora)
    assert lives(pair.amara, pair.zora) == before
    assert everything("select answer, carried_out_at from people_parting") == [("not-same", NOW + HOUR)]
    with pair.as_worker(), at_task("test"):
        assert answered(most=9) == []
        assert (resolved(pair.amara), resolved(pair.zora)) == (pair.amara, pair.zora)


def test_the_elder_keeps_the_id_while_they_are_joined_and_the_other_resolves_to_it(pair):
    pair.say("Beth", "same")
    with pair.as_worker(), at_task("test"):
        assert {resolved(pair.amara), resolved(pair.zora)} == {pair.person_of(pair.hers)}


def test_a_second_officer_who_does_not_agree_leaves_them_joined_with_both_answers_kept(pair, everything):
    pair.say("Beth", "same")
    pair.say("Beth", "not-same", instead_of="same")
    pair.second("Mary", "same")
    assert pair.person_of(pair.hers) == pair.person_of(pair.others)
    assert everything("select reason, answer, answer_reason from people_parting") == [
        ("Beth thinks so", "same", "Mary agrees")]
    assert everything("select answer, reason from people_doubt where id = %s", pair.doubt) == [("same", "Mary agrees")]


def test_whoever_asked_may_withdraw_it(pair, everything):
    pair.say("Beth", "same")
    pair.say("Beth", "not-same", instead_of="same")
    pair.say("Beth", "same", instead_of="not-same")
    assert everything("select answer from people_parting") == [("withdrawn",)]
    assert pair.person_of(pair.hers) == pair.person_of(pair.others)


def test_a_child_on_whom_nobody_works_is_parted_by_one(pair, everything):
    everything("update responsibility_safetyevent set closed_at = %s", NOW)
    everything("update duties_owedduty set state = 'ended'")
    pair.say("Beth", "same")
    everything("update responsibility_safetyevent set closed_at = coalesce(closed_at, %s)", NOW)
    everything("update duties_owedduty set state = 'ended'")
    pair.say("Beth", "not-same", instead_of="same")
    assert (pair.person_of(pair.hers), pair.person_of(pair.others)) == (pair.amara, pair.zora)
    assert everything("select count(*) from people_parting") == [(0,)]


def test_the_database_itself_parts_no_active_child_without_two_people(pair, everything):
    pair.say("Beth", "same")
    kept = pair.person_of(pair.hers)
    pair.say("Beth", "not-same", instead_of="same")
    goes = pair.others if kept == pair.amara else pair.hers
    back = pair.zora if kept == pair.amara else pair.amara
    forged = "update people_parting set answer = 'not-same', answered_at = now(), answer_reason = 'x', answered_by_id ="
    for statement in (("update people_identity set person_id = %s where id = %s", back, goes),
                      (f"{forged} asked_by_id",),
                      (f"{forged} (select id from access_officer where name = 'Mary')",),
                      ("delete from people_parting",), ("update people_parting set reason = 'x'",)):
        with pytest.raises(IntegrityError), transaction.atomic():
            everything(*statement)
    assert pair.person_of(goes) == kept


def test_two_said_apart_that_meet_through_a_third_wait_for_a_second_officer(pair, everything, send):
    """Nobody joined the two: each was joined to a third record, and the answer that they are two still holds."""
    third, _ = record_of(send, everything, "Knowsley Council", "t1", identity={
        "given": "Tola", "family": "Bright", "born_on": "2009-02-02", "sex": "F", "postcode": "L36 9YZ"})
    pair.say("Beth", "not-same")
    ones, others = pair.ask(pair.hers, third), pair.ask(pair.others, third)
    pair.say("Beth", "same", doubt=ones)
    with pytest.raises(KeptApart), pair.acting("Beth") as beth:
        answer(doubt=others, answer="same", reason="x", officer=beth.officer, at=NOW)
    # What a comparison joins asks nobody: here the worker moves her as it would.
    everything("update people_identity set person_id = %s where id = %s", pair.person_of(pair.hers), pair.others)
    with pair.as_worker(), at_task("test"):
        assert answered(most=9) == [pair.doubt]
    pair.settle()
    assert pair.person_of(pair.hers) == pair.person_of(pair.others)
    assert waiting(everything) == 1
    with pair.as_worker(), at_task("test"):
        assert answered(most=9) == [], "it waits for a person, not for the next minute"
    pair.settle()
    assert waiting(everything) == 1
    with pytest.raises(SecondOfficerNeeded), pair.acting("Beth"):
        pair.second("Beth", "not-same")
    pair.second("Mary", "not-same")
    assert pair.person_of(pair.hers) != pair.person_of(pair.others)
    assert pair.person_of(pair.hers) == pair.person_of(third), "what people said is one goes together"


def test_answers_that_contradict_a_parting_are_asked_again_and_nothing_goes_round(pair, everything, send):
    """Amara is Tola and Zora is Tola, said people; and then that Amara is not Zora."""
    third, _ = record_of(send, everything, "Knowsley Council", "t1", identity={
        "given": "Tola", "family": "Bright", "born_on": "2009-02-02", "sex": "F", "postcode": "L36 9YZ"})
    older, newer = pair.ask(pair.hers, third), pair.ask(pair.others, third)
    pair.say("Beth", "same", doubt=older)
    pair.say("Beth", "same", doubt=newer, at=NOW + HOUR)
    pair.say("Beth", "not-same", at=NOW + 2 * HOUR)
    pair.second("Mary", "not-same", at=NOW + 2 * HOUR)
    assert pair.person_of(pair.hers) != pair.person_of(pair.others) == pair.person_of(third)
    assert everything("select answer from people_doubt where id = any(%s) order by id = %s", [older, newer], newer) == [
        ("open",), ("same",)]
    with pair.as_worker(), at_task("test"):
        assert answered(most=9) == []


def test_a_parting_may_be_carried_out_again_and_changes_nothing(pair, everything):
    pair.say("Beth", "same")
    pair.say("Beth", "not-same", instead_of="same")
    pair.second("Mary", "not-same")
    before = everything("select count(*) from people_joining")
    pair.settle()
    pair.settle()
    assert everything("select count(*) from people_joining") == before
    with pytest.raises(AlreadyAnswered), pair.acting("Mary") as mary:
        answer(doubt=pair.doubt, answer="same", reason="x", officer=mary.officer, at=NOW, instead_of="open")


def test_everybody_who_acted_while_two_stood_as_one_is_told_once(pair, everything, acting):
    pair.say("Beth", "same", at=NOW)
    kept = pair.person_of(pair.hers)
    everything("update duties_notice set opened_at = %s, opened_by_id = (select id from access_officer where"
               " name = 'Mary') where id = (select id from duties_notice where person_id = %s and to_agency_id ="
               " (select id from access_agency where name = 'Knowsley Council') limit 1)", NOW + HOUR, kept)
    pair.say("Beth", "not-same", instead_of="same", at=NOW + 2 * HOUR)
    pair.second("Mary", "not-same", at=NOW + 3 * HOUR)
    told = everything(
        "select a.name, coalesce(o.name, ''), n.about, n.person_id from duties_notice n join access_agency a on"
        " a.id = n.to_agency_id left join access_officer o on o.id = n.to_officer_id where n.key like 'parted:%%'"
        " order by 1, 2")
    assert ("Knowsley Council", "Mary") in {row[:2] for row in told}
    assert {row[0] for row in told} >= {"Knowsley Council", "Merseyside Police"}
    assert "Essex Council" not in {row[0] for row in told}
    assert all(row[3] == kept for row in told)
    for _, _, about, _ in told:
        assert "stood as one here from 22 May 2026, 11:00 to 22 May 2026, 14:00" in about
        assert [word for word in ("Amara", "Zora", "Okafor", "Mensah", "L36") if word in about] == []
    pair.settle(at=NOW + 4 * HOUR)
    assert len(everything("select 1 from duties_notice where key like 'parted:%%'")) == len(told)


def test_carl_neither_sees_a_parting_nor_answers_it(pair, everything):
    pair.say("Beth", "same")
    pair.say("Beth", "not-same", instead_of="same")
    with pair.acting("Carl"):
        assert not Parting.objects.exists()
    for name in ("Carl", "Lee"):
        with pytest.raises(LookupError), pair.acting(name):
            pair.second(name, "not-same")
    with pair.acting("Mary"):
        assert Parting.objects.count() == 1


def test_a_record_within_a_child_is_asked_about_by_who_sees_the_whole_and_by_nobody_else(pair, everything):
    pair.say("Beth", "same")
    kept = pair.person_of(pair.hers)
    everything("delete from people_doubt")
    one, other = sorted((pair.hers, pair.others))
    for name, within in (("Carl", kept), ("Lee", kept), ("Beth", UUID(int=9))):
        with pytest.raises(Exception, match=r"row-level security|violates"), transaction.atomic(), pair.acting(name):
            Doubt.objects.create(one_id=one, other_id=other, opened_at=NOW, within_id=within)
    with pair.acting("Beth"):
        asked = Doubt.objects.create(one_id=one, other_id=other, opened_at=NOW, within_id=kept).pk
    pair.say("Beth", "not-same", doubt=asked)
    assert waiting(everything) == 1
    pair.second("Mary", "not-same", doubt=asked)
    assert (pair.person_of(pair.hers), pair.person_of(pair.others)) == (pair.amara, pair.zora), (
        "each is again who it was")
    with pair.as_worker(), at_task("test"):
        assert Identity.objects.filter(person_id=kept).count() == 1
