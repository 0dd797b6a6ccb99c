"""Tables of lists for tests: the published ones by name, and small ones from a few words."""

from pathlib import Path

from sightline.domain.insight.tables import Table, table_of
from sightline.interfaces.cli.lists_file import read_lists

SAMPLES = Path(__file__).parents[2] / "samples/extent"


def published(name: str) -> Table:
    """Read one of the published tables."""
    return read_lists(SAMPLES / f"{name}.csv")


def small(words: str) -> Table:
    """Make a table of words such as `A 10, B 8, AB 3`: the lists by letters, and the children on just these."""
    given = [one.split() for one in words.split(",")]
    names = sorted({letter for combination, _ in given for letter in combination})
    rows = [[int(name in combination) for name in names] for combination, _ in given]
    return table_of(names, rows, [float(count) for _, count in given])
