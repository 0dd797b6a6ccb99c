"""Carl, of another county, tries every address and every query with Amara's own ids: nothing betrays that she exists.

What he is answered about her is compared, byte by byte, with what he is answered about a child that does not exist.
"""

import inspect
import re
from datetime import UTC, date, datetime, timedelta
from types import ModuleType, SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from sightline.apps.access import queries as access
from sightline.apps.access.absences import end_absence, record_absence
from sightline.apps.access.acting import at_task, begin_work
from sightline.apps.access.actions import start_work
from sightline.apps.access.models import Membership, PieceOfWork
from sightline.apps.access.queries import memberships_of
from sightline.apps.circle import queries as circle
from sightline.apps.circle.actions import LinkChanged, judge_link
from sightline.apps.custody import considering, screened
from sightline.apps.custody import desk as custody_desk
from sightline.apps.custody import queries as custody
from sightline.apps.custody import referral_queries as referrals
from sightline.apps.disclosure import queries as disclosure
from sightline.apps.disclosure.actions import DisclosureRefused, ask_for, end, say_received, shield
from sightline.apps.duties import queries as duties
from sightline.apps.duties import queue, workload
from sightline.apps.duties.work import (
    NotYours,
    Receiver,
    acknowledge_notice,
    bring_back,
    give,
    give_to,
    open_notice,
    put_off,
    take_on,
    tell,
)
from sightline.apps.insight import inspection_queries
from sightline.apps.insight.inspecting import InspectionRefused
from sightline.apps.insight.inspecting import end as end_inspection
from sightline.apps.insight.inspecting import grade as grade_case
from sightline.apps.insight.inspecting import hand_on as hand_case_on
from sightline.apps.intake import queries as intake
from sightline.apps.lookback import queries as lookback
from sightline.apps.operations import queries as operations
from sightline.apps.operations.actions import By, OperationRefused, add_force, tell_total
from sightline.apps.people import how_good, reviewing, splitting
from sightline.apps.people import queries as people
from sightline.apps.people.actions import own_identity
from sightline.apps.people.answers import AlreadyAnswered, PartingAnswered, answer, answer_parting
from sightline.apps.people.models import Person
from sightline.apps.places import queries as places
from sightline.apps.places.actions import AlreadyJudged, judge
from sightline.apps.record import queries as record
from sightline.apps.record.actions import Origin, note_news
from sightline.apps.record.taking_back import NotYoursToTakeBack, take_back
from sightline.apps.responsibility import queries as responsibility
from sightline.apps.responsibility import reviewing as to_review
from sightline.apps.responsibility import waiting
from sightline.apps.responsibility.reviewing import doubts_to_review
from sightline.apps.signs import hanging
from sightline.apps.signs import queries as signs
from sightline.apps.signs.actions import SignNotShown, close
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.apps.slavery import queries as slavery
from sightline.apps.slavery.drafting import Typing, save, sent
from sightline.domain.circle.judging import Judged as Link
from sightline.domain.disclosure.weighing import Why
from sightline.domain.insight.inspecting import Reading
from sightline.domain.operations.counted import Counts
from sightline.domain.places.judging import Judged
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.cli import child as commands
from sightline.interfaces.cli.at_hand import NotAllowedHere
from tests.integration.conftest import NOW, employ, signed_in
from tests.integration.disclosing import share_with
from tests.integration.protection.tried import WORDS, Everything, addresses, every_address, filled

# Queries that ask for agencies, officers and what anybody may know of them.
ABOUT_NO_CHILD = {
    "agency_book", "around", "agencies", "agency_named", "contacts", "officer_by_email", "memberships_of",
    "colleagues", "name_of", "hands_of", "police_forces", "inspectors_of",
}
# Queries that give what was asked or nothing of any child, whoever asks.
ABOUT_THE_RECORD = {"lives_of", "best_name", "best_named", "desk_mark", "duty_of_row", "facts_of", "in_full",
                    "to_look_again", "unfinished"}
MODULES: tuple[ModuleType, ...] = (
    access, intake, people, reviewing, to_review, hanging, record,
    duties, queue, workload, disclosure, responsibility, waiting, custody, custody_desk,
    referrals, screened, considering, slavery, signs, places, operations, circle, lookback, inspection_queries)
