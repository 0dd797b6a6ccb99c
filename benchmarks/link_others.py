"""What others make of the same files, so that a figure of ours stands beside theirs: plain Splink and recordlinkage.

Splink's models are written from its documentation for these sets, trained as it says there. Of its answers at nine
thresholds the best F1 is taken, which needs the truth and flatters it, and that at one usual threshold; ours is its one
default. recordlinkage stands with its classifier by expectation and conditional maximisation (ECM), which needs no
labels either.
"""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

Pairs = set[tuple[int, int]]
THRESHOLDS = (0.01, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


def splink(frame: Any, *, kind: str) -> Callable[[float], Sequence[tuple[int, int]]]:
    """Train plain Splink on a frame with `unique_id`, and give a function from threshold to (record, cluster)."""
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    comparisons, rules, deterministic, recall, trained_on = _model(frame, kind, block_on)
    api = DuckDBAPI(duckdb.connect(config={"memory_limit": "6GiB", "temp_directory": _spill().name}))
    linker = Linker(api.register(frame), SettingsCreator(
        link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False), log_level=None)
    linker.training.estimate_probability_two_random_records_match(deterministic, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 if kind != "children" else 1e7)
    for rule in trained_on:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS), warning_mode="never")

    def at(threshold: float) -> Sequence[tuple[int, int]]:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold)
        rows: Sequence[tuple[int, int]] = api.duckdb_con.execute(
            f"select unique_id, cluster_id from {found.physical_name}").fetchall()
        return rows

    return at


@cache
def _spill() -> "TemporaryDirectory[str]":
    """Make a folder for what does not fit into memory; it goes with the process, not left in the folder it began in."""
    return TemporaryDirectory(prefix="sightline-benchmark-")


def _model(frame: Any, kind: str, block_on: Any) -> tuple[Any, Any, Any, float, Any]:
    """Give comparisons, rules for predictions, rules that are nearly certain, their recall, and rules to train on."""
    import splink.comparison_library as cl

    born = "dob" if "dob" in frame else "date_of_birth"
    given = "first_name" if "first_name" in frame else "given_name"
    names = [cl.NameComparison(given).configure(term_frequency_adjustments=True),
             cl.NameComparison("surname").configure(term_frequency_adjustments=True),
             cl.DateOfBirthComparison(born, input_is_string=True,
                                      datetime_format="%Y%m%d" if kind == "febrl" else "%Y-%m-%d")]
    by_names = block_on(given, "surname")
    if kind == "fake":
        return ([*names, cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")],
                [block_on(given), block_on("surname"), block_on("dob"), block_on("email")],
                [block_on(given, "dob"), "l.email = r.email"], 0.7, [by_names, block_on("dob")])
    if kind == "febrl":
        number = [cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2])] if "soc_sec_id" in frame else []
        rules = [block_on(given, "surname"), block_on(born), block_on("postcode", "suburb"),
                 block_on("surname", "address_1"), block_on("street_number", "address_1")]
        if number:
            rules.insert(0, block_on("soc_sec_id"))
        return ([*names, *number, cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
                 cl.LevenshteinAtThresholds("address_1", [2]), cl.LevenshteinAtThresholds("suburb", [2]),
                 cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True)],
                rules, [block_on(given, "surname", born)], 0.6, [by_names, block_on(born), block_on("postcode")])
    return ([*names, cl.ExactMatch("sex"), cl.PostcodeComparison("postcode")],
            [block_on(born, "surname"), block_on(born, given), by_names, block_on(born, "postcode"),
             block_on("postcode", given), block_on("postcode", "surname")],
            [block_on(given, "surname", born)], 0.7, [by_names, block_on(born, "postcode")])


def recordlinkage_pairs(frame: Any, *, kind: str) -> Pairs:
    """Give the pairs (of `unique_id`) that recordlinkage's ECM classifier takes for one person."""
    import recordlinkage

    held = frame.set_index("unique_id")
    strings, exact, blocks = _features(held, kind)
    indexer = recordlinkage.Index()
    for block in blocks:
        indexer.block(block)
    compared = recordlinkage.Compare()
    for column in strings:
        compared.string(column, column, method="jarowinkler", threshold=0.88, label=column)
    for column in exact:
        compared.exact(column, column, label=column)
    candidates = indexer.index(held)
    features = compared.compute(candidates, held)
    chosen = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
    return {(min(a, b), max(a, b)) for a, b in chosen.tolist()}


def _features(frame: Any, kind: str) -> tuple[list[str], list[str], list[Any]]:
    if kind == "fake":
        return ["first_name", "surname", "email", "dob"], ["city"], ["first_name", "surname", "dob", "email"]
    if kind == "febrl":
        number = ["soc_sec_id"] if "soc_sec_id" in frame else []
        return (["given_name", "surname", "address_1", "suburb", "date_of_birth", "postcode", *number],
                ["street_number"],
                [["given_name", "surname"], "date_of_birth", "postcode", ["street_number", "address_1"], *number])
    return (["first_name", "surname", "date_of_birth"], ["sex", "postcode"],
            [["first_name", "surname"], "date_of_birth", ["postcode", "first_name"]])
