"""Keep a file as it came, and keep how its reading went."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import connection
from django.db.models import F

from sightline.apps.access.alone import alone
from sightline.apps.access.bulk import insert
from sightline.apps.intake.listening import hear
from sightline.apps.intake.models import Piece, RowFault, Submission
from sightline.apps.intake.pieces import PIECE_BYTES
from sightline.apps.intake.queries import READER_LOCK
from sightline.domain.intake.row import Fault

MOST_BYTES = 500 * 1024 * 1024
"""Larger files are refused (our own choice: a council's yearly return is under 100 MB)."""

FAULT_COLUMNS = (("submission_id", "bigint"), ("row", "int"), ('"column"', "text"), ("value", "text"),
                 ("fault", "text"), ("turns_back", "boolean"))


class FileTooLarge(ValueError):
    """The file is larger than 500 MB. Send it in parts."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class ReadBySomebodyElse(RuntimeError):
    """Another process has begun to read this file and goes on with it."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def receive(*, stream: BinaryIO, feed: str, agency: int, officer: UUID | None, file_name: str, at: datetime) -> int:
    """Store a seekable file's bytes untouched and give the submission's id; nothing of it has been looked at yet.

    Raises FileTooLarge; then nothing is kept.
    """
    digest, size = hashlib.sha256(), 0
    while content := stream.read(PIECE_BYTES):
        size += len(content)
        digest.update(content)
        if size > MOST_BYTES:
            raise FileTooLarge
    submission = Submission.objects.create(
        agency_id=agency, officer_id=officer, feed=feed, file_name=file_name[-200:], bytes=size,
        sha256=digest.digest(), came_at=at)
    stream.seek(0)
    number = 0
    while content := stream.read(PIECE_BYTES):
        Piece.objects.create(submission=submission, number=number, content=content)
        number += 1
    return submission.id


@contextmanager
def only_reader(submission: int) -> Iterator[None]:
    """Be the only process that reads this file, for a block: the database lets go of it when the process is killed.

    Raises ReadBySomebodyElse.
    """
    with alone(READER_LOCK, submission) as free:
        if not free:
            raise ReadBySomebodyElse
        yield


BEGIN = """
update intake_submission set state = %s, rows = %s, turned_back = %s, accepted = 0, already_held = 0,
  reader = gen_random_uuid()
where id = %s returning reader
"""


def begin(submission: int, *, rows: int, faults: Sequence[Fault], turned_back: int) -> UUID:
    """Note that reading begins, how many rows there are, and what is wrong with which; give the reader's mark.

    Begun again, it starts anew, and whoever began before is stopped at the next batch: only the last reader counts.
    """
    RowFault.objects.filter(submission_id=submission).delete()
    insert("intake_rowfault", FAULT_COLUMNS, [
        (submission, f.row, f.column[:100], f.value[:200], f.fault, f.turns_back)
        for f in faults])
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [Submission.READING, rows, turned_back, submission])
        reader: UUID = cursor.fetchone()[0]
        return reader


def pass_over(submission: int, *, before: int, at: datetime) -> None:
    """Note that the very same file was read before: all its rows are held already, its faults are the same."""
    earlier = Submission.objects.get(pk=before)
    faults = RowFault.objects.filter(submission_id=before).order_by("id")
    insert("intake_rowfault", FAULT_COLUMNS, [
        (submission, f.row, f.column, f.value, f.fault, f.turns_back) for f in faults])
    Submission.objects.filter(pk=submission).update(
        state=Submission.DONE, done_at=at, rows=earlier.rows, turned_back=earlier.turned_back, accepted=0,
        already_held=earlier.rows - earlier.turned_back)
    hear(Submission.objects.get(pk=submission))


def advance(submission: int, *, reader: UUID, accepted: int, already_held: int) -> None:
    """Add to the counts after a batch, in the batch's own transaction.

    Raises ReadBySomebodyElse, and with it undoes the batch.
    """
    counted = Submission.objects.filter(pk=submission, reader=reader).update(
        accepted=F("accepted") + accepted, already_held=F("already_held") + already_held)
    if not counted:
        raise ReadBySomebodyElse


def finish(submission: int, *, at: datetime) -> None:
    """Note that every row has been dealt with, and that the feed was heard."""
    Submission.objects.filter(pk=submission).update(state=Submission.DONE, done_at=at)
    hear(Submission.objects.get(pk=submission))


def refuse(submission: int, *, because: str, at: datetime) -> None:
    """Note that the file cannot be read, and leave nothing behind but the record that it came."""
    Piece.objects.filter(submission_id=submission).delete()
    RowFault.objects.filter(submission_id=submission).delete()
    Submission.objects.filter(pk=submission).update(
        state=Submission.REFUSED, refused_because=because, done_at=at, rows=0, turned_back=0)


def forget_content(*, before: datetime) -> int:
    """Remove the bytes of files that were read long ago, and give how many files that were; counts and faults stay."""
    old = Submission.objects.filter(state=Submission.DONE, done_at__lt=before, pieces__isnull=False).distinct()
    ids = list(old.values_list("pk", flat=True))
    Piece.objects.filter(submission_id__in=ids).delete()
    return len(ids)
