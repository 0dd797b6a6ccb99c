"""A record of Amara with a row in every table that holds something of a child, and nothing that Carl may see."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from sightline import flow
from sightline.apps.access.absences import record_absence
from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_audit, keep_officer
from sightline.apps.access.queries import contacts
from sightline.apps.circle.actions import judge_link
from sightline.apps.circle.queries import circle_seen
from sightline.apps.custody.models import (
    Charging,
    CustodyRecord,
    MissingDraft,
    Referral,
    Release,
    SavedForm,
    ScreenDecision,
    ScreenTalk,
    ToldCharge,
    ToldRelease,
)
from sightline.apps.disclosure.actions import ask_for, end, say_received, shield
from sightline.apps.disclosure.asking import ask_if_known
from sightline.apps.disclosure.queries import disclosure
from sightline.apps.duties.queries import duties_of, notices_about
from sightline.apps.duties.sending import claim
from sightline.apps.duties.work import take_on, tell
from sightline.apps.insight.models import Extent, ExtentRequest
from sightline.apps.offenders.actions import Told as ToldBy
from sightline.apps.offenders.actions import Wanted, append, keep_offenders
from sightline.apps.offenders.models import Clock, Join, Telling
from sightline.apps.operations.actions import By, enter, tell_total
from sightline.apps.people.queries import doubts_of, said_of
from sightline.apps.people.splitting import ask_second
from sightline.apps.places.actions import judge
from sightline.apps.places.models import FirstSign, Grounds, Hypothesis
from sightline.apps.population.models import Partition, Run, Tally
from sightline.apps.record.actions import note_news
from sightline.apps.record.queries import told_of
from sightline.apps.responsibility.models import PlanConference
from sightline.apps.responsibility.queries import open_event_of
from sightline.apps.responsibility.road import Condition, Named, hand_over_here
from sightline.apps.responsibility.transfers import Refusal, offer, refuse
from sightline.apps.signs.actions import close, keep_for_longer
from sightline.apps.signs.looking import look
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.apps.signs.queries import signs_of
from sightline.apps.slavery.drafting import Typing
from sightline.apps.slavery.drafting import save as refer
from sightline.domain.circle.judging import Judged as Link
from sightline.domain.custody.tools import ASKED
from sightline.domain.disclosure.asking import Answered
from sightline.domain.disclosure.weighing import Why
from sightline.domain.intake.row import Told
from sightline.domain.operations.counted import Counts
from sightline.domain.places.judging import Judged
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.offender import TellingKind
from sightline.flow import read_news
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.road.code import digest_of
from tests.integration.conftest import EXCLUSION, NOW, employ
from tests.integration.disclosing import share_with
from tests.integration.protection.inspected import inspect_all
from tests.integration.protection.tried import Everything


@pytest.fixture
def everything(amara, send, acting, as_worker, partnership) -> Everything:
    """Add a record so like Amara's that a human is asked, a bad row, one that is joined, a decision, and a notice.

    She is missing, so that the police protect her; they offered to hand over, were refused, and offer again.
    """
    on = (NOW - timedelta(days=4)).strftime("%d/%m/%Y")
    like = EXCLUSION.format(dob="04/03/2011", on=on).replace("Okafor", "Okafer").replace("X1", "X7")
    like = like.replace("A950000178301", "H243278544154")
    like += "3404001,Brook High School,,Zuri,,nonsense,F,,PERM,,,DB,X8\n"
    file = send("exclusions", "Brook High School", like)
    assert (file.accepted, file.turned_back) == (1, 1)
    missing = {"id": "m1", "child": "p1", "kind": "missing.reported", "at": "2026-05-21T22:00:00+01:00",
               "by": "Merseyside Police", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",
                                                       "upn": "A950000178301"}}
    released = {**missing, "id": "m2", "kind": "police.release", "at": "2026-05-01T10:00:00+01:00",
                "facts": {"mode": "collected", "received_by": "her mother"}}
    charged = {**missing, "id": "m3", "kind": "police.charge", "at": "2025-06-01T10:00:00+01:00"}  # starts no clock
    stopped = {**missing, "id": "m4", "kind": "police.stop", "at": "2026-05-02T10:00:00+01:00",
               "facts": {"operation": "Doors"}, "things": [{"kind": "phone", "id": "07700 900123"}]}
    told = "".join(f"{json.dumps(line)}\n" for line in (missing, released, charged, stopped))
    assert send("timeline", "Merseyside Police", told).accepted == 4
    with acting("Beth") as beth:
        entry = next(t.entry for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion")
        decision = record(beth, amara, Told("decision.made", NOW, "decide/1", {"about": entry.id, "outcome": "shared"}),
                          at=NOW)
        disclosed = share_with(beth, amara, "Merseyside Police", entries=[UUID(entry.id)], signs=[("C05", "Excluded")])
        tell(person=amara, to_agency=partnership.agencies["Merseyside Police"], about="An entry was shared",
             key=f"share:{decision}", from_agency=beth.agency, at=NOW)
        sign = signs_of(amara)[0]
        close(sign=sign.id, outcome=OUTCOMES[0][0], reason="seen today", officer=beth.officer, at=NOW)
        keep_for_longer(sign=sign.id, reason="still so", acting=beth, at=NOW)
        look(officer=beth.officer, person=amara, at=NOW)
        duty = next(d for d in duties_of(amara, most=50) if d.code == "D-EX-4")
        take_on(duty=duty.id, officer=beth.officer, at=NOW)
        keep_audit(beth, act="see a child", children=[amara])
        notice = next(n for n in notices_about(amara, most=50) if n.about == "An entry was shared")
        school = next(s for s in said_of([amara])[amara] if s.agency == "Brook High School" and s.family == "Okafor")
        doubt = doubts_of(amara)[0]
        ask_second(doubt=doubt, person=amara, officer=beth.officer, reason="Amara Okafor is another", at=NOW)
    event, offered = _handed_over(amara, acting)
    release = _release_planned(amara, event, as_worker, partnership)
    with acting("Pat") as pat:
        refer(acting=pat, person=amara, typed={"family": Typing("Okafor, of L36", 0)}, before=None, at=NOW)
    found = Everything(amara, school.identity, UUID(entry.id), sign.id, duty.id, notice.id, doubt, event, offered,
                       release, _away(acting, partnership),
                       *_shared_and_asked(amara, entry.id, disclosed, acting, as_worker),
                       _place_asked_about(amara, acting, as_worker, partnership),
                       _charge_considered(event, UUID(entry.id), as_worker, partnership),
                       _operation_told_of(acting), _link_judged(amara, acting), *[uuid4()] * 3, file.id)
    found = _gone_to_the_night(found, as_worker)
    _answered_by_a_conference(found, as_worker)
    with as_worker():
        flow.read_news(at=lambda: NOW)  # makes the pack of what stands offered
        with at_task("test"):
            note_news([amara], at=NOW)
    found = replace(found, run=_sign_gained(as_worker))
    _detained(event, UUID(entry.id), as_worker, partnership)
    drawn = inspect_all(amara, acting, as_worker, partnership)
    found = replace(found, inspection=drawn.inspection, snapshot=drawn.snapshot, drawn=drawn.case, place=drawn.place)
    _extent_estimated(as_worker, partnership.officers["Mary"])
    found = replace(found, **_offender_near(as_worker, partnership))
    with as_worker(), at_task("send"):
        assert claim(at=NOW + timedelta(hours=1), most=50)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # or no policy of these tables could be changed by a test
    return found


def _sign_gained(as_worker) -> int:
    """Keep that a reading of everybody found a child of Knowsley who gains a sign, and give its number."""
    with as_worker(), at_task("test"):
        run = Run.objects.create(kind="check", because="a test", asked_at=NOW)
        share = Partition.objects.create(run=run, number=0)
        Tally.objects.create(partition=share, code="C05", council="Knowsley", gained=1, lost=0)
        return run.pk


def _answered_by_a_conference(found: Everything, as_worker) -> None:
    """Keep that a conference answered what stands offered."""
    with as_worker(), at_task("test"):
        PlanConference.objects.create(
            transfer_id=found.transfer, entry_id=found.entry, held_at=NOW, by_day=False, accepted=True, noted_at=NOW)


def _gone_to_the_night(found: Everything, as_worker) -> Everything:
    """Let the duty have fallen to the manager out of hours, and somebody sit at a desk."""
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute(
            "insert into duties_routing (agency_id, duty_id, day_contact_id, night_contact_id, because, routed_at,"
            " hand_over_at) select d.owed_by_id, d.id, d.owner_id, c.id, 'closed', %s, %s from duties_owedduty d"
            " join access_contact c on c.agency_id = d.owed_by_id and c.desk = 'manager' where d.id = %s",
            [NOW, NOW + timedelta(hours=1), found.duty])
        cursor.execute(
            "insert into access_rotaturn (contact_id, from_at, until_at, name, phone, email)"
            " select night_contact_id, %s, %s, 'Nia', '', '' from duties_routing returning contact_id, id",
            [NOW, NOW + timedelta(hours=1)])
        contact, turn = cursor.fetchone()
    return replace(found, contact=contact, turn=turn)


def _handed_over(amara: UUID, acting) -> tuple[UUID, UUID]:
    """Let Pat offer to hand over, Beth refuse, and Pat offer again on the road; gives the event and the offer."""
    with acting("Pat") as pat:
        event = open_event_of(amara)
        desk = next(c.id for c in contacts() if c.agency == "Knowsley Council" and c.desk == "safeguarding")
        first = offer(acting=pat, event=event.id, to_contact=desk, words="She is at the station.",
                      answer_by=datetime.now(UTC) + timedelta(hours=1), at=NOW)
    with acting("Beth"):
        refuse(transfer=first, refusal=Refusal("no bed", "Merseyside Police", "R19"), at=NOW)
    with acting("Pat") as pat:
        return event.id, hand_over_here(
            acting=pat, event=event.id, to_contact=desk, key=uuid4(), place="Charnock Richard services",
            giver=Named("Pat", "1042"), digest_of=digest_of, at=datetime.now(UTC),
            condition=Condition(seen_and_spoken_to=True, fed=True, injuries="none", said=""))


def _away(acting, partnership) -> UUID:
    """Let Mary record that Beth will be away and that she covers."""
    with acting("Mary") as mary:
        return record_absence(agency=mary.agency, officer=partnership.officers["Beth"], covered_by=mary.officer,
                              from_at=NOW + timedelta(days=1), until_at=NOW + timedelta(days=9), by=mary.officer,
                              at=NOW)


def _release_planned(amara: UUID, event: UUID, as_worker, partnership) -> UUID:
    """Plan a release by Pat's force, with a row of everything that hangs on it."""
    agencies, pat = partnership.agencies, partnership.officers["Pat"]
    with as_worker(), at_task("test"):
        release = Release.objects.create(
            event_id=event, person_id=amara, agency_id=agencies["Merseyside Police"], planned_by_id=pat,
            planned_at=NOW)
        release.legs.create(way="train", origin="Preston", destination="Huyton", departs_at=NOW,
                            arrives_at=NOW + timedelta(hours=1))
        release.steps.create(at=NOW, what="leg added", officer_id=pat, noted_at=NOW)
        MissingDraft.objects.create(release=release, drafted_at=NOW, words="Amara Okafor has not arrived")
        SavedForm.objects.create(event_id=event, officer_id=pat, agency_id=agencies["Merseyside Police"], form="assess",
                                 told=b"Amara Okafor is afraid", saved_at=NOW)
        told = ToldRelease.objects.select_related("entry").get(person_id=amara)
        _referred(told.entry, amara, event, pat)
    return release.pk


