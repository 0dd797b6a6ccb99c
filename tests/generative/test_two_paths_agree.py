"""Everybody's signs are the same whether a child is read alone, by processes of one machine, or by Spark."""

from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from random import Random

import pytest

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.population import Life, read_partition
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.sign import Reading
from sightline.interfaces.population.spread import over_processes, over_spark
from tests.generative.lives import KINDS_READ, invented

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
CHILDREN = 400
BUSY = ("missing.reported", "missing.found", "school.exclusion", "police.arrest", "care.referral", "care.placement",
        "police.domestic-incident", "record.withdrawn", "child.home")


def population() -> list[Life]:
    """Invent children of every kind, some without an entry; one in three has had a sign closed."""
    random = Random(20261122)
    lives = []
    for number in range(CHILDREN):
        timeline = invented(number, random.randrange(30), kinds=BUSY if number % 2 else KINDS_READ)
        closed = {sign.code: frozenset(sign.because) for sign in read(timeline, at=AT).signs} if number % 3 == 0 else {}
        lives.append(Life(timeline, closed))
    return lives


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return population()


@pytest.fixture(scope="module")
def one_by_one(lives: list[Life]) -> list[Reading]:
    return [read(life.timeline, at=AT, closed=life.closed) for life in lives]


def parted(lives: list[Life]) -> list[list[Life]]:
    """Divide the children among partitions of different sizes, an empty one among them."""
    cuts = [0, 1, 1, 40, 200, CHILDREN]
    return [lives[a:b] for a, b in pairwise(cuts)]


def test_the_invented_children_show_most_signs_and_every_attention(one_by_one: list[Reading]):
    assert len({sign.code for reading in one_by_one for sign in reading.signs}) > len(RULES) / 2
    assert len({reading.attention for reading in one_by_one}) == 4


def test_processes_of_one_machine_read_what_is_read_of_one_child(lives: list[Life], one_by_one: list[Reading]):
    work = partial(read_partition, at=AT)
    assert list(over_processes(work, parted(lives), processes=2)) == one_by_one


def test_spark_reads_what_is_read_of_one_child(lives: list[Life], one_by_one: list[Reading]):
    assert list(over_spark(partial(read_partition, at=AT), parted(lives), master="local[2]")) == one_by_one
