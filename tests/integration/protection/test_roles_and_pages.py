"""Who may open which page: every role, in every kind of agency, at every address, as the domain says."""

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.urls import reverse

from sightline.apps.access.acting import at_task, begin_work
from sightline.apps.access.actions import PurposeNotAllowed, keep_agency, keep_officer, start_work
from sightline.apps.access.queries import memberships_of
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES, Role, may
from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.custody.path_forms import FORMS
from sightline.interfaces.web.shell import CHANGE_PURPOSE, DESTINATIONS
from tests.integration.conftest import DESKS, signed_in
from tests.integration.protection.tried import addresses, filled

REFERRAL = ("send", "add", "adult")
RELEASE = ("assess", "adult", "accepted", "agency", "leg", "take-out", "home", "call-off", "release", "departed",
           "later", "arrived", "missing")
CHARGE = ("offence", "law", "referral", "evidence", "tools", "conclude", "decide", "prosecutor", "again", "charge")
SUPERVISED = ("no", "same", "restrain")
PATH = tuple(f"path-{code}" for code in FORMS)
INSPECTION = ("inspections", "open_inspection", "inspection", "end_inspection", "inspection_results", "inspection_file",
              "inspected_case", "inspected_back", "grade_case", "settle_grade", "hand_on_case")