def _detained(event: UUID, entry: UUID, as_worker, partnership) -> None:
    """Keep a custody record of Pat's force, with a step that was told."""
    with as_worker(), at_task("test"):
        record = CustodyRecord.objects.create(
            event_id=event, arrest_id=entry, agency_id=partnership.agencies["Merseyside Police"], arrested_at=NOW)
        record.steps.create(code="arrived", at=NOW, noted_at=NOW)


def _charge_considered(event: UUID, entry: UUID, as_worker, partnership) -> UUID:
    """Screen her by Pat and consider a charge, with a row of everything that hangs on it."""
    force, pat = partnership.agencies["Merseyside Police"], partnership.officers["Pat"]
    with as_worker(), at_task("test"):
        manager = keep_officer(email="ida@agency.example", name="Ida", password=None, agency=force,
                               role="duty-manager", on=date(2026, 1, 1))
        ScreenTalk.objects.create(event_id=event, agency_id=force, asked_by_id=pat, asked_at=NOW, noted_at=NOW,
                                  edition="1", alone=True, words="Amara says that she owes money")
        ScreenDecision.objects.create(
            event_id=event, number=1, agency_id=force, decided_by_id=pat, decided_at=NOW, edition="1",
            outcome="possible victim", reasons="She owes money", entry_id=entry)
        charging = Charging.objects.create(event_id=event, agency_id=force, opened_by_id=pat, opened_at=NOW)
        charging.evidence.create(speaks="for", words="A debt", source="Amara", officer_id=pat, noted_at=NOW)
        for tool in ASKED:
            charging.tools.create(code=tool.code, answer="used", because="x", officer_id=pat, noted_at=NOW)
        charging.restraints.create(code="T-CBO", supervisor_id=manager, reason="x", asked_at=NOW)
        charging.steps.create(what="evidence for coercion", officer_id=pat, noted_at=NOW)
        assert ToldCharge.objects.filter(agency_id=force).count() == 1
    return charging.pk


