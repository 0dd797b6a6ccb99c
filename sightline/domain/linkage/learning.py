"""Learn weights from a deployment's own records, and say what they would do otherwise than those in use.

What cannot be learnt is refused by its name or stays as it is in use, and is said: numbers, because nothing tells how
often one is another child's, and whatever no two records tell. Where only some of the records are looked at, pairs are
rarer among them than among all by just that share, and what is counted for each record is put right by it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sightline.domain.linkage.comparing import LEVELS, NAMES, TITLES, compare, level_words
from sightline.domain.linkage.deciding import Candidate, Thresholds
from sightline.domain.linkage.deciding import Pair as DecidedPair
from sightline.domain.linkage.described import IDENTIFIERS, Described
from sightline.domain.linkage.estimating import Estimate, Untrained
from sightline.domain.linkage.frequencies import shares_of_values
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.pairs import Pair, at_one_home, by_keys, pairs_to_train_on
from sightline.domain.linkage.training import Pairs, train
from sightline.domain.linkage.vetoes import vetoes
from sightline.domain.linkage.weighing import Weighed, bits_of, weigh

FEWEST_RECORDS = 1_000
FEWEST_PAIRS = 1_000
"""Pairs of one child, and of relatives, that must be among the records: a level that one in 200 shows is seen five
times then. Our own choice."""
STRANGERS = 500_000
"""So many pairs are drawn by chance, nearly all of strangers."""
FIRST_COUNTS_FOR = 1_000
"""The first model counts for so many pairs of one child and of relatives: where records are few it still speaks, and
what is hardly ever seen in a pair of one child is not taken for impossible."""
FIRST_ROUNDS, MOST_ROUNDS = 1_000, 64_000
SETTLED_BITS = 0.05
PAIRS_COMPARED = 50_000
"""So many pairs that keys find are weighed by both models to say what would change."""
JOINED, ASKED, APART = "joined", "asked", "apart"
SIDES = (JOINED, ASKED, APART)

Told = Callable[[int, int], None]


class NotLearned(ValueError):
    """The records do not tell what the weights need; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Hold a record to learn from: whose it is now, which list of an agency it stands in, and what was told.

    `listed` is None where a list may hold one child under several keys.
    """

    person: object
    listed: object | None
    described: Described


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold the model, which comparisons stayed as they were and why, and the pairs that keys found."""

    model: Model
    stayed: tuple[tuple[str, str], ...]
    keyed: Sequence[Pair]


def learn(
    bearers: Sequence[Bearer], *, of_records: int, first: Model, in_use: Model, draw: Callable[[int], int],
    made_on: date, strangers: int = STRANGERS, told: Told = lambda done, of: None,
) -> Learned:
    """Learn weights from records, `of_records` of which there are in all; the same for the same `draw`.

    The estimate starts where the first model ended, so that training again and again does not drift. Raises NotLearned.
    """
    if len(bearers) < FEWEST_RECORDS:
        raise NotLearned(f"There are {len(bearers):,} records to learn from, and {FEWEST_RECORDS:,} are the fewest. "
                         "Nothing was kept.")
    described = [one.described for one in bearers]
    keyed = by_keys(described)
    pairs = pairs_to_train_on(described, found=keyed | at_one_home(described), draw=draw, sampled=strangers, told=told)
    stayed = _stayed(pairs)
    frequencies, rarest = shares_of_values(((one.person, one.described) for one in bearers), homes=True)
    model = _trained(pairs, first=first, in_use=in_use, stayed=frozenset(name for name, _ in stayed), made_on=made_on,
                     of_records=of_records)
    model = replace(model, frequencies=frequencies, rarest={**in_use.rarest, **rarest})
    if faults := unsound(model):
        raise NotLearned("The weights that came out cannot be trusted, and nothing was kept: " + "; ".join(faults)
                         + ". The records may tell too little, or one thing in place of another.")
    return Learned(model, stayed, sorted(keyed))


def _trained(
    pairs: Pairs, *, first: Model, in_use: Model, stayed: frozenset[str], made_on: date, of_records: int
) -> Model:
    share = (pairs.records - 1) / max(of_records - 1, 1)
    names = ", ".join(TITLES[name] for name in NAMES if name in stayed)

    def after(rounds: int) -> tuple[Model, Estimate]:
        return train(
            pairs, start={name: (in_use if name in stayed else first).chances[name] for name in NAMES},
            assumed=stayed, shares=(first.same_per_record * share / pairs.records,
                                    first.relative_per_record * share / pairs.records),
            number_of_another=in_use.number_of_another, frequencies={}, rarest={}, made_on=made_on,
            trained_on=f"{pairs.records} of {of_records} records of this deployment; not trained: {names}",
            most_rounds=rounds, start_counts_for=FIRST_COUNTS_FOR, sample_strangers=True)

    try:
        model = _settled(after)
    except Untrained as untrained:
        missing = "; ".join(f"“{level_words(name, _level(name, level))}”" for name, level in untrained.levels)
        raise NotLearned(
            f"No pair of the {pairs.records:,} records shows {missing}. What none shows cannot be weighed, so nothing"
            " was kept. Train again when there are more records.") from None
    _require_pairs(model, pairs.records)
    return replace(model, records=of_records, same_per_record=round(model.same_per_record / share, 4),
                   relative_per_record=model.relative_per_record / share)


