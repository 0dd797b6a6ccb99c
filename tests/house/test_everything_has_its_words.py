"""Every sign, duty, state, verb, act and kind has its words, its owner, its spec and its page; none is left over."""

import ast
import dataclasses
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.template import engines
from django.test import Client

from sightline.apps.access.queries import AgencyBook, AgencyFacts, ContactFacts
from sightline.apps.duties.desks import desk_of
from sightline.apps.duties.models import OwedDuty
from sightline.apps.duties.queries import NoticeFacts
from sightline.apps.intake.models import Submission
from sightline.apps.people.models import Doubt
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.domain.access.involvement import SEES, InvolvedAs
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES, Sight
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.signs.catalogue import RULES as SIGNS
from sightline.domain.vocabulary.agency import AGENCY_KIND_WORDS, AgencyKind
from sightline.domain.vocabulary.duty import Duty, DutyState, Part
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Attention
from sightline.interfaces.printed.access import SIGHT_WORDS
from sightline.interfaces.printed.audit_acts import ACTS
from sightline.interfaces.web.child.acts import ACT_WORDS, BY_PAGE, FILLED_BY_US, MUST_SAY, act_kinds
from sightline.interfaces.web.child.showing import FIELD_WORDS
from sightline.interfaces.web.doubts.forms import ANSWERS
from tests.house.source import PROJECT, modules
from tests.integration.protection.tried import every_address

