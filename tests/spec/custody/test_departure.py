"""When silence about a departure becomes an alarm, as the table says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sightline.domain.custody.journey import departure_alarm_at
from sightline.domain.vocabulary.moment import LONDON

LINES = [line.split("|") for line in Path(__file__).with_name("departure.txt").read_text("utf-8").splitlines()[2:]
         if "|" in line]


def instant(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LONDON).astimezone(UTC) if text else None


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_silence_becomes_an_alarm_as_the_table_says(line):
    _, planned, released, later, expected = (one.strip() for one in line)
    found = departure_alarm_at(instant(planned), released_at=instant(released), later=timedelta(minutes=int(later)))
    assert found == (None if expected == "none" else instant(expected))
