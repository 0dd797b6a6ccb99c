"""Who is on duty, as the table says: evenings, weekends, bank holidays of each nation, clock changes, rotas."""

from datetime import datetime
from pathlib import Path

import pytest

from sightline.domain.duties.hours import read_spans
from sightline.domain.duties.nations import read_nation
from sightline.domain.duties.rota import Desk, Turn, on_duty
from sightline.domain.vocabulary.moment import LONDON

OFFICE = read_spans(["mon-fri 09:00-17:00"])
DESKS = {
    "day": ("safeguarding", OFFICE), "holiday": ("safeguarding", read_spans(
        ["mon-fri 09:00-17:00", "bank holidays 10:00-12:00"])), "always": ("safeguarding", ()),
    "night": ("out-of-hours", ()), "manager": ("manager", ()), "director": ("director", ()),
}
LINES = [line.split(" | ") for line in Path(__file__).with_name("on_duty.txt").read_text("utf-8").splitlines()
         if " | " in line]


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def desk(words, number):
    name, _, rota = words.partition(":")
    turns = [Turn(instant(from_at), instant(until_at), who)
             for who, from_at, until_at in (row.split(",") for row in rota.split(";") if row)]
    return Desk(number, DESKS[name][0], DESKS[name][1], turns)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_who_is_on_duty_is_as_the_table_says(line):
    _, nation, named, at, expected = line
    words = named.split(" ")
    found = on_duty([desk(one, number) for number, one in enumerate(words)], instant(at), nation=read_nation(nation))
    said = [words[found.contact].partition(":")[0], *([found.person.name] if found.person else [])]
    assert " ".join(said) == expected


def test_an_agency_without_any_desk_is_an_error_in_words():
    with pytest.raises(LookupError, match="Add one"):
        on_duty([], instant("2026-05-20 12:00"), nation=read_nation("england"))
