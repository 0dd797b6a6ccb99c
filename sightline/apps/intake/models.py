"""Files as they came, where they stand, and what was wrong with their rows."""

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """Hold one file that an agency sent; the bytes lie in Piece rows until they have been read and kept long enough."""

    WAITING, READING, DONE, REFUSED = "waiting", "reading", "done", "refused"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (WAITING, "Waiting to be read"), (READING, "Being read"), (DONE, "Read"), (REFUSED, "Refused")]

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    came_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    already_held = models.IntegerField(default=0)
    turned_back = models.IntegerField(default=0)
    read_bytes = models.BigIntegerField(default=0)
    refused_because = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    reader = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-came_at"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"submission {self.id}"


class Piece(models.Model):
    """Hold one piece of a file's bytes, untouched."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pieces")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_piece_a_number")]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.submission_id}"


class FeedLife(models.Model):
    """Hold when an agency's feed last told something, its usual gap, and from when it is silent if nothing more comes.

    `silent_at` is NULL while the feed has no rhythm. `told_at` says that people were told of this silence. Nothing of
    any child stands here.
    """

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=40)
    last_at = models.DateTimeField()
    usual = models.DurationField(null=True)
    silent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "feed lives"
        constraints = [models.UniqueConstraint(fields=["agency", "feed"], name="one_life_a_feed")]
        indexes = [models.Index(fields=["silent_at"], name="feeds_to_tell_of",
                                condition=models.Q(told_at=None, silent_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.feed} {self.agency_id}"


class RowFault(models.Model):
    """Say what was wrong with one value of one row."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="faults")
    row = models.IntegerField()
    column = models.CharField(max_length=100)
    value = models.CharField(max_length=200)
    fault = models.TextField()
    turns_back = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["submission", "row"])]

    def __str__(self) -> str:
        return f"fault in row {self.row} of {self.submission_id}"
