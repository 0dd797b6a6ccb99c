"""Compare on Spark, where one machine is too small: the same keys and levels, each piece a stage that survives.

Spark tries a failed task again by itself. What a piece found is written to Parquet before the next begins, in a folder
that the whole cluster sees: a start after a failure reads the pieces that are whole and computes the others alone.

Spark's Jaro-Winkler counts letters that changed places otherwise than DuckDB's, so that about one pair in a hundred
stands one level higher or lower (6 of 683 in the test, in which the clusters are the same).
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from sightline.interfaces.linking.comparing import Compared
from sightline.interfaces.linking.engine import (
    Progress,
    compared_on_spark,
    jar_of_splink,
    make_pairs,
    pieces_of,
)
from sightline.interfaces.population.spread import LOCALLY, QUIET, SparkMissing, end_java

PAIRS_A_PIECE = 100_000_000
FEW_PARTITIONS = 4
_WHOLE = "_SUCCESS"
"""Spark writes this file into a folder of Parquet when every part of it is there."""


@contextmanager
def on_spark(connection: duckdb.DuckDBPyConnection, stage: Path, *, master: str) -> Iterator["OnSpark"]:
    """Give an engine on a cluster (`spark://host:7077`) or on `local[2]`; the stage goes when all went well.

    Raises SparkMissing.
    """
    try:
        from pyspark import SparkContext
        from pyspark.sql import SparkSession
    except ImportError:
        raise SparkMissing from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = master.startswith("local")
    builder = SparkSession.builder.master(master).appName("sightline link").config("spark.jars", jar_of_splink())
    for name, value in [*QUIET, *(LOCALLY.items() if local else ())]:
        builder = builder.config(name, value)
    if local:
        builder = builder.config("spark.sql.shuffle.partitions", str(FEW_PARTITIONS)).config(
            "spark.default.parallelism", str(FEW_PARTITIONS))
    session = builder.getOrCreate()
    java = SparkContext._gateway.proc
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield OnSpark(connection, session, stage)
    finally:
        session.stop()
        end_java(SparkContext, java)
    shutil.rmtree(stage, ignore_errors=True)


class OnSpark:
    """Compare on Spark what the table `keyed` of the connection holds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, session: Any, stage: Path) -> None:
        self._connection, self.session, self._stage = connection, session, stage

    def compare_by_keys(
        self, comparisons: Sequence[Compared], *, keys: Sequence[str], pairs: int, progress: Progress
    ) -> None:
        """Make the table `pairs` of all pairs of `keyed` that share a key, piece by piece."""
        make_pairs(self._connection, "pairs")
        frame = self._frame("keyed", f"{comparisons}{keys}")
        pieces = pieces_of(pairs, PAIRS_A_PIECE)
        for piece in range(1, pieces + 1) if keys else ():
            folder = self._folder / f"pairs-{piece}-of-{pieces}"
            if not (folder / _WHOLE).exists():
                found = compared_on_spark(self.session, frame, comparisons, keys=keys, piece=(piece, pieces))
                found.write.mode("overwrite").parquet(folder.as_uri())
            self._read(folder, "pairs")
            progress(piece, pieces)

    def compare_these(self, comparisons: Sequence[Compared], *, pairs: str) -> None:
        """Make the table `others` of how the pairs in the table `pairs` compare."""
        make_pairs(self._connection, "others")
        frame = self.session.read.parquet((self._folder / "keyed.parquet").as_uri())
        asked = self._folder / "asked.parquet"
        self._connection.execute(f"copy {pairs} to '{_quoted(asked)}' (format parquet)")
        folder = self._folder / "others"
        found = compared_on_spark(self.session, frame, comparisons, keys=["id"], piece=(1, 1),
                                  these=self.session.read.parquet(asked.as_uri()))
        found.write.mode("overwrite").parquet(folder.as_uri())
        self._read(folder, "others")

    def _frame(self, table: str, asked: str) -> Any:
        """Put the table where Spark reads it, in a folder named by what it holds and what is asked of it."""
        digest = self._connection.execute(
            f"select cast(bit_xor(hash(k)) as varchar) from {table} as k").fetchone()  # nosec B608
        name = hashlib.sha256(f"{digest}{asked}".encode()).hexdigest()[:16]
        self._folder = self._stage.resolve() / name
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / f"{table}.parquet"
        if not file.exists():
            beside = file.with_suffix(".new")
            self._connection.execute(
                f"copy (select * exclude (h) from {table}) to '{_quoted(beside)}' (format parquet)")  # nosec B608
            beside.replace(file)
        return self.session.read.parquet(file.as_uri())

    def _read(self, folder: Path, table: str) -> None:
        query = f"insert into {table} select l, r, pattern, rarity from read_parquet(?)"  # nosec B608
        self._connection.execute(query, [str(folder / "*.parquet")])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
