"""Measure what reading everybody costs: from the database at three sizes, a night in which nothing is due, and Spark.

Children are invented straight into the tables, with 20 entries each, and read by two processes as a preview is: every
child is loaded, read under the whole rule book and compared; nothing is written. The largest quick size is 4,000
children; FULL=1 goes to a county of 300,000 with six million entries, and needs some 10 GB of disk and an hour, most of
it to invent them. Spark and the processes of this machine read the same invented lives from memory in the same run.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.installation import Row, measured_apart, new_installation, tell
from benchmarks.read_signs import AT, EVENTFUL, ORDINARY, life

QUICK, FULL = (1_000, 2_000, 4_000), (75_000, 150_000, 300_000)
ENTRIES_A_CHILD = 20
LIVES, LIVES_FULL, EVENTFUL_ONE_IN = 2_000, 20_000, 20
PROCESSES = 2
ENGLAND_CHILDREN, ENGLAND_ENTRIES = 12_000_000, 240_000_000
CORES = 32
SPENT = "processor seconds of the reading processes"
DUE = """update signs_personreading
  set look_again_at = now() + interval '1 day' * (1 + abs(hashtext(person_id::text)) % 180)"""


def measure(*, full: bool) -> list[Row]:
    """Read everybody at each size, each in an installation of its own, and the same lives over Spark."""
    found: list[Row] = []
    measured: list[tuple[float, float]] = []
    spent: list[tuple[float, float]] = []
    for children in FULL if full else QUICK:
        rows = measured_apart("benchmarks.everybody", ("worker", "database", str(children)))
        told = {what: value for what, value, _ in rows}
        measured.append((told["entries"], told["seconds"]))
        spent.append((told["entries"], told[SPENT]))
        found += [(f"{children:,} children: {what}", value, unit) for what, value, unit in rows]
    found += [("seconds for each million entries, fitted to the three sizes", 1e6 * _slope(measured), "s"),
              ("entries a second at the largest size over that at the smallest (1: cost is linear)",
               (measured[-1][0] / measured[-1][1]) / (measured[0][0] / measured[0][1]), "")]
    found += [("processor seconds of the reading processes for each million entries, fitted", 1e6 * _slope(spent), "s"),
              *_england(_slope(spent))]
    return found + measured_apart("benchmarks.everybody", ("worker", "spark", str(LIVES_FULL if full else LIVES)))


def from_database(children: int) -> list[Row]:
    """Invent so many children, have them read by two processes, and ask who is due when nobody is."""
    with new_installation() as server:
        import psycopg

        from benchmarks.county import fill
        from sightline.apps.access.acting import at_task
        from sightline.apps.population import actions, queries
        from sightline.demonstration.agencies import agencies
        from sightline.domain.signs.comparing import Change
        from sightline.interfaces.jobs.story import _read_due
        from sightline.interfaces.population.carrying import carry
        from sightline.interfaces.serve import demonstrating

        demonstrating.keep_partnership(agencies(), today=_now())
        fill(server, people=children, entries_a_child=ENTRIES_A_CHILD)
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute(DUE)
            session.execute("vacuum analyze signs_personreading")
        with at_task("benchmark"):
            run = actions.ask(because="a benchmark", at=_now(), change=Change())
        before, began = _spent(), time.perf_counter()
        assert carry(run, at=_now, stop=lambda: False, processes=PROCESSES)
        seconds, processor = time.perf_counter() - began, _spent() - before
        with at_task("benchmark"):
            facts = queries.run_of(run)
        assert facts is not None
        assert facts.children == children
        asks = [_timed(_read_due) for _ in range(20)]
    return [("entries", facts.entries, ""), ("seconds", seconds, "s"), (SPENT, processor, "s"),
            ("entries a second, two processes, their start included", facts.entries / seconds, "/s"),
            ("most memory of a process", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "MB"),
            ("a minute's look for who is due, when nobody is", median(asks), "ms")]


def over_spark_and_processes(children: int) -> list[Row]:
    """Read the same invented lives alone, by two processes, and by Spark on two cores of this machine."""
    from sightline.domain.signs.population import Life, read_partition
    from sightline.domain.signs.reading import read
    from sightline.interfaces.population.spread import over_processes, over_spark

    random = Random(7)
    lives = [Life(life(random, ENTRIES_A_CHILD, ORDINARY if number % EVENTFUL_ONE_IN else EVENTFUL))
             for number in range(children)]
    parts = [lives[start:start + 250] for start in range(0, children, 250)]
    work = partial(read_partition, at=AT)
    entries = children * ENTRIES_A_CHILD
    one, seconds = _seconds(lambda: [read(life.timeline, at=AT) for life in lives])
    rows: list[Row] = [(f"{entries:,} entries in memory, one process", entries / seconds, "entries/s")]
    for name, spread in (("two processes", lambda: list(over_processes(work, parts, processes=PROCESSES))),
                         ("Spark, local[2]", lambda: list(over_spark(work, parts, master="local[2]")))):
        told, seconds = _seconds(spread)
        assert told == one, f"{name} read something else"
        rows.append((f"the same, {name}, start included", entries / seconds, "entries/s"))
    return rows


def _england(an_entry: float) -> list[Row]:
    """Project to England: processor time linear in entries as measured, each core as fast as these and free.

    The database's own time is not in it: it must feed all cores, from copies where one is too slow.
    """
    hours = ENGLAND_ENTRIES * an_entry / 3600
    return [((f"England ({ENGLAND_CHILDREN / 1e6:.0f} million children, {ENGLAND_ENTRIES / 1e6:.0f} million entries),"
             " projected: core hours of the reading processes"), hours, "h"),
            (f"England, projected: hours on {CORES} cores", hours / CORES, "h")]


def _slope(measured: list[tuple[float, float]]) -> float:
    """Give the seconds an entry of the straight line that fits best."""
    entries, seconds = [m[0] for m in measured], [m[1] for m in measured]
    middle, mean = sum(entries) / len(entries), sum(seconds) / len(seconds)
    return (sum((e - middle) * (s - mean) for e, s in measured) / sum((e - middle) ** 2 for e in entries))


def _spent() -> float:
    """Give the processor seconds of the processes that this one began and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _seconds(work: Callable[[], list[object]]) -> tuple[list[object], float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    """Measure one part in this process, and tell the rows."""
    what, children = sys.argv[1], int(sys.argv[2])
    os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)
    tell(from_database(children) if what == "database" else over_spark_and_processes(children))
    return 0


if __name__ == "__main__":
    sys.exit(main())
