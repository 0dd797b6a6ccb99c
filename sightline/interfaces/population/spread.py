"""Spread work over partitions: over processes of this machine, or over Spark where one machine is too small.

The work is one function for both: an iterator of what a partition holds in, an iterator of results out. It must be
importable by name (with arguments bound by `functools.partial`), and so must what it takes and gives be to pickle.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Held = TypeVar("Held")
Result = TypeVar("Result")
Work = Callable[[Iterable[Held]], Iterable[Result]]

MOST_PROCESSES = 8
QUIET = (("spark.ui.enabled", "false"), ("spark.ui.showConsoleProgress", "false"))
# Of one machine nobody else may ask, and a short life is not worth compiling for.
LOCALLY = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
           "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
NICE = 10
"""What reads everybody leaves the machine to what a person waits for."""


class SparkMissing(RuntimeError):
    """Spark is not installed here. Install it with pip install 'sightline[spark]' and a Java of version 17 or newer."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def over_processes(
    work: Work[Held, Result], partitions: Iterable[Sequence[Held]], *, processes: int | None = None
) -> Iterator[Result]:
    """Work through the partitions in so many processes (else one a core, eight at most); results in their order.

    Raises BrokenProcessPool when a process is killed: what it had not finished was not done.
    """
    number = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
    pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_begin)
    try:
        for results in pool.map(partial(_whole, work), partitions):
            yield from results
    finally:
        pool.shutdown(cancel_futures=True)


def over_spark(work: Work[Held, Result], partitions: Sequence[Sequence[Held]], *, master: str) -> Iterator[Result]:
    """Work through the partitions as tasks of a Spark cluster (`spark://host:7077`), or of `local[2]`, in their order.

    Each executor needs this version of Sightline. Raises SparkMissing.
    """
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        raise SparkMissing from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = LOCALLY if master.startswith("local") else {}
    spark = SparkContext(conf=SparkConf().setMaster(master).setAppName("sightline").setAll([*QUIET, *local.items()]))
    java = SparkContext._gateway.proc
    try:
        held = spark.parallelize(list(partitions), max(1, len(partitions)))
        yield from held.mapPartitions(partial(_each, work)).collect()
    finally:
        spark.stop()
        end_java(SparkContext, java)


def end_java(context: Any, java: Any) -> None:
    """End the machine of Java, which Spark keeps for the life of the process: a worker lives for weeks."""
    context._gateway.shutdown()
    context._gateway = context._jvm = None
    java.stdin.close()
    java.wait()


def _whole(work: Work[Held, Result], partition: Sequence[Held]) -> list[Result]:
    return list(work(partition))


def _each(work: Work[Held, Result], partitions: Iterable[Sequence[Held]]) -> Iterator[Result]:
    for partition in partitions:
        yield from work(partition)


def _begin() -> None:
    """Give way to others, and end with the process that began this one: nobody would take what is still read."""
    os.nice(NICE)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
