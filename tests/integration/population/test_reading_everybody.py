"""Everybody is read again and compared with what is kept: nothing differs, or it is counted, shown and mended."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.population import actions, comparing
from sightline.apps.population.queries import RunFacts, left_of, run_of, tallied
from sightline.apps.record.actions import note_news
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.comparing import Change, Counted
from sightline.domain.signs.population import IDS, ids_of, partitions_for
from sightline.interfaces.population.sharing import read_share
from tests.integration.conftest import NOW

LATER = NOW + timedelta(hours=1)
BEN_ARRESTED = datetime.fromisoformat("2026-05-04T20:00:00+01:00")
NEXT = tuple(replace(rule, edition="2") if rule.code == "C05" else rule for rule in RULES)


@pytest.fixture
def asked(as_worker):
    def asking(statement: str, *values: object) -> list[tuple]:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return asking


@pytest.fixture
def read_everybody(as_worker):
    """Carry a run to its end in this process; gives how it went."""

    def reading(*, change: Change | None = None, at=LATER, rules=RULES) -> RunFacts:
        with as_worker():
            with at_task("test"):
                run = actions.ask(because=actions.ASKED, at=at, change=change)
                actions.begin(run, rules=rules, at=at)
                left = left_of(run)
            assert [read_share(run, number, at=lambda: at, rules=rules) for number in left] == [True] * len(left)
            with at_task("test"):
                assert left_of(run) == []
                assert actions.finish(run, at=at)
                return run_of(run)

    return reading


@pytest.fixture
def children(amara: UUID, send) -> UUID:
    """Give Amara, and three more of whom the police told, one of them of two families."""
    lines = [{"id": f"{child}{number}", "child": child, "kind": kind, "at": at, "by": "Merseyside Police",
              "identity": {"given": child, "family": "Made-up", "born_on": f"2011-0{place}-11"}, **more}
             for place, child in enumerate(("Ben", "Cam", "Dee"), start=1)
             for number, (kind, at, more) in enumerate((
                 ("child.home", "2020-01-01", {"place": {"postcode": "L36 9YZ"}}),
                 ("missing.reported", "2026-05-01T22:00:00+01:00", {}),
                 ("missing.found", "2026-05-02T23:30:00+01:00", {}),
                 ("police.arrest", f"2026-05-0{place + 3}T20:00:00+01:00", {"facts": {"offence": "drugs-supply"}})))]
    send("timeline", "Merseyside Police", "".join(f"{json.dumps(line)}\n" for line in lines))
    return amara


def test_what_is_kept_is_what_everybodys_records_show(children, read_everybody, asked):
    kept = "select * from signs_found order by id", "select person_id, read_at from signs_personreading order by 1"
    before = [asked(statement) for statement in kept]
    assert len(before[0]) > 5
    run = read_everybody()
    assert (run.children, run.waiting, run.by_rules, run.differed) == (4, 0, 0, 0)
    assert run.entries == 15
    assert run.done_at == LATER
    assert [asked(statement) for statement in kept] == before


def test_a_sign_that_was_lost_is_counted_as_a_defect_and_kept_again(children, read_everybody, asked, as_worker):
    asked("update signs_found set gone_at = %s where person_id = %s and code = 'C05'", NOW, children)
    run = read_everybody()
    assert (run.by_rules, run.differed) == (0, 1)
    with as_worker(), at_task("test"):
        assert tallied(run.id) == {("C05", "Knowsley"): Counted(1, 0)}
    assert asked("select count(*) from signs_found where code = 'C05' and person_id = %s and gone_at is null",
                 children) == [(1,)]
    assert read_everybody(at=LATER + timedelta(hours=1)).differed == 0


def test_a_child_whose_record_the_code_cannot_bear_is_counted_and_holds_up_no_other(
    children, read_everybody, asked, monkeypatch, caplog
):
    asked("update signs_found set gone_at = %s where person_id = %s and code = 'C05'", NOW, children)
    whole = comparing.read_partition

    def unless_ben(lives, **ways):
        if any(entry.starts == BEN_ARRESTED for life in lives for entry in life.timeline):
            raise RecursionError("Ben was arrested")
        return whole(lives, **ways)

    monkeypatch.setattr(comparing, "read_partition", unless_ben)
    run = read_everybody()
    assert (run.children, run.unread, run.differed) == (3, 1, 1)
    assert "cannot be read: RecursionError" in caplog.text
    assert "Ben" not in caplog.text
    monkeypatch.undo()
    assert (read_everybody().unread, read_everybody().differed) == (0, 0)


def test_a_sign_that_nothing_holds_up_is_a_defect_too(children, read_everybody, asked):
    asked("insert into signs_found (person_id, code, family, critical, title, because, reasons, first_at, last_at,"
          " edition, source, verified, found_at, changed_at, against, against_words) select person_id, 'X01', family,"
          " critical, title, because, reasons, first_at, last_at, edition, source, verified, found_at, changed_at,"
          " against, against_words from signs_found"
          " where person_id = %s limit 1", children)
    assert read_everybody().differed == 1
    assert asked("select count(*) from signs_found where code = 'X01' and person_id = %s and gone_at is null",
                 children) == [(0,)]


def test_after_a_new_edition_who_differs_differs_by_the_rules_and_is_read_anew(children, read_everybody, asked):
    assert asked("select distinct edition from signs_found where code = 'C05'") == [("C05/1",)]
    assert read_everybody().differed == 0
    run = read_everybody(rules=NEXT, at=LATER + timedelta(minutes=1))
    assert (run.by_rules, run.differed) == (1, 0)
    assert asked("select edition from signs_found where code = 'C05' and gone_at is null") == [("C05/2",)]
    again = read_everybody(rules=NEXT, at=LATER + timedelta(hours=1))
    assert (again.by_rules, again.differed) == (0, 0)


def test_a_new_rule_book_is_known_and_the_first_is_none(db, as_worker):
    with as_worker(), at_task("test"):
        assert [actions.note_book(rules, at=NOW) for rules in (RULES, RULES, NEXT, RULES, NEXT)] == [
            False, False, True, False, False]


def test_who_waits_to_be_read_anyway_is_left_to_that_reading(children, read_everybody, asked, as_worker):
    asked("update signs_found set gone_at = %s where person_id = %s", NOW, children)
    with as_worker(), at_task("test"):
        note_news([children], at=NOW)
    run = read_everybody()
    assert (run.waiting, run.differed) == (1, 0)
    due = asked("select max(look_again_at) from signs_personreading where person_id <> %s", children)[0][0]
    assert read_everybody(at=due).waiting == 4


def test_a_preview_says_who_would_lose_a_sign_and_keeps_nothing(children, read_everybody, asked, as_worker):
    before = asked("select * from signs_found order by id")
    run = read_everybody(change=Change(without=frozenset({"C05"})))
    with as_worker(), at_task("test"):
        assert tallied(run.id) == {("C05", "Knowsley"): Counted(0, 1)}
    assert asked("select * from signs_found order by id") == before
    assert (run.by_rules, run.differed) == (0, 0)
    assert run.change == Change(without=frozenset({"C05"}), shown_days={})


def test_a_sign_shown_for_fewer_days_is_lost_by_who_has_it_from_long_ago(children, read_everybody, as_worker):
    run = read_everybody(change=Change(shown_days={"C03": 5}))
    with as_worker(), at_task("test"):
        assert tallied(run.id) == {("C03", "Knowsley"): Counted(0, 3)}


def test_a_partition_that_is_done_or_that_another_holds_is_not_taken(children, as_worker):
    with as_worker():
        with at_task("test"):
            run = actions.ask(because=actions.ASKED, at=NOW)
            actions.begin(run, rules=RULES, at=NOW)
            actions.begin(run, rules=RULES, at=NOW)
            assert left_of(run) == [0]
            assert not actions.finish(run, at=NOW)
        assert [read_share(run, number, at=lambda: LATER) for number in (0, 0, 1)] == [True, False, False]


def test_partitions_hold_every_id_once():
    for of in (1, 2, 3, 600, 24_000):
        shares = [ids_of(number, of) for number in range(of)]
        assert shares[0][0] == 0
        assert shares[-1][1] == IDS - 1
        assert all(last + 1 == first for (_, last), (first, _) in pairwise(shares))
    assert [partitions_for(children) for children in (0, 1, 500, 501, 300_000)] == [1, 1, 1, 2, 600]
    assert ids_of(0, 1)[0] <= uuid4().int <= ids_of(0, 1)[1]