def _referred(entry: Any, amara: UUID, event: UUID, officer: UUID) -> None:
    """Draft a referral by Pat's force as if that entry were an arrest, with a row of everything that hangs on it."""
    referral = Referral.objects.create(
        arrest=entry, identity_id=entry.identity_id, person_id=amara, agency_id=entry.told_by_id, event_id=event,
        state="drafted", arrested_at=NOW, known_at=NOW, words=[{"title": "Who", "lines": ["Amara Okafor"]}],
        drafted_at=NOW, sends_at=NOW)
    referral.to.create(name="Knowsley Council", because="Amara Okafor lives there")
    referral.additions.create(words="Amara fears one man", officer_id=officer, agency_id=entry.told_by_id, at=NOW)


def _shared_and_asked(amara: UUID, entry: str, disclosed: UUID, acting, as_worker) -> tuple[UUID, UUID, UUID]:
    """Let Pat say that the police have it and ask for more, Beth take a second sharing back, and shield Amara.

    Before that Pat asks as a stranger whether she is known. Gives the disclosure, the request and the question.
    """
    now = datetime.now(UTC)
    with as_worker():
        read_news(at=lambda: NOW)
    with acting("Pat") as pat:
        say_received(recipient=disclosure(disclosed).recipients[0].id, officer=pat.officer, words="Briefed", at=now)
        request = ask_for(person=amara, wanted="Who collects her", purpose="To find her", at=now)
        here = next(c.agency_id for c in contacts() if c.agency == "Knowsley Council")
        asked = ask_if_known(
            Identity("", "", given="Amara", family="Okafor", born_on=date(2011, 4, 3)), because="Alone at a station",
            here=here, ring_back="07700 900123", at=now)
    assert asked.answer is Answered.YES
    with acting("Beth") as beth:
        second = share_with(beth, amara, "Merseyside Police", entries=[UUID(entry)])
        end(disclosure=second, why=Why.WRONG_DATA, words="A mistake", at=now)
        shield(acting=beth, person=amara, shielded=True, reasons="Her aunt hides", at=now)
    return disclosed, request, asked.question

