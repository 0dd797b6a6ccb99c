"""Every case of the spec of the queue: in whatever order things come, they stand as the spec lists them."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.danger import BY_DANGER, CLASSES, Danger, danger_of, is_critical
from sightline.domain.duties.position import NO_LIMIT, Position, in_order, latest_return, read_position
from sightline.domain.responsibility.dangers import DANGER_OF
from sightline.domain.responsibility.opening import Happening
from sightline.interfaces.printed.queue import SPECS, read_cases

CASES = read_cases()
NOW = datetime(2026, 5, 22, 10, tzinfo=UTC)


class Waits:
    """Stand in the order at a position."""

    def __init__(self, position: Position) -> None:
        self.position = position


def position(what: str, clock: str, number: int) -> Position:
    """Give the place of one line of the spec; the ids go against the order, so that they cannot make it."""
    danger = DANGER_OF[Happening[what]] if what in Happening.__members__ else danger_of(what)
    at = NO_LIMIT if clock == "none" else datetime.fromisoformat(clock)
    return Position(danger, at, str(UUID(int=1000 - number)))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_things_stand_as_the_spec_lists_them(case):
    wanted = [Waits(position(*line.split(), number)) for number, line in enumerate(case.lines)]
    rng = random.Random(case.title)
    for _ in range(20):
        lists = [[], [], []]
        for one in wanted:
            rng.choice(lists).append(one)
        rng.shuffle(lists)
        assert in_order(lists, most=99) == wanted
        assert in_order(lists, most=2) == wanted[:2]
        assert in_order([one[::-1] for one in lists], most=2, backwards=True) == wanted[-2:]


def test_the_classes_are_those_of_the_spec_and_whatever_is_not_listed_stands_by_its_clock():
    lines = (SPECS / "classes.txt").read_text("utf-8").splitlines()
    listed = {code: Danger[name] for name, *codes in (line.split() for line in lines if not line.startswith("#"))
              for code in codes}
    known = {rule.code for rule in RULES}
    assert set(listed) <= known
    assert {code: danger_of(code) for code in known} == {code: listed.get(code, Danger.REST) for code in known}
    assert sum(len(one.codes) for one in CLASSES) == len(listed), "no duty stands in two classes"


def test_each_danger_and_each_happening_has_one_class_with_its_words_and_source():
    assert [one.danger for one in CLASSES] == sorted(Danger)
    assert set(BY_DANGER) == set(Danger)
    assert set(DANGER_OF) == set(Happening)
    assert all(one.heading and one.because and one.authority for one in CLASSES)
    assert [danger for danger in Danger if not is_critical(danger)] == [Danger.REST]


def test_a_place_in_the_order_is_read_as_it_was_written():
    for at in (NOW, NOW + timedelta(microseconds=1), NO_LIMIT, datetime(1969, 12, 31, 23, tzinfo=UTC)):
        one = Position(Danger.HARM, at, str(UUID(int=7)))
        assert read_position(one.written()) == one


@pytest.mark.parametrize("text", ["", "1.2", "0.1.x", "7.1.00000000-0000-4000-8000-000000000000", "1.1.00", "x" * 999,
                                  "1.999999999999999999.00000000-0000-4000-8000-000000000000", "1\n.2.3", "é.1.2"])
def test_what_is_no_place_in_the_order_is_none(text):
    assert read_position(text) is None


def test_a_duty_comes_back_an_hour_before_its_limit_and_a_critical_one_never_goes():
    assert latest_return(NOW, Danger.REST) == NOW - timedelta(hours=1)
    assert latest_return(None, Danger.REST) is None
    for danger in Danger:
        if is_critical(danger):
            assert latest_return(NOW, danger) is None
