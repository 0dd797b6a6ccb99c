"""An estimate of extent in plain values, as it is handed to others: in JSON, and to be kept."""

from collections.abc import Mapping
from dataclasses import asdict

from sightline.domain.insight.estimating import Extent
from sightline.domain.insight.methods import MethodAnswer


def as_record(extent: Extent) -> dict[str, object]:
    """Give an estimate as it is handed to others: the contract's keys, and what else was found, in plain values."""
    return {
        "observed": round(extent.table.observed),
        "lists": len(extent.table.lists),
        "estimates": [_record(answer) for answer in extent.estimates],
        "range": None if extent.range is None else list(extent.range),
        "warnings": list(extent.warnings),
        "refused": [{"code": reason.code, "why": reason.why} for reason in extent.refused],
        "cut_at_population": extent.cut,
        "corrected": None if extent.linkage is None else {
            "missed_links": extent.linkage.missed, "false_links": extent.linkage.false,
            "limits": [{"missed_links": one.missed, "false_links": one.false} for one in extent.linkage_limits],
            "estimates": [_record(answer) for answer in extent.corrected],
            "range": None if extent.range is None else list(extent.range),
            "range_without_correction": None if extent.uncorrected is None else list(extent.uncorrected)},
        "diagnostics": _diagnostics(extent),
    }


def _record(answer: MethodAnswer) -> Mapping[str, object]:
    return {
        "method": answer.method, "estimate": answer.estimate, "lower": answer.lower, "upper": answer.upper,
        "refused": answer.refused, "says": list(answer.says), "terms": list(answer.terms),
        "conditional": None if answer.conditional is None else list(answer.conditional),
        "replicates": answer.replicates, "noise": None if answer.noise is None else list(answer.noise),
    }


def _diagnostics(extent: Extent) -> Mapping[str, object]:
    found = extent.diagnosis
    return {
        "lists": [asdict(one) for one in found.lists], "overlaps": [asdict(one) for one in found.overlaps],
        "on_two_lists_or_more": found.shared, "on_one_list_only": found.alone,
        "models": [asdict(one) for one in found.models], "models_tried": found.tried, "models_failed": found.failed,
        "all_models": [[one.estimate, one.weight, one.picture] for one in found.points],
        "weight_on_unequal_visibility": found.shaped,
        "without_one_list": [asdict(one) for one in found.without_one],
        "each_list_as_truth": [asdict(one) for one in found.consistency],
        "replicates": extent.replicates, "seed": extent.seed,
    }
