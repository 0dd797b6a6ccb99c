"""Measure the whole way of a record: from files of a partnership to timelines, signs and duties, stage by stage.

The files are those that the demonstration writes, imported as an agency's files are: real feeds, durable commits, one
process. The time of a stage is its own, without that of the stages it calls; the time of commits stands by itself.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks.installation import Row, measured_apart, new_installation, tell

QUICK, FULL = 2_000, 19_500
"""So many children: some 10,000 and 100,000 rows."""
TODAY = date(2026, 11, 20)


class Stages:
    """Count the seconds of functions, each without those it calls that are counted themselves."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._inner: list[float] = []

    def watch(self, place: Any, name: str, stage: str) -> None:
        """Count a function, wherever it is called by this name of this module or class."""
        function: Callable[..., Any] = getattr(place, name)

        def watched(*told: Any, **named: Any) -> Any:
            with self._counting(stage):
                return function(*told, **named)

        setattr(place, name, watched)

    @contextmanager
    def _counting(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = time.perf_counter() - began
            self.seconds[stage] += spent - self._inner.pop()
            self.calls[stage] += 1
            if self._inner:
                self._inner[-1] += spent


def measure(*, full: bool) -> list[Row]:
    """Import and read a partnership's files."""
    return measured_apart("benchmarks.end_to_end", ("worker", str(FULL if full else QUICK)))


def run(children: int) -> list[Row]:
    """Write the files, keep the agencies, and import, with Django ready and the database running."""
    from django.db import connection

    from sightline import flow
    from sightline.demonstration.partnership import write
    from sightline.interfaces.serve import demonstrating

    folder = Path(os.environ["SIGHTLINE_DATA"]) / "files"
    manifest = write(folder, seed=7, children=children, today=TODAY)
    ids = demonstrating.keep_partnership(manifest.agencies, today=datetime.now(UTC))
    stages = _watch_stages()
    waited: Counter[str] = Counter()

    def count(execute: Callable[..., Any], *words: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*words)
        finally:
            waited["statements"] += 1
            waited["seconds"] += time.perf_counter() - began  # type: ignore[assignment]

    backend = psutil.Process(connection.connection.info.backend_pid)
    before, ours = _cpu(backend), time.process_time()
    began = time.perf_counter()
    with connection.execute_wrapper(count):
        for sent in manifest.files:
            demonstrating.import_file(folder, sent, ids)
        kept = time.perf_counter()
        people = flow.read_news(at=lambda: datetime.now(UTC))
        flow.ask_of_places(at=lambda: datetime.now(UTC))
    ended = time.perf_counter()
    rows = sum(sent.rows for sent in manifest.files)
    told: list[Row] = [
        ("rows of all files", rows, ""), ("files", len(manifest.files), ""), ("children read", people, ""),
        ("rows from file to timeline, signs and duties", rows / (ended - began), "rows/s"),
        ("rows from file to timeline", rows / (kept - began), "rows/s"),
        ("children read for signs and duties", people / (ended - kept), "children/s"),
        ("processor time of our process", (time.process_time() - ours) / rows * 1e6, "µs a row"),
        ("processor time of the database's process", (_cpu(backend) - before) / rows * 1e6, "µs a row"),
        ("waiting for statements", waited["seconds"] / (ended - began) * 100, "%"),
        ("statements", waited["statements"], ""), ("commits", stages.calls["commits"], "")]
    return told + [(f"stage: {stage}", seconds / (ended - began) * 100, "%")
                   for stage, seconds in stages.seconds.most_common()]


def _watch_stages() -> Stages:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from sightline import flow

    stages = Stages()
    for place, name, stage in (
        (flow, "receive", "receive"), (flow, "_survey", "sort and survey"),
        (flow, "_keep_all", "sort large files again, close files"),
        (flow.people, "attribute", "attribute"), (flow.record, "append", "append"), (flow, "_keep", "other keeping"),
        (flow, "timelines_of", "read timelines"), (flow, "whole_of", "find signs"), (flow, "_owed", "find duties"),
        (flow.parts, "keep_parts", "keep parts"), (flow.duties, "keep", "keep duties"),
        (flow.signs, "keep", "keep signs"), (flow, "read", "other reading"), (flow, "read_news", "take news"),
        (flow, "ask_of_places", "ask of places"),
        (flow, "work_through", "open files"), (BaseDatabaseWrapper, "_commit", "commits"),
    ):
        stages.watch(place, name, stage)
    return stages


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> int:
    """Run in this process, with a data folder of its own, and tell the rows."""
    with new_installation():
        from django.db import connection

        rows = run(int(sys.argv[1]))
        connection.close()
    tell(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
