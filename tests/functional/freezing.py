"""Freeze what is measured in the product that is served, as the worker does by its clock."""

import subprocess
import sys

from served import Served

from tests.running import surroundings

FREEZE = """
from datetime import UTC, datetime, timedelta
from sightline.interfaces.cli.at_hand import database_at_hand
with database_at_hand(role="worker", as_json=False):
    from sightline.apps.access.acting import at_task
    from sightline.apps.insight.freezing import freeze
    now = datetime.now(UTC)
    with at_task("test"):
        print(freeze(start=now - timedelta(days=365), until=now, officer=None, at=now))
"""


def freeze_now(served: Served) -> str:
    """Freeze the events of the last year, and give the snapshot's id."""
    done = subprocess.run([sys.executable, "-c", FREEZE], env=surroundings(served.data), capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
