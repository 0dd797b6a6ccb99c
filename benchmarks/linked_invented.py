"""Link invented records in memory as match on write does, or pair by pair, and count what came out right and wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from random import Random

from benchmarks.invented_children import Child
from benchmarks.invented_records import Record
from sightline.domain.linkage.comparing import Compared
from sightline.domain.linkage.deciding import JOIN, Candidate, decide
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import Probe, probes, stored_keys
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.pairs import Pair
from sightline.domain.linkage.vetoes import vetoes
from sightline.domain.linkage.weighing import bits_of


@dataclass(slots=True)
class Linked:
    """Hold which person each record came to, by the record's place, and about which pairs a human is asked."""

    person_of: list[int]
    asked: set[Pair] = field(default_factory=set)


def by_pairs(
    told: Sequence[Record], ready: Sequence[Described], compared: Mapping[Pair, Compared], model: Model, *,
    with_vetoes: bool,
) -> Linked:
    """Join every pair that weighs enough, and whatever they join between them; nobody is asked."""
    def joins(pair: Pair, found: Compared) -> bool:
        if bits_of(model, found) < JOIN:
            return False
        one, other = pair
        listed = _listed(told[one], told[other])
        return not (with_vetoes and vetoes(ready[one], ready[other], found, two_of_one_list=listed))

    return Linked(_joined(range(len(told)), [pair for pair, found in compared.items() if joins(pair, found)]))


def _joined(person_of: Sequence[int], pairs: Iterable[Pair]) -> list[int]:
    """Give the person of each record when the persons of these pairs of records are joined."""
    leads = {person: person for person in person_of}

    def leader(person: int) -> int:
        while leads[person] != person:
            leads[person] = leads[leads[person]]
            person = leads[person]
        return person

    for one, other in pairs:
        leads[leader(person_of[one])] = leader(person_of[other])
    return [leader(person) for person in person_of]


def answered(told: Sequence[Record], linked: Linked) -> Linked:
    """Join what humans who know the truth would join of that about which they are asked."""
    return Linked(_joined(linked.person_of, (
        (one, other) for one, other in linked.asked if told[one].child is told[other].child)))


def on_write(told: Sequence[Record], ready: Sequence[Described], model: Model, *, seed: int) -> Linked:
    """Let the records arrive in some order, and decide on each as the write of it does."""
    linked = Linked([-1] * len(told))
    stored: defaultdict[int, list[int]] = defaultdict(list)
    records_of: defaultdict[int, list[int]] = defaultdict(list)
    order = list(range(len(told)))
    Random(seed).shuffle(order)
    for age, place in enumerate(order):
        persons = _near(probes(ready[place]), stored, linked.person_of)
        candidates = [
            Candidate(str(other), str(person), person, ready[other], _listed(told[place], told[other]))
            for person in persons for other in records_of[person]]
        choice = decide(model, ready[place], candidates)
        person = age if choice.person is None else int(choice.person)
        linked.person_of[place] = person
        records_of[person].append(place)
        linked.asked.update((place, int(doubt.identity)) for doubt in choice.doubts)
        for key in stored_keys(ready[place]):
            stored[key].append(place)
    return linked


def _near(
    asked: Iterable[Probe], stored: Mapping[int, Sequence[int]], person_of: Sequence[int]
) -> set[int]:
    """Give the persons near a record as the database does: of a key that many share, those who share a second one."""
    times: Counter[int] = Counter()
    near: set[int] = set()
    for probe in asked:
        there = set.intersection(*({*stored.get(key, ())} for key in probe.keys))
        persons = {person_of[other] for other in there}
        times.update(persons)
        if len(persons) <= probe.few:
            near |= persons
    return near | {person for person, shared in times.items() if shared > 1}


def _listed(one: Record, other: Record) -> bool:
    """Tell whether one list holds both under keys of its own; police records have a key each and speak for nothing."""
    return one.agency == other.agency and one.kind != "police"


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold what came out: pairs of one child, those that one person holds, and children merged with others."""

    pairs: int
    joined: int
    merged: Counter[str]
    children: int
    records: int
    asked: int

    @property
    def recall(self) -> float:
        """Give the percentage of pairs of one child that are in one person."""
        return 100 * self.joined / self.pairs

    def merged_of_10_000(self, kind: str) -> float:
        """Give how many of 10,000 children have another's record in their person: a twin's, sibling's or other's."""
        return 10_000 * self.merged[kind] / self.children


def counted(told: Sequence[Record], linked: Linked) -> Counted:
    """Count pairs and wrong merges; a person that holds records of n children counts n - 1 times."""
    pairs = pairs_of(told)
    joined = sum(linked.person_of[one] == linked.person_of[other] for one, other in pairs)
    held: defaultdict[int, dict[int, Child]] = defaultdict(dict)
    for place, person in enumerate(linked.person_of):
        held[person][told[place].child.number] = told[place].child
    merged = Counter(relation(first, other) for children in held.values()
                     for first, *others in [sorted(children.values(), key=lambda child: child.number)]
                     for other in others)
    return Counted(len(pairs), joined, merged, len({record.child.number for record in told}), len(told),
                   len({one for one, _ in linked.asked}))


def pairs_of(told: Sequence[Record]) -> list[Pair]:
    """Give all pairs of records of one child; the records of a child stand together."""
    numbered = groupby(range(len(told)), key=lambda place: told[place].child.number)
    return [pair for _, places in numbered for pair in combinations(places, 2)]


def relation(one: Child, other: Child) -> str:
    """Say what two children are to each other."""
    if one.family is not other.family:
        return "others"
    return "twins" if one.born_on == other.born_on else "siblings"


def recall_by(told: Sequence[Record], linked: Linked, group: Mapping[int, str]) -> dict[str, tuple[int, int]]:
    """Count pairs of one child, and those that one person holds, by what `group` calls the pair's first record."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for one, other in pairs_of(told):
        found[group[one]].append(linked.person_of[one] == linked.person_of[other])
    return {name: (len(held), sum(held)) for name, held in sorted(found.items())}


def recall_by_agencies(told: Sequence[Record], linked: Linked) -> dict[str, tuple[int, int]]:
    """Count pairs of one child, and those that one person holds, by the two kinds of agencies."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for one, other in pairs_of(told):
        kinds = " and ".join(sorted((told[one].kind, told[other].kind)))
        found[kinds].append(linked.person_of[one] == linked.person_of[other])
    return {name: (len(held), sum(held)) for name, held in sorted(found.items())}


def found_by(pairs: Iterable[Pair], keyed: set[Pair]) -> float:
    """Give the percentage of pairs that the keys find."""
    found = [pair in keyed for pair in pairs]
    return 100 * sum(found) / len(found)
