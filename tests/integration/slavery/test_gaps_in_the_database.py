"""Whatever is answered, the database finds the same gaps in a referral as the pages do: both are made of one table."""

import json

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.domain.slavery.form import FIELDS, TICKED, TYPES, Shape, missing, refused_as

GAPS = f"select {refused_as('a.told')} from (select %s::jsonb as told) a"
WORDS = st.sampled_from(["", " ", "\n\t", "words", "Zoë: “no”", " x "])


def values(name: str) -> st.SearchStrategy[str]:
    """Give answers to a field: its options, blanks, and what is none of its options."""
    field = FIELDS[name]
    if field.shape is Shape.CHOICE:
        return st.sampled_from([*(value for value, _ in field.options), "", " ", "none of them"])
    return st.sampled_from(["", TICKED]) if field.shape is Shape.TICK else WORDS


ANSWERS = st.fixed_dictionaries({}, optional={name: values(name) for name in FIELDS})


def gaps(answers: dict[str, str]) -> set[str]:
    """Ask the database which answers are missing."""
    with connection.cursor() as cursor:
        cursor.execute(GAPS, [json.dumps({name: {"value": value} for name, value in answers.items()})])
        return set(cursor.fetchone()[0])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS)
def test_the_database_finds_the_same_gaps_as_the_pages(db, answers):
    assert gaps(answers) == set(missing(answers))


def test_both_sides_can_say_that_nothing_is_missing(db):
    answers = {name: "words" for name, field in FIELDS.items() if field.shape is not Shape.CHOICE}
    answers |= {name: field.options[0][0] for name, field in FIELDS.items() if field.shape is Shape.CHOICE}
    answers |= dict.fromkeys(TYPES, TICKED)
    assert gaps(answers) == set(missing(answers)) == set()


def test_nothing_answered_lacks_the_same_on_both_sides(db):
    assert gaps({}) == set(missing({}))
    assert {"what-happened", TYPES[0]} <= gaps({})
