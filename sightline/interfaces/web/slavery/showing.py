"""Put a referral into what its pages show: each answer in words, where it comes from, and what is asked beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sightline.apps.slavery.queries import ReferralFacts, Typed
from sightline.domain.slavery.checking import Problem
from sightline.domain.slavery.filling import Filled
from sightline.domain.slavery.form import FIELDS, SECTIONS, TICKED, TYPES, Asked, Shape, applies, asked
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.slavery.forms import AnswersForm

BY_A_PERSON = "{officer}, {when}"


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """Hold one answer as a page shows it; `others` are earlier answers."""

    name: str
    label: str
    words: str
    source: str
    draft: bool
    by_person: bool
    problem: str
    others: tuple[str, ...]
    because: tuple[str, ...]
    change: AnswersForm | None
    number: int


def effective(filled: Mapping[str, Filled], referral: ReferralFacts | None) -> dict[str, str]:
    """Give the answers that hold: what a person typed, else what records give."""
    typed = referral.holding if referral else {}
    return {name: one.value for name, one in filled.items()} | typed


def to_submit(
    filled: Mapping[str, Filled], referral: ReferralFacts | None, answers: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Give what is submitted: the answers to what the form asks, each with what it rests on."""
    typed = referral.typed if referral else {}
    found: dict[str, dict[str, Any]] = {}
    for field in asked(answers):
        if value := answers.get(field.name, ""):
            by, one = typed.get(field.name), filled.get(field.name)
            told = _typed_by(by[-1]) if by else one.told if one else ""
            found[field.name] = {"value": value, "told": told,
                                 "because": list(one.because) if one and not by else []}
    return found


def sections_shown(
    filled: Mapping[str, Filled], referral: ReferralFacts | None, answers: Mapping[str, str],
    problems: Iterable[Problem], *, changes: bool,
) -> list[tuple[str, list[AnswerShown]]]:
    """Give what is answered, in the form's order, under its sections; `changes` adds to each a form to change it."""
    wrong = {one.name: one.words for one in problems}
    typed = referral.typed if referral else {}
    found = []
    for section in SECTIONS:
        rows = [_shown(field, filled.get(field.name), typed.get(field.name, ()), answers, wrong, changes=changes)
                for step in section.steps for field in step.fields
                if applies(field, answers) and answers.get(field.name, "")]
        if rows:
            found.append((section.title, rows))
    return found


def sent_shown(referral: ReferralFacts) -> list[tuple[str, list[AnswerShown]]]:
    """Give what was sent, in the form's order, as it was then."""
    found = []
    for section in SECTIONS:
        rows = [AnswerShown(field.name, field.label, in_words(field, kept["value"]), kept["told"],
                            draft=False, by_person=False, problem="", others=(), because=tuple(kept["because"]),
                            change=None, number=0)
                for step in section.steps for field in step.fields
                if (kept := referral.answers.get(field.name))]
        if rows:
            found.append((section.title, rows))
    return found


def to_answer(problems: Iterable[Problem], answers: Mapping[str, str]) -> list[tuple[str, list[Asked]]]:
    """Give the fields that a person must see to, under their sections: what is wrong or missing, and beneath a choice
    that nobody has made what the form asks next after each choice.
    """
    names = {one.name for one in problems}
    if TYPES[0] in names and not any(answers.get(name) for name in TYPES):
        names |= set(TYPES)
    open_choices = {name for name in names if not answers.get(name)}
    for field in FIELDS.values():
        if field.needed and any(name in open_choices for name, _ in field.when) and not answers.get(field.name):
            names.add(field.name)
            open_choices.add(field.name)
    found = [(section.title, [field for step in section.steps for field in step.fields if field.name in names])
             for section in SECTIONS]
    return [(title, fields) for title, fields in found if fields]


def to_add(answers: Mapping[str, str], shown: Iterable[str]) -> list[Asked]:
    """Give what else the form asks and goes without, and nobody has answered."""
    taken = set(shown)
    return [field for field in asked(answers) if field.name not in taken and not answers.get(field.name)]


def conditions_of(fields: Iterable[Asked], answers: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """Give for each field that hangs on a choice not made yet: the choice, its answers, and both in words."""
    found = {}
    shown = {field.name: field for field in fields}
    for field in shown.values():
        for name, values in field.when:
            if name in shown and not answers.get(name):
                choice = FIELDS[name]
                words = " or ".join(_option(choice, value) for value in sorted(values) if value)
                found[field.name] = (name, " ".join(sorted(values)), f"Only if “{choice.label}” is: {words}")
    return found


def in_words(field: Asked, value: str) -> str:
    """Say an answer as the form's own page says it."""
    return _option(field, value) if value else ""


def _option(field: Asked, value: str) -> str:
    if field.shape is Shape.TICK:
        return "Ticked" if value == TICKED else value
    return dict(field.options).get(value, value)


def _shown(
    field: Asked, filled: Filled | None, typed: tuple[Typed, ...], answers: Mapping[str, str],
    wrong: Mapping[str, str], *, changes: bool,
) -> AnswerShown:
    value = answers[field.name]
    holds = typed[-1] if typed else None
    source = _typed_by(holds) if holds else filled.told if filled else ""
    form = AnswersForm([field], answers, place="change") if changes else None
    return AnswerShown(
        name=field.name, label=field.label, words=in_words(field, value), source=source,
        draft=filled.draft if filled and not holds else False, by_person=holds is not None,
        problem=wrong.get(field.name, ""), others=others_of(field, filled, typed),
        because=filled.because if filled and not holds else (), change=form, number=holds.number if holds else 0)


def others_of(
    field: Asked, filled: Filled | None, typed: tuple[Typed, ...], *, last: bool = False
) -> tuple[str, ...]:
    """Say the answers before the one that holds, and with `last` that one: what records gave, and what people typed."""
    found = [f"From records ({filled.told}): {in_words(field, filled.value)}"] if filled and typed and (
        filled.value != typed[-1].value) else []
    found += [f"{_typed_by(one)}: {in_words(field, one.value) or 'no answer'}"
              for one in (typed if last else typed[:-1])]
    return tuple(found)


def _typed_by(typed: Typed) -> str:
    return BY_A_PERSON.format(officer=typed.officer, when=moment_in_words(typed.at))
