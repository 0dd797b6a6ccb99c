"""An adult under notification at a child's address: social care and the police who oversee such adults, nobody else."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import Acting, at_task, begin_work
from sightline.apps.access.actions import keep_officer, start_work
from sightline.apps.access.queries import memberships_of
from sightline.apps.record.queries import told_of
from sightline.apps.signs.queries import attention_of, signs_in_sight, signs_of
from sightline.domain.circle.touching import UNDER_ORDER
from sightline.domain.signs.catalogue import RULES
from tests.integration.circle.telling_of_circles import NOW, day, file, line, lives
from tests.integration.disclosing import share_with

ADDRESS = {"things": [{"kind": "address", "id": "12 Elm Row, L36 9YZ"}]}


@pytest.fixture
def matched(send) -> None:
    """Let the police tell of such an adult at an address on Bob's record, at which Ann lives, too."""
    send("timeline", "Merseyside Police", file(
        lives("ann", **ADDRESS), lives("bob"),
        line("bob", 1, UNDER_ORDER, day(5), facts={"under": "notification", "there": "visits"}, **ADDRESS)))


@pytest.fixture
def as_role(partnership, as_worker, as_web):
    """Step into the pages' role as an officer of Knowsley or of its police, in a role."""

    @contextmanager
    def step(agency: str, role: str, purpose: str):
        with as_worker(), at_task("test"):
            officer = keep_officer(email=f"{role}@agency.example", name=role, password=None,
                                   agency=partnership.agencies[agency], role=role, on=date(2026, 1, 1))
            member = memberships_of(officer, on=NOW.date())[0]
            work = start_work(officer=officer, membership=member.id, purpose=purpose, because="a test",
                              at=NOW - timedelta(minutes=5))
        with as_web():
            acting = begin_work(officer, work, at=NOW)
            assert isinstance(acting, Acting)
            yield acting

    return step


def codes(person) -> set[str]:
    return {sign.code for sign in (*signs_of(person), *signs_in_sight(person))}


def kinds(person) -> set[str]:
    return {told.entry.kind for told in told_of(person, most=50)}


def test_social_care_sees_it_on_both_children_and_must_look_now(matched, acting, child):
    ann, bob = child("ann"), child("bob")
    with acting("Beth"):
        assert ("X07" in codes(ann), "X07" in codes(bob)) == (True, True)
        attention = attention_of(ann)
        assert attention is not None
        assert (attention.attention, "X07" in attention.because, "notification" in attention.because) == (
            "now", False, False)
        assert UNDER_ORDER in kinds(bob)


def test_the_force_that_told_it_is_told_whom_to_ring_once_and_of_no_child(matched, send, rows):
    send("timeline", "Merseyside Police", file(lives("ann", **ADDRESS), line("ann", 5, "police.stop", day(1))))
    ((about, person, agency),) = rows(
        "select n.about, n.person_id, a.name from duties_notice n join access_agency a on a.id = n.to_agency_id"
        " where n.key like 'address:%%'")
    assert (person, agency) == (None, "Merseyside Police")
    assert ("Ring Knowsley Council" in about, "Ann" in about, "Elm" in about) == (True, False, False)


def test_an_education_lead_sees_neither_sign_nor_entry(matched, as_role, child):
    ann, bob = child("ann"), child("bob")
    with as_role("Knowsley Council", "education-lead", "education"):
        assert attention_of(ann) is not None
        assert "X07" not in codes(ann) | codes(bob)
        assert kinds(bob) == {"child.home"}


def test_of_the_force_that_told_it_who_oversees_such_adults_reads_it_and_the_custody_desk_does_not(
    matched, as_role, child
):
    bob = child("bob")
    with as_role("Merseyside Police", "police-safeguarding", "protect"):
        assert UNDER_ORDER in kinds(bob)
    with as_role("Merseyside Police", "custody-sergeant", "custody"):
        assert kinds(bob) == {"child.home"}
        assert codes(bob) == set()


def test_a_school_sees_nothing_of_it_even_where_somebody_shared_the_entry(matched, acting, child, rows):
    bob = child("bob")
    ((entry,),) = rows("select id from record_entry where kind = %s", UNDER_ORDER)
    with acting("Beth") as beth:
        share_with(beth, bob, "Brook High School", entries=[entry])
    with acting("Lee"):
        assert kinds(bob) == set()
        assert codes(bob) == set()


def test_the_database_narrows_exactly_the_signs_that_the_rule_book_does(db):
    with connection.cursor() as cursor:
        cursor.execute("select qual from pg_policies where tablename = 'signs_found' and policyname = 'web_sees'")
        (policy,) = cursor.fetchone()
    assert {rule.code for rule in RULES if f"'{rule.code}'" in policy} == {rule.code for rule in RULES if rule.narrow}
