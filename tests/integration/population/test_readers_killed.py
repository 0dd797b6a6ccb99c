"""Everybody is read by processes; one that is killed loses nothing, and whoever comes next reads nothing twice."""

from tests.partnership_at_hand import PartnershipAtHand, exclusion, killed_in_trap
from tests.running import wait_until

CHILDREN = 12
SMALL = "import sightline.apps.population.actions as a; a.partitions_for = lambda children: 6"
ASK = "from sightline.interfaces.jobs.population import every_night; every_night(timestamp=0)"
RUN = "from sightline.interfaces.jobs.worker import run_jobs; run_jobs(wait=False)"
ONE_BY_ONE = """
from datetime import UTC, datetime
from sightline.interfaces.population.sharing import read_share
from sightline.apps.access.acting import at_task
from sightline.apps.population import actions, queries
from sightline.domain.signs.catalogue import RULES
now = lambda: datetime.now(UTC)
with at_task("population"):
    (run,) = queries.to_go_on_with()
    actions.begin(run, rules=RULES, at=now())
    left = queries.left_of(run)
for number in left:
    read_share(run, number, at=now)
"""
HELD = "new.number = 3 and new.done_at is not null"


def test_partitions_of_a_killed_process_are_read_by_the_next_and_none_twice(at_hand: PartnershipAtHand):
    file = at_hand.file("everybody.csv", [exclusion(number) for number in range(900, 900 + CHILDREN)])
    assert at_hand.run("import", str(file), "--feed", "exclusions", "--from", "Brook High School")[0] == 0
    at_hand.work_jobs_off()
    # A sign that was lost, in each partition: what a killed process had mended is not mended.
    at_hand.ask("update signs_found set gone_at = now() where code = 'C05'")
    with at_hand.trap("population_partition", when=HELD):
        killed_in_trap(at_hand, at_hand.start_code(f"{SMALL}\n{ASK}\n{ONE_BY_ONE}"))
    done = at_hand.ask("select number, done_at from population_partition where done_at is not null order by 1")
    assert [number for number, _ in done] == [0, 1, 2]
    assert at_hand.ask("select done_at from population_run") == [(None,)]

    process = at_hand.start_code(RUN)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    wait_until(lambda: at_hand.ask("select count(*) from procrastinate_jobs where status = 'doing'") == [(0,)])
    assert at_hand.ask("select count(*), sum(children), sum(differed), sum(waiting), count(done_at)"
                       " from population_partition") == [(6, CHILDREN, CHILDREN, 0, 6)]
    assert at_hand.ask("select number, done_at from population_partition where number < 3 order by 1") == done
    assert at_hand.ask("select sum(gained), sum(lost) from population_tally") == [(CHILDREN, 0)]
    assert at_hand.ask("select count(*), count(distinct person_id) from signs_found where code = 'C05'"
                       " and gone_at is null") == [(CHILDREN, CHILDREN)]
    wait_until(lambda: at_hand.ask("select done_at is not null from population_run") == [(True,)])
