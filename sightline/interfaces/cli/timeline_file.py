"""Read the timeline file of a pure command: one child, with all that is wrong with the file beside it."""

from dataclasses import replace
from typing import BinaryIO

from sightline.domain.intake import timeline
from sightline.domain.intake.row import Fault, FileRefused
from sightline.domain.intake.timeline import ANOTHER_CHILD
from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.timeline import Timeline


class SeveralChildren(ValueError):
    """The file holds entries of more than one child. Give each child a file of its own."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def read_timeline(stream: BinaryIO) -> tuple[Timeline, list[Fault]]:
    """Give the child's timeline with what follows from its postcodes, empty where no line could be read; and faults.

    Raises SeveralChildren.
    """
    try:
        life, faults = timeline.read_timeline(stream)
    except FileRefused as refused:
        return Timeline.of("", ()), [Fault(0, "file", "", refused.because)]
    if any(fault.fault == ANOTHER_CHILD for fault in faults):
        raise SeveralChildren
    return Timeline.of(life.child, [replace(e, place=e.place and locate(e.place)) for e in life]), faults
