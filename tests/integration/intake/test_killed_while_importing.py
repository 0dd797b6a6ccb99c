"""A process that is killed while it imports loses nothing and doubles nothing, wherever it was; nor do two at once."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.partnership_at_hand import COUNCIL, SCHOOL, THE_DAY_BEFORE_YESTERDAY, ended, exclusion, killed_in_trap
from tests.running import wait_until

LAST_WEEK = (datetime.now(UTC) - timedelta(days=7)).strftime("%d/%m/%Y")

# Where to stop a process: the table it writes, and the row at which it stops.
POINTS = {
    "when it has looked through the file and says that it begins": (
        "intake_submission", "new.state = 'reading' and old.state <> 'reading'", "before update"),
    "while it appends entries": ("record_entry", "true", "before insert"),
    "at the end of the second batch": ("intake_submission", "new.accepted = 550", "before update"),
    "between the last batch and the word that all is done": (
        "intake_submission", "new.state = 'done'", "before update"),
    "while it keeps the signs, the last of all": ("signs_personreading", "true", "before insert"),
}
FACTS = """
select state, rows, accepted, already_held, turned_back from intake_submission where file_name = %s order by id
"""
HELD = """
select i.key, count(distinct i.id) as identities, count(distinct e.id) as entries,
  count(distinct d.id) filter (where d.code = 'D-EX-4') as screens,
  count(distinct n.id) filter (where d.code = 'D-EX-4' and n.key like '%%:started') as told,
  count(distinct r.person_id) as readings
from people_identity i join people_description w on w.identity_id = i.id
  left join record_entry e on e.identity_id = i.id and e.kind = 'school.exclusion'
  left join duties_owedduty d on d.person_id = i.person_id left join duties_notice n on n.duty_id = d.id
  left join signs_personreading r on r.person_id = i.person_id
