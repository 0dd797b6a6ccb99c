"""Who leaves when a person is parted, in the open cases and for any ties."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.people.parting import part

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def days(**told):
    return {record: (BEGAN + timedelta(days=day), day > 0) for record, day in told.items()}


def leaving(anchored, *, came=(), same=()):
    return part(anchored, one="a", other="b", came_together=came, said_same=same)


def test_the_later_one_leaves_alone_where_nothing_ties():
    assert leaving(days(a=0, b=5, c=1)).leaving == {"b"}
    assert leaving(days(a=5, b=0, c=1)).leaving == {"a"}


def test_at_one_instant_who_was_there_first_stays():
    assert part({"a": (BEGAN, True), "b": (BEGAN, False)}, one="a", other="b", came_together=[],
                said_same=[]).leaving == {"a"}


def test_what_came_over_together_goes_together():
    assert leaving(days(a=0, b=5, c=5, d=1), came=[["b", "c"]]).leaving == {"b", "c"}


def test_what_people_said_is_one_goes_together_and_its_longest_anchor_keeps_the_id():
    assert leaving(days(a=3, b=5, c=0), same=[("b", "c")]).leaving == {"a"}


def test_of_answers_that_contradict_one_another_the_newer_holds():
    found = leaving(days(a=0, b=5, c=1), same=[("b", "c"), ("a", "c")])
    assert (found.leaving, found.contradicted) == ({"b", "c"}, (("a", "c"),))


RECORDS = st.sampled_from("abcdef")


@given(st.dictionaries(RECORDS, st.integers(0, 9)), st.lists(st.lists(RECORDS, max_size=4), max_size=3),
       st.lists(st.tuples(RECORDS, RECORDS), max_size=8))
def test_the_two_are_always_parted_and_the_longest_anchored_side_never_leaves(told, came, same):
    anchored = days(**{"a": 1, "b": 2, **told})
    found = part(anchored, one="a", other="b", came_together=came, said_same=same)
    assert ("a" in found.leaving) != ("b" in found.leaving)
    assert found.leaving < set(anchored)
    ties = [pair for pair in same if set(pair) <= set(anchored) and pair not in found.contradicted]
    assert all((one in found.leaving) == (other in found.leaving) for one, other in ties)
