"""Every case of the spec of notices: what an offender must tell the police, by when, and how that stands."""

import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from sightline.domain.duties.nations import Nation, read_nation
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Spell, Stay
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.requirement import State
from sightline.domain.offenders.rule import Matter
from sightline.domain.offenders.rules import NOTIFICATION

SPEC = Path(__file__).with_name("notifying.txt")


def day(text):
    return None if text == "-" else date.fromisoformat(text)


@dataclass
class Case:
    """Hold one case: the facts, the day asked, and what is then found."""

    title: str
    nation: Nation = Nation.ENGLAND
    on: date | None = None
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    away: list[Spell] = field(default_factory=list)
    homeless: list[Homeless] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def facts(self):
        return Facts(tuple(self.events), tuple(self.notices), tuple(self.stays), tuple(self.away),
                     tuple(self.homeless), self.nation)


def read_cases():
    """Read the spec."""
    cases = []
    for line in SPEC.read_text("utf-8").splitlines():
        if line.startswith("case "):
            cases.append(Case(line.removeprefix("case ")))
        elif line.strip() and not line.startswith("#"):
            take(cases[-1], *line.strip().split(maxsplit=1))
    return cases


def take(case, word, rest):
    if word in ("because", "refused"):
        getattr(case, word).append(rest.strip())
        return
    told = shlex.split(rest)
    more = dict(one.split("=") for one in told if "=" in one)
    if word == "->":
        case.expected += [] if told == ["none"] else [" ".join(told)]
    elif word == "on":
        case.on = day(told[0])
    elif word == "nation":
        case.nation = read_nation(told[0])
    elif word == "happened":
        case.events.append(Event(Matter(told[0]), day(told[1]), more.get("about", "")))
    elif word == "told":
        case.notices.append(Notice(Matter(told[0]), day(told[1]), more.get("about", ""),
                                   day(more.get("expected", "-"))))
    elif word == "stay":
        case.stays.append(Stay(told[0].removeprefix("-"), day(told[1]), day(told[2])))
    elif word == "away":
        case.away.append(Spell(AwayKind(told[0]), day(told[1]), day(told[2])))
    elif word == "homeless":
        case.homeless.append(Homeless(day(told[0]), day(told[1])))
    else:
        raise AssertionError(word)


CASES = read_cases()


def said(one):
    """Write a requirement as the spec does."""
    words = [one.code, str(one.began_on), str(one.last_day or "-"), str(one.state),
             "-" if one.days is None else str(one.days)]
    words += [f"met={one.met_on}"] if one.met_on else []
    return " ".join(words + ([f"about={one.about}"] if one.about else []))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_clocks_stand_as_the_spec_says(case):
    found = clocks(case.facts, on=case.on)
    assert [said(one) for one in found.requirements] == case.expected
    assert [one.because for one in found.refused] == sorted(case.refused)
    assert set(case.because) <= {one.because for one in found.requirements}


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_order_of_what_was_told_and_telling_it_twice_change_nothing(case):
    once = case.facts
    again = Facts(*(tuple(reversed(told)) * 2 for told in once[:5]), once.nation)
    assert clocks(again, on=case.on) == clocks(once, on=case.on)


def test_every_clock_of_a_notice_that_is_in_force_and_every_state_has_a_case():
    told = {tuple(line.split()[i] for i in (0, 3)) for case in CASES for line in case.expected}
    assert {code for code, _ in told} == {rule.code for rule in NOTIFICATION if rule.commenced}
    assert {state for _, state in told} == {str(state) for state in State}


def test_every_reason_is_one_sentence():
    for case in CASES:
        for one in clocks(case.facts, on=case.on).requirements:
            assert one.because.endswith("."), one
            assert one.because.count(". ") == 0, one
            assert "{" not in one.because, one
