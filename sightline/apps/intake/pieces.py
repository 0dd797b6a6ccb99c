"""Read a submission's bytes back as one stream, a piece at a time."""

import io
from typing import Any, BinaryIO, cast

from sightline.apps.access.acting import at_task
from sightline.apps.intake.models import Piece

PIECE_BYTES = 1024 * 1024


class PieceStream(io.RawIOBase):
    """Read pieces from the database as a seekable stream, one piece in memory, each read in a task of its own."""

    def __init__(self, submission_id: int, size: int) -> None:
        super().__init__()
        self._submission_id = submission_id
        self._size = size
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any position."""
        return True

    def tell(self) -> int:
        """Give the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position in bytes."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the current piece reaches."""
        view = memoryview(buffer).cast("B")
        number, start = divmod(self._position, PIECE_BYTES)
        content = self._piece(number)[start:start + len(view)]
        view[:len(content)] = content
        self._position += len(content)
        return len(content)

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            with at_task("import"):
                pieces = Piece.objects.filter(submission_id=self._submission_id, number=number)
                row = pieces.values_list("content").first()
            self._held = (number, bytes(row[0]) if row else b"")
        return self._held[1]


def stream_of(submission: int, *, size: int) -> BinaryIO:
    """Open a submission's bytes as a buffered, seekable stream."""
    return cast(BinaryIO, io.BufferedReader(PieceStream(submission, size), PIECE_BYTES))
