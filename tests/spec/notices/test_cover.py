"""Who sees to what is an absent officer's, as the table says."""

from datetime import datetime
from pathlib import Path

import pytest

from sightline.domain.duties.cover import Away, away_at, who_sees_to
from sightline.domain.vocabulary.moment import LONDON

LINES = [line.split("|") for line in Path(__file__).with_name("cover.txt").read_text("utf-8").splitlines()
         if "|" in line]


def instant(day, clock="09:00"):
    return datetime.fromisoformat(f"2026-05-{day} {clock}").replace(tzinfo=LONDON)


def absence(words):
    who, days = words.split(" ")
    officer, covered_by = who.split(">")
    begins, ends = days.split("-")
    return Away(officer, covered_by, instant(begins), instant(ends))


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_who_sees_to_it_is_as_the_table_says(line):
    _, told, leaders, at, officer, expected = (one.strip() for one in line)
    away = away_at([absence(one) for one in told.split(";") if one], instant(*at.split(" ")))
    assert (who_sees_to(officer, away, leaders=leaders.split()) or "nobody") == expected
