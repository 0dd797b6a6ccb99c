"""Measure asking by encodings instead of names, over invented children: how many known ones are found, and who else.

One county holds the records of half of the children and of half of the children whom the other county asks about. The
asking record is one that the first county has not: of an agency on the other side of the border.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

from benchmarks.installation import Row
from benchmarks.invented_records import Record, ready, records
from sightline.domain.linkage.encoding import COMBINATIONS, encodings

QUICK, FULL = 30_000, 100_000
SEED = 5
SECRET = bytes(range(32))
"""Of no worth: the records are invented."""


def measure(*, full: bool) -> list[Row]:
    """Encode what one county holds, ask about children, and count by combination what is found."""
    told = list(records(FULL if full else QUICK, seed=SEED))
    held, asked = _divided(told, Random(SEED))
    owners: defaultdict[tuple[str, bytes], set[int]] = defaultdict(set)
    for record in held:
        for combination, values in encodings(ready(record), secret=SECRET).items():
            for value in values:
                owners[combination, value].add(record.child.number)
    known = {record.child.number: record.child for record in held}
    counts: Counter[tuple[str, str]] = Counter()
    for record in asked:
        found = {combination: set().union(*(owners.get((combination, value), set()) for value in values))
                 for combination, values in encodings(ready(record), secret=SECRET).items()}
        found["any of them"] = set().union(*found.values()) if found else set()
        found["two of them"] = _in_two(found)
        for combination, children in found.items():
            counts[combination, "right"] += record.child.number in children
            others = [known[child] for child in children if child != record.child.number]
            counts[combination, "relative"] += any(other.family is record.child.family for other in others)
            counts[combination, "stranger"] += any(other.family is not record.child.family for other in others)
    of_known = sum(record.child.number in known for record in asked)
    rows: list[Row] = [("records held", len(held), ""), ("questions", len(asked), ""),
                       ("questions about a known child", of_known, "")]
    for combination in (*COMBINATIONS, "any of them", "two of them"):
        rows += [(f"{combination}: finds", 100 * counts[combination, "right"] / of_known, "% of the known"),
                 (f"{combination}: names a relative", 100 * counts[combination, "relative"] / len(asked),
                  "% of questions"),
                 (f"{combination}: names a stranger", 100 * counts[combination, "stranger"] / len(asked),
                  "% of questions")]
    return rows


def _in_two(found: dict[str, set[int]]) -> set[int]:
    """Give the children whom two combinations find, or a number alone."""
    times = Counter(child for name in COMBINATIONS for child in found.get(name, ()))
    return {child for child, count in times.items() if count > 1} | found.get("number", set())


def _divided(told: Sequence[Record], rng: Random) -> tuple[list[Record], list[Record]]:
    """Divide records: each child's last one may be what is asked with; the others are held, of half of the children."""
    of_child: defaultdict[int, list[Record]] = defaultdict(list)
    for record in told:
        of_child[record.child.number].append(record)
    held: list[Record] = []
    asked: list[Record] = []
    for records_of in of_child.values():
        *earlier, last = records_of
        if rng.random() < 0.5:
            held += earlier
        if earlier and rng.random() < 0.5:
            asked.append(last)
    return held, asked
