"""Invent what is told of an offender: in order or not, rightly or not."""

from datetime import date, timedelta

from hypothesis import strategies as st

from sightline.domain.duties.nations import Nation
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Spell, Stay
from sightline.domain.offenders.rule import Matter

FIRST_DAY = date(2026, 5, 1)
DAYS = st.integers(0, 60).map(lambda number: FIRST_DAY + timedelta(days=number))
FAR_DAYS = DAYS | st.integers(-800, 800).map(lambda number: FIRST_DAY + timedelta(days=number))
ABOUT = st.sampled_from(("", "A", "B"))
MATTERS = st.sampled_from(Matter)

EVENTS = st.builds(Event, MATTERS, FAR_DAYS, ABOUT)
NOTICES = st.builds(Notice, MATTERS, FAR_DAYS, ABOUT, st.none() | FAR_DAYS)
STAYS = st.builds(Stay, st.sampled_from(("A", "B")), FAR_DAYS, st.none() | FAR_DAYS)
SPELLS = st.builds(Spell, st.sampled_from(AwayKind), FAR_DAYS, st.none() | FAR_DAYS)
ABODES = st.builds(Homeless, FAR_DAYS, st.none() | FAR_DAYS)


def some(facts):
    """Give a few facts of one kind."""
    return st.lists(facts, max_size=5).map(tuple)


LIVES = st.builds(Facts, some(EVENTS), some(NOTICES), some(STAYS), some(SPELLS), some(ABODES),
                  st.sampled_from((Nation.ENGLAND, Nation.SCOTLAND)))
