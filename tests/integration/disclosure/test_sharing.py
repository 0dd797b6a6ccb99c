"""Sharing and refusing, one shape: what stands, what is refused, who sees it, how it ends and who is told."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.disclosure.actions import DisclosureRefused, ask_for, end, say_received, say_removed
from sightline.apps.disclosure.keeping import end_in_time, warn_of_ends
from sightline.apps.disclosure.queries import asked_for, counted, disclosure, disclosures_of, requests_waiting
from sightline.apps.disclosure.waiting import remind_of_requests
from sightline.apps.duties.queries import duties_of, notices_to
from sightline.apps.duties.queue import Line, Whose, hands_of
from sightline.apps.people.actions import own_identity
from sightline.apps.people.queries import names_of, said_of
from sightline.apps.record.queries import told_of
from sightline.apps.responsibility.waiting import REQUESTED, waiting_in_line
from sightline.domain.disclosure.weighing import LASTS, Outcome, ToldOf, Why
from sightline.domain.intake.row import Told as ToldRow
from sightline.interfaces.web.child.acts import record
from tests.integration.conftest import EXCLUSION
from tests.integration.disclosing import share_with

POLICE, SCHOOL = "Merseyside Police", "Brook High School"


def seen(acting, name, scene) -> list[str]:
    with acting(name):
        return [t.entry.kind for t in told_of(scene.amara, most=50)]


def told(acting, name) -> list[str]:
    with acting(name) as me:
        return [n.about for n in notices_to(me.agency, most=50)]


def read(as_worker) -> None:
    with as_worker():
        flow.read_news(at=lambda: datetime.now(UTC))


def asked_in(line, **where):
    return waiting_in_line(line, kinds=REQUESTED, **where)


def by_the_worker(as_worker, step, at) -> int:
    with as_worker(), at_task("test"):
        return step(book=agency_book(), at=at, most=50)


def test_who_is_told_sees_what_was_chosen_and_nothing_that_was_weighed(scene, acting, as_worker):
    assert seen(acting, "Pat", scene) == []
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion],
                          signs=[("C05", "Excluded. Two days ago")],
                          summary="Seen at the station at night", leak_harms="Her mother, who is in hiding")
    read(as_worker)
    assert seen(acting, "Pat", scene) == ["school.exclusion"]
    assert [n for n in told(acting, "Pat") if "Knowsley Council shared something" in n]
    with acting("Pat"):
        found = disclosure(made)
        assert (found.outcome, found.purpose, found.gateway) == (Outcome.SHARE, "Look out for her", "GW-10/11")
        assert [i.words for i in found.items if i.words] == ["Excluded. Two days ago", "Seen at the station at night"]
        assert found.weighed is None
        assert "hiding" not in repr(found)
    with acting("Beth"):
        assert disclosure(made).weighed.leak_harms == "Her mother, who is in hiding"


def test_of_whom_an_officers_own_words_tell_is_shared_with_them(scene, acting, as_worker):
    """What is recorded on our pages came with no file that names the child."""
    with acting("Beth") as beth:
        now = datetime.now(UTC)
        held = ToldRow("care.strategy-discussion", now, "held/1", {"decision": "enquiry"})
        noted = record(beth, scene.amara, held, at=now)
        (known,) = names_of([scene.amara]).values()
        share_with(beth, scene.amara, POLICE, entries=[noted])
    read(as_worker)
    assert seen(acting, "Pat", scene) == ["care.strategy-discussion"]
    with acting("Pat"):
        (said,) = said_of([scene.amara])[scene.amara]
        assert (said.name, said.agency) == (known, "Knowsley Council")
        assert said.born_on is not None
        assert (said.postcode, said.identifiers) == (None, {})
    with acting("Carl"):
        assert names_of([scene.amara]) == {}


def test_the_words_of_our_pages_match_no_file(scene, acting, as_worker, send):
    """They repeat what others told: were they compared, they would count twice, and a correction half."""
    with acting("Beth") as beth:
        own = own_identity(person=scene.amara, agency=beth.agency, at=datetime.now(UTC))
    keys = [(0, key) for (told,) in scene.rows("select keys from people_identity where person_id = %s", scene.amara)
            for key in told]
    only = [key for _, key in keys]
    near = scene.rows(
        "select identity_id from sightline_near(%s::int[], %s::bigint[], %s::bigint[], %s::int[], 50, 50)",
        [n for n, _ in keys], only, only, [10 for _ in keys])
    assert len(near) == len(scene.rows("select 1 from people_identity where person_id = %s", scene.amara)) - 1
    assert (own,) not in near


def test_a_refusal_is_kept_in_the_same_shape_and_meets_the_same_duty(scene, acting, as_worker):
    with acting("Beth") as beth:
        duty = next(d for d in duties_of(scene.amara, most=50) if d.code == "D-EX-4")
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], outcome=Outcome.REFUSE,
                          facilitates=False, about=f"D-EX-4:{duty.started_by}")
    read(as_worker)
    with acting("Beth"):
        assert next(d.state for d in duties_of(scene.amara, most=50) if d.code == "D-EX-4") == "met"
        found = disclosure(made)
        assert (found.shares, found.until, found.weighed.facilitates) == (False, None, False)
        assert [i.entry for i in found.items] == [scene.exclusion]
    assert seen(acting, "Pat", scene) == []
    assert told(acting, "Pat") == []
    with acting("Pat"):
        assert disclosure(made) is None


@pytest.mark.parametrize(("lacks", "says"), [
    ({"facilitates": False}, "does not help"), ({"harms": True}, "harm the child more"), ({"gateway": ""}, "which law"),
    ({"gateway": "GW-16LA"}, "does not reach"), ({"gateway": "GW-ENC"}, "does not reach"), ({"told": None}, "told"),
    ({"told": ToldOf.NOBODY}, "why nobody"), ({"leak_harms": " "}, "harmed"), ({"purpose": ""}, "what they are to do"),
    ({"until": None}, "until when"), ({"until": datetime(2090, 1, 1, tzinfo=UTC)}, "a year at most"),
    ({"items": 0}, "Choose what is shared"), ({"facilitates_because": ""}, "how it helps"),
])
def test_what_lacks_something_is_no_decision(scene, acting, lacks, says):
    with pytest.raises(DisclosureRefused, match=says), acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], **lacks)
    assert scene.rows("select count(*) from disclosure_disclosure") == [(0,)]
    assert scene.rows("select count(*) from record_share") == [(0,)]


def test_the_database_refuses_what_lacks_something_whoever_writes(scene, acting, as_worker):
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
    settle = "set constraints all immediate"
    copy = ("insert into disclosure_disclosure (id, person_id, identity_id, decision_id, holder_id, officer_id,"
            " decided_at, outcome, purpose, gateway, until, words, about) select gen_random_uuid(), person_id,"
            " identity_id, %s, holder_id, officer_id, decided_at, outcome, {purpose}, {gateway}, {until}, '', ''"
            " from disclosure_disclosure where id = %s")
    good = {"purpose": "purpose", "gateway": "gateway", "until": "until"}
    for change in ({"gateway": "'GW-16LA'"}, {"until": "null"}, {"until": "decided_at + interval '2 years'"},
                   {"purpose": "''"}, {}):
        with pytest.raises(IntegrityError), as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(copy.format(**{**good, **change}), [scene.exclusion, made])
            cursor.execute(settle)  # nothing changed: a decision without a weighing
    with pytest.raises(IntegrityError, match="nothing is shared but by a disclosure"), as_worker(), at_task("test"), \
            connection.cursor() as cursor:
        cursor.execute("insert into record_share (entry_id, agency_id, decision_id, until) select entry_id,"
                       " (select id from access_agency where name = 'Essex Council'), decision_id, until"
                       " from record_share")
        cursor.execute(settle)


def test_a_decision_is_never_changed_or_removed(scene, acting, as_worker):
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    for table, change in (("disclosure", "purpose = 'x'"), ("disclosure", "until = null, outcome = 'refuse'"),
                          ("weighing", "harms = true"), ("item", "words = 'x'"), ("recipient", "function = 'x'")):
        with pytest.raises(DatabaseError, match="never changed"), as_worker(), at_task("test"), \
                connection.cursor() as cursor:
            cursor.execute("set local role none")
            cursor.execute(f"update disclosure_{table} set {change}")
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("delete from disclosure_disclosure")


def test_an_agency_shares_what_it_told_itself_and_nothing_else(scene, acting, send):
    send("timeline", "Knowsley Council", '{"id": "e9", "child": "k1", "kind": "care.referral", "at": "2026-05-20",'
         ' "by": "Knowsley Council", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",'
         ' "upn": "A950000178301"}}')
    with acting("Beth"):
        referral = next(t.entry.id for t in told_of(scene.amara, most=50) if t.entry.kind == "care.referral")
    with acting("Lee") as lee:
        assert share_with(lee, scene.amara, POLICE, entries=[scene.exclusion])
    for entries, person in (([referral], scene.amara), ([scene.exclusion], uuid4())):
        with pytest.raises((DisclosureRefused, DatabaseError)), acting("Lee") as lee:
            share_with(lee, person, POLICE, entries=entries)
    with pytest.raises(DisclosureRefused), acting("Lee") as lee:
        share_with(lee, scene.amara, POLICE, signs=[("C05", "x")])
    with pytest.raises((DisclosureRefused, DatabaseError)), acting("Carl") as carl:
        share_with(carl, scene.amara, POLICE, entries=[scene.exclusion])


def test_sight_ends_in_the_database_at_the_instant_without_any_job(scene, acting):
    now = datetime.now(UTC)
    decided = now - timedelta(hours=2)
    sights = []
    for until in (now - timedelta(minutes=30), now + timedelta(minutes=30)):
        with acting("Beth") as beth:
            made = share_with(
                beth, scene.amara, POLICE, entries=[scene.exclusion], summary="x", at=decided, until=until)
        with acting("Pat"), connection.cursor() as cursor:
            cursor.execute("select sightline_shared(%s), sightline_reads_items(%s),"
                           " (select count(*) from disclosure_item where disclosure_id = %s)",
                           [scene.exclusion, made, made])
            sights.append(cursor.fetchone())
    assert sights == [(False, False, 0), (True, True, 2)]


def test_recipients_are_warned_a_fortnight_before_and_told_at_the_end_each_once(scene, acting, as_worker):
    decided = datetime.now(UTC) - timedelta(days=170)
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], at=decided)
        until = disclosure(made).until
        assert until - decided == LASTS
    read(as_worker)
    early = until - timedelta(days=15)
    assert by_the_worker(as_worker, warn_of_ends, early) == 0
    for _ in range(2):
        by_the_worker(as_worker, warn_of_ends, until - timedelta(days=13))
        by_the_worker(as_worker, end_in_time, until - timedelta(minutes=1))
    assert [n for n in told(acting, "Pat") if "ends in" in n] == [
        "What Knowsley Council shared with you ends in 13 days. Ask for it anew if you still need it."]
    assert [n for n in told(acting, "Pat") if "has ended" in n] == []
    for _ in range(2):
        by_the_worker(as_worker, end_in_time, until)
    assert len([n for n in told(acting, "Pat") if "Remove your copies" in n]) == 1
    with acting("Pat") as pat:
        found = disclosure(made)
        assert (found.ended_why, found.ended_at, found.items) == (Why.EXPIRED, until, ())
        say_removed(recipient=found.recipients[0].id, officer=pat.officer, words="Case file, by me", at=until)
    with acting("Beth"):
        assert disclosure(made).recipients[0].removed.officer == "Pat"


@pytest.mark.parametrize(("why", "says"), [
    (Why.WRONG_PERSON, "it was about another child"), (Why.WRONG_DATA, "it was wrong"), (Why.WITHDRAWN, "has ended")])
def test_what_is_taken_back_is_gone_at_once_and_says_why(scene, acting, as_worker, why, says):
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], summary="At the station")
    read(as_worker)
    assert seen(acting, "Pat", scene) == ["school.exclusion"]
    with acting("Mary"):
        end(disclosure=made, why=why, words="Her cousin was meant", at=datetime.now(UTC))
    assert seen(acting, "Pat", scene) == []
    newest = told(acting, "Pat")[0]
    assert says in newest
    assert "cousin" not in newest
    with acting("Pat"):
        assert (disclosure(made).ended_why, disclosure(made).items) == (why, ())
    with pytest.raises(DisclosureRefused, match="ended already"), acting("Beth"):
        end(disclosure=made, why=why, words="again", at=datetime.now(UTC))
    read(as_worker)
    assert scene.rows("select count(*) from people_involvement v join access_agency a on a.id = v.agency_id"
                      " where a.name = %s and v.until is null and v.part like 'was told%%'", POLICE) == [(0,)]


def test_a_change_of_mind_is_a_new_decision_that_ends_the_older(scene, acting, as_worker):
    with acting("Beth") as beth:
        first = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
    with acting("Mary") as mary:
        second = share_with(mary, scene.amara, POLICE, outcome=Outcome.REFUSE, harms=True, replaces=first)
    assert seen(acting, "Pat", scene) == []
    with acting("Beth"):
        assert [(d.id, d.ended_why) for d in disclosures_of(scene.amara, most=9)] == [
            (second, None), (first, Why.REPLACED)]
    with pytest.raises(DisclosureRefused, match="answered or replaced"), acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], replaces=first)


def test_a_correction_of_what_was_shared_reaches_who_was_told(scene, acting, as_worker, send):
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
    read(as_worker)
    day = scene.rows("select to_char(on_day, 'DD/MM/YYYY') from record_entry where id = %s", scene.exclusion)[0][0]
    corrected = EXCLUSION.format(dob="03/04/2011", on=day).replace(",DB,", ",PP,")
    for _ in range(2):
        send("exclusions", SCHOOL, corrected, at=datetime.now(UTC))
    assert len([n for n in told(acting, "Pat") if "was corrected" in n]) == 1
    with acting("Pat"):
        shown = [t for t in told_of(scene.amara, most=9) if not t.corrected]
        assert [t.entry.facts["reasons"] for t in shown] == [["PP"]]


def test_a_request_stands_in_the_queue_of_the_holders_desk_until_it_is_answered(scene, acting, as_worker, browse):
    now = datetime.now(UTC)
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], at=now - timedelta(hours=1))
    read(as_worker)
    with acting("Pat"):
        request = ask_for(person=scene.amara, wanted="Who collects her", purpose="To find her tonight", at=now)
    with acting("Beth") as beth:
        for whose, desk, there in ((Whose.AGENCY, "", True), (Whose.DESK, "safeguarding", True),
                                   (Whose.DESK, "manager", False), (Whose.MINE, "", False)):
            line = Line(beth.agency, now, whose, hands=hands_of(beth.agency, officer=beth.officer, at=now), desk=desk)
            assert [one.id for one in asked_in(line, most=9)] == [request] * there, (whose, desk)
        line = Line(beth.agency, now)
        (one,) = asked_in(line, most=9)
        assert (one.asked_by, one.contact, one.answer_by) == (POLICE, "Duty desk", now + timedelta(hours=24))
        assert asked_in(line, most=9, after=one.position) == []
        assert asked_in(line, most=9, after=one.position, backwards=True) == []
    for who in ("Carl", "Lee", "Dawn"):
        with acting(who) as other:
            mine, theirs = Line(other.agency, now), Line(beth.agency, now)
            assert asked_in(mine, most=9) == asked_in(theirs, most=9) == [], who
    with browse("Beth") as client:
        page = client.get("/inbox/?kind=requests").content.decode()
        assert f"{POLICE} asks you to share something" in page
        assert "The time is our own target, no law." in page
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, outcome=Outcome.REFUSE, harms=True, request=request, words="Ring us.",
                   harms_because="Her aunt hides", at=now + timedelta(minutes=1))
        assert asked_in(Line(beth.agency, now), most=9) == []


def test_a_request_that_nobody_answers_goes_up_the_chain_and_one_that_is_answered_does_not(scene, acting, as_worker):
    now = datetime.now(UTC)
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], at=now - timedelta(hours=1))
    read(as_worker)
    with acting("Pat"):
        first, second = (ask_for(person=scene.amara, wanted=wanted, purpose="To find her", at=now)
                         for wanted in ("Who collects her", "Her school"))
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, outcome=Outcome.REFUSE, harms=True, request=second, words="Ring us.",
                   harms_because="Her aunt hides", at=now + timedelta(hours=1))

    def told_by(hours):
        with as_worker(), at_task("steps"), connection.cursor() as cursor:
            while remind_of_requests(book=agency_book(), at=now + timedelta(hours=hours), most=1):
                pass
            cursor.execute("select c.desk, n.key from duties_notice n join access_contact c on c.id = n.to_contact_id"
                           " where n.key like 'request:%%:%%' order by n.made_at, n.key")
            return [(desk, key.removeprefix(f"request:{first}:")) for desk, key in cursor.fetchall()]

    assert told_by(11.9) == []
    assert told_by(12) == [("safeguarding", "50")]
    assert told_by(23.9) == [("safeguarding", "50")]
    assert told_by(24) == [("safeguarding", "50"), ("manager", "100")]
    assert told_by(36) == told_by(99) == [("safeguarding", "50"), ("manager", "100"), ("manager", "150")], "no director"


def test_an_agency_asks_and_is_answered_or_refused_with_a_reason(scene, acting, as_worker):
    now = datetime.now(UTC)
    with acting("Beth") as beth:
        share_with(beth, scene.amara, POLICE, entries=[scene.exclusion], at=now - timedelta(hours=1))
    read(as_worker)
    with acting("Pat"):
        request = ask_for(person=scene.amara, wanted="Who collects her", purpose="To find her tonight",
                          at=now - timedelta(minutes=40))
        assert asked_for(request).asked == "Knowsley Council"
    assert "Merseyside Police asks you to share something of a child. Decide, and say why." in told(acting, "Beth")
    with acting("Beth") as beth:
        assert [q.id for q in requests_waiting(beth.agency, most=9)] == [request]
        refused = share_with(beth, scene.amara, POLICE, outcome=Outcome.REFUSE, harms=True, request=request,
                             words="Her aunt would be found. Ring us.", harms_because="Her aunt hides", at=now)
        assert requests_waiting(beth.agency, most=9) == []
        assert counted(beth.agency, since=now - timedelta(days=1), at=now).median_minutes == pytest.approx(40)
    with acting("Pat"):
        answer = disclosure(refused)
        assert (answer.shares, answer.words, answer.weighed) == (False, "Her aunt would be found. Ring us.", None)
        assert "hides" not in repr(answer)
    with pytest.raises(DisclosureRefused, match="answered or replaced"), acting("Mary") as mary:
        share_with(mary, scene.amara, POLICE, entries=[scene.exclusion], request=request)
    with pytest.raises(DisclosureRefused), acting("Carl"):
        ask_for(person=scene.amara, wanted="All", purpose="Curious", at=now)


def test_a_receipt_says_by_name_what_was_done_and_only_who_was_told_gives_it(scene, acting, as_worker):
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
        recipient = disclosure(made).recipients[0].id
    now = datetime.now(UTC)
    for name in ("Carl", "Lee", "Beth"):
        with pytest.raises(DatabaseError), acting(name) as me:
            say_received(recipient=recipient, officer=me.officer, words="x", at=now)
    with acting("Pat") as pat:
        say_received(recipient=recipient, officer=pat.officer, words="Briefed the night shift", at=now)
    with pytest.raises(DisclosureRefused, match="said so already"), acting("Pat") as pat:
        say_received(recipient=recipient, officer=pat.officer, words="Again", at=now)
    with acting("Beth"):
        received = disclosure(made).recipients[0].received
        assert (received.officer, received.words) == ("Pat", "Briefed the night shift")


def test_what_was_shared_follows_the_child_when_records_are_parted_or_joined(scene, acting, as_worker):
    with acting("Beth") as beth:
        made = share_with(beth, scene.amara, POLICE, entries=[scene.exclusion])
    other = uuid4()
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("insert into people_person (id, made_at) values (%s, now())", [other])
        cursor.execute("update people_identity set person_id = %s where person_id = %s", [other, scene.amara])
        flow.read([other], book=agency_book(), at=datetime.now(UTC))
    assert scene.rows("select person_id from disclosure_disclosure where id = %s", made) == [(other,)]
