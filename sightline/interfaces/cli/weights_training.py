"""Train weights for `sightline weights train`: read records, learn, compare with the weights in use, keep."""

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any

from sightline.apps.people.choosing import keep_weights
from sightline.apps.people.sampling import Sampled, sampled_records
from sightline.apps.people.weights import FIRST, InUse, in_use, model_of
from sightline.domain.linkage.comparing import TITLES
from sightline.domain.linkage.learning import PAIRS_COMPARED, SIDES, Learned, learn, level_changes, sides
from sightline.interfaces.cli.bar import bar

SEED = 1
"""The pairs of strangers are drawn alike each time, so that the same records give the same weights."""
CHANGES_SHOWN = 8
LEAST_SHOWN_BITS = 0.05


def trained(*, most: int, strangers: int) -> dict[str, Any]:
    """Train, keep what came out, and give what is told of it. Raises NotLearned, and has kept nothing then.

    At most so many records are looked at, and so many pairs of strangers.
    """
    from sightline.apps.access.acting import at_task

    with bar("Reading records") as shown:
        sampled = sampled_records(most=most, told=shown)
    with at_task("train weights"):
        used, first = in_use(), model_of(FIRST)
    now = datetime.now(UTC)
    with bar("Comparing pairs") as shown:
        learned = learn(sampled.bearers, of_records=sampled.of_records, first=first, in_use=used.model,
                        draw=Random(SEED).randrange,  # nosec B311: a sample, no secret
                        made_on=now.date(), strangers=strangers, told=shown)
    document = _document(sampled, learned, used)
    with at_task("train weights"):
        document["new"] = keep_weights(learned.model, trained_on=len(sampled.bearers), at=now)
    return document


def _document(sampled: Sampled, learned: Learned, used: InUse) -> dict[str, Any]:
    rng = Random(SEED)  # nosec B311: a sample, no secret
    pairs = learned.keyed if len(learned.keyed) <= PAIRS_COMPARED else rng.sample(learned.keyed, PAIRS_COMPARED)
    size = max(used.model.records, learned.model.records)
    counted = sides(sampled.bearers, pairs, before=used.model, after=learned.model.sized(size),
                    thresholds=used.thresholds)
    changes = [one for one in level_changes(used.model, learned.model) if one.size >= LEAST_SHOWN_BITS]
    return {
        "digest": learned.model.digest, "records": len(sampled.bearers), "of_records": sampled.of_records,
        "same_per_record": learned.model.same_per_record,
        "relative_per_record": round(learned.model.relative_per_record, 4),
        "stayed": [{"comparison": name, "because": because} for name, because in learned.stayed],
        "compared_with": used.digest,
        "changes": [{"comparison": one.comparison, "words": one.words,
                     "against_strangers": [round(bits, 2) for bits in one.strangers],
                     "against_relatives": [round(bits, 2) for bits in one.relatives]}
                    for one in changes[:CHANGES_SHOWN]],
        "pairs": len(pairs), "of_pairs": len(learned.keyed),
        "sides": [{"before": before, "after": after, "pairs": counted[before, after]}
                  for before in SIDES for after in SIDES if before != after],
    }


def words_of(document: Mapping[str, Any]) -> list[str]:
    """Say what was trained, and what it would do."""
    kept = "Kept, not in use" if document["new"] else "The same weights were kept already"
    lines = [(f"{kept}: {document['digest']}, learnt from {document['records']:,} of {document['of_records']:,}"
              " records."),
             (f"Each record has {document['same_per_record']:.2f} others of its child and"
              f" {document['relative_per_record']:.2f} of relatives.")]
    for because in dict.fromkeys(one["because"] for one in document["stayed"]):
        names = ", ".join(TITLES[one["comparison"]] for one in document["stayed"] if one["because"] == because)
        lines.append(f"Not learnt, and weighed as before: {names}: {because}.")
    lines += ["", "What weighs otherwise than now, the largest change first (bits against strangers; relatives):"]
    lines += [("  {words}: {0:.1f} to {1:.1f}; {2:.1f} to {3:.1f}".format(
        *one["against_strangers"], *one["against_relatives"], words=one["words"])) for one in document["changes"]]
    moved = [one for one in document["sides"] if one["pairs"]]
    lines += ["", (f"Of {document['pairs']:,} of {document['of_pairs']:,} pairs that share a key,"
                   f" {sum(one['pairs'] for one in moved):,} would be decided otherwise:")]
    lines += [f"  {one['before']} now, {one['after']} by these: {one['pairs']:,}" for one in moved]
    return [*lines, "", f"To use them: sightline weights use {document['digest']} --as EMAIL --reason \"…\""]
