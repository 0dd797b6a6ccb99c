"""A look back says of each worked life what its table of expectations says."""

from datetime import datetime
from pathlib import Path

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.lookback.history import History
from sightline.domain.lookback.looking_back import LookBack, look_back
from sightline.domain.lookback.replaying import SignShown
from sightline.domain.signs.cases import Case, broken, read_cases, read_places
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.vocabulary.moment import LONDON, Moment

PLACES = read_places((Path(__file__).parents[1] / "signs" / "places.md").read_text(encoding="utf-8"))
LIVES = read_cases((Path(__file__).parent / "lives.md").read_text(encoding="utf-8"), places=PLACES)
SIGN_OF = dict(zip((life.title for life in LIVES), ("C02", "C02", "C14", "C05"), strict=True))


def looked(life: Case) -> LookBack:
    return look_back(History.of("Amara", life.timeline), until=life.expectations[-1].at, calendars=Calendars())


def said(moment: Moment | None) -> str:
    if moment is None:
        return "never"
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()


def seen(one: SignShown | None) -> str:
    return said(one and one.seen)


def told_of(back: LookBack, code: str) -> str:
    sight = next(sight for sight in back.sights if sight.sign.code == code)
    alone = [f"{agency} {seen(one)}" for agency, one in sight.alone.items() if one]
    return f"{code} together {seen(sight.together)}; told {seen(sight.told)}; alone {', '.join(alone) or 'nobody'}"


def answers(back: LookBack, expected: str) -> str:
    first, *more = expected.split()
    if first == "recognised":
        one = next(iter(back.recognitions), None)
        return f"recognised {one.entry} {said(one.at)}" if one else "recognised nobody"
    if first == "gone":
        return next(f"gone {more[0]} {said(s.gone_at)}" for s in back.replayed.signs if s.sign.code == more[0])
    if first.startswith("D-"):
        turns = [f"{t.turn} {said(t.at)}" for t in back.replayed.turns if t.duty.code == first]
        wanted = [part.split()[0] for part in expected.removeprefix(first).split(";")]
        return f"{first} {'; '.join(turn for turn in turns if turn.split()[0] in wanted)}"
    return told_of(back, first)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.title)
def test_a_life_is_looked_back_on_as_its_table_says(life: Case):
    back = looked(life)
    wanted = [line.removeprefix("- ") for line in life.text.splitlines() if line.startswith("- ")]
    assert wanted
    assert [answers(back, line) for line in wanted] == wanted
    code = SIGN_OF[life.title]
    assert broken(life, rule=BY_CODE[code], rules=RULES) == []


def test_every_day_on_which_something_changed_is_there_once_and_in_order():
    for life in LIVES:
        back = looked(life)
        days = [day.on for day in back.days]
        assert days == sorted(set(days))
        assert all(day.told or day.seen or day.gone or day.turns or day.recognised for day in back.days)


def test_a_parent_who_was_told_is_no_agency():
    told = next(life for life in LIVES if life.title.startswith("A notice"))
    assert {one.agency for one in looked(told).agencies} == {"Knowsley Council", "Merseyside Police",
                                                             "Lancashire Constabulary"}
