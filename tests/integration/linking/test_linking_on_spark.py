"""Spark finds what DuckDB finds, and a start after a failure computes only the pieces that are missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sightline.interfaces.linking import keys, patterns, sparking
from sightline.interfaces.linking.engine import Engine, compared_on_spark
from sightline.interfaces.linking.linking import link
from sightline.interfaces.linking.writing import workshop

FAKE = Path(__file__).parents[2] / "samples" / "linkage" / "fake_1000.csv"
RECORDS = 300


@pytest.fixture
def some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a few records, compared by keys in two pieces as if they were many."""
    monkeypatch.setattr(keys, "EVERYTHING_UP_TO", 0)
    monkeypatch.setattr(patterns, "OTHERS", 2_000)
    monkeypatch.setattr(sparking, "pieces_of", lambda pairs, at_once: 2)
    file = tmp_path / "some.csv"
    file.write_text("".join(FAKE.read_text("utf-8").splitlines(keepends=True)[:RECORDS + 1]), "utf-8")
    return file


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with workshop(tmp_path / "clusters.csv") as (connection, _):
        yield connection


def linked(connection: duckdb.DuckDBPyConnection, file: Path, engine: Engine | None = None) -> list[Any]:
    link(connection, [file], named={}, told=lambda done, of: None, engine=engine)
    found = connection.execute("select id, cluster from linked order by id").fetchall()
    pairs = connection.execute("select l, r, pattern, round(rarity, 3) from pairs order by l, r").fetchall()
    return [found, pairs]


def test_spark_links_what_duckdb_links_and_goes_on_after_a_failure(
    some: Path, connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with workshop(tmp_path / "one.csv") as (alone, _):
        expected = linked(alone, some)
    computed = []

    def fails_once(*words: Any, piece: tuple[int, int], these: Any = None, **more: Any) -> Any:
        computed.append(None if these is not None else piece)
        if computed == [(1, 2), (2, 2)]:
            raise ConnectionError("the cluster went away")
        return compared_on_spark(*words, piece=piece, these=these, **more)

    monkeypatch.setattr(sparking, "compared_on_spark", fails_once)
    with sparking.on_spark(connection, tmp_path / "stage", master="local[2]") as engine:
        with workshop(tmp_path / "two.csv") as (first, _), pytest.raises(ConnectionError):
            linked(first, some, sparking.OnSpark(first, engine.session, tmp_path / "stage"))
        assert list((tmp_path / "stage").glob("*/pairs-1-of-2/_SUCCESS"))
        found = linked(connection, some, engine)
    assert computed == [(1, 2), (2, 2), (2, 2), None]
    (clusters, pairs), (expected_clusters, expected_pairs) = found, expected
    assert clusters == expected_clusters
    assert [pair[:2] for pair in pairs] == [pair[:2] for pair in expected_pairs]
    assert len(pairs) > RECORDS
    # Spark's Jaro-Winkler counts letters that changed places otherwise: "lodon" and "london" are 0.90 alike on DuckDB.
    assert sum(one == other for one, other in zip(pairs, expected_pairs, strict=True)) > 0.98 * len(pairs)
    assert not (tmp_path / "stage").exists()