SOUGHT = {"given": "Amara", "family": "Okafor", "born_on_day": "3", "born_on_month": "4", "born_on_year": "2011"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def of_amara(everything: Everything) -> dict[str, object]:
    """Give what stands in an address for each of its parts."""
    return {"person": everything.amara, "duty_id": everything.duty, "notice_id": everything.notice,
            "sign_id": everything.sign, "doubt_id": everything.doubt, "event_id": everything.event,
            "transfer_id": everything.transfer, "disclosure_id": everything.disclosure,
            "request_id": everything.request, "question_id": everything.question,
            "submission_id": everything.submission, "contact_id": everything.contact, "turn_id": everything.turn,
            "absence_id": everything.absence, "hypothesis_id": everything.hypothesis,
            "operation_id": everything.operation, "offender_id": everything.offender,
            "telling": everything.telling,
            "settings_id": uuid4(), "entry_id": everything.entry,
            "touch_id": everything.touch, "run": everything.run,
            "inspection_id": everything.inspection, "place": everything.place}


def of_nobody(everything: Everything) -> dict[str, object]:
    return {name: 999_999_999 if isinstance(value, int) else uuid4() for name, value in of_amara(everything).items()}


def bodies(everything: Everything) -> dict[str, str]:
    """Give a form that would be good for any page: what each of them asks for."""
    return {**SOUGHT, "upn": "A950000178301", "kind": "decision.made", "outcome": OUTCOMES[0][0], "reasons": "x",
            "reason": "x", "answer": "same", "minutes": "60", "whose": "x", "by_rule": "R1",
            "contact": "1", "to": "desk 1", "words": "x", "until": "2026-05-22T10:00", "chosen": str(everything.duty),
            "about": str(everything.entry),
            "asks": "birthplace", "birthplace": "x", "reference": "x", "grounds": "slavery.reasonable-grounds",
            "decision": "negative", "at": "2026-05-22T10:00", "purpose": "assess", "feed": "exclusions",
            "back": "inbox"}


def posted(ask: object, everything: Everything) -> dict[str, str] | None:
    """Give the form to a POST only: what is asked never stands in an address."""
    return bodies(everything) if getattr(ask, "__name__", "") == "post" else None


def told(response: HttpResponse, address: str) -> tuple[int, str, list[tuple[str, str]]]:
    """Give an answer without what differs from one request to the next, and without the address that was asked for."""
    text = TOKEN.sub("", response.content.decode()).replace(address, "<asked>")
    headers = sorted((name, value) for name, value in response.headers.items() if name != "Content-Length")
    return response.status_code, text, headers


def betrays(text: str, everything: Everything, *more: str) -> list[str]:
    """List the words of Amara's record that stand in a text; a token may hold any three letters by chance."""
    text = TOKEN.sub("", text)
    return [word for word in (*WORDS, *everything.ids(), *more) if word in text]


ELSEWHERE = ("C05", "Knowsley", "Brook High")  # who is at work for Essex has no reason to read these either


def test_every_address_with_an_id_answers_carl_as_if_amara_did_not_exist(everything, browse):
    routes = {name: route for name, route in addresses().items() if re.search(r"<(uuid|int):", route)}
    assert len(routes) >= 12
    hers, nobodys = of_amara(everything), of_nobody(everything)
    with browse("Carl") as client:
        client.get("/help/")  # the first page of a session writes down when it was used
        for name, route in routes.items():
            for ask in (client.get, client.post):
                answers, asked = [], []
                for parts in (hers, nobodys):
                    with CaptureQueriesContext(connection) as queries:
                        answers.append(ask(filled(route, parts), posted(ask, everything)))
                    asked.append([q["sql"][:60] for q in queries if "SAVEPOINT" not in q["sql"]])
                assert told(answers[0], filled(route, hers)) == told(answers[1], filled(route, nobodys)), (
                    name, ask.__name__)
                assert asked[0] == asked[1], (name, ask.__name__)
                assert answers[0].status_code in (403, 404, 405), (name, ask.__name__)
                text = answers[0].content.decode().replace(filled(route, hers), "")
                assert betrays(text, everything, *ELSEWHERE) == [], (name, ask.__name__)


def test_every_address_without_an_id_shows_carl_nothing_of_amara(everything, browse):
    routes = {name: route for name, route in addresses().items() if not re.search(r"<(uuid|int):", route)}
    assert {"inbox", "notices", "doubts", "find", "import", "start", "oversight", "links"} <= set(routes)
    # The page of the stranger's question lists the councils that there are.
    for_anybody = {"story", "rules", "sign_rule", "sign_rules", "duty_rule", "duty_rules", "responsibility_rules",
                   "gateways", "help", "purpose", "start", "known", "signs_here"}
    with browse("Carl") as client:
        for name, route in routes.items():
            query = "?whose=watched&state=late&page=1&all=1&next=/inbox/" if name == "inbox" else ""
            shown = client.get(filled(route, {"code": "S01"} if name == "story" else {}) + query)
            assert shown.status_code in (200, 302, 403, 404, 405), (name, shown.status_code)
            found = betrays(shown.content.decode(), everything, *ELSEWHERE)
            assert found == [] or (name in for_anybody and set(found) <= {"C05", "Knowsley"}), (name, found)
        for whose in ("agency", "mine", "safeguarding", "education", "watched"):
            text = client.get(f"/inbox/?whose={whose}").content.decode()
            assert betrays(text, everything, *ELSEWHERE) == []


def test_the_addresses_of_signing_in_show_carl_nothing_of_amara(everything, browse):
    routes = {name: route for name, route in every_address().items() if name not in addresses()}
    assert {"account_login", "mfa_index", "usersessions_list", "account_reset_password_from_key"} <= set(routes)
    parts = {"pk": 1, "uidb36": "1", "key": "x-x", "status": 404}
    for name, route in routes.items():
        with browse("Carl") as client:
            for ask in (client.get, client.post):
                shown = ask(filled(route, parts), posted(ask, everything))
                assert shown.status_code < 500, (name, ask.__name__)
                assert betrays(shown.content.decode(), everything) == [], (name, ask.__name__)


def test_a_search_for_amara_is_answered_as_one_for_a_child_that_does_not_exist(everything, browse):
    nobody = {**SOUGHT, "given": "Abena", "family": "Mensah"}
    pairs = ((SOUGHT, nobody), ({"upn": "A950000178301"}, {"upn": "H801200001001"}))
    with browse("Carl") as client:
        client.post("/find/", SOUGHT)  # what is read once for all searches
        for hers, others in pairs:
            answers = []
            for asked in (hers, others):
                with CaptureQueriesContext(connection) as queries:
                    response = client.post("/find/", asked)
                text = TOKEN.sub("", response.content.decode())
                for value in asked.values():
                    text = text.replace(f'value="{value}"', "")
                answers.append((response.status_code, text, len(queries)))
            assert answers[0] == answers[1]
            assert answers[0][0] == 200
            assert "Not known to your agency" in answers[0][1]


def test_every_query_gives_carl_nothing_of_amara(everything, acting, partnership):
    hers, nobodys = arguments(everything, partnership), arguments(strange(), partnership)
    tried = 0
    for module in MODULES:
        for name, query in inspect.getmembers(module, inspect.isfunction):
            if query.__module__ != module.__name__ or name.startswith("_") or name in ABOUT_NO_CHILD | ABOUT_THE_RECORD:
                continue
            tried += 1
            known = set()
            for rightful in ("Beth", "Lee", "Pat", "Dawn"):
                with acting(rightful):
                    known.add(plain(outcome(query, hers), hers))
            with acting("Carl"):
                seen, unknown = outcome(query, hers), outcome(query, nobodys)
            assert plain(seen, hers) == plain(unknown, nobodys), name
            assert betrays(plain(seen, hers), everything, *ELSEWHERE) == [], name
            empty = name in EMPTY_FOR_ALL | OVER_EVERYBODY
            assert empty or known - {plain(seen, hers)}, f"{name} gives nobody anything"
    assert tried >= 35


# What is empty of this record for everybody, and is tried all the same.
# She is missing and nobody arrested her, so she is on no custody desk.
# A leg opens by its code, which nobody is given here; nothing but her safety was handed over.
EMPTY_FOR_ALL = {"duties_named", "same_file_before", "frozen_of", "failing_notices", "handed_over_by", "owned_by",
                 "leg_by_code", "handovers_of", "handed_to", "release_counts", "overrides_of", "hypothesis_counts",
                 "wrong_signs", "silent_of", "open_since", "charge_counts", "noes_of", "joinable", "children_held",
                 "named", "referral_counts"}
# What the check of everything that runs asks: an instant or a count over everybody, the same for whoever asks.
OVER_EVERYBODY = {"unread_since"}


def arguments(found: Everything, partnership) -> dict[str, object]:
    """Give a value for every name that a query has for what it asks."""
    sought = Identity("", "", given="Amara", family="Okafor", born_on=date(2011, 4, 3),
                      identifiers={"upn": "A950000178301"}) if found.submission > 0 else Identity(
                          "", "", given="Abena", family="Mensah", born_on=date(2011, 4, 3))
    return {"person": found.amara, "people": [found.amara], "first": found.amara, "last": found.amara,
            "duty_id": found.duty, "notice_id": found.notice,
            "sign_id": found.sign, "doubt_id": found.doubt, "doubt_ids": [found.doubt],
            "submission_id": found.submission, "ids": [found.entry],
            "identity": found.identity, "told": sought, "agency": partnership.agencies["Knowsley Council"],
            "event_id": found.event, "transfer_id": found.transfer, "release": found.release,
            "releases": [found.release],
            "disclosure_id": found.disclosure, "request_id": found.request, "question_id": found.question,
            "named": found.event, "event": found.event,
            "digest": "of no code", "hypothesis_id": found.hypothesis, "charging": found.charging,
            "operation_id": found.operation, "reference": "DOORS" if found.submission > 0 else "NO DOORS",
            "inspection_id": found.inspection, "snapshot": found.snapshot, "case": found.drawn, "place": found.place,
            "events": [found.event], "touch": found.touch, "on": NOW.date(),
            "since": NOW - timedelta(days=1), "file": SimpleNamespace(id=found.submission, bytes=9), "most": 50,
            "start": 0, "at": NOW + timedelta(days=2), "known_at": None,
            "until": NOW + timedelta(days=2), "duty_ids": [found.duty],
            "owed_by": partnership.agencies["Knowsley Council"], "codes": ["D-EX-4", "D-ENC"],
            "line": queue.Line(partnership.agencies["Knowsley Council"], NOW)}


def strange() -> Everything:
    return Everything(*(uuid4() for _ in range(21)), submission=-1)


def outcome(query, values: dict[str, object]) -> object:
    """Call a query with what it asks for; give what it gives, or the name of how it refuses."""
    asked = inspect.signature(query).parameters
    optional = {name for name, one in asked.items() if one.default is not inspect.Parameter.empty}
    assert set(asked) - optional <= set(values), query.__name__
    try:
        given = query(**{name: value for name, value in values.items() if name in asked})
        return given.read() if hasattr(given, "read") else given
    except Exception as refused:
        return f"{type(refused).__name__}: {refused}"


def plain(given: object, values: dict[str, object]) -> str:
    text = repr(given)
    for value in (v for v in values.values() if isinstance(v, UUID)):
        text = text.replace(str(value), "<asked>")
    return text


def test_the_commands_answer_carl_about_amara_as_about_nobody(everything, acting):
    documents = {"show": commands._show, "timeline": commands._timeline, "signs": commands._signs,
                 "duties": commands._duties}
    assert set(documents) | {"find"} == set(commands.child.commands)
    for what, document in documents.items():
        refusals, shown = [], []
        for person in (everything.amara, uuid4()):
            with pytest.raises(NotAllowedHere) as refused, acting("Carl") as me, commands.looking(me, person, what):
                pytest.fail(f"{what} was let through")
            refusals.append(str(refused.value))
            with acting("Carl"):
                shown.append(document(person, None))
        assert refusals[0] == refusals[1]
        assert shown[0] == shown[1], what
        with acting("Beth"):
            assert document(everything.amara, None) != shown[0], what


def test_whatever_carl_does_to_amaras_record_is_refused_and_changes_nothing(everything, acting, partnership, as_worker):
    other = partnership.agencies["Essex Council"]
    before = _state(as_worker)
    attempts = {
        "take on": lambda me: take_on(duty=everything.duty, officer=me.officer, at=NOW),
        "give": lambda me: give_to(duty=everything.duty, contact=1, officer=me.officer, words="x", at=NOW),
        "give many": lambda me: _given(give([everything.duty], to=Receiver(officer=me.officer), agency=me.agency,
                                            officer=me.officer, words="x", at=NOW)),
        "put off": lambda me: put_off(duty=everything.duty, until=NOW + timedelta(hours=1), officer=me.officer,
                                      for_all=True, words="x", at=NOW),
        "bring back": lambda me: bring_back(duty=everything.duty, officer=me.officer, at=NOW),
        "be away for Beth": lambda me: record_absence(
            agency=partnership.agencies["Knowsley Council"], officer=partnership.officers["Mary"],
            covered_by=partnership.officers["Beth"], from_at=NOW, until_at=NOW + timedelta(days=1), by=me.officer,
            at=NOW),
        "end Beth's absence": lambda me: _given(end_absence(
            absence=everything.absence, agency=partnership.agencies["Knowsley Council"], officer=None, at=NOW)),
        "acknowledge": lambda me: acknowledge_notice(notice=everything.notice, officer=me.officer, at=NOW),
        "close": lambda me: close(sign=everything.sign, outcome=OUTCOMES[0][0], reason="x", officer=me.officer, at=NOW),
        "answer": lambda me: answer(doubt=everything.doubt, answer="same", reason="x", officer=me.officer, at=NOW),
        "answer a parting": lambda me: answer_parting(doubt=everything.doubt, answer="same", reason="x",
                                                      officer=me.officer, at=NOW),
        "ask a second officer": lambda me: splitting.ask_second(
            doubt=everything.doubt, person=everything.amara, officer=me.officer, reason="x", at=NOW),
        "ask whose record": lambda me: splitting.ask_whose(
            person=everything.amara, record=everything.identity, at=NOW),
        "count links": lambda me: how_good.count_links(settling=["council"], at=NOW),
        "own identity": lambda me: own_identity(person=everything.amara, agency=other, at=NOW),
        "her council's identity": lambda me: own_identity(
            person=everything.amara, agency=partnership.agencies["Knowsley Council"], at=NOW),
        "share": lambda me: share_with(me, everything.amara, "Essex Council", entries=[everything.entry]),
        "share with the police": lambda me: share_with(
            me, everything.amara, "Merseyside Police", entries=[everything.entry]),
        "take back": lambda me: end(disclosure=everything.disclosure, why=Why.WRONG_DATA, words="x", at=NOW),
        "say received": lambda me: say_received(recipient=1, officer=me.officer, words="x", at=NOW),
        "ask for": lambda me: ask_for(person=everything.amara, wanted="x", purpose="x", at=NOW),
        "shield": lambda me: shield(acting=me, person=everything.amara, shielded=False, reasons="x", at=NOW),
        "tell": lambda me: tell(person=everything.amara, to_agency=other, about="x", key="x", from_agency=other,
                                at=NOW),
        "judge": lambda me: judge(acting=me, hypothesis=everything.hypothesis, judged=Judged.OPEN, reason="x", seen=1,
                                  grounds=1, at=NOW),
        "judge a link": lambda me: judge_link(acting=me, touch=everything.touch, judged=Link.DISMISSED, reason="x",
                                              seen=1, at=NOW),
        "add a force": lambda me: add_force(by=By(me.agency, me.officer), operation=everything.operation, agency=other,
                                            warrants=1, at=NOW),
        "tell a total": lambda me: tell_total(
            by=By(me.agency, me.officer), operation=everything.operation, source="x", told_on=NOW.date(),
            counts=Counts.ARRESTS, number=1, agency=None, at=NOW),
        "refer": lambda me: save(acting=me, person=everything.amara, typed={"birthplace": Typing("x", 0)}, before=None,
                                 at=NOW),
        "say referred": lambda me: sent(acting=me, person=everything.amara, answers={}, reference="x",
                                        submitted_at=NOW, at=NOW),
        "withdraw": lambda me: take_back(everything.entry, kind="school.exclusion", reason="x", at=NOW,
                                         origin=Origin(me.agency, me.agency_name, me.officer)),
        "end an inspection": lambda me: end_inspection(acting=me, inspection=everything.inspection, at=NOW),
        "hand her case on": lambda me: hand_case_on(
            acting=me, case=SimpleNamespace(id=everything.drawn, first=partnership.officers["Dawn"], second=None),
            reading=Reading.FIRST, to=me.officer, because="x", at=NOW),
        "grade her case": lambda me: grade_case(
            acting=me, case=SimpleNamespace(id=everything.drawn), said={"leadership": ("good", "x")}, at=NOW),
        "news": lambda me: note_news([everything.amara], at=NOW),
    }
    for name, attempt in attempts.items():
        refusals = (PartingAnswered, splitting.OnlyRecord, Person.DoesNotExist, NotYours, SignNotShown,
                    AlreadyAnswered, AlreadyJudged, DisclosureRefused, DatabaseError,
                    NotYoursToTakeBack, OperationRefused, LinkChanged, InspectionRefused)
        with pytest.raises(refusals), acting("Carl") as me:
            attempt(me)
            pytest.fail(f"{name} was let through")
    with acting("Carl") as me:
        open_notice(notice=everything.notice, officer=me.officer, at=NOW)
    assert _state(as_worker) == before


def _given(done: object) -> None:
    """Say as a refusal that nothing was done."""
    if not done:
        raise NotYours


def test_a_doubt_between_carls_record_and_amaras_shows_on_neither_side_alone(
    asked_of_carl, amara, browse, acting, as_worker
):
    hers, nobodys = (f"/doubts/{id_}/" for id_ in (asked_of_carl, uuid4()))
    form = {"answer": "same", "reason": "It is her"}
    for name in ("Carl", "Beth"):
        with browse(name) as client:
            assert b"No doubt waits" in client.get("/doubts/").content
            for ask in (client.get, client.post):
                assert told(ask(hers, form), hers) == told(ask(nobodys, form), nobodys)
        with pytest.raises(AlreadyAnswered), acting(name) as me:
            answer(doubt=asked_of_carl, answer="same", reason="It is her", officer=me.officer, at=NOW)
        with acting(name):
            assert (people.doubts(most=9), people.count_doubts(), people.doubt(asked_of_carl)) == ([], 0, None)
            with connection.cursor() as cursor:
                cursor.execute("select * from sightline_doubts_in_line(null, null, false, 9)"
                               " union all select * from sightline_doubts_in_line(null, null, true, 9)")
                assert cursor.fetchall() == []
            assert doubts_to_review(most=9) == ([], 0)
            assert reviewing.review_of(asked_of_carl) is None
    with acting("Carl"), connection.cursor() as cursor:
        cursor.execute("select id from people_person")
        ((his,),) = cursor.fetchall()
    with browse("Carl") as client:
        page = client.get(f"/children/{his}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert "Okafer" in text
        hidden = ("Okafor", "A950000178301", "L36", str(amara), "Brook High", str(asked_of_carl))
        assert [word for word in hidden if word in text] == []
    with as_worker(), at_task("test"):
        assert people.count_doubts() == 1


def test_who_may_see_both_records_settles_the_doubt(everything, browse):
    with browse("Beth") as client:
        assert b"Okafer" in client.get("/doubts/").content
        page = client.get(f"/doubts/{everything.doubt}/")
        assert b"Okafor" in page.content
        assert b"Okafer" in page.content


# What each of the others is answered at each of Amara's addresses: 200 what is theirs to see, 403 not for this role,
# 404 not of this child.
ANSWERS = {
    #                 child decide looks duty notice close doubt submission faults event transfer
    #                 share disclosures disclosure request question slavery slavery_sheet slavery_decision
    "Beth":          (200, 200, 403, 200, 200, 200, 200, 403, 403, 200, 200, 200, 200, 200, 200, 200,
                      200, 200, 200),
    "Mary":          (200, 200, 200, 200, 200, 200, 200, 404, 404, 200, 200, 200, 200, 200, 200, 200,
                      200, 200, 200),
    "Lee":           (200, 200, 403, 404, 404, 403, 403, 200, 200, 404, 404, 200, 200, 404, 404, 404,
                      403, 403, 403),
    "Pat":           (200, 200, 403, 404, 200, 403, 403, 403, 403, 200, 200, 200, 200, 200, 200, 200,
                      200, 200, 200),
    "Carl":          (404, 404, 403, 404, 404, 404, 404, 403, 403, 404, 404, 404, 404, 404, 404, 404,
                      404, 404, 404),
    "Dawn":          (403,) * 19,
    "data officer":  (403, 403, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403,
                      403, 403, 403),
    "keeper":        (403,) * 19,
}  # fmt: skip
PLACES = ("child", "decide", "looks", "duty", "notice", "close", "doubt", "submission", "faults", "event", "transfer",
          "share", "disclosures", "disclosure", "request", "question", "slavery", "slavery_sheet", "slavery_decision")


@pytest.mark.parametrize("name", ANSWERS)
def test_each_of_the_others_is_shown_what_is_theirs_and_no_more(everything, browse, partnership, name, as_worker):
    if name not in partnership.officers:
        role = {"data officer": "data-officer", "keeper": "officer-keeper"}[name]
        with as_worker(), at_task("test"):
            employ(partnership, {name: ("Brook High School", role, "records")})
    routes, hers = addresses(), of_amara(everything)
    with browse(name) as client:
        answers = {place: client.get(filled(routes[place], hers)) for place in PLACES}
    assert tuple(answers[place].status_code for place in PLACES) == ANSWERS[name]
    for place, response in answers.items():
        if response.status_code != 200:
            text = response.content.decode().replace(filled(routes[place], hers), "")
            assert betrays(text, everything) == [], place


def words_of(page) -> str:
    """Give what stands on a page in small letters, without the random ids: they may spell anything."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page.content.decode().lower())


def test_lee_and_pat_see_on_amaras_page_only_what_their_own_agency_told_or_was_shown(everything, browse):
    page = f"/children/{everything.amara}/?all=1"
    with browse("Beth") as client:
        whole = client.get(page).content.decode()
    for word in ("Permanent exclusion", "Reported missing", "Decision made"):
        assert word.lower() in whole.lower(), word
    with browse("Lee") as client:
        text = words_of(client.get(page))
    assert "permanent exclusion" in text
    assert [word for word in ("reported missing", "decision made", "merseyside police", "c05") if word in text] == []
    with browse("Pat") as client:
        text = words_of(client.get(page))
    assert "permanent exclusion" in text, "it was shared with the police"
    assert [word for word in ("decision made", "c05", "closed") if word in text] == []


@pytest.mark.parametrize("ended", ["role ended yesterday", "work ended", "account ended", "somebody else's work"])
def test_an_officer_whose_time_is_over_opens_nothing(everything, partnership, as_web, as_worker, ended):
    now = datetime.now(UTC)
    beth = partnership.officers["Beth"]
    with as_worker(), at_task("test"):
        whose = partnership.officers["Mary"] if ended == "somebody else's work" else beth
        member = memberships_of(whose, on=day_of(now))[0]
        began = now - timedelta(hours=9) if ended == "work ended" else now
        purpose = "protect"
        work = start_work(officer=whose, membership=member.id, purpose=purpose, because="", at=began)
        if ended == "role ended yesterday":
            Membership.objects.filter(pk=member.id).update(until_on=day_of(now) - timedelta(days=1))
    with as_web():
        client = signed_in(beth, work)
        if ended == "account ended":
            with connection.cursor() as cursor:
                cursor.execute("update access_officer set is_active = false where id = %s", [beth])
        for name, route in addresses().items():
            if "code" in route or route.startswith("rules/") or name in ("start", "help", "purpose", "road"):
                continue
            for ask in (client.get, client.post):
                response = ask(filled(route, of_amara(everything)), posted(ask, everything))
                assert response.status_code in (302, 405), name
                if response.status_code == 302:
                    to = "/account/sign-in/" if ended == "account ended" else "/purpose/"
                    assert response.url.startswith(to), (name, response.url)
                assert betrays(response.content.decode(), everything) == []


def test_a_role_ends_with_the_day_in_london_and_not_in_utc(partnership, as_web, as_worker):
    beth = partnership.officers["Beth"]
    late = datetime(2026, 5, 22, 22, 30, tzinfo=UTC)  # half past eleven at night on the 22nd
    with as_worker(), at_task("test"):
        member = memberships_of(beth, on=date(2026, 5, 22))[0]
        work = start_work(officer=beth, membership=member.id, purpose="protect", because="", at=late)
        Membership.objects.filter(pk=member.id).update(until_on=date(2026, 5, 22))
        assert PieceOfWork.objects.filter(pk=work).exists()
    with as_web():
        assert begin_work(beth, work, at=late) is not None
    with as_web():
        assert begin_work(beth, work, at=late + timedelta(hours=1)) is None


def _state(as_worker) -> list[tuple]:
    """Give how many rows there are of everything, and when each was last touched."""
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        found = []
        for table in ("people_identity", "people_doubt", "people_parting", "duties_owedduty", "duties_notice",
                      "duties_step",
                      "signs_closing", "record_entry", "record_share", "record_news", "disclosure_disclosure",
                      "disclosure_receipt", "disclosure_ending", "disclosure_request", "disclosure_shield",
                      "slavery_victimreferral", "slavery_referralanswer"):
            cursor.execute(f"select '{table}', count(*), md5(string_agg(t::text, '' order by t::text)) from {table} t")
            found.append(cursor.fetchone())
    return found
