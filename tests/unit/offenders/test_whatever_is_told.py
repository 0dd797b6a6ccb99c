"""Whatever agencies tell of an offender can be read: days at the ends of what is taken, nothing, and much of it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.intake.values import EARLIEST_YEAR, LATEST_YEAR
from sightline.domain.offenders.due import due_of, turns_on
from sightline.domain.offenders.joins import keys_of_adult
from sightline.domain.offenders.told import adult_of, standing_of
from sightline.domain.vocabulary.offender import (
    AWAY,
    CATEGORIES,
    MODES,
    NOTIFIED,
    ORDERS,
    REVIEWS,
    THERE,
    Telling,
    TellingKind,
)

FIRST, LAST = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
DAYS = st.sampled_from([FIRST, FIRST + timedelta(days=1), date(2024, 2, 29), date(2026, 6, 1), LAST]) | st.dates(
    FIRST, LAST)
WORDS = st.text(max_size=400)
FACT_NAMES = ("name", "category", "level", "risk", "nation", "manager", "there", "address", "postcode", "uprn",
              "notified_on", "what", "about", "expected_on", "where", "order", "conditions", "given", "family",
              "born_on", "due_on", "reason", "by", "seen", "announced", "mode", "review", "outcome", "found",
              "no_fixed_abode")
TOLD = (st.none() | st.booleans() | st.integers() | WORDS | DAYS.map(date.isoformat) | st.sampled_from(sorted(
    {*AWAY, *CATEGORIES, *MODES, *NOTIFIED, *ORDERS, *REVIEWS, *THERE, "L36 9YZ", "14 High Street", "scotland"})))


@st.composite
def lives(draw) -> list[Telling]:
    """Invent tellings with any facts, each a telling of its own key, two of them often of one day."""
    days = draw(st.lists(DAYS, min_size=1, max_size=3))
    kinds = draw(st.lists(st.sampled_from(list(TellingKind)), max_size=8))
    told = [Telling("r", TellingKind.REGISTER, FIRST, "register", {"category": draw(st.sampled_from("12"))})]
    for number, kind in enumerate(kinds):
        facts = draw(st.dictionaries(st.sampled_from(FACT_NAMES), TOLD, max_size=6))
        told.append(Telling(str(number), kind, draw(st.sampled_from(days)), f"k{number}", facts,
                            draw(st.none() | st.sampled_from(days))))
    return told


@given(told=lives(), on=DAYS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_told_can_be_read_and_each_thing_due_has_a_key_of_its_own(told, on):
    standing = standing_of(told, on=on)
    due = due_of(told, standing, on=on)
    turns = turns_on(told, standing, due, on=on)
    assert turns is None or turns > on
    keys_of_adult(adult_of(told))
    assert len({one.key for one in due}) == len(due)
