"""Measure the linkage of invented children whose truth is known: how much is found, and who is taken for another.

Two classes against three, with and without vetoes and whole persons; then, as the software does it, by agencies, by
community and by naming tradition. A community more than two points under the whole is called a defect. The weights are
those that the software comes with, trained on other invented children (scripts/make-first-model); those of two classes
are trained beside them.
"""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from benchmarks.installation import Row
from benchmarks.invented_records import Record, records
from benchmarks.invented_records import ready as made_ready
from benchmarks.linked_invented import (
    Counted,
    Linked,
    answered,
    by_pairs,
    counted,
    found_by,
    on_write,
    pairs_of,
    recall_by,
    recall_by_agencies,
)
from sightline.domain.linkage.comparing import compare
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.pairs import at_one_home, by_keys, pairs_to_train_on
from sightline.domain.linkage.training import train
from sightline.reference.linkage import first_model

QUICK, FULL = 20_000, 100_000
TRAINED_ON = 10_000
"""Children on whom the weights of two classes are trained: enough, for they are only there to be compared with."""
SEED, OTHER_SEED, ORDER_SEED = 2, 3, 4
GAP = 2.0
"""Points of recall under the whole from which a community is called a defect."""
FEWEST_PAIRS = 200
"""Pairs under which a group's recall is too unsure to be called anything: two points are one standard error."""


def measure(*, full: bool) -> list[Row]:
    """Invent, link in every way, and count."""
    told = list(records(FULL if full else QUICK, seed=SEED))
    ready = [made_ready(record) for record in told]
    model = Model.read(first_model()).sized(len(told))
    keyed = by_keys(ready)
    compared = {(one, other): compare(ready[one], ready[other]) for one, other in sorted(keyed)}
    rows: list[Row] = [("children", len({record.child.number for record in told}), ""), ("records", len(told), ""),
                       ("pairs of one child", len(pairs_of(told)), ""), ("pairs that keys find", len(keyed), ""),
                       ("recall of the keys", found_by(pairs_of(told), keyed), "% of pairs")]
    for name, used in (("two classes", _two_classes(model).sized(len(told))), ("three classes", model)):
        for vetoed in (False, True):
            linked = by_pairs(told, ready, compared, used, with_vetoes=vetoed)
            rows += _counts(f"{name}, {'vetoes' if vetoed else 'no vetoes'}, pair by pair", counted(told, linked))
        linked = on_write(told, ready, used, seed=ORDER_SEED)
        rows += _counts(f"{name}, vetoes, whole persons", counted(told, linked))
        rows.append((f"{name}, vetoes, whole persons: recall once humans have answered",
                     counted(told, answered(told, linked)).recall, "% of pairs"))
    return rows + _apart(told, linked)


def _two_classes(model: Model) -> Model:
    """Train weights that know no relatives, from the same start."""
    ready: list[Described] = [made_ready(record) for record in records(TRAINED_ON, seed=OTHER_SEED)]
    trained, _ = train(
        pairs_to_train_on(ready, found=by_keys(ready) | at_one_home(ready), draw=Random(OTHER_SEED).randrange),
        start=model.chances,
        assumed=frozenset(("nhs", "upn", "pnc", "cro", "school", "carer", "phone")), shares=(1.5 / len(ready), 0.0),
        strange_per_record=0.0, number_of_another=model.number_of_another, frequencies=model.frequencies,
        rarest=model.rarest, made_on=model.made_on, trained_on="two classes, to compare with")
    return replace(trained, records=model.records)


def _counts(what: str, found: Counted) -> list[Row]:
    rows: list[Row] = [(f"{what}: recall", found.recall, "% of pairs")]
    rows += [(f"{what}: {kind} merged", found.merged_of_10_000(kind), "of 10,000 children")
             for kind in ("twins", "siblings", "others")]
    if found.asked:
        rows.append((f"{what}: put to a human", 100 * found.asked / found.records, "% of records"))
    return rows


def _apart(told: list[Record], linked: Linked) -> list[Row]:
    """Give the recall by agencies, community and tradition, as the software links; gaps are named."""
    community = {place: record.child.family.community for place, record in enumerate(told)}
    tradition = {place: record.child.tradition for place, record in enumerate(told)}
    whole = counted(told, linked).recall
    rows: list[Row] = []
    for kind, groups in (("agencies", recall_by_agencies(told, linked)),
                         ("community", recall_by(told, linked, community)),
                         ("naming tradition", recall_by(told, linked, tradition))):
        rows += [(f"{kind} {name}: recall", 100 * joined / pairs, f"% of {pairs:,} pairs")
                 for name, (pairs, joined) in groups.items()]
        if kind != "agencies":
            rows += _defects(kind, groups, whole)
    return rows


def _defects(kind: str, groups: Mapping[str, tuple[int, int]], whole: float) -> list[Row]:
    return [(f"DEFECT: {kind} {name} under the whole", whole - 100 * joined / pairs, "points")
            for name, (pairs, joined) in groups.items()
            if pairs >= FEWEST_PAIRS and whole - 100 * joined / pairs > GAP]
