"""Find the pairs and how each compares: the one module that knows Splink, through its public interface alone.

Splink joins the records by their keys and finds the level of every comparison, on DuckDB or on Spark. It does not
decide: patterns of levels go to our own estimate of three classes, and come back as weights.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import duckdb
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI
from splink.blocking_rule_library import block_on
from splink.comparison_library import CustomComparison

from sightline.interfaces.linking.comparing import Compared

PAIRS_AT_ONCE = 8_000_000
Progress = Callable[[int, int], None]
_FLOOR = 20
_DUCKDB, _SPARK = {"jaro_winkler": "jaro_winkler_similarity"}, {"jaro_winkler": "jaro_winkler"}


class Engine(Protocol):
    """What linking asks of an engine: tables of compared pairs in the connection that holds the table `keyed`."""

    def compare_by_keys(
        self, comparisons: Sequence[Compared], *, keys: Sequence[str], pairs: int, progress: Progress
    ) -> None:
        """Make the table `pairs` of all pairs that share a key."""

    def compare_these(self, comparisons: Sequence[Compared], *, pairs: str) -> None:
        """Make the table `others` of the pairs of another table."""


class OnDuckDB:
    """Compare on this machine, in the connection that holds the table `keyed`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def compare_by_keys(
        self, comparisons: Sequence[Compared], *, keys: Sequence[str], pairs: int, progress: Progress
    ) -> None:
        """Make the table `pairs` of all pairs of `keyed` that share a key: `l`, `r`, `pattern` and `rarity`."""
        make_pairs(self._connection, "pairs")
        pieces = pieces_of(pairs)
        for piece in range(1, pieces + 1) if keys else ():
            with self._linker(comparisons, keys) as linker:
                found = linker.inference.predict_chunk(
                    left_chunk=(piece, pieces), right_chunk=(1, 1), warning_mode="never")
                self._keep(comparisons, found.physical_name, "pairs")
            progress(piece, pieces)

    def compare_these(self, comparisons: Sequence[Compared], *, pairs: str) -> None:
        """Make the table `others` of how the pairs in the table `pairs` (`l`, `r`) compare, whatever they share."""
        make_pairs(self._connection, "others")
        with self._linker(comparisons, ["id"]) as linker:
            asked = self._connection.sql(
                f"select '0' as match_key, l as join_key_l, r as join_key_r from {pairs}")  # nosec B608
            linker.table_management.register_blocked_pairs_for_predict(self._api.register(asked))
            self._keep(comparisons, linker.inference.predict(warning_mode="never").physical_name, "others")

    @contextmanager
    def _linker(self, comparisons: Sequence[Compared], keys: Sequence[str]) -> Iterator[Linker]:
        """Give a linker of its own, and leave nothing of it behind."""
        self._api = DuckDBAPI(self._connection)
        linker = _linker_of(self._api, self._connection.table("keyed"), comparisons, keys, _DUCKDB)
        yield linker
        linker.table_management.delete_tables_created_by_splink_from_db()

    def _keep(self, comparisons: Sequence[Compared], found: str, name: str) -> None:
        self._connection.execute(f"insert into {name} select {', '.join(compared(comparisons))} from {found}")  # nosec B608


def pieces_of(pairs: int, at_once: int = PAIRS_AT_ONCE) -> int:
    """Give into how many pieces the comparing of so many pairs is cut, so that each fits into memory."""
    return max(1, -(-pairs // at_once))


def compared(comparisons: Sequence[Compared]) -> list[str]:
    """Give the SQL of what is kept of each pair that Splink compared."""
    return ["id_l as l", "id_r as r", f"{encoded(comparisons)} as pattern", f"{rarity(comparisons)} as rarity"]


def jar_of_splink() -> str:
    """Give the path of the functions that Spark lacks; a session must start with it."""
    from splink.backends.spark import similarity_jar_location

    return str(similarity_jar_location())


def compared_on_spark(
    session: Any, frame: Any, comparisons: Sequence[Compared], *, keys: Sequence[str], piece: tuple[int, int],
    these: Any = None,
) -> Any:
    """Give Spark's frame of the pairs of one piece, or of the pairs in the frame `these` (`l`, `r`), compared."""
    from splink.backends.spark import SparkAPI

    # Splink else starts each step anew from a file of its own; our pieces are files already.
    api = SparkAPI(spark_session=session, break_lineage_method="persist")
    linker = _linker_of(api, frame, comparisons, keys, _SPARK)
    if these is not None:
        asked = these.selectExpr("'0' as match_key", "l as join_key_l", "r as join_key_r")
        linker.table_management.register_blocked_pairs_for_predict(api.register(asked))
        found = linker.inference.predict(warning_mode="never")
    else:
        found = linker.inference.predict_chunk(left_chunk=piece, right_chunk=(1, 1), warning_mode="never")
    return found.as_spark_dataframe().selectExpr(*compared(comparisons))


def settings(comparisons: Sequence[Compared], keys: Sequence[str], *, words: dict[str, str]) -> SettingsCreator:
    """Give Splink's settings: our levels as its comparisons, our keys as its rules, and nothing that it would train."""
    return SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id",
        comparisons=[_as_splinks(one, words) for one in comparisons],
        blocking_rules_to_generate_predictions=[block_on(key) for key in keys],
        retain_matching_columns=False, retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=[rarity_of(one) for one in comparisons if one.weighs_rarity])


def rarity_of(one: Compared) -> str:
    """Give the name of the column that says how much rarer than usual a record's value is, in bits."""
    return f"rarity_{one.name}"


def encoded(comparisons: Sequence[Compared]) -> str:
    """Give the SQL that makes one whole number of all levels: the place of each, the most agreeing 1, not told 0."""
    place, parts = 1, []
    for one in comparisons:
        parts.append(f"{place} * cast(round(mw_{one.name}) as bigint)")
        place *= len(one.steps) + 1
    return " + ".join(parts)


def rarity(comparisons: Sequence[Compared]) -> str:
    """Give the SQL for how many bits the shared values speak more for one person than usual values would."""
    parts = [f"case when round(mw_{one.name}) = 1 then {rarity_of(one)}_l else 0 end"
             for one in comparisons if one.weighs_rarity]
    return f"cast({' + '.join(parts) or '0'} as float)"


def _as_splinks(one: Compared, words: dict[str, str]) -> CustomComparison:
    nothing = f"{one.name}_l is null or {one.name}_r is null"
    if one.not_told:
        nothing += f" or {one.not_told.format(**words)}"
    not_told = {"sql_condition": nothing, "is_null_level": True}
    # Splink gives the weight of each level, log2(m / u), and not the level. So the weight that it is told is the place.
    steps = [{"sql_condition": step.condition.format(**words) if step.condition else "ELSE",
              "label_for_charts": step.name, "m_probability": 2.0 ** (place - _FLOOR), "u_probability": 2.0 ** -_FLOOR}
             for place, step in enumerate(one.steps, start=1)]
    return CustomComparison(output_column_name=one.name, comparison_levels=[not_told, *steps])


def _linker_of(
    api: Any, frame: Any, comparisons: Sequence[Compared], keys: Sequence[str], words: dict[str, str]
) -> Linker:
    logging.getLogger("splink").setLevel(logging.ERROR)
    return Linker(api.register(frame), settings(comparisons, keys, words=words), log_level=None,
                  validate_settings=False)


def make_pairs(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make an empty table of compared pairs."""
    connection.execute(f"create or replace table {name} (l integer, r integer, pattern bigint, rarity float)")

