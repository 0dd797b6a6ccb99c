"""Every case of the spec of safety events: what is open, who protects, and what ended it."""

from pathlib import Path

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clocks import Where
from sightline.domain.duties.life import Life
from sightline.domain.duties.nations import read_nation
from sightline.domain.responsibility.opening import STEPS, Happening, safety_events
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.printed.duty_spec import read_specs

CASES = [case for spec in read_specs(Path(__file__).parent, names="*.txt") for case in spec.cases]


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_events_stand_as_the_spec_says(case):
    life = Life.known_at(case.timeline, at=case.at, where=Where(read_nation(case.nation), Calendars()))
    expected = [wanted for wanted in case.expected if wanted["state"] != "none"]
    assert case.expected, "a case without an expectation tests nothing"
    events = safety_events(life)
    assert [said(event, wanted) for event, wanted in zip(events, expected, strict=True)] == expected


def said(event, wanted):
    values = {"state": event.happening.name if event.closed_by is None else "closed", "owner": event.answer.owner_now,
              "rule": event.answer.rule}
    return {key: values.get(key) or getattr(event, key, None) for key in wanted}


def test_the_spec_knows_every_happening_and_every_kind_that_moves_an_event():
    assert {wanted["state"] for case in CASES for wanted in case.expected} == {*Happening.__members__, "closed", "none"}
    assert set(STEPS) <= set(KINDS)
    told = {entry.kind for case in CASES for entry in case.entries}
    assert set(STEPS) - told == {"missing.absent", "care.looked-after"}


def test_where_the_council_of_then_cannot_be_told_the_event_says_between_which():
    (case,) = (case for case in CASES if "tells only the council of today" in case.title)
    life = Life.known_at(case.timeline, at=case.at, where=Where(read_nation(case.nation), Calendars()))
    words = safety_events(life)[0].answer.because[-1]
    assert "Its area was that of Bournemouth, Poole, Dorset" in words
    assert "Named is the council of today" in words
