"""When each officer last opened each child's page, so that it can say what came since."""

from django.db import models


class LastLook(models.Model):
    """Hold when an officer last looked at a child, and when the visit before that one was.

    Opening the page again within the hour belongs to the same visit: what was new stays new until one comes back.
    """

    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "person"], name="one_last_look")]

    def __str__(self) -> str:
        return f"look {self.pk}"
