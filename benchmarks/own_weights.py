"""Measure weights that a deployment learns from its own records, beside those that it starts with.

The same invented children are linked twice, as the match on write decides, once with the first weights and once with
weights learnt from these very records, without looking at who they are. One deployment hears of children from such
agencies as the first weights expect; the other has all that police and charities wrote, who err more, and a third of
what everybody else did.
"""

import resource
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from time import perf_counter

from benchmarks.installation import Row
from benchmarks.invented_records import Record, ready, records
from benchmarks.linked_invented import answered, counted, on_write
from sightline.domain.linkage.deciding import AS_MEASURED
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.learning import PAIRS_COMPARED, SIDES, Bearer, learn, level_changes, sides
from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model

QUICK, FULL = 20_000, 40_000
SEED, ORDER_SEED = 2, 4
CARELESS = frozenset({"police", "charity"})


def measure(*, full: bool) -> list[Row]:
    """Learn, link by both, and count."""
    told = list(records(FULL if full else QUICK, seed=SEED))
    rows = _measured("as expected", told)
    return rows + _measured("careless", _careless(told))


def _careless(told: Sequence[Record]) -> list[Record]:
    """Take all that police and charities wrote, and a third of what the others did."""
    rng = Random(SEED)
    return [record for record in told if record.kind in CARELESS or rng.random() < 1 / 3]


def _measured(name: str, told: Sequence[Record]) -> list[Row]:
    described = [ready(record) for record in told]
    first = Model.read(first_model())
    bearers = [Bearer(place, (record.agency, record.kind), one)
               for place, (record, one) in enumerate(zip(told, described, strict=True))]
    began = perf_counter()
    learned = learn(bearers, of_records=len(told), first=first, in_use=first, draw=Random(SEED).randrange,
                    made_on=datetime.now(UTC).date())
    rows: list[Row] = [
        (f"{name}: records", len(told), ""), (f"{name}: learning", perf_counter() - began, "s"),
        (f"{name}: memory at most so far", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")]
    rows += [(f"{name}: {one.words}, {side}", now - before, "bits more than by the first")
             for one in level_changes(first, learned.model)[:4]
             for side, (before, now) in (("strangers", one.strangers), ("relatives", one.relatives))]
    pairs = Random(SEED).sample(learned.keyed, min(PAIRS_COMPARED, len(learned.keyed)))
    moved = sides(bearers, pairs, before=first.sized(len(told)), after=learned.model.sized(len(told)),
                  thresholds=AS_MEASURED)
    rows += [(f"{name}: {before} by the first, {after} by own", 100 * moved[before, after] / len(pairs), "% of pairs")
             for before in SIDES for after in SIDES if before != after]
    for weights, model in (("first", first), ("own", learned.model)):
        rows += _linked(f"{name}, {weights} weights", list(told), described, model.sized(len(told)))
    return rows


def _linked(name: str, told: list[Record], described: list[Described], model: Model) -> list[Row]:
    linked = on_write(told, described, model, seed=ORDER_SEED)
    found = counted(told, linked)
    return [(f"{name}: recall", found.recall, "% of pairs"),
            *((f"{name}: {kind} merged", found.merged_of_10_000(kind), "of 10,000 children")
              for kind in ("twins", "siblings", "others")),
            (f"{name}: put to a human", 100 * found.asked / found.records, "% of records"),
            (f"{name}: recall once humans have answered", counted(told, answered(told, linked)).recall, "% of pairs")]
