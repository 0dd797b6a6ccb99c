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


def measured_apart(module: str, *steps: tuple[str, ...]) -> list[Row]:
    """Run a module in steps on one new data folder and give the rows that they tell; what else they print is shown.

    A step is the role as which it connects, and the words that it is called with.
    """
    folder = tempfile.mkdtemp(prefix="sightline-benchmark-")
    try:
        return [row for role, *words in steps for row in _step(module, words, role=role, data=f"{folder}/data")]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _step(module: str, words: list[str], *, role: str, data: str) -> list[Row]:
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "SIGHTLINE_DATA": data, "SIGHTLINE_ROLE": role, "DJANGO_SETTINGS_MODULE": "sightline.config.settings"}
    with subprocess.Popen([sys.executable, "-m", module, *words], env=variables, stdout=subprocess.PIPE,
                          text=True) as process:
        assert process.stdout is not None
        rows = [row for line in process.stdout for row in _rows(line)]
    if process.returncode:
        raise RuntimeError(f"{module} ended with status {process.returncode}.")
    return rows


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