def _place_asked_about(amara: UUID, acting, as_worker, partnership) -> UUID:
    """Let Amara be of a group at her school, of which Beth has said something."""
    with as_worker(), at_task("test"):
        hypothesis = Hypothesis.objects.create(
            council_id=partnership.agencies["Knowsley Council"], school="3404001", school_name="Brook High School",
            from_on=NOW - timedelta(days=70), number=1, found_at=NOW)
        grounds = Grounds.objects.create(
            hypothesis=hypothesis, number=1, at=NOW, until_on=NOW - timedelta(days=10), pupils=3, added=3, arrivals=1,
            year_before=0, told_since=NOW - timedelta(days=400), families={"education": 3}, weeks=[0] * 17,
            against=["Chance"], digest=b"x")
        FirstSign.objects.create(grounds=grounds, person_id=amara, on=NOW, code="C05", family="education",
                                 title="Excluded", reason="Excluded from Brook High", known_at=NOW)
    with acting("Beth") as beth:
        judge(acting=beth, hypothesis=hypothesis.pk, judged=Judged.CONFIRMED, reason="Seen at the gate", seen=0,
              grounds=1, at=NOW)
    return hypothesis.pk


def _operation_told_of(acting) -> UUID:
    """Let Pat enter the operation in which Amara was stopped, and what a newspaper tells of it."""
    with acting("Pat") as pat:
        by = By(pat.agency, pat.officer)
        made = enter(by=by, reference="doors", name="Doors", on_day=date(2026, 5, 2), warrants=2, at=NOW)
        tell_total(by=by, operation=made, source="A newspaper", told_on=date(2026, 5, 3), counts=Counts.ARRESTS,
                   number=46, agency=None, at=NOW)
    return made