def _settled(after: Callable[[int], tuple[Model, Estimate]]) -> Model:
    """Give the model when twice as many rounds change no weight by as much as anybody would see.

    The likelihood goes on rising long after, while strangers of one kind are taken for strangers of another.
    """
    rounds = FIRST_ROUNDS
    model, found = after(rounds)
    while not found.settled:
        if rounds >= MOST_ROUNDS:
            raise NotLearned(f"The estimate did not settle after {rounds:,} rounds. Nothing was kept.")
        before, rounds = model, 2 * rounds
        model, found = after(rounds)
        if max(one.size for one in level_changes(before, model)) < SETTLED_BITS:
            return model
    return model


def _require_pairs(model: Model, records: int) -> None:
    """Refuse weights that a handful of pairs tell."""
    for each, words in ((model.same_per_record, "one child"), (model.relative_per_record, "relatives")):
        pairs = round(each * records / 2)
        if pairs < FEWEST_PAIRS:
            raise NotLearned(f"Among {records:,} records there are about {pairs:,} pairs of {words}, and"
                             f" {FEWEST_PAIRS:,} are the fewest to learn from. Nothing was kept. Train again when more"
                             " agencies have told more.")


def _level(name: str, level: str) -> StrEnum:
    return next(one for one in LEVELS[name] if one.name == level)


def _stayed(pairs: Pairs) -> tuple[tuple[str, str], ...]:
    """Name the comparisons that are not learnt, each with the reason."""
    told = {place for levels in (*pairs.found, *pairs.sampled) for place, level in enumerate(levels) if level >= 0}
    return tuple((name, "nothing tells how often a valid number is another child’s" if name in IDENTIFIERS
                  else "no two records tell it") for place, name in enumerate(NAMES)
                 if name in IDENTIFIERS or place not in told)


AMARA = Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 3, 14),), sex="F", homes=("M1 1AE",))
TWIN = replace(AMARA, givens=("Adaeze",))
SISTER = replace(TWIN, born=(date(2012, 8, 2),))
"""Invented children, by whom any weights are tried."""


def unsound(model: Model) -> list[str]:
    """Say in words what weights get wrong that any must get right: a child, a twin, a sister, and two classes apart."""
    thresholds, faults = Thresholds(), []
    if weigh(model, AMARA, AMARA).bits < thresholds.join:
        faults.append("two records with the same names, birthday and home would not be joined")
    for other, words in ((TWIN, "a twin"), (SISTER, "a sister")):
        if weigh(model, AMARA, other).bits >= thresholds.join:
            faults.append(f"{words} with another first name would be joined by weight")
    if model.against_relatives["first_name"][0] <= model.against_relatives["surname"][0]:
        faults.append("a surname would tell a child from a brother or sister better than a first name does")
    return faults


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Hold what a level weighs by both models, in bits against strangers and against relatives."""

    comparison: str
    words: str
    strangers: tuple[float, float]
    relatives: tuple[float, float]

    @property
    def size(self) -> float:
        """Give the larger change of the two."""
        return max(abs(self.strangers[1] - self.strangers[0]), abs(self.relatives[1] - self.relatives[0]))


def level_changes(before: Model, after: Model) -> list[LevelChange]:
    """List what each level weighs by both models at one size, the largest change first."""
    before = before.sized(after.records)
    after = after.sized(after.records)
    changes = [
        LevelChange(name, level_words(name, level),
                    (before.against_strangers[name][place], after.against_strangers[name][place]),
                    (before.against_relatives[name][place], after.against_relatives[name][place]))
        for name in NAMES for place, level in enumerate(LEVELS[name])]
    return sorted(changes, key=lambda one: -one.size)


def sides(
    bearers: Sequence[Bearer], pairs: Iterable[Pair], *, before: Model, after: Model, thresholds: Thresholds
) -> Counter[tuple[str, str]]:
    """Count on which side of joining and asking pairs stand by both models: (before, after), each one of SIDES."""
    counted: Counter[tuple[str, str]] = Counter()
    for one, other in pairs:
        left, right = bearers[one], bearers[other]
        compared = compare(left.described, right.described)
        against = vetoes(left.described, right.described, compared,
                         two_of_one_list=left.listed is not None and left.listed == right.listed)
        candidate = Candidate("", "", 0, right.described, same_list=False)
        was, is_now = (
            _side(DecidedPair(candidate, Weighed(bits_of(model, compared), compared, model), against), thresholds)
            for model in (before, after))
        counted[was, is_now] += 1
    return counted


def _side(pair: DecidedPair, thresholds: Thresholds) -> str:
    return JOINED if pair.joins(thresholds) else ASKED if pair.asks(thresholds) else APART
