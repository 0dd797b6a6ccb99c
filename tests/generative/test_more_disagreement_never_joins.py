"""Two records that disagree in one thing more are never nearer to being one child."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.people.compare import Described, Verdict, compare

RANK = {Verdict.DIFFERENT: 0, Verdict.DOUBT: 1, Verdict.SAME: 2}
GIVEN = ("Aaliyah", "Aliyah", "Alia", "Amina", "Jack", "John", "Zoe", "Zoë Ann")
FAMILY = ("Hussain", "Hussein", "Khan", "Khan Malik", "Molyneux", "O'Neill")
BORN = (date(2011, 4, 3), date(2011, 3, 4), date(2011, 4, 8), date(2011, 4, 15), date(2009, 12, 25))
IDENTIFIERS = ("upn", "nhs", "pnc", "cro")

# A value that is like none of those above, for each thing that can be told.
UNLIKE = {"given": "Wilhelmina", "family": "Bartholomew", "born_on": date(1998, 10, 29), "postcode": "ZE1 0AA"}

described = st.builds(
    Described, given=st.sampled_from(GIVEN), family=st.sampled_from(FAMILY), born_on=st.sampled_from(BORN),
    sex=st.sampled_from(("F", "M", "U", None)), postcode=st.sampled_from(("L36 9YZ", "PR1 2HE")),
    identifiers=st.dictionaries(st.sampled_from(IDENTIFIERS), st.sampled_from(("1", "2"))))


@settings(max_examples=400, deadline=None)
@given(described, described, st.sampled_from(sorted(UNLIKE)), st.booleans())
def test_another_value_never_brings_two_records_nearer(one, other, what, of_one_list):
    before = compare(one, other, two_of_one_list=of_one_list).verdict
    after = compare(one, replace(other, **{what: UNLIKE[what]}), two_of_one_list=of_one_list).verdict
    assert RANK[after] <= RANK[before]


@settings(max_examples=400, deadline=None)
@given(described, described, st.sampled_from(IDENTIFIERS), st.booleans())
def test_another_identifier_never_brings_two_records_nearer(one, other, kind, of_one_list):
    before = compare(one, other, two_of_one_list=of_one_list).verdict
    changed = replace(other, identifiers={**other.identifiers, kind: "9"})
    assert RANK[compare(one, changed, two_of_one_list=of_one_list).verdict] <= RANK[before]


@settings(max_examples=200, deadline=None)
@given(described, described, st.booleans())
def test_it_does_not_matter_which_of_two_records_comes_first(one, other, of_one_list):
    assert (compare(one, other, two_of_one_list=of_one_list).verdict
            is compare(other, one, two_of_one_list=of_one_list).verdict)