OPERATION_ACTS = ("operation-force", "operation-total", "operation-join", "operation-take-back")
# What a role must allow for each page. Written down once more here, so that a page that asks for less is found.
ASKS = {
    "inbox": Verb.SEE_QUEUE, "notices": Verb.SEE_QUEUE, "notice": Verb.SEE_QUEUE, "acknowledge": Verb.ACKNOWLEDGE,
    "duty": Verb.SEE_CHILD, "act": Verb.DECIDE, "take": Verb.ACKNOWLEDGE, "give": Verb.REASSIGN,
    "record_sign": Verb.RECORD_SIGN, "withdraw_sign": Verb.RECORD_SIGN,
    "find": Verb.FIND_CHILD, "child": Verb.SEE_CHILD, "decide": Verb.DECIDE, "looks": Verb.SEE_AUDIT,
    "look_back": Verb.SEE_CHILD, "look_back_paper": Verb.SEE_CHILD,
    "close": Verb.CLOSE_SIGN, "import": Verb.SEND_FILES, "submission": Verb.SEND_FILES, "faults": Verb.SEND_FILES,
    "records": Verb.SEE_CHILD, "ask_whose_record": Verb.SEE_CHILD, "links": Verb.SEE_OVERSIGHT,
    "doubts": Verb.SETTLE_DOUBT, "doubt": Verb.SETTLE_DOUBT, "oversight": Verb.SEE_OVERSIGHT,
    "readings": Verb.SEE_OVERSIGHT, "reading": Verb.SEE_OVERSIGHT,
    "protecting": Verb.SEE_QUEUE, "event": Verb.SEE_QUEUE, "offer": Verb.DECIDE, "safe": Verb.DECIDE,
    "transfer": Verb.SEE_QUEUE, "answer": Verb.DECIDE, "pack": Verb.SEE_QUEUE, "hand_over": Verb.DECIDE,
    "here": Verb.DECIDE, "take_here": Verb.DECIDE, "unread": Verb.SEE_OVERSIGHT,
    "silent": Verb.SEE_OVERSIGHT,
    "desks": Verb.KEEP_ROTA, "desk": Verb.KEEP_ROTA, "hours": Verb.KEEP_ROTA, "channels": Verb.KEEP_ROTA,
    "address": Verb.KEEP_ROTA, "prove": Verb.KEEP_ROTA, "turns": Verb.KEEP_ROTA,
    "end_turn": Verb.KEEP_ROTA, "journeys": Verb.SEE_QUEUE, "release": Verb.SEE_QUEUE,
    "custody_desk": Verb.SEE_CUSTODY_DESK, "custody_desk_new": Verb.SEE_CUSTODY_DESK, "keep-typed": Verb.DECIDE,
    "referral": Verb.SEE_QUEUE, "referral_counts": Verb.SEE_OVERSIGHT,
    **dict.fromkeys((f"referral-{name}" for name in REFERRAL), Verb.DECIDE),
    "release_counts": Verb.SEE_OVERSIGHT, "release-override": Verb.OVERRIDE_RELEASE,
    **dict.fromkeys((f"release-{name}" for name in RELEASE), Verb.DECIDE),
    "path": Verb.SEE_QUEUE, **dict.fromkeys(PATH, Verb.DECIDE),
    "share": Verb.DECIDE, "disclosures": Verb.SEE_CHILD, "ask_for": Verb.DECIDE, "shield": Verb.DECIDE,
    "disclosure": Verb.SEE_CHILD, "end_disclosure": Verb.DECIDE, "receipt": Verb.ACKNOWLEDGE,
    "request": Verb.SEE_CHILD, "known": Verb.ASK_IF_KNOWN, "rail": Verb.ASK_IF_KNOWN, "question": Verb.SEE_QUEUE,
    "inbox_new": Verb.SEE_QUEUE, "give_many": Verb.REASSIGN, "workload": Verb.REASSIGN, "away": Verb.SEE_QUEUE,
    "circle": Verb.JUDGE_LINK, "link": Verb.JUDGE_LINK,
    "all_measures": Verb.SEE_OVERSIGHT, "measure": Verb.SEE_OVERSIGHT, "measured_cases": Verb.SEE_OVERSIGHT,
    "measures_file": Verb.SEE_OVERSIGHT, "freeze_measures": Verb.SEE_OVERSIGHT,
    "extent": Verb.SEE_OVERSIGHT, "extent_file": Verb.SEE_OVERSIGHT,
    "figures": Verb.SEE_OVERSIGHT, "figures_file": Verb.SEE_OVERSIGHT,
    "hypotheses": Verb.JUDGE_PLACE, "hypothesis": Verb.JUDGE_PLACE, "hypothesis_counts": Verb.SEE_OVERSIGHT,
    "screen": Verb.SEE_CHILD, "screen-talk": Verb.DECIDE, "screen-decide": Verb.DECIDE, "charging": Verb.SEE_CHILD,
    "charging_summary": Verb.SEE_CHILD, "charge_counts": Verb.SEE_OVERSIGHT,
    **dict.fromkeys((f"charging-{name}" for name in CHARGE), Verb.DECIDE),
    **dict.fromkeys((f"charging-{name}" for name in SUPERVISED), Verb.SUPERVISE_CHARGE),
    "offenders": Verb.SEE_OFFENDERS, "offender": Verb.SEE_OFFENDERS, "offender_tell": Verb.KEEP_OFFENDERS,
    "offender_correct": Verb.KEEP_OFFENDERS, "offender_take_back": Verb.KEEP_OFFENDERS,
    "offenders_register": Verb.KEEP_OFFENDERS, "offenders_overdue": Verb.SUPERVISE_OFFENDERS,
    "near_child": Verb.JUDGE_LINK,
    "operations": Verb.SEE_OPERATION, "operation": Verb.SEE_OPERATION,
    "enter_operation": Verb.KEEP_OPERATION,
    **dict.fromkeys(OPERATION_ACTS, Verb.KEEP_OPERATION),
    **dict.fromkeys(("slavery", "slavery_save", "slavery_sent", "slavery_sheet", "slavery_decision"),
                    Verb.REFER_VICTIM),
    **dict.fromkeys(INSPECTION, Verb.INSPECT_CASES),
    "keep_sign": Verb.CLOSE_SIGN, "signs_here": Verb.SEE_SETTINGS, "local_settings": Verb.SEE_SETTINGS,
    "local_edition": Verb.SEE_SETTINGS, "switch_sign": Verb.SWITCH_SIGN,
    "end_away": Verb.SEE_QUEUE, "put_off": Verb.ACKNOWLEDGE, "bring_back": Verb.ACKNOWLEDGE,
}
# The road opens to whoever holds a code, and shows without one what anybody may see.
FOR_ANYBODY = {"start", "story", "help", "purpose", "rules", "sign_rule", "sign_rules", "duty_rule", "duty_rules",
               "responsibility_rules", "gateways", "road"}
POSTED = {"acknowledge", "act", "take", "give", "offer", "safe", "answer", "take_here", "ask_for", "shield",
          "freeze_measures", "end_disclosure", "receipt", "look_back_paper", "ask_whose_record",
          "hours", "channels", "address", "prove", "turns", "end_turn", "give_many", "end_away", "put_off",
          "bring_back", "keep-typed", "slavery_save", "slavery_sent", *OPERATION_ACTS,
          "screen-talk", "screen-decide", *(f"charging-{name}" for name in (*CHARGE, *SUPERVISED)),
          *PATH, "release-override", *(f"release-{name}" for name in RELEASE),
          *(f"referral-{name}" for name in REFERRAL)}
LEAD_BACK = {"give_many", "freeze_measures"}  # to the list
NOBODYS = dict.fromkeys(("submission_id", "contact_id", "turn_id", "run", "place"), 999_999_999)
WITHOUT_A_PAGE = {Verb.PROPOSE_SETTINGS: "settings are proposed on the command line: sightline settings propose",
                  Verb.KEEP_OFFICERS: "officers are kept on the command line: sightline user"}