TEMPLATES = PROJECT / "sightline/interfaces/web/templates"
REFERENCE = PROJECT / "docs/reference"
SPEC = PROJECT / "tests/spec"
NOW = datetime(2026, 5, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def words():
    """Give the words that templates have for states."""
    return engines["pages"].env.get_template("parts/tags.html").module


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def shown(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def test_each_sign_has_its_words_its_spec_and_its_pages():
    assert len(SIGNS) >= 12
    for rule in SIGNS:
        for told in (rule.title, rule.explanation, rule.source, rule.not_evidence_of, rule.edition):
            assert told.strip(), rule.code
        assert (SPEC / "signs" / f"{rule.code}.md").is_file(), rule.code
        assert rule.title in page(f"signs/{rule.code}.md"), rule.code
        text = shown(f"/rules/signs/{rule.code}/")
        assert rule.title in text, rule.code
        assert rule.not_evidence_of in text, rule.code


def test_each_duty_has_its_words_its_owner_its_spec_and_its_pages():
    assert len(DUTIES) > 50
    for rule in DUTIES:
        for told in (rule.title, rule.what, *rule.owed_to, rule.authority, rule.edition):
            assert told.strip(), rule.code
        assert rule.owed_to, rule.code
        assert (SPEC / "duties" / f"{rule.code}.txt").is_file() == rule.starts, rule.code
        assert rule.code in page("duties.md")
        text = shown(f"/rules/duties/{rule.code}/")
        assert (rule.title in text, rule.owed_by.value in text) == (True, True), rule.code


def test_each_duty_falls_on_a_desk_whoever_is_kept_here():
    for rule in (rule for rule in DUTIES if rule.starts):
        for name in ("Knowsley", "nobody knows", ""):
            desk = desk_of(owed(rule, name), told=[2], book=BOOK)
            assert desk.contact.agency_id == desk.agency.id, rule.code
        assert desk_of(owed(rule, "nobody knows"), told=[2], book=BOOK).watches, rule.code


def test_a_duty_of_a_kept_agency_is_its_own_and_is_watched_by_nobody():
    playing = {Part.HOME_COUNCIL: "Knowsley", Part.HOME_FORCE: "Merseyside", Part.SCHOOL: "Brook High School"}
    for rule in DUTIES:
        if rule.starts and rule.owed_by in playing:
            assert not desk_of(owed(rule, playing[rule.owed_by]), told=[], book=BOOK).watches, rule.code


def test_each_state_of_a_duty_has_its_words(words):
    assert {code for code, _ in OwedDuty.STATES} == set(words.state_words) == set(words.state_colours)
    assert {state.value for state in DutyState} == set(words.state_words) - {OwedDuty.ENDED}
    shape = engines["pages"].env.get_template("parts/shape.html").module.shape
    assert [state for state in words.state_words if "<" not in re.sub(r"</?svg[^>]*>", "", str(shape(state)))] == []


def test_each_attention_has_its_words(words):
    assert {one.value for one in Attention} == set(words.attention_words) == set(words.attention_colours)
    assert all(rule.alone in Attention for rule in SIGNS)


def test_each_state_of_a_notice_stands_on_its_page():
    instants = {field.name for field in dataclasses.fields(NoticeFacts) if field.name.endswith("_at")}
    assert instants == {"made_at", "sent_at", "delivered_at", "opened_at", "acknowledged_at", "acted_at",
                        "next_look_at"}
    text = (TEMPLATES / "inbox/notice.html").read_text("utf-8")
    assert {name for name in instants - {"next_look_at"} if f"notice.{name})" not in text} == set()
    assert "notice.next_look_at" in text


def test_each_state_of_a_file_and_each_answer_to_a_doubt_has_its_words():
    assert all(says and says != code for code, says in (*Submission.STATES, *Doubt.ANSWERS, *OUTCOMES))
    assert [code for code, _ in ANSWERS] == [code for code, _ in Doubt.ANSWERS if code != Doubt.OPEN]


def test_each_verb_role_purpose_sight_and_part_has_its_words_and_stands_in_the_reference():
    roles, purposes = page("roles.md"), page("purposes.md")
    assert [verb for verb in Verb if verb.value not in roles] == []
    assert [part for part in InvolvedAs if part.value not in roles] == []
    assert [code for code, purpose in PURPOSES.items() if purpose.words not in purposes] == []
    assert set(SEES) == set(InvolvedAs)
    assert set(SIGHT_WORDS) == set(Sight)
    assert set(AGENCY_KIND_WORDS) == set(AgencyKind)
    for role in ROLES.values():
        assert role.__doc__
        assert role.words in roles
        assert role.works_in
        assert role.may
        assert role.purposes
        assert set(role.purposes) <= set(PURPOSES)
    assert {code for role in ROLES.values() for code in role.purposes} == set(PURPOSES)


def test_each_kind_of_entry_has_its_words_and_its_field():
    assert {kind.partition(".")[0] for kind in KINDS} | {"record"} == set(FIELD_WORDS)
    assert all(kind.title and all(fact.means for fact in kind.facts) for kind in KINDS.values())
    assert [kind for kind in KINDS if f"\n## {kind}\n" not in page("kinds.md")] == []


def test_each_kind_that_people_record_has_its_form_and_meets_a_duty():
    assert set(BY_PAGE) == set(ACT_WORDS) <= set(KINDS)
    met = {kind for rule in DUTIES for kind in act_kinds(rule.code)}
    assert met == set(BY_PAGE)
    for told in (FILLED_BY_US, MUST_SAY):
        for kind, keys in told.items():
            assert set(keys) <= {fact.key for fact in KINDS[kind].facts}, kind


def test_each_act_of_the_audit_is_explained_and_each_explained_act_is_named():
    """Names come from calls of note(), changed(), keep_audit(), the commands' _audit(), and tables of custody."""
    named = acts_named([one for one in modules("sightline") if not one.name.endswith("at_work")])
    assert len(named) > 20
    explained = {act.name: act.writes for act in ACTS}
    opened = {name for name in named if name.endswith("*")}
    assert opened == {"see a child: *"}
    spelt = {name for name in explained if name.startswith("see a child: ")}
    assert {name.partition(": ")[2] for name in spelt} == {"show", "timeline", "signs", "duties", "lookback"}
    assert set(named) - opened == set(explained) - spelt
    assert {name for name in set(named) - opened if named[name] != explained[name]} == set()


def test_an_act_that_is_not_explained_would_be_found():
    from tests.house.source import module

    assert acts_named([module("x", 'note(request, "peek", writes=True)\nkeep_audit(a, act="see")')]) == {
        "peek": True, "see": False}


def test_each_address_that_a_template_or_a_page_names_exists():
    names = {name for path in [*TEMPLATES.rglob("*.html"), *(PROJECT / "sightline/interfaces/web").rglob("*.py")]
             for name in re.findall(r"\b(?:url|reverse|redirect)\(\s*[\"'](\w+)[\"']", path.read_text("utf-8"))}
    assert len(names) > 30
    assert names - set(every_address()) == set()


NAMING = ("note", "changed", "keep_audit", "_audit")


def acts_named(found) -> dict[str, bool]:
    """Give the acts that modules name, and whether any of the calls says that something is changed."""
    acts: dict[str, bool] = {}
    for node in (node for one in found for node in ast.walk(one.tree)):
        act, writes = named_by(node)
        if isinstance(act, ast.JoinedStr) and isinstance(act.values[0], ast.Constant):
            act = ast.Constant(f"{act.values[0].value}*")
        if isinstance(act, ast.Constant):
            acts[act.value] = acts.get(act.value, False) or writes
    return acts


def named_by(node: ast.AST) -> tuple[ast.expr | None, bool]:
    """Give the act that a call names, or that is kept to be named later: as `act`, or in a table of acts."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ReleaseAct", "ChargeAct"):
        return node.args[1], True
    if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["act"]:
        return node.value, False
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in NAMING:
        return None, False
    told = {word.arg: word.value for word in node.keywords}
    act = told.get("act") if node.func.id == "keep_audit" else node.args[1] if len(node.args) > 1 else None
    return act, node.func.id == "changed" or getattr(told.get("writes"), "value", False) is True


def owed(rule, by: str) -> Duty:
    return Duty(
        code=rule.code, what=rule.what, part=rule.owed_by, owed_by=by, owed_to=str(rule.owed_to), started_by="e1",
        started_at=NOW, due_at=None, local_target_at=None, estimated=False, state=DutyState.OPEN, met_by=None,
        met_at=None, authority=rule.authority, verified=rule.verified, edition=rule.edition, explanation="",
        look_again_at=None)


def agency(id_: int, name: str, kind: str, area: str) -> AgencyFacts:
    return AgencyFacts(id_, name.lower(), name, kind, area, "", "england")


AGENCIES = [agency(1, "Knowsley Council", "council", "Knowsley"), agency(2, "Brook High School", "school", ""),
            agency(3, "Merseyside Police", "police", "Merseyside")]
BOOK = AgencyBook(AGENCIES, [ContactFacts(one.id, one.id, one.name, "safeguarding", "The desk", "", "", "", None)
                             for one in AGENCIES])
