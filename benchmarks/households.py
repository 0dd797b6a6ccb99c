"""Weigh two noisy copies of a census whose households nobody here invented: two classes against three.

Usage: python -m benchmarks.households FIRST.csv SECOND.csv

The two files are the decennial census of pseudopeople (PyPI, BSD-3), written twice with different seeds:
`pseudopeople.generate_decennial_census(seed=1).to_csv("FIRST.csv", index=False)`, and the second with seed 2. They are
not in the project and it is no dependency, so this benchmark is not run with the others. Weights are trained on the
files themselves, without looking at who is who.
"""

import csv
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from benchmarks.installation import Row
from sightline.domain.linkage.comparing import LEVELS, NAMES, Compared, compare
from sightline.domain.linkage.deciding import JOIN
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.frequencies import shares_of_values
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.pairs import Pair, at_one_home, by_keys, pairs_to_train_on
from sightline.domain.linkage.training import NAMED, Pairs, train
from sightline.domain.linkage.weighing import bits_of
from sightline.reference.linkage import first_model

CHILDREN_BORN_FROM = 2002
"""The census is of 2020."""
FEWEST_COUNTED = 5
SAMPLED = 400_000
SEED = 1
ASSUMED = frozenset(("nhs", "upn", "pnc", "cro", "school", "carer", "phone"))
RARELY = 0.001
"""Weight of one pair with names in each other's place: the census has none, and what nothing shows is refused."""

Line = Mapping[str, str]


def main(files: Sequence[str]) -> int:
    """Read, weigh with and without birthdays, and print; gives the exit status."""
    first, second = (_read(Path(file)) for file in files)
    for with_births in (True, False):
        print("with birthdays" if with_births else "without birthdays")
        for what, value, unit in measured(first, second, with_births=with_births):
            print(f"  {what:45} {value:10.2f} {unit}")
    return 0


def _read(file: Path) -> list[Line]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]


def measured(first: Sequence[Line], second: Sequence[Line], *, with_births: bool) -> list[Row]:
    """Weigh the children of both copies against each other."""
    children = {line["simulant_id"] for line in first if _child(line)}
    children &= {line["simulant_id"] for line in second if _child(line)}
    lines = [(copy, line) for copy, census in enumerate((first, second)) for line in census
             if line["simulant_id"] in children]
    ready = [_ready(line, with_births=with_births) for _, line in lines]
    found = by_keys(ready) | at_one_home(ready)
    pairs = pairs_to_train_on(ready, found=found, draw=Random(SEED).randrange, sampled=SAMPLED)
    crossed = tuple([level.name for level in LEVELS[name]].index("SWAPPED") if name in NAMED else -1
                    for name in NAMES)
    pairs = Pairs({crossed: RARELY, **pairs.found}, pairs.sampled, pairs.records)
    compared = {(one, other): compare(ready[one], ready[other]) for one, other in found
                if lines[one][0] != lines[other][0]}
    same = {pair for pair in compared if lines[pair[0]][1]["simulant_id"] == lines[pair[1]][1]["simulant_id"]}
    rows: list[Row] = [("children", len(children), ""), ("found by keys or home", len(same), "pairs")]
    for name, relatives in (("two classes", False), ("three classes", True)):
        model = _model(pairs, ready, relatives=relatives, with_births=with_births)
        rows += [(f"{name}: {what}", value, unit) for what, value, unit in
                 _counts(model, compared, same, [line for _, line in lines], len(children))]
    return rows


def _counts(
    model: Model, compared: Mapping[Pair, Compared], same: set[Pair], lines: Sequence[Line], children: int
) -> list[Row]:
    weighed = sorted(((bits_of(model, found), pair) for pair, found in compared.items()), reverse=True)
    right, best = 0, 0.0
    for taken, (_, pair) in enumerate(weighed, start=1):
        right += pair in same
        best = max(best, 2 * right / (taken + children))
    joined = [pair for bits, pair in weighed if bits >= JOIN]
    wrong = [pair for pair in joined if pair not in same]
    within = sum(lines[one]["household_id"] == lines[other]["household_id"] for one, other in wrong)
    return [("best F1", 100 * best, "%"), ("recall at ten bits", 100 * (len(joined) - len(wrong)) / children, "%"),
            ("wrong at ten bits", len(wrong), "pairs"), ("of them within one household", within, "pairs")]


def _model(pairs: Pairs, ready: Sequence[Described], *, relatives: bool, with_births: bool) -> Model:
    start = Model.read(first_model())
    shares, rarest = shares_of_values(enumerate(ready), homes=False, counted_from=FEWEST_COUNTED)
    found, _ = train(
        pairs, start=start.chances, assumed=ASSUMED if with_births else ASSUMED | {"birth"},
        shares=(1 / len(ready), 2 / len(ready) if relatives else 0.0), strange_per_record=float(relatives),
        number_of_another=start.number_of_another, frequencies=shares,
        rarest=rarest, made_on=datetime.now(UTC).date(), trained_on="a census")
    return found.sized(len(ready))


def _child(line: Line) -> bool:
    born = _day(line["date_of_birth"])
    if born is not None:
        return born.year >= CHILDREN_BORN_FROM
    return line["age"].replace(".", "", 1).isdigit() and float(line["age"]) < 18


def _ready(line: Line, *, with_births: bool) -> Described:
    home = " ".join(filter(None, (line["street_name"].lower(), line["street_number"], line["unit_number"])))
    born = _day(line["date_of_birth"]) if with_births else None
    return Described(
        givens=(line["first_name"],) if line["first_name"] else (), born=(born,) if born else (),
        families=(line["last_name"],) if line["last_name"] else (),
        sex={"Female": "F", "Male": "M"}.get(line["sex"]), homes=(home,) if home else ())


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
