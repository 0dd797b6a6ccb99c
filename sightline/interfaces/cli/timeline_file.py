"""Read the timeline file of a pure command: one child, with all that is wrong with the file beside it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from sightline.domain.intake import timeline
from sightline.domain.intake.row import Fault, FileRefused
from sightline.domain.intake.timeline import ANOTHER_CHILD
from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.timeline import Timeline

NOTHING_READ = "No line of the file could be read as an entry."


@dataclass(frozen=True, slots=True)
class TimelineFile:
    """Hold the child's timeline; `refused` says why there is none, `faults` which lines were turned back.

    `notes` are what was strange in lines that were read all the same.
    """

    life: Timeline
    refused: str | None
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether no line was turned back."""
        return self.refused is None and not self.faults

    def document(self) -> dict[str, Any]:
        """Give faults and notes as they stand in the JSON answer of a command."""
        return {
            "faults": [{"row": f.row, "column": f.column, "value": f.value, "fault": f.fault} for f in self.faults],
            "notes": [{"row": f.row, "column": f.column, "value": f.value, "note": f.fault} for f in self.notes],
        }

    def words(self) -> list[str]:
        """Give faults and notes as lines for people."""
        turned_back = [f"Line {f.row} was turned back{_column(f)}: {f.fault}" for f in self.faults]
        return turned_back + [f"Line {f.row}{_column(f)}: {f.fault}" for f in self.notes]


def read_timeline(name: str) -> TimelineFile:
    """Read a file by its name; places are filled with what follows from their postcodes.

    Raises click.UsageError where there is no such file, or where it holds several children.
    """
    try:
        with Path(name).open("rb") as stream:
            life, found = timeline.read_timeline(stream)
    except FileRefused as refused:
        return TimelineFile(Timeline.of("", ()), refused.because, (), ())
    except (OSError, ValueError):
        raise click.UsageError("The timeline file cannot be opened. Check its name and that you may read it.") from None
    if any(fault.fault == ANOTHER_CHILD for fault in found):
        raise click.UsageError("The file holds entries of more than one child. Give each child a file of its own.")
    return TimelineFile(
        Timeline.of(life.child, [replace(e, place=e.place and locate(e.place)) for e in life]),
        None if life.entries else NOTHING_READ,
        tuple(fault for fault in found if fault.turns_back),
        tuple(fault for fault in found if not fault.turns_back),
    )


def _column(fault: Fault) -> str:
    return f" ({fault.column})" if fault.column else ""