where w.identifiers ->> 'upn' = any(%s) group by i.key
"""


def upns(rows):
    return [row.split(",")[2] for row in rows]


def require_held_once(at_hand, rows):
    """See that each child of the rows has one identity, entry, screen with its notice, and reading."""
    held = at_hand.ask(HELD, upns(rows))
    assert len(held) == len(rows)
    assert {row[1:] for row in held} == {(1, 1, 1, 1, 1)}
    assert at_hand.ask("select count(*) from record_news") == [(0,)]


@pytest.fixture(scope="module")
def killed(at_hand):
    """Kill a command at each of the points; gives the files and rows by point."""
    files = {}
    for number, (point, (table, when, event)) in enumerate(POINTS.items()):
        rows = [exclusion(number * 1000 + n) for n in range(550 if "second batch" in point else 12)]
        path = at_hand.file(f"killed-{number}.csv", rows)
        with at_hand.trap(table, when=when, event=event):
            killed_in_trap(at_hand, at_hand.start("import", str(path), "--feed", "exclusions", "--from", SCHOOL))
        files[point] = path, rows
    return files


def test_killed_anywhere_the_next_run_of_the_command_finishes_the_file_and_nothing_is_there_twice(at_hand, killed):
    paths = [str(path) for path, _ in killed.values()]
    kept = at_hand.ask("select count(*) from record_entry e join intake_submission s on s.id = e.submission_id"
                       " where e.kind = 'school.exclusion' and s.file_name = any(%s)",
                       [path.name for path, _ in killed.values()])[0][0]
    assert kept == 500 + 12 + 12, "the first batch, and the two files of which only the reading was left"
    status, told = at_hand.run("import", *paths, "--feed", "exclusions", "--from", SCHOOL)
    assert status == 0
    for (_, rows), document in zip(killed.values(), told["files"], strict=True):
        assert (document["rows"], document["turned_back"]) == (len(rows), 0)
        assert document["accepted"] + document["already_held"] == len(rows)
        require_held_once(at_hand, rows)


def test_the_worker_ends_what_was_left_and_each_file_counts_each_row_once(at_hand, killed):
    rows = [exclusion(10_000 + n) for n in range(550)]
    path = at_hand.file("left.csv", rows)
    with at_hand.trap("intake_submission", when="new.accepted = 550"):
        killed_in_trap(at_hand, at_hand.start("import", str(path), "--feed", "exclusions", "--from", SCHOOL))
    assert at_hand.ask(FACTS, "left.csv") == [("reading", 550, 500, 0, 0)]
    at_hand.work_jobs_off()
    assert at_hand.ask(FACTS, "left.csv") == [("done", 550, 550, 0, 0)]
    for _, of_file in [*killed.values(), (path, rows)]:
        require_held_once(at_hand, of_file)
    for state, count, accepted, already_held, turned_back in at_hand.ask(
            "select state, rows, accepted, already_held, turned_back from intake_submission"
            " where file_name = any(%s)", [each.name for each in (path, *(of for of, _ in killed.values()))]):
        assert state == "done"
        assert accepted + already_held + turned_back == count


def test_killed_at_any_moment_and_run_again_all_is_there_once(at_hand):
    chance = random.Random(20260522)
    rows = [exclusion(20_000 + n) for n in range(200)]
    path = at_hand.file("moments.csv", rows)
    for _ in range(3):
        process = at_hand.start("import", str(path), "--feed", "exclusions", "--from", SCHOOL)
        time.sleep(chance.uniform(0.8, 2.6))
        process.kill()
        process.communicate()
    status, told = at_hand.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)
    assert (status, told["rows"]) == (0, 200)
    require_held_once(at_hand, rows)


def test_two_processes_that_import_the_same_file_at_once_keep_each_row_once(at_hand):
    rows = [exclusion(30_000 + n) for n in range(40)]
    path = at_hand.file("both.csv", rows)
    with at_hand.trap("people_description", when="true", event="before insert"):
        both = [at_hand.start("import", str(path), "--feed", "exclusions", "--from", SCHOOL) for _ in range(2)]
        wait_until(lambda: at_hand.trapped() == 1)
        wait_until(lambda: at_hand.ask("select count(*) from intake_submission where state = 'reading'"
                                       " and file_name = 'both.csv'") == [(2,)])
    answers = [ended(process) for process in both]
    assert [status for status, _ in answers] == [0, 0]
    assert sorted(told["accepted"] for _, told in answers) == [0, 40]
    require_held_once(at_hand, rows)


def test_two_files_of_one_child_at_once_make_one_person_and_both_are_read(at_hand):
    row = exclusion(40_000)
    other = row.replace("PERM", "SUSP").replace("X40000", "Y40000").replace(THE_DAY_BEFORE_YESTERDAY, LAST_WEEK)
    with at_hand.trap("people_involvement", when="true", event="before insert"):
        both = [at_hand.start("import", str(path), "--feed", "exclusions", "--from", sender) for path, sender in (
            (at_hand.file("school.csv", [row]), SCHOOL), (at_hand.file("council.csv", [other]), COUNCIL))]
        wait_until(lambda: at_hand.trapped() >= 1)
        wait_until(lambda: at_hand.ask("select count(*) from intake_submission where state = 'done'"
                                       " and file_name in ('school.csv', 'council.csv')") == [(2,)])
        time.sleep(0.5)  # both stand where they read the child
    answers = [ended(process) for process in both]
    assert [status for status, _ in answers] == [0, 0], answers
    found = at_hand.ask("select i.person_id, count(distinct i.id), count(distinct e.id) from people_identity i"
                        " join people_description w on w.identity_id = i.id"
                        " join record_entry e on e.identity_id = i.id and e.kind = 'school.exclusion'"
                        " where w.identifiers ->> 'upn' = %s group by 1", row.split(",")[2])
    assert [counted[1:] for counted in found] == [(2, 2)]
    grounds = at_hand.ask("select count(distinct started_key) from duties_owedduty where person_id = %s", found[0][0])
    assert grounds[0][0] >= 2, "what the later file told is read too"
    assert at_hand.ask("select count(*) from record_news") == [(0,)]


def test_a_file_that_a_process_is_reading_is_left_to_it_by_the_worker(at_hand):
    """The worker looks each minute for files that were left; one that is being read was not left."""
    rows = [exclusion(50_000 + n) for n in range(550)]
    path = at_hand.file("slow.csv", rows)
    with at_hand.trap("intake_submission", when="new.accepted = 550"):
        process = at_hand.start("import", str(path), "--feed", "exclusions", "--from", SCHOOL)
        wait_until(lambda: at_hand.trapped() == 1)
        at_hand.work_jobs_off()
        assert at_hand.ask(FACTS, "slow.csv") == [("reading", 550, 500, 0, 0)]
    status, told = ended(process)
    assert (status, told["accepted"], told["already_held"]) == (0, 550, 0)
    require_held_once(at_hand, rows)
