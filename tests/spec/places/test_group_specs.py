"""Every case of the spec of groups: where first signs of several pupils followed an arrival, and where not."""

import shlex
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from sightline.domain.places.counted import NOT_COUNTED, is_counted
from sightline.domain.places.firsts import first_sign
from sightline.domain.places.groups import Pupil, groups
from sightline.domain.places.stays import TELLS, stays
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.reading import read_whole
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import read_moment
from sightline.domain.vocabulary.timeline import Timeline

LISTS = ("reasons", "property")
NUMBERS = ("possible", "attended", "unauthorised")


@dataclass
class Case:
    """Hold one case: what is told of whom, what was closed, the instant, and the groups that are then found."""

    title: str
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    wrong: set[tuple[str, str]] = field(default_factory=set)
    at: datetime | None = None
    expected: list[dict[str, str]] = field(default_factory=list)

    def tell(self, who: str, moment: str, kind: str, facts: dict[str, str]) -> None:
        assert kind in KINDS, kind
        own = {name: facts.pop(name, None) for name in ("until", "recorded", "withdrawn")}
        if own["withdrawn"]:
            self.entries[who] = [e for e in self.entries[who] if (e.kind, str(e.at)) != (kind, moment)]
            return
        values = {key: value.split(",") if key in LISTS else int(value) if key in NUMBERS else value
                  for key, value in facts.items()}
        told = self.entries.setdefault(who, [])
        told.append(Entry(
            f"{who}{len(told)}", who, kind, read_moment(moment), "x", values,
            until=read_moment(own["until"]) if own["until"] else None,
            recorded_at=datetime.fromisoformat(own["recorded"]) if own["recorded"] else None))


def read_cases() -> list[Case]:
    """Read the spec: what stands before the first case is told in each."""
    given: list[list[str]] = []
    found: list[Case] = []
    for line in (Path(__file__).parent / "groups.txt").read_text(encoding="utf-8").splitlines():
        words = shlex.split(line, comments=True)
        if not words or words == ["given"]:
            continue
        if words[0] == "case":
            found.append(Case(line.strip().removeprefix("case ")))
            for told in given:
                _take(found[-1], told)
        elif found:
            _take(found[-1], words)
        else:
            given.append(words)
    return found


def _take(case: Case, words: list[str]) -> None:
    if words[0] == "at":
        case.at = datetime.fromisoformat(words[1])
    elif words[0] == "wrong":
        case.wrong.add((words[1], words[2]))
    elif words[0] == "->":
        case.expected += [] if words[1] == "none" else [dict(word.split("=") for word in words[1:])]
    else:
        for who in words[0].split(","):
            case.tell(who, words[1], words[2], dict(word.split("=", 1) for word in words[3:]))


CASES = read_cases()


def found_in(case: Case) -> list[dict[str, str]]:
    """Give the groups of all schools of a case, in the words of the spec."""
    schools: dict[str, list[Pupil]] = {}
    for who, told in case.entries.items():
        whole = read_whole(Timeline.of(who, told), at=case.at)
        wrong = {code: frozenset(e.id for e in told) for person, code in case.wrong if person == who}
        for stay in stays(whole.known, whole.held, first=first_sign(whole.held, wrong=wrong)):
            schools.setdefault(stay.school, []).append(Pupil(
                who, stay.from_on, stay.until_on, stay.arrived, stay.first.on if stay.first else None))
    return [{"from": str(one.from_on), "until": str(one.until_on), "people": ",".join(sorted(one.people)),
             "arrivals": str(one.arrivals), "year_before": str(one.year_before)}
            for pupils in schools.values() for one in groups(pupils)]


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_groups_are_found_as_the_spec_says(case: Case):
    found = found_in(case)
    assert len(found) == len(case.expected), found
    asked = [{key: one[key] for key in wanted} for one, wanted in zip(found, case.expected, strict=True)]
    assert asked == case.expected


def test_who_arrived_is_in_no_group_of_any_case():
    for case in CASES:
        for one in found_in(case):
            assert not {"zed", "yan", "wes"} & set(one["people"].split(",")), case.title


def test_the_spec_tells_every_kind_that_makes_a_stay():
    assert {e.kind for case in CASES for told in case.entries.values() for e in told} >= set(TELLS)


def test_what_does_not_count_has_its_reason_and_is_a_sign():
    assert set(NOT_COUNTED) <= {rule.code for rule in RULES}
    assert {rule.code for rule in RULES if is_counted(rule)} >= {"C01", "C02", "C05", "C13", "C14", "C24"}
    assert not any(is_counted(rule) for rule in RULES if rule.code[0] in "FH")
