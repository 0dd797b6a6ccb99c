"""Measure in a process of its own, on a database that was made for it and is removed afterwards."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.interfaces.serve.preparing import bring_up_to_date

Row = tuple[str, float, str]
TELLS = "rows: "


def measured_apart(module: str, *words: str, role: str = "worker") -> list[Row]:
    """Run a module with a new data folder and give the rows that it tells; what else it prints is shown."""
    folder = tempfile.mkdtemp(prefix="sightline-benchmark-")
    try:
        variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "SIGHTLINE_DATA": f"{folder}/data", "SIGHTLINE_ROLE": role,
            "DJANGO_SETTINGS_MODULE": "sightline.config.settings"}
        command = [sys.executable, "-m", module, *words]
        with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            rows = [row for line in process.stdout for row in _rows(line)]
        if process.returncode:
            raise RuntimeError(f"{module} ended with status {process.returncode}.")
        return rows
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tell(rows: list[Row]) -> None:
    """Hand the rows to whoever runs this process."""
    print(TELLS + json.dumps(rows), flush=True)


@contextmanager
def new_installation() -> Iterator[EmbeddedPostgres]:
    """Start a database in the data folder of this process, bring it up to date, and make Django ready."""
    import django

    environment = read_environment()
    folder = DataFolder(Path(environment.data))
    folder.make()
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        bring_up_to_date(environment, server)
        django.setup()
        yield server
    finally:
        server.stop()


def _rows(line: str) -> list[Row]:
    if not line.startswith(TELLS):
        print(line, end="", flush=True)
        return []
    return [(what, value, unit) for what, value, unit in json.loads(line.removeprefix(TELLS))]
