"""A snapshot keeps what was measured: the same cases, the same figures, whatever is told afterwards."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from sightline.apps.access.acting import at_task
from sightline.apps.insight.freezing import PeriodRefused, digest_of, figures_of, freeze
from sightline.apps.insight.models import Figure, Snapshot, SnapshotCase
from tests.integration.conftest import NOW
from tests.integration.insight.conftest import pupil

POLICE, SCHOOL = "Merseyside Police", "Brook High School"
SUPPLY = {"offence": "drugs-supply"}
START = NOW - timedelta(days=365)


@pytest.fixture
def frozen(tell, as_worker):
    """Freeze two arrests, one of which is older than the period, and one exclusion."""
    tell("Ada", [(500, "Knowsley Council", "child.home", {"postcode": "L36 9YZ"}),
                 (400, POLICE, "police.arrest", SUPPLY), (20, POLICE, "police.arrest", SUPPLY)])
    tell("Bea", [(9, SCHOOL, "school.exclusion", {"category": "PERM"})])
    with as_worker(), at_task("test"):
        return freeze(start=START, until=NOW, officer=None, at=NOW)


def figures(snapshot):
    return {(one.measure, one.part, one.figure.agency, one.figure.grouped_by, one.figure.group): one.figure
            for one in figures_of(snapshot, until=NOW)}


def test_a_snapshot_holds_what_began_in_its_period(frozen, everything):
    arrests = everything("select count(*) from insight_snapshotcase where measure = 'K6'")
    assert arrests == [(1,)]
    held = everything("select n, waiting from insight_figure where measure = 'K6' and agency_id is null")
    assert held == [(1, 1)]


def test_the_same_snapshot_gives_the_same_figures_whatever_is_told_afterwards(frozen, tell, as_worker):
    with as_worker(), at_task("test"):
        before, digest = figures(frozen), digest_of(frozen)
        kept = Snapshot.objects.get(pk=frozen)
    tell("Ada", [(5, POLICE, "police.arrest", SUPPLY)])
    tell("Bea", [(1, POLICE, "police.arrest", SUPPLY)])
    with as_worker(), at_task("test"):
        assert figures(frozen) == before
        assert digest_of(frozen) == digest == kept.digest
        later = freeze(start=START, until=NOW, officer=None, at=NOW)
        assert figures(later) != before
        assert Figure.objects.filter(snapshot=frozen).count() == len(before)


@pytest.mark.parametrize("table", ["insight_snapshot", "insight_snapshotcase", "insight_figure"])
def test_nothing_that_was_frozen_can_be_changed_or_removed(frozen, as_worker, table):
    for statement in (f"delete from {table}", f"update {table} set id = id", f"truncate {table} cascade"):
        with pytest.raises(DatabaseError, match=r"denied|never|change"), as_worker(), at_task("test"), \
                connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(("start", "until", "because"), [
    (NOW, START, "before it begins"), (START, NOW + timedelta(days=1), "not ended")])
def test_a_period_that_cannot_be_frozen_is_refused_in_words(as_worker, partnership, start, until, because):
    with as_worker(), at_task("test"):
        with pytest.raises(PeriodRefused, match=because):
            freeze(start=start, until=until, officer=None, at=NOW)
        assert not SnapshotCase.objects.exists()


def test_who_oversees_sees_figures_and_who_sees_the_child_the_cases(frozen, acting):
    seen = {}
    for name in ("Beth", "Carl", "Mary", "Pat", "Lee", "Dawn"):
        with acting(name):
            seen[name] = (Snapshot.objects.count(), Figure.objects.filter(measure="K6").count(),
                          SnapshotCase.objects.filter(measure="K6").count())
    agencies = 1 + 1  # all together, and the force that arrested
    assert seen == {"Beth": (0, 0, 1), "Carl": (0, 0, 0), "Pat": (0, 0, 0), "Lee": (0, 0, 0),
                    "Mary": (1, 1, 1), "Dawn": (1, agencies, 0)}


def test_a_snapshot_keeps_what_schools_last_told_of_special_needs_before_its_end(tell, as_worker, everything):
    tell("Ada", [(300, SCHOOL, "school.need", {"provision": "support"}), (30, POLICE, "police.arrest", SUPPLY),
                 (29, SCHOOL, "school.need", {"provision": "plan"}), (28, SCHOOL, "school.need", {"type": "SLCN"}),
                 (2, SCHOOL, "school.need", {"provision": "none"})])
    tell("Bea", [(20, POLICE, "police.arrest", SUPPLY)])
    with as_worker(), at_task("test"):
        early = freeze(start=START, until=NOW - timedelta(days=10), officer=None, at=NOW)
        late = freeze(start=START, until=NOW, officer=None, at=NOW)
    held = everything("select snapshot_id, special_need, count(*) from insight_snapshotchild group by 1, 2")
    assert sorted(held) == sorted([(early, "plan", 1), (early, "", 1), (late, "none", 1), (late, "", 1)])


def test_a_need_that_was_corrected_counts_as_it_was_told_last(tell, send, as_worker, everything):
    tell("Ada", [(30, POLICE, "police.arrest", SUPPLY)])
    columns = "laestab,upn,forename,surname,dob,period_from,period_to,possible,attended,sen_provision"
    for code in ("K", "E", "N"):
        row = f"3404001,{pupil('Ada')},Ada,Adasson,03/04/2011,11/05/2026,15/05/2026,10,9,{code}"
        assert send("attendance", SCHOOL, f"{columns}\n{row}\n").turned_back == 0
    with as_worker(), at_task("test"):
        freeze(start=START, until=NOW, officer=None, at=NOW)
    assert everything("select count(*) from record_entry where kind = 'school.need'") == [(3,)]
    assert everything("select special_need from insight_snapshotchild") == [("none",)]


def test_children_are_compared_by_special_educational_needs(tell, as_worker):
    for number in range(24):
        provision = {0: "support", 1: "none"}.get(number % 3 if number < 20 else 1)
        needs = [(300, SCHOOL, "school.need", {"provision": provision})] if provision else []
        tell(f"Child{number}", [*needs, (30, POLICE, "police.arrest", SUPPLY)])
    with as_worker(), at_task("test"):
        snapshot = freeze(start=START, until=NOW, officer=None, at=NOW)
        kept = Figure.objects.filter(snapshot=snapshot, measure="K6", grouped_by="special educational needs")
        assert dict(kept.values_list("group", "n")) == {"no special educational needs": 11}
