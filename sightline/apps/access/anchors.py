"""Anchor seals of the audit outside the database, in a file that is only added to, and read what was anchored.

Each line says which seal was made, and its link of the chain; or that a backup was restored, and which seal was the
newest in it. What was sealed after that backup is gone then, and the file says so instead of looking like a theft. Who
can write this file can hide a cut: copy it where the database's keepers cannot reach it.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

CUT_OFF = " (cut off)"


@dataclass(frozen=True, slots=True)
class Anchors:
    """Hold what must be found in the database (seal id, link in hexadecimal), what restores let go of, and faults."""

    standing: tuple[tuple[int, str], ...] = ()
    let_go: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def anchor(*, seal: int, chain: bytes, entries: int, file: Path, at: datetime) -> None:
    """Write the newest link at the end of the file."""
    _add({"at": at.isoformat(), "seal": seal, "chain": chain.hex(), "entries": entries}, file)


def anchor_restore(*, seal: int, chain: bytes, file: Path, at: datetime) -> None:
    """Write that a backup was restored whose newest seal was this one (0 where it had none)."""
    _add({"at": at.isoformat(), "restored_to": seal, "chain": chain.hex()}, file)


def anchors_in(file: Path) -> Anchors:
    """Read a file of anchors; where there is none, nothing is anchored.

    A line that a crash cut off is passed over; any other line that cannot be read is a fault.
    """
    if not file.is_file():
        return Anchors()
    standing: list[tuple[int, str]] = []
    let_go: list[str] = []
    faults: list[str] = []
    lines = file.read_text("utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        told = _read(line)
        if told is None:
            if number < len(lines) and not line.endswith(CUT_OFF):
                faults.append(f"Line {number} of the file of anchors cannot be read.")
        elif told[0] == "seal":
            standing.append(told[1:3])
        else:
            gone = sorted({seal for seal, _ in standing if seal > told[1]})
            standing = [*(one for one in standing if one[0] <= told[1]), *([told[1:3]] if told[1] else [])]
            let_go.append(f"A backup was restored at {told[3]}."
                          + (f" Seals {gone[0]} to {gone[-1]} were made after it and let go of." if gone else ""))
    return Anchors(tuple(standing), tuple(let_go), tuple(faults))


def _read(line: str) -> tuple[str, int, str, str] | None:
    try:
        told: dict[str, Any] = json.loads(line)
        kind = "restored_to" if "restored_to" in told else "seal"
        return kind, int(told[kind]), str(told["chain"]), str(told["at"])
    except (ValueError, KeyError, TypeError):
        return None


def _add(told: dict[str, Any], file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    cut_off = file.exists() and file.stat().st_size > 0 and not file.read_bytes().endswith(b"\n")
    with file.open("a", encoding="utf-8") as lines:
        # A line that a crash cut off is marked as such, and does not swallow this one.
        lines.write((f"{CUT_OFF}\n" if cut_off else "") + json.dumps(told) + "\n")
        lines.flush()
        os.fsync(lines.fileno())
