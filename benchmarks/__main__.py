"""Run the benchmarks that are named, or all; print a table and write benchmarks/results/<name>.json.

FULL=1 in the environment measures what a whole partnership holds, in tens of minutes; else every benchmark takes
seconds or a few minutes and its result is marked as quick.
"""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

# Name -> module; its function `measure(full=...)` gives (what, value, unit) rows.
BENCHMARKS = {name: f"benchmarks.{name}" for name in (
    "read_signs", "owed", "intake_feeds", "bulk", "end_to_end", "pages", "queue", "notice_latency",
    "notices_among_kills", "one_owner", "arrests", "places", "circles", "custody_desk", "slavery_form", "everybody",
    "look_back", "link", "starting", "linkage", "own_weights", "encodings", "matching", "extent", "measures",
    "offender_clocks", "offender_joins")}
RESULTS = Path(__file__).parent / "results"


def main(names: list[str]) -> int:
    """Run, print and write; gives the exit status."""
    if unknown := set(names) - set(BENCHMARKS):
        print(f"There is no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.")
        return 2
    full = os.environ.get("FULL", "") not in ("", "0")
    for name in names or BENCHMARKS:
        rows = import_module(BENCHMARKS[name]).measure(full=full)
        width = max(len(what) for what, _, _ in rows)
        print(f"\n{name}")
        for what, value, unit in rows:
            print(f"  {what:{width}}  {value:>12,.2f} {unit}")
        document = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "full": full, "machine": _machine(),
                    "rows": rows}
        (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    return 0


def _machine() -> dict[str, object]:
    load = os.getloadavg()[0]
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count(), "load": load}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
