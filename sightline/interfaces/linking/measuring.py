"""How right clusters are, where somebody knows the truth: pairs of records that are, and that should be, one person."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Measured:
    """Count pairs of records: in one cluster, truly one person, and both."""

    joined: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Give the share of the joined pairs that are truly one person."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Give the share of the true pairs that were joined."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(connection: duckdb.DuckDBPyConnection) -> Measured:
    """Measure the table `linked` against the column `truth` of `records`; records of unknown truth are left out."""
    def pairs(by: str) -> int:
        found = connection.execute(f"""
            select coalesce(sum(n * (n - 1) / 2), 0) from (
                select count(*) as n from linked join records using (id)
                where truth is not null group by {by})""").fetchone()  # nosec B608
        assert found is not None
        return int(found[0])
    return Measured(joined=pairs("cluster"), true=pairs("truth"), right=pairs("cluster, truth"))