PARTS = {"sign_rule": {"code": "C05"}, "duty_rule": {"code": "D-EX-4"}, "story": {"code": "S01"}}


def test_every_page_asks_for_something_or_is_for_anybody():
    assert set(ASKS) | FOR_ANYBODY == set(addresses())
    assert not set(ASKS) & FOR_ANYBODY


def test_every_verb_opens_a_page_or_is_said_to_open_none():
    assert set(ASKS.values()) | set(WITHOUT_A_PAGE) == set(Verb)
    assert {verb for role in ROLES.values() for verb in role.may} == set(Verb)


def test_every_place_of_the_navigation_exists_and_asks_for_what_its_page_asks():
    for name, words, verb in DESTINATIONS:
        assert reverse(name).startswith("/")
        assert words
        assert verb == ASKS.get(name)
    assert reverse(CHANGE_PURPOSE)


def test_a_role_exists_only_in_the_agencies_it_says(as_worker):
    with as_worker(), at_task("test"):
        for kind in AgencyKind:
            agency = keep_agency(name=f"The {kind}", kind=kind.value, desks=DESKS)
            for role in ROLES.values():
                if kind not in role.works_in:
                    with pytest.raises(ValueError, match="does not belong"):
                        keep_officer(email="x@a.example", name="X", password=None, agency=agency, role=role.code,
                                     on=date(2026, 1, 1))


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_each_page_opens_to_the_roles_that_may_and_to_no_other(role: type[Role], as_web, as_worker):
    now = datetime.now(UTC)
    routes, seen = addresses(), {}
    for kind in sorted(role.works_in):
        with as_worker(), at_task("test"):
            agency = keep_agency(name=f"The {kind}", kind=kind.value, desks=DESKS)
            officer = keep_officer(email=f"{kind}@a.example", name="X", password=None, agency=agency, role=role.code,
                                   on=date(2026, 1, 1))
            member = memberships_of(officer, on=day_of(now))[0]
            work = start_work(officer=officer, membership=member.id, purpose=role.purposes[0], because="a test", at=now)
        with as_web():
            client = signed_in(officer, work)
            for name, route in routes.items():
                strange = {part: uuid4() for part in re.findall(r"<uuid:(\w+)>", route)}
                address = filled(route, {**strange, **NOBODYS, **PARTS.get(name, {})})
                answer = client.post(address) if name in POSTED else client.get(address)
                seen[(kind, name)] = answer.status_code
                if name in POSTED:
                    assert client.get(address).status_code == 405, name
    for (kind, name), status in seen.items():
        opened = (200, 302) if name in FOR_ANYBODY | LEAD_BACK else (200, 404)
        wanted = opened if name in FOR_ANYBODY or may(role, ASKS[name]) else (403,)
        assert status in wanted, (kind, name, status)
    assert len(seen) == len(role.works_in) * len(routes)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_each_role_works_for_its_own_purposes_and_for_no_other(role: type[Role], as_web, as_worker):
    now = datetime.now(UTC)
    with as_worker(), at_task("test"):
        agency = keep_agency(name="An agency", kind=sorted(role.works_in)[0].value, desks=DESKS)
        officer = keep_officer(email="x@a.example", name="X", password=None, agency=agency, role=role.code,
                               on=date(2026, 1, 1))
        member = memberships_of(officer, on=day_of(now))[0]
    for purpose in PURPOSES:
        with as_web():
            client = signed_in(officer, None)
            page = client.get("/purpose/").content.decode()
            assert (f'value="{purpose}"' in page) == (purpose in role.purposes), purpose
            answer = client.post("/purpose/", {"membership": member.id, "purpose": purpose, "because": "a test"})
            assert (answer.status_code == 302) == (purpose in role.purposes), purpose


def test_nobody_begins_the_work_of_somebody_else(partnership, as_web):
    beth, carl = partnership.work["Beth"], partnership.officers["Carl"]
    with as_web():
        assert begin_work(carl, beth.work, at=datetime(2026, 5, 22, 11, tzinfo=UTC)) is None
        member = memberships_of(beth.officer, on=date(2026, 5, 22))[0]
    with pytest.raises(PurposeNotAllowed), as_web({"sightline.officer": str(carl)}):
        start_work(officer=carl, membership=member.id, purpose="assess", because="", at=datetime.now(UTC))
    with pytest.raises(DatabaseError, match="row-level security"), as_web({"sightline.officer": str(carl)}):
        start_work(officer=beth.officer, membership=member.id, purpose="assess", because="", at=datetime.now(UTC))