def _link_judged(amara: UUID, acting) -> UUID:
    """Let Beth say of the phone with which Amara was stopped that it is hers, and give the link."""
    with acting("Beth") as beth:
        facts = circle_seen(amara, on=NOW.date())
        assert facts is not None
        ((link,),) = (facts.links.values(),)
        judge_link(acting=beth, touch=link.touch, judged=Link.CONFIRMED, reason="Amara said so", seen=0, at=NOW)
    return link.touch


@pytest.fixture
def asked_of_carl(amara, send, as_worker) -> UUID:
    """Let Carl's county send a record that may be Amara's, and give the doubt that it opened."""
    line = {"id": "e1", "child": "c9", "kind": "child.home", "at": "2026-05-01", "by": "Essex Council",
            "facts": {"postcode": "CM1 1QH"}, "identity": {
                "given": "Amara", "family": "Okafer", "born_on": "2011-04-03", "sex": "M", "postcode": "CM1 1QH"}}
    assert send("timeline", "Essex Council", json.dumps(line)).accepted == 1
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("select id from people_doubt where answer = 'open'")
        ((doubt,),) = cursor.fetchall()
        return doubt


def _offender_near(as_worker, partnership) -> dict[str, UUID]:
    """Let Olga record that an offender has told of a household with Amara, with a row of everything of it."""
    agency = partnership.agencies["Merseyside Police"]
    with as_worker(), at_task("test"):
        offender = keep_offenders({"M-1": "Dale Storr"}, agency=agency, at=NOW)["M-1"]
        employ(partnership, {"Olga": ("Merseyside Police", "offender-manager", "offenders")})
        append([Wanted(0, offender, TellingKind.REGISTER, date(2020, 1, 1), "register", {"category": "1"}),
                Wanted(1, offender, TellingKind.CHILD, date(2026, 5, 1), "child/1", {
                    "given": "Amara", "family": "Okafor", "born_on": "2011-04-03"})],
               told=ToldBy(agency, officer=partnership.officers["Olga"]), at=NOW)
    with as_worker():
        flow.read_news(at=lambda: NOW)
    with as_worker(), at_task("test"):
        assert Join.objects.count() >= 1
        assert Clock.objects.count() >= 1
        note_news([Join.objects.first().person_id], at=NOW)
        return {"offender": offender, "telling": Telling.objects.get(kind=TellingKind.CHILD).pk}


def _extent_estimated(as_worker, officer: UUID) -> None:
    """Keep an estimate of extent, and that a manager asked for it."""
    with as_worker(), at_task("test"):
        year = {"from_at": NOW - timedelta(days=365), "until_at": NOW}
        asked_for = ExtentRequest.objects.create(**year, asked_at=NOW, officer_id=officer)
        Extent.objects.create(
            **year, request=asked_for, made_at=NOW, definition="E1, edition 1", definition_words="x",
            lists=["Children’s social care"], histories={"1": 1}, left_out={}, covered={}, population=None, seed=1,
            links={"measured": {"missed": None, "false": None, "short_of": []}}, replicates=0,
            answer={"range": None, "refused": [], "diagnostics": None, "corrected": None, "estimates": []})
