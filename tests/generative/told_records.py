"""Invented records to weigh: few values, so that two of them often agree, nearly agree, or cross."""

from datetime import date

from hypothesis import strategies as st

from sightline.domain.linkage.described import IDENTIFIERS, Described
from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model

MODEL = Model.read(first_model())
SIZES = st.sampled_from((1_000, 100_000, 10_000_000))
GIVEN = ("Aaliyah", "Aliyah", "Alia", "Amina", "Jack", "John", "Zoe", "Zoë Ann", "J", "Khan")
FAMILY = ("Hussain", "Hussein", "Khan", "Khan Malik", "Molyneux", "O'Neill", "Jack")
BORN = (date(2011, 4, 3), date(2011, 3, 4), date(2011, 4, 8), date(2011, 4, 15), date(2009, 12, 25))


def told(values):
    """Draw one or two values, the newest first."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


described = st.builds(
    Described, givens=told(GIVEN), families=told(FAMILY), born=told(BORN), sex=st.sampled_from(("F", "M", None)),
    homes=told(("L36 9YZ", "L36 9AB", "PR1 2HE")),
    identifiers=st.dictionaries(st.sampled_from(IDENTIFIERS), st.sampled_from(("11", "12", "77")).map(
        lambda value: frozenset({value}))))
