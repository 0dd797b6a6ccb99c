"""Ask how files stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import connection

from sightline.apps.intake.models import RowFault, Submission
from sightline.apps.intake.pieces import stream_of

READER_LOCK = 7_205
"""Held, with the number of the file, by the process that reads it."""


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """Hold how one file stands."""

    id: int
    agency: int
    agency_name: str
    agency_kind: str
    agency_code: str
    feed: str
    file_name: str
    bytes: int
    came_at: datetime
    state: str
    state_words: str
    rows: int
    accepted: int
    already_held: int
    turned_back: int
    refused_because: str
    done_at: datetime | None

    @property
    def dealt_with(self) -> int:
        """Count the rows that have been dealt with so far."""
        return self.accepted + self.already_held + self.turned_back


@dataclass(frozen=True, slots=True)
class FaultFacts:
    """Hold one fault of one row."""

    row: int
    column: str
    value: str
    fault: str
    turns_back: bool


def submission(submission_id: int) -> SubmissionFacts | None:
    """Give how a file stands, or None where it is not to be seen."""
    found = Submission.objects.select_related("agency").filter(pk=submission_id).first()
    return _facts(found) if found else None


def submissions(*, most: int) -> list[SubmissionFacts]:
    """List the newest files."""
    return [_facts(s) for s in Submission.objects.select_related("agency").order_by("-came_at")[:most]]


def same_file_before(submission_id: int) -> SubmissionFacts | None:
    """Give the file of the same agency and feed with the same bytes that was read before this one, or None."""
    this = Submission.objects.get(pk=submission_id)
    rows = Submission.objects.select_related("agency").filter(
        agency_id=this.agency_id, feed=this.feed, sha256=this.sha256, state=Submission.DONE, pk__lt=this.pk)
    found = rows.order_by("-pk").first()
    return _facts(found) if found else None


UNFINISHED = """
select id from intake_submission where state in (%s, %s) and not exists (
  select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = %s and l.objid = id
    and l.database = (select oid from pg_database where datname = current_database()))
order by id
"""


def unfinished() -> list[int]:
    """List files that wait or were left half read, oldest first; one that a process is reading was not left."""
    with connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [Submission.WAITING, Submission.READING, READER_LOCK])
        return [row[0] for row in cursor.fetchall()]


def content_of(file: SubmissionFacts) -> BinaryIO:
    """Open the bytes of a file."""
    return stream_of(file.id, size=file.bytes)


def faults_of(submission_id: int, *, most: int, start: int = 0) -> Sequence[FaultFacts]:
    """List a file's faults by row, from the given one on."""
    rows = RowFault.objects.filter(submission_id=submission_id).order_by("row", "id")[start:start + most]
    return [FaultFacts(f.row, f.column, f.value, f.fault, f.turns_back) for f in rows]


def count_faults(submission_id: int) -> int:
    """Count a file's faults."""
    return RowFault.objects.filter(submission_id=submission_id).count()


def _facts(s: Submission) -> SubmissionFacts:
    return SubmissionFacts(
        id=s.pk, agency=s.agency_id, agency_name=s.agency.name, agency_kind=s.agency.kind, agency_code=s.agency.code,
        feed=s.feed, file_name=s.file_name, bytes=s.bytes, came_at=s.came_at, state=s.state,
        state_words=s.get_state_display(), rows=s.rows, accepted=s.accepted, already_held=s.already_held,
        turned_back=s.turned_back, refused_because=s.refused_because, done_at=s.done_at)
