"""Until the day that is given, nothing due of an offender stands otherwise, though nothing more is told."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.offenders.due import due_of, turns_on
from sightline.domain.offenders.told import standing_of
from sightline.domain.vocabulary.offender import AWAY, MODES, NOTIFIED, ORDERS, REVIEWS, Telling, TellingKind

TODAY = date(2026, 6, 1)
NEAR = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=40))
DAYS = NEAR.map(date.isoformat)
FACTS = {
    TellingKind.ADDRESS: st.fixed_dictionaries({
        "there": st.sampled_from(["lives", "stays", "visits"]),
        "address": st.sampled_from(["1 High Street", "2 Mill Lane"]),
        "postcode": st.just("L36 9YZ")}, optional={"notified_on": DAYS, "no_fixed_abode": st.just(True)}),
    TellingKind.HAPPENED: st.fixed_dictionaries({"what": st.sampled_from(sorted(NOTIFIED))}),
    TellingKind.NOTIFIED: st.fixed_dictionaries({"what": st.sampled_from(sorted(NOTIFIED))}, optional={
        "expected_on": DAYS}),
    TellingKind.AWAY: st.fixed_dictionaries({"where": st.sampled_from(sorted(AWAY))}),
    TellingKind.ORDER: st.fixed_dictionaries({"order": st.sampled_from(sorted(ORDERS))}),
    TellingKind.VISIT_DUE: st.fixed_dictionaries({"due_on": DAYS, "reason": st.just("x")}),
    TellingKind.VISIT: st.fixed_dictionaries({"seen": st.booleans()}),
    TellingKind.MANAGEMENT: st.fixed_dictionaries({"mode": st.sampled_from(sorted(MODES)), "reason": st.just("x")}),
    TellingKind.REVIEW: st.fixed_dictionaries({"review": st.sampled_from(sorted(REVIEWS))}),
    TellingKind.RELEASE_DUE: st.fixed_dictionaries({"due_on": DAYS}),
    TellingKind.ADDRESS_CHECKED: st.fixed_dictionaries({"outcome": st.just("x")}),
    TellingKind.SIGNIFICANT: st.fixed_dictionaries({"found": st.just("x")}),
}


@st.composite
def lives(draw) -> list[Telling]:
    """Invent what was told of an offender, some of it for days that are still to come."""
    told = [Telling("r", TellingKind.REGISTER, draw(NEAR), "register", {"category": draw(st.sampled_from("12"))})]
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(sorted(FACTS)))
        on = draw(NEAR)
        lasts = draw(st.none() | st.integers(0, 60))
        told.append(Telling(str(number), kind, on, f"k{number}", draw(FACTS[kind]),
                            None if lasts is None else on + timedelta(days=lasts)))
    return told


def stands(told: list[Telling], on: date) -> list[tuple]:
    return [(one.key, one.state, one.due_on, one.met_on, one.because)
            for one in due_of(told, standing_of(told, on=on), on=on)]


@given(lives())
@settings(max_examples=300, deadline=None)
def test_nothing_turns_before_the_day_that_is_given(told):
    now = standing_of(told, on=TODAY)
    due = due_of(told, now, on=TODAY)
    turns = turns_on(told, now, due, on=TODAY)
    assert turns is None or turns > TODAY
    before = stands(told, TODAY)
    for days in range(1, 45):
        day = TODAY + timedelta(days=days)
        if turns is not None and day >= turns:
            return
        assert stands(told, day) == before, day
