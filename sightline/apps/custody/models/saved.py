"""What an officer has typed into a form of a custody case and not sent yet."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models


class SavedForm(models.Model):
    """Hold what one officer typed into one form of one case: sealed, for that officer in that agency alone.

    `told` is empty once the form was sent or thrown away; a job removes the row.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    event = models.ForeignKey("responsibility.SafetyEvent", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    told = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "agency", "event", "form"], name="saved_once"),
        ]
        indexes = [models.Index(fields=["saved_at"], name="saved_forms_to_forget")]

    def __str__(self) -> str:
        return str(self.id)
