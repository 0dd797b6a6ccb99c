"""Who sees a drawn case, and that inspecting is reading: whom a draw opens, to whom, and for how long."""

import pytest
from django.db import DatabaseError, connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.insight.inspecting import InspectionRefused, end
from sightline.apps.insight.inspection_queries import cases_of, inspection, inspections, sampling_frame
from sightline.apps.people.queries import find, resolved, said_of
from sightline.apps.record.queries import told_of
from sightline.domain.insight.inspecting import Strata
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import NOW
from tests.integration.inspecting.conftest import CHILDREN


def people(as_worker) -> dict:
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("select d.given, n.person_id from people_identity n join people_description d"
                       " on d.identity_id = n.id where d.given is not null")
        return dict(cursor.fetchall())


def seen(children) -> set[str]:
    """Name the children of whose record who acts now sees a word."""
    found = {name for name, person in children.items() if said_of([person])}
    assert found == {name for name, person in children.items() if told_of(person, most=9)}
    assert found == {name for name, person in children.items() if resolved(person)}
    return found


def test_dawn_sees_whom_she_drew_and_nobody_else_and_after_the_end_none(draw_cases, acting, as_worker):
    children = people(as_worker)
    assert set(children) == set(CHILDREN)
    with acting("Dawn"):
        assert seen(children) == set()
    made = draw_cases()
    with acting("Dawn") as dawn:
        drawn = {one.person for one in cases_of(made)}
        assert len(drawn) == 4
        assert seen(children) == {name for name, person in children.items() if person in drawn}
        for name in CHILDREN:
            assert find(Identity("", "", given=name, family=f"{name}sson"), most=9) == []
        end(acting=dawn, inspection=made, at=NOW)
    with acting("Dawn"):
        assert seen(children) == set()
        assert [one.place for one in cases_of(made)] == [1, 2, 3, 4]


def test_her_colleague_sees_the_same_and_another_inspectorate_nothing(draw_cases, acting, as_worker):
    children, made = people(as_worker), draw_cases()
    with acting("Dawn"):
        hers = seen(children)
    with acting("Dora"):
        assert seen(children) == hers
        assert [one.id for one in inspections(most=9)] == [made]
    with acting("Della"):
        assert seen(children) == set()
        assert (inspections(most=9), inspection(made), cases_of(made)) == ([], None, [])


def test_carl_a_manager_and_a_social_worker_see_no_inspection_at_all(draw_cases, frozen, acting):
    made = draw_cases()
    for name in ("Carl", "Mary", "Beth", "Lee", "Pat"):
        with acting(name):
            assert (inspections(most=9), inspection(made), cases_of(made), sampling_frame(frozen)) == ([], None, [], [])
            with connection.cursor() as cursor:
                cursor.execute("select sightline_read_by_all(d) from unnest(array[%s::uuid]) as t(d)", [made])
                assert cursor.fetchone() == (False,)


def test_the_same_snapshot_and_seed_draw_the_same_cases_in_the_same_order(draw_cases, acting):
    made = [draw_cases(seed=seed) for seed in (7, 7, 8)]
    with acting("Dawn"):
        once, again, other = ([(one.place, one.person, one.stratum, one.second) for one in cases_of(id_)]
                              for id_ in made)
    assert once == again
    assert other != once


def test_each_stratum_gives_two_and_the_frame_counts_each_child_once(draw_cases, acting):
    made = draw_cases(strata=Strata.MEASURE, size=6)
    with acting("Dawn"):
        found, drawn = inspection(made), cases_of(made)
    assert sum(found.frame.values()) == len(CHILDREN)
    assert {one.person for one in drawn} == {one.person for one in drawn if one.measured}
    for stratum, of in found.frame.items():
        assert sum(one.stratum == stratum for one in drawn) == min(2, of) or of > 2


@pytest.mark.parametrize(("asked", "words"), [
    ({"size": 1}, "too few"), ({"size": 201}, "at most 200"), ({"first": ("Dora",)}, "choose somebody else"),
    ({"first": ("Dawn", "Della")}, "Only inspectors of your inspectorate"),
    ({"open_days": 0}, "1 to 365 days"), ({"open_days": 366}, "1 to 365 days"),
    ({"first": ("Beth",)}, "Only inspectors of your inspectorate"), ({"by": "Mary"}, "no cases to draw from"),
])
def test_a_draw_is_refused_in_words(draw_cases, acting, asked, words):
    with pytest.raises(InspectionRefused, match=words):
        draw_cases(**asked)
    with acting("Dawn"):
        assert inspections(most=9) == []


