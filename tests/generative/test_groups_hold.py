"""Whatever pupils a school had: a group keeps its promises, and agrees with a slow rule that looks at every pair."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.places.groups import AT_LEAST, WITHIN_DAYS, Pupil, groups, week_starts

DAY = date(2026, 1, 1)
DAYS = st.integers(0, 200).map(lambda number: DAY + timedelta(days=number))
STAYS = st.lists(st.builds(
    Pupil, person=st.sampled_from("abcdefghijkl"), from_on=DAYS, until_on=st.none() | DAYS, arrived=st.booleans(),
    first_on=st.none() | DAYS), max_size=30, unique_by=lambda one: one.person)


@given(STAYS)
def test_a_group_holds_enough_pupils_of_its_days_and_nobody_twice_and_nobody_who_arrived_then(pupils):
    by_name = {one.person: one for one in pupils}
    seen: set[str] = set()
    for group in groups(pupils):
        assert len(group.people) >= AT_LEAST
        assert group.until_on - group.from_on == timedelta(days=WITHIN_DAYS)
        for person in group.people:
            one = by_name[person]
            assert group.from_on <= one.first_on <= group.until_on
            assert one.from_on <= one.first_on
            assert one.until_on is None or one.first_on < one.until_on
            assert not (one.arrived and one.from_on == group.from_on)
        assert not seen & set(group.people)
        seen |= set(group.people)
        assert len(group.weeks) == len(week_starts(group.from_on))
        assert sum(group.weeks[-9:]) >= len(group.people)


@given(STAYS)
def test_the_slow_rule_finds_the_first_group_of_all_where_there_is_one(pupils):
    """For each arrival, ask each pupil; the first arrival with enough is the first group."""
    first = None
    for arrival in sorted((one for one in pupils if one.arrived), key=lambda one: one.from_on):
        near = [one.person for one in pupils if one.first_on is not None and one is not arrival
                and not (one.arrived and one.from_on == arrival.from_on)
                and one.from_on <= one.first_on and (one.until_on is None or one.first_on < one.until_on)
                and 0 <= (one.first_on - arrival.from_on).days <= WITHIN_DAYS]
        if len(near) >= AT_LEAST:
            first = (arrival.from_on, set(near))
            break
    found = groups(pupils)
    assert (found[0].from_on, set(found[0].people)) == first if first else found == ()


@given(STAYS, st.randoms())
def test_the_order_in_which_pupils_are_told_changes_nothing(pupils, chance):
    other = list(pupils)
    chance.shuffle(other)
    assert groups(pupils) == groups(other)
