"""Generated pages are current, and what can be set is written down."""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_the_generated_pages_are_current():
    done = subprocess.run(
        [sys.executable, PROJECT / "scripts/docs", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_variable_that_is_read_is_explained():
    source = (PROJECT / "sightline/config/environment.py").read_text()
    names = set(re.findall(r'given(?:\.get\(|, )"([A-Z_]+)"', source))
    assert {"PORT", "DATABASE_URL", "SIGHTLINE_DATA"} <= names
    page = (PROJECT / "docs/how-to/run-and-look-after.md").read_text()
    assert {name for name in names if f"| `{name}` |" not in page} == set()


def test_no_other_module_reads_the_environment():
    readers = {
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "sightline").rglob("*.py")
        if re.search(r"os\.environ\b(?!\.setdefault|\[)|os\.getenv", path.read_text())
    }
    assert readers == {"sightline/config/environment.py", "sightline/interfaces/serve/tools.py"}
