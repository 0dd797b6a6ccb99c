"""The order of the custody desk is what its spec says, however the children come."""

import re
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from sightline.domain.custody.desk import Standing, place

LINE = re.compile(r"  (late|open) +(?:danger (\d)|nothing) +(?:at (\d\d):(\d\d)|no limit|) *held since (\d\d):(\d\d)")
NIGHT = datetime(2026, 11, 22, tzinfo=UTC)


def cases() -> list[tuple[str, list[Standing]]]:
    found: list[tuple[str, list[Standing]]] = []
    for line in (Path(__file__).parent / "desk.txt").read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("#"):
            found.append((line[2:], []))
        elif line.strip():
            told = LINE.fullmatch(line)
            assert told, line
            found[-1][1].append(_standing(*told.groups()))
    return found


def _standing(state: str, danger: str | None, hour: str | None, minute: str | None, *since: str) -> Standing:
    at = None if hour is None else NIGHT + timedelta(hours=int(hour), minutes=int(minute or 0))
    held = NIGHT - timedelta(days=1) + timedelta(hours=int(since[0]), minutes=int(since[1]))
    return Standing(state == "late", None if danger is None else int(danger), at, held)


@pytest.mark.parametrize(("words", "in_order"), cases(), ids=[words for words, _ in cases()])
def test_the_desk_stands_as_the_spec_says(words: str, in_order: list[Standing]) -> None:
    assert len(in_order) > 1
    for shuffled in permutations(in_order):
        assert sorted(shuffled, key=place) == in_order, words
