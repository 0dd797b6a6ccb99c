"""Write clusters so that whoever stops half-way leaves no half-written file: beside the output, then in its place."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psutil

from sightline.config.refusal import Refusal

_PREFIX = ".sightline-link-"
MEMORY_GIB = 5


class OutputRefused(Refusal):
    """The clusters cannot be written where they were asked for."""


@contextmanager
def workshop(out: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open a DuckDB that spills into a folder of its own beside the output, which nobody else may read.

    A run that was killed could not remove its folder, and names lie in it: the next run beside it does. Raises
    OutputRefused when nothing can be written there.
    """
    try:
        for left in out.parent.glob(f"{_PREFIX}*"):
            owner = left.name.removeprefix(_PREFIX).partition("-")[0]
            if owner.isdigit() and not psutil.pid_exists(int(owner)):
                shutil.rmtree(left, ignore_errors=True)
        folder = tempfile.TemporaryDirectory(dir=out.parent, prefix=f"{_PREFIX}{os.getpid()}-")
    except OSError:
        raise OutputRefused(f"Nothing can be written beside {out.name}: is its folder there, and yours?") from None
    with folder as spill:
        connection = duckdb.connect(config={
            "memory_limit": f"{MEMORY_GIB}GiB", "temp_directory": spill, "autoinstall_known_extensions": "false"})
        try:
            yield connection, Path(spill)
        finally:
            connection.close()


def require_writable(out: Path, files: Sequence[Path]) -> None:
    """Refuse an output that is one of the files that are read, or no file. Raises OutputRefused."""
    if out.is_dir():
        raise OutputRefused(f"{out.name} is a folder. Name a file for the clusters.")
    if any(out.resolve() == file.resolve() for file in files):
        raise OutputRefused(f"{out.name} is one of the files that are read. Name another for the clusters.")


def write(connection: duckdb.DuckDBPyConnection, spill: Path, out: Path, files: Sequence[Path]) -> None:
    """Write file, record and cluster of every record, in the order of the files; a cluster is called by its first."""
    names = [file.name for file in files]
    shown = [str(file) if names.count(file.name) > 1 else file.name for file in files]
    beside = spill / "clusters.csv"
    quoted = str(beside).replace("'", "''")
    connection.execute(f"""copy (
        select list_extract(?, file + 1) as file, coalesce(record, '') as record, cluster + 1 as cluster
        from records join linked using (id) order by id) to '{quoted}' (header true)""", [shown])  # nosec B608
    keep(beside, out)


def keep_text(text: str, out: Path) -> None:
    """Write a text to a file, whole or not at all. Raises OutputRefused."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
    except OSError:
        raise OutputRefused(f"{out.name} cannot be written.") from None
    keep(beside, out)


def keep(beside: Path, out: Path) -> None:
    """Put a whole file in the place of the output. Raises OutputRefused."""
    try:
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError:
        raise OutputRefused(f"{out.name} cannot be written.") from None