def test_a_drawn_child_who_was_joined_to_another_record_since_is_read_there(draw_cases, acting, as_worker):
    children, made = people(as_worker), draw_cases()
    with acting("Dawn"):
        first = cases_of(made)[0].person
        other = next(person for person in children.values() if person not in {one.person for one in cases_of(made)})
        assert said_of([other]) == {}
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update people_person set merged_into_id = %s where id = %s", [other, first])
        cursor.execute("update people_identity set person_id = %s where person_id = %s", [other, first])
    with acting("Dawn"):
        assert resolved(first) == other
        assert len({one.given for one in said_of([other])[other]}) == 2
        assert told_of(other, most=9)
    with acting("Della"):
        assert (resolved(first), said_of([other])) == (None, {})


def test_nobody_is_added_to_a_draw_afterwards(draw_cases, acting, as_worker):
    children, made = people(as_worker), draw_cases()
    with acting("Dawn") as dawn:
        left = next(person for person in children.values() if person not in {one.person for one in cases_of(made)})
        for place in (0, 4, 5):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("insert into insight_drawncase (inspection_id, place, person_id, stratum, measured,"
                               " first_id) values (%s, %s, %s, 'x', '[]', %s)", [made, place, left, dawn.officer])


OWN = {"insight_inspection", "insight_drawncase", "insight_casehandedon", "insight_grade", "insight_adjudication"}
UNGUARDED = OWN | {"insight_extentrequest", "access_auditentry", "access_pieceofwork", "population_tally"}
"""What inspectors write, what is kept of everybody at work, and what the worker alone writes."""


def protected_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind in ('r', 'p') and relrowsecurity"
                       " and relnamespace = 'public'::regnamespace and relname not like 'throwaway%%'")
        return {name for (name,) in cursor.fetchall()}


def writes_of(role: str) -> list[tuple[str, str]]:
    """Give a statement for each protected table and each way in which a role may write it, as the catalogue says."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name, privilege_type, min(column_name) from information_schema.column_privileges"
                       " where grantee = %s and privilege_type in ('INSERT', 'UPDATE') and table_name = any(%s)"
                       " group by 1, 2 order by 1, 2", [role, list(protected_tables())])
        return [(table, f"insert into {table} default values" if verb == "INSERT"
                 else f"update {table} set {column} = {column}") for table, verb, column in cursor.fetchall()]


def test_every_protected_table_refuses_what_an_inspector_would_write(db):
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = 'inspectors_only_read'"
                       " and tgenabled = 'O'")
        guarded = {name for (name,) in cursor.fetchall()}
    assert guarded == protected_tables() - UNGUARDED
    assert not [table for table, _ in writes_of("sightline_web") if table == "population_tally"]


@pytest.mark.parametrize(("role", "least"), [("sightline_web", 25), ("sightline_reader", 15)])
def test_an_inspector_writes_no_row_of_a_child_nor_does_a_function_that_looks_past_the_policies(
    draw_cases, acting, role, least
):
    draw_cases()
    tried = [(table, statement) for table, statement in writes_of(role) if table not in UNGUARDED]
    assert len(tried) >= least
    for table, statement in tried:
        with acting("Dawn"), pytest.raises(DatabaseError) as refused, transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(f"set local role {role}")
            cursor.execute(statement)
        assert "who inspects reads" in str(refused.value), (table, statement, refused.value)


def test_only_the_end_of_an_inspection_is_ever_changed(draw_cases, acting):
    made = draw_cases()
    for name, column in (("Dawn", "seed = 1"), ("Dawn", "size = 200"), ("Dawn", "frame = '{}'")):
        with acting(name), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(f"update insight_inspection set {column}")
    for name in ("Della", "Carl"):
        with acting(name) as me, pytest.raises(InspectionRefused):
            end(acting=me, inspection=made, at=NOW)
    with acting("Dora") as dora:
        end(acting=dora, inspection=made, at=NOW)
        with pytest.raises(InspectionRefused, match="ended already"):
            end(acting=dora, inspection=made, at=NOW)
        assert inspection(made).ended_by == "Dora"
