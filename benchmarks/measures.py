"""Measure what it costs to freeze what is measured, and to show it, with how many children.

Children are invented straight into the tables, with 20 entries each, a fifth of the stops turned into arrests. Quick:
2,000 children. FULL=1: 20,000 and 100,000, so that it shows how the cost grows; some ten minutes.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

from benchmarks.installation import Row, measured_apart, new_installation, tell

QUICK, FULL = (2_000,), (20_000, 100_000)
ENTRIES_A_CHILD = 20
ARRESTS = ("update record_entry set kind = 'police.arrest'"
           " where kind = 'police.stop' and abs(hashtext(id::text)) % 5 = 0")


def measure(*, full: bool) -> list[Row]:
    """Freeze and show at each size, each in an installation of its own."""
    rows: list[Row] = []
    for children in FULL if full else QUICK:
        rows += [(f"{children:,} children: {what}", value, unit) for what, value, unit in measured_apart(
            "benchmarks.measures", ("worker", "freeze", str(children)))]
    return rows


def freeze(children: int) -> list[Row]:
    """Invent so many children and freeze a year of them; then count the frozen cases again, and read the figures."""
    with new_installation() as server:
        import psycopg

        from benchmarks.county import fill
        from sightline.apps.access.acting import at_task
        from sightline.apps.insight import freezing
        from sightline.apps.insight.queries import figures
        from sightline.demonstration.agencies import agencies
        from sightline.interfaces.serve import demonstrating

        demonstrating.keep_partnership(agencies(), today=datetime.now(UTC))
        fill(server, people=children, entries_a_child=ENTRIES_A_CHILD)
        with psycopg.connect(server.dsn("administrator")) as session:
            session.execute("set session_replication_role = replica")
            session.execute(ARRESTS)
        with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
            session.execute("vacuum analyze record_entry")
        now = datetime.now(UTC)
        began = time.perf_counter()
        with at_task("benchmark"):
            made = freezing.freeze(start=now - timedelta(days=365), until=now, officer=None, at=now)
        frozen = time.perf_counter() - began
        with at_task("benchmark"):
            began = time.perf_counter()
            counted = sum(1 for _ in freezing.figures_of(made, until=now))
            again = time.perf_counter() - began
            began = time.perf_counter()
            shown = len(figures(made, together=True))
            read = time.perf_counter() - began
        with psycopg.connect(server.dsn("administrator")) as session:
            cases = session.execute("select count(*) from insight_snapshotcase").fetchone()[0]
    return [("freezing a year", frozen, "s"), ("of it counting figures", again, "s"), ("cases", cases, ""),
            ("figures", counted, ""), ("figures on the page", shown, ""), ("reading them", 1000 * read, "ms")]


def main() -> int:
    """Run one step and print its rows."""
    tell({"freeze": freeze}[sys.argv[1]](int(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
