"""A row of a school's file becomes an entry on the right child's timeline, a sign, owned duties and notices."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.duties.queries import duties_of, notices_about
from sightline.apps.people.queries import find, names_of, parts_of
from sightline.apps.record.queries import told_of
from sightline.apps.signs.queries import attention_of, signs_of
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import EXCLUSION, NOW


def test_beth_sees_the_exclusion_its_sign_and_what_is_owed(amara, acting):
    with acting("Beth"):
        assert names_of([amara]) == {amara: "Amara Okafor"}
        assert "school.exclusion" in {t.entry.kind for t in told_of(amara, most=10)}
        assert [s.code for s in signs_of(amara)] == ["C05"]
        assert attention_of(amara).attention == "worker"
        screen = next(d for d in duties_of(amara, most=50) if d.code == "D-EX-4")
        assert (screen.owed_by, screen.state) == ("Knowsley Council", "open")
        assert screen.owner == "Duty desk"
        assert {p.agency for p in parts_of(amara)} >= {"Knowsley Council", "Brook High School"}
        assert any(n.about == screen.what for n in notices_about(amara, most=50))


def test_carl_sees_nothing_of_amara(amara, acting):
    with acting("Carl"):
        assert names_of([amara]) == {}
        assert told_of(amara, most=10) == []
        assert signs_of(amara) == []
        assert attention_of(amara) is None
        assert duties_of(amara, most=50) == []
        assert notices_about(amara, most=50) == []
        assert find(Identity("", "", identifiers={"upn": "A950000178301"}), most=5) == []


def test_without_a_purpose_nobody_sees_anything(amara, as_web):
    with as_web(), connection.cursor() as cursor:
        for table in ("people_person", "people_identity", "people_description", "record_entry", "signs_found",
                      "duties_owedduty", "duties_notice", "intake_submission", "people_involvement"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table


def test_the_school_sees_what_it_told_and_what_it_owes(amara, acting):
    with acting("Lee"):
        assert "school.exclusion" in {t.entry.kind for t in told_of(amara, most=10)}
        assert signs_of(amara) == []
        assert {d.owed_by for d in duties_of(amara, most=50)} == {"Brook High School"}


def test_the_police_see_nothing_of_an_exclusion_that_nobody_shared(amara, acting):
    with acting("Pat"):
        assert told_of(amara, most=10) == []
        assert signs_of(amara) == []


def test_the_inspector_sees_no_child(amara, acting):
    with acting("Dawn"):
        assert names_of([amara]) == {}
        assert told_of(amara, most=10) == []


def test_the_same_file_again_changes_nothing(amara, send):
    on = (NOW - timedelta(days=2)).strftime("%d/%m/%Y")
    again = send("exclusions", "Brook High School", EXCLUSION.format(dob="03/04/2011", on=on))
    assert (again.rows, again.accepted, again.already_held) == (1, 0, 1)


def test_a_file_too_large_to_be_held_in_memory_is_sorted_again_and_kept_alike(send, monkeypatch):
    header, row = EXCLUSION.format(dob="03/04/2011", on="02/03/2026").splitlines(keepends=True)
    told = {}
    for name, most in (("held", 5_000), ("sorted again", 2)):
        monkeypatch.setattr(flow, "MOST_ROWS_HELD", most)
        monkeypatch.setattr(flow, "ROWS_A_BATCH", 2)
        rows = [row.replace("X1", f"{name} {number}").replace("Amara", f"Amara {name}") for number in range(5)]
        facts = send("exclusions", "Brook High School", header + "".join(rows) + "not a row\n")
        told[name] = (facts.state, facts.rows, facts.accepted, facts.turned_back)
    assert told["held"] == told["sorted again"] == ("done", 6, 5, 1)


def test_a_correction_is_a_new_telling_and_the_old_one_stays(amara, send, acting):
    on = (NOW - timedelta(days=3)).strftime("%d/%m/%Y")
    again = send("exclusions", "Brook High School", EXCLUSION.format(dob="03/04/2011", on=on))
    assert again.accepted == 1
    with acting("Beth"):
        told = [t for t in told_of(amara, most=10) if t.entry.kind == "school.exclusion"]
        assert [t.corrected for t in sorted(told, key=lambda t: t.recorded_at)].count(True) == 1
        assert [d.state for d in duties_of(amara, most=50) if d.code == "D-EX-4"] == ["late"]


def test_entries_cannot_be_changed_or_removed_by_anybody(amara, as_worker):
    for statement in (
        "update record_entry set kind = 'x'", "delete from record_entry", "truncate record_entry cascade",
    ):
        with pytest.raises(ProgrammingError), as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_was_known_at_an_instant_can_be_asked(amara, acting):
    with acting("Beth"):
        assert told_of(amara, most=10, known_at=NOW - timedelta(hours=1)) == []
