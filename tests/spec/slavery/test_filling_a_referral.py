"""Every case of the spec of filling: what is known, which answers follow, and from where; and the form itself."""

import shlex
from datetime import date
from pathlib import Path

import pytest

from sightline.domain.slavery.checking import CROSSED, NAMED, NO_ADDRESS, ONE_KIND, problems
from sightline.domain.slavery.filling import filled
from sightline.domain.slavery.form import COUNCIL, FIELDS, NOT_ASKED, SECTIONS, TYPES, asked, missing, steps_of
from sightline.domain.slavery.known import CouncilDesk, Known, Referrer, SaidOf
from sightline.domain.slavery.naming import names_in, without_names
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.timeline import Timeline
from sightline.interfaces.printed.duty_spec import read_specs
from sightline.reference.codes import referral_form_fields

HERE = Path(__file__).parent
CASES = [case for spec in read_specs(HERE, names="*.txt") for case in spec.cases]
KNOWSLEY = SaidOf("Knowsley", date(2026, 1, 1), "Jay", "Hale", date(2010, 3, 2), "M")
COUNCIL_DESK = CouncilDesk("Knowsley Council", "01632 960002", "desk@knowsley.example", "council where the child lives")
PAT = Referrer("Pat Quayle", "Custody sergeant", "01632 960001", "pat@police.example", "Merseyside Police", "england")


def said_in(title: str) -> tuple[SaidOf, ...]:
    """Read what agencies say of the child in a case, the newest words first: lines that begin with "# said"."""
    text = (HERE / "filling.txt").read_text(encoding="utf-8")
    lines = text.partition(f"case {title}\n")[2].partition("\ncase ")[0].splitlines()
    told = [shlex.split(line.removeprefix("# said")) for line in lines if line.startswith("# said")]
    rows = [SaidOf(agency, date.fromisoformat(on), given, family, None if born == "-" else date.fromisoformat(born),
                   None if sex == "-" else sex) for agency, on, given, family, born, sex in
            (one for one in told if len(one) > 1)]
    return (*rows,) if ["only"] in told else (*rows, KNOWSLEY)


def known_of(case) -> Known:
    return Known(case.timeline, said_in(case.title), COUNCIL_DESK, PAT, "SL-1", day_of(case.at))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_answers_stand_as_the_spec_says(case):
    found = filled(known_of(case))
    assert case.expected, "a case without an expectation tests nothing"
    for wanted in case.expected:
        name = wanted["state"]
        assert name in FIELDS, name
        one = found.get(name)
        told = {"answer": one.value if one else "none", "from": ",".join(one.because) if one else "",
                "told": one.told if one else "", "draft": "yes" if one and one.draft else "no"}
        assert {key: told[key] for key in wanted if key != "state"} == {
            key: value for key, value in wanted.items() if key != "state"}, name


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_no_answer_is_filled_without_saying_from_where(case):
    known = known_of(case)
    ids = {entry.id for entry in case.entries}
    for one in filled(known).values():
        assert one.told, one.name
        assert set(one.because) <= ids, one.name
        assert one.because or not one.draft, one.name


def test_every_field_of_the_form_stands_in_one_place_or_says_why_it_is_not_asked():
    placed = [field.name for section in SECTIONS for step in section.steps for field in step.fields]
    assert len(placed) == len(set(placed))
    assert set(placed) | set(NOT_ASKED) == set(referral_form_fields())
    assert not set(placed) & set(NOT_ASKED)
    assert [name for name, field in FIELDS.items() if not field.label] == []
    assert {name for field in FIELDS.values() for name, _ in field.when} <= set(placed)


@pytest.mark.parametrize("age", ["yes", "not-sure"])
def test_a_child_or_who_may_be_one_is_never_asked_for_consent_and_the_council_must_be_named(age):
    names = {field.name for field in asked({"pv-under-age": age})}
    assert names.isdisjoint({"pv-want-to-submit-nrm", "refuse-nrm", "does-pv-need-support", "who-contact"})
    assert {f"{COUNCIL}{part}" for part in ("name", "phone", "email")} <= set(missing({"pv-under-age": age}))


def test_who_is_18_is_asked_for_consent_and_no_council_is_named():
    answers = {"pv-under-age": "no"}
    names = {field.name for field in asked(answers)}
    assert "pv-want-to-submit-nrm" in missing(answers)
    assert not [name for name in names if name.startswith(COUNCIL)]
    assert "does-pv-need-support" in {f.name for f in asked(answers | {"pv-want-to-submit-nrm": "yes"})}


def test_what_hangs_on_a_choice_is_asked_after_it_alone():
    for choice, value, name in (("reported-to-police", "yes", "reported-to-police-crime-reference"),
                                ("exploiters-location", "yes", "are-exploiters-in-the-uk"),
                                ("potential-victim-exploitative-situation-multiple", "yes",
                                 "when-did-the-exploitation-take-place-multiple")):
        assert name in missing({"pv-under-age": "yes", choice: value})
        assert name not in {f.name for f in asked({"pv-under-age": "yes", choice: "no"})}


def test_one_kind_of_exploitation_at_least_is_ticked():
    assert TYPES[0] in missing({})
    for name in TYPES:
        assert TYPES[0] not in missing({name: "true"})


def test_a_child_goes_through_fewer_pages_than_the_form_has():
    assert len(steps_of({"pv-under-age": "yes"})) < sum(len(section.steps) for section in SECTIONS)


def test_what_keeps_a_referral_from_being_sent_is_said_in_words():
    known = known_of(CASES[0])
    answers = {"pv-under-age": "yes", "what-happened": "Jay was there", f"{COUNCIL}email": "no address"}
    found = {one.name: one.words for one in problems(answers, crossed=["birthplace"], known=known)}
    assert found["what-happened"] == NAMED
    assert found[f"{COUNCIL}email"] == NO_ADDRESS
    assert found["birthplace"] == CROSSED
    assert found[TYPES[0]] == ONE_KIND


@pytest.mark.parametrize(("text", "without"), [
    ("NATHAN SEFTON-HUGHES said", "the child said"), ("Nathan's bag", "the child's bag"),
    ("nathan sefton", "the child"), ("Nathaniel stays", "Nathaniel stays"), ("Zoe and ZOÉ", "the child and the child"),
    ("on Hughes’s behalf", "on the child’s behalf"), ("nothing", "nothing"),
])
def test_a_name_is_taken_out_however_it_is_written(text, without):
    names = {"Nathan", "Sefton-Hughes", "Zoé"}
    assert without_names(text, names) == without
    assert names_in(without, names) == ()


def test_where_nobody_has_told_a_name_nothing_is_taken_out():
    assert without_names("anything at all", ()) == "anything at all"


def test_a_timeline_of_nothing_fills_only_who_refers_and_the_council():
    known = Known(Timeline.of("x", ()), (), None, PAT, "SL-1", date(2026, 5, 19))
    assert {name for name in filled(known) if not name.startswith("fr-")} == {
        "reference", "user-organisation", "pv-under-age"}
