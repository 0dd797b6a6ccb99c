"""Run the benchmarks that are named, or all; print a table and write benchmarks/results/<name>.json."""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

# Name -> module and function; the function gives (what, value, unit) rows.
BENCHMARKS = {
    "starting": "benchmarks.starting:measure",
}
RESULTS = Path(__file__).parent / "results"


def main(names: list[str]) -> int:
    """Run, print and write; gives the exit status."""
    if unknown := set(names) - set(BENCHMARKS):
        print(f"There is no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.")
        return 2
    for name in names or BENCHMARKS:
        module, _, function = BENCHMARKS[name].partition(":")
        rows = getattr(import_module(module), function)()
        width = max(len(what) for what, _, _ in rows)
        print(f"\n{name}")
        for what, value, unit in rows:
            print(f"  {what:{width}}  {value:>12,.2f} {unit}")
        document = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": _machine(), "rows": rows}
        (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    return 0


def _machine() -> dict[str, object]:
    load = os.getloadavg()[0]
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count(), "load": load}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
