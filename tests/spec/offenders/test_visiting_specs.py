"""Every case of the specs of visits and of silence after a release."""

from datetime import date
from pathlib import Path

import pytest

from sightline.domain.offenders.absence import absences
from sightline.domain.offenders.facts import AwayKind, Spell
from sightline.domain.offenders.silence import SilenceDaysRefused, silence_after_release
from sightline.domain.offenders.visiting import (
    News,
    NewsOf,
    Outcome,
    Planned,
    Reactive,
    Visit,
    Visits,
    VisitState,
    next_visit,
)

FOLDER = Path(__file__).parent


def read_cases():
    """Read the spec of visits: for each case its title and its lines."""
    cases = []
    for line in (FOLDER / "visiting.txt").read_text("utf-8").splitlines():
        if line.startswith("case "):
            cases.append((line.removeprefix("case "), []))
        elif line.strip() and not line.startswith("#"):
            word, rest = line.strip().split(maxsplit=1)
            cases[-1][1].append((word, rest.strip()))
    return cases


CASES = read_cases()


def day(text):
    return None if text == "-" else date.fromisoformat(text)


def told(lines, word):
    return [rest.split() for name, rest in lines if name == word]


def asked(lines):
    visits = Visits(
        tuple(Planned(day(one[1].removeprefix("due=")), "high risk", day(one[0]), "Hana")
              for one in told(lines, "set")),
        tuple(Visit(day(one[0]), Outcome(one[1])) for one in told(lines, "visited")),
        tuple(Reactive(day(one[0]), "low risk", "Hana") for one in told(lines, "reactive")),
        tuple(News(NewsOf(one[0]), day(one[1]), " ".join(one[2:])) for one in told(lines, "news")))
    [[on]] = told(lines, "on")
    spells = [Spell(AwayKind(one[0]), day(one[1]), day(one[2])) for one in told(lines, "away")]
    refused = []
    away = absences(spells, [], on=day(on), refused=refused)
    assert refused == []
    return visits, away, day(on)


@pytest.mark.parametrize(("title", "lines"), CASES, ids=[title for title, _ in CASES])
def test_the_next_visit_stands_as_the_spec_says(title, lines):
    visits, away, on = asked(lines)
    found = next_visit(visits, away, on=on)
    [[state, due, overdue]] = told(lines, "->")
    assert (str(found.state), found.due_on, found.days_overdue) == (state, day(due), int(overdue))
    for name, rest in lines:
        if name == "because":
            assert found.because == rest


@pytest.mark.parametrize(("title", "lines"), CASES, ids=[title for title, _ in CASES])
def test_the_order_of_what_was_told_of_visits_changes_nothing(title, lines):
    visits, away, on = asked(lines)
    again = Visits(*(tuple(reversed(one)) * 2 for one in visits))
    assert next_visit(again, away, on=on) == next_visit(visits, away, on=on)


def test_every_state_of_a_visit_has_a_case():
    assert {told(lines, "->")[0][0] for _, lines in CASES} == {str(state) for state in VisitState}


LINES = [[one.strip() for one in line.split("|")]
         for line in (FOLDER / "silence.txt").read_text("utf-8").splitlines()[3:]]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_silence_is_an_alarm_as_the_table_says(line):
    _, released, days, heard, on, alarm, ended = line
    found = silence_after_release(day(released), [day(one) for one in heard.split(",") if one], on=day(on),
                                  after_days=int(days))
    assert (found and (found.alarm_from, found.ended_on)) == (None if alarm == "none" else (day(alarm), day(ended)))


def test_the_alarm_says_what_it_waited_for():
    found = silence_after_release(date(2026, 6, 1), [], on=date(2026, 6, 4))
    assert found.because == "Released on 1 June 2026, and nothing was heard within 3 days beginning with that day."


@pytest.mark.parametrize("days", [0, -1, 367])
def test_silence_after_no_days_is_refused(days):
    with pytest.raises(SilenceDaysRefused, match="1 to 366"):
        silence_after_release(date(2026, 6, 1), [], on=date(2026, 6, 4), after_days=days)
