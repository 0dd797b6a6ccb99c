"""Read the timeline file of a pure command: one child, with all that is wrong with the file beside it."""

from typing import BinaryIO

from sightline.domain.intake import timeline
from sightline.domain.intake.row import Fault, FileRefused
from sightline.domain.vocabulary.timeline import Timeline


def read_timeline(stream: BinaryIO) -> tuple[Timeline | None, list[Fault]]:
    """Give the timeline of the first child in the file, or None where no line could be read, and what is wrong."""
    try:
        life, faults = timeline.read_timeline(stream)
    except FileRefused as refused:
        return None, [Fault(0, "file", "", refused.because)]
    return life if life.entries else None, faults
